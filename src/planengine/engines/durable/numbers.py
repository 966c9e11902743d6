"""What is known, as the numbers that lowered formulas compare."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from fractions import Fraction
from math import inf, isinf, nextafter

from planengine.engines.contract import LIMIT
from planengine.engines.durable.atoms import End
from planengine.rules.lowered import Member
from planengine.rules.shadows import of_reported, of_test
from planengine.values.sets import Number, NumberSet, ValueSet

FAR = float(LIMIT)
"""Stands for infinity; no bound of a test is so far out."""


class Scale:
    """Where numbers stand among the bounds of a cell's tests, written as floats."""

    def __init__(self, bounds: Sequence[Fraction]) -> None:
        self._bounds = sorted(bounds)
        self._floats = [float(bound) for bound in self._bounds]

    def low(self, number: Number, closed: bool) -> float:
        """A lower end: an open one stands just above."""
        return self._place(number, None if closed else inf)

    def high(self, number: Number, closed: bool) -> float:
        """An upper end: an open one stands just below."""
        return self._place(number, None if closed else -inf)

    def _place(self, number: Number, inward: float | None) -> float:
        if isinstance(number, float) and isinf(number):
            return FAR if number > 0 else -FAR
        exact = Fraction(number)
        place = bisect_left(self._bounds, exact)
        if place < len(self._bounds) and self._bounds[place] == exact:
            here = self._floats[place]
            return here if inward is None else nextafter(here, inward)
        # Between two bounds any float between them means the same.
        least = nextafter(self._floats[place - 1], inf) if place else -FAR
        most = nextafter(self._floats[place], -inf) if place < len(self._floats) else FAR
        here = FAR if exact > LIMIT else -FAR if exact < -LIMIT else float(exact)
        return min(max(here, least), most)


def end_number(end: End, value: ValueSet, scale: Scale) -> float:
    """The number for an end of a cell's value.

    What may be n/a is surely on no side of a bound, and what has no numbers never is: then the
    end stands on the far side of every bound that it is compared with.
    """
    assert isinstance(value, NumberSet)
    if not value.intervals or (end.sure and value.na):
        return -FAR if end.upward else FAR
    if end.side == "low":
        first = value.intervals[0]
        return scale.low(first.low, first.low_closed)
    last = value.intervals[-1]
    return scale.high(last.high, last.high_closed)


def member_number(member: Member, value: ValueSet, reported: ValueSet | None = None) -> int:
    """1 where the value is certainly (or possibly, or by what was reported) in the set, else 0."""
    if member.reading == "indicated":
        return int(of_reported(value, reported, member.accepts))
    certain, possible = of_test(value, member.accepts)
    return int(certain if member.reading == "certain" else possible)
