"""Units → statements that find their rank from points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from planengine.engines.contract import Layout
from planengine.engines.kernel.chains import Component, members_of, ranked
from planengine.engines.kernel.constants import number_literal
from planengine.engines.kernel.points import on_points, point_atom, reading
from planengine.engines.kernel.printer import Printer
from planengine.rules.conditions import Condition, is_computed
from planengine.rules.lowered import Atom, Bound, Formula, Silent, bands, rewritten
from planengine.rules.ruleset import RuleSet


def even(ruleset: RuleSet) -> str:
    """The table that `result` refers to: for each rank, the decision that has it throughout."""
    most = max((len(unit.scale.levels) for unit in ruleset.units), default=0)
    return f"EVEN = {tuple((rank, rank, rank) for rank in range(most + 1))}"


class PointWriter:
    """Writes what decides the units of one function.

    The rank of unit n is in `l<n>`, the one it obliges to in `o<n>`, but where the two are always
    the same: those units are in `even`, which grows as units are written. `fetch` writes how to
    get the value of a cell.
    """

    def __init__(
        self,
        ruleset: RuleSet,
        layout: Layout,
        fetch: Callable[[int], str],
        even: set[int],
        chunk: list[Component],
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._fetch = fetch
        self._even = even
        self._chunk = chunk
        self._here = frozenset(members_of(chunk))
        self._printer = Printer(self._atom)
        self.needed: set[int] = set()

    def body(self) -> list[str]:
        """The statements: what is read, then the ranks of each unit."""
        deciding: list[str] = []
        for members in self._chunk:
            deciding += self._component(members)
        cells = self._ruleset.cells
        reads = [
            line
            for index in sorted(self.needed)
            for line in reading(f"x{index}", cells[index].domain, self._fetch(index))
        ]
        return [*reads, *deciding]

    def result(self, index: int) -> str:
        """The expression for (level, could_reach, obliged) of a unit."""
        if index in self._even:
            return f"EVEN[l{index}]"
        return f"(l{index}, l{index}, o{index})"

    def _component(self, members: Component) -> list[str]:
        cyclic = self._layout.cyclic[self._layout.component[members[0]]]
        found: dict[str, Sequence[Formula]] = {}
        for index in members:
            unit = self._ruleset.units[index]
            level, obliged = self._bands(unit.at_least), self._bands(unit.obliged_at_least)
            found[f"l{index}"] = level
            if not cyclic and level == obliged:
                self._even.add(index)
            else:
                found[f"o{index}"] = obliged

        def units(prefix: str) -> list[str]:
            return [
                line
                for name, formulas in found.items()
                for line in self._printer.chain(prefix + name, formulas)
            ]

        capped = [f"if o{i} > l{i}: o{i} = l{i}" for i in members if i not in self._even]
        return [*ranked(cyclic, list(found), units), *capped]

    def _bands(self, conditions: Sequence[Condition]) -> tuple[Formula, ...]:
        return tuple(
            rewritten(on_points(band), self._own_level) for band in bands(conditions, "possible")
        )

    def _own_level(self, atom: Atom) -> Formula:
        """All reads of a level that are one rank on points, written alike."""
        cell = atom.cell
        if not is_computed(cell):
            return atom
        even = cell.read != "obliged" or self._layout.units[cell.unit] in self._even
        return replace(atom, cell=replace(cell, read="recommended")) if even else atom

    def _atom(self, atom: Atom) -> str:
        assert not isinstance(atom, Silent)
        cell = atom.cell
        if not is_computed(cell):
            index = self._layout.cells[cell]
            self.needed.add(index)
            return point_atom(f"x{index}", atom)
        assert isinstance(atom, Bound)
        index, obliged = self._layout.units[cell.unit], cell.read == "obliged"
        rank = f"R[{index}][{2 if obliged else 0}]"
        if index in self._here:
            rank = f"{'o' if obliged else 'l'}{index}"
        return f"{rank} {'>=' if atom.upward else '<='} {number_literal(atom.number)}"
