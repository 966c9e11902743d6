"""Which statements of one fact at one place count at each instant (SEMANTICS 12 and 16).

The newest by `at` among those whose period has begun counts; once its period is over
nothing is known, and what it replaced does not come back. One whose period was over when it
was said speaks only inside it. Of one time the better kind counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import NamedTuple

from planengine.library.statements import Statement
from planengine.values.sets import ValueSet

NEVER_ENDS = 1 << 62


class Entry(NamedTuple):
    """One fact of one statement: when stated, of what rank of kind, for [start, end)."""

    at: int
    kind: int
    start: int
    end: int
    value: ValueSet | None
    statement: Statement

    @property
    def was_over(self) -> bool:
        """Whether its period was over when it was said."""
        return self.end <= self.at


def newest_first(entry: Entry) -> tuple[int, int, str]:
    """A sort key: the newest first, then observed, judged, estimated, then by id."""
    return -entry.at, entry.kind, entry.statement.stamp.id


class Standing:
    """The entries of one place over time: what counts at an instant, found by bisection."""

    __slots__ = ("_counting", "_edges")

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._edges: list[int] = []
        self._counting: list[tuple[Entry, ...]] = []
        edges = {entry.start for entry in entries}
        edges |= {entry.end for entry in entries if entry.end < NEVER_ENDS}
        waiting = sorted(entries, key=lambda entry: entry.start, reverse=True)
        begun: dict[int, list[Entry]] = {}  # by time stated, without those that no longer matter
        newest: list[int] = []
        for edge in sorted(edges):
            while waiting and waiting[-1].start <= edge:
                entry = waiting.pop()
                if entry.at not in begun:
                    begun[entry.at] = []
                    heappush(newest, -entry.at)
                begun[entry.at].append(entry)
            found = _counting(begun, newest, edge)
            if not self._counting or self._counting[-1] != found:
                self._edges.append(edge)
                self._counting.append(found)

    def at(self, instant: int) -> tuple[Entry, ...]:
        """What counts at an instant: entries of one time and kind, which tie; () for nothing."""
        place = bisect_right(self._edges, instant)
        return self._counting[place - 1] if place else ()


def _counting(begun: dict[int, list[Entry]], newest: list[int], edge: int) -> tuple[Entry, ...]:
    while newest:
        group = begun[-newest[0]]
        group[:] = [entry for entry in group if edge < entry.end or not entry.was_over]
        if group:
            return best(entry for entry in group if edge < entry.end)
        del begun[-heappop(newest)]
    return ()


def best(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of entries of one time those of the best kind, in the order of their ids."""
    ordered = sorted(entries, key=newest_first)
    return tuple(entry for entry in ordered if entry.kind == ordered[0].kind)


def forecast_at(entries: Iterable[Entry], stated_by: int, instant: int) -> tuple[Entry, ...]:
    """The newest forecasts that cover an instant, of those stated by a time (SEMANTICS 17).

    `entries` come newest first. Periods issued together or later for other days neither
    replace nor contradict each other.
    """
    found: list[Entry] = []
    for entry in entries:
        if found and entry.at != found[0].at:
            break
        if entry.at <= stated_by and entry.start <= instant < entry.end:
            found.append(entry)
    return best(found)
