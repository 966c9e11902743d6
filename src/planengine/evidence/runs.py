"""What has lasted, and what has changed within a window, carried from one moment to a later one.

A run is immutable and knows what came before it; so timelines may branch, and what comes late
only takes it back to where that speaks of. A moment is looked at once, however long windows are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planengine.evidence.arithmetic import scale
from planengine.evidence.changes import condition_moments, fact_edges, read_by
from planengine.evidence.temporal import OPEN, change
from planengine.rules.conditions import ChangeCell, LastingCell
from planengine.rules.shadows import shadows
from planengine.values.sets import FALSE, TRUE, Number, NumberDomain, NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


class Holding(NamedTuple):
    """Whether something holds from an instant on, since when it has, and since when it has not.

    A gap that is short enough is bridged once it has ended: `since` outlives it.
    """

    holds: bool
    since: int | None = None
    gap: int | None = None

    def then(self, instant: int, holds: bool, gaps_under: int) -> Holding:
        """The same after an instant at which it is seen again."""
        if holds == self.holds:
            return self
        if not holds:
            return Holding(False, self.since, instant)
        assert self.gap is not None
        if self.since is None or instant - self.gap >= gaps_under:
            return Holding(True, instant)
        return Holding(True, self.since)


class Phase(NamedTuple):
    """How the body of a lasting condition holds, certainly and possibly, from an instant on."""

    instant: int
    certainly: Holding
    possibly: Holding
    before: Phase | None


class LastingRun(NamedTuple):
    """A lasting condition as it was looked at up to a moment."""

    until: int
    phase: Phase

    def begun(self) -> tuple[int | None, int | None]:
        """Since when the body has held at the end, certainly and possibly; None where not."""
        phase = self.phase
        return tuple(  # type: ignore[return-value]
            one.since if one.holds else None for one in (phase.certainly, phase.possibly)
        )

    def value(self, cell: LastingCell) -> ValueSet:
        """Whether it has lasted at the end."""
        for since, answer in zip(self.begun(), (TRUE, OPEN), strict=True):
            if since is not None and since <= self.until - cell.duration:
                return answer
        return FALSE


def lasting_run(evidence: Evidence, cell: LastingCell, kept: LastingRun | None) -> LastingRun:
    """The run up to now, from one that is kept if it reaches so far back."""
    now, phase = evidence.at, None
    if kept is not None:
        phase = kept.phase
        while phase is not None and phase.instant > kept.until:
            phase = phase.before
    if kept is None or phase is None:
        start = now - cell.duration - cell.gaps_under
        instants = {start, *_inside(condition_moments(evidence, cell.body, start, now), start, now)}
    else:
        known = kept.until
        instants = _inside(condition_moments(evidence, cell.body, known, now), known, now)
    for instant in sorted(instants):
        certain, possible = shadows(cell.body, evidence.at_time(instant).value_of)
        if phase is None:
            holding = _first(instant, certain), _first(instant, possible)
            phase = Phase(instant, *holding, None)
            continue
        certainly = phase.certainly.then(instant, certain, cell.gaps_under)
        possibly = phase.possibly.then(instant, possible, cell.gaps_under)
        if certainly is not phase.certainly or possibly is not phase.possibly:
            phase = Phase(instant, certainly, possibly, phase)
    assert phase is not None
    return LastingRun(now, phase)


def _first(instant: int, holds: bool) -> Holding:
    return Holding(True, instant) if holds else Holding(False, None, instant)


def _inside(moments: set[int], since: int, until: int) -> set[int]:
    return {moment for moment in moments if since < moment <= until}


End: TypeAlias = tuple[Number, bool]
"""A bound, with what decides between two that are equal."""


class Extreme(NamedTuple):
    """A value that is less than all that came after it, and the nearest before that is less.

    `leap` goes further back, so that any of those before is found in few steps.
    """

    instant: int
    end: End
    value: NumberSet
    depth: int
    before: Extreme | None
    leap: Extreme | None

    def oldest(self, since: int) -> Extreme | None:
        """The first of these that was told from an instant on: the least of all since then."""
        found = None
        one: Extreme | None = self
        while one is not None and one.instant >= since:
            found = one
            one = one.leap if one.leap is not None and one.leap.instant >= since else one.before
        return found


def least_with(kept: Extreme | None, instant: int, end: End, value: NumberSet) -> Extreme:
    """The values that are less than all after them, where one more is told after those kept."""
    while kept is not None and kept.end >= end:
        kept = kept.before
    if kept is None:
        return Extreme(instant, end, value, 0, None, None)
    leap, further = kept.leap, None if kept.leap is None else kept.leap.leap
    # a leap is as long as the two before it together, where those are equally long
    equal = (
        leap is not None
        and further is not None
        and kept.depth - leap.depth == leap.depth - further.depth
    )
    return Extreme(instant, end, value, kept.depth + 1, kept, further if equal else kept)


class Told(NamedTuple):
    """The extremes of a fact's values up to an instant: of all lower ends, and of sure upper ones.

    Of a fall, of its values turned round.
    """

    instant: int
    low: Extreme | None
    high: Extreme | None
    before: Told | None


class ChangeRun(NamedTuple):
    """A change as it was looked at from a moment up to another."""

    first: int
    until: int
    told: Told


def change_run(evidence: Evidence, cell: ChangeCell, kept: ChangeRun | None) -> ChangeRun:
    """The run up to now, from one that is kept if it reaches so far back."""
    now, told = evidence.at, None
    read = read_by(evidence, cell)
    edges = fact_edges(evidence, read)
    if kept is not None:
        told = kept.told
        while told is not None and told.instant > kept.until:
            told = told.before
    instants: Sequence[int]
    if kept is None or told is None:
        first = now - cell.within
        instants = [first, *edges[bisect_right(edges, first) : bisect_right(edges, now)]]
    else:
        first = kept.first
        instants = edges[bisect_right(edges, kept.until) : bisect_right(edges, now)]
    for instant in instants:
        value = evidence.at_time(instant).value_of(read)
        low, high = (None, None) if told is None else (told.low, told.high)
        if isinstance(value, NumberSet) and value.intervals:
            lower, upper = _ends(value, cell.falling)
            low = least_with(low, instant, lower, value)
            if not value.na:
                high = least_with(high, instant, upper, value)
        told = Told(instant, low, high, told)
    assert told is not None
    return ChangeRun(first, now, told)


def _ends(value: NumberSet, falling: bool) -> tuple[End, End]:
    """The lower and the upper end, so that the one that bounds a minimum is the lesser."""
    turned = scale(value, -1) if falling else value
    first, last = turned.intervals[0], turned.intervals[-1]
    return (first.low, not first.low_closed), (last.high, last.high_closed)


def changed(evidence: Evidence, cell: ChangeCell, run: ChangeRun) -> ValueSet:
    """How far a fact has changed within the window that ends now."""
    assert isinstance(cell.domain, NumberDomain)
    read = read_by(evidence, cell)
    edges = fact_edges(evidence, read)
    place = bisect_right(edges, evidence.at - cell.within)
    # what came last before the window began still held when it did
    since = edges[place - 1] if place else run.first
    ends = [one.oldest(since) for one in (run.told.low, run.told.high) if one is not None]
    window = [one.value for one in ends if one is not None]
    return change(evidence.value_of(read), window, cell.falling, cell.domain)
