"""What one knowledge tells of every moment: the course of each cell, condition and decision.

A course is worked out when it is asked for, once: a cell is looked at where it may have turned
(`evidence/turns.py`), a condition where a cell of it changed, a decision where a condition did
(`stretch.py`). All situations that share a knowledge share its chronicle.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from planengine.assessment.courses import FIRST, LAST, Span
from planengine.assessment.eras import Era, Eras
from planengine.assessment.stretch import Stretch
from planengine.evidence.evidence import Evidence
from planengine.evidence.turns import Turns

if TYPE_CHECKING:
    from planengine.assessment.situation import Situation


class Chronicle:
    """Every moment in one view: by all that is known now, or by what was known at each.

    `only` is the one moment that is asked for, where no other is. `before` is the same view of
    the incident before something was told: what that does not touch is carried over from it.
    """

    def __init__(
        self,
        evidence: Evidence,
        eras: Eras,
        *,
        known: bool = False,
        whole: Chronicle | None = None,
        only: int | None = None,
        before: Chronicle | None = None,
        now: Situation | None = None,
    ) -> None:
        self.evidence = evidence.at_time(evidence.journal.at)
        self.before = before
        self.now = now  # the situation of its last moment
        self.known = known  # whether this is what was known at each moment
        self.whole = whole  # that of all that is known now
        self.watch = Turns(self.evidence)
        self._eras = eras
        self._only = only

    def forget(self) -> None:
        """Carry nothing over any more: else every chronicle would hold all before it."""
        self.before = self.now = None
        for stretch in self.__dict__.get("_stretches", ()):
            stretch.forget()

    @cached_property
    def first(self) -> int:
        """The first moment of which there is anything to tell."""
        return self.watch.first_known if self.known else self.watch.first

    def stretch(self, moment: int) -> Stretch:
        found = self._stretches
        if len(found) == 1:
            return found[0]
        return found[bisect_right(found, moment, key=lambda one: one.span.since) - 1]

    def knowing(self, moment: int) -> Evidence:
        """The evidence that tells of a moment what this view knows of it.

        Between two pieces of late news the knowledge of the later moment tells of every earlier
        one just what was known then: all that speaks of it had come by then. So what is known of
        a moment is one and the same evidence, from whichever later moment it is looked at.
        """
        if not self.known:
            return self.evidence
        whole, late = self.evidence.whole, self._late
        place = bisect_right(late, moment)
        until = late[place] - 1 if place < len(late) else whole.journal.at
        is_all = until == whole.journal.at and whole.known_at <= until
        return whole if is_all else whole.as_of(until)

    @cached_property
    def _late(self) -> Sequence[int]:
        return Turns(self.evidence.whole).late

    @cached_property
    def _stretches(self) -> tuple[Stretch, ...]:
        """In the order of time, each under other rules than the one before."""
        if self._only is not None:
            return (Stretch(self, self._era(self._only), Span(self._only, self._only)),)
        until, first = self.evidence.at, self.first
        uses = self.watch.of_use(known=self.known)
        starts = {*self._eras.starts(first, until), *(m for m in uses if first < m <= until)}
        found: list[tuple[int, Era]] = []
        for start in (FIRST, *sorted(starts)):
            era = self._era(max(start, min(first, until)))
            if not found or found[-1][1] is not era:
                found.append((start, era))
        ends = [*(start - 1 for start, _ in found[1:]), LAST]
        return tuple(
            Stretch(self, era, Span(start, end))
            for (start, era), end in zip(found, ends, strict=True)
        )

    def _era(self, moment: int) -> Era:
        return self._eras.at(moment, self.knowing(moment).at_time(moment).documents_used())
