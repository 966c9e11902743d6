"""How far a fact had changed within a window, at every moment of one knowledge at once."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from planengine.evidence.changes import fact_edges, read_by
from planengine.evidence.temporal import change, kept_extremes
from planengine.rules.conditions import ChangeCell
from planengine.values.sets import NumberDomain, ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence

Extremes = tuple[ValueSet, ...]


class Changed:
    """A change from a moment on up to what is known; each value of the fact is looked at once.

    What the window holds is kept as two stacks of extremes: the older half, each with all that
    is newer in that half, and the newer half together. A value enters and leaves each once.
    """

    def __init__(self, evidence: Evidence, cell: ChangeCell, since: int) -> None:
        assert isinstance(cell.domain, NumberDomain)
        self.since = since
        self.until = evidence.journal.at
        read, start = read_by(evidence, cell), since - cell.within
        edges = fact_edges(evidence, read)
        inside = edges[bisect_right(edges, start) : bisect_right(edges, self.until)]
        instants = [start, *inside]
        values = [evidence.at_time(instant).value_of(read) for instant in instants]
        turns = sorted(
            {since, *(m for edge in instants for m in (edge, edge + cell.within) if m > since)}
        )
        self._instants = [turn for turn in turns if turn <= self.until]
        self._values: list[ValueSet] = []
        older: list[Extremes] = []  # the last is that of the whole older half
        newer: Extremes = ()
        first = last = split = 0  # the window is [first, last) of the values
        for turn in self._instants:
            while last < len(instants) and instants[last] <= turn:
                newer = kept_extremes(newer, values[last], cell.falling)
                last += 1
            while first + 1 < len(instants) and instants[first + 1] <= turn - cell.within:
                if first == split:
                    older, newer, split = _turned(values[first:last], cell.falling), (), last
                older.pop()
                first += 1
            window = (*(older[-1] if older else ()), *newer)
            self._values.append(change(values[last - 1], window, cell.falling, cell.domain))

    def at(self, instant: int) -> ValueSet:
        """How far it had changed at a moment from `since` to `until`."""
        return self._values[bisect_right(self._instants, instant) - 1]


def _turned(values: list[ValueSet], falling: bool) -> list[Extremes]:
    """The extremes of each end of some values, the shortest first."""
    found: list[Extremes] = []
    kept: Extremes = ()
    for value in reversed(values):
        kept = kept_extremes(kept, value, falling)
        found.append(kept)
    return found
