"""The normal form of a condition: what counts, and what every engine lowers from.

`not` is pushed inward until it meets a test, which is complemented in its cell's domain,
*n/a* included. Inside one `all` or `any`, tests on the same cell become one test, by
intersection or union; so do tests that stand beside the same other conditions
(`a and x ≥ 3 or a and x < 3` is `a`), and cases with the same guards. Constants are folded.
The two-valued meaning never changes; the two shadows can only become tighter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from planengine.domain.ids import Origin
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Constant,
    LastingCell,
    Not,
    Test,
)
from planengine.rules.equals import cell_of_both, origins_of_both, standing_for_all
from planengine.values.sets import ChoiceDomain, ChoiceSet, NumberDomain, NumberSet, ValueSet


def normalise(condition: Condition) -> Condition:
    """The normal form of any condition; the same condition again when it is normal already."""
    return _normal(condition, False)


def negation(condition: Condition) -> Condition:
    """The normal form of `not condition`; its shadows are those of `condition`, swapped."""
    return _normal(condition, True)


def all_of(conditions: Iterable[Condition]) -> Condition:
    """The normal form of the `all` of conditions that are normal already."""
    return _join(True, conditions)


def any_of(conditions: Iterable[Condition]) -> Condition:
    """The normal form of the `any` of conditions that are normal already."""
    return _join(False, conditions)


def intersection(a: ValueSet, b: ValueSet) -> ValueSet:
    """The members of both sets, which must be of one sort (numbers or choices)."""
    if isinstance(a, NumberSet) and isinstance(b, NumberSet):
        return a & b
    if isinstance(a, ChoiceSet) and isinstance(b, ChoiceSet):
        return a & b
    raise TypeError(f"a set of numbers and a set of choices do not mix: {a}, {b}")


def union(a: ValueSet, b: ValueSet) -> ValueSet:
    """The members of either set, which must be of one sort (numbers or choices)."""
    if isinstance(a, NumberSet) and isinstance(b, NumberSet):
        return a | b
    if isinstance(a, ChoiceSet) and isinstance(b, ChoiceSet):
        return a | b
    raise TypeError(f"a set of numbers and a set of choices do not mix: {a}, {b}")


def restricted(cell: Cell, accepts: ValueSet) -> ValueSet:
    """What of `accepts` the cell's domain (or *n/a*) holds, in its canonical form."""
    domain = cell.domain
    if isinstance(domain, NumberDomain) and isinstance(accepts, NumberSet):
        return domain.restrict(accepts)
    if isinstance(domain, ChoiceDomain) and isinstance(accepts, ChoiceSet):
        return domain.restrict(accepts)
    raise TypeError(f"{cell} cannot be tested against {accepts}")


def complemented(cell: Cell, accepts: ValueSet) -> ValueSet:
    """What the cell can be, *n/a* included, that `accepts` does not hold."""
    domain = cell.domain
    if isinstance(domain, NumberDomain) and isinstance(accepts, NumberSet):
        return domain.complement(accepts)
    if isinstance(domain, ChoiceDomain) and isinstance(accepts, ChoiceSet):
        return domain.complement(accepts)
    raise TypeError(f"{cell} cannot be tested against {accepts}")


def _normal(condition: Condition, negated: bool) -> Condition:
    if isinstance(condition, Test):
        return _test(condition, negated)
    if isinstance(condition, All):
        return _join(not negated, [_normal(item, negated) for item in condition.of])
    if isinstance(condition, Any):
        return _join(negated, [_normal(item, negated) for item in condition.of])
    if isinstance(condition, Not):
        return _normal(condition.of, not negated)
    if isinstance(condition, Constant):
        return Constant(condition.value is not negated)
    parts = condition.of if isinstance(condition, AtLeast) else ()
    if isinstance(condition, AtLeast):
        count = len(parts) - condition.count + 1 if negated else condition.count
        return _at_least(count, [_normal(item, negated) for item in parts])
    branches = [
        (_normal(guard, False), _normal(body, negated)) for guard, body in condition.branches
    ]
    return _case(branches, _normal(condition.otherwise, negated))


def _test(test: Test, negated: bool) -> Condition:
    cell = test.cell
    if isinstance(cell, LastingCell):
        body = normalise(cell.body)
        if isinstance(body, Constant):
            always = ChoiceSet(frozenset({body.value}))
            held = isinstance(test.accepts, ChoiceSet) and always.issubset(test.accepts)
            return Constant(held is not negated)
        if body != cell.body:
            cell = replace(cell, body=body)
    change = complemented if negated else restricted
    return _of_set(cell, change(cell, test.accepts), test.origins)


def _of_set(cell: Cell, accepts: ValueSet, origins: tuple[Origin, ...]) -> Condition:
    """The test, or the constant it amounts to; `accepts` lies in the cell's domain."""
    if not accepts:
        return NEVER
    if (accepts.na or not cell.domain.na) and not complemented(cell, accepts):
        return ALWAYS
    return Test(cell, accepts, origins)


def _merged(conjunction: bool, a: Test, b: Test) -> Condition:
    """Two tests on one cell as one."""
    operation = intersection if conjunction else union
    accepts = restricted(a.cell, operation(a.accepts, b.accepts))
    return _of_set(cell_of_both(a.cell, b.cell), accepts, origins_of_both(a, b))


