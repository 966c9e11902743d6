"""Times on the virtual clock of an exercise: `T+0:30` is half an hour after its start."""

from __future__ import annotations

import re

from planengine.values.durations import parse_duration
from planengine.values.times import parse_time

_OFFSET = re.compile(r"T\s*\+\s*(?:(\d{1,3})\s*(?:d|天)\s*)?(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")
_LENGTH = re.compile(r"T\s*\+\s*(.+)")


def parse_virtual(text: str, start: int, zone: str) -> int | None:
    """A time of an exercise in epoch seconds; None where it is none.

    >>> parse_virtual("T+1d 6:30", 0, "UTC"), parse_virtual("T+90 min", 0, "UTC")
    (109800, 5400)
    """
    text = text.strip()
    offset = _OFFSET.fullmatch(text)
    if offset is not None:
        days, hours, minutes, seconds = (int(part or 0) for part in offset.groups())
        return start + ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    length = _LENGTH.fullmatch(text)
    if length is not None:
        found = parse_duration(length[1])
        return None if found is None else start + found
    return parse_time(text, zone)


def virtual(at: int, start: int) -> str:
    """How long after the start a time is.

    >>> virtual(109800, 0)
    'T+30:30'
    """
    minutes, seconds = divmod(at - start, 60)
    hours, minutes = divmod(minutes, 60)
    return f"T+{hours}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
