"""Laws that hold for every incident (SEMANTICS, "Laws to test")."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planengine.domain.statements import Event, Incident, Statement, WatchChange
from planengine.evidence.evidence import Evidence
from planengine.evidence.world import World
from planengine.rules.conditions import (
    CalendarCell,
    Cell,
    ChangeCell,
    ElapsedCell,
    ForecastCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.conditions import (
    Test as Tested,
)
from planengine.values.sets import (
    COUNT,
    TRUE,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    at_least,
)
from tests.evidence.build import (
    CITY,
    EAST,
    ENTITIES,
    FACTS,
    HOUR,
    PROVINCE,
    REGISTRY,
    WEST,
    cell,
    incident,
    said,
    stamp,
    withdrawn,
)
from tests.evidence.test_people import put
from tests.evidence.test_temporal import moments
from tests.keys import unit_key

LAW = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
PLACES = st.sampled_from([None, CITY, WEST, WEST, EAST, "mill"])
HOURS = st.sampled_from([1, 1, 2, 4])  # few, so that statements meet
NUMERIC = (
    "deaths",
    "trapped",
    "fires",
    "missing",
    "dead-and-missing",
    "rainfall",
    "assessed",
    "killed",
)
CELLS: tuple[Cell, ...] = tuple(
    cell(one.id, "incident" if one.subject == "incident" else place)
    for one in FACTS
    for place in (CITY, WEST, PROVINCE)
)

numbers = st.one_of(
    st.integers(0, 9),
    st.tuples(st.integers(0, 5), st.integers(5, 9)),
    st.builds(at_least, st.integers(0, 9)),
)
stated = st.dictionaries(
    st.sampled_from(NUMERIC),
    st.one_of(numbers, numbers, numbers, st.none()),
    min_size=2,
    max_size=5,
)
flags = st.dictionaries(
    st.sampled_from(["alarm", "breach"]), st.sampled_from([True, False, {True, False}]), max_size=2
)
damage = st.dictionaries(
    st.just("damage"), st.sets(st.sampled_from(["mild", "middling", "severe"]), min_size=1)
)


@st.composite
def statements(draw: st.DrawFn, statuses=("actual",)) -> Statement:
    facts = {**draw(stated), **draw(flags), **draw(damage)}
    at = draw(HOURS)
    usual = draw(st.booleans())
    validity = [(None, None), (None, at + 2), (at - 1, None), (at + 1, at + 3)]
    return said(
        at,
        draw(PLACES),
        kind="observed" if usual else draw(st.sampled_from(["judged", "estimated", "forecast"])),
        status=draw(st.sampled_from(statuses)),
        received=at if usual else at + draw(st.integers(0, 1)),
        valid=(None, None) if usual else draw(st.sampled_from(validity)),
        began=None if usual else draw(st.sampled_from([None, at - 1])),
        **{name.replace("-", "_"): value for name, value in facts.items()},
    )


@st.composite
def events(draw: st.DrawFn) -> list[Event]:
    found: list[Event] = draw(st.lists(statements(), min_size=1, max_size=6))
    ids = [event.stamp.id for event in found]
    if ids and draw(st.booleans()):
        found.append(withdrawn(draw(HOURS), draw(st.sampled_from(ids))))
    if ids and draw(st.booleans()):
        fix = draw(statements())
        found.append(replace(fix, corrects=draw(st.sampled_from(ids))))
    if draw(st.booleans()):
        agency = draw(st.sampled_from(["water-bureau", "fire-east"]))
        found.append(WatchChange(stamp(draw(HOURS)), agency, draw(st.booleans())))
    if draw(st.booleans()):
        found.append(moments(draw(HOURS), occurrence=draw(st.integers(0, 9))))
    if draw(st.booleans()):
        found.append(put(draw(HOURS), draw(st.integers(0, 4)), duration=2))
    return found


def _evidence(whole: Incident, *rest) -> Evidence:
    return Evidence(World(ENTITIES, REGISTRY, whole.scope), whole, *rest)


def see(found: list[Event], at: float = 8, status: str = "actual", **limits) -> Evidence:
    return _evidence(incident(*found, **limits), int(at * HOUR), None, status)


@LAW
@given(events(), st.randoms(), st.sampled_from([None, (WEST,), (CITY,)]))
def test_the_order_of_arrival_is_irrelevant(found, random, scope) -> None:
    shuffled = list(found)
    random.shuffle(shuffled)
    one, other = see(found, scope=scope), see(shuffled, scope=scope)
    for asked in CELLS:
        assert one.known(asked) == other.known(asked)
    assert dict(one.conflicts) == dict(other.conflicts)
    assert one.in_force("city/flood", None) == other.in_force("city/flood", None)


@LAW
@given(events())
def test_a_value_is_never_empty_and_always_in_the_domain(found) -> None:
    seen = see(found)
    for asked in CELLS:
        value = seen.known(asked).value
        assert value
        assert value.issubset(asked.domain.everything)


@pytest.mark.slow
@LAW
@given(events(), st.lists(statements(statuses=("exercise", "test")), max_size=4), st.data())
def test_exercise_statements_never_change_an_actual_value(found, staged, data) -> None:
    ids = [event.stamp.id for event in found] or ["none"]
    staged += [
        withdrawn(1, data.draw(st.sampled_from(ids)), status="exercise"),
        replace(
            data.draw(statements(statuses=("test",))), corrects=data.draw(st.sampled_from(ids))
        ),
    ]
    plain, mixed = see(found), see([*staged, *found])
    for asked in CELLS:
        assert plain.known(asked) == mixed.known(asked)
    assert not mixed.tainted


def narrower(value: ValueSet, data: st.DataObject) -> ValueSet:
    """A smaller set of the same kind."""
    if isinstance(value, ChoiceSet):
        kept = data.draw(st.sets(st.sampled_from(sorted(value.members, key=str)), min_size=1))
        return ChoiceSet(frozenset(kept))
    low, high = value.low, min(value.high, value.low + 12)
    a, b = sorted(data.draw(st.tuples(st.integers(low, high), st.integers(low, high))))
    return NumberSet((Interval(a, b),))


def accepted(asked: Cell) -> list[ValueSet]:
    if isinstance(asked.domain, NumberDomain):
        starts = [at_least(n) for n in range(0, 16, 2)]
        return starts + [asked.domain.complement(test) for test in starts]
    return [ChoiceSet(frozenset({value})) for value in asked.domain.values]


@st.composite
def meeting(draw: st.DrawFn) -> list[Event]:
    """Statements that meet: one or two facts, one or two times, wide values."""
    wide = st.tuples(st.integers(0, 4), st.integers(4, 9))
    places = st.sampled_from([CITY, CITY, WEST, EAST])
    return [
        said(draw(st.sampled_from([1, 1, 2])), draw(places), trapped=draw(wide), deaths=draw(wide))
        for _ in range(draw(st.integers(2, 5)))
    ]


PLAIN = tuple(c for c in CELLS if ENTITIES.facts[c.fact].derived is None)


@LAW
@given(st.one_of(events(), meeting()), st.data(), st.sampled_from([None, (WEST,)]))
def test_refining_a_statement_never_flips_a_certain_test(found, data, scope) -> None:
    choices = [
        (place, name)
        for place, event in enumerate(found)
        if isinstance(event, Statement)
        for name, value in event.facts.items()
        if value is not None and not ENTITIES.facts[name].by_exception
    ]
    if not choices:
        return
    place, name = data.draw(st.sampled_from(choices))
    old = found[place]
    facts = {**old.facts, name: narrower(old.facts[name], data)}
    refined = [*found[:place], replace(old, facts=facts), *found[place + 1 :]]
    before, after = see(found, scope=scope), see(refined, scope=scope)
    values = [(asked, before.known(asked).value, after.known(asked).value) for asked in PLAIN]
    if given_way(before) != given_way(after):
        return  # a figure that excludes an older one is news, not only more precise
    for asked, was, now in values:
        for test in accepted(asked):
            assert not (was.issubset(test) and not now.intersects(test)), asked
            assert not (now.issubset(test) and not was.intersects(test)), asked


def given_way(found: Evidence) -> set[tuple[Cell, str]]:
    told = (*found.outdated, *found.conflicts)
    return {(about, one.stamp.id) for about, statements in told for one in statements}


BURNING = Tested(cell("alarm"), TRUE)
OLD = Tested(ElapsedCell("occurrence"), at_least(2 * HOUR))
MANY = Tested(cell("trapped", WEST), at_least(3))
TIMED: tuple[Cell, ...] = (
    cell("rainfall"),
    cell("trapped"),
    cell("breach"),
    cell("dead-and-missing"),
    ForecastCell("rainfall", CITY, 2 * HOUR, ENTITIES.facts["rainfall"].domain),
    ChangeCell("trapped", CITY, 2 * HOUR, False, NumberDomain()),
    ChangeCell("rainfall", WEST, HOUR, True, NumberDomain()),
    LastingCell(BURNING, 2 * HOUR),
    LastingCell(MANY, 3 * HOUR, HOUR),
    LastingCell(OLD, HOUR),
    LastingCell(Tested(CalendarCell("fair"), TRUE), HOUR),
    CalendarCell("night"),
    LevelCell(unit_key("city/flood/river@city"), "active", COUNT),
)


@LAW
@given(events(), st.sampled_from([5, 5, 6, 97, 100]), st.floats(0, 1))
def test_values_are_constant_between_the_moments_of_change(found, hour, share) -> None:
    at, whole = hour * HOUR, incident(*found)
    now = _evidence(whole, at, 200 * HOUR)
    for asked in TIMED:
        edge = now.next_change([asked])
        last = (hour + 30) * HOUR if edge is None else edge - 1
        assert last >= at
        for moment in {last, at + int(share * (last - at))}:
            assert now.at_time(moment).known(asked).value == now.known(asked).value
            then = _evidence(whole, moment, 200 * HOUR)
            assert then.known(asked).value == now.known(asked).value


@LAW
@given(events(), st.sampled_from([2 * HOUR, 3 * HOUR + 1]))
def test_elapsed_tests_are_constant_between_the_moments_of_change(found, threshold) -> None:
    asked, test = ElapsedCell("occurrence"), at_least(threshold)
    now = see(found, 7)
    edge = now.next_change([asked], {asked: [threshold]})
    last = 40 * HOUR if edge is None else edge - 1

    def shadows(seen: Evidence) -> tuple[bool, bool]:
        value = seen.known(asked).value
        return value.issubset(test), value.intersects(test)

    assert shadows(now.at_time(last)) == shadows(now)


@LAW
@given(events(), st.integers(-2, 6), st.integers(0, 4))
def test_windows_tell_the_same_looked_over_at_once(found, hour, later) -> None:
    since = hour * HOUR
    at_once, alone = see(found, 12), see(found, 12)
    nested = LastingCell(Tested(LastingCell(MANY, HOUR), TRUE), 2 * HOUR, HOUR)
    for asked in (*TIMED, nested):
        at_once.look_over(asked, since)
    for moment in range(since, (12 + later) * HOUR, HOUR // 2):
        for asked in (*TIMED, nested):
            one, other = at_once.at_time(moment), alone.at_time(moment)
            assert one.value_of(asked) == other.value_of(asked), (asked, moment)
            assert one.reported(asked) == other.reported(asked), (asked, moment)


@LAW
@given(events(), st.lists(statements(), min_size=1, max_size=2), st.integers(0, 3))
def test_what_is_said_later_leaves_the_past_as_it_was(found, later, hour) -> None:
    """So evidence with more statements may rest on that without them."""
    at, begins = 8 * HOUR, 9 * HOUR
    before = [e for e in found if e.stamp.at <= at]
    news = [
        replace(one, stamp=replace(one.stamp, at=begins, received=begins), valid_from=None)
        for one in later
    ]
    news = [replace(one, valid_until=None, began=None) for one in news]
    base = _evidence(incident(*before), at)
    told = incident(*before, *news)
    resting, alone = (_evidence(told, begins + hour * HOUR) for _ in range(2))
    resting.rest_on(base, begins)
    nested = LastingCell(Tested(LastingCell(MANY, HOUR), TRUE), 2 * HOUR, HOUR)
    for asked in (*TIMED, nested):
        assert resting.value_of(asked) == alone.value_of(asked), asked


@LAW
@given(events())
def test_moments_of_change_hold_every_turn_of_the_past(found) -> None:
    asked = LastingCell(BURNING, HOUR)
    now = see(found, 8)
    kept = (0, *now.moments_of_change([asked, cell("rainfall")]))
    for hour in range(16):
        half = hour * HOUR // 2
        last = max((moment for moment in kept if moment <= half), default=None)
        if last is not None:
            for one in (asked, cell("rainfall")):
                assert (
                    see(found, half / HOUR).known(one).value
                    == see(found, last / HOUR).known(one).value
                )


@LAW
@given(events())
def test_x_minus_x_is_0(found) -> None:
    seen = see(found)
    for place in (CITY, WEST):
        known = seen.known(cell("nothing-left", place))
        stated = any(
            name == "dead-and-missing"
            for event in found
            if isinstance(event, Statement)
            for name in event.facts
        )
        assert stated or known.value == NumberSet((Interval(0, 0),))


@LAW
@given(events())
def test_one_answer_however_it_is_asked(found) -> None:
    forward, backward = see(found), see(found)
    values = [forward.known(asked) for asked in CELLS]
    again = [backward.known(asked) for asked in reversed(CELLS)]
    assert values == list(reversed(again))
    assert [forward.at_time(8 * HOUR).known(asked) for asked in CELLS] == values
