"""By when a duty is owed: times in, a limit and its state out (SEMANTICS 32). Pure.

Everything here is epoch seconds; nothing here knows plans, facts or clocks on the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.results import Deadline
from planengine.library.document_entities import Timing

NextClock: TypeAlias = Callable[[tuple[int, ...], int], int]
"""The next moment after one at which the local clock shows one of some seconds of the day."""

DAYS = 3 * 86_400  # the clock shows each of its times at least once within so long


class Run(Struct, frozen=True):
    """Since when a duty has held without an end.

    `met` by what we know now, `known` since when an assessment would have shown it.
    """

    met: int
    known: int


class Anchor(Struct, frozen=True):
    """The moment that a limit is counted from; `at` None while it has not come or is not told.

    `literal`: counted from that moment whenever the duty began (an occurrence, a receipt), for a
    hazard that `joined` the incident later from its joining.
    """

    at: int | None
    literal: bool = False
    joined: int | None = None


class Reports(Struct, frozen=True):
    """What was told of a duty: when it was done, ascending, since it last ended; when it ends."""

    done: Sequence[int] = ()
    until: int | None = None


def limit(
    timing: Timing,
    anchor: Anchor,
    run: Run | None,
    told: Reports,
    at: int,
    clock: NextClock,
    *,
    open_: bool,
) -> Deadline:
    """When a duty is due at `at`; `run` None where it has not begun, `open_` where it may not hold.

    What hangs on something open is never overdue, nor is what was past when it became known:
    that is due at once.
    """
    base = _base(anchor, run)
    first = None if base is None else _first(timing, base, clock)
    if base is None or first is None:
        return Deadline(timing, anchor.at, None, at + timing.seconds, False)
    begun = min(base if anchor.at is None else anchor.at, base if run is None else run.met)
    again: int | None = None
    if is_repeated(timing):
        due, again, ended = _repeated(timing, first, begun, told, at, clock)
        if due is None:
            return Deadline(timing, anchor.at, None, first, False, counted_from=base, ended=ended)
        outstanding = True
    else:
        due, outstanding = first, not is_met(timing, told.done)
    known = at if run is None else run.known
    at_once = outstanding and due < known
    overdue = outstanding and not open_ and not at_once and due < at
    return Deadline(timing, anchor.at, due, due, overdue, at_once, base, again)


def is_repeated(timing: Timing) -> bool:
    """Whether it is due again and again: after an interval, or at the same times each day."""
    return bool(timing.repeat)


def is_met(timing: Timing | None, done: Sequence[int]) -> bool:
    """Whether a single duty is met by what was done: once, or as often as its author counts."""
    return len(done) >= _often(timing)


def _often(timing: Timing | None) -> int:
    return (timing.times or 1) if timing is not None else 1


def _base(anchor: Anchor, run: Run | None) -> int | None:
    """What the limit is counted from; None where that has not come."""
    if anchor.at is None:
        return None
    if anchor.literal:
        return max(anchor.at, anchor.at if anchor.joined is None else anchor.joined)
    return None if run is None else max(anchor.at, run.met, run.known)


def _first(timing: Timing, base: int, clock: NextClock) -> int | None:
    """When it is due first; None where the author only counts."""
    if timing.clock:
        return clock(timing.clock, base)
    if timing.kind == "before":
        return base - timing.seconds
    if timing.kind == "times":
        return base + timing.repeat if timing.repeat else None
    return base + timing.seconds


def _repeated(
    timing: Timing, first: int, begun: int, told: Reports, at: int, clock: NextClock
) -> tuple[int | None, int | None, int | None]:
    """When it is due, when again after that, and since when no more.

    Due is the newest time that has passed, until it is met; older ones it stands for. A time is
    met by what was reported done after the time before it, the first by what was done since what
    it counts from or since the duty began. Nothing is due again after the end, and what was
    missed lapses with it.
    """
    if at <= first:
        return first, _unless_ended(_after(timing, first, first, clock), told.until), None
    earlier, passed = _passed(timing, first, at, clock)
    coming = _after(timing, first, passed, clock)
    counted = [time for time in told.done if (time >= begun if earlier is None else time > earlier)]
    met = len(counted) >= _often(timing)
    end = told.until
    if end is not None and end < coming and (met or end <= at):
        return None, None, end
    due = coming if met else passed
    return due, _unless_ended(_after(timing, first, due, clock), end), None


def _passed(timing: Timing, first: int, at: int, clock: NextClock) -> tuple[int | None, int]:
    """The newest time that has passed at `at`, and the one before it, None where there is none."""
    if not timing.clock:
        step = timing.repeat or 1
        passed = first + (at - first - 1) // step * step
        return (passed - step if passed > first else None), passed
    earlier, passed = None, max(first, clock(timing.clock, at - DAYS))
    while (coming := clock(timing.clock, passed)) < at:
        earlier, passed = passed, coming
    return earlier, passed


def _after(timing: Timing, first: int, time: int, clock: NextClock) -> int:
    """The first time of the series after one of its times."""
    if timing.clock:
        return clock(timing.clock, time)
    return time + (timing.repeat or 1)


def _unless_ended(time: int, end: int | None) -> int | None:
    return None if end is not None and end < time else time
