"""What a fact may be: sets of numbers or of choices, each with or without *n/a*.

A value and a test are the same kind of thing, a set. A value is *certainly* in a test
when it is a subset of it, and *possibly* when the two share a member. Numbers are exact
(`int` or `Fraction`); only the infinite ends are floats.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, floor, inf, isinf
from typing import Literal, TypeAlias

from msgspec import Struct

Number: TypeAlias = int | Fraction | float  # float only for -inf and inf
Choice: TypeAlias = str | bool
Direction: TypeAlias = Literal["up", "down"]


class Interval(Struct, frozen=True):
    """A non-empty stretch of numbers; infinite ends are always open."""

    low: Number
    high: Number
    low_closed: bool = True
    high_closed: bool = True

    def __str__(self) -> str:
        if self.low == self.high:
            return _number_text(self.low)
        left = "[" if self.low_closed else "("
        right = "]" if self.high_closed else ")"
        return f"{left}{_number_text(self.low)}..{_number_text(self.high)}{right}"


def _number_text(number: Number) -> str:
    if isinstance(number, float):
        return "∞" if number > 0 else "-∞"
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    return f"{float(number):.12g}"


def _is_empty(low: Number, high: Number, low_closed: bool, high_closed: bool) -> bool:
    return low > high or (low == high and not (low_closed and high_closed))


def _intersect(a: Interval, b: Interval) -> Interval | None:
    """What two stretches share; one of them itself where it lies in the other.

    The only floats are the infinite ends: to ask for those is far faster than to compare
    fractions.
    """
    if type(b.low) is float:
        low = a
    elif type(a.low) is float:
        low = b
    else:
        low = a if a.low > b.low or (a.low == b.low and not a.low_closed) else b
    if type(b.high) is float:
        high = a
    elif type(a.high) is float:
        high = b
    else:
        high = a if a.high < b.high or (a.high == b.high and not a.high_closed) else b
    if low is high:
        return low
    bounded = type(low.low) is not float and type(high.high) is not float
    if bounded and _is_empty(low.low, high.high, low.low_closed, high.high_closed):
        return None
    return Interval(low.low, high.high, low.low_closed, high.high_closed)


def _overlap(a: Interval, b: Interval) -> bool:
    starts_in_time = b.low < a.high or (b.low == a.high and b.low_closed and a.high_closed)
    ends_late_enough = b.high > a.low or (b.high == a.low and b.high_closed and a.low_closed)
    return starts_in_time and ends_late_enough


def _touches(a: Interval, b: Interval, integer: bool) -> bool:
    """Whether b, which starts no earlier than a, continues a without a hole."""
    if b.low < a.high:
        return True
    if b.low == a.high:
        return a.high_closed or b.low_closed
    return integer and b.low - a.high <= 1


def _merge(intervals: Iterable[Interval], integer: bool) -> tuple[Interval, ...]:
    ordered = sorted(intervals, key=lambda i: (i.low, not i.low_closed))
    merged: list[Interval] = []
    for item in ordered:
        if merged and _touches(merged[-1], item, integer):
            last = merged[-1]
            if item.high > last.high or (item.high == last.high and item.high_closed):
                merged[-1] = Interval(last.low, item.high, last.low_closed, item.high_closed)
        else:
            merged.append(item)
    return tuple(merged)


def _shared(some: tuple[Interval, ...], others: tuple[Interval, ...]) -> tuple[Interval, ...]:
    if len(some) == 1 and len(others) == 1:
        both = _intersect(some[0], others[0])
        return () if both is None else some if both is some[0] else (both,)
    pairs = (_intersect(a, b) for a in some for b in others)
    return tuple(pair for pair in pairs if pair is not None)


class NumberSet(Struct, frozen=True):
    """A set of numbers, as disjoint ascending intervals, with or without *n/a*.

    >>> at_least(3) & below(10)
    NumberSet([3..10))
    """

    intervals: tuple[Interval, ...] = ()
    na: bool = False

    def __bool__(self) -> bool:
        return bool(self.intervals) or self.na

    def __and__(self, other: NumberSet) -> NumberSet:
        return NumberSet(_shared(self.intervals, other.intervals), self.na and other.na)

    def __or__(self, other: NumberSet) -> NumberSet:
        return NumberSet(_merge((*self.intervals, *other.intervals), False), self.na or other.na)

    def complement(self) -> NumberSet:
        """Every number (and *n/a*) that is not in this set."""
        gaps: list[Interval] = []
        low: Number = -inf
        closed = False
        for item in self.intervals:
            if not _is_empty(low, item.low, closed, not item.low_closed):
                gaps.append(
                    Interval(low, item.low, closed, not item.low_closed and not isinf(item.low))
                )
            low, closed = item.high, not item.high_closed
        if low != inf:
            gaps.append(Interval(low, inf, closed, False))
        return NumberSet(tuple(g for g in gaps if g.low != inf and g.high != -inf), not self.na)

    def issubset(self, other: NumberSet) -> bool:
        """Whether every member of this set is in the other; the empty set is in all."""
        if self.na and not other.na:
            return False
        return all(any(_within(a, b) for b in other.intervals) for a in self.intervals)

    def intersects(self, other: NumberSet) -> bool:
        """Whether the two sets share a member."""
        if self.na and other.na:
            return True
        return any(_overlap(a, b) for a in self.intervals for b in other.intervals)

    @property
    def point(self) -> int | Fraction | None:
        """The only number this set holds, or None when it holds another count of members."""
        if self.na or len(self.intervals) != 1:
            return None
        only = self.intervals[0]
        if only.low == only.high and not isinstance(only.low, float):
            return only.low
        return None

    @property
    def low(self) -> Number:
        """The greatest lower bound of the numbers; inf when there are none."""
        return self.intervals[0].low if self.intervals else inf

    @property
    def high(self) -> Number:
        """The least upper bound of the numbers; -inf when there are none."""
        return self.intervals[-1].high if self.intervals else -inf

    def __str__(self) -> str:
        parts = [str(i) for i in self.intervals]
        if self.na:
            parts.append("n/a")
        return " | ".join(parts) if parts else "∅"

    def __repr__(self) -> str:
        return f"NumberSet({self})"


def _within(a: Interval, b: Interval) -> bool:
    low_ok = b.low < a.low or (b.low == a.low and (b.low_closed or not a.low_closed))
    high_ok = a.high < b.high or (a.high == b.high and (b.high_closed or not a.high_closed))
    return low_ok and high_ok


class ChoiceSet(Struct, frozen=True):
    """A set of category values or of truth values, with or without *n/a*."""

    members: frozenset[Choice] = frozenset()
    na: bool = False

    def __bool__(self) -> bool:
        return bool(self.members) or self.na

    def __and__(self, other: ChoiceSet) -> ChoiceSet:
        return ChoiceSet(self.members & other.members, self.na and other.na)

    def __or__(self, other: ChoiceSet) -> ChoiceSet:
        return ChoiceSet(self.members | other.members, self.na or other.na)

    def issubset(self, other: ChoiceSet) -> bool:
        """Whether every member of this set is in the other."""
        return self.members <= other.members and (other.na or not self.na)

    def intersects(self, other: ChoiceSet) -> bool:
        """Whether the two sets share a member."""
        return bool(self.members & other.members) or (self.na and other.na)

    @property
    def point(self) -> Choice | None:
        """The only choice this set holds, or None when it holds another count of members."""
        if self.na or len(self.members) != 1:
            return None
        return next(iter(self.members))

    def __str__(self) -> str:
        parts = sorted(str(m).lower() if isinstance(m, bool) else m for m in self.members)
        if self.na:
            parts.append("n/a")
        return " | ".join(parts) if parts else "∅"

    def __repr__(self) -> str:
        return f"ChoiceSet({self})"


ValueSet: TypeAlias = NumberSet | ChoiceSet


def number(value: int | Fraction) -> NumberSet:
    """The set of one number."""
    return NumberSet((Interval(value, value),))


def at_least(value: int | Fraction) -> NumberSet:
    """All numbers from this one, inclusive: `≥`."""
    return NumberSet((Interval(value, inf, True, False),))


def above(value: int | Fraction) -> NumberSet:
    """All numbers over this one: `>`."""
    return NumberSet((Interval(value, inf, False, False),))


def at_most(value: int | Fraction) -> NumberSet:
    """All numbers up to this one, inclusive: `≤`."""
    return NumberSet((Interval(-inf, value, False, True),))


def below(value: int | Fraction) -> NumberSet:
    """All numbers under this one: `<`."""
    return NumberSet((Interval(-inf, value, False, False),))


ALL_NUMBERS = NumberSet((Interval(-inf, inf, False, False),))
TRUE = ChoiceSet(frozenset({True}))
FALSE = ChoiceSet(frozenset({False}))
NOT_APPLICABLE_NUMBER = NumberSet((), True)
NOT_APPLICABLE_CHOICE = ChoiceSet(frozenset(), True)


class NumberDomain(Struct, frozen=True):
    """The numbers a fact can be: all of `whole`, or only the integers in it.

    `na` tells whether it can be *n/a*: an attribute that a registry leaves out cannot.
    """

    whole: NumberSet = ALL_NUMBERS
    integer: bool = False
    na: bool = True

    def restrict(self, values: NumberSet) -> NumberSet:
        """The members of `values` that lie in this domain; integers get closed ends.

        >>> NumberDomain(at_least(0), integer=True).restrict(above(100))
        NumberSet([101..∞))
        """
        intervals = _shared(values.intervals, self.whole.intervals)
        if self.integer and not (len(intervals) == 1 and _is_of_integers(intervals[0])):
            intervals = _merge(_integers(intervals), True)
        na = values.na and self.na
        if intervals is values.intervals and na == values.na:
            return values
        return NumberSet(intervals, na)

    def told(self, values: NumberSet) -> NumberSet:
        """Values as they are told: ends that only keep slips out are no ends.

        A domain that begins below 0 has such, as -100 to 100 ℃ has; 0 to 100 % has true ones.

        >>> NumberDomain(at_least(-500) & at_most(9000)).told(at_least(31) & at_most(9000))
        NumberSet([31..∞))
        """
        if not -inf < self.whole.low < 0:
            return values
        whole = self.whole
        return NumberSet(
            tuple(
                Interval(
                    -inf if one.low == whole.low != one.high else one.low,
                    inf if one.high == whole.high != one.low else one.high,
                    one.low_closed and (one.low != whole.low or one.high == whole.low),
                    one.high_closed and (one.high != whole.high or one.low == whole.high),
                )
                for one in values.intervals
            ),
            values.na,
        )

    def complement(self, values: NumberSet) -> NumberSet:
        """What of this domain, and *n/a*, is not in `values`."""
        return self.restrict(values.complement())

    @property
    def everything(self) -> NumberSet:
        """The whole domain, with *n/a* where it can be: the value nobody has observed."""
        return NumberSet(self.restrict(self.whole).intervals, self.na)

    def direction(self, test: NumberSet) -> Direction | None:
        """`up` when a larger number can only help the test, `down` when it can only hurt."""
        if test.na or len(test.intervals) != 1:
            return None
        whole = self.restrict(self.whole)
        only = test.intervals[0]
        if only.high == whole.high and only.high_closed == whole.intervals[-1].high_closed:
            return "up"
        if only.low == whole.low and only.low_closed == whole.intervals[0].low_closed:
            return "down"
        return None


def _is_of_integers(one: Interval) -> bool:
    """Whether both ends are closed integers, or infinite."""
    low, high = type(one.low), type(one.high)
    return (low is float or (low is int and one.low_closed)) and (
        high is float or (high is int and one.high_closed)
    )


def _integers(intervals: Iterable[Interval]) -> Iterable[Interval]:
    for item in intervals:
        low: Number = item.low
        high: Number = item.high
        if not isinstance(low, float):
            low = ceil(low) if item.low_closed or ceil(low) != low else int(low) + 1
        if not isinstance(high, float):
            high = floor(high) if item.high_closed or floor(high) != high else int(high) - 1
        if low <= high:
            yield Interval(low, high, not isinstance(low, float), not isinstance(high, float))


class ChoiceDomain(Struct, frozen=True):
    """The choices a fact can be, mild to severe where `ordered`; `na` as for numbers."""

    values: tuple[Choice, ...]
    ordered: bool = False
    na: bool = True

    def restrict(self, values: ChoiceSet) -> ChoiceSet:
        """The members of `values` that lie in this domain."""
        return ChoiceSet(values.members & frozenset(self.values), values.na and self.na)

    def complement(self, values: ChoiceSet) -> ChoiceSet:
        """What of this domain, and *n/a*, is not in `values`."""
        return ChoiceSet(frozenset(self.values) - values.members, self.na and not values.na)

    @property
    def everything(self) -> ChoiceSet:
        """The whole domain, with *n/a* where it can be: the value nobody has observed."""
        return ChoiceSet(frozenset(self.values), self.na)

    def direction(self, test: ChoiceSet) -> Direction | None:
        """`up` when a more severe choice can only help the test, `down` when only hurt."""
        if test.na or not self.ordered or not test.members:
            return None
        hits = [value in test.members for value in self.values]
        if hits == sorted(hits):
            return "up"
        if hits == sorted(hits, reverse=True):
            return "down"
        return None


Domain: TypeAlias = NumberDomain | ChoiceDomain

COUNT = NumberDomain(at_least(0), integer=True)
FLAG = ChoiceDomain((False, True), ordered=True)
