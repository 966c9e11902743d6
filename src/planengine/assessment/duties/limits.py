"""By when a duty is owed: times in, a limit and its state out (SEMANTICS 32). Pure.

Everything here is epoch seconds; nothing here knows plans, facts or clocks on the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.results import Deadline
from planengine.domain.documents import Timing

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


class Told(Struct, frozen=True):
    """When a duty was done, ascending, since it last ended; when its repeating ends."""

    done: Sequence[int] = ()
    until: int | None = None


def limit(
    timing: Timing,
    anchor: Anchor,
    run: Run | None,
    told: Told,
    at: int,
    clock: NextClock,
    *,
    certain: bool,
) -> Deadline:
    """When a duty is due at `at`; `run` None where it has not begun.

    What is not `certain` is never overdue, nor is what was past when it became known: that is
    due at once.
    """
    base = _base(anchor, run)
    first = None if base is None else _first(timing, base, clock)
    if base is None or first is None:
        soonest = _first(timing, at, clock)
        return Deadline(timing, anchor.at, None, at if soonest is None else soonest, False)
    grid = _Grid(timing, first, clock)
    again: int | None = None
    ended: int | None = None
    if is_repeated(timing):
        started = base if anchor.at is None else anchor.at
        since = started if run is None else min(started, run.met)
        due, again, ended = _repeated(grid, since, Told(told.done, _end(told, run)), at)
    else:
        due = first
    if due is None:
        return Deadline(timing, anchor.at, None, first, False, counted_from=base, ended=ended)
    outstanding = not is_met(timing, told.done)
    at_once = outstanding and due < (at if run is None else run.known)
    overdue = outstanding and certain and not at_once and due < at
    return Deadline(timing, anchor.at, due, due, overdue, at_once, base, again)


def is_repeated(timing: Timing | None) -> bool:
    """Whether it is due again and again: after an interval, or at the same times each day."""
    return timing is not None and bool(timing.repeat)


def is_met(timing: Timing | None, done: Sequence[int]) -> bool:
    """Whether it is met for good by what was done; what is repeated never is."""
    return not is_repeated(timing) and len(done) >= _often(timing)


def _often(timing: Timing | None) -> int:
    """How often it must be done, each time it is due."""
    return (timing.times or 1) if timing is not None else 1


def _base(anchor: Anchor, run: Run | None) -> int | None:
    """What the limit is counted from; None where that has not come."""
    if anchor.at is None:
        return None
    if anchor.literal:
        return anchor.at if anchor.joined is None else max(anchor.at, anchor.joined)
    return None if run is None else max(anchor.at, run.met, run.known)


def _first(timing: Timing, base: int, clock: NextClock) -> int | None:
    """When it is due first; None where the author only counts."""
    if timing.clock:
        return clock(timing.clock, base)
    if timing.kind == "before":
        return base - timing.seconds
    if timing.kind == "times":
        return None
    return base + timing.seconds


class _Grid(Struct, frozen=True):
    """The times at which something is due: the first, and those after it where it goes on."""

    timing: Timing
    first: int
    clock: NextClock

    def after(self, time: int) -> int:
        """The next of the times after one of them."""
        if self.timing.clock:
            return self.clock(self.timing.clock, time)
        return time + (self.timing.repeat or 0)

    def passed(self, at: int) -> tuple[int | None, int]:
        """The newest of the times before `at`, after the one before it (None: it is the first)."""
        earlier = None
        if self.timing.clock:
            newest = max(self.first, self.clock(self.timing.clock, at - DAYS))
            while (coming := self.after(newest)) < at:
                earlier, newest = newest, coming
            return earlier, newest
        step = self.timing.repeat or 1
        newest = self.first + (at - self.first - 1) // step * step
        return (newest - step if newest > self.first else None), newest


def _repeated(
    grid: _Grid, since: int, told: Told, at: int
) -> tuple[int | None, int | None, int | None]:
    """When it is due, when again after that, and since when no more.

    Due is the newest time that has passed, until it is met; older ones it stands for. Else it is
    the next time, or the one after that where the next is met already. A time is met by what was
    reported done after the time before it, the first by what was done `since` what it counts
    from, or since the duty began; what made good a missed time does not meet the next one ahead
    of its time. Nothing is due again after the end, and what was missed lapses with it.
    """
    end, often = told.until, _often(grid.timing)
    if at <= grid.first:
        coming, spare = grid.first, sum(time >= since for time in told.done)
    else:
        earlier, passed = grid.passed(at)
        coming = grid.after(passed)
        counted = [
            time for time in told.done if (time >= since if earlier is None else time > earlier)
        ]
        met = len(counted) >= often
        if end is not None and end < coming and (met or end <= at):
            return None, None, end
        if not met:
            return passed, _unless_ended(coming, end), None
        spare = len(counted) - max(often, sum(time <= passed for time in counted))
    if spare < often:
        return coming, _unless_ended(grid.after(coming), end), None
    due = grid.after(coming)
    if end is not None and end < due:
        return None, None, end
    return due, _unless_ended(grid.after(due), end), None


def _end(told: Told, run: Run | None) -> int | None:
    """When its repeating ends; what came before the duty began ended an earlier one."""
    before = told.until is not None and run is not None and told.until < run.met
    return None if before else told.until


def _unless_ended(time: int, end: int | None) -> int | None:
    return None if end is not None and end < time else time
