"""When things became so: since when a level, a condition or anything else has held.

Two views of an earlier moment. *Met* judges it by what we know now: all that has been received
about it, late news and corrections too. *Known* judges it by what had been received then: since
when an assessment would have shown it. Each moment is judged by the rules in force then
(SEMANTICS 28).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Hashable, Iterator
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar, cast

from planengine.assessment.chronicle import Chronicle
from planengine.assessment.courses import FIRST, Course, Span, constant, continued, course_of, meet
from planengine.assessment.easing import fresh_rank
from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation
from planengine.assessment.stretch import Ranks, Stretch
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import Cell, Condition, ElapsedCell, OverdueCell, Test
from planengine.rules.shadows import Shadows, indicated, of_test, split_shadows
from planengine.rules.walk import tests_of
from planengine.rules.worlds import Split, worlds_of
from planengine.values.sets import ValueSet

T = TypeVar("T")

Read: TypeAlias = "tuple[Callable[[View, Stretch], Course[Any]], Course[Any]]"
"""What finds the course of something in a stretch, and the course that it found."""


class Then:
    """One moment, of which only what is asked for is worked out.

    `span` is the stretch of time around it in which all that was asked stays as it is; `reads`
    are the courses that tell that, None where more than courses does.
    """

    def __init__(self, view: View, moment: int) -> None:
        self.view = view
        self.stretch = stretch = view.chronicle.stretch(moment)
        self.at = moment
        self.span = stretch.span
        self.reads: dict[Hashable, Read] | None = {}

    @property
    def outline(self) -> Outline:
        """The rules in force then."""
        return self.stretch.outline

    @property
    def situation(self) -> Situation:
        """The incident at just that moment, whatever it is at others."""
        return self.view.now.past_at(self.stretch.era, self.stretch.evidence(self.at))

    def of(self, key: Hashable, find: Callable[[View, Stretch], Course[T]]) -> T:
        """What a course of its stretch tells of the moment."""
        course = find(self.view, self.stretch)
        if self.reads is not None:
            self.reads[key] = find, course
        span, found = course.at(self.at)
        self.span = meet(self.span, span)
        return found

    def stays(self, span: Span) -> None:
        """What was asked stays as it is for so long, as more than courses tell."""
        self.span = meet(self.span, span)
        self.reads = None

    def reaches(self, unit: UnitKey, rank: int) -> bool:
        """Whether a unit's certain level was at least a rank; never where no rule decided it."""
        return self._ranks(unit)[0] >= rank

    def could_reach(self, unit: UnitKey) -> int:
        """The worst rank of a unit that was not excluded; 0 for none."""
        return self._ranks(unit)[1]

    def _ranks(self, unit: UnitKey) -> Ranks:
        return self.of(("ranks", unit), lambda _, stretch: stretch.ranks(unit))

    def indicated(self, unit: UnitKey) -> int:
        """The worst rank of a unit that what was reported then allowed; 0 for none."""
        return self.of(("indicated", unit), lambda _, stretch: stretch.indicated(unit))

    def issued(self, unit: UnitKey) -> int | None:
        """The rank that people had issued of a unit; None where they had not."""
        return self.of(("issued", unit), lambda _, stretch: stretch.issued(unit))

    def response(self, unit: UnitKey) -> int:
        """The more severe of what was recommended and what was in force; 0 for none."""
        return max(self.recommended(unit), self.in_force(unit))

    def in_force(self, unit: UnitKey) -> int:
        """The rank that people had put in force of a unit; 0 for none."""
        return self.of(("in force", unit), lambda _, stretch: stretch.in_force(unit))

    def recommended(self, unit: UnitKey) -> int:
        """A unit's certain level, without the rules that had held ever since people eased it."""
        return self.of(("fresh", unit), lambda view, stretch: view.recommended(stretch, unit))

    def fresh(self, unit: UnitKey) -> int:
        """The same, found anew."""
        level = self._ranks(unit)[0]
        eased = self.of(("eased", unit), lambda _, stretch: stretch.eased(unit))
        if not level or eased is None:
            return level
        own = self.outline.unit(unit)
        return fresh_rank(own, level, self.certain, lambda one: self._is_old(one, eased))

    def _is_old(self, condition: Condition, since: int) -> bool:
        """Whether a condition had been certain without a break, by what was known then."""
        known = self.view.known_view
        first = known.then(self.at)
        certain = first.certain(condition)
        self.stays(first.span)
        found = known.since(self.at, lambda then: then.certain(condition)) if certain else None
        return found is not None and found <= since

    def certain(self, condition: Condition) -> bool:
        """Whether a condition held in every world that fits what is known of the moment."""
        return self.shadows(condition)[0]

    def possible(self, condition: Condition) -> bool:
        """Whether a condition held in one of those worlds at least."""
        return self.shadows(condition)[1]

    def shadows(self, condition: Condition) -> Shadows:
        """Both: whether it was certain, and whether it was possible."""
        return self._part(worlds_of(condition))

    def _part(self, part: Split) -> Shadows:
        if not self.stretch.hangs(part):
            return self.of(("part", part), lambda _, stretch: stretch.part(part))
        if isinstance(part, Test):
            assert isinstance(part.cell, OverdueCell)
            return of_test(self._overdue(part.cell), part.accepts)
        return split_shadows(part, self._value_of, self._part)

    def allows(self, condition: Condition) -> bool:
        """Whether what was reported then allowed a condition: certain, or possible by it."""
        if not self.stretch.hangs(worlds_of(condition)):
            return self.of(("allows", condition), lambda _, stretch: stretch.allows(condition))
        for test in tests_of(condition):
            self._part(test)
        return indicated(condition, self._value_of, self._reported)

    def _value_of(self, cell: Cell) -> ValueSet:
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        if isinstance(cell, ElapsedCell):  # it never stands still; what tests it is watched
            return self.stretch.evidence(self.at).value_of(cell)
        return self.of(("value", cell), lambda _, stretch: stretch.value(cell))

    def _reported(self, cell: Cell) -> ValueSet | None:
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        if isinstance(cell, ElapsedCell):
            return self.stretch.evidence(self.at).reported(cell)
        return self.of(("reported", cell), lambda _, stretch: stretch.reported(cell))

    def _overdue(self, cell: OverdueCell) -> ValueSet:
        """Whether a duty was overdue; that turns with anything, and the second after a limit."""

        def find(then: Then) -> ValueSet:
            for since, until in then.situation.owed.steady(cell):
                then.stays(Span(since, until))
            return then.situation.value_of(cell)

        return self.kept(("overdue", cell), find)

    def kept(self, key: Hashable, find: Callable[[Then], T]) -> T:
        """What is found of this moment, found once for the span in which it stays.

        For what follows from more than courses; `find` must hang on nothing but what it asks the
        moment that it is given.
        """
        kept = self.stretch.findings.setdefault(key, [])
        place = bisect_right(kept, self.at, key=lambda one: one[0].since)
        if place and kept[place - 1][0].until >= self.at:
            span, found = kept[place - 1]
        else:
            then = Then(self.view, self.at)
            found, span = find(then), then.span
            insort(kept, (span, found), key=lambda one: one[0].since)
        self.stays(span)
        return cast("T", found)


