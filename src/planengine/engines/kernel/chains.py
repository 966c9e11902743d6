"""What all programs are made of: functions of bounded size, least fixpoints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from planengine.rules.lowered import bands, size
from planengine.rules.ruleset import RuleSet

CHUNK = 600
"""How many atoms the formulas of one generated function may have, before a new one is begun."""

Component: TypeAlias = tuple[int, ...]


def indented(lines: Iterable[str]) -> list[str]:
    """Statements as the body of the one before them."""
    return [f"    {line}" for line in lines]


def chunks_of(ruleset: RuleSet) -> Iterator[list[Component]]:
    """The components in order, a function's worth at a time."""
    chunk: list[Component] = []
    held = 0
    for members in ruleset.components:
        units = [ruleset.units[index] for index in members]
        own = sum(
            size(formula)
            for unit in units
            for conditions in (unit.at_least, unit.obliged_at_least)
            for formula in bands(conditions, "certain")
        )
        if chunk and held + own > CHUNK:
            yield chunk
            chunk, held = [], 0
        chunk.append(members)
        held += own
    if chunk or not ruleset.components:
        yield chunk


def members_of(chunk: Iterable[Component]) -> list[int]:
    """The units of a chunk."""
    return [index for members in chunk for index in members]


def in_parts(count: int, given: str, results: str, units: int) -> list[str]:
    """Statements that call `count` parts, each of which puts its own into the results."""
    names = results.split(", ")
    return [
        *(f"{name} = [None] * {units}" for name in names),
        *(f"part{number}({given}, {results})" for number in range(count)),
        f"return tuple({names[0]})",
    ]


def ranked(
    cyclic: bool, ranks: Sequence[str], deciding: Callable[[str], Sequence[str]]
) -> list[str]:
    """Statements that set ranks: once, or from all 0 until they stay as they are.

    `deciding` writes what sets `<prefix><rank>` from the ranks.
    """
    if not cyclic:
        return list(deciding(""))
    new = [f"n_{rank}" for rank in ranks]
    same = " and ".join(f"{a} == {b}" for a, b in zip(ranks, new, strict=True))
    update = [f"{a} = {b}" for a, b in zip(ranks, new, strict=True)]
    return [
        f"{' = '.join(ranks)} = 0",
        "while True:",
        *indented([*deciding("n_"), f"if {same}: break", *update]),
    ]
