"""What is known, as the numbers that lowered formulas compare."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import inf, isinf, nextafter

from planengine.engines.contract import LIMIT
from planengine.engines.durable.formulas import End, Member
from planengine.rules.normal import intersection
from planengine.values.sets import ChoiceSet, Number, NumberSet, ValueSet

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


def end_number(end: End, value: ValueSet, scales: Mapping[int, Scale]) -> float:
    """The number for an end of a cell's value.

    What may be n/a is certain of no bound, and what has no numbers meets none: then the end
    stands on the far side of every test.
    """
    assert isinstance(value, NumberSet)
    lower = end.side == "low"
    if end.shadow == "certain" and (value.na or not value.intervals):
        return -FAR if lower else FAR
    if not value.intervals:
        return FAR if lower else -FAR
    scale = scales[end.cell]
    if lower:
        first = value.intervals[0]
        return scale.low(first.low, first.low_closed)
    last = value.intervals[-1]
    return scale.high(last.high, last.high_closed)


def member_number(member: Member, value: ValueSet, reported: ValueSet | None = None) -> int:
    """1 where the value is certainly (or possibly, or by what was reported) in the set, else 0."""
    accepts = member.accepts
    certain = member.shadow == "certain"
    if member.shadow == "indicated":
        certain = reported is None
        value = value if reported is None else intersection(value, reported) or value
    if isinstance(value, NumberSet) and isinstance(accepts, NumberSet):
        return int(value.issubset(accepts) if certain else value.intersects(accepts))
    assert isinstance(value, ChoiceSet)
    assert isinstance(accepts, ChoiceSet)
    return int(value.issubset(accepts) if certain else value.intersects(accepts))
