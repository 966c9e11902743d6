"""Two-valued formulas over numbers: what one shadow of a condition comes down to.

An atom compares one named number with a constant; `Reach` asks for an activation, a fact
that the engine itself asserts. Formulas have no `not`: a negated atom is another atom.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.rules.conditions import Read
from planengine.values.sets import ValueSet

Shadow: TypeAlias = Literal["certain", "possible", "indicated"]
Operator: TypeAlias = Literal["$gte", "$gt", "$lte", "$lt"]
Side: TypeAlias = Literal["low", "high", "told"]


class End(Struct, frozen=True):
    """An end of the numbers that a cell may be, for what is certain or possible."""

    cell: int
    side: Side
    shadow: Shadow


class Member(Struct, frozen=True):
    """1 where a cell's value is certainly, or possibly, in a set, else 0.

    Indicated: where what was reported of it may be.
    """

    cell: int
    accepts: ValueSet
    shadow: Shadow


class Silent(Struct, frozen=True):
    """1 where nobody stated a cell, else 0."""

    cell: int


class Rank(Struct, frozen=True):
    """The least, greatest or indicated (`told`) rank of a unit that has been decided before."""

    unit: int
    read: Read
    side: Side


Quantity: TypeAlias = End | Member | Silent | Rank


class Atom(Struct, frozen=True):
    """`quantity operator constant`."""

    quantity: Quantity
    operator: Operator
    constant: float


class Activation(Struct, frozen=True):
    """What an activation is about: a shadow of a unit's level."""

    unit: int
    read: Read
    shadow: Shadow


class Reach(Struct, frozen=True):
    """An activation is there at this rank or worse."""

    activation: Activation
    rank: int


class And(Struct, frozen=True):
    of: tuple[Formula, ...]


class Or(Struct, frozen=True):
    of: tuple[Formula, ...]


class Threshold(Struct, frozen=True):
    """At least `count` of `of`."""

    count: int
    of: tuple[Formula, ...]


Formula: TypeAlias = Atom | Reach | And | Or | Threshold

TRUE = And(())
FALSE = Or(())

_OPPOSITE: dict[Operator, Operator] = {"$gte": "$lt", "$lt": "$gte", "$gt": "$lte", "$lte": "$gt"}


def all_of(parts: Iterable[Formula]) -> Formula:
    """The conjunction, flat and without constants."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == FALSE:
            return FALSE
        found.update(dict.fromkeys(part.of if isinstance(part, And) else (part,)))
    return next(iter(found)) if len(found) == 1 else And(tuple(found))


def any_of(parts: Iterable[Formula]) -> Formula:
    """The disjunction, flat and without constants."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == TRUE:
            return TRUE
        found.update(dict.fromkeys(part.of if isinstance(part, Or) else (part,)))
    return next(iter(found)) if len(found) == 1 else Or(tuple(found))


def threshold(count: int, parts: Iterable[Formula]) -> Formula:
    """At least `count` of the parts, which count as often as they are given."""
    given = list(parts)
    count -= sum(1 for part in given if part == TRUE)
    rest = tuple(part for part in given if part not in (TRUE, FALSE))
    if count <= 0:
        return TRUE
    if count > len(rest):
        return FALSE
    if count == 1:
        return any_of(rest)
    if count == len(rest):
        return all_of(rest)
    return Threshold(count, rest)


def negated(formula: Formula) -> Formula:
    """The formula that is true when this one is not. Activations cannot be negated."""
    match formula:
        case Atom(quantity, operator, constant):
            return Atom(quantity, _OPPOSITE[operator], constant)
        case And(parts):
            return any_of(map(negated, parts))
        case Or(parts):
            return all_of(map(negated, parts))
        case Threshold(count, parts):
            return threshold(len(parts) - count + 1, map(negated, parts))
        case Reach():
            raise ValueError(f"an activation cannot be negated: {formula}")
