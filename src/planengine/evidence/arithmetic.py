"""Exact arithmetic on sets of numbers: sums, products by a constant, quotients, extremes.

Every function gives the set of all results of its operands' members; *n/a* is left to the
caller, but for `quotient`, where a divisor that may be 0 brings it in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import inf

from planengine.domain.vocabulary import Points
from planengine.values.sets import ChoiceSet, Interval, Number, NumberSet, ValueSet

MOST_INTERVALS = 64  # beyond it a set is widened to its hull: still sound, only looser


def _collect(intervals: Iterable[Interval]) -> NumberSet:
    found = NumberSet(tuple(intervals)) | NumberSet()
    if len(found.intervals) <= MOST_INTERVALS:
        return found
    first, last = found.intervals[0], found.intervals[-1]
    return NumberSet((Interval(first.low, last.high, first.low_closed, last.high_closed),))


def _pairwise(
    operation: Callable[[Interval, Interval], Interval], a: NumberSet, b: NumberSet
) -> NumberSet:
    if len(a.intervals) == 1 and len(b.intervals) == 1:
        return NumberSet((operation(a.intervals[0], b.intervals[0]),))
    return _collect(operation(x, y) for x in a.intervals for y in b.intervals)


def add(a: NumberSet, b: NumberSet) -> NumberSet:
    """All sums of a member of each."""
    return _pairwise(_add, a, b)


def _add(x: Interval, y: Interval) -> Interval:
    return Interval(
        x.low + y.low,
        x.high + y.high,
        x.low_closed and y.low_closed,
        x.high_closed and y.high_closed,
    )


def scale(values: NumberSet, factor: int | Fraction) -> NumberSet:
    """All members times a constant."""
    if factor == 1:
        return NumberSet(values.intervals)
    if factor == 0:
        return NumberSet((Interval(0, 0),)) if values.intervals else NumberSet()
    return _collect(_scaled(item, factor) for item in values.intervals)


def _scaled(item: Interval, factor: int | Fraction) -> Interval:
    low, high = _times(item.low, factor), _times(item.high, factor)
    if factor > 0:
        return Interval(low, high, item.low_closed, item.high_closed)
    return Interval(high, low, item.high_closed, item.low_closed)


def _times(a: Number, b: Number) -> Number:
    """A product in which 0 times infinity is 0, and whole results are plain integers."""
    if a == 0 or b == 0:
        return 0
    product = a * b
    if isinstance(product, Fraction) and product.denominator == 1:
        return int(product)
    return product


def maximum(a: NumberSet, b: NumberSet) -> NumberSet:
    """All greater ones of a member of each."""
    return _pairwise(_maximum, a, b)


def _maximum(x: Interval, y: Interval) -> Interval:
    if x.low == y.low:
        low, low_closed = x.low, x.low_closed and y.low_closed
    else:
        low, low_closed = max((x.low, x.low_closed), (y.low, y.low_closed))
    if x.high == y.high:
        return Interval(low, x.high, low_closed, x.high_closed or y.high_closed)
    high, high_closed = max((x.high, x.high_closed), (y.high, y.high_closed))
    return Interval(low, high, low_closed, high_closed)


def minimum(a: NumberSet, b: NumberSet) -> NumberSet:
    """All lesser ones of a member of each."""
    return scale(maximum(scale(a, -1), scale(b, -1)), -1)


def quotient(a: NumberSet, b: NumberSet) -> NumberSet:
    """All quotients; *n/a* joins them where the divisor may be 0, which also opens the end."""
    reciprocals: list[Interval] = []
    for item in b.intervals:
        reciprocals.extend(_reciprocals(item))
    zero = any(_holds_zero(item) for item in b.intervals)
    found = _pairwise(_multiply, a, NumberSet(tuple(reciprocals)))
    return NumberSet(found.intervals, zero)


def _holds_zero(item: Interval) -> bool:
    above = item.low < 0 or (item.low == 0 and item.low_closed)
    below = item.high > 0 or (item.high == 0 and item.high_closed)
    return above and below


def _reciprocals(item: Interval) -> Iterable[Interval]:
    if item.low < 0:
        top = min(item.high, 0)
        closed = item.high_closed and item.high < 0
        yield Interval(_inverse(top, -inf), _inverse(item.low, 0), closed, item.low_closed)
    if item.high > 0:
        bottom = max(item.low, 0)
        closed = item.low_closed and item.low > 0
        yield Interval(_inverse(item.high, 0), _inverse(bottom, inf), item.high_closed, closed)


def _inverse(value: Number, at_zero: Number) -> Number:
    """1/value; `at_zero` for 0, and 0 (an end never reached) for infinity."""
    if value == 0:
        return at_zero
    if isinstance(value, float):
        return 0
    exact = Fraction(1) / value
    return int(exact) if exact.denominator == 1 else exact


def _multiply(x: Interval, y: Interval) -> Interval:
    corners: list[tuple[Number, bool]] = []
    for a, a_closed in ((x.low, x.low_closed), (x.high, x.high_closed)):
        for b, b_closed in ((y.low, y.low_closed), (y.high, y.high_closed)):
            reached = (a_closed and b_closed) or (a == 0 and a_closed) or (b == 0 and b_closed)
            corners.append((_times(a, b), reached))
    low = min(value for value, _ in corners)
    high = max(value for value, _ in corners)
    return Interval(
        low,
        high,
        any(reached for value, reached in corners if value == low),
        any(reached for value, reached in corners if value == high),
    )


def subtract(a: NumberSet, b: NumberSet) -> NumberSet:
    """All differences of a member of each."""
    return add(a, scale(b, -1))


def none_as_zero(values: NumberSet) -> NumberSet:
    """The numbers of a set, with 0 for *n/a*."""
    if not values.na:
        return values
    return NumberSet(values.intervals) | NumberSet((Interval(0, 0),))


def hull(values: NumberSet) -> NumberSet:
    """The one interval from the lowest to the highest number; nothing of nothing."""
    if len(values.intervals) < 2:
        return NumberSet(values.intervals)
    first, last = values.intervals[0], values.intervals[-1]
    return NumberSet((Interval(first.low, last.high, first.low_closed, last.high_closed),))


def all_but_one(values: Sequence[NumberSet]) -> list[NumberSet]:
    """For each of some sets the sums of all the others."""
    zero = NumberSet((Interval(0, 0),))
    before, after = [zero], [zero]
    for value in values[:-1]:
        before.append(add(before[-1], value))
    for value in reversed(values[1:]):
        after.append(add(after[-1], value))
    after.reverse()
    return [add(one, other) for one, other in zip(before, after, strict=True)]


def points_of(values: ValueSet, points: Points) -> NumberSet:
    """The points that the values of a category or flag count; *n/a* is kept."""
    assert isinstance(values, ChoiceSet)
    counted = {Fraction(count) for value, count in points if value in values.members}
    found = NumberSet(tuple(Interval(count, count) for count in sorted(counted)), values.na)
    return found | NumberSet()
