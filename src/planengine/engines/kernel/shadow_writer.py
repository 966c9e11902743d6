"""Units → statements of the two-shadow program."""

from __future__ import annotations

from planengine.engines.contract import Layout, rank_domain
from planengine.engines.kernel import shadows
from planengine.engines.kernel.chains import Component, least_fixpoint, members_of
from planengine.engines.kernel.constants import Constants
from planengine.rules.conditions import LevelCell, Test
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import NumberDomain

_VARIABLES = {"computed": ("g", "h"), "recommended": ("l", "u"), "obliged": ("p", "h")}
"""The variables for the least and greatest rank that are read of a unit."""


class ShadowWriter:
    """Writes what decides the units of one function."""

    def __init__(
        self, ruleset: RuleSet, layout: Layout, constants: Constants, chunk: list[Component]
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._chunk = chunk
        self._here = frozenset(members_of(chunk))
        self._elsewhere: set[int] = set()
        self._emitter = shadows.ShadowEmitter(constants, self._locate)

    def body(self) -> list[str]:
        """The statements: what is read, then the ranks of each unit."""
        lines: list[str] = []
        for members in self._chunk:
            place = self._layout.component[members[0]]
            lines += self._cycle(members) if self._layout.cyclic[place] else self._plain(members)
            for index in members:
                lines += [
                    f"if o{index} > l{index}: o{index} = l{index}",
                    f"R[{index}] = l{index}, u{index}, o{index}",
                    f"G[{index}] = {self._issued(index)} = {self._read(index)}",
                ]
        return [*self._loads(), *lines]

    def _issued(self, index: int) -> str:
        return f"g{index}, h{index}, p{index}"

    def _read(self, index: int) -> str:
        """What others read of a unit: the issued level where one is issued."""
        return f"I[{index}] if {index} in I else (l{index}, u{index}, o{index})"

    def _loads(self) -> list[str]:
        lines: list[str] = []
        for index in sorted(self._elsewhere):
            lines.append(f"l{index}, u{index}, o{index} = R[{index}]")
            lines.append(f"{self._issued(index)} = G[{index}]")
        for index, domain in sorted(self._emitter.used.items(), key=lambda item: item[0]):
            names = f"m{index}"
            if isinstance(domain, NumberDomain):
                names = ", ".join(f"{part}{index}" for part in ("cl", "ch", "pl", "ph", "na", "ns"))
            lines.append(f"{names} = V[{index}]")
        return lines

    def _plain(self, members: Component) -> list[str]:
        return [line for index in members for line in self._unit(index, "")]

    def _cycle(self, members: Component) -> list[str]:
        ranks = [f"{kind}{index}" for index in members for kind in "luo"]
        inner = [f"{self._issued(index)} = {self._read(index)}" for index in members]
        for index in members:
            inner += self._unit(index, "n_")
        return least_fixpoint(ranks, inner)

    def _unit(self, index: int, prefix: str) -> list[str]:
        unit = self._ruleset.units[index]
        lines = self._emitter.chain(f"{prefix}l{index}", unit.at_least, "certain")
        lines += self._emitter.chain(f"{prefix}u{index}", unit.at_least, "possible")
        if unit.obliged_at_least == unit.at_least:
            return [*lines, f"{prefix}o{index} = {prefix}l{index}"]
        return lines + self._emitter.chain(f"{prefix}o{index}", unit.obliged_at_least, "certain")

    def _locate(self, test: Test) -> shadows.Given | shadows.Own:
        cell = test.cell
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return shadows.Given(self._layout.cells[cell], cell.domain)
        index = self._layout.units[cell.unit]
        if index not in self._here:
            self._elsewhere.add(index)
        low, high = _VARIABLES[cell.read]
        domain = rank_domain(self._ruleset.units[index])
        return shadows.Own(f"{low}{index}", f"{high}{index}", domain)
