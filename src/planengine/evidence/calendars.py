"""Declared calendars: whether a period is running, and when that changes next.

All by the local clock of a time zone, daylight saving included: an hour that comes twice runs
twice, one that is skipped does not run. A calendar with days (yearly periods, weekdays or
dates) and clock times runs at those times of those days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from planengine.domain.vocabulary import Calendar
from planengine.values.times import clock_times, day_start, local, transitions

DAY = 86_400
LONGEST = 9 * 366 * DAY  # nothing yearly, a leap day included, waits longer for its next turn


def is_running(calendar: Calendar, zone: str, instant: int) -> bool:
    """Whether the calendar's period is running at an instant (epoch seconds)."""
    return _day_matches(calendar, zone, instant) and _clock_matches(calendar, zone, instant)


def _day_matches(calendar: Calendar, zone: str, instant: int) -> bool:
    if any(period.contains(instant) for period in calendar.excluded):
        return False
    if any(period.contains(instant) for period in calendar.dates):
        return True
    if not calendar.yearly and not calendar.weekdays:
        return not calendar.dates
    here = local(instant, zone)
    if calendar.weekdays and here.weekday() not in calendar.weekdays:
        return False
    day = (here.month, here.day)
    return not calendar.yearly or any(_between(a, day, b) for a, b in calendar.yearly)


def _clock_matches(calendar: Calendar, zone: str, instant: int) -> bool:
    if not calendar.clock:
        return True
    here = local(instant, zone)
    minute = here.hour * 60 + here.minute
    return any(_between((start, 0), (minute, 0), (until, 0)) for start, until in calendar.clock)


def _between(start: tuple[int, int], here: tuple[int, int], until: tuple[int, int]) -> bool:
    """Whether a place on a circle lies in [start, until); equal ends are the whole circle."""
    if start < until:
        return start <= here < until
    return here >= start or here < until


@lru_cache(maxsize=100_000)  # many cells read one calendar over the same years
def next_edge(calendar: Calendar, zone: str, instant: int) -> int | None:
    """The first moment after an instant at which the calendar may change; None if never."""
    edges = [edge for edge in _edges(calendar, zone, instant) if edge > instant]
    return min(edges, default=None)


def next_turn(calendar: Calendar, zone: str, instant: int) -> int | None:
    """The first moment after an instant at which the calendar starts or stops; None if never."""
    running = is_running(calendar, zone, instant)
    edge = may_turn(calendar, zone, instant)
    limit = instant + LONGEST
    while edge is not None and edge < limit and is_running(calendar, zone, edge) == running:
        edge = may_turn(calendar, zone, edge)
    return edge


def may_turn(calendar: Calendar, zone: str, instant: int) -> int | None:
    """A moment after an instant up to which the calendar stays as it is; None for ever.

    On a day that is none of its own its clock does not matter.
    """
    if _day_matches(calendar, zone, instant):
        return next_edge(calendar, zone, instant)
    edges = (edge for edge in _day_edges(calendar, zone, instant) if edge > instant)
    return min(edges, default=None)


def edges_between(calendar: Calendar, zone: str, since: int, until: int) -> Iterator[int]:
    """Every moment in (since, until] at which the calendar may change, ascending."""
    edge = next_edge(calendar, zone, since)
    while edge is not None and edge <= until:
        yield edge
        edge = next_edge(calendar, zone, edge)


def _edges(calendar: Calendar, zone: str, instant: int) -> Iterator[int]:
    yield from _day_edges(calendar, zone, instant)
    if calendar.clock:
        today = local(instant, zone).date()
        for ahead in range(3):
            day = today + timedelta(days=ahead)
            for ends in calendar.clock:
                for minute in ends:
                    yield from clock_times(day, minute * 60, zone)
        yield from transitions(instant, instant + 2 * DAY, zone)


def _day_edges(calendar: Calendar, zone: str, instant: int) -> Iterator[int]:
    """Where its days, the clock apart, may begin or end."""
    for period in (*calendar.dates, *calendar.excluded):
        yield from (edge for edge in (period.since, period.until) if edge is not None)
    today = local(instant, zone).date()
    if calendar.weekdays:
        for ahead in range(1, 8):
            yield day_start(today + timedelta(days=ahead), zone)
    for periods in calendar.yearly:
        for month, day_of_month in periods:
            for year in (today.year, today.year + 1):
                yield day_start(_first_day(year, month, day_of_month), zone)


def _first_day(year: int, month: int, day: int) -> date:
    """A day, or the first one after it in a year that lacks it."""
    try:
        return date(year, month, day)
    except ValueError:
        following = date(year, month, 28) + timedelta(days=5)
        return following.replace(day=1)
