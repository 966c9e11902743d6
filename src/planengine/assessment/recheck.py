"""When to look again: the next moment at which an answer may change with nothing told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isinf

from msgspec import Struct

from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation
from planengine.rules.conditions import Cell, Condition, ElapsedCell, LastingCell
from planengine.rules.ruleset import RuleSet
from planengine.rules.walk import tests_of
from planengine.values.sets import NumberSet


class Turn(Struct, frozen=True):
    """When something next turns by itself; of all cells which is the first to, and when."""

    at: int | None
    cell: Cell | None
    cell_at: int | None


def recheck_at(situation: Situation) -> int | None:
    """The next moment at which an answer may change by itself; limits of duties apart."""
    return situation.kept(next_turn).at


def next_turn(situation: Situation) -> Turn:
    """The next moment at which an answer may change by itself (SEMANTICS 14)."""
    watched = situation.outline.kept(_Watched)
    first, own, again = _first_of_before(situation, watched.cells)
    for cell in again:
        found = situation.evidence.next_change((cell,), watched.thresholds, own)
        if found != own:
            first, own = cell, found
    boundary = situation.rules.period.until
    decided = situation.evidence.next_decision()
    at = min((m for m in (own, boundary, decided) if m is not None), default=None)
    return Turn(at, first, own)


def _first_of_before(
    situation: Situation, cells: Iterable[Cell]
) -> tuple[Cell | None, int | None, Iterable[Cell]]:
    """The cell that was to turn first, if it still is, when, and which others may before it.

    How far lasting conditions look ahead moves with time, so they are looked at again.
    """
    before = situation.turn_before
    if before is None or isinstance(before.cell, LastingCell):
        return None, None, cells
    if before.cell is not None and situation.is_touched(before.cell):
        return None, None, cells
    again = [c for c in cells if isinstance(c, LastingCell) or situation.is_touched(c)]
    return before.cell, before.cell_at, again


class _Watched:
    """The cells that an answer rests on, and what elapsed ones are compared with."""

    def __init__(self, outline: Outline) -> None:
        found: dict[Cell, list[int]] = {}
        for condition in _all_conditions(outline.rules):
            for test in tests_of(condition):
                ends = found.setdefault(test.cell, [])
                if isinstance(test.cell, ElapsedCell) and isinstance(test.accepts, NumberSet):
                    both = (end for one in test.accepts.intervals for end in (one.low, one.high))
                    ends += (int(end) for end in both if not isinf(end))
        self.cells = tuple(found)
        self.thresholds = {cell: tuple(ends) for cell, ends in found.items() if ends}


def _all_conditions(rules: RuleSet) -> Iterator[Condition]:
    """Every condition that an answer rests on: also rules that a level does not hang on now.

    Which rules hold is part of the answer, and the obliged level asks some of them alone.
    """
    for unit in rules.units:
        yield from (rule.condition for rule in unit.rules)
        yield from (part for part in (unit.lower, unit.end) if part is not None)
    yield from rules.conditions.values()
