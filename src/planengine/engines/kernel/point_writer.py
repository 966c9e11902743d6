"""Units → statements of the point program."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from planengine.engines.contract import Layout, rank_domain
from planengine.engines.kernel import points
from planengine.engines.kernel.chains import (
    Component,
    chain,
    least_fixpoint,
    members_of,
)
from planengine.rules.conditions import Condition, LevelCell, Test
from planengine.rules.ruleset import RuleSet


def even(ruleset: RuleSet) -> str:
    """The table that `result` refers to: for each rank, the decision that has it throughout."""
    most = max((len(unit.scale.levels) for unit in ruleset.units), default=0)
    return f"EVEN = {tuple((rank, rank, rank) for rank in range(most + 1))}"


class PointWriter:
    """Writes what decides the units of one function.

    `fetch` writes how to get the value of a cell; `bound` tells which units oblige as far as
    their level goes.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        layout: Layout,
        fetch: Callable[[int], str],
        bound: Sequence[bool],
        chunk: list[Component],
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._fetch = fetch
        self._bound = bound
        self._chunk = chunk
        self._here = frozenset(members_of(chunk))
        self._emitter = points.PointEmitter(self._locate)

    def body(self) -> list[str]:
        """The statements: what is read, then the ranks of each unit."""
        deciding: list[str] = []
        for members in self._chunk:
            cyclic = self._layout.cyclic[self._layout.component[members[0]]]
            deciding += self._cycle(members) if cyclic else self._plain(members)
        reading: list[str] = []
        for index, domain in sorted(self._emitter.used.items(), key=lambda item: item[0]):
            reading += points.reading(index, domain, self._fetch(index))
        return [*reading, *deciding]

    @property
    def needed(self) -> frozenset[int]:
        """The cells that are read; to be asked after `body`."""
        return frozenset(self._emitter.used)

    def result(self, index: int) -> str:
        """The expression for (level, could_reach, obliged) of a unit."""
        if self._bound[index]:
            return f"EVEN[l{index}]"
        return f"(l{index}, l{index}, o{index})"

    def _obliged(self, index: int) -> str:
        return f"l{index}" if self._bound[index] else f"o{index}"

    def _plain(self, members: Component) -> list[str]:
        return [
            line for index in members for line in (*self._unit(index, ""), *self._capped(index))
        ]

    def _cycle(self, members: Component) -> list[str]:
        ranks = [f"l{index}" for index in members]
        ranks += [f"o{index}" for index in members if not self._bound[index]]
        inner = [line for index in members for line in self._unit(index, "n_")]
        capped = [line for index in members for line in self._capped(index)]
        return [*least_fixpoint(ranks, inner), *capped]

    def _capped(self, index: int) -> list[str]:
        return [] if self._bound[index] else [f"if o{index} > l{index}: o{index} = l{index}"]

    def _unit(self, index: int, prefix: str) -> list[str]:
        unit = self._ruleset.units[index]
        lines = self._chain(f"{prefix}l{index}", unit.at_least)
        if not self._bound[index]:
            lines += self._chain(f"{prefix}o{index}", unit.obliged_at_least)
        return lines

    def _chain(self, name: str, conditions: Sequence[Condition]) -> list[str]:
        self._emitter.prelude.clear()
        lines = chain(name, conditions, self._emitter.emit)  # type: ignore[arg-type]
        return [*self._emitter.prelude, *lines]

    def _locate(self, test: Test) -> points.Given | points.Own:
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active":
            index = self._layout.units[cell.unit]
            obliged = cell.read == "obliged"
            domain = rank_domain(self._ruleset.units[index])
            if index in self._here:
                return points.Own(self._obliged(index) if obliged else f"l{index}", domain)
            return points.Own(f"R[{index}][{2 if obliged else 0}]", domain)
        return points.Given(self._layout.cells[cell], cell.domain)
