"""Times as whole seconds.

A time is seconds since the Unix epoch; a written time must say its offset from UTC. A date
is 00:00 of that day at +08:00.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

CHINA = 8 * 3600
"""The offset of China's time from UTC, in seconds."""

_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d)(?::(\d\d))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)


@lru_cache(maxsize=4096)  # one time is often written several times, and read again and again
def parse_time(text: str) -> int | None:
    """The seconds since the epoch of `2026-07-20T08:00:00+08:00`, of the years 1900 to 9998.

    None for anything else, above all for a time without an offset.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute = (int(part) for part in match.groups()[:5])
    offset = _offset(match[7])
    if offset is None or not 1900 <= year <= 9998:
        return None
    try:
        moment = datetime(
            year, month, day, hour, minute, int(match[6] or 0), tzinfo=timezone(offset)
        )
        return int(moment.timestamp())
    except (ValueError, OverflowError):
        return None


def parse_date(text: str) -> int | None:
    """The seconds since the epoch of 00:00 at +08:00 on `2026-03-01`; None for no date."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    return parse_time(f"{match[0]}T00:00:00+08:00")


def format_time(epoch: int, offset: int = CHINA) -> str:
    """The time as ISO text at an offset (seconds) from UTC.

    >>> format_time(0)
    '1970-01-01T08:00:00+08:00'
    """
    zone = timezone(timedelta(seconds=offset)) if offset else UTC
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=epoch)
    return moment.astimezone(zone).isoformat()


def _offset(text: str) -> timedelta | None:
    if text in "Zz":
        return timedelta(0)
    hours, minutes = int(text[1:3]), int(text[4:6])
    if hours > 14 or minutes > 59:
        return None
    size = timedelta(hours=hours, minutes=minutes)
    return -size if text[0] == "-" else size
