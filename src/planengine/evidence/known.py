"""What is known of a cell: a set of values, and what that rests on."""

from __future__ import annotations

from msgspec import Struct

from planengine.domain.statements import Statement
from planengine.values.sets import (
    NOT_APPLICABLE_CHOICE,
    NOT_APPLICABLE_NUMBER,
    ChoiceDomain,
    ChoiceSet,
    Domain,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
)


class Known(Struct, frozen=True):
    """The values a cell may have (never none), and what that rests on.

    `oldest` and `newest` are the times of the evidence; both are None for a value that
    nobody stated (unobserved, assumed, outside the scope, or bounded by others only).
    `outdated` are the statements that gave way to newer ones.
    """

    value: ValueSet
    statements: tuple[Statement, ...] = ()  # newest first
    assumed: bool = False
    estimated: bool = False
    conflict: bool = False
    silent: tuple[str, ...] = ()  # places whose silence leaves it open
    oldest: int | None = None
    newest: int | None = None
    outdated: tuple[Statement, ...] = ()
    reach: int | None = None  # of a forecast: up to when it covers from now without a gap

    @property
    def stated(self) -> bool:
        """Whether any statement bears on it, an explicit `unknown` included."""
        return self.newest is not None


def confine(domain: Domain, value: ValueSet) -> ValueSet:
    """The members of a value that lie in a domain; a plain point inside is returned as it is."""
    if is_plain_member(domain, value):
        return value
    if isinstance(value, NumberSet):
        assert isinstance(domain, NumberDomain)
        return domain.restrict(value)
    assert isinstance(domain, ChoiceDomain)
    return domain.restrict(value)


def is_plain_member(domain: Domain, value: ValueSet) -> bool:
    """Whether a value is a single point of a domain; may be false for odd domains."""
    if value.na:
        return False
    if isinstance(value, ChoiceSet):
        if len(value.members) != 1 or not isinstance(domain, ChoiceDomain):
            return False
        (member,) = value.members
        return member in domain.values
    if len(value.intervals) != 1 or not isinstance(domain, NumberDomain):
        return False
    (only,) = value.intervals
    point = only.low
    if domain.integer and type(point) is not int:
        return False
    if point is not only.high and point != only.high:
        return False
    whole = domain.whole.intervals[0]
    if len(domain.whole.intervals) != 1:
        return False
    if whole.low < point < whole.high:
        return True
    return (point == whole.low and whole.low_closed) or (point == whole.high and whole.high_closed)


def not_applicable(domain: Domain) -> ValueSet:
    """*n/a*, as a value of a domain."""
    return NOT_APPLICABLE_NUMBER if isinstance(domain, NumberDomain) else NOT_APPLICABLE_CHOICE


def meet(a: ValueSet, b: ValueSet) -> ValueSet:
    """What two sets of one domain share."""
    if isinstance(a, NumberSet):
        assert isinstance(b, NumberSet)
        return a & b
    assert isinstance(b, ChoiceSet)
    return a & b


def join(a: ValueSet, b: ValueSet) -> ValueSet:
    """What is in either of two sets of one domain."""
    if isinstance(a, NumberSet):
        assert isinstance(b, NumberSet)
        return a | b
    assert isinstance(b, ChoiceSet)
    return a | b


def contains(a: ValueSet, b: ValueSet) -> bool:
    """Whether all of the second of two sets of one domain lies in the first."""
    return meet(a, b) == b


def upward(value: ValueSet, domain: Domain) -> ValueSet | None:
    """All that is no lower than a value's lower bound; None where that bounds nothing."""
    if isinstance(value, NumberSet):
        if not value.intervals or value.intervals[0].low == -float("inf"):
            return None
        first = value.intervals[0]
        return NumberSet((Interval(first.low, float("inf"), first.low_closed, False),), value.na)
    ranks = _ranks(value, domain)
    if not ranks or not isinstance(domain, ChoiceDomain):
        return None
    return ChoiceSet(frozenset(domain.values[min(ranks) :]), value.na)


def downward(value: ValueSet, domain: Domain) -> ValueSet | None:
    """All that is no higher than a value's upper bound; None where that bounds nothing."""
    if isinstance(value, NumberSet):
        if not value.intervals or value.intervals[-1].high == float("inf"):
            return None
        last = value.intervals[-1]
        return NumberSet((Interval(-float("inf"), last.high, False, last.high_closed),), value.na)
    ranks = _ranks(value, domain)
    if not ranks or not isinstance(domain, ChoiceDomain):
        return None
    return ChoiceSet(frozenset(domain.values[: max(ranks) + 1]), value.na)


def _ranks(value: ChoiceSet, domain: Domain) -> list[int]:
    if not isinstance(domain, ChoiceDomain) or not domain.ordered:
        return []
    return [rank for rank, member in enumerate(domain.values) if member in value.members]
