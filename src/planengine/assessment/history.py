"""When things became so: since when a level, a condition or anything else has held.

Two views of an earlier moment. *Met* judges it by what we know now: all that has been received
about it, late news and corrections too. *Known* judges it by what had been received then: since
when an assessment would have shown it. Each moment is judged by the rules in force then
(SEMANTICS 28).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Collection, Hashable, Iterator
from typing import TypeVar, cast

from planengine.assessment.chronicle import Chronicle
from planengine.assessment.courses import FIRST, LAST, Course, Span, meet
from planengine.assessment.easing import fresh_rank
from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import Cell, Condition, ElapsedCell, OverdueCell, Test
from planengine.rules.shadows import Shadows, indicated, of_test, split_shadows
from planengine.rules.walk import tests_of
from planengine.rules.worlds import Split, worlds_of
from planengine.values.sets import ValueSet

T = TypeVar("T")


class Then:
    """One moment, of which only what is asked for is worked out.

    `span` is the stretch of time around it in which all that was asked stays as it is.
    """

    def __init__(self, view: _View, moment: int) -> None:
        self._view = view
        self._stretch = stretch = view.chronicle.stretch(moment)
        self.at = moment
        self.span = stretch.span

    @property
    def outline(self) -> Outline:
        """The rules in force then."""
        return self._stretch.outline

    @property
    def situation(self) -> Situation:
        """The incident at that moment, whole. Whoever reads it is asked again at every turn."""
        turns = self._stretch.anything
        place = bisect_right(turns, self.at)
        since = turns[place - 1] if place else FIRST
        until = turns[place] - 1 if place < len(turns) else LAST
        self.span = meet(self.span, Span(since, until))
        return self._whole

    @property
    def _whole(self) -> Situation:
        return self._view.now.past_at(self._stretch.era, self._stretch.evidence(self.at))

    def _of(self, course: Course[T]) -> T:
        span, found = course.at(self.at)
        self.span = meet(self.span, span)
        return found

    def reaches(self, unit: UnitKey, rank: int) -> bool:
        """Whether a unit's certain level was at least a rank; never where no rule decided it."""
        return self._of(self._stretch.ranks(unit))[0] >= rank

    def could_reach(self, unit: UnitKey) -> int:
        """The worst rank of a unit that was not excluded; 0 for none."""
        return self._of(self._stretch.ranks(unit))[1]

    def indicated(self, unit: UnitKey) -> int:
        """The worst rank of a unit that what was reported then allowed; 0 for none."""
        if unit not in self.outline.index:
            return 0
        if unit in self.outline.circular:
            return self.situation.indicated(unit)
        return self._of(self._stretch.indicated(unit))

    def issued(self, unit: UnitKey) -> int | None:
        """The rank that people had issued of a unit; None where they had not."""
        return self._of(self._stretch.issued(unit)) if unit in self.outline.index else None

    def response(self, unit: UnitKey) -> int:
        """The more severe of what was recommended and what was in force; 0 for none."""
        return max(self.recommended(unit), self.in_force(unit))

    def in_force(self, unit: UnitKey) -> int:
        """The rank that people had put in force of a unit; 0 for none."""
        return self._of(self._stretch.in_force(unit)) if unit in self.outline.index else 0

    def recommended(self, unit: UnitKey) -> int:
        """A unit's certain level, without the rules that had held ever since people eased it."""
        if unit not in self.outline.index:
            return 0
        return self.kept(("recommended", unit), lambda then: then.fresh(unit))

    def fresh(self, unit: UnitKey) -> int:
        """The same, found anew."""
        level = self._of(self._stretch.ranks(unit))[0]
        own = self.outline.unit(unit)
        if not level or own.purpose != "level":
            return level
        eased = self._of(self._stretch.eased(unit))
        if eased is None:
            return level
        return fresh_rank(own, level, self.certain, lambda one, _: self._is_old(one, eased))

    def asked(self, unit: UnitKey, declined: Collection[tuple[int, int]]) -> int:
        """What people are still asked for: what is recommended, without what they declined.

        `declined` are ranks, each with when people declined to go so far. Without the rules of
        no worse a rank that have held ever since.
        """
        level = self._of(self._stretch.ranks(unit))[0] if unit in self.outline.index else 0
        own = self.outline.unit(unit)
        eased = self._of(self._stretch.eased(unit))
        since = [*declined, *([] if eased is None else [(len(own.scale.levels), eased)])]
        return fresh_rank(
            own,
            level,
            self.certain,
            lambda one, rank: any(self._is_old(one, at) for most, at in since if rank <= most),
        )

    def _is_old(self, condition: Condition, since: int) -> bool:
        """Whether a condition had been certain without a break, by what was known then."""
        known = self._view.known_view
        first = known.then(self.at)
        certain = first.certain(condition)
        self.span = meet(self.span, first.span)
        found = known.since(self.at, lambda then: then.certain(condition)) if certain else None
        return found is not None and found <= since

    def certain(self, condition: Condition) -> bool:
        """Whether a condition held in every world that fits what is known of the moment."""
        return self._shadows(condition)[0]

    def possible(self, condition: Condition) -> bool:
        """Whether a condition held in one of those worlds at least."""
        return self._shadows(condition)[1]

    def _shadows(self, condition: Condition) -> Shadows:
        return self._part(worlds_of(condition))

    def _part(self, part: Split) -> Shadows:
        if not self._stretch.hangs(part):
            return self._of(self._stretch.part(part))
        if isinstance(part, Test):
            assert isinstance(part.cell, OverdueCell)
            return of_test(self._overdue(part.cell), part.accepts)
        return split_shadows(part, self._value_of, self._part)

    def allows(self, condition: Condition) -> bool:
        """Whether what was reported then allowed a condition: certain, or possible by it."""
        if not self._stretch.hangs(worlds_of(condition)):
            return self._of(self._stretch.allows(condition))
        for test in tests_of(condition):
            self._part(test)
        return indicated(condition, self._value_of, self._reported)

    def _value_of(self, cell: Cell) -> ValueSet:
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        if isinstance(cell, ElapsedCell):  # it never stands still; what tests it is watched
            return self._stretch.evidence(self.at).value_of(cell)
        return self._of(self._stretch.value(cell))

    def _reported(self, cell: Cell) -> ValueSet | None:
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        if isinstance(cell, ElapsedCell):
            return self._stretch.evidence(self.at).reported(cell)
        return self._of(self._stretch.reported(cell))

    def _overdue(self, cell: OverdueCell) -> ValueSet:
        """Whether a duty was overdue; that turns with anything, and the second after a limit."""
        kept = self._stretch.overdue.get(cell)
        if kept is None or not kept[0].since <= self.at <= kept[0].until:
            span = self._stretch.span
            for since, until in self._whole.owed.steady(cell):
                span = meet(span, Span(since, until))
            kept = self._stretch.overdue[cell] = span, self.situation.value_of(cell)
        self.span = meet(self.span, kept[0])
        return kept[1]

    def kept(self, key: Hashable, find: Callable[[Then], T]) -> T:
        """What is found of this moment, found once for the span in which it stays.

        `find` must hang on nothing but what it asks the moment that it is given.
        """
        kept = self._stretch.findings.setdefault(key, [])
        place = bisect_right(kept, self.at, key=lambda one: one[0].since)
        if place and kept[place - 1][0].until >= self.at:
            span, found = kept[place - 1]
        else:
            then = Then(self._view, self.at)
            found, span = find(then), then.span
            insort(kept, (span, found), key=lambda one: one[0].since)
        self.span = meet(self.span, span)
        return cast("T", found)


