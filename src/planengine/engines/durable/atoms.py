"""What lowered atoms are to durable_rules: tests of a message's numbers, or of activations.

An activation is a fact that the engine itself asserts: a unit has got to a rank. Whether it has is
asked of activations; whether it has not, of a number, since that was decided before.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.engines.contract import Layout
from planengine.rules.conditions import Cell, LevelCell, Read, is_computed
from planengine.rules.lowered import Atom, Bound, Formula, Member, Reading, Side, Silent

Operator: TypeAlias = Literal["$gte", "$gt", "$lte", "$lt"]


class End(Struct, frozen=True):
    """An end of the numbers that a cell may be, as bounds of one kind are compared with it."""

    cell: Cell
    side: Side
    upward: bool
    sure: bool


Quantity: TypeAlias = End | Member | Silent
"""What a property of a message says: a number, or 1 where an atom holds."""


class Activation(Struct, frozen=True):
    """What an activation is about: a reading of a unit's level."""

    unit: int
    read: Read
    shadow: Reading


def activation(cell: LevelCell, side: Side, layout: Layout) -> Activation:
    """The activation that an end of a level is about."""
    # Nobody knows how far an obligation could reach, but not beyond the level.
    read = "computed" if cell.read == "obliged" and side == "high" else cell.read
    return Activation(layout.units[cell.unit], read, _SHADOW_OF[side])


_SHADOW_OF: dict[Side, Reading] = {"low": "certain", "high": "possible", "told": "indicated"}


def is_wish(part: Formula) -> bool:
    """Whether an atom asks for an activation."""
    return isinstance(part, Bound) and part.upward and is_computed(part.cell)


def quantity(atom: Atom) -> Quantity:
    """What a message must say for an atom."""
    if isinstance(atom, Bound):
        return End(atom.cell, atom.side, atom.upward, atom.sure)
    return atom


def comparison(atom: Atom) -> tuple[Operator, float]:
    """How an atom compares what the message says, and with what."""
    if not isinstance(atom, Bound):
        return "$gte", 1
    if atom.upward:
        return "$gte" if atom.closed else "$gt", float(atom.number)
    return "$lte" if atom.closed else "$lt", float(atom.number)
