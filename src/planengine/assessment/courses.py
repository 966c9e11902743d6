"""How things went over time: what each was, and from when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

T = TypeVar("T")

FIRST, LAST = -(1 << 62), 1 << 62


class Span(NamedTuple):
    """A stretch of time [since, until] of whole seconds."""

    since: int
    until: int


ALL_TIME = Span(FIRST, LAST)


class Course(NamedTuple, Generic[T]):
    """What something was from each of some moments on, the first of which is `FIRST`.

    Neighbours differ.
    """

    since: tuple[int, ...]
    found: tuple[T, ...]

    @property
    def only(self) -> T | None:
        """What it was all the time; None where it changed."""
        return self.found[0] if len(self.found) == 1 else None

    def at(self, moment: int) -> tuple[Span, T]:
        """What it was at a moment, and the stretch of time in which it was just that."""
        since, found = self
        if len(found) == 1:
            return ALL_TIME, found[0]
        place = bisect_right(since, moment)
        until = since[place] - 1 if place < len(since) else LAST
        return Span(since[place - 1], until), found[place - 1]


def constant(found: T) -> Course[T]:
    return Course((FIRST,), (found,))


def course_of(moments: Iterable[int], find: Callable[[int], T]) -> Course[T]:
    """The course of what stays as it is between moments that ascend from `FIRST`."""
    since: list[int] = []
    made: list[T] = []
    for moment in moments:
        found = find(moment)
        if not made or found != made[-1]:
            since.append(moment)
            made.append(found)
    return Course(tuple(since), tuple(made))


def continued(course: Course[T], moments: Iterable[int], find: Callable[[int], T]) -> Course[T]:
    """A course and what follows at later moments, ascending; itself where nothing changes."""
    since: list[int] = []
    made = [course.found[-1]]
    for moment in moments:
        found = find(moment)
        if found != made[-1]:
            since.append(moment)
            made.append(found)
    return Course((*course.since, *since), (*course.found, *made[1:])) if since else course


def up_to(course: Course[T], moment: int) -> Course[T]:
    """What a course was up to a moment."""
    place = bisect_right(course.since, moment)
    return (
        course if place == len(course.since) else Course(course.since[:place], course.found[:place])
    )


def swept(courses: Sequence[Course[Any]], join: Callable[[list[Any]], T]) -> Course[T]:
    """The course of what follows from others at each moment."""
    current = [course.found[0] for course in courses]
    changes = [
        (moment, place, found)
        for place, course in enumerate(courses)
        if len(course.since) > 1
        for moment, found in zip(course.since[1:], course.found[1:], strict=True)
    ]
    since, made = [FIRST], [join(current)]
    if not changes:
        return Course((FIRST,), (made[0],))
    changes.sort(key=lambda change: change[0])
    for number, (moment, place, found) in enumerate(changes):
        current[place] = found
        if number + 1 < len(changes) and changes[number + 1][0] == moment:
            continue
        joined = join(current)
        if joined != made[-1]:
            since.append(moment)
            made.append(joined)
    return Course(tuple(since), tuple(made))


def meet(one: Span, other: Span) -> Span:
    return Span(max(one.since, other.since), min(one.until, other.until))
