"""The two shadows of a condition: the plain definition that every engine must agree with.

*certain*: true in every world that fits what is known. *possible*: true in at least one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from planengine.rules.conditions import All, Any, AtLeast, Case, Cell, Condition, Constant, Test
from planengine.rules.normal import negation
from planengine.values.sets import ChoiceSet, NumberSet, ValueSet

Shadows: TypeAlias = tuple[bool, bool]
"""(certain, possible); certain implies possible."""


def shadows(condition: Condition, value_of: Callable[[Cell], ValueSet]) -> Shadows:
    """Whether a condition in normal form is certain, and whether it is possible.

    `value_of` gives what each cell may be: a set within the cell's domain, never empty.
    """
    if isinstance(condition, Test):
        return of_test(value_of(condition.cell), condition.accepts)
    if isinstance(condition, Constant):
        return condition.value, condition.value
    if isinstance(condition, Case):
        return _case(condition, value_of)
    if isinstance(condition, All | Any | AtLeast):
        parts = [shadows(part, value_of) for part in condition.of]
        needed = (
            len(parts)
            if isinstance(condition, All)
            else 1
            if isinstance(condition, Any)
            else condition.count
        )
        return _at_least(needed, parts)
    return shadows(negation(condition.of), value_of)


def of_test(value: ValueSet, accepts: ValueSet) -> Shadows:
    """Whether a value lies in a test, and whether it shares a member with it."""
    if isinstance(value, NumberSet) and isinstance(accepts, NumberSet):
        return value.issubset(accepts), value.intersects(accepts)
    if isinstance(value, ChoiceSet) and isinstance(accepts, ChoiceSet):
        return value.issubset(accepts), value.intersects(accepts)
    raise TypeError(f"a set of numbers and a set of choices do not mix: {value}, {accepts}")


def _at_least(needed: int, parts: Sequence[Shadows]) -> Shadows:
    certain = sum(1 for part in parts if part[0])
    possible = sum(1 for part in parts if part[1])
    return certain >= needed, possible >= needed


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
