"""Derived facts: linear sums, ratios, and the first operand that is known (SEMANTICS 20)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import isinf

from planengine.evidence.arithmetic import add, quotient, scale
from planengine.evidence.combine import merged, newest_statements
from planengine.evidence.known import Known, Side, confine
from planengine.evidence.places import skipping
from planengine.library.vocabulary_entities import Fact
from planengine.values.sets import Interval, NumberSet, ValueSet

PER_UNIT = {"%": 100, "\uff05": 100, "‰": 1000}

Look = Callable[[str], Known]
"""What is known of another fact at the same place."""


def derived_values(
    fact: Fact, facts: Mapping[str, Fact], look: Look, everything: ValueSet
) -> Iterator[Known]:
    """The values that a fact's derivation gives, from operands at the same place.

    A sum of sums gives two: from its operands as they are known, and from the base facts
    with equal ones cancelled. None at all where nobody stated an operand.
    """
    derived = fact.derived
    if derived is None:
        return
    if derived.kind == "first-known":
        first = _first_known(fact, derived.operands, facts, look, everything)
        if first is not None:
            yield first
        return
    if derived.kind == "ratio":
        yield from _stated(_ratio(fact, derived.operands, facts, look, everything))
        return
    operands: dict[str, Fraction] = {}
    for operand, times in derived.operands:
        share = times * unit_factor(facts[operand], fact)
        operands[operand] = operands.get(operand, Fraction(0)) + share
    yield from _stated(_sum(fact, operands, look, everything))
    expanded = _expanded(fact, facts)
    if expanded != operands:
        yield from _stated(_sum(fact, expanded, look, everything))


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
        partial=known.partial,
    )


def _stated(known: Known) -> Iterator[Known]:
    if known.stated or known.assumed or known.value.point is not None:
        yield known


def _expanded(fact: Fact, facts: Mapping[str, Fact]) -> dict[str, Fraction]:
    """Coefficients over base facts; those that cancel stay, with 0."""
    totals: dict[str, Fraction] = {}

    def visit(current: Fact, factor: Fraction, above: frozenset[str]) -> None:
        derived = current.derived
        if derived is None or derived.kind != "sum" or current.id in above:
            totals[current.id] = totals.get(current.id, Fraction(0)) + factor
            return
        for operand, times in derived.operands:
            inner = facts[operand]
            visit(inner, factor * times * unit_factor(inner, current), above | {current.id})

    visit(fact, Fraction(1), frozenset())
    return totals


def unit_factor(operand: Fact, result: Fact) -> Fraction:
    """How many of the result's units one of the operand's is; 1 where they do not convert."""
    if operand.unit == result.unit or operand.unit is None or result.unit is None:
        return Fraction(1)
    from planengine.values.units import UnitError, convert

    try:
        return Fraction(convert(1, operand.unit, result.unit))
    except UnitError:
        return Fraction(1)


def _sum(fact: Fact, terms: Mapping[str, Fraction], look: Look, everything: ValueSet) -> Known:
    """A linear sum; like all sums it skips n/a, but a difference with n/a is n/a."""
    difference = any(times < 0 for times in terms.values())
    used: list[tuple[str, Known]] = []
    total: NumberSet | None = None
    open_sides: set[Side] = set()
    for operand, times in terms.items():
        if times == 0:
            continue
        known = look(operand)
        value = known.value
        assert isinstance(value, NumberSet)
        used.append((operand, known))
        open_sides |= _open_sides(known, times)
        scaled = NumberSet(scale(value, times).intervals, value.na)
        if total is None:
            total = scaled
        elif difference:
            total = NumberSet(add(total, scaled).intervals, total.na or scaled.na)
        else:
            total = skipping(add, total, scaled)
    result = total if total is not None else NumberSet((Interval(0, 0),))
    return _result(fact, result, used, open_sides, everything)


def _open_sides(known: Known, times: Fraction) -> set[Side]:
    side: Side | None = known.partial
    if not known.stated and not known.assumed and known.value.point is None:
        side = "up"
    if side is None:
        return set()
    if times < 0:
        return {"down"} if side == "up" else {"up"} if side == "down" else {"both"}
    return {side}


def _ratio(
    fact: Fact,
    operands: Sequence[tuple[str, int]],
    facts: Mapping[str, Fact],
    look: Look,
    everything: ValueSet,
) -> Known:
    (upper, _), (lower, _) = operands[0], operands[1]
    dividend, divisor = look(upper), look(lower)
    a, b = dividend.value, divisor.value
    assert isinstance(a, NumberSet)
    assert isinstance(b, NumberSet)
    units = unit_factor(facts[upper], facts[lower]) * PER_UNIT.get(fact.unit or "", 1)
    found = quotient(a, b)
    result = NumberSet(scale(found, units).intervals, found.na or a.na or b.na)
    sides: set[Side] = set()
    if _open_sides(dividend, Fraction(1)) or _open_sides(divisor, Fraction(1)):
        sides = {"both"}
    return _result(fact, result, [(upper, dividend), (lower, divisor)], sides, everything)


def _result(
    fact: Fact,
    value: NumberSet,
    used: Sequence[tuple[str, Known]],
    sides: set[Side],
    everything: ValueSet,
) -> Known:
    inside = confine(fact.domain, value)
    outside = not inside  # the operands contradict the declared domain
    stated = [known for _, known in used if known.stated]
    settled = inside.point is not None
    partial: Side | None = None
    if sides and not settled:
        partial = next(iter(sides)) if len(sides) == 1 else "both"
    return Known(
        value=everything if outside else inside,
        statements=newest_statements(known.statements for known in stated),
        assumed=any(known.assumed for _, known in used),
        estimated=any(known.estimated for known in stated),
        conflict=outside or any(known.conflict for known in stated),
        silent=() if settled else merged(known.silent for _, known in used),
        oldest=min((k.oldest for k in stated if k.oldest is not None), default=None),
        newest=max((k.newest for k in stated if k.newest is not None), default=None),
        partial=partial,
    )


def _first_known(
    fact: Fact,
    operands: Sequence[tuple[str, int]],
    facts: Mapping[str, Fact],
    look: Look,
    everything: ValueSet,
) -> Known | None:
    """The first operand that any evidence bears on; an explicit `unknown` is none."""
    assumed: Known | None = None
    for operand, _ in operands:
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
        partial=known.partial,
    )
