"""Rule set → Python source of the two programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from planengine.engines.contract import Layout
from planengine.engines.kernel.binding import fully_binding
from planengine.engines.kernel.chains import chunks_of, in_parts, indented, members_of
from planengine.engines.kernel.constants import Constants
from planengine.engines.kernel.point_writer import PointWriter, even
from planengine.engines.kernel.shadow_writer import ShadowWriter
from planengine.rules.conditions import Cell, Condition, Test
from planengine.rules.ruleset import RuleSet
from planengine.rules.worlds import tests_in, worlds_of


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


def point_program(ruleset: RuleSet, layout: Layout, fetch: Callable[[int], str]) -> Program:
    """The program `decide(v)` for values that are points; `fetch` writes how to get one.

    It leaves to `incomplete(v)` what lacks a value, and to `otherwise(v)` what points alone do
    not decide, and what is no mapping.
    """
    program = Program()
    program.lines += [even(ruleset), ""]
    bound = fully_binding(ruleset, layout)
    chunks = list(chunks_of(ruleset))
    writers = [PointWriter(ruleset, layout, fetch, bound, chunk) for chunk in chunks]
    if len(writers) == 1:
        (writer,) = writers
        results = "".join(f"{writer.result(index)}, " for index in range(len(ruleset.units)))
        body = [*writer.body(), f"return ({results})"]
    else:
        for number, (writer, chunk) in enumerate(zip(writers, chunks, strict=True)):
            found = [f"R[{index}] = {writer.result(index)}" for index in members_of(chunk)]
            program.define(f"part{number}(v, R)", [*writer.body(), *found])
        body = in_parts(len(chunks), "v", "R", len(ruleset.units))
    program.define(
        "decide(v)",
        [
            "try:",
            *indented(body),
            "except KeyError:",
            *indented(["return incomplete(v)"]),
            "except (Divert, TypeError, AttributeError):",
            *indented(["return otherwise(v)"]),
        ],
    )
    return program


def shadow_program(ruleset: RuleSet, layout: Layout) -> Program:
    """The program `decide(V, I)` for encoded values and issued levels (rank triples)."""
    program = Program()
    chunks = list(chunks_of(ruleset, split_tests))
    for number, chunk in enumerate(chunks):
        writer = ShadowWriter(ruleset, layout, program.constants, chunk)
        program.define(f"part{number}(V, I, R, G)", writer.body())
    program.define("decide(V, I)", in_parts(len(chunks), "V, I", "R, G", len(ruleset.units)))
    return program


def split_tests(condition: Condition) -> Iterator[Test]:
    """The tests of a condition, split into its worlds."""
    return tests_in(worlds_of(condition))
