"""What decisions tell apart of the values of a cell: where no test does, they decide the same."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from math import inf, isinf

from planengine.assessment.outline import Outline
from planengine.rules.conditions import Cell, Condition
from planengine.rules.ruleset import Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import Interval, Number, NumberSet, ValueSet


class Regions:
    """The regions into which the tests of an outline's decisions cut the numbers of each cell."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._found: dict[Cell, tuple[NumberSet, ...]] = {}

    def are_alike(self, cell: Cell, one: ValueSet, other: ValueSet) -> bool:
        """Whether every test of a cell finds the same of two values, however tests are joined."""
        if one == other:
            return True
        if not isinstance(one, NumberSet) or not isinstance(other, NumberSet):
            return False
        return one.na == other.na and all(
            one.intersects(region) == other.intersects(region) for region in self._of(cell)
        )

    def _of(self, cell: Cell) -> tuple[NumberSet, ...]:
        found = self._found.get(cell)
        if found is None:
            ends = sorted(set(self._ends.get(cell, ())))
            between = pairwise((-inf, *ends, inf))
            points = (Interval(end, end) for end in ends)
            gaps = (Interval(low, high, False, False) for low, high in between)
            found = self._found[cell] = tuple(NumberSet((one,)) for one in (*points, *gaps))
        return found

    @cached_property
    def _ends(self) -> dict[Cell, list[Number]]:
        """The finite ends of all that each cell is tested against."""
        found: dict[Cell, list[Number]] = {}
        for unit in self._outline.rules.units:
            for condition in level_conditions(unit):
                for test in tests_of(condition):
                    if isinstance(test.accepts, NumberSet):
                        for one in test.accepts.intervals:
                            ends = (end for end in (one.low, one.high) if not isinf(end))
                            found.setdefault(test.cell, []).extend(ends)
        return found


def level_conditions(unit: Unit) -> Iterator[Condition]:
    """Every condition that the ranks of a decision, or the reasons for them, hang on."""
    yield from unit.at_least
    yield from unit.obliged_at_least
    yield from (rule.condition for rule in unit.rules)
    yield unit.applies
