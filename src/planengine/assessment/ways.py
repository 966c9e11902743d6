"""The ways to the next level: fewest facts first, each replayed before it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, islice, product
from math import isinf

from planengine.assessment.results import Need, Way
from planengine.assessment.situation import Situation
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
    ElapsedCell,
    FactCell,
    LastingCell,
    LevelCell,
    OverdueCell,
    Test,
)
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.values.sets import ChoiceSet, Interval, Number, NumberSet, ValueSet

_DEEDS = (ActCell, DoneCell, OverdueCell)  # what people do is not a fact to wait for
MOST_WAYS = 6
MOST_TRIED = 400  # ways enumerated before the best are kept: a bound on time, not on truth
MOST_NEEDS = 4


def ways_up(situation: Situation, unit: Unit) -> tuple[Way, ...]:
    """What would certainly bring a unit to the next level it can have; () at the top."""
    rank = situation.outcome(unit.id)[0]
    for target in range(rank + 1, len(unit.scale.levels) + 1):
        condition = unit.at_least[target - 1]
        # A rank that no rule gives by itself is only reached on the way to a worse one.
        given = target == len(unit.at_least) or condition != unit.at_least[target]
        if given and not isinstance(condition, Constant):
            level = unit.scale.by_rank(target)
            assert level is not None
            return _ways(situation, condition, level.id)
    return ()


def _ways(situation: Situation, condition: Condition, level: str) -> tuple[Way, ...]:
    candidates = {frozenset(way): way for way in islice(_missing(situation, condition), MOST_TRIED)}
    minimal = [
        way
        for key, way in candidates.items()
        if len(key) <= MOST_NEEDS and not any(other < key for other in candidates)
    ]
    found: list[tuple[tuple[float, ...], Way]] = []
    for tests in minimal:
        replaced = {test.cell: _reached(situation, test) for test in tests}
        if any(value is None for value in replaced.values()):
            continue

        def value_of(cell: Cell, changes: dict[Cell, ValueSet | None] = replaced) -> ValueSet:
            return changes.get(cell) or situation.value_of(cell)

        if not shadows(condition, value_of)[0]:
            continue
        needs = tuple(_need(situation, test) for test in tests)
        found.append((_order(needs), Way(level, needs, _moment(situation, tests))))
    found.sort(key=lambda item: item[0])
    return tuple(way for _, way in found[:MOST_WAYS])


def _missing(situation: Situation, condition: Condition) -> Iterator[tuple[Test, ...]]:
    """Sets of tests that, made certain, make the condition certain."""
    if shadows(condition, situation.value_of)[0]:
        yield ()
    elif isinstance(condition, Test):
        if not isinstance(condition.cell, _DEEDS):  # acts are offered under `may_invoke`
            yield (condition,)
    elif isinstance(condition, Any):
        for child in condition.of:
            yield from _missing(situation, child)
    elif isinstance(condition, All):
        yield from _all_of(situation, condition.of)
    elif isinstance(condition, AtLeast):
        for chosen in combinations(condition.of, condition.count):
            yield from _all_of(situation, chosen)
    elif isinstance(condition, Case):
        for guard, body in condition.branches:
            yield from _all_of(situation, (guard, body))


def _all_of(situation: Situation, parts: tuple[Condition, ...]) -> Iterator[tuple[Test, ...]]:
    options = [list(islice(_missing(situation, part), MOST_TRIED)) for part in parts]
    for choice in product(*options):
        yield tuple(dict.fromkeys(test for way in choice for test in way))


def _reached(situation: Situation, test: Test) -> ValueSet | None:
    """A value of the test's cell that just meets it, nearest to what is known; None if none can."""
    value, accepts = situation.value_of(test.cell), test.accepts
    if not isinstance(value, NumberSet) or not isinstance(accepts, NumberSet):
        return accepts
    if not value.intervals or not accepts.intervals:
        return accepts  # n/a is known, or asked for
    nearest = _nearest(situation, test.cell, value, accepts)
    if nearest is None:
        return None
    item, _ = nearest
    if _is_above(value, item):
        return NumberSet((Interval(item.high, item.high) if item.high_closed else item,))
    low = max(item.low, value.low)
    if isinf(low):
        return accepts
    if low == item.low and not item.low_closed:
        return NumberSet((Interval(low, item.high, False, item.high_closed),))
    return NumberSet((Interval(low, low),))


def _nearest(
    situation: Situation, cell: Cell, value: NumberSet, accepts: NumberSet
) -> tuple[Interval, Number] | None:
    """The stretch that a value must go least far to, and how far: below 0 where it must fall."""
    ways = [
        (item, _distance(value, item))
        for item in accepts.intervals
        if _can_fall(situation, cell) or not _is_above(value, item)
    ]
    return min(ways, key=lambda way: max(way[1], -way[1]), default=None)


def _distance(value: NumberSet, item: Interval) -> Number:
    """From the end of a value that is certain to the end of a stretch that it must reach."""
    if value.low < item.low:
        return item.low - value.low
    return min(item.high - value.high, 0) if not isinf(item.high) else 0


def _is_above(value: NumberSet, item: Interval) -> bool:
    """Whether all of a value is over a stretch."""
    first = value.intervals[0]
    if first.low == item.high:
        return not (first.low_closed and item.high_closed)
    return first.low > item.high


def _can_fall(situation: Situation, cell: Cell) -> bool:
    """Whether what is certainly so of a cell can still become less: time and deaths cannot."""
    if isinstance(cell, ElapsedCell):
        return False
    fact = situation.entities.facts.get(cell.fact) if isinstance(cell, FactCell) else None
    return fact is None or not fact.cumulative


def _need(situation: Situation, test: Test) -> Need:
    value = situation.value_of(test.cell)
    return Need(test.cell, value, test.accepts, _missing_amount(situation, test, value))


def _missing_amount(situation: Situation, test: Test, value: ValueSet) -> float | None:
    accepts = test.accepts
    if isinstance(test.cell, LevelCell):  # ranks are no amounts
        return None
    if not isinstance(value, NumberSet) or not isinstance(accepts, NumberSet):
        return None
    nearest = _nearest(situation, test.cell, value, accepts) if value.intervals else None
    return None if nearest is None or isinf(nearest[1]) else float(nearest[1])


def _order(needs: tuple[Need, ...]) -> tuple[float, ...]:
    """Fewest facts first, then the smaller relative distance; never added across units."""
    return (len(needs), max((_relative(need) for need in needs), default=0.0))


def _relative(need: Need) -> float:
    if need.missing is None:
        return 1.0
    assert isinstance(need.accepts, NumberSet)
    end = need.accepts.low if need.missing >= 0 else need.accepts.high
    target = abs(float(end))
    return abs(need.missing) / target if target and not isinf(target) else abs(need.missing)


def _moment(situation: Situation, tests: tuple[Test, ...]) -> int | None:
    """When the passing of time alone completes this way; None where it needs more."""
    moments = [_completes(situation, test) for test in tests]
    if not moments or None in moments:
        return None
    return max(moment for moment in moments if moment is not None)


def _completes(situation: Situation, test: Test) -> int | None:
    if isinstance(test.cell, ElapsedCell) and isinstance(test.accepts, NumberSet):
        since = situation.evidence.moment(test.cell.moment).point
        low = test.accepts.low
        if since is None or isinf(low):
            return None
        return int(since) + int(low)
    if isinstance(test.cell, LastingCell) and test.accepts == ChoiceSet(frozenset({True})):
        return situation.evidence.lasting_completes(test.cell)
    return None
