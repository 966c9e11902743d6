"""Atoms over encoded values (see `codes.py`), as expressions.

A number is `cl ch pl ph na ns`: its ends as closed floats for what must be surely a number (not
a number where it may be n/a, so that every comparison fails), its ends where there are numbers
(not a number where there are none), whether it may be n/a, and the set itself where it has gaps.
A choice is a bit mask `m`, n/a being one more bit.
"""

from __future__ import annotations

from collections.abc import Callable

from planengine.engines.contract import Layout
from planengine.engines.kernel.codes import masks
from planengine.engines.kernel.constants import Constants, bound_code, number_literal
from planengine.engines.kernel.printer import Printer
from planengine.rules.conditions import Cell, LevelCell, is_computed
from planengine.rules.lowered import Atom, Bound, Member, Side, Silent
from planengine.values.sets import ChoiceDomain, ChoiceSet

NUMBER = ("cl", "ch", "pl", "ph", "na", "ns")
"""The parts of a number's code, in its order."""


class Coded:
    """Prints formulas over codes; `rank` writes an end of a level.

    `used` are the cells whose variables the expressions need.
    """

    def __init__(
        self, layout: Layout, constants: Constants, rank: Callable[[LevelCell, Side], str]
    ) -> None:
        self._layout = layout
        self._constants = constants
        self._rank = rank
        self.used: dict[int, Cell] = {}
        self.printer = Printer(self.atom)

    def atom(self, atom: Atom) -> str:
        """An atom other than of what was reported, as an expression."""
        assert not isinstance(atom, Silent)
        cell = atom.cell
        if isinstance(atom, Bound):
            compared = f"{'>=' if atom.upward else '<='} {number_literal(bound_code(atom))}"
            if is_computed(cell):
                return f"{self._rank(cell, atom.side)} {compared}"
            end = f"{'c' if atom.sure else 'p'}{'l' if atom.side == 'low' else 'h'}"
            return f"{end}{self._place(cell)} {compared}"
        index = self._place(cell)
        if isinstance(atom.accepts, ChoiceSet):
            return _choice(index, atom)
        certain = atom.reading == "certain"
        if atom.hull is not None:
            ask = "issubset" if certain else "intersects"
            name = self._constants.number_set(atom.accepts)
            hull = self.printer.expression(atom.hull)
            return f"({hull} if ns{index} is None else ns{index}.{ask}({name}))"
        if atom.accepts.intervals:  # any number
            end = "cl" if certain else "pl"
            return f"{end}{index} == {end}{index}"
        return f"pl{index} != pl{index}" if certain else f"na{index}"

    def _place(self, cell: Cell) -> int:
        index = self._layout.cells[cell]
        self.used[index] = cell
        return index


def variables(index: int, cell: Cell) -> str:
    """The variables that hold the code of a cell."""
    if isinstance(cell.domain, ChoiceDomain):
        return f"m{index}"
    return ", ".join(f"{part}{index}" for part in NUMBER)


def _choice(index: int, atom: Member) -> str:
    assert isinstance(atom.cell.domain, ChoiceDomain)
    assert isinstance(atom.accepts, ChoiceSet)
    bits = masks(atom.cell.domain)
    everything = (1 << len(bits)) - 1
    inside = sum(bits[choice] for choice in atom.accepts.members)
    if atom.accepts.na:
        inside |= bits[None]
    if atom.reading == "certain":
        return f"m{index} & {number_literal(everything & ~inside)} == 0"
    return f"m{index} & {number_literal(inside)} != 0"
