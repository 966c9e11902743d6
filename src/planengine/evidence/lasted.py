"""Whether a condition had lasted, at every moment of one knowledge at once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from planengine.evidence.changes import condition_moments
from planengine.evidence.temporal import OPEN, held_since
from planengine.rules.conditions import Cell, LastingCell
from planengine.rules.shadows import Shadows, shadows
from planengine.rules.walk import cells_of
from planengine.values.sets import FALSE, TRUE, ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


class Lasted:
    """A lasting condition from a moment on up to what is known; each state is judged once."""

    def __init__(self, evidence: Evidence, cell: LastingCell, since: int) -> None:
        self.since = since
        self.until = evidence.journal.at
        self._cell = cell
        start = since - cell.duration - cell.gaps_under
        inner: dict[Cell, Lasted] = {
            one: Lasted(evidence, one, start)
            for one in dict.fromkeys(cells_of(cell.body))
            if isinstance(one, LastingCell)
        }
        moments = condition_moments(evidence, cell.body, start, self.until)
        instants = sorted({start, *(m for m in moments if start < m <= self.until)})

        def judged(instant: int) -> Shadows:
            then = evidence.at_time(instant)

            def value_of(asked: Cell) -> ValueSet:
                lasted = inner.get(asked)
                return then.value_of(asked) if lasted is None else lasted.at(instant)

            return shadows(cell.body, value_of)

        states = [judged(instant) for instant in instants]
        self._instants: Sequence[int] = instants
        self._held = [
            held_since(instants, [state[shadow] for state in states], cell.gaps_under)
            for shadow in (0, 1)
        ]

    def at(self, instant: int) -> ValueSet:
        """Whether it had lasted at a moment from `since` to `until`."""
        place = bisect_right(self._instants, instant) - 1
        return self._answer([held[place] for held in self._held], instant)

    def gone_on(self, other: Evidence, begins: int) -> ValueSet | None:
        """Whether it has lasted at the instant of other evidence, which differs from a moment on.

        None where that moment lies before all that was looked at.
        """
        before = bisect_right(self._instants, begins - 1) - 1
        if before < 0:
            return None
        cell, now = self._cell, other.at
        moments = condition_moments(other, cell.body, begins, now)
        instants = sorted({begins, *(m for m in moments if begins < m <= now)})
        states = [shadows(cell.body, other.at_time(one).value_of) for one in instants]
        newest: list[int | None] = []
        for shadow, held in enumerate(self._held):
            place = next((n for n in range(before, -1, -1) if held[n] is not None), None)
            since = None if place is None else held[place]
            gap = None if place == before else self._instants[0 if place is None else place + 1]
            told = [state[shadow] for state in states]
            newest.append(held_since(instants, told, cell.gaps_under, since, gap)[-1])
        return self._answer(newest, now)

    def _answer(self, held: Sequence[int | None], instant: int) -> ValueSet:
        for since, answer in zip(held, (TRUE, OPEN), strict=True):
            if since is not None and since <= instant - self._cell.duration:
                return answer
        return FALSE
