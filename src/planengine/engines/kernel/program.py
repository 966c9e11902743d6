"""Rule set → Python source: one statement chain per unit, in functions of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from planengine.engines.contract import Layout, rank_domain
from planengine.engines.kernel import points, shadows
from planengine.engines.kernel.binding import fully_binding
from planengine.engines.kernel.constants import Constants
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    Any,
    Cell,
    Condition,
    LevelCell,
    Test,
)
from planengine.rules.ruleset import RuleSet
from planengine.rules.walk import tests_of
from planengine.values.sets import NumberDomain

CHUNK = 600
"""How many tests one generated function may hold, before a new one is begun."""

INDENT = "    "


@dataclass(slots=True)
class Program:
    """Generated source, and how its functions are called."""

    constants: Constants
    lines: list[str] = field(default_factory=list)

    def source(self, cells: Sequence[Cell]) -> str:
        """The whole text: which cell has which number, the constants, the functions."""
        legend = [f"# {index}: {str(cell)!a}" for index, cell in enumerate(cells)]
        return "\n".join([*legend, "", *self.constants.lines(), "", *self.lines, ""])


def point_program(
    ruleset: RuleSet, layout: Layout, fetch: Callable[[Constants, int], str]
) -> Program:
    """The program `decide(v)` for values that are all points; `fetch` writes how to get one."""
    program = Program(Constants())
    chunks = list(_chunks(ruleset))
    alone = len(chunks) == 1
    bound = fully_binding(ruleset, layout)
    for number, chunk in enumerate(chunks):
        writer = _PointWriter(ruleset, layout, program.constants, fetch, bound, chunk)
        body = writer.body()
        if alone:
            results = ", ".join(
                f"(l{index}, l{index}, {writer.obliged_name(index)})"
                for index in range(len(ruleset.units))
            )
            program.lines += ["def decide(v):", *body, f"{INDENT}return ({results},)"]
        else:
            program.lines += [f"def part{number}(v, R):", *body]
            program.lines += [
                f"{INDENT}R[{index}] = (l{index}, l{index}, {writer.obliged_name(index)})"
                for index in _members(chunk)
            ]
    if not alone:
        program.lines += _in_parts(len(chunks), "v", "R", len(ruleset.units))
    return program


def shadow_program(ruleset: RuleSet, layout: Layout) -> Program:
    """The program `decide(V, I)` for encoded values and issued levels (rank triples)."""
    program = Program(Constants())
    chunks = list(_chunks(ruleset))
    for number, chunk in enumerate(chunks):
        body = _ShadowWriter(ruleset, layout, program.constants, chunk).body()
        program.lines += [f"def part{number}(V, I, R, G):", *body]
    program.lines += _in_parts(len(chunks), "V, I", "R, G", len(ruleset.units))
    return program


def _in_parts(count: int, given: str, results: str, units: int) -> list[str]:
    names = results.split(", ")
    return [
        f"def decide({given}):",
        *(f"{INDENT}{name} = [None] * {units}" for name in names),
        *(f"{INDENT}part{number}({given}, {results})" for number in range(count)),
        f"{INDENT}return tuple(R)",
    ]


Component = tuple[int, ...]


def _chunks(ruleset: RuleSet) -> Iterator[list[Component]]:
    chunk: list[Component] = []
    size = 0
    for members in ruleset.components:
        own = sum(
            1
            for index in members
            for condition in (
                *ruleset.units[index].at_least,
                *ruleset.units[index].obliged_at_least,
            )
            for _ in tests_of(condition)
        )
        if chunk and size + own > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(members)
        size += own
    if chunk or not ruleset.components:
        yield chunk


def _members(chunk: Iterable[Component]) -> list[int]:
    return [index for members in chunk for index in members]


class _PointWriter:
    def __init__(
        self,
        ruleset: RuleSet,
        layout: Layout,
        constants: Constants,
        fetch: Callable[[Constants, int], str],
        bound: Sequence[bool],
        chunk: list[Component],
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._chunk = chunk
        self._here = frozenset(_members(chunk))
        self._constants = constants
        self._fetch = fetch
        self._emitter = points.PointEmitter(constants, self._locate)
        self._bound = bound
        self._known: points.Known = frozenset()

    def obliged_name(self, index: int) -> str:
        return f"l{index}" if self._bound[index] else f"o{index}"

    def body(self) -> list[str]:
        lines: list[str] = []
        for members in self._chunk:
            place = self._layout.component[members[0]]
            if self._layout.cyclic[place]:
                lines += self._cycle(members)
            else:
                for index in members:
                    lines += self._unit(index, "l", "o")
                    if not self._bound[index]:
                        lines += [f"if o{index} > l{index}: o{index} = l{index}"]
        return [INDENT + line for line in lines]

    def _cycle(self, members: Component) -> list[str]:
        ranks = [f"l{index}" for index in members]
        ranks += [f"o{index}" for index in members if not self._bound[index]]
        inner: list[str] = []
        for index in members:
            inner += self._unit(index, "n_l", "n_o")
        lines = _least_fixpoint(ranks, inner)
        for index in members:
            if not self._bound[index]:
                lines.append(f"if o{index} > l{index}: o{index} = l{index}")
        return lines

    def _unit(self, index: int, level: str, obliged: str) -> list[str]:
        unit = self._ruleset.units[index]
        lines = self._chain(f"{level}{index}", unit.at_least)
        if not self._bound[index]:
            lines += self._chain(f"{obliged}{index}", unit.obliged_at_least)
        return lines

    def _chain(self, name: str, conditions: Sequence[Condition]) -> list[str]:
        lines: list[str] = []
        ended: points.Known | None = None
        last = 0
        self._emitter.prelude.clear()
        refuted: set[Condition] = set()
        for rank in range(len(conditions), 0, -1):
            condition = _left(conditions[rank - 1], refuted)
            if condition == NEVER:
                continue
            if condition == ALWAYS:
                last = rank
                break
            item = self._emitter.emit(condition, self._known)
            lines.append(f"{'elif' if lines else 'if'} {item.text}: {name} = {rank}")
            ended = item.if_true if ended is None else ended & item.if_true
            self._known = item.if_false
        if ended is not None:
            self._known &= ended
        lines.append(f"else: {name} = {last}" if lines else f"{name} = {last}")
        return [*self._emitter.prelude, *lines]

    def _locate(self, test: Test) -> points.Given | points.Own:
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active":
            index = self._layout.units[cell.unit]
            obliged = cell.read == "obliged"
            domain = rank_domain(self._ruleset.units[index])
            if index in self._here:
                return points.Own(self.obliged_name(index) if obliged else f"l{index}", domain)
            return points.Own(f"R[{index}][{2 if obliged else 0}]", domain)
        index = self._layout.cells[cell]
        return points.Given(index, cell.domain, self._fetch(self._constants, index))


_VARIABLES = {"computed": ("g", "h"), "recommended": ("l", "u"), "obliged": ("p", "h")}
"""The variables for the least and greatest rank that are read of a unit."""


class _ShadowWriter:
    def __init__(
        self, ruleset: RuleSet, layout: Layout, constants: Constants, chunk: list[Component]
    ) -> None:
        self._ruleset = ruleset
        self._layout = layout
        self._chunk = chunk
        self._here = frozenset(_members(chunk))
        self._elsewhere: set[int] = set()
        self._emitter = shadows.ShadowEmitter(constants, self._locate)

    def body(self) -> list[str]:
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
        return [INDENT + line for line in [*self._loads(), *lines]]

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
        return _least_fixpoint(ranks, inner)

    def _unit(self, index: int, prefix: str) -> list[str]:
        unit = self._ruleset.units[index]
        lines = self._chain(f"{prefix}l{index}", unit.at_least, "certain")
        lines += self._chain(f"{prefix}u{index}", unit.at_least, "possible")
        if unit.obliged_at_least == unit.at_least:
            return [*lines, f"{prefix}o{index} = {prefix}l{index}"]
        return lines + self._chain(f"{prefix}o{index}", unit.obliged_at_least, "certain")

    def _chain(
        self, name: str, conditions: Sequence[Condition], shadow: shadows.Shadow
    ) -> list[str]:
        lines: list[str] = []
        last = 0
        self._emitter.prelude.clear()
        refuted: set[Condition] = set()
        for rank in range(len(conditions), 0, -1):
            condition = _left(conditions[rank - 1], refuted)
            if condition == NEVER:
                continue
            if condition == ALWAYS:
                last = rank
                break
            text = self._emitter.emit(condition, shadow)
            lines.append(f"{'elif' if lines else 'if'} {text}: {name} = {rank}")
        lines.append(f"else: {name} = {last}" if lines else f"{name} = {last}")
        return [*self._emitter.prelude, *lines]

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


def _left(condition: Condition, refuted: set[Condition]) -> Condition:
    """What of a rank's condition is still open where all more severe ranks are refuted.

    The reasons for a worse level are reasons for a milder one too; a chain of `elif` need not
    try them again.
    """
    parts = condition.of if isinstance(condition, Any) else (condition,)
    open_parts = tuple(part for part in parts if part not in refuted)
    refuted.update(open_parts)
    if not open_parts:
        return NEVER
    return open_parts[0] if len(open_parts) == 1 else Any(open_parts)


def _least_fixpoint(ranks: Sequence[str], inner: Sequence[str]) -> list[str]:
    """Statements that repeat `inner`, which sets `n_<rank>` from the ranks, from all 0."""
    new = [f"n_{rank}" for rank in ranks]
    return [
        f"{' = '.join(ranks)} = 0",
        "while True:",
        *(INDENT + line for line in inner),
        f"{INDENT}if {' and '.join(f'{a} == {b}' for a, b in zip(ranks, new, strict=True))}: break",
        *(f"{INDENT}{a} = {b}" for a, b in zip(ranks, new, strict=True)),
    ]
