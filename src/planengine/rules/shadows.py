"""The shadows of a condition: the plain definition that every engine must agree with.

*certain*: true in every world that fits what is known. *possible*: true in at least one.
*indicated*, between the two: possible by what people reported. All are read over the worlds of a
condition (`rules/worlds.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from planengine.rules.conditions import All, Any, AtLeast, Cell, Condition, Constant, Test
from planengine.rules.normal import intersection
from planengine.rules.worlds import Split, Worlds, worlds_of
from planengine.values.sets import ChoiceSet, NumberSet, ValueSet

Shadows: TypeAlias = tuple[bool, bool]
"""(certain, possible); certain implies possible."""

ValueOf: TypeAlias = Callable[[Cell], ValueSet]
OfPart: TypeAlias = Callable[[Split], Shadows]
Reported: TypeAlias = Callable[[Cell], ValueSet | None]
"""What people reported of a cell; None where nobody stated it, a part of it or an operand."""


def shadows(condition: Condition, value_of: ValueOf) -> Shadows:
    """Whether a condition in normal form is certain, and whether it is possible.

    `value_of` gives what each cell may be: a set within the cell's domain, never empty.
    """
    return split_shadows(worlds_of(condition), value_of)


def indicated(condition: Condition, value_of: ValueOf, reported: Reported) -> bool:
    """Whether what was reported allows a condition in normal form: certain or possible by it.

    A test on a cell that nobody stated fails unless it is certain. Certain implies indicated,
    and indicated implies possible.
    """
    certain, possible = shadows(condition, value_of)
    return certain or (possible and _indicated(worlds_of(condition), value_of, reported))


def of_test(value: ValueSet, accepts: ValueSet) -> Shadows:
    """Whether a value lies in a test, and whether it shares a member with it."""
    if isinstance(value, NumberSet) and isinstance(accepts, NumberSet):
        certain = value.issubset(accepts)
        return certain, certain or value.intersects(accepts)
    if isinstance(value, ChoiceSet) and isinstance(accepts, ChoiceSet):
        certain = value.issubset(accepts)
        return certain, certain or value.intersects(accepts)
    raise TypeError(f"a set of numbers and a set of choices do not mix: {value}, {accepts}")


def of_reported(value: ValueSet, reported: ValueSet | None, accepts: ValueSet) -> bool:
    """Whether what was reported of a value, where anything was, allows a test."""
    if reported is None:
        return of_test(value, accepts)[0]
    return of_test(intersection(value, reported) or value, accepts)[1]


def split_shadows(split: Split, value_of: ValueOf, of_part: OfPart | None = None) -> Shadows:
    """The same of a condition that is split into its worlds already.

    `of_part` gives the shadows of its parts, for callers that keep what they found of them; by
    default they are found here.
    """
    if isinstance(split, Test):
        return of_test(value_of(split.cell), split.accepts)
    if isinstance(split, Constant):
        return split.value, split.value
    if isinstance(split, Worlds):
        return _worlds(split, of_part or (lambda part: split_shadows(part, value_of)))
    assert isinstance(split, All | Any | AtLeast)
    parts = (
        split_shadows(part, value_of) if of_part is None else of_part(part) for part in split.of
    )
    if isinstance(split, All):
        return _all(parts)
    return _at_least(1 if isinstance(split, Any) else split.count, parts)


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


def _worlds(worlds: Worlds, of_part: OfPart) -> Shadows:
    """Certain when all branches that are possible are; possible when any is."""
    certain, possible = True, False
    for guard, body in worlds.branches:
        if of_part(guard)[1]:
            body_certain, body_possible = of_part(body)
            certain = certain and body_certain
            possible = possible or body_possible
    return certain and possible, possible


def _indicated(split: Split, value_of: ValueOf, reported: Reported) -> bool:
    match split:
        case Test(cell=cell, accepts=accepts):
            return of_reported(value_of(cell), reported(cell), accepts)
        case All():
            return all(_indicated(part, value_of, reported) for part in split.of)
        case Any():
            return any(_indicated(part, value_of, reported) for part in split.of)
        case AtLeast():
            return sum(_indicated(part, value_of, reported) for part in split.of) >= split.count
        case Worlds():
            return (
                split_shadows(split, value_of)[0]
                or any(
                    _indicated(guard, value_of, reported) and _indicated(body, value_of, reported)
                    for guard, body in split.branches
                )
                or (
                    split.cell is not None
                    and reported(split.cell) is None
                    and _indicated(split.silent, value_of, reported)
                )
            )
        case _:
            assert isinstance(split, Constant)
            return split.value
