"""Units → the program for what is indicated: the worst rank that what was reported allows.

`V` are encoded values, `T` says of each question about what was reported whether it allows it, `S`
of which cells nobody stated anything. `R` are the decided ranks, `G` the same as others read them,
`N` the indicated ranks so far, and `H` those as others read them; `I` has the issued levels.
"""

from __future__ import annotations

from typing import TypeAlias

from planengine.engines.contract import Layout
from planengine.engines.kernel.chains import Component, chunks_of, indented
from planengine.engines.kernel.coded import Coded, variables
from planengine.engines.kernel.printer import Printer
from planengine.engines.kernel.program import Program
from planengine.rules.conditions import LevelCell
from planengine.rules.lowered import Atom, Member, Side, Silent, bands
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import ValueSet

Asked: TypeAlias = tuple[int, ValueSet]
"""A question about what was reported of a given cell: its number, and what is accepted."""

_GIVEN = "V, T, S, R, G, N, H, I"


def indicated_program(ruleset: RuleSet, layout: Layout) -> tuple[Program, tuple[Asked, ...]]:
    """The program `decide(V, T, S, R, G, N, H, I)`, which fills `N`, and what `T` answers."""
    program = Program()
    asked: dict[Asked, int] = {}
    chunks = list(chunks_of(ruleset))
    for number, chunk in enumerate(chunks):
        writer = _Writer(ruleset, layout, program, asked)
        program.define(f"part{number}({_GIVEN})", writer.body(chunk))
    body = [f"part{number}({_GIVEN})" for number in range(len(chunks))]
    program.define(f"decide({_GIVEN})", [*body, "return tuple(N)"])
    return program, tuple(asked)


class _Writer:
    def __init__(
        self, ruleset: RuleSet, layout: Layout, program: Program, asked: dict[Asked, int]
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._asked = asked
        self._coded = Coded(layout, program.constants, self._rank)
        self._printer = Printer(self._atom)

    def body(self, chunk: list[Component]) -> list[str]:
        """The statements that decide the units of one function."""
        lines: list[str] = []
        for members in chunk:
            inner = [
                line
                for index in members
                for line in self._printer.chain(
                    f"n{index}", bands(self._ruleset.units[index].at_least, "indicated")
                )
            ]
            if self._layout.cyclic[self._layout.component[members[0]]]:
                same = " and ".join(f"N[{index}] == n{index}" for index in members)
                update = [line for index in members for line in self._set(index, f"n{index}")]
                lines += ["while True:", *indented([*inner, f"if {same}: break", *update])]
            else:
                lines += inner
            for index in members:
                least, most = f"R[{index}][0]", f"R[{index}][1]"
                lines += self._set(index, f"min({most}, max({least}, n{index}))")
        used = sorted(self._coded.used.items(), key=lambda item: item[0])
        return [*(f"{variables(index, cell)} = V[{index}]" for index, cell in used), *lines]

    def _set(self, index: int, value: str) -> list[str]:
        return [f"N[{index}] = {value}", f"if {index} not in I: H[{index}] = N[{index}]"]

    def _atom(self, atom: Atom) -> str:
        if isinstance(atom, Silent):
            return f"S[{self._layout.cells[atom.cell]}]"
        if isinstance(atom, Member) and atom.reading == "indicated":
            asked = self._layout.cells[atom.cell], atom.accepts
            return f"T[{self._asked.setdefault(asked, len(self._asked))}]"
        return self._coded.atom(atom)

    def _rank(self, cell: LevelCell, side: Side) -> str:
        index = self._layout.units[cell.unit]
        own = cell.read == "recommended"
        if side == "told":
            return f"{'N' if own else 'H'}[{index}]"
        place = 1 if side == "high" else 2 if cell.read == "obliged" else 0
        return f"{'R' if own else 'G'}[{index}][{place}]"
