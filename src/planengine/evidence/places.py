"""Rolling a fact up: from child areas, or objects in an area, to the area (SEMANTICS 3, 18)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planengine.domain.vocabulary import Fact
from planengine.evidence.arithmetic import (
    add,
    all_but_one,
    maximum,
    minimum,
    none_as_zero,
    subtract,
)
from planengine.evidence.combine import merged, newest_statements
from planengine.evidence.known import (
    Known,
    confine,
    downward,
    join,
    meet,
    not_applicable,
    upward,
)
from planengine.evidence.own import combine_values
from planengine.values.sets import (
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
)

Part = tuple[str, Known]


def roll_up(fact: Fact, parts: Sequence[Part], unnamed: bool, everything: ValueSet) -> Known | None:
    """The value of an area from its parts inside the incident's scope; None if all are silent.

    `unnamed`: there are, or may be, parts that no registry lists. A part is silent when
    nobody spoke of it and nothing is assumed for it; a silent part may be anything.
    """
    stated = [known for _, known in parts if known.stated]
    if not stated:
        return None
    if fact.roll_up == "latest":
        return _latest(stated)
    fold = _operation(fact)
    values = [known.value for _, known in parts if known.stated or known.assumed]
    silent = [place for place, known in parts if not known.stated and not known.assumed]
    value = total = _fold(fold, values)
    for _ in range(_times(fact, len(silent) + unnamed)):
        total = fold(total, everything)
    value, total = confine(fact.domain, value), confine(fact.domain, total)
    outside = not total
    if outside:  # only where statements and the declared domain contradict each other
        total = everything
    return Known(
        value=total,
        statements=newest_statements(known.statements for known in stated),
        assumed=any(known.assumed for _, known in parts) and not _settled(fact, stated, total),
        estimated=any(known.estimated for known in stated),
        conflict=outside or any(known.conflict for known in stated),
        silent=_silent(silent if total != value else [], parts, total),
        oldest=min(known.oldest for known in stated if known.oldest is not None),
        newest=max(known.newest for known in stated if known.newest is not None),
    )


def _times(fact: Fact, silent: int) -> int:
    """How often the whole domain joins for so many silent parts: more often changes nothing."""
    bounded = isinstance(fact.domain, NumberDomain) and fact.domain.whole.high != float("inf")
    return silent if bounded and fact.roll_up == "sum" else min(silent, 1)


def _silent(silent: Sequence[str], parts: Sequence[Part], total: ValueSet) -> tuple[str, ...]:
    if total.point is not None:
        return ()
    own = set(silent)
    return merged((place,) if place in own else known.silent for place, known in parts)


def _settled(fact: Fact, stated: Sequence[Known], total: ValueSet) -> bool:
    """Whether the stated parts alone give the value, as one true part does for `any`."""
    return (
        isinstance(total, ChoiceSet)
        and fact.roll_up in ("any", "max")
        and any(known.value == total and not known.assumed for known in stated)
        and isinstance(fact.domain, ChoiceDomain)
        and total.point == fact.domain.values[-1]
    )


def _latest(stated: Sequence[Known]) -> Known:
    """The part spoken of last; parts spoken of at the same time combine."""
    applicable = [known for known in stated if _has_value(known.value)]
    chosen = applicable or stated
    newest = max(known.newest for known in chosen if known.newest is not None)
    last = [known for known in chosen if known.newest == newest]
    value, conflict = combine_values([known.value for known in last])
    return Known(
        value=value,
        statements=newest_statements(known.statements for known in last),
        estimated=any(known.estimated for known in last),
        conflict=conflict or any(known.conflict for known in last),
        silent=merged(known.silent for known in last),
        oldest=newest,
        newest=newest,
    )


def _has_value(value: ValueSet) -> bool:
    return bool(value.intervals if isinstance(value, NumberSet) else value.members)


Fold = Callable[[ValueSet, ValueSet], ValueSet]


def _fold(fold: Fold, values: Sequence[ValueSet]) -> ValueSet:
    total = values[0]
    for value in values[1:]:
        total = fold(total, value)
    return total


def _operation(fact: Fact) -> Fold:
    domain = fact.domain
    if isinstance(domain, ChoiceDomain):
        rank = {value: position for position, value in enumerate(domain.values)}
        choose = min if fact.roll_up == "min" else max

        def choices(a: ValueSet, b: ValueSet) -> ValueSet:
            assert isinstance(a, ChoiceSet)
            assert isinstance(b, ChoiceSet)
            found = {choose(x, y, key=rank.__getitem__) for x in a.members for y in b.members}
            if a.na:
                found |= b.members
            if b.na:
                found |= a.members
            return ChoiceSet(frozenset(found), a.na and b.na)

        return choices
    operation = {"sum": add, "min": minimum}.get(fact.roll_up, maximum)

    def numbers(a: ValueSet, b: ValueSet) -> ValueSet:
        assert isinstance(a, NumberSet)
        assert isinstance(b, NumberSet)
        return skipping(operation, a, b)

    return numbers


def skipping(
    operation: Callable[[NumberSet, NumberSet], NumberSet], a: NumberSet, b: NumberSet
) -> NumberSet:
    """An operation that skips an operand which is *n/a*; *n/a* when both are."""
    found = NumberSet(operation(a, b).intervals)
    if a.na:
        found = found | NumberSet(b.intervals)
    if b.na:
        found = found | NumberSet(a.intervals)
    return NumberSet(found.intervals, a.na and b.na)


def bounds_on_parts(
    fact: Fact, total: ValueSet, parts: Sequence[ValueSet], rest: ValueSet | None
) -> list[ValueSet] | None:
    """What each part can be, given the whole and the others; None where nothing is bounded.

    `rest` is what silent parts together may come to, None where there are none. In sums *n/a*
    counts as none, and a part that must be more cannot be it.
    """
    if fact.roll_up in ("max", "any"):
        bound = downward(total, fact.domain)
        if not _has_value(total):
            bound = not_applicable(fact.domain)
        return [_or_none(bound)] * len(parts) if bound is not None else None
    if fact.roll_up == "min":
        bound = upward(total, fact.domain) if _has_value(total) else None
        return [_or_none(bound)] * len(parts) if bound is not None else None
    if fact.roll_up != "sum" or not isinstance(total, NumberSet):
        return None
    values = [none_as_zero(part) for part in parts if isinstance(part, NumberSet)]
    others = all_but_one(values)
    if rest is not None:
        assert isinstance(rest, NumberSet)
        others = [add(other, none_as_zero(rest)) for other in others]
    return [left_of(total, other) for other in others]


def left_of(total: NumberSet, other: NumberSet) -> NumberSet:
    """What a term of a sum can be, given the sum and the other terms; *n/a* counts as none."""
    left = subtract(NumberSet(total.intervals), other)
    zero = NumberSet((Interval(0, 0),))
    return NumberSet(left.intervals, total.na or left.intersects(zero))


def _or_none(value: ValueSet) -> ValueSet:
    if isinstance(value, NumberSet):
        return NumberSet(value.intervals, True)
    return ChoiceSet(value.members, True)


def shifted(fact: Fact, whole: ValueSet, changes: Sequence[tuple[ValueSet, ValueSet]]) -> ValueSet:
    """How far a highest or lowest value of older date reaches after parts have changed."""
    fold = _operation(fact)
    lower = fact.roll_up == "min"
    for old, new in changes:
        moved = fold(whole, new)
        if _touches(old, whole, fact) and not fact.cumulative:
            back = (downward if not lower else upward)(whole, fact.domain)
            ahead = (upward if not lower else downward)(new, fact.domain)
            if back is not None and ahead is not None:
                moved = join(moved, confine(fact.domain, meet(back, ahead)))
        whole = join(whole, moved)
    return whole


def _touches(old: ValueSet, whole: ValueSet, fact: Fact) -> bool:
    """Whether the old figure of a part may have been what the whole was."""
    reach = upward(whole, fact.domain) if fact.roll_up != "min" else downward(whole, fact.domain)
    return reach is None or bool(meet(old, reach))


def outside_scope(fact: Fact) -> Known:
    """A place that the incident cannot touch: *n/a*."""
    return Known(not_applicable(fact.domain))
