"""What a condition lacks to hold, and what of it holds, by the tests of one reading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import inf, isinf

from planengine.assessment.situation import Situation
from planengine.expectations.amounts import is_amount, short_by
from planengine.rules.conditions import (
    ActCell,
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    Constant,
    DoneCell,
    LevelCell,
    Not,
    OverdueCell,
    Test,
)
from planengine.rules.shadows import of_reported, of_test
from planengine.values.sets import NumberSet

Holds = Callable[[Test], bool]
"""Whether a test holds."""
DEEDS = (ActCell, DoneCell, OverdueCell)
"""What people do: no fact that one may be short of."""
MOST_DEEP = 3
"""So many decisions that follow from one another are looked through."""
_UNKNOWN = 1e9  # further than any figure that is known, nearer than what people would have to do


def reading(situation: Situation, aspect: str) -> Holds:
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


def ways(situation: Situation, condition: Condition, holds: Holds) -> Iterator[tuple[Test, ...]]:
    """The alternatives of a condition, each with what is missing of it."""
    if isinstance(condition, Any):
        for part in condition.of:
            yield from ways(situation, part, holds)
        return
    lacks = missing(situation, condition, holds)
    if lacks:
        yield lacks


def missing(situation: Situation, condition: Condition, holds: Holds) -> tuple[Test, ...]:
    """The tests that would have to hold, on the shortest way; () where none would do."""
    if is_so(condition, holds):
        return ()
    match condition:
        case Test():
            return (condition,)
        case All(of=parts):
            return tuple(test for part in parts for test in missing(situation, part, holds))
        case Any(of=parts):
            return _cheapest(situation, parts, 1, holds)
        case AtLeast(of=parts, count=count):
            short = count - sum(is_so(part, holds) for part in parts)
            return _cheapest(situation, parts, short, holds)
        case Case(branches=branches, otherwise=otherwise):
            chosen = next((body for guard, body in branches if is_so(guard, holds)), otherwise)
            return missing(situation, chosen, holds)
        case _:
            return ()


def _cheapest(
    situation: Situation, parts: Iterable[Condition], count: int, holds: Holds
) -> tuple[Test, ...]:
    failing = [missing(situation, part, holds) for part in parts if not is_so(part, holds)]
    ordered = sorted(filter(None, failing), key=lambda way: cost(situation, way))
    return tuple(test for way in ordered[:count] for test in way)


def cost(situation: Situation, way: tuple[Test, ...]) -> tuple[int, float]:
    """Fewest tests first, then the least relative distance; what nobody stated comes last."""
    return len(way), max(_far(situation, test) for test in way)


def _far(situation: Situation, test: Test, depth: int = 0) -> float:
    """How far a test is from holding: facts by their distance, a decision by what it lacks."""
    cell, accepts = test.cell, test.accepts
    if isinstance(cell, DEEDS):
        return inf
    if isinstance(cell, LevelCell):
        place = situation.index.get(cell.unit)
        if place is None or depth == MOST_DEEP or not isinstance(accepts, NumberSet):
            return inf
        unit, holds = situation.rules.units[place], reading(situation, "level")
        return min(
            (
                max(_far(situation, one, depth + 1) for one in way)
                for rule in unit.rules
                if rule.rank >= accepts.low
                for way in ways(situation, rule.condition, holds)
            ),
            default=inf,
        )
    value = situation.value_of(cell)
    by = short_by(value, accepts) if is_amount(cell, value) else None
    if by is None:
        return _UNKNOWN
    low = accepts.low if isinstance(accepts, NumberSet) else 1
    return abs(float(by)) / (abs(float(low)) if low and not isinf(low) else 1.0)


def is_so(condition: Condition, holds: Holds) -> bool:
    match condition:
        case Test():
            return holds(condition)
        case All(of=parts):
            return all(is_so(part, holds) for part in parts)
        case Any(of=parts):
            return any(is_so(part, holds) for part in parts)
        case AtLeast(of=parts, count=count):
            return sum(is_so(part, holds) for part in parts) >= count
        case Case(branches=branches, otherwise=otherwise):
            chosen = next((body for guard, body in branches if is_so(guard, holds)), otherwise)
            return is_so(chosen, holds)
        case Not(of=part):
            return not is_so(part, holds)
        case Constant(value=value):
            return value


def holding(condition: Condition, holds: Holds) -> Iterator[Test]:
    match condition:
        case Test():
            yield condition
        case All(of=parts) | Any(of=parts) | AtLeast(of=parts):
            for part in parts:
                if is_so(part, holds):
                    yield from holding(part, holds)
        case Case(branches=branches, otherwise=otherwise):
            for guard, body in branches:
                if is_so(guard, holds):
                    yield from holding(guard, holds)
                    yield from holding(body, holds)
                    return
            yield from holding(otherwise, holds)
        case _:
            return
