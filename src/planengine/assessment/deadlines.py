"""Deadlines: a timing as written, its anchor's moment, and so the time it is due."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planengine.assessment.results import Deadline
from planengine.assessment.situation import Situation
from planengine.library.document_entities import Timing
from planengine.rules.ruleset import Unit


def deadline(
    situation: Situation,
    timing: Timing | None,
    plan: str,
    unit: Unit | None,
    rank: int,
    met: Callable[[], int | None],
) -> Deadline | None:
    """When something is due; None where the author gave no timing.

    `rank` is the mildest level at which it is asked for, and `met` tells since when its
    condition or level has been met. The anchor's moment is None while it has not come or is
    not known: "2 h after start" of level II has no clock time before people start level II.
    What is repeated until a moment is not due again after it.
    """
    if timing is None:
        return None
    anchor = _anchor(situation, timing.anchor, plan, unit, rank, met)
    due = ended = None
    if anchor is not None:
        sign = -1 if timing.kind == "before" else 1
        due = first = anchor + sign * timing.seconds
        if timing.repeat and due < situation.evidence.at:
            behind = situation.evidence.at - due
            due += -(-behind // timing.repeat) * timing.repeat
        if first < due and (end := _end(situation, timing, plan, unit, rank)) is not None:
            ended = end if end < due else None
            due = None if end < due else due
    overdue = due is not None and due < situation.evidence.at
    earliest = due if due is not None else situation.evidence.at + timing.seconds
    return Deadline(timing, anchor, due, earliest, overdue, ended)


def _end(
    situation: Situation, timing: Timing, plan: str, unit: Unit | None, rank: int
) -> int | None:
    """When the repeating ends; None where that has not come, or is told in words for people."""
    until = timing.until
    if until is None or not (until in situation.entities.moments or until.startswith("done.")):
        return None
    return _anchor(situation, until, plan, unit, rank, lambda: None)


def _anchor(
    situation: Situation,
    anchor: str,
    plan: str,
    unit: Unit | None,
    rank: int,
    met: Callable[[], int | None],
) -> int | None:
    evidence = situation.evidence
    track, area = (unit.track, unit.area) if unit else (None, None)
    if anchor.startswith("done."):
        return evidence.done(plan, anchor.removeprefix("done."), area)
    if anchor == "start":
        return evidence.started(plan, track, area, max(rank, 1))
    if anchor == "level-change":
        return evidence.level_changed(plan, track, area)
    stated = evidence.moment(anchor).point
    if stated is not None:
        return int(stated)
    return met() if anchor in {"met", "proposal"} else None


def tightest(deadlines: Iterable[Deadline | None]) -> Deadline | None:
    """The deadline that governs: the earliest due, else the shortest with no clock time yet."""
    given = [item for item in deadlines if item is not None]
    if not given:
        return None
    return min(given, key=urgency)


def urgency(item: Deadline | None) -> tuple[int, int]:
    """A sort key: when it is due, or would be if its anchor came now; none or ended last."""
    return (1, 0) if item is None or item.ended is not None else (0, item.earliest)
