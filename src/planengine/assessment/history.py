"""When things became so: since when a level, a condition or anything else has held.

Two views of an earlier moment. *Met* judges it by what we know now: all that has been received
about it, late news and corrections too. *Known* judges it by what had been received then: since
when an assessment would have shown it. Each moment is judged by the rules in force then
(SEMANTICS 28).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from planengine.assessment.eras import Era
from planengine.assessment.situation import Situation
from planengine.assessment.spans import FIRST, LAST, Span
from planengine.assessment.stretch import Stretch
from planengine.assessment.then import Then
from planengine.evidence.turns import Turns

T = TypeVar("T")


class View:
    """Every earlier moment of one situation, by what is known now or by what was known then."""

    def __init__(self, now: Situation, known_view: View | None = None) -> None:
        self.now = now
        self.known = known_view is None
        self.known_view = known_view or self
        self._made: dict[Span, Stretch] = {}

    @cached_property
    def _watch(self) -> Turns:
        return Turns(self.now.evidence)

    @cached_property
    def first(self) -> int:
        """The first moment of which there is anything to tell."""
        return self._watch.first_known if self.known else self._watch.first

    def then(self, moment: int) -> Then:
        place = bisect_right(self._eras, moment, key=lambda one: one[0].since) - 1
        span, era = self._eras[place]
        stretch = self._made.get(span)
        if stretch is None:
            stretch = self._made[span] = Stretch(self, era, span)
        return Then(stretch, moment)

    @cached_property
    def _eras(self) -> Sequence[tuple[Span, Era]]:
        """The stretches of time up to now, each under other rules than the one before."""
        now = self.now
        at = now.evidence.at
        uses = self._watch.of_use(known=self.known)
        starts = {*now.eras.starts(self.first, at), *(m for m in uses if self.first < m <= at)}
        found: list[tuple[Span, Era]] = []
        for start in (FIRST, *sorted(starts)):
            moment = max(start, min(self.first, at))
            knowing = now.evidence.as_of(moment) if self.known else now.evidence.at_time(moment)
            era = now.eras.at(moment, knowing.documents_used())
            if not found or found[-1][1] is not era:
                found.append((Span(start, LAST), era))
        ends = [*(span.since - 1 for span, _ in found[1:]), LAST]
        return [(Span(one[0].since, end), one[1]) for one, end in zip(found, ends, strict=True)]

    def since(self, moment: int, holds: Callable[[Then], bool]) -> int | None:
        """Since when something had held without a break at a moment; None if it did not then."""
        since: int | None = None
        at = moment
        while True:
            then = self.then(at)
            if not holds(then):
                return since
            since = max(then.span.since, min(self.first, at))
            if since <= self.first:
                return since
            at = since - 1


class History:
    """Looks back from one situation; what was found of each earlier moment is kept."""

    def __init__(self, now: Situation) -> None:
        self._now = now
        known = View(now)
        self._views = {True: known, False: View(now, known)}

    @property
    def now(self) -> Then:
        """The assessed moment itself, by what we know now."""
        return self._views[False].then(self._now.evidence.at)

    def since(self, holds: Callable[[Then], bool], *, known: bool) -> int | None:
        """Since when something has held without a break; None where it does not hold now.

        `known` False: by what we know now of each moment (*met*); True: by what had been
        received at each (*known*). `holds` must hang on nothing but what it asks the `Then`.
        """
        now = self._now.evidence
        if not known or now.known_at <= now.at:
            return self.since_at(now.at, holds, known=known)
        if not holds(self.now):
            return None
        found = self.since_at(now.at, holds, known=True)
        return now.at if found is None else found  # it became known after the assessed time

    def since_at(self, moment: int, holds: Callable[[Then], bool], *, known: bool) -> int | None:
        """The same for an earlier moment: since when it had held then; None if it did not."""
        return self._views[known].since(moment, holds)

    def back(
        self, judge: Callable[[Then], T], *, known: bool, until: int | None = None
    ) -> Iterator[tuple[int, T]]:
        """Stretches of time, the newest first: since when, and what is found in each.

        Up to now, or up to an earlier moment.
        """
        now = self._now.evidence
        at = now.at if until is None else until
        if until is None and known and now.known_at > at:
            yield at, judge(self.now)  # it became known after the assessed time
        view = self._views[known]
        while True:
            then = view.then(at)
            found = judge(then)
            since = max(then.span.since, min(view.first, at))
            yield since, found
            if since <= view.first:
                return
            at = since - 1

    def situation(self, moment: int, *, known: bool) -> Situation:
        """The whole incident at a moment."""
        return self._views[known].then(moment).situation

    def met_since(self, unit: str, rank: int, *, known: bool = False) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        return self.since(lambda then: then.reaches(unit, rank), known=known)
