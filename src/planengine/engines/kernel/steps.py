"""Decisions in a row: only the components that read what has changed are decided again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from planengine.engines.contract import Decision, Layout, unit_tests
from planengine.engines.kernel.codes import Code
from planengine.rules.conditions import LevelCell
from planengine.rules.ruleset import RuleSet

Issued: TypeAlias = Mapping[int, Decision]
Part: TypeAlias = Callable[[Sequence[Code], Issued, list[Decision], list[Decision]], None]
"""Decides one component: given codes and issued ranks it fills its own ranks, and as read."""


class Readers(NamedTuple):
    """Which components read a cell, and which read a component; all by their numbers."""

    of_cell: tuple[tuple[int, ...], ...]
    of_component: tuple[tuple[int, ...], ...]


class State(NamedTuple):
    """What was decided last, from what: `ranks`, and as others read them."""

    codes: list[Code]
    issued: Issued
    ranks: Sequence[Decision]
    read: Sequence[Decision]


def readers_of(ruleset: RuleSet, layout: Layout) -> Readers:
    """What is decided again when a cell or a component has changed."""
    of_cell: list[dict[int, None]] = [{} for _ in ruleset.cells]
    of_component: list[dict[int, None]] = [{} for _ in ruleset.components]
    for index, unit in enumerate(ruleset.units):
        own = layout.component[index]
        for test, _ in unit_tests(unit):
            cell = test.cell
            if not isinstance(cell, LevelCell) or cell.read == "active":
                of_cell[layout.cells[cell]][own] = None
            else:
                read = layout.component[layout.units[cell.unit]]
                if read != own:
                    of_component[read][own] = None
    return Readers(tuple(map(tuple, of_cell)), tuple(map(tuple, of_component)))


def decide_all(parts: Sequence[Part], units: int, codes: list[Code], issued: Issued) -> State:
    """Every component, each after those that it reads."""
    nothing: Decision = 0, 0, 0
    ranks, read = [nothing] * units, [nothing] * units
    for part in parts:
        part(codes, issued, ranks, read)
    return State(codes, issued, tuple(ranks), read)


def decide_again(
    parts: Sequence[Part],
    components: Sequence[Sequence[int]],
    readers: Readers,
    before: State,
    dirty: Iterable[int],
) -> State:
    """What follows where some components read something else than when `ranks` were decided."""
    codes, issued = before.codes, before.issued
    waiting = sorted(dirty)
    ranks, read = list(before.ranks), list(before.read)
    queued = set(waiting)
    while waiting:
        place = heappop(waiting)
        members = components[place]
        parts[place](codes, issued, ranks, read)
        if any(read[one] != before.read[one] or ranks[one] != before.ranks[one] for one in members):
            for reader in readers.of_component[place]:
                if reader not in queued:
                    queued.add(reader)
                    heappush(waiting, reader)
    return State(codes, issued, tuple(ranks), read)