def _join(conjunction: bool, conditions: Iterable[Condition]) -> Condition:
    """The `all` (or `any`) of normal conditions."""
    waiting: Sequence[Condition] = tuple(conditions)
    while True:
        items = _gathered(conjunction, waiting)
        if items is None:
            return Constant(not conjunction)
        shared = _shared(conjunction, items)
        if shared is None:
            break
        waiting = shared
    if not items:
        return Constant(conjunction)
    if len(items) == 1:
        return items[0]
    return All(tuple(items)) if conjunction else Any(tuple(items))


def _gathered(conjunction: bool, conditions: Sequence[Condition]) -> list[Condition] | None:
    """The parts, flattened, one test a cell; None when one part decides alone."""
    same = All if conjunction else Any
    items: list[Condition] = []
    places: dict[Cell, int] = {}
    for condition in conditions:
        parts = condition.of if isinstance(condition, same) else (condition,)
        for part in parts:
            if isinstance(part, Test):
                place = places.setdefault(part.cell, len(items))
                if place == len(items):
                    items.append(part)
                    continue
                before = items[place]
                merged = _merged(conjunction, before, part) if isinstance(before, Test) else part
                if isinstance(merged, Constant):
                    return None
                items[place] = merged
            elif not isinstance(part, Constant):
                items.append(part)
            elif part.value is not conjunction:
                return None
    return items


_Key: TypeAlias = tuple[object, ...]


def _shared(conjunction: bool, items: Sequence[Condition]) -> Sequence[Condition] | None:
    """One pass of joining items that differ in one part at most; None when there are none.

    What an item can be joined with follows from the item alone, never from its neighbours:
    so one more item in an `any` can only make it certain more often (and dually).
    """
    if sum(1 for item in items if not isinstance(item, Test)) < 2:
        return None
    groups: dict[_Key | Condition, list[Condition]] = {}
    for item in items:
        groups.setdefault(_key(conjunction, item), []).append(item)
    if len(groups) == len(items):
        return None
    return [_joined(conjunction, group) for group in groups.values()]


def _key(conjunction: bool, item: Condition) -> _Key | Condition:
    """What another item must have in common with this one to be joined with it."""
    if isinstance(item, Test):
        return (item.cell,)
    if isinstance(item, Case):
        return tuple(guard for guard, _ in item.branches)
    if isinstance(item, Any if conjunction else All):
        band = _band(item.of)
        if band is not None:
            return band.cell, frozenset(part for part in item.of if part is not band)
    return item


def _band(parts: Sequence[Condition]) -> Test | None:
    """The test that may differ: the last on a number, else the last there is."""
    last = None
    for part in reversed(parts):
        if isinstance(part, Test):
            if isinstance(part.cell.domain, NumberDomain):
                return part
            last = last or part
    return last


def _joined(conjunction: bool, group: Sequence[Condition]) -> Condition:
    """The items of one key as one."""
    first = group[0]
    if len(group) == 1:
        return first
    if isinstance(first, Case):
        cases = [item for item in group if isinstance(item, Case)]
        branches = [
            (
                standing_for_all([case.branches[place][0] for case in cases]),
                _join(conjunction, [case.branches[place][1] for case in cases]),
            )
            for place in range(len(first.branches))
        ]
        return _case(branches, _join(conjunction, [case.otherwise for case in cases]))
    joints = [item for item in group if isinstance(item, All | Any)]
    if not joints or _band(joints[0].of) is None:
        return standing_for_all(group)
    bands = [band for item in joints if (band := _band(item.of)) is not None]
    merged = _join(conjunction, bands)
    beside: dict[Condition, list[Condition]] = {}
    for joint, band in zip(joints, bands, strict=True):
        for part in joint.of:
            if part is not band:
                beside.setdefault(part, []).append(part)
    parts = (
        merged if part is bands[0] else standing_for_all(beside[part]) for part in joints[0].of
    )
    return _join(not conjunction, parts)


def _at_least(count: int, parts: Sequence[Condition]) -> Condition:
    """At least `count` of normal parts; equal parts count as often as they are written."""
    count -= sum(1 for part in parts if part == ALWAYS)
    open_parts = tuple(part for part in parts if not isinstance(part, Constant))
    if count <= 0:
        return ALWAYS
    if count > len(open_parts):
        return NEVER
    if count == 1:
        return _join(False, open_parts)
    if count == len(open_parts):
        return _join(True, open_parts)
    return AtLeast(count, open_parts)


def _case(branches: Iterable[tuple[Condition, Condition]], otherwise: Condition) -> Condition:
    """A case of normal guards and bodies, without branches that are never reached.

    What is left over after each guard is followed, so that `load ≥ 600` and then
    `load < 600` leave nothing for `otherwise`, whatever the load is.
    """
    kept: dict[Condition, Condition] = {}
    left_over: Condition = ALWAYS
    for guard, body in branches:
        if _join(True, (left_over, guard)) == NEVER:
            continue
        left_over = _join(True, (left_over, negation(guard)))
        if left_over == NEVER:
            otherwise = body
            break
        kept.setdefault(guard, body)
    if isinstance(otherwise, Constant) and all(body == otherwise for body in kept.values()):
        return otherwise
    return Case(tuple(kept.items()), otherwise) if kept else otherwise
