"""Derived facts and bounds: sums, ratios, the first that is known (SEMANTICS 3, 20)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import inf, isinf

from planengine.domain.vocabulary import Fact
from planengine.evidence.arithmetic import (
    add,
    all_but_one,
    none_as_zero,
    points_of,
    quotient,
    scale,
)
from planengine.evidence.combine import merged, newest_statements
from planengine.evidence.known import Known, confine
from planengine.evidence.places import left_of, skipping
from planengine.evidence.relations import AtMost, FirstKnown, Ratio, Relation, Score, Sum
from planengine.values.sets import Interval, NumberSet, ValueSet

Look = Callable[[str], Known]
"""What is known of another fact at the same place."""


def derived_value(
    fact: Fact, relation: Relation, facts: Mapping[str, Fact], look: Look, everything: ValueSet
) -> Known | None:
    """What one relation gives its whole, from facts at the same place; None for nothing."""
    match relation:
        case FirstKnown():
            return _first_known(fact, relation, facts, look, everything)
        case Ratio():
            return _told(_ratio(fact, relation, look, everything))
        case Score():
            return _told(_score(fact, relation, look, everything))
        case Sum():
            return _told(_sum(fact, relation, look, everything))
        case AtMost():
            return _no_less(relation, look)


def _told(known: Known) -> Known | None:
    told = known.stated or known.assumed or known.value.point is not None
    return known if told else None


def bounds_on_operands(
    relation: Relation, total: ValueSet, values: Sequence[ValueSet]
) -> list[ValueSet | None]:
    """What each operand can be, given the whole and the others; None where it is not bound."""
    assert isinstance(total, NumberSet)
    if isinstance(relation, AtMost):
        cap = none_as_zero(total)
        if isinf(cap.high):
            return [None]
        last = cap.intervals[-1]
        return [scale_with_na(_up_to(last.high, last.high_closed), 1 / relation.factor)]
    if not isinstance(relation, Sum):
        return [None] * len(values)
    numbers = [value for value in values if isinstance(value, NumberSet)]
    terms = [
        scale(none_as_zero(value), factor)
        for value, (_, factor) in zip(numbers, relation.terms, strict=True)
    ]
    found: list[ValueSet | None] = []
    for place, other in enumerate(all_but_one(terms) if terms else []):
        left = left_of(total, other)
        if relation.is_difference:
            if total.na and any(v.na for i, v in enumerate(numbers) if i != place):
                found.append(None)
                continue
            left = NumberSet(left.intervals, total.na)
        found.append(scale_with_na(left, 1 / relation.terms[place][1]))
    return found


def scale_with_na(values: NumberSet, factor: Fraction) -> NumberSet:
    """All members times a constant, *n/a* kept."""
    return NumberSet(scale(values, factor).intervals, values.na)


def _up_to(high: Fraction | float, closed: bool) -> NumberSet:
    return NumberSet((Interval(-inf, high, False, closed),), True)


def _no_less(relation: AtMost, look: Look) -> Known | None:
    """A whole is no less than its part; more than none, so it is not *n/a*."""
    part = look(relation.part)
    if not part.stated:
        return None
    assert isinstance(part.value, NumberSet)
    least = scale(none_as_zero(part.value), relation.factor)
    first = least.intervals[0]
    value = NumberSet((Interval(first.low, inf, first.low_closed, False),), first.low <= 0)
    return Known(
        value,
        part.statements,
        estimated=part.estimated,
        conflict=part.conflict,
        oldest=part.oldest,
        newest=part.newest,
    )


def risen(fact: Fact, known: Known, more: Known) -> Known:
    """A stated number that another may still add to: of so many missing, none or all are dead."""
    if not (known.stated and more.stated and known.value and more.value):
        return known
    assert isinstance(known.value, NumberSet)
    assert isinstance(more.value, NumberSet)
    most = more.value.high if more.value.intervals else 0
    if most <= 0 or not known.value.intervals:
        return known
    raised = add(known.value, NumberSet((Interval(0, most, True, not isinf(most)),)))
    both = (known, more)
    return Known(
        value=confine(fact.domain, NumberSet(raised.intervals, known.value.na)),
        statements=newest_statements(one.statements for one in both),
        assumed=any(one.assumed for one in both),
        estimated=any(one.estimated for one in both),
        conflict=any(one.conflict for one in both),
        silent=merged(one.silent for one in both),
        oldest=min(one.oldest for one in both if one.oldest is not None),
        newest=max(one.newest for one in both if one.newest is not None),
        outdated=newest_statements(one.outdated for one in both),
    )


def _sum(fact: Fact, relation: Sum, look: Look, everything: ValueSet) -> Known:
    """A linear sum; like all sums it skips n/a, but a difference with n/a is n/a."""
    used: list[Known] = []
    total: NumberSet | None = None
    for operand, times in relation.terms:
        known = look(operand)
        used.append(known)
        assert isinstance(known.value, NumberSet)
        scaled = scale_with_na(known.value, times)
        if total is None:
            total = scaled
        elif relation.is_difference:
            total = NumberSet(add(total, scaled).intervals, total.na or scaled.na)
        else:
            total = skipping(add, total, scaled)
    result = total if total is not None else NumberSet((Interval(0, 0),))
    return _result(fact, result, used, everything)


def _score(fact: Fact, relation: Score, look: Look, everything: ValueSet) -> Known:
    """The points of all operands together; n/a counts none, as in a sum."""
    used = [look(operand) for operand, _ in relation.terms]
    total: NumberSet | None = None
    for known, (_, points) in zip(used, relation.terms, strict=True):
        counted = points_of(known.value, points)
        total = counted if total is None else skipping(add, total, counted)
    return _result(fact, total or NumberSet(), used, everything)


def _ratio(fact: Fact, relation: Ratio, look: Look, everything: ValueSet) -> Known:
    dividend, divisor = look(relation.dividend), look(relation.divisor)
    a, b = dividend.value, divisor.value
    assert isinstance(a, NumberSet)
    assert isinstance(b, NumberSet)
    found = quotient(a, b)
    result = NumberSet(scale(found, relation.factor).intervals, found.na or a.na or b.na)
    return _result(fact, result, (dividend, divisor), everything)


def _result(fact: Fact, value: NumberSet, used: Sequence[Known], everything: ValueSet) -> Known:
    inside = confine(fact.domain, value)
    outside = not inside  # the operands contradict the declared domain
    stated = [known for known in used if known.stated]
    return Known(
        value=everything if outside else inside,
        statements=newest_statements(known.statements for known in stated),
        assumed=any(known.assumed for known in used),
        estimated=any(known.estimated for known in stated),
        conflict=outside or any(known.conflict for known in stated),
        silent=() if inside.point is not None else merged(known.silent for known in used),
        oldest=min((k.oldest for k in stated if k.oldest is not None), default=None),
        newest=max((k.newest for k in stated if k.newest is not None), default=None),
    )


def _first_known(
    fact: Fact,
    relation: FirstKnown,
    facts: Mapping[str, Fact],
    look: Look,
    everything: ValueSet,
) -> Known | None:
    """The first operand that any evidence bears on; an explicit `unknown` is none."""
    assumed: Known | None = None
    for operand in relation.operands:
        known = look(operand)
        if known.stated and known.value != facts[operand].domain.everything:
            return _in_domain(fact, known, everything)
        if known.assumed and assumed is None:
            assumed = known
    return _in_domain(fact, assumed, everything) if assumed is not None else None


def _in_domain(fact: Fact, known: Known, everything: ValueSet) -> Known:
    value = confine(fact.domain, known.value)
    if value == known.value:
        return known
    return Known(
        value=value or everything,
        statements=known.statements,
        assumed=known.assumed,
        estimated=known.estimated,
        conflict=known.conflict or not value,
        silent=known.silent,
        oldest=known.oldest,
        newest=known.newest,
    )
