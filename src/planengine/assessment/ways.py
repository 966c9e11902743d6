"""The ways to the next level: fewest facts first, each replayed before it is shown.

Of what a condition has more than a few ways for, the best are kept and all are counted: so the work
is bounded by the size of the conditions, and a cut list says how much it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isinf

from msgspec import Struct

from planengine.assessment.results import Need, Way
from planengine.assessment.situation import Situation
from planengine.assessment.supposed import gives
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
from planengine.rules.normal import all_of
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.rules.worlds import reached
from planengine.values.sets import ChoiceSet, Interval, Number, NumberSet, ValueSet

_DEEDS = (ActCell, DoneCell, OverdueCell)  # what people do is not a fact to wait for
MOST_WAYS = 6  # shown
MOST_KEPT = 24  # of each part of a condition, the best: a bound on time; the others are counted
MOST_NEEDS = 4  # facts of a way that is shown


class Ways(Struct, frozen=True):
    """The ways to a level that are shown; how many are not, and the fewest facts of any way.

    `omitted` counts the ways by the alternatives that the rules have; 0 where all are shown.
    """

    shown: tuple[Way, ...] = ()
    omitted: int = 0
    fewest: int | None = None


def ways_up(situation: Situation, unit: Unit) -> Ways:
    """What would certainly bring a unit to the next level it can have; none at the top."""
    rank = situation.outcome(unit.id)[0]
    for target in range(rank + 1, len(unit.scale.levels) + 1):
        condition = unit.at_least[target - 1]
        # A rank that no rule gives by itself is only reached on the way to a worse one.
        given = target == len(unit.at_least) or condition != unit.at_least[target]
        if given and not isinstance(condition, Constant):
            level = unit.scale.by_rank(target)
            assert level is not None
            return _ways(situation, condition, level.id)
    return Ways()


def _ways(situation: Situation, condition: Condition, level: str) -> Ways:
    found = _Search(situation).missing(condition)
    valid: list[tuple[tuple[float, ...], Way]] = []
    rejected = 0
    minimal = [
        path for path in found.paths if not any(_is_less(other, path) for other in found.paths)
    ]
    for path in minimal:
        tests = path.tests
        enough = len(valid) >= MOST_WAYS and len(tests) > len(valid[MOST_WAYS - 1][1].needs)
        if len(tests) > MOST_NEEDS or enough:
            continue
        told = {test.cell: _reached(situation, test) for test in tests}
        changes = {cell: value for cell, value in told.items() if value is not None}
        if len(changes) < len(told) or not gives(situation, condition, changes):
            rejected += 1
            continue
        needs = tuple(_need(situation, test) for test in tests)
        valid.append((_order(needs), Way(level, needs, _moment(situation, tests))))
    valid.sort(key=lambda item: item[0])
    shown = tuple(way for _, way in valid[:MOST_WAYS])
    is_all = found.count == len(found.paths)
    left = (len(minimal) if is_all else found.count) - rejected - len(shown)
    sizes = [len(path.tests) for path in minimal]
    return Ways(shown, max(left, 0), min(sizes) if left > 0 and sizes else None)


class _Path(Struct, frozen=True):
    """Tests on different cells that, made certain, make a condition certain."""

    tests: tuple[Test, ...] = ()
    far: float = 0.0  # the greatest relative distance of any

    @property
    def cost(self) -> tuple[int, float]:
        return len(self.tests), self.far


def _is_less(one: _Path, other: _Path) -> bool:
    return len(one.tests) < len(other.tests) and set(one.tests) < set(other.tests)


class _Found(Struct, frozen=True):
    """The best paths, the best first, and how many there are in all."""

    paths: tuple[_Path, ...] = ()
    count: int = 0


_OPEN = _Found((_Path(),), 1)
"""Nothing is missing."""


class _Search:
    """Looks for what is missing of conditions; the work grows with their size alone."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    def missing(self, condition: Condition) -> _Found:
        if shadows(condition, self._situation.value_of)[0]:
            return _OPEN
        match condition:
            case Test():
                return self._test(condition)
            case Any():
                return self._chosen(condition.of, 1)
            case All():
                return self._chosen(condition.of, len(condition.of))
            case AtLeast():
                return self._chosen(condition.of, condition.count)
            case Case():
                return self._either(
                    self._chosen((guard, body), 2) for guard, body in reached(condition)
                )
            case _:
                return _Found()

    def _test(self, test: Test) -> _Found:
        # Acts are offered under `may_invoke`.
        if isinstance(test.cell, _DEEDS) or _reached(self._situation, test) is None:
            return _Found()
        return _Found((_Path((test,), _relative(_need(self._situation, test))),), 1)

    def _either(self, options: Iterable[_Found]) -> _Found:
        every = list(options)
        paths = [path for found in every for path in found.paths]
        return _Found(_best(paths), sum(found.count for found in every))

    def _chosen(self, parts: Sequence[Condition], needed: int) -> _Found:
        """Any `needed` of the parts together, choosing part by part."""
        options = [self.missing(part) for part in parts]
        needed -= sum(1 for found in options if found is _OPEN)
        options = [found for found in options if found is not _OPEN]
        if needed == 1:
            return self._either(options)
        chosen = [_OPEN, *(_Found() for _ in range(needed))]
        for place, found in enumerate(options):
            # Fewer than `needed` are of use only while enough parts are left.
            least = max(needed - (len(options) - place), 0)
            for many in range(min(place, needed - 1), least - 1, -1):
                both = self._both(chosen[many], found)
                chosen[many + 1] = self._either((chosen[many + 1], both))
        return chosen[needed]

    def _both(self, one: _Found, other: _Found) -> _Found:
        paths = [
            joined
            for first in one.paths
            for second in other.paths
            if (joined := self._joined(first, second)) is not None
        ]
        return _Found(_best(paths), one.count * other.count)

    def _joined(self, one: _Path, other: _Path) -> _Path | None:
        """Both paths together; None where they ask what cannot be so at once."""
        tests = {test.cell: test for test in one.tests}
        for test in other.tests:
            before = tests.get(test.cell)
            if before is not None and before != test:
                merged = all_of((before, test))
                if not isinstance(merged, Test) or _reached(self._situation, merged) is None:
                    return None
                test = merged  # noqa: PLW2901 - the two as one
            tests[test.cell] = test
        return _Path(tuple(tests.values()), max(one.far, other.far))


def _best(paths: Iterable[_Path]) -> tuple[_Path, ...]:
    return tuple(sorted(dict.fromkeys(paths), key=lambda path: path.cost)[:MOST_KEPT])


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
