"""Units → statements that find their certain, possible and obliged ranks."""

from __future__ import annotations

from planengine.engines.contract import Layout
from planengine.engines.kernel.chains import Component, indented, members_of, ranked
from planengine.engines.kernel.coded import Coded
from planengine.engines.kernel.constants import Constants
from planengine.rules.conditions import LevelCell
from planengine.rules.lowered import Side, bands
from planengine.rules.ruleset import RuleSet

_ISSUED = {"computed": "gh", "recommended": "lu", "obliged": "ph"}
_NOTHING_ISSUED = {"computed": "lu", "recommended": "lu", "obliged": "ou"}
"""The variables for the least and greatest rank that are read of a unit."""


class ShadowWriter:
    """Writes what decides the units of one function.

    The certain, possible and obliged rank of unit n are in `l<n>`, `u<n>`, `o<n>`; where levels
    may be `issued`, what others read of it is in `g<n>`, `h<n>`, `p<n>`.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        layout: Layout,
        constants: Constants,
        chunk: list[Component],
        *,
        issued: bool,
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._chunk = chunk
        self._issued = issued
        self._here = frozenset(members_of(chunk))
        self._elsewhere: set[int] = set()
        self.coded = Coded(layout, constants, self._rank)

    def deciding(self) -> list[str]:
        """The statements, from what is read of units elsewhere to the ranks of each unit."""
        lines: list[str] = []
        for members in self._chunk:
            cyclic = self._layout.cyclic[self._layout.component[members[0]]]
            ranks = [f"{kind}{index}" for index in members for kind in "luo"]

            def units(
                prefix: str, members: Component = members, cyclic: bool = cyclic
            ) -> list[str]:
                read = [self._read(index) for index in members if self._issued and cyclic]
                return [*read, *(line for one in members for line in self._unit(one, prefix))]

            lines += ranked(cyclic, ranks, units)
            for index in members:
                lines.append(f"if o{index} > l{index}: o{index} = l{index}")
                if self._issued:
                    lines += [f"R[{index}] = l{index}, u{index}, o{index}", self._read(index)]
                    lines.append(f"G[{index}] = g{index}, h{index}, p{index}")
        found: list[str] = []
        for index in sorted(self._elsewhere):
            found.append(f"l{index}, u{index}, o{index} = R[{index}]")
            if self._issued:
                found.append(f"g{index}, h{index}, p{index} = G[{index}]")
        return [*found, *lines]

    def _read(self, index: int) -> str:
        """What others read of a unit: the issued level where one is issued."""
        issued = f"I[{index}] if {index} in I else (l{index}, u{index}, o{index})"
        return f"g{index}, h{index}, p{index} = {issued}"

    def _unit(self, index: int, prefix: str) -> list[str]:
        unit = self._ruleset.units[index]
        low, high, top = f"{prefix}l{index}", f"{prefix}u{index}", len(unit.at_least)
        chain = self.coded.printer.chain
        lines = chain(low, bands(unit.at_least, "certain"))
        above = chain(high, bands(unit.at_least, "possible"))
        lines += [f"if {low} == {top}: {high} = {top}", "else:", *indented(above)]
        if unit.obliged_at_least == unit.at_least:
            return [*lines, f"{prefix}o{index} = {low}"]
        return lines + chain(f"{prefix}o{index}", bands(unit.obliged_at_least, "certain"))

    def _rank(self, cell: LevelCell, side: Side) -> str:
        index = self._layout.units[cell.unit]
        if index not in self._here:
            self._elsewhere.add(index)
        variables = (_ISSUED if self._issued else _NOTHING_ISSUED)[cell.read]
        return f"{variables[side == 'high']}{index}"
