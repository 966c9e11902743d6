"""When to look again, and when to have looked: moments at which answers really change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from planengine.evidence.behind import assumed_behind
from planengine.evidence.changes import Thresholds, event_moments, moments
from planengine.library.statements import Withdrawal
from planengine.rules.conditions import CalendarCell, Cell, ElapsedCell, LastingCell, LevelCell
from planengine.rules.walk import tests_of
from planengine.values.sets import TRUE

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


def next_change(evidence: Evidence, cells: Iterable[Cell], thresholds: Thresholds) -> int | None:
    """The earliest later moment at which any cell changes without new statements."""
    best: int | None = None
    for cell in cells:
        found = _changes_at(evidence, cell, best, thresholds)
        best = found if found is not None else best
    return best


def _changes_at(
    evidence: Evidence, cell: Cell, before: int | None, thresholds: Thresholds
) -> int | None:
    """The first moment after now, and before another, at which a cell changes.

    A computed level changes only with the cells that it is computed from.
    """
    if isinstance(cell, LevelCell) and cell.read != "active":
        return None
    later = sorted(
        moment
        for moment in set(moments(evidence, cell, evidence.at, None, thresholds))
        if moment > evidence.at and (before is None or moment < before)
    )
    if not later or not _checkable(cell):
        return later[0] if later else None
    now = _told(evidence, cell)
    for moment in later:
        if _told(evidence.at_time(moment), cell) != now:
            return moment
    return None


def _told(evidence: Evidence, cell: Cell) -> tuple[object, ...]:
    """What an answer tells of a cell: its value, and what that value is worth."""
    known = evidence.known(cell)
    observed = bool(known.statements)
    told = (known.value, known.assumed, known.conflict, known.estimated, observed)
    if isinstance(cell, LastingCell):
        return (*told, assumed_behind(evidence, cell))
    return told


def _checkable(cell: Cell) -> bool:
    """Whether a candidate may be passed over when the value is the same there.

    Not where it never stands still, where only the next of endless candidates is given, nor
    where more than the value counts: a level in force becomes overdue.
    """
    if isinstance(cell, LastingCell):
        return all(_checkable(test.cell) for test in tests_of(cell.body))
    return not isinstance(cell, ElapsedCell | CalendarCell | LevelCell)


def moments_of_change(
    evidence: Evidence, cells: Sequence[Cell], thresholds: Thresholds
) -> tuple[int, ...]:
    """Every moment up to now at which anything was stated, received, or could change.

    What was removed since is included: it counted until then.
    """
    stamps = evidence.incident.stamps_for(evidence.status)
    found = {moment for stamp in stamps for moment in (stamp.at, stamp.received)}
    first = min(found, default=evidence.at)
    for each in (evidence, _unrevised(evidence)):
        found.update(event_moments(each))
        for cell in cells:
            found.update(moments(each, cell, first, evidence.at, thresholds))
    return tuple(sorted(moment for moment in found if moment <= evidence.at))


def _unrevised(evidence: Evidence) -> Evidence:
    """The same incident as if nothing had ever been corrected or withdrawn."""
    events = tuple(
        event if event.corrects is None else replace(event, corrects=None)
        for event in evidence.incident.events
        if not isinstance(event, Withdrawal)
    )
    return type(evidence)(
        evidence.world,
        replace(evidence.incident, events=events),
        evidence.at,
        evidence.known_at,
        evidence.status,
    )


def lasting_completes(evidence: Evidence, cell: LastingCell) -> int | None:
    """The first moment from now on at which a lasting condition is certain; None if none."""
    found = moments(evidence, cell, evidence.at, None, {})
    later = sorted({evidence.at, *(moment for moment in found if moment > evidence.at)})
    for moment in later:
        if evidence.at_time(moment).known(cell).value == TRUE:
            return moment
    return None
