"""What both programs are made of: chains of ranks, least fixpoints, functions of bounded size."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

from planengine.rules.conditions import ALWAYS, NEVER, Any, Condition
from planengine.rules.ruleset import RuleSet
from planengine.rules.walk import tests_of
from planengine.rules.worlds import Split

CHUNK = 600
"""How many tests one generated function may hold, before a new one is begun."""

Component: TypeAlias = tuple[int, ...]


def indented(lines: Iterable[str]) -> list[str]:
    """Statements as the body of the one before them."""
    return [f"    {line}" for line in lines]


def chunks_of(
    ruleset: RuleSet, tests: Callable[[Condition], Iterable[object]] = tests_of
) -> Iterator[list[Component]]:
    """The components in order, a function's worth at a time; `tests` are what a condition has."""
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
            for _ in tests(condition)
        )
        if chunk and size + own > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(members)
        size += own
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


def chain(name: str, conditions: Sequence[Split], emit: Callable[[Split], str]) -> list[str]:
    """Statements that set `name` to the worst rank whose condition holds, 0 if none does.

    `conditions[r - 1]` is that of "rank r or worse"; `emit` writes one as an expression.
    """
    lines: list[str] = []
    last = 0
    refuted: set[Split] = set()
    for rank in range(len(conditions), 0, -1):
        condition = _left(conditions[rank - 1], refuted)
        if condition == NEVER:
            continue
        if condition == ALWAYS:
            last = rank
            break
        lines.append(f"{'elif' if lines else 'if'} {emit(condition)}: {name} = {rank}")
    lines.append(f"else: {name} = {last}" if lines else f"{name} = {last}")
    return lines


def _left(condition: Split, refuted: set[Split]) -> Split:
    """What of a rank's condition is still open where all more severe ranks are refuted.

    The reasons for a worse level are reasons for a milder one too; a chain of `elif` need not
    try them again.
    """
    parts = condition.of if isinstance(condition, Any) else (condition,)
    open_parts = tuple(part for part in parts if part not in refuted)
    refuted.update(open_parts)
    if not open_parts:
        return NEVER
    return open_parts[0] if len(open_parts) == 1 else Any(open_parts)  # type: ignore[arg-type]


def least_fixpoint(ranks: Sequence[str], inner: Sequence[str]) -> list[str]:
    """Statements that repeat `inner`, which sets `n_<rank>` from the ranks, from all 0."""
    new = [f"n_{rank}" for rank in ranks]
    same = " and ".join(f"{a} == {b}" for a, b in zip(ranks, new, strict=True))
    update = [f"{a} = {b}" for a, b in zip(ranks, new, strict=True)]
    return [
        f"{' = '.join(ranks)} = 0",
        "while True:",
        *indented([*inner, f"if {same}: break", *update]),
    ]
