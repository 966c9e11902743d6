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
    done: int | None = None,
) -> Deadline | None:
    """When something is due; None where the author gave no timing.

    `rank` is the mildest level at which it is asked for, `met` tells since when its condition
    or level has been met, and `done` is when it was last reported done, None if it was not
    or nobody reports such a thing. The anchor's moment is None while it has not come or is
    not known: "2 h after start" of level II has no clock time before people start level II.
    """
    if timing is None:
        return None
    at = situation.evidence.at
    anchor = _anchor(situation, timing.anchor, plan, unit, rank, met)
    due = again = ended = None
    if anchor is not None:
        sign = -1 if timing.kind == "before" else 1
        due = anchor + sign * timing.seconds
        if timing.repeat:
            end = _end(situation, timing, plan, unit, rank)
            due, again, ended = _repeated(timing, timing.repeat, anchor, due, end, at, done)
    is_open = done is None or bool(timing.repeat)
    overdue = due is not None and due < at and is_open
    earliest = due if due is not None else at + timing.seconds
    return Deadline(timing, anchor, due, earliest, overdue, again, ended)


def _repeated(
    timing: Timing,
    repeat: int,
    anchor: int,
    first: int,
    end: int | None,
    at: int,
    done: int | None,
) -> tuple[int | None, int | None, int | None]:
    """When what is repeated is due, when again after that, and since when no more.

    Due is the newest time that has passed, until it is met; older ones it stands for. A time is
    met by what was reported done after the time before it, the first by what was done since
    the anchor. Nothing is due again after the end, and what was missed lapses with it.
    """
    if at <= first:
        return first, _unless_ended(first + repeat, end), None
    passed = first + (at - first - 1) // repeat * repeat
    coming = passed + repeat
    if done is None:
        is_met = False
    elif passed > first:
        is_met = done > passed - repeat
    else:
        is_met = done >= anchor or timing.kind == "before"
    if end is not None and end < coming and (is_met or end <= at):
        return None, None, end
    due = coming if is_met else passed
    return due, _unless_ended(due + repeat, end), None


def _unless_ended(time: int, end: int | None) -> int | None:
    return None if end is not None and end < time else time


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
    moment = situation.entities.moments.get(anchor)
    meaning = moment.meaning if moment is not None else None
    if meaning == "start":
        return evidence.started(plan, track, area, max(rank, 1))
    if meaning == "level-change":
        return evidence.level_changed(plan, track, area)
    stated = evidence.moment(anchor).point
    if stated is not None:
        return int(stated)
    return met() if meaning in {"met", "proposal"} else None


def tightest(deadlines: Iterable[Deadline | None]) -> Deadline | None:
    """The deadline that governs: the earliest due, else the shortest with no clock time yet."""
    given = [item for item in deadlines if item is not None]
    if not given:
        return None
    return min(given, key=urgency)


def urgency(item: Deadline | None) -> tuple[int, int]:
    """A sort key: when it is due, or would be if its anchor came now; none or ended last."""
    return (1, 0) if item is None or item.ended is not None else (0, item.earliest)
