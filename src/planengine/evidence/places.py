"""Rolling a fact up: from child areas, or objects in an area, to the area (SEMANTICS 3, 18)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planengine.evidence.arithmetic import add, maximum, minimum
from planengine.evidence.combine import merged, newest_statements
from planengine.evidence.direct import combine_values
from planengine.evidence.known import Known, Side, confine, not_applicable
from planengine.library.vocabulary_entities import Fact, RollUp
from planengine.values.sets import ChoiceDomain, ChoiceSet, NumberSet, ValueSet

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
    if silent or unnamed:
        total = fold(value, everything)
    value, total = confine(fact.domain, value), confine(fact.domain, total)
    matters = total != value
    outside = not total
    if outside:  # only where statements and the declared domain contradict each other
        total = everything
    open_parts = matters or (total.point is None and any(known.partial for known in stated))
    return Known(
        value=total,
        statements=newest_statements(known.statements for known in stated),
        assumed=any(known.assumed for _, known in parts) and not _settled(fact, stated, total),
        estimated=any(known.estimated for known in stated),
        conflict=outside or any(known.conflict for known in stated),
        silent=_silent(silent if matters else [], parts, total),
        oldest=min(known.oldest for known in stated if known.oldest is not None),
        newest=max(known.newest for known in stated if known.newest is not None),
        partial=_side(fact.roll_up) if open_parts else None,
    )


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


def _side(kind: RollUp) -> Side:
    return "down" if kind == "min" else "up"


def _latest(stated: Sequence[Known]) -> Known:
    """The part spoken of last; parts spoken of at the same time combine."""
    applicable = [known for known in stated if known.value.point is not None or _has_value(known)]
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


def _has_value(known: Known) -> bool:
    if isinstance(known.value, NumberSet):
        return bool(known.value.intervals)
    return bool(known.value.members)


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


def outside_scope(fact: Fact) -> Known:
    """A place that the incident cannot touch: *n/a*."""
    return Known(not_applicable(fact.domain))
