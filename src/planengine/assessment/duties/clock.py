"""The local clock: when it next shows one of some times of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from planengine.values.times import clock_times, local


def next_clock(zone: str, clock: Iterable[int], after: int) -> int:
    """The first moment after one at which it is one of `clock` (seconds of the day) there."""
    today = local(after, zone).date()
    return min(
        moment
        for days in range(3)
        for seconds in clock
        for moment in clock_times(today + timedelta(days=days), seconds, zone)
        if moment > after
    )
