"""Units → the program for what is indicated: the worst rank that what was reported allows.

Tests of given cells are answered beforehand, each once, in three tables: `C` (certain), `P`
(possible) and `T` (allowed by what was reported); `S` says of which cells nobody stated anything.
`R` are the decided ranks, `G` the same as others read them, `N` the indicated ranks so far, and
`H` those as others read them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from planengine.engines.contract import Layout, rank_domain
from planengine.engines.kernel.chains import (
    Component,
    chain,
    chunks_of,
    indented,
    members_of,
)
from planengine.engines.kernel.constants import number_literal
from planengine.engines.kernel.points import DEEPEST
from planengine.engines.kernel.program import Program, split_tests
from planengine.engines.kernel.shadows import Own, level_test
from planengine.rules.conditions import All, Any, AtLeast, Constant, LevelCell, Test
from planengine.rules.ruleset import RuleSet
from planengine.rules.worlds import Split, Worlds, worlds_of
from planengine.values.sets import NumberSet, ValueSet

Reading: TypeAlias = Literal["certain", "possible", "indicated"]
Asked: TypeAlias = tuple[int, ValueSet]
"""A test of a given cell: the cell's number, and what it accepts."""

_TABLES = {"certain": "C", "possible": "P", "indicated": "T"}
_GIVEN = "C, P, T, S, R, G, N, H, I"


def indicated_program(ruleset: RuleSet, layout: Layout) -> tuple[Program, tuple[Asked, ...]]:
    """The program `decide(C, P, T, S, R, G, N, H, I)`, which fills `N`, and what it asks."""
    program = Program()
    asked: dict[Asked, int] = {}
    chunks = list(chunks_of(ruleset, split_tests))
    for number, chunk in enumerate(chunks):
        writer = _Writer(ruleset, layout, asked)
        program.define(f"part{number}({_GIVEN})", writer.body(chunk))
    body = [f"part{number}({_GIVEN})" for number in range(len(chunks))]
    program.define(f"decide({_GIVEN})", [*body, "return tuple(N)"])
    return program, tuple(asked)


class _Writer:
    def __init__(self, ruleset: RuleSet, layout: Layout, asked: dict[Asked, int]) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._asked = asked
        self._prelude: list[str] = []
        self._temporaries = 0

    def body(self, chunk: list[Component]) -> list[str]:
        """The statements that decide the units of one function."""
        lines: list[str] = []
        for members in chunk:
            inner = [line for index in members for line in self._unit(index)]
            if self._layout.cyclic[self._layout.component[members[0]]]:
                same = " and ".join(f"N[{index}] == n{index}" for index in members)
                update = [line for index in members for line in self._set(index, f"n{index}")]
                lines += ["while True:", *indented([*inner, f"if {same}: break", *update])]
            else:
                lines += inner
            for index in members_of([members]):
                least, most = f"R[{index}][0]", f"R[{index}][1]"
                lines += self._set(index, f"min({most}, max({least}, n{index}))")
        return lines

    def _set(self, index: int, value: str) -> list[str]:
        return [f"N[{index}] = {value}", f"if {index} not in I: H[{index}] = N[{index}]"]

    def _unit(self, index: int) -> list[str]:
        self._prelude.clear()
        split = [worlds_of(condition) for condition in self._ruleset.units[index].at_least]
        lines = chain(f"n{index}", split, lambda part: self._emit(part, "indicated", 0))
        return [*self._prelude, *lines]

    def _emit(self, split: Split, reading: Reading, depth: int) -> str:
        if isinstance(split, Test):
            return self._test(split, reading)
        if isinstance(split, Constant):
            return repr(split.value)
        if depth >= DEEPEST:
            inner = self._emit(split, reading, 0)
            name = f"t{self._temporaries}"
            self._temporaries += 1
            self._prelude.append(f"{name} = {inner}")
            return name
        if isinstance(split, Worlds):
            return self._worlds(split, reading, depth + 1)
        assert isinstance(split, All | Any | AtLeast)
        parts = [self._emit(part, reading, depth + 1) for part in split.of]
        if isinstance(split, AtLeast):
            return f"(sum(({', '.join(parts)},)) >= {number_literal(split.count)})"
        return f"({(' and ' if isinstance(split, All) else ' or ').join(parts)})"

    def _worlds(self, worlds: Worlds, reading: Reading, depth: int) -> str:
        guards = [guard for guard, _ in worlds.branches]
        bodies = [body for _, body in worlds.branches]
        if reading == "certain":
            parts = [
                f"(not {self._emit(guard, 'possible', depth)}"
                f" or {self._emit(body, reading, depth)})"
                for guard, body in zip(guards, bodies, strict=True)
            ]
            return f"({' and '.join(parts)})"
        parts = [
            f"({self._emit(guard, reading, depth)} and {self._emit(body, reading, depth)})"
            for guard, body in zip(guards, bodies, strict=True)
        ]
        if reading == "indicated":
            parts.append(self._worlds(worlds, "certain", depth))
            if worlds.cell is not None:
                silent = self._emit(worlds.silent, reading, depth)
                parts.append(f"(S[{self._layout.cells[worlds.cell]}] and {silent})")
        return f"({' or '.join(parts)})"

    def _test(self, test: Test, reading: Reading) -> str:
        cell = test.cell
        if not isinstance(cell, LevelCell) or cell.read == "active":
            asked = (self._layout.cells[cell], test.accepts)
            return f"{_TABLES[reading]}[{self._asked.setdefault(asked, len(self._asked))}]"
        index = self._layout.units[cell.unit]
        ranks = f"R[{index}]" if cell.read == "recommended" else f"G[{index}]"
        low = f"{ranks}[{2 if cell.read == 'obliged' else 0}]"
        high = f"{ranks}[1]"
        if reading == "indicated":
            high = f"N[{index}]" if cell.read == "recommended" else f"H[{index}]"
        assert isinstance(test.accepts, NumberSet)
        own = Own(low, high, rank_domain(self._ruleset.units[index]))
        return level_test(own, test.accepts, "certain" if reading == "certain" else "possible")
