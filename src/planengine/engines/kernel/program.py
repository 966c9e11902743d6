"""Rule set → Python source of the two programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct, field

from planengine.engines.contract import Layout
from planengine.engines.kernel.by_name import read_by_name
from planengine.engines.kernel.chains import chunks_of, in_parts, indented, members_of
from planengine.engines.kernel.coded import variables
from planengine.engines.kernel.constants import Constants, choice_literal
from planengine.engines.kernel.names import Names
from planengine.engines.kernel.point_writer import PointWriter, even
from planengine.engines.kernel.shadow_writer import ShadowWriter
from planengine.rules.conditions import Cell
from planengine.rules.ruleset import RuleSet


class Program(Struct):
    """Generated source: a table of constants, and functions, of which `decide` is called."""

    constants: Constants = field(default_factory=Constants)
    lines: list[str] = field(default_factory=list)

    def define(self, head: str, body: Sequence[str]) -> None:
        """Add a function."""
        self.lines += [f"def {head}:", *indented(body or ["pass"])]

    def source(self, cells: Sequence[Cell]) -> str:
        """The whole text: which cell has which number, the constants, the functions."""
        legend = [f"# {index}: {str(cell)!a}" for index, cell in enumerate(cells)]
        return "\n".join([*legend, "", *self.constants.lines(), "", *self.lines, ""])


def point_program(
    ruleset: RuleSet, layout: Layout, fetch: Callable[[int], str], names: Names
) -> Program:
    """The program `decide(v)` for values that are points; `fetch` writes how to get one.

    It leaves to `partial(v)` what points alone do not decide, and what is no mapping. Fewer
    facts than it needs are surely not all there: to see that first is faster than to fail.
    """
    program = Program()
    program.lines += [even(ruleset), ""]
    alike: set[int] = set()
    chunks = list(chunks_of(ruleset))
    writers = [PointWriter(ruleset, layout, fetch, alike, chunk) for chunk in chunks]
    bodies = [writer.body() for writer in writers]
    if len(writers) == 1:
        results = "".join(f"{writers[0].result(index)}, " for index in range(len(ruleset.units)))
        body = [*bodies[0], f"return ({results})"]
    else:
        for number, (writer, chunk) in enumerate(zip(writers, chunks, strict=True)):
            found = [f"R[{index}] = {writer.result(index)}" for index in members_of(chunk)]
            program.define(f"part{number}(v, R)", [*bodies[number], *found])
        body = in_parts(len(chunks), "v", "R", len(ruleset.units))
    needed = {
        names.first[cell]
        for writer in writers
        for cell in writer.needed
        if names.default[cell] is None
    }
    program.define(
        "decide(v)",
        [
            "try:",
            *indented([f"if len(v) < {len(needed)}: return partial(v)", *body]),
            "except (KeyError, Divert, TypeError, AttributeError):",
            *indented(["return partial(v)"]),
        ],
    )
    return program


def partial_program(ruleset: RuleSet, layout: Layout, names: Names) -> Program:
    """The program `decide(v)` for facts of which some are missing, or are sets.

    It leaves to `otherwise(v)` what is no mapping, names that need their place, and facts of
    which one cannot be: that may not be needed.
    """
    program = Program()
    chunks = list(chunks_of(ruleset))
    bodies: list[list[str]] = []
    for chunk in chunks:
        writer = ShadowWriter(ruleset, layout, program.constants, chunk, issued=False)
        deciding = writer.deciding()
        bodies.append([*read_by_name(writer.coded.used, names, deciding), *deciding])
    unclear = " or ".join(f"{choice_literal(name)} in v" for name in names.ambiguous)
    head = [
        "if v.__class__ is not dict and not isinstance(v, Mapping): return otherwise(v)",
        *([f"if {unclear}: return otherwise(v)"] if unclear else ()),
    ]
    if len(chunks) == 1:
        results = "".join(f"(l{i}, u{i}, o{i}), " for i in range(len(ruleset.units)))
        body = [*bodies[0], f"return ({results})"]
    else:
        for number, chunk in enumerate(chunks):
            found = [f"R[{i}] = l{i}, u{i}, o{i}" for i in members_of(chunk)]
            program.define(f"part{number}(v, R)", [*bodies[number], *found])
        body = in_parts(len(chunks), "v", "R", len(ruleset.units))
    program.define(
        "decide(v)",
        [
            *head,
            "try:",
            *indented(body),
            "except ArgumentError:",
            *indented(["return otherwise(v)"]),
        ],
    )
    return program


def shadow_program(ruleset: RuleSet, layout: Layout) -> Program:
    """The programs `part<n>(V, I, R, G)`, each of a component, in their order.

    `V` are encoded values, `I` issued levels (rank triples). Each puts the ranks of its units
    into `R`, and as others read them into `G`; `PARTS` lists them all.
    """
    program = Program()
    for number, members in enumerate(ruleset.components):
        writer = ShadowWriter(ruleset, layout, program.constants, [members], issued=True)
        deciding = writer.deciding()
        used = sorted(writer.coded.used.items(), key=lambda item: item[0])
        reading = [f"{variables(index, cell)} = V[{index}]" for index, cell in used]
        program.define(f"part{number}(V, I, R, G)", [*reading, *deciding])
    names = "".join(f"part{number}, " for number in range(len(ruleset.components)))
    program.lines.append(f"PARTS = ({names})")
    return program
