"""What people reported of a fact, without what nobody spoke of (SEMANTICS 30).

Silent parts and operands are skipped, and an open end counts at its finite bound: "at least
5" is 5, and "under 500 m" is just under 500.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import reduce
from math import inf
from typing import NamedTuple

from planengine.domain.vocabulary import Fact, Points
from planengine.evidence.arithmetic import add, points_of, quotient, scale
from planengine.evidence.known import Known, confine, meet
from planengine.evidence.network import Network
from planengine.evidence.places import roll_up, skipping
from planengine.evidence.relations import AtMost, FirstKnown, Ratio, Relation, Score, Sum
from planengine.evidence.spots import Node, Spot
from planengine.values.sets import ChoiceSet, Domain, Interval, Number, NumberSet, ValueSet

JUST = Fraction(1, 10**12)  # of a number: how far an open end lies from its bound


class Reported(NamedTuple):
    """What was reported of a spot; `open` where one of its ends was not, and is a bound's."""

    value: ValueSet
    open: bool


def reported(network: Network, spot: Spot) -> Reported | None:
    """What was reported of a spot; None where nobody stated it, a part or an operand."""
    node = network.nodes[spot]
    if not node.in_scope:
        return None
    told = [*_own(node), *_below(network, node)]
    if not told:
        return None
    whole = network.known(spot)
    known = whole.value
    if known == node.everything and not whole.conflict:
        return None
    if known == node.everything or spot in network.conflicts:
        return Reported(at_bounds(known, node.fact.domain), False)
    closed = [one.value for one in told if not one.open]
    value = _narrowed(known, closed)
    if not closed or _is_open(value):
        value = _narrowed(value, (one.value for one in told if one.open))
    return Reported(at_bounds(value, node.fact.domain), not closed)


def _narrowed(value: ValueSet, others: Iterable[ValueSet]) -> ValueSet:
    return reduce(lambda found, one: meet(found, one) or found, others, value)


def _is_open(value: ValueSet) -> bool:
    return isinstance(value, NumberSet) and (value.low == -inf or value.high == inf)


def _own(node: Node) -> Iterable[Reported]:
    figure, floor, soft = node.reading
    if figure is not None and figure.value is not None:
        low, high = figure.open_ends
        value = figure.value
        if isinstance(value, NumberSet) and value.intervals and (low or high):
            value = _at_ends(value, low and not high, high)
        yield Reported(confine(node.fact.domain, value) or figure.value, low or high)
        return
    for one in (floor, *soft) if floor is not None else soft:
        yield Reported(at_bounds(one.value, node.fact.domain), True)


def _below(network: Network, node: Node) -> Iterable[Reported]:
    name, place = node.spot
    parts = [
        found
        for part in node.parts
        if (name, part) in network.nodes
        for found in (reported(network, (name, part)),)
        if found is not None
    ]
    if parts:
        known = [(str(i), Known(one.value, newest=0, oldest=0)) for i, one in enumerate(parts)]
        rolled = roll_up(node.fact, known, False, node.fact.domain.everything)
        if rolled is not None:
            yield Reported(rolled.value, any(one.open for one in parts))
    for relation in node.relations:
        found = _related(network, node.fact, relation, place)
        if found is not None:
            yield found


def _related(network: Network, fact: Fact, relation: Relation, place: str) -> Reported | None:
    def told(operand: str) -> Reported | None:
        return reported(network, (operand, place))

    match relation:
        case AtMost():
            part = told(relation.part)
            if part is None or not isinstance(part.value, NumberSet):
                return None
            return _inside(fact, scale(part.value, relation.factor), True)
        case FirstKnown():
            first = (told(operand) for operand in relation.operands)
            return next((one for one in first if one is not None), None)
        case Ratio():
            upper, lower = told(relation.dividend), told(relation.divisor)
            if upper is None or lower is None:
                return None
            assert isinstance(upper.value, NumberSet)
            assert isinstance(lower.value, NumberSet)
            share = quotient(upper.value, lower.value)
            na = share.na or upper.value.na or lower.value.na
            value = NumberSet(scale(share, relation.factor).intervals, na)
            return _inside(fact, value, upper.open or lower.open)
        case Score():
            return _points(fact, [(told(name), points) for name, points in relation.terms])
        case Sum():
            return _total(fact, [(told(name), factor) for name, factor in relation.terms])


def _total(fact: Fact, terms: Iterable[tuple[Reported | None, Fraction]]) -> Reported | None:
    told = [(one, factor) for one, factor in terms if one is not None]
    if not told:
        return None
    values: list[NumberSet] = []
    for one, factor in told:
        assert isinstance(one.value, NumberSet)
        values.append(NumberSet(scale(one.value, factor).intervals, one.value.na))
    total = reduce(lambda a, b: skipping(add, a, b), values)
    return _inside(fact, total, any(one.open for one, _ in told))


def _points(fact: Fact, terms: Iterable[tuple[Reported | None, Points]]) -> Reported | None:
    total: NumberSet | None = None
    is_open = False
    for one, points in terms:
        if one is None:
            continue
        is_open = is_open or one.open
        counted = points_of(one.value, points)
        total = counted if total is None else skipping(add, total, counted)
    return _inside(fact, total, is_open) if total is not None else None


def _inside(fact: Fact, value: NumberSet, is_open: bool) -> Reported | None:
    inside = confine(fact.domain, value)
    return Reported(inside, is_open) if inside else None


def with_rise(fact: Fact, value: ValueSet, more: ValueSet | None) -> ValueSet:
    """A reported number that another reported one may still come to."""
    if not isinstance(value, NumberSet) or not isinstance(more, NumberSet):
        return value
    if more.high <= 0 or not value.intervals or not more.intervals:
        return value
    raised = add(value, NumberSet((Interval(0, more.high),)))
    return confine(fact.domain, NumberSet(raised.intervals, value.na))


def at_bounds(value: ValueSet, domain: Domain) -> ValueSet:
    """A value whose open ends are read at their finite bounds."""
    if isinstance(value, ChoiceSet) or not _is_open(value):
        return value
    return confine(domain, _at_ends(value, value.low == -inf, value.high == inf)) or value


def _at_ends(value: NumberSet, low: bool, high: bool) -> NumberSet:
    """A set without what lies beyond the bound of an end that is open."""
    intervals = list(value.intervals)
    if low and intervals[0].high != inf:
        intervals[0] = _just(intervals[0].high, intervals[0].high_closed, -1)
    if high and intervals[-1].low != -inf:
        intervals[-1] = _just(intervals[-1].low, intervals[-1].low_closed, 1)
    return NumberSet(tuple(intervals), value.na)


def _just(bound: Number, closed: bool, side: int) -> Interval:
    """A bound, or, where it is not reached, the numbers just beside it."""
    if closed:
        return Interval(bound, bound)
    near = bound + side * JUST * (bound if bound > 1 else -bound if bound < -1 else 1)
    low, high = sorted((bound, near))
    return Interval(low, high, low == near, high == near)
