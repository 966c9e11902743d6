"""Whether a condition had lasted, at every moment of one knowledge at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planengine.evidence.changes import condition_moments
from planengine.evidence.temporal import OPEN, held_since
from planengine.rules.conditions import Cell, LastingCell
from planengine.rules.shadows import shadows
from planengine.rules.walk import cells_of
from planengine.values.sets import FALSE, TRUE, ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


class Lasted:
    """A lasting condition from a moment on up to what is known; each state is judged once."""

    def __init__(self, evidence: Evidence, cell: LastingCell, since: int) -> None:
        self.since = since
        self.until = evidence.journal.at
        start = since - cell.duration - cell.gaps_under
        inner: dict[Cell, Lasted] = {
            one: Lasted(evidence, one, start)
            for one in dict.fromkeys(cells_of(cell.body))
            if isinstance(one, LastingCell)
        }
        moments = condition_moments(evidence, cell.body, start, self.until)
        instants = sorted({start, *(m for m in moments if start < m <= self.until)})

        def judged(instant: int) -> tuple[bool, bool]:
            then = evidence.at_time(instant)

            def value_of(asked: Cell) -> ValueSet:
                lasted = inner.get(asked)
                return then.value_of(asked) if lasted is None else lasted.at(instant)

            return shadows(cell.body, value_of)

        states = [judged(instant) for instant in instants]
        self._duration = cell.duration
        self._instants: Sequence[int] = instants
        self._certain, self._possible = (
            held_since(instants, [state[shadow] for state in states], cell.gaps_under)
            for shadow in (0, 1)
        )

    def at(self, instant: int) -> ValueSet:
        """Whether it had lasted at a moment from `since` to `until`."""
        place = bisect_right(self._instants, instant) - 1
        for held, answer in ((self._certain[place], TRUE), (self._possible[place], OPEN)):
            if held is not None and held <= instant - self._duration:
                return answer
        return FALSE
