"""Times as they are written on the command line: also `now`, and a time of the day alone."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from planengine.cli.language import Say

if TYPE_CHECKING:
    from planengine.domain.statements import Incident, Status


_DAY = 86_400


def now() -> int:
    """The time by the wall clock, which nothing below the command line reads."""
    return int(time.time())


def time_of(
    text: str, option: str, zone: str, say: Say, *, latest: int, earliest: int | None = None
) -> int:
    """A time that was given as an option, in epoch seconds; wrong use where it is none.

    Without an offset it is by the clock of the library's `zone`. A time of the day alone
    (`23:00`) is the last one not after `latest`; where that is before `earliest`, the first
    one since then.
    """
    from planengine.values.times import parse_time

    if text.strip() in {"now", "现在"}:
        return now()
    found = parse_time(text, zone)
    if found is None:
        found = _by_the_day(text, zone, latest, earliest)
    if found is None:
        _refuse_where_the_clock_changes(text, option, zone, say)
        example = "2026-07-20T08:00:00+08:00"
        raise click.UsageError(
            say(
                f"{option} 的“{text}”不是时间：写 now、23:00 或 ISO 8601，如 {example}"
                "；不写时区时按预案库声明的时区",
                f"{option}: `{text}` is not a time; write now, 23:00, or ISO 8601: {example} "
                "(without the offset by the library's time zone, if it declares one)",
            )
        )
    return found


def _refuse_where_the_clock_changes(text: str, option: str, zone: str, say: Say) -> None:
    from planengine.linking.incidents.no_time import no_time

    why = no_time(text, None, zone)
    if why.code != "bad-time":
        told = "：".join(filter(None, (why.message_in("zh"), why.hint_in("zh"))))
        english = "; ".join(filter(None, (why.message, why.hint)))
        raise click.UsageError(say(f"{option}：{told}", f"{option}: {english}"))


def time_to_assess(
    at: str | None, incident: Incident, status: Status | None, zone: str, say: Say
) -> int | None:
    """The time given by `--at`; None for that of the newest statement.

    Wrong use where neither is there.
    """
    seen = status or incident.status
    if at is not None:
        began = min((event.stamp.at for event in incident.events), default=None)
        latest = last_meant(incident, seen, zone)
        return time_of(at, "--at", zone, say, latest=latest, earliest=began)
    if incident.newest_for(seen) is None:
        raise click.UsageError(
            say(
                "事件没有观测，因而没有自己的时间：用 --at 指明",
                "the incident has no observations and so no time of its own: give --at",
            )
        )
    return None


def last_meant(incident: Incident, status: Status, zone: str) -> int:
    """What a time of the day alone is not after, when an incident is asked about.

    While there was news in the last 24 hours it is now; of a past incident, and of an exercise
    that is ahead of the clock, the end of the day of the newest statement.
    """
    from planengine.values.times import day_start, local

    present, newest = now(), incident.newest_for(status)
    if newest is None or newest <= present < newest + _DAY:
        return present
    return day_start(local(newest, zone).date() + timedelta(days=1), zone) - 1


def _by_the_day(text: str, zone: str, latest: int, earliest: int | None) -> int | None:
    from planengine.values.clocks import parse_clock
    from planengine.values.times import WITHOUT_ZONE, clock_times, local

    clock = parse_clock(text)
    if clock is None or clock.daily or len(clock.seconds) != 1 or zone == WITHOUT_ZONE:
        return None

    def near(moment: int, *days: int) -> list[int]:
        day = local(moment, zone).date()
        dates = (day + timedelta(days=shift) for shift in days)
        return [one for date in dates for one in clock_times(date, clock.seconds[0], zone)]

    last = max(one for one in near(latest, -2, -1, 0) if one <= latest)
    if earliest is not None and last < earliest:
        return min(one for one in near(earliest, 0, 1, 2) if one >= earliest)
    return last
