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
    """
    if timing is None:
        return None
    anchor = _anchor(situation, timing.anchor, plan, unit, rank, met)
    due = None
    if anchor is not None:
        sign = -1 if timing.kind == "before" else 1
        due = anchor + sign * timing.seconds
        if timing.repeat and due < situation.evidence.at:
            behind = situation.evidence.at - due
            due += -(-behind // timing.repeat) * timing.repeat
    overdue = due is not None and due < situation.evidence.at
    earliest = due if due is not None else situation.evidence.at + timing.seconds
    return Deadline(timing, anchor, due, earliest, overdue)


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
        return started(situation, plan, track, area, rank)
    if anchor == "level-change":
        return evidence.level_changed(plan, track, area)
    stated = evidence.moment(anchor).point
    if stated is not None:
        return int(stated)
    return met() if anchor in {"met", "proposal"} else None


def started(
    situation: Situation, plan: str, track: str | None, area: str | None, rank: int
) -> int | None:
    """Since when people have had at least a rank in force; None while they have not."""
    since: int | None = None
    for put in situation.evidence.people.decisions(plan, track, area):
        if put.rank == 0 or put.rank < rank:
            since = None
        elif since is None:
            since = put.stamp.at
    return since


def tightest(deadlines: Iterable[Deadline | None]) -> Deadline | None:
    """The deadline that governs: the earliest due, else the shortest with no clock time yet."""
    given = [item for item in deadlines if item is not None]
    if not given:
        return None
    return min(given, key=urgency)


def urgency(item: Deadline | None) -> tuple[int, int]:
    """A sort key: by the time it is due, or would be if its anchor came now; none at all last."""
    return (1, 0) if item is None else (0, item.earliest)
