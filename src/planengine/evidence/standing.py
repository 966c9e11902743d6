"""What one statement says of one fact, and which forecasts count at an instant."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from planengine.domain.statements import Statement
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


def newest_first(entry: Entry) -> tuple[int, int, str]:
    """A sort key: the newest first, then observed, judged, estimated, then by id."""
    return -entry.at, entry.kind, entry.statement.stamp.id


def best(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of entries of one time those of the best kind, in the order of their ids."""
    ordered = sorted(entries, key=newest_first)
    return tuple(entry for entry in ordered if entry.kind == ordered[0].kind)


def newest_forecasts(entries: Iterable[Entry], stated_by: int, instant: int) -> tuple[Entry, ...]:
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


def insort_once(ascending: list[int], moment: int) -> None:
    """Put a moment where it belongs, unless it is there."""
    place = bisect_left(ascending, moment)
    if place == len(ascending) or ascending[place] != moment:
        ascending.insert(place, moment)
