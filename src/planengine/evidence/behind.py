"""What a lasting condition rests on: the statements that count within its stretch of time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planengine.evidence.changes import condition_moments
from planengine.evidence.combine import newest_statements
from planengine.evidence.known import Known
from planengine.evidence.temporal import change_instants
from planengine.rules.conditions import Cell, LastingCell, LevelCell
from planengine.rules.walk import cells_of
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


def behind(evidence: Evidence, cell: LastingCell) -> Known:
    """The value of a lasting cell with all that was known of its body in the stretch it looks at.

    Whether it held follows from states at many instants, so no one statement can be named.
    """
    parts = [known for _, known in _parts(evidence, cell)]
    return Known(
        evidence.known(cell).value,
        newest_statements(part.statements for part in parts),
        assumed=any(part.assumed for part in parts),
        estimated=any(part.estimated for part in parts),
        conflict=any(part.conflict for part in parts),
    )


def assumed_behind(evidence: Evidence, cell: LastingCell) -> dict[Cell, ValueSet]:
    """The cells that a lasting condition took as not happened at any time of its stretch."""
    return {inner: known.value for inner, known in _parts(evidence, cell) if known.assumed}


def assumed_cells(evidence: Evidence, cell: LastingCell) -> dict[Cell, ValueSet]:
    """The cells of the body of a lasting condition that are taken as not happened right now."""
    return {inner: known.value for inner, known in _inner(evidence, cell) if known.assumed}


def _parts(evidence: Evidence, cell: LastingCell) -> Iterator[tuple[Cell, Known]]:
    """What the body asks of at each instant at which that may have changed."""
    since = evidence.at - cell.duration
    moments = condition_moments(evidence, cell.body, since - cell.gaps_under, evidence.at)
    for instant in change_instants(moments, since, evidence.at, cell.gaps_under):
        yield from _inner(evidence.at_time(instant), cell)


def _inner(evidence: Evidence, cell: LastingCell) -> Iterator[tuple[Cell, Known]]:
    """What the body asks of at one instant."""
    for inner in dict.fromkeys(cells_of(cell.body)):
        if isinstance(inner, LastingCell):
            yield from _parts(evidence, inner)
        elif not isinstance(inner, LevelCell):
            yield inner, evidence.known(inner)
