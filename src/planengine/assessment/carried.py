"""The courses of a stretch of time, each made once, or taken over where it is as it was.

They are as they were before something was told, or as all that is known now tells them, where what
they follow from is so.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from planengine.assessment.courses import FIRST, Course, Span, continued, swept, up_to
from planengine.assessment.kept import Kept
from planengine.evidence.news import News
from planengine.rules.conditions import Cell

if TYPE_CHECKING:
    from planengine.assessment.stretch import Stretch
    from planengine.evidence.evidence import Evidence

T = TypeVar("T")
Read: TypeAlias = tuple[Callable[[Any, Any], Course[Any]], Course[Any]]
"""What finds the course of something in a stretch, and the course that it found."""


class Carried:
    """The courses of one stretch."""

    def __init__(self, of: Stretch) -> None:
        self._of = of
        self._joined: dict[Hashable, Sequence[Course[Any]]] = {}  # what courses follow from
        self.reads: dict[Hashable, dict[Hashable, Read]] = {}  # what walked courses follow from

    def forget(self) -> None:
        """Take nothing over any more."""
        self.__dict__["before"] = self.__dict__["news"] = None

    @cached_property
    def before(self) -> Carried | None:
        """Those of the same stretch before something was told."""
        before = self._of.before
        return None if before is None else before.courses

    @cached_property
    def whole(self) -> Carried | None:
        """Those of the same stretch by all that is known now."""
        whole = self._of.whole
        return None if whole is None else whole.courses

    @property
    def now(self) -> Evidence:
        """What is known at last."""
        return self._of.now

    @cached_property
    def kept(self) -> Kept:
        """The courses of this stretch; at first those that what was told does not touch."""
        before, news = self.before, self.news
        if before is None or news is None or (self._of.is_of_known and not news.is_later):
            return Kept()
        at = self.now.at

        def is_touched(cell: Cell | None, until: int) -> bool:
            return until <= at or (news.of_people if cell is None else news.touches(cell))

        return before.kept.without(is_touched)

    @cached_property
    def news(self) -> News | None:
        """What was told since."""
        before = self.before
        return None if before is None else News(before.now, self.now)

    def swept(
        self, key: Hashable, courses: Sequence[Course[Any]], join: Callable[[list[Any]], T]
    ) -> Course[T]:
        """As `swept`; where all that it follows from is as it was elsewhere, so is the course."""
        self._joined[key] = courses
        for other in (self.before, self.whole):
            if other is not None:
                old = other._joined.get(key)  # noqa: SLF001 - its own class
                kept = other.kept.get(key)
                if old is not None and kept is not None and _same(old, courses):
                    return cast("Course[T]", kept)
        return self._gone_on(key, courses, join) or swept(courses, join)

    def _gone_on(
        self, key: Hashable, courses: Sequence[Course[Any]], join: Callable[[list[Any]], T]
    ) -> Course[T] | None:
        """The course of before with what follows after it; None where more has changed."""
        kept = self.kept_before(key)
        if kept is None:
            return None
        since, course = kept
        later = {
            moment for one in courses for moment in one.since[bisect_right(one.since, since) :]
        }
        return continued(course, sorted(later), lambda at: join([one.at(at)[1] for one in courses]))

    def kept_before(self, key: Hashable) -> tuple[int, Course[Any]] | None:
        """What a course was before, and up to when it still is; None where it may be another."""
        before, news = self.before, self.news
        kept = None if before is None else before.kept.get(key)
        if kept is None or before is None or news is None or not news.is_ahead:
            return None
        return before.now.at, up_to(kept, before.now.at)

    def reads_before(
        self, key: Hashable, find: Callable[[Any], Course[Any]]
    ) -> dict[Hashable, Read] | None:
        """What a walked course followed from before, by `find` as it is now."""
        before = self.before
        reads = None if before is None else before.reads.get(key)
        return None if reads is None else {one: (how, find(how)) for one, (how, _) in reads.items()}

    @cached_property
    def findings(self) -> dict[Hashable, list[tuple[Span, Any]]]:
        """What was found of moments, and since when until when; see `Then.kept`."""
        before, news = self.before, self.news
        if before is None or news is None or not news.is_ahead:
            return {}
        last = before.now.at
        return {
            key: [(Span(since, min(until, last)), found) for (since, until), found in kept]
            for key, kept in before.findings.items()
        }

    def found(self, key: Hashable) -> Course[Any] | None:
        """A course of this stretch that has been asked for; None where it has not."""
        found: Course[Any] | None = self.kept.get(key)
        return found

    def once(self, key: Hashable, make: Callable[[], Course[T]]) -> Course[T]:
        """A course of this stretch, made when it is first asked for."""
        found: Course[T] = self.kept.once(key, lambda: self._shared(key, make()))
        return found

    def follows(
        self,
        key: Hashable,
        courses: Callable[[], Sequence[Course[Any]]],
        join: Callable[[list[Any]], T],
    ) -> Course[T]:
        """What follows from other courses of this stretch at each moment, made once."""
        return self.once(key, lambda: self.swept(key, courses(), join))

    def rests_on_more(self, key: Hashable) -> None:
        """A course follows from more than courses of this stretch: it is made anew each time."""
        self.kept.note(key, None, FIRST)

    def as_elsewhere(self, key: Hashable, find: Callable[[Any], Course[Any]]) -> Course[Any] | None:
        """The course that it was before, or by all that is known now, if it follows from the same.

        `find` tells, by what found a course that it follows from there, the one here.
        """
        for other in (self.before, self.whole):
            kept = None if other is None else other.kept.get(key)
            if other is None or kept is None or key not in other.reads:
                continue
            reads = other.reads[key]
            if all(_is_same(course, find(how)) for how, course in reads.values()):
                self.reads[key] = reads
                return cast("Course[Any]", kept)
        return None

    def _shared(self, key: Hashable, found: Course[T]) -> Course[T]:
        """The very course that it was before, or by all that is known now, if it is no other.

        So what follows from it is seen to be as it was.
        """
        for other in (self.before, self.whole):
            same = None if other is None else other.kept.get(key)
            if same is not None and same == found:
                return cast("Course[T]", same)
        return found


def _same(old: Sequence[Course[Any]], new: Sequence[Course[Any]]) -> bool:
    """Whether these are the same courses; long ones are not compared, see `_shared`."""
    return len(old) == len(new) and all(map(_is_same, old, new))


def _is_same(one: Course[Any], other: Course[Any]) -> bool:
    return one is other or (len(one.found) == 1 and one == other)