class _View:
    """Every earlier moment of one situation, by what is known now or by what was known then."""

    def __init__(self, now: Situation, chronicle: Chronicle, known_view: _View | None) -> None:
        self.now = now
        self.chronicle = chronicle
        self.known_view = known_view or self

    def then(self, moment: int) -> Then:
        return Then(self, moment)

    def back(self, at: int, judge: Callable[[Then], T]) -> Iterator[tuple[int, T]]:
        """Stretches of time, the newest first: since when, and what is found in each."""
        first = self.chronicle.first
        while True:
            then = Then(self, at)
            found = judge(then)
            since = max(then.span.since, min(first, at))
            yield since, found
            if since <= first:
                return
            at = since - 1

    def since(self, moment: int, holds: Callable[[Then], bool]) -> int | None:
        """Since when something had held without a break at a moment; None if it did not then."""
        since: int | None = None
        for start, held in self.back(moment, holds):
            if not held:
                break
            since = start
        return since


def alone(situation: Situation) -> Then:
    """The moment of a situation of which no other moment is asked."""
    evidence = situation.evidence
    chronicle = Chronicle(evidence, situation.eras, only=evidence.at)
    known = _View(situation, situation.chronicle(known=True), None)
    return _View(situation, chronicle, known).then(evidence.at)


class History:
    """Looks back from one situation."""

    def __init__(self, now: Situation) -> None:
        self._now = now
        met, known = now.chronicle(known=False), _View(now, now.chronicle(known=True), None)
        self._views = {True: known, False: _View(now, met, known)}

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

    def back(
        self, judge: Callable[[Then], T], *, known: bool, until: int | None = None
    ) -> Iterator[tuple[int, T]]:
        """Stretches of time, the newest first: since when, and what is found in each.

        Up to now, or up to an earlier moment.
        """
        now = self._now.evidence
        if until is None and known and now.known_at > now.at:
            yield now.at, judge(self.now)  # it became known after the assessed time
        yield from self._views[known].back(now.at if until is None else until, judge)

    def situation(self, moment: int, *, known: bool) -> Situation:
        """The whole incident at a moment."""
        return self._views[known].then(moment).situation

    def met_since(self, unit: UnitKey, rank: int, *, known: bool = False) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        return self.since(lambda then: then.reaches(unit, rank), known=known)
