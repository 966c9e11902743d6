"""The ends of what a test accepts, and the values at them and just beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import isinf
from typing import Literal

from msgspec import Struct

from planengine.expectations.ladders import Ladder
from planengine.rules.conditions import LevelCell, Test
from planengine.values.sets import Number, NumberDomain, NumberSet

_MOST_DIGITS = 6


class End(Struct, frozen=True):
    """One end of what a test accepts: the value at it, and the nearest on its other side.

    `number` is its place among the ends, the same for every place that the test is asked of;
    `lower` ends have what is accepted above them. `closed`: the value at it is accepted.
    """

    number: int
    at: Number
    beside: Number
    lower: bool
    closed: bool

    def side(self, value: NumberSet, holds: bool) -> Literal["at", "beside"] | None:
        """Whether a value that surely lies in the test, or surely out of it, reaches this end.

        What is still nearer than the nearest value that is asked for shows the more.
        """
        reaching = value.low if self.lower == holds else value.high
        if holds == self.closed:
            return "at" if reaching == self.at else None
        near = min(self.at, self.beside) <= reaching <= max(self.at, self.beside)
        return "beside" if near and reaching != self.at else None


def ends_of(test: Test, ladder: Ladder | None = None) -> Iterator[End]:
    """The ends of a test of numbers, but for those of the cell's own domain.

    The step from a bound to the nearest value is 1 of a whole number, else one in the last digit
    that the bound has in the unit of its fact. Of a level it leads to the next that the decision
    can have, by `ladder`.
    """
    domain, accepts = test.cell.domain, test.accepts
    if not isinstance(domain, NumberDomain) or not isinstance(accepts, NumberSet):
        return
    number = 0
    for item in accepts.intervals:
        for end, closed, outwards, last in (
            (item.low, item.low_closed, -1, domain.whole.low),
            (item.high, item.high_closed, 1, domain.whole.high),
        ):
            number += 1
            if isinf(end) or end == last:
                continue
            ranks = ladder(test.cell.unit) if ladder and isinstance(test.cell, LevelCell) else ()
            if ranks:
                yield from _between(ranks, end, outwards, number)
                continue
            step = 1 if domain.integer else step_at(end)
            beside = end + (outwards if closed else -outwards) * step
            yield End(number, end, beside, outwards < 0, closed)


def _between(ranks: Sequence[int], end: Number, outwards: int, number: int) -> Iterator[End]:
    """The end of a test of a level, if the decision can have levels on both sides of it."""
    nearest = sorted(ranks, key=lambda rank: abs(rank - end))
    at = next((rank for rank in nearest if (rank - end) * outwards <= 0), None)
    beside = next((rank for rank in nearest if (rank - end) * outwards > 0), None)
    if at is not None and beside is not None:
        yield End(number, at, beside, outwards < 0, closed=True)


def step_at(bound: Number) -> Number:
    """One in the last digit of a number; 1 of a whole one.

    >>> step_at(28), step_at(Fraction(278, 10))
    (1, Fraction(1, 10))
    """
    for digits in range(_MOST_DIGITS):
        if (Fraction(bound) * 10**digits).denominator == 1:
            return Fraction(1, 10**digits) if digits else 1
    return Fraction(1, 10**_MOST_DIGITS)
