"""Declared calendars: whether a period is running, and when that changes next.

Local time is UTC plus the calendar's own offset. A calendar with days (yearly periods or
dates) and clock times runs at those times of those days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from planengine.library.vocabulary_entities import Calendar

DAY = 86_400
LONGEST = 9 * 366 * DAY  # nothing yearly, a leap day included, waits longer for its next turn
EPOCH = date(1970, 1, 1).toordinal()


def is_running(calendar: Calendar, instant: int) -> bool:
    """Whether the calendar's period is running at an instant (epoch seconds)."""
    return _day_matches(calendar, instant) and _clock_matches(calendar, instant)


def _day_matches(calendar: Calendar, instant: int) -> bool:
    if not calendar.yearly and not calendar.dates:
        return True
    if any(period.contains(instant) for period in calendar.dates):
        return True
    if not calendar.yearly:
        return False
    local = datetime.fromtimestamp(instant + calendar.utc_offset, UTC)
    day = (local.month, local.day)
    return any(_between(start, day, until) for start, until in calendar.yearly)


def _clock_matches(calendar: Calendar, instant: int) -> bool:
    if not calendar.clock:
        return True
    minute = (instant + calendar.utc_offset) % DAY // 60
    return any(_between((start, 0), (minute, 0), (until, 0)) for start, until in calendar.clock)


def _between(start: tuple[int, int], here: tuple[int, int], until: tuple[int, int]) -> bool:
    """Whether a place on a circle lies in [start, until); equal ends are the whole circle."""
    if start < until:
        return start <= here < until
    return here >= start or here < until


def next_edge(calendar: Calendar, instant: int) -> int | None:
    """The first moment after an instant at which the calendar may change; None if never."""
    edges = [edge for edge in _edges(calendar, instant) if edge > instant]
    return min(edges, default=None)


def next_turn(calendar: Calendar, instant: int) -> int | None:
    """The first moment after an instant at which the calendar starts or stops; None if never."""
    running = is_running(calendar, instant)
    edge = next_edge(calendar, instant)
    limit = instant + LONGEST
    while edge is not None and edge < limit and is_running(calendar, edge) == running:
        edge = next_edge(calendar, edge)
    return edge


def edges_between(calendar: Calendar, since: int, until: int) -> Iterator[int]:
    """Every moment in (since, until] at which the calendar may change, ascending."""
    edge = next_edge(calendar, since)
    while edge is not None and edge <= until:
        yield edge
        edge = next_edge(calendar, edge)


def _edges(calendar: Calendar, instant: int) -> Iterator[int]:
    for period in calendar.dates:
        yield from (edge for edge in (period.since, period.until) if edge is not None)
    offset = calendar.utc_offset
    local = instant + offset
    midnight = local - local % DAY
    for ends in calendar.clock:
        for minute in ends:
            for day in (midnight, midnight + DAY):
                yield day + minute * 60 - offset
    if calendar.yearly:
        year = datetime.fromtimestamp(local, UTC).year
        for periods in calendar.yearly:
            for month, day_of_month in periods:
                for one in (year, year + 1):
                    yield (_first_day(one, month, day_of_month) - EPOCH) * DAY - offset


def _first_day(year: int, month: int, day: int) -> int:
    """The ordinal of a day, or of the first one after it in a year that lacks it."""
    try:
        return date(year, month, day).toordinal()
    except ValueError:
        following = date(year, month, 28) + timedelta(days=5)
        return following.replace(day=1).toordinal()
