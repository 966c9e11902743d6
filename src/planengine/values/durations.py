"""Durations as whole seconds."""

from __future__ import annotations

import re
from functools import lru_cache

from planengine.values.numbers import LARGEST, NUMBER_CHARACTERS, parse_number, plain_text
from planengine.values.units import UnitError, convert

_PART = re.compile(rf"\s*([{NUMBER_CHARACTERS}]+)\s*([^\s{NUMBER_CHARACTERS}]+)\s*")


@lru_cache(maxsize=1024)  # plans write the same few durations again and again
def parse_duration(text: str) -> int | None:
    """The seconds of a duration with units: `30 min`, `48 小时`, `1 h 30 min`; else None.

    >>> parse_duration("1天12小时")
    129600
    """
    text = plain_text(text)
    seconds = 0
    position = 0
    while position < len(text):
        match = _PART.match(text, position)
        if match is None:
            return None
        number = parse_number(match[1])
        if number is None:
            return None
        try:
            part = convert(number, match[2], "s")
        except UnitError:
            return None
        if not isinstance(part, int):
            return None
        seconds += part
        position = match.end()
    return seconds if position and seconds < LARGEST else None


def format_duration(seconds: int) -> str:
    """The duration in the largest unit that divides it: `36 h`, `3 d`, `90 s`."""
    for unit, size in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds and seconds % size == 0:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