class _Judging(Generic[T]):
    """Judges moments, of those at which all that is asked is the same only one."""

    def __init__(self, view: View, judge: Callable[[Then], T]) -> None:
        self._view = view
        self._judge = judge
        self._judged: dict[tuple[Hashable, ...], tuple[list[Course[Any]], dict[Hashable, T]]] = {}
        self.reads: dict[Hashable, Read] | None = {}

    def at(self, moment: int) -> tuple[int, T]:
        """Since when it is so, and what is found."""
        for courses, known in self._judged.values():
            told = [course.at(moment) for course in courses]
            values = tuple([found for _, found in told])
            if values in known:
                return max(span.since for span, _ in told), known[values]
        then = Then(self._view, moment)
        judged = self._judge(then)
        if self.reads is None or then.reads is None:
            self.reads = None
        elif then.reads:
            self.reads |= then.reads
            courses = [course for _, course in then.reads.values()]
            _, known = self._judged.setdefault(tuple(then.reads), (courses, {}))
            known[tuple([course.at(moment)[1] for course in courses])] = judged
        return then.span.since, judged


class View:
    """Every earlier moment of one situation, by what is known now or by what was known then."""

    def __init__(self, now: Situation, chronicle: Chronicle, known_view: View | None) -> None:
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

    def along(
        self, at: int, course_in: Callable[[Stretch], Course[T] | None], judge: Callable[[Then], T]
    ) -> Iterator[tuple[int, Stretch, T]]:
        """As `back`, by the course that something has in each stretch, where it has one."""
        first = min(self.chronicle.first, at)
        while at >= first:
            stretch = self.chronicle.stretch(at)
            course = course_in(stretch)
            begins = max(stretch.span.since, first)
            if course is None:
                then = Then(self, at)
                found = judge(then)
                begins = max(then.span.since, begins)
                yield begins, stretch, found
            else:
                newest = bisect_right(course.since, at)
                for since, found in zip(
                    reversed(course.since[:newest]), reversed(course.found[:newest]), strict=True
                ):
                    yield max(since, begins), stretch, found
                    if since <= begins:
                        break
            at = begins - 1

    def course(self, stretch: Stretch, key: Hashable, judge: Callable[[Then], T]) -> Course[T]:
        """What is found of each moment of a stretch, worked out once.

        `judge` must hang on nothing but what it asks the moment that it is given, and on no duty.
        Where that is told by the very courses that told it elsewhere, so is the course.
        """
        return stretch.once(key, lambda: self._walked(stretch, key, judge))

    def _walked(self, stretch: Stretch, key: Hashable, judge: Callable[[Then], T]) -> Course[T]:
        def find(how: Callable[[View, Stretch], Course[Any]]) -> Course[Any]:
            return how(self, stretch)

        kept = stretch.as_elsewhere(key, find)
        if kept is not None:
            return kept
        before = stretch.kept_before(key)
        reads: dict[Hashable, Read] | None = (
            {} if before is None else stretch.reads_before(key, find)
        )
        begins = FIRST if before is None else before[0] + 1
        last = max(self.chronicle.first, stretch.span.since, begins)
        at = min(stretch.span.until, self.chronicle.evidence.at)
        found: dict[int, T] = {}  # the newest first
        since = at + 1
        judging = _Judging(self, judge)
        while since > last:
            since, judged = judging.at(since - 1)
            found[max(since, begins) if since > last else begins] = judged
        reads = None if reads is None or judging.reads is None else reads | judging.reads
        if reads is None:
            stretch.rests_on_more(key)
        else:
            stretch.reads[key] = reads
        if before is None:
            return course_of(reversed(found), found.__getitem__)
        return continued(before[1], reversed(found), found.__getitem__)

    def recommended(self, stretch: Stretch, unit: UnitKey) -> Course[int]:
        """A unit's certain level, without the rules that had held ever since people eased it."""
        if unit not in stretch.outline.index:
            return constant(0)
        if stretch.outline.unit(unit).purpose == "level" and stretch.eased(unit).found != (None,):
            return self.course(stretch, ("fresh", unit), lambda then: then.fresh(unit))
        return stretch.follows(
            ("fresh", unit), lambda: (stretch.ranks(unit),), lambda now: now[0][0]
        )

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
