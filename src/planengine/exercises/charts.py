"""Where the lines and marks of an after-action page stand: levels over time, and lanes of bodies.

Lengths are units of a drawing that is `WIDTH` wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from msgspec import Struct

from planengine.exercises.report import Expected, LevelCourse, LevelStep, Message

WIDTH = 1000
LEFT, RIGHT = 78, 30
ROW = 18  # of a level
BAR = 16  # of a duty
_MARK = 46  # the mark of a duty with its number
_FLAG = 22  # the mark of an inject
_HOURS = (1, 2, 3, 6, 12, 24, 48, 96, 168)
_MOST_TICKS = 14


class Axis(Struct, frozen=True):
    """The time of an exercise from left to right."""

    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """Where a time stands; what is outside stands at the edge."""
        whole = max((self.end - self.start).total_seconds(), 1)
        share = min(max((at - self.start).total_seconds() / whole, 0), 1)
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def ticks(self) -> Iterator[tuple[float, str]]:
        """Hours of the clock with the day where it begins, as many as can be read."""
        hours = (self.end - self.start).total_seconds() / 3600
        step = next((one for one in _HOURS if hours / one <= _MOST_TICKS), _HOURS[-1]) * 3600
        offset = self.start.utcoffset()
        shift = 0 if offset is None else int(offset.total_seconds())
        first = -(-(int(self.start.timestamp()) + shift) // step) * step - shift
        day = None
        for at in range(first, int(self.end.timestamp()) + 1, step):
            shown = datetime.fromtimestamp(at, self.start.tzinfo)
            text = shown.strftime("%H:%M" if shown.date() == day else "%m-%d %H:%M")
            day = shown.date()
            yield self.x(shown), text


class Line(Struct, frozen=True):
    """One of the levels of a response: its path, and the same in times."""

    path: str
    changes: tuple[tuple[datetime, str | None], ...]


class Panel(Struct, frozen=True):
    """The levels of a response over time, the mildest at the bottom.

    `gaps` are where a worse level was recommended than was in force: x, y, width and height.
    """

    course: LevelCourse
    height: int
    rows: tuple[tuple[float, str], ...]
    recommended: Line
    indicated: Line
    in_force: Line
    gaps: tuple[tuple[float, float, float, float], ...]


def panel(course: LevelCourse, levels: Sequence[str], axis: Axis) -> Panel:
    """The panel of a response; `levels` are those of its scale, the mildest first."""
    height = ROW * (len(levels) + 1)
    ranks: dict[str | None, int] = {None: 0}
    ranks |= {level: rank for rank, level in enumerate(levels, 1)}

    def y(level: str | None) -> float:
        return height - ROW * (ranks[level] + 0.5)

    def line(of: Callable[[LevelStep], str | None]) -> Line:
        changes: list[tuple[datetime, str | None]] = [(axis.start, None)]
        for step in course.steps:
            level = of(step)
            if step.at <= axis.start:
                changes = [(axis.start, level)]
            elif level != changes[-1][1]:
                changes.append((step.at, level))
        path = f"M{axis.x(axis.start)} {y(changes[0][1])}"
        for at, level in changes[1:]:
            path += f"H{axis.x(at)}V{y(level)}"
        return Line(f"{path}H{axis.x(axis.end)}", tuple(changes))

    return Panel(
        course=course,
        height=height,
        rows=tuple((y(level), level) for level in levels),
        recommended=line(lambda step: step.recommended),
        indicated=line(lambda step: step.indicated),
        in_force=line(lambda step: step.in_force),
        gaps=tuple(_gaps(course, axis, ranks, y)),
    )


def _gaps(
    course: LevelCourse,
    axis: Axis,
    ranks: dict[str | None, int],
    y: Callable[[str | None], float],
) -> Iterator[tuple[float, float, float, float]]:
    ends = [*(step.at for step in course.steps[1:]), axis.end]
    for step, until in zip(course.steps, ends, strict=True):
        left, right = axis.x(step.at), axis.x(until)
        if ranks[step.recommended] > ranks[step.in_force] and right > left:
            top, bottom = y(step.recommended), y(step.in_force)
            yield left, top, round(right - left, 1), bottom - top


class Bar(Struct, frozen=True):
    """One duty in the lane of a body, from when it was owed until it was done or owed no longer.

    `mark` is where its outcome stands, `due` where its limit.
    """

    one: Expected
    row: int
    left: float
    right: float
    mark: float
    due: float | None


class Lane(Struct, frozen=True):
    """What a body owed, did, and when."""

    body: str
    height: int
    bars: tuple[Bar, ...]


def lane(body: str, expected: Iterable[Expected], axis: Axis) -> Lane:
    """The lane of a body: its duties side by side where there is room, else below each other."""
    bars: list[Bar] = []
    rows: list[float] = []  # how far each is taken
    for one in sorted(expected, key=lambda one: (one.since, one.done_at or one.until)):
        ended = one.until if one.done_at is None else one.done_at
        left, right = sorted((axis.x(one.since), axis.x(ended)))
        due = axis.x(one.due) if one.due is not None and one.due <= axis.end else None
        row = _free(rows, min(left, WIDTH - _MARK) - 4)
        rows[row] = max(right + _MARK - 8, due or 0)
        bars.append(Bar(one, row, left, right, right, due))
    return Lane(body, BAR * len(rows) + 4, tuple(bars))


def _free(rows: list[float], left: float) -> int:
    found = next((row for row, taken in enumerate(rows) if taken <= left), None)
    if found is None:
        rows.append(0)
        return len(rows) - 1
    return found


class Flag(Struct, frozen=True):
    """An inject over the levels, by its number in the list."""

    number: int
    message: Message
    x: float
    row: int


def flags(messages: Sequence[Message], axis: Axis) -> tuple[Flag, ...]:
    """The injects in order of time, those that come together below each other."""
    found: list[Flag] = []
    rows: list[float] = []
    for number, one in enumerate(messages, 1):
        x = axis.x(one.at)
        row = _free(rows, x)
        rows[row] = x + _FLAG
        found.append(Flag(number, one, x, row))
    return tuple(found)


def differed(course: LevelCourse, levels: Sequence[str], axis: Axis) -> int:
    """For how many seconds of the exercise a worse level was recommended than was in force."""
    ranks: dict[str | None, int] = {None: 0}
    ranks |= {level: rank for rank, level in enumerate(levels, 1)}
    stops = [max(at, axis.start) for at in (*(step.at for step in course.steps), axis.end)]
    return sum(
        int((until - since).total_seconds())
        for step, (since, until) in zip(course.steps, pairwise(stops), strict=True)
        if ranks[step.recommended] > ranks[step.in_force]
    )
