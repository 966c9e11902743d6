"""When things became so: since when a level, a condition or anything else has held.

Two views of an earlier moment. *Met* judges it by what we know now: all that has been received
about it, late news and corrections too. *Known* judges it by what had been received then: since
when an assessment would have shown it. Each moment is judged by the rules in force then
(SEMANTICS 28).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from planengine.assessment.chronicle import Chronicle
from planengine.assessment.courses import Course
from planengine.assessment.situation import Situation
from planengine.assessment.stretch import Stretch
from planengine.assessment.then import Then
from planengine.assessment.views import View
from planengine.domain.ids import UnitKey

T = TypeVar("T")


def alone(situation: Situation) -> Then:
    """The moment of a situation of which no other moment is asked."""
    evidence = situation.evidence
    chronicle = Chronicle(evidence, situation.eras, only=evidence.at)
    known = View(situation, situation.chronicle(known=True), None)
    return View(situation, chronicle, known).then(evidence.at)


class History:
    """Looks back from one situation."""

    def __init__(self, now: Situation) -> None:
        self._now = now
        met, known = now.chronicle(known=False), View(now, now.chronicle(known=True), None)
        self._views = {True: known, False: View(now, met, known)}

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
            return self._views[known].since(now.at, holds)
        if not holds(self.now):
            return None
        found = self._views[True].since(now.at, holds)
        return now.at if found is None else found  # it became known after the assessed time

    def back(self, judge: Callable[[Then], T], *, known: bool) -> Iterator[tuple[int, T]]:
        """Stretches of time up to now, the newest first: since when, and what is found in each."""
        now = self._now.evidence
        if known and now.known_at > now.at:
            yield now.at, judge(self.now)  # it became known after the assessed time
        yield from self._views[known].back(now.at, judge)

    def along(
        self,
        course_in: Callable[[View, Stretch], Course[T] | None],
        judge: Callable[[Then], T],
        *,
        known: bool,
    ) -> Iterator[tuple[int, Stretch, T]]:
        """Stretches of time up to now, the newest first: since when, and what is found in each.

        By the course that it has under one set of rules, where it has one; else by judging.
        """
        now = self._now.evidence
        if known and now.known_at > now.at:
            # it became known after the assessed time
            yield now.at, self.now.stretch, judge(self.now)
        view = self._views[known]
        yield from view.along(now.at, partial(course_in, view), judge)

    def stretches(self, *, known: bool) -> Iterator[Stretch]:
        """The stretches of time under one set of rules that looking back comes to."""
        now, view = self._now.evidence, self._views[known]
        if known and now.known_at > now.at:
            yield self.now.stretch
        at = now.at
        while True:
            stretch = view.chronicle.stretch(at)
            yield stretch
            if stretch.span.since <= view.chronicle.first:
                return
            at = stretch.span.since - 1

    def looked_in(self, *, known: bool) -> Iterator[tuple[View, Stretch]]:
        """The same, each with what looks back at it."""
        view = self._views[known]
        return ((view, stretch) for stretch in self.stretches(known=known))

    def at(self, moment: int, *, known: bool) -> Then:
        """An earlier moment."""
        return self._views[known].then(moment)

    def met_since(self, unit: UnitKey, rank: int, *, known: bool = False) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        return self.since(lambda then: then.reaches(unit, rank), known=known)
