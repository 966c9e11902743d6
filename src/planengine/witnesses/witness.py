"""What must be so of which cells for a condition to hold, or for one of its tests to decide it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeAlias

from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Constant,
    LevelCell,
    Test,
)
from planengine.rules.normal import intersection
from planengine.rules.ruleset import Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import ChoiceDomain, ChoiceSet, NumberSet, ValueSet, number

Needs: TypeAlias = Mapping[Cell, ValueSet]
"""What each of some cells must be; the others may stay unknown."""

MOST = 6
"""So many ways of one part are tried with those of the others."""
_DEEP = 3


class Witness:
    """Looks for ways in which conditions of a rule set are decided."""

    def __init__(self, units: Mapping[UnitKey, Unit]) -> None:
        self._units = units

    def made(self, condition: Condition, truth: bool, depth: int = 0) -> Iterator[Needs]:
        """Ways in which a condition surely holds, or surely does not."""
        match condition:
            case Constant(value=value):
                if value == truth:
                    yield {}
            case Test():
                yield from self._test(condition, truth, depth)
            case All(of=parts) | Any(of=parts):
                if isinstance(condition, All) == truth:
                    yield from self._all(parts, truth, depth)
                else:
                    for part in parts:
                        yield from self.made(part, truth, depth)
            case AtLeast(of=parts, count=count):
                if truth:
                    yield from self._all(parts[:count], truth, depth)
                else:
                    yield from self._all(parts, truth, depth)
            case Case(branches=branches):
                for number in range(len(branches) + 1):
                    yield from self._branch(condition, number, truth, depth)
            case _:
                return

    def through(self, condition: Condition, target: Test) -> Iterator[Needs]:
        """What must be so of the other cells for one test to decide a condition."""
        match condition:
            case Test():
                if condition is target:
                    yield {}
            case Any(of=parts):
                for part in parts:
                    yield from self.through(part, target)
            case All(of=parts) | AtLeast(of=parts):
                for number, part in enumerate(parts):
                    if not _has(part, target):
                        continue
                    others = [other for place, other in enumerate(parts) if place != number]
                    needed = len(others)
                    if isinstance(condition, AtLeast):
                        needed = condition.count - 1
                    for own in islice(self.through(part, target), MOST):
                        for rest in islice(self._all(others[:needed], truth=True, depth=0), MOST):
                            yield from joined(own, rest)
            case Case(branches=branches):
                for number, (guard, body) in enumerate(branches):
                    if _has(body, target):
                        for own in self.through(body, target):
                            for rest in islice(self._guards(condition, number), MOST):
                                yield from joined(own, rest)
                    if _has(guard, target):
                        for own in self.through(guard, target):
                            for rest in islice(self.made(body, truth=True), MOST):
                                yield from joined(own, rest)
                if _has(condition.otherwise, target):
                    for own in self.through(condition.otherwise, target):
                        for rest in islice(self._guards(condition, len(branches)), MOST):
                            yield from joined(own, rest)
            case _:
                return

    def _test(self, test: Test, truth: bool, depth: int) -> Iterator[Needs]:
        accepts = test.accepts if truth else complement(test)
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read in {"recommended", "obliged"}:
            unit = self._units.get(cell.unit)
            low = accepts.low if isinstance(accepts, NumberSet) and accepts.intervals else 0
            if unit is not None and low and depth < _DEEP:
                yield from self.made(unit.at_least[int(low) - 1], truth=True, depth=depth + 1)
            elif not low:
                yield {}  # while nothing is told it has no level
            return
        if isinstance(cell, LevelCell) and cell.read == "computed" and accepts == number(0):
            unit = self._units.get(cell.unit)
            if unit is not None and depth < _DEEP:
                yield from self.made(unit.at_least[0], truth=False, depth=depth + 1)
            return
        if accepts:
            yield {cell: accepts}

    def _all(self, parts: Sequence[Condition], truth: bool, depth: int) -> Iterator[Needs]:
        """Ways in which all parts are so.

        First of each part the first that goes with those before it, then with another way of one.
        """
        ways = [[*islice(self.made(part, truth, depth), MOST)] for part in parts]
        yield from _greedy(ways)
        for place, own in enumerate(ways):
            for other in own[1:]:
                yield from _greedy([[other] if n == place else w for n, w in enumerate(ways)])

    def _guards(self, case: Case, number: int) -> Iterator[Needs]:
        """The guard of a branch holds, and none before it; past the last: none holds."""
        earlier = [guard for guard, _ in case.branches[:number]]
        for before in islice(self._all(earlier, truth=False, depth=0), MOST):
            if number == len(case.branches):
                yield before
                continue
            for own in islice(self.made(case.branches[number][0], truth=True), MOST):
                yield from joined(before, own)

    def _branch(self, case: Case, number: int, truth: bool, depth: int) -> Iterator[Needs]:
        last = number == len(case.branches)
        body = case.otherwise if last else case.branches[number][1]
        for own in islice(self.made(body, truth, depth), MOST):
            for guards in islice(self._guards(case, number), MOST):
                yield from joined(own, guards)


def _greedy(ways: Sequence[Sequence[Needs]]) -> Iterator[Needs]:
    """Of each part the first way that goes with those before it; nothing where none does."""
    found: Needs = {}
    for own in ways:
        both = next((one for way in own for one in joined(found, way)), None)
        if both is None:
            return
        found = both
    yield found


def joined(*parts: Needs) -> Iterator[Needs]:
    """All of several needs; nothing where they exclude each other."""
    found: dict[Cell, ValueSet] = {}
    for part in parts:
        for cell, values in part.items():
            both = intersection(found[cell], values) if cell in found else values
            if not both:
                return
            found[cell] = both
    yield found


def complement(test: Test) -> ValueSet:
    """What of its cell a test does not accept; n/a only where that is all."""
    domain, accepts = test.cell.domain, test.accepts
    if isinstance(domain, ChoiceDomain):
        assert isinstance(accepts, ChoiceSet)
        left = domain.complement(accepts)
        return ChoiceSet(left.members) if left.members else left
    assert isinstance(accepts, NumberSet)
    rest = domain.complement(accepts)
    return NumberSet(rest.intervals) if rest.intervals else rest


def _has(condition: Condition, target: Test) -> bool:
    return any(test is target for test in tests_of(condition))
