"""The local clock: when it next shows one of some times of the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta, tzinfo


def next_clock(zone: tzinfo, clock: tuple[int, ...], after: int) -> int:
    """The first moment after one at which it is one of `clock` (seconds of the day) there."""
    day = datetime.fromtimestamp(after, zone).date()
    for days in range(3):
        for seconds in sorted(clock):
            hour, rest = divmod(seconds, 3600)
            shown = time(hour, rest // 60, rest % 60, tzinfo=zone)
            moment = int(datetime.combine(day + timedelta(days=days), shown).timestamp())
            if moment > after:
                return moment
    raise ValueError("no time of the day is given")
