"""What is carried from one knowledge to the next tells what is found anew (SEMANTICS, folding)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planengine.domain.events import Events
from planengine.domain.statements import Event
from planengine.evidence.evidence import Evidence
from planengine.evidence.runs import Extreme, least_with
from planengine.evidence.world import World
from planengine.rules.conditions import Cell, ChangeCell, LastingCell
from planengine.rules.conditions import Test as Tested
from planengine.values.sets import TRUE, NumberDomain, ValueSet, number
from tests.evidence.build import (
    CITY,
    ENTITIES,
    HOUR,
    REGISTRY,
    WEST,
    cell,
    incident,
    said,
    withdrawn,
)
from tests.evidence.test_laws import CELLS, MANY, TIMED, events, statements
from tests.examples import examples

LAW = settings(
    deadline=None, max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow]
)
ALARM = cell("alarm")
DOMAIN = NumberDomain()
Values: TypeAlias = dict[Cell, ValueSet]
WINDOWS: tuple[Cell, ...] = (
    *TIMED,
    LastingCell(Tested(LastingCell(MANY, HOUR), TRUE), 2 * HOUR, HOUR),
    LastingCell(MANY, 2 * HOUR, 2 * HOUR),
    LastingCell(Tested(ALARM, TRUE), 5 * HOUR),
    *(
        ChangeCell(name, place, hours * HOUR, falling, DOMAIN)
        for name, place, hours in (
            ("missing", CITY, 1),
            ("rainfall", WEST, 3),
            ("assessed", CITY, 2),
        )
        for falling in (False, True)
    ),
)


def later(before: Evidence, told: Events, at: int) -> tuple[Evidence, Evidence]:
    """What is known at a time of more events: gone on from what was known, and alone."""
    whole = replace(before.incident, events=told)
    carried = Evidence(before.world, whole, at, before=before)
    return carried, Evidence(before.world, whole, at)


@st.composite
def telling(draw: st.DrawFn) -> Event:
    """A statement of what windows look at, often of a time that is past, or a withdrawal."""
    at = draw(st.integers(1, 9))
    if draw(st.integers(0, 7)) == 0:
        return withdrawn(at, draw(st.sampled_from(NAMES)))
    start = draw(st.sampled_from([None, None, at - 1, at - 2, at + 1]))
    until = draw(st.sampled_from([None, None, at + 2, at + 3]))
    facts = {
        "alarm": draw(st.sampled_from([True, False, None, {True, False}])),
        "trapped": draw(st.sampled_from([0, 2, 3, 4, (2, 5), None])),
        "missing": draw(st.integers(0, 9)),
        "rainfall": draw(st.sampled_from([0, 5, 10, (5, 20)])),
    }
    chosen = draw(st.lists(st.sampled_from([*facts]), min_size=1, max_size=2, unique=True))
    return said(
        at,
        draw(st.sampled_from([CITY, WEST])),
        name=draw(st.sampled_from(NAMES)),
        kind=draw(st.sampled_from(["observed", "observed", "observed", "estimated", "forecast"])),
        valid=(start, until) if draw(st.booleans()) else (None, None),
        began=draw(st.sampled_from([None, None, at - 1, at - 3])),
        received=draw(st.integers(at, at + 2)),
        corrects=draw(st.sampled_from([None, None, None, None, *NAMES])),
        **{name: facts[name] for name in chosen},
    )


NAMES = [f"n{number}" for number in range(9)]


@LAW
@given(
    st.lists(telling(), min_size=1, max_size=9, unique_by=lambda one: one.stamp.id),
    st.lists(statements(), max_size=2),
    st.lists(st.booleans(), min_size=9, max_size=9),
    st.sampled_from([HOUR // 2, HOUR]),
    st.booleans(),
)
def test_what_is_carried_is_what_is_found_anew(
    found: list[Event], aside: list[Event], forks: list[bool], apart: int, whole: bool
) -> None:
    """Also of moments at which nothing is told, and where others go on from the same before."""
    arriving = sorted(found, key=lambda event: event.stamp.received)
    told = Events(())
    now = Evidence(World(ENTITIES, REGISTRY, None), incident(), HOUR)
    values: Values = {}
    for event, fork in zip(arriving, forks, strict=False):
        at = max(now.at, event.stamp.received)
        if fork:
            now, alone = later(now, told, at := at + apart)
            values = check(now, alone, values, whole=whole)
            if aside:
                beside = later(now, told.and_then((aside.pop(),)), at)
                check(*beside, values, whole=whole)
        told = told.and_then((event,))
        now, alone = later(now, told, at)
        values = check(now, alone, values, whole=whole)


@LAW
@given(events(), st.data())
def test_what_was_not_asked_for_meanwhile_is_found_too(
    found: list[Event], data: st.DataObject
) -> None:
    at, told = HOUR, Events(())
    now = Evidence(World(ENTITIES, REGISTRY, None), incident(), at)
    asked = st.lists(st.sampled_from((*WINDOWS, *CELLS[:9])), min_size=1, max_size=6)
    for event in sorted(found, key=lambda event: event.stamp.received):
        at = max(at, data.draw(st.integers(1, 9), label="hour") * HOUR)
        told = told.and_then((event,))
        now, alone = later(now, told, at)
        check(now, alone, {}, data.draw(asked))


def check(
    carried: Evidence,
    alone: Evidence,
    before: Values,
    cells: Sequence[Cell] = WINDOWS,
    *,
    whole: bool = True,
) -> Values:
    """The values of cells, of those not renewed as they were before; engines ask for no more.

    Of the `whole` also what the values rest on.
    """
    again = carried.renewed
    values = {
        asked: before[asked]
        if again is not None and asked not in again and asked in before
        else carried.value_of(asked)
        for asked in cells
    }
    for asked, value in values.items():
        assert value == alone.value_of(asked), asked
    for asked in cells if whole else ():
        assert carried.reported(asked) == alone.reported(asked), asked
        assert carried.known(asked) == alone.known(asked), asked
    return values


def test_what_comes_late_takes_a_run_back_to_where_it_speaks_of() -> None:
    """Held from 1 h on; a late "not" at 3 h breaks it; taking that back mends it again."""
    lasting = LastingCell(Tested(ALARM, TRUE), 4 * HOUR)
    told = Events((said(1, CITY, name="on", alarm=True),))
    first = Evidence(World(ENTITIES, REGISTRY, None), replace(incident(), events=told), 6 * HOUR)
    assert str(first.value_of(lasting)) == "true"
    late = told.and_then((said(3, CITY, name="late", received=7, alarm=False),))
    broken, _ = later(first, late, 7 * HOUR)
    assert str(broken.value_of(lasting)) == "false"
    again = late.and_then((said(4, CITY, name="again", received=8, alarm=True),))
    held, _ = later(broken, again, 8 * HOUR)
    assert str(held.value_of(lasting)) == "true"  # since 4 h
    assert str(later(broken, again, 7 * HOUR)[0].value_of(lasting)) == "false"
    mended, _ = later(held, again.and_then((withdrawn(9, "late"),)), 9 * HOUR)
    assert str(mended.value_of(LastingCell(lasting.body, 8 * HOUR))) == "true"
    assert str(first.value_of(lasting)) == "true"


@given(st.lists(st.tuples(st.integers(1, 3), st.integers(0, 9)), min_size=1, max_size=60))
def test_the_least_since_any_instant_is_found(told: list[tuple[int, int]]) -> None:
    instant, kept = 0, None
    values: list[tuple[int, int]] = []
    for passed, value in told:
        instant += passed
        values.append((instant, value))
        kept = least_with(kept, instant, (value, False), number(value))
    for since in range(instant + 2):
        least = min((value for at, value in values if at >= since), default=None)
        one: Extreme | None = kept.oldest(since) if kept is not None else None
        assert (None if one is None else one.end[0]) == least
