"""Which conditions decided that a thing is not as expected, and by how much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import inf, isinf

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.situation import Situation
from planengine.assessment.support import support
from planengine.domain.ids import Origin
from planengine.rules.conditions import (
    ActCell,
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Constant,
    DoneCell,
    LevelCell,
    Not,
    OverdueCell,
    Test,
)
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import of_reported, of_test
from planengine.scenarios.came import decisions_meant
from planengine.scenarios.duties import duty_items
from planengine.scenarios.suites import NOT_JUDGED, DecisionRef, DutyRef, Expectation
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
MOST_DEEP = 3
_DEEDS = (ActCell, DoneCell, OverdueCell)
_UNKNOWN = 1e9  # further than any figure that is known, nearer than what people would have to do
"""So many decisions that follow from one another are looked through."""
Holds = Callable[[Test], bool]


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
    holds = _reading(situation, aspect)
    worse = [rank for rank in wanted if rank > came]
    if worse:
        yield from _short_of(situation, unit, min(worse), holds)
    elif came:
        yield from _what_gives(situation, unit, came, holds)


def _of_proposal(situation: Situation, unit: Unit, wanted: str) -> Iterator[Because]:
    condition = {"lower": unit.lower, "end": unit.end}.get(wanted)
    if condition is not None:
        holds = _reading(situation, "level")
        yield from (_told(situation, test, holds) for test in _missing(situation, condition, holds))


def _of_duty(situation: Situation, about: DutyRef, *, wanted: bool) -> Iterator[Because]:
    """What keeps a duty from being owed, or makes it so: its level, its `on` and `when`."""
    holds = _reading(situation, "level")
    for unit in situation.rules.units:
        if unit.document != about.document or unit.purpose == "warning":
            continue
        if about.place not in {None, unit.area}:
            continue
        for item in duty_items(situation.outline.document(unit)):
            if (item.kind, item.id) != (about.kind, about.item):
                continue
            if item.track not in {None, unit.track}:
                continue
            for part in ("on", "when"):
                condition = situation.condition(
                    about.document, item.name, item.order, part, unit.area
                )
                if condition is not None:
                    tests = (
                        _missing(situation, condition, holds)
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
    from msgspec.structs import replace

    return (replace(one, depth=one.depth + 1) for one in found)


# What is missing, and what gives


def _reading(situation: Situation, aspect: str) -> Holds:
    """How a test is read: as certain, as what was reported allows it, or as possible."""
    value_of = situation.value_of

    def holds(test: Test) -> bool:
        certain, possible = of_test(value_of(test.cell), test.accepts)
        if aspect == "could-reach":
            return possible
        if aspect == "indicated" and not certain:
            told = situation.evidence.reported(test.cell)
            return possible and of_reported(value_of(test.cell), told, test.accepts)
        return certain

    return holds


def _short_of(
    situation: Situation, unit: Unit, rank: int, holds: Holds, depth: int = 0
) -> Iterator[Because]:
    """The nearest ways to a rank, each with the tests that fail: the fewest and nearest first."""
    ways: dict[tuple[Test, ...], None] = {}
    for rule in unit.rules:
        if rule.rank >= rank:
            for way in _ways(situation, rule.condition, holds):
                ways[way] = None
    nearest = sorted(ways, key=lambda way: _cost(situation, way))[:MOST_SHOWN]
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


def _ways(situation: Situation, condition: Condition, holds: Holds) -> Iterator[tuple[Test, ...]]:
    """The alternatives of a condition, each with what is missing of it."""
    if isinstance(condition, Any):
        for part in condition.of:
            yield from _ways(situation, part, holds)
        return
    missing = tuple(_missing(situation, condition, holds))
    if missing:
        yield missing


def _missing(situation: Situation, condition: Condition, holds: Holds) -> tuple[Test, ...]:
    """The tests that would have to hold, on the shortest way; () where none would do."""
    if _is_so(condition, holds):
        return ()
    match condition:
        case Test():
            return (condition,)
        case All(of=parts):
            return tuple(test for part in parts for test in _missing(situation, part, holds))
        case Any(of=parts):
            return _cheapest(situation, parts, 1, holds)
        case AtLeast(of=parts, count=count):
            short = count - sum(_is_so(part, holds) for part in parts)
            return _cheapest(situation, parts, short, holds)
        case Case(branches=branches, otherwise=otherwise):
            chosen = next((body for guard, body in branches if _is_so(guard, holds)), otherwise)
            return _missing(situation, chosen, holds)
        case _:
            return ()


def _cheapest(
    situation: Situation, parts: Iterable[Condition], count: int, holds: Holds
) -> tuple[Test, ...]:
    failing = [_missing(situation, part, holds) for part in parts if not _is_so(part, holds)]
    ordered = sorted(filter(None, failing), key=lambda way: _cost(situation, way))
    return tuple(test for way in ordered[:count] for test in way)


def _cost(situation: Situation, way: tuple[Test, ...]) -> tuple[int, float]:
    """Fewest tests first, then the least relative distance; what nobody stated comes last."""
    return len(way), max(_far(situation, test) for test in way)


def _far(situation: Situation, test: Test, depth: int = 0) -> float:
    """How far a test is from holding: facts by their distance, a decision by what it lacks."""
    cell, accepts = test.cell, test.accepts
    if isinstance(cell, _DEEDS):
        return inf
    if isinstance(cell, LevelCell):
        place = situation.index.get(cell.unit)
        if place is None or depth == MOST_DEEP or not isinstance(accepts, NumberSet):
            return inf
        unit, holds = situation.rules.units[place], _reading(situation, "level")
        return min(
            (
                max(_far(situation, one, depth + 1) for one in way)
                for rule in unit.rules
                if rule.rank >= accepts.low
                for way in _ways(situation, rule.condition, holds)
            ),
            default=inf,
        )
    value = situation.value_of(cell)
    by = short_by(value, accepts) if _is_amount(cell, value) else None
    if by is None:
        return _UNKNOWN
    low = accepts.low if isinstance(accepts, NumberSet) else 1
    return abs(float(by)) / (abs(float(low)) if low and not isinf(low) else 1.0)


def _is_so(condition: Condition, holds: Holds) -> bool:
    match condition:
        case Test():
            return holds(condition)
        case All(of=parts):
            return all(_is_so(part, holds) for part in parts)
        case Any(of=parts):
            return any(_is_so(part, holds) for part in parts)
        case AtLeast(of=parts, count=count):
            return sum(_is_so(part, holds) for part in parts) >= count
        case Case(branches=branches, otherwise=otherwise):
            chosen = next((body for guard, body in branches if _is_so(guard, holds)), otherwise)
            return _is_so(chosen, holds)
        case Not(of=part):
            return not _is_so(part, holds)
        case Constant(value=value):
            return value


def _what_gives(
    situation: Situation, unit: Unit, rank: int, holds: Holds, depth: int = 0
) -> Iterator[Because]:
    """The tests that hold of the rules which give a rank."""
    seen: dict[Test, None] = {}
    for rule in unit.rules:
        if rule.rank >= rank and _is_so(rule.condition, holds):
            for test in _holding(rule.condition, holds):
                seen[test] = None
    telling = [one for one in seen if not isinstance(one.cell, _DEEDS) or one.accepts == TRUE]
    for test in (telling or [*seen])[: MOST_SHOWN * 2]:
        yield _told(situation, test, holds, depth)
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active" and depth < MOST_DEEP:
            other = situation.index.get(cell.unit)
            level = situation.outcome(cell.unit)[0] if other is not None else 0
            if other is not None and level:
                inner = situation.rules.units[other]
                yield from _what_gives(situation, inner, level, holds, depth + 1)


def _holding(condition: Condition, holds: Holds) -> Iterator[Test]:
    match condition:
        case Test():
            yield condition
        case All(of=parts) | Any(of=parts) | AtLeast(of=parts):
            for part in parts:
                if _is_so(part, holds):
                    yield from _holding(part, holds)
        case Case(branches=branches, otherwise=otherwise):
            for guard, body in branches:
                if _is_so(guard, holds):
                    yield from _holding(guard, holds)
                    yield from _holding(body, holds)
                    return
            yield from _holding(otherwise, holds)
        case _:
            return


def _told(situation: Situation, test: Test, holds: Holds, depth: int = 0) -> Because:
    value, held = situation.value_of(test.cell), holds(test)
    by: Number | None = None
    if _is_amount(test.cell, value):
        by = over_by(value, test.accepts) if held else short_by(value, test.accepts)
    origin = test.origins[0] if test.origins else None
    return Because(test.cell, value, test.accepts, held, by, origin, depth)


def _is_amount(cell: Cell, value: ValueSet) -> bool:
    """Whether something is known that one may be short of: ranks are no amounts."""
    if isinstance(cell, LevelCell) or not isinstance(value, NumberSet):
        return False
    every = cell.domain.everything
    return not isinstance(every, NumberSet) or value.intervals != every.intervals


def short_by(value: ValueSet, accepts: ValueSet) -> Number | None:
    """How far a value is from what is asked: above 0 where it must rise, below where it must fall.

    From its certain end; None where nothing is known of it, or it is no amount.
    """
    if not isinstance(value, NumberSet) or not isinstance(accepts, NumberSet):
        return None
    if not value.intervals or not accepts.intervals:
        return None
    found: list[Number] = []
    for item in accepts.intervals:
        if not isinf(item.low) and value.low < item.low and not isinf(value.low):
            found.append(item.low - value.low)
        elif not isinf(item.high) and value.high > item.high and not isinf(value.high):
            found.append(item.high - value.high)
        elif item.low in {value.low, value.high} or item.high in {value.low, value.high}:
            found.append(0)  # right at an end that does not count
    return min(found, key=_size, default=None)


def _size(number: Number) -> Number:
    return max(number, -number)


def over_by(value: ValueSet, accepts: ValueSet) -> Number | None:
    """How far inside what is asked a value lies: from the nearest finite end of it."""
    if not isinstance(value, NumberSet) or not isinstance(accepts, NumberSet):
        return None
    found: list[Number] = []
    for item in accepts.intervals:
        if not isinf(item.low) and not isinf(value.low) and value.low >= item.low:
            found.append(value.low - item.low)
        if not isinf(item.high) and not isinf(value.high) and value.high <= item.high:
            found.append(value.high - item.high)
    return min(found, key=_size, default=None)
