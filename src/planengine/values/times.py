"""Times as whole seconds, and local time.

A time is seconds since the Unix epoch; a written time says its offset from UTC, or is by the
clock of a declared time zone. What is finer than a second is cut off. A date is the beginning of
that day in a time zone, which is named as in the IANA database (`Asia/Shanghai`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache

WITHOUT_ZONE = "UTC"
"""The time zone of a library that declares none; times by its clock say so with a Z."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?([Zz]|[+-]\d\d:\d\d)?",
    re.ASCII,
)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


@lru_cache(maxsize=4096)  # one time is often written several times, and read again and again
def parse_time(text: str, zone: str = WITHOUT_ZONE) -> int | None:
    """The seconds since the epoch of `2026-07-20T08:00:00+08:00`, of the years 1900 to 9998.

    What is finer than a second is cut off. Without an offset it is what the clock of `zone`
    showed. None for anything else; above all for a time without an offset where no zone is
    declared, or where the clock showed it twice or never.
    """
    shown, offset = _written(text)
    if shown is None:
        return None
    try:
        if offset is None:
            found = _by_the_clock(shown, zone)
            return found[0] if len(found) == 1 and _shows(found[0], shown, zone) else None
        shift = _offset(offset)
        return None if shift is None else _seconds(shown.replace(tzinfo=timezone(shift)))
    except (ValueError, OverflowError):
        return None


def where_the_clock_changes(text: str, zone: str) -> tuple[int, ...]:
    """Of a time without an offset that `zone` does not show once: the two times when its clock
    shows it, or the one at which its clock is put forward over it. Of any other text, none.
    """
    shown, offset = _written(text)
    if shown is None or offset is not None:
        return ()
    found = _by_the_clock(shown, zone)
    return () if len(found) == 1 and _shows(found[0], shown, zone) else found


def _written(text: str) -> tuple[datetime | None, str | None]:
    """What a text says that a clock shows (as if in UTC), and its offset as written."""
    match = _TIME.fullmatch(text.strip())
    if match is None or not "1900" <= match[1] <= "9998":
        return None, None
    year, month, day, hour, minute, second = (int(part) for part in match.groups("0")[:6])
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC), match[8]
    except ValueError:
        return None, None


def _by_the_clock(shown: datetime, zone: str) -> tuple[int, ...]:
    """When the clock of a declared zone showed a time: once, twice, or at a jump over it."""
    if zone == WITHOUT_ZONE:
        return ()
    seconds = shown.hour * 3600 + shown.minute * 60 + shown.second
    return clock_times(shown.date(), seconds, zone)


def _shows(epoch: int, shown: datetime, zone: str) -> bool:
    return local(epoch, zone).replace(tzinfo=UTC) == shown


def is_finer(text: str) -> bool:
    """Whether a written time says more than whole seconds."""
    match = _TIME.fullmatch(text.strip())
    return match is not None and bool((match[7] or "").strip("0"))


def parse_date(text: str, zone: str) -> int | None:
    """The first second of `2026-03-01` in a time zone, since the epoch; None for no date."""
    match = _DATE.fullmatch(text.strip())
    if match is None or not "1900" <= match[1] <= "9998":
        return None
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        return None
    return day_start(day, zone)


def day_start(day: date, zone: str) -> int:
    """The first second of a day in a time zone, also where the clock skips its midnight."""
    return _seconds(datetime(day.year, day.month, day.day, tzinfo=zone_info(zone)))


def clock_times(day: date, seconds: int, zone: str) -> tuple[int, ...]:
    """When a local clock shows a time of a day (seconds from its 00:00): once, or twice.

    Where the clock is put forward over it, when it is: at the jump.
    """
    info = zone_info(zone)
    shown = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)
    both = sorted({_seconds(shown.replace(tzinfo=info, fold=fold)) for fold in (0, 1)})
    real = [one for one in both if _shows(one, shown, zone)]
    return tuple(real) or tuple(transitions(both[0] - 1, both[-1], zone))[:1]


def is_shown_twice(epoch: int, zone: str) -> bool:
    """Whether the local clock shows this time twice, being put back over it."""
    shown = local(epoch, zone)
    seconds = shown.hour * 3600 + shown.minute * 60 + shown.second
    return len(clock_times(shown.date(), seconds, zone)) > 1


def transitions(since: int, until: int, zone: str) -> Iterator[int]:
    """The seconds in (since, until] at which the offset changes; changes a day apart at least."""
    while since < until:
        end = min(since + 43_200, until)
        if _shift(since, zone) != _shift(end, zone):
            low, high = since, end
            while high - low > 1:
                middle = (low + high) // 2
                if _shift(middle, zone) == _shift(since, zone):
                    low = middle
                else:
                    high = middle
            yield high
        since = end


def local(epoch: int, zone: str) -> datetime:
    """The local date and clock time in a time zone."""
    return (_EPOCH + timedelta(seconds=epoch)).astimezone(zone_info(zone))


def format_time(epoch: int, zone: str) -> str:
    """The time as ISO text with the offset that a time zone then had.

    >>> format_time(0, "Asia/Shanghai")
    '1970-01-01T08:00:00+08:00'
    """
    return local(epoch, zone).isoformat()


@lru_cache(maxsize=64)
def zone_info(zone: str) -> tzinfo:
    """The rules of a time zone; raises `ValueError` for a name that is none."""
    if zone == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no time zone {zone}") from error


def zones() -> list[str]:
    """Every time zone that is known by region and city: EST is nobody's AEST."""
    from zoneinfo import available_timezones

    return sorted(one for one in available_timezones() if "/" in one)


def is_zone(zone: str) -> bool:
    """Whether a text names a time zone."""
    try:
        zone_info(zone)
    except ValueError:
        return False
    return True


def _shift(epoch: int, zone: str) -> timedelta | None:
    return local(epoch, zone).utcoffset()


def _seconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(seconds=1)


def _offset(text: str) -> timedelta | None:
    if text in "Zz":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 14 or minutes > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text[0] == "-" else size
