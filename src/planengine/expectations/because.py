"""Which conditions decided that a thing is not as expected, and by how much."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.situation import Situation
from planengine.assessment.support import support
from planengine.domain.ids import Origin
from planengine.expectations.amounts import is_amount, over_by, short_by
from planengine.expectations.came import decisions_meant
from planengine.expectations.duties import duty_items
from planengine.expectations.lacking import (
    DEEDS,
    MOST_DEEP,
    Holds,
    cost,
    holding,
    is_so,
    missing,
    reading,
    ways,
)
from planengine.expectations.ladders import ladder_of
from planengine.expectations.refs import NOT_JUDGED, DecisionRef, DutyRef, Expectation
from planengine.rules.conditions import Cell, LevelCell, Test
from planengine.rules.ruleset import Unit
from planengine.values.sets import (
    TRUE,
    Interval,
    Number,
    NumberDomain,
    NumberSet,
    ValueSet,
    at_least,
)

MOST_SHOWN = 3


class Because(Struct, frozen=True):
    """A test that decided: what is known, what was asked, whether it held, and how far it is.

    `by` is how far the value goes over the bound (of one that fails: how far it is short of it),
    in the fact's unit; None where that is no amount. `depth` is 1 and more for the tests of
    another decision that the one before reads.
    """

    cell: Cell
    value: ValueSet
    accepts: ValueSet
    held: bool
    by: Number | None
    origin: Origin | None
    depth: int = 0


def because(
    assessment: Assessment, one: Expectation, values: tuple[object, ...]
) -> tuple[Because, ...]:
    """The tests that decided an expectation which does not hold; () where none can be told."""
    situation = assessment.situation
    if isinstance(one.about, DecisionRef):
        found = decisions_meant(assessment, one.about)
        ranks = [rank for rank in one.wanted if isinstance(rank, int) and rank != NOT_JUDGED]
        if len(found) != 1:
            return ()
        unit = situation.outline.unit(found[0].key)
        came = values[0] if values and type(values[0]) is int else None
        if one.aspect in {"level", "indicated", "could-reach", "obliged"} and came is not None:
            return tuple(_of_level(situation, unit, one.aspect, ranks, came))
        if one.aspect == "proposal":
            return tuple(_of_proposal(situation, unit, str(one.wanted[0])))
    if isinstance(one.about, DutyRef) and one.aspect == "state":
        return tuple(_of_duty(situation, one.about, wanted=one.wanted[0] != "not-owed"))
    return ()


def _of_level(
    situation: Situation, unit: Unit, aspect: str, wanted: list[int], came: int
) -> Iterator[Because]:
    holds = reading(situation, aspect)
    worse = [rank for rank in wanted if rank > came]
    if worse:
        yield from _short_of(situation, unit, min(worse), holds)
    elif came:
        yield from _what_gives(situation, unit, came, holds)


def _of_proposal(situation: Situation, unit: Unit, wanted: str) -> Iterator[Because]:
    condition = {"lower": unit.lower, "end": unit.end}.get(wanted)
    if condition is not None:
        holds = reading(situation, "level")
        yield from (_told(situation, test, holds) for test in missing(situation, condition, holds))


def _of_duty(situation: Situation, about: DutyRef, *, wanted: bool) -> Iterator[Because]:
    """What keeps a duty from being owed, or makes it so: its level, its `on` and `when`."""
    holds = reading(situation, "level")
    for unit in situation.rules.units:
        if unit.document != about.document or unit.purpose == "warning":
            continue
        if about.place not in {None, unit.area}:
            continue
        ranks = ladder_of(situation.rules, situation.entities)(unit.id)
        for item in duty_items(situation.outline.document(unit), ranks):
            if (item.kind, item.id) != (about.kind, about.item):
                continue
            if item.track not in {None, unit.track}:
                continue
            for part in ("on", "when"):
                condition = situation.outline.condition(
                    about.document, item.name, item.order, part, unit.area
                )
                if condition is not None:
                    tests = (
                        missing(situation, condition, holds)
                        if wanted
                        else support(condition, situation.value_of) or ()
                    )
                    yield from (_told(situation, test, holds) for test in tests)
            if item.ranks:
                cell = LevelCell(unit.id, "recommended", _rank_domain(unit))
                test = Test(cell, at_least(min(item.ranks)))
                if holds(test) != wanted:
                    yield _told(situation, test, holds)
                    if wanted:
                        yield from _deeper(_short_of(situation, unit, min(item.ranks), holds))


def _rank_domain(unit: Unit) -> NumberDomain:
    return NumberDomain(NumberSet((Interval(0, len(unit.scale.levels)),)), integer=True, na=False)


def _deeper(found: Iterable[Because]) -> Iterator[Because]:
    return (replace(one, depth=one.depth + 1) for one in found)


# What is missing, and what gives


def _short_of(
    situation: Situation, unit: Unit, rank: int, holds: Holds, depth: int = 0
) -> Iterator[Because]:
    """The nearest ways to a rank, each with the tests that fail: the fewest and nearest first."""
    found = dict.fromkeys(
        way
        for rule in unit.rules
        if rule.rank >= rank
        for way in ways(situation, rule.condition, holds)
    )
    nearest = sorted(found, key=lambda way: cost(situation, way))[:MOST_SHOWN]
    seen: set[Test | Cell] = set()
    for test in (test for way in nearest for test in way):
        what = test.cell if isinstance(test.cell, LevelCell) else test
        if what in seen:
            continue
        seen.add(what)
        yield _told(situation, test, holds, depth)
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active" and depth < MOST_DEEP:
            other = situation.index.get(cell.unit)
            ranks = test.accepts
            if other is not None and isinstance(ranks, NumberSet) and ranks.intervals:
                need = max(int(ranks.low), 1)
                inner = situation.rules.units[other]
                yield from _short_of(situation, inner, need, holds, depth + 1)


def _what_gives(
    situation: Situation, unit: Unit, rank: int, holds: Holds, depth: int = 0
) -> Iterator[Because]:
    """The tests that hold of the rules which give a rank."""
    seen: dict[Test, None] = {}
    for rule in unit.rules:
        if rule.rank >= rank and is_so(rule.condition, holds):
            for test in holding(rule.condition, holds):
                seen[test] = None
    telling = [one for one in seen if not isinstance(one.cell, DEEDS) or one.accepts == TRUE]
    for test in (telling or [*seen])[: MOST_SHOWN * 2]:
        yield _told(situation, test, holds, depth)
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active" and depth < MOST_DEEP:
            other = situation.index.get(cell.unit)
            level = situation.outcome(cell.unit)[0] if other is not None else 0
            if other is not None and level:
                inner = situation.rules.units[other]
                yield from _what_gives(situation, inner, level, holds, depth + 1)


def _told(situation: Situation, test: Test, holds: Holds, depth: int = 0) -> Because:
    value, held = situation.value_of(test.cell), holds(test)
    by: Number | None = None
    if is_amount(test.cell, value):
        by = over_by(value, test.accepts) if held else short_by(value, test.accepts)
    origin = test.origins[0] if test.origins else None
    return Because(test.cell, value, test.accepts, held, by, origin, depth)
