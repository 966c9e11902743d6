"""The two shadows of a condition: the plain definition that every engine must agree with.

*certain*: true in every world that fits what is known. *possible*: true in at least one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from planengine.rules.conditions import All, Any, AtLeast, Case, Cell, Condition, Constant, Test
from planengine.rules.normal import negation
from planengine.values.sets import ChoiceSet, NumberSet, ValueSet

Shadows: TypeAlias = tuple[bool, bool]
"""(certain, possible); certain implies possible."""


def shadows(
    condition: Condition,
    value_of: Callable[[Cell], ValueSet],
    of_part: Callable[[Condition], Shadows] | None = None,
) -> Shadows:
    """Whether a condition in normal form is certain, and whether it is possible.

    `value_of` gives what each cell may be: a set within the cell's domain, never empty.
    `of_part` gives the same of the parts of `all`, `any` and `at-least`, for callers that keep
    what they found of them; by default it is found here.
    """
    if isinstance(condition, Test):
        return of_test(value_of(condition.cell), condition.accepts)
    if isinstance(condition, Constant):
        return condition.value, condition.value
    if isinstance(condition, Case):
        return _case(condition, value_of)
    if isinstance(condition, All | Any | AtLeast):
        parts = (
            shadows(part, value_of) if of_part is None else of_part(part) for part in condition.of
        )
        if isinstance(condition, All):
            return _all(parts)
        return _at_least(1 if isinstance(condition, Any) else condition.count, parts)
    return shadows(negation(condition.of), value_of)


def of_test(value: ValueSet, accepts: ValueSet) -> Shadows:
    """Whether a value lies in a test, and whether it shares a member with it."""
    if isinstance(value, NumberSet) and isinstance(accepts, NumberSet):
        certain = value.issubset(accepts)
        return certain, certain or value.intersects(accepts)
    if isinstance(value, ChoiceSet) and isinstance(accepts, ChoiceSet):
        certain = value.issubset(accepts)
        return certain, certain or value.intersects(accepts)
    raise TypeError(f"a set of numbers and a set of choices do not mix: {value}, {accepts}")


def _all(parts: Iterable[Shadows]) -> Shadows:
    """Reads no further than the first part that cannot hold."""
    every = True
    for certain, possible in parts:
        if not possible:
            return False, False
        every = every and certain
    return every, True


def _at_least(needed: int, parts: Iterable[Shadows]) -> Shadows:
    """Reads no further than where enough parts are certain."""
    sure = maybe = 0
    for certain, possible in parts:
        sure += certain
        maybe += possible
        if sure >= needed:
            return True, True
    return sure >= needed, maybe >= needed


def _case(case: Case, value_of: Callable[[Cell], ValueSet]) -> Shadows:
    """Certain when all branches that are still possible are; possible when any is."""
    certain, possible = True, False
    for guard, body in case.branches:
        guard_certain, guard_possible = shadows(guard, value_of)
        if guard_possible:
            body_certain, body_possible = shadows(body, value_of)
            certain = certain and body_certain
            possible = possible or body_possible
        if guard_certain:
            return certain, possible
    body_certain, body_possible = shadows(case.otherwise, value_of)
    return certain and body_certain, possible or body_possible
