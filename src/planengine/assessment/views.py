"""Every earlier moment of a situation, by what is known now or by what was known then."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

from planengine.assessment.chronicle import Chronicle
from planengine.assessment.courses import FIRST, Course, constant, continued, course_of
from planengine.assessment.situation import Situation
from planengine.assessment.stretch import Stretch
from planengine.assessment.then import Read, Then
from planengine.domain.ids import UnitKey

T = TypeVar("T")


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
        return stretch.courses.once(key, lambda: self._walked(stretch, key, judge))

    def _walked(self, stretch: Stretch, key: Hashable, judge: Callable[[Then], T]) -> Course[T]:
        def find(how: Callable[[View, Stretch], Course[Any]]) -> Course[Any]:
            return how(self, stretch)

        kept = stretch.courses.as_elsewhere(key, find)
        if kept is not None:
            return kept
        before = stretch.courses.kept_before(key)
        reads: dict[Hashable, Read] | None = (
            {} if before is None else stretch.courses.reads_before(key, find)
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
            stretch.courses.rests_on_more(key)
        else:
            stretch.courses.reads[key] = reads
        if before is None:
            return course_of(reversed(found), found.__getitem__)
        return continued(before[1], reversed(found), found.__getitem__)

    def recommended(self, stretch: Stretch, unit: UnitKey) -> Course[int]:
        """A unit's certain level, without the rules that had held ever since people eased it."""
        if unit not in stretch.outline.index:
            return constant(0)
        if stretch.outline.unit(unit).purpose == "level" and stretch.eased(unit).found != (None,):
            return self.course(stretch, ("fresh", unit), lambda then: then.fresh(unit))
        return stretch.courses.follows(
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
