"""Times of the day as authors write them: `8:00`, `每日8时、20时`, `every day at 8:00, 20:00`."""

from __future__ import annotations

import re

from msgspec import Struct

from planengine.values.numbers import parse_number, plain_text

_EVERY_DAY = re.compile(
    r"(?:每[日天]|every day(?: at)?|daily(?: at)?|each day(?: at)?)\s*", re.IGNORECASE
)
_NUMBER = "[0-9零一二三四五六七八九十]+"
_ONE = re.compile(rf"({_NUMBER})(?::([0-9]{{2}})|[时点](?:({_NUMBER})分|(半))?)")
_HALF_DAY = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?\s*([ap])\.?m\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:、|,|和|及|与|\band\b)\s*", re.IGNORECASE)
_DAY = 86_400


class ClockTimes(Struct, frozen=True):
    """Seconds of the day, ascending, and whether it was said that they are those of every day."""

    seconds: tuple[int, ...]
    daily: bool


def parse_clock(text: str) -> ClockTimes | None:
    """The times of the day that a text names; None where it is no such text.

    >>> parse_clock("每日8时、20时30分")
    ClockTimes(seconds=(28800, 73800), daily=True)
    """
    text = plain_text(text)
    every = _EVERY_DAY.match(text)
    rest = text[every.end() :] if every is not None else text
    found = [_seconds(part) for part in _BETWEEN.split(rest)]
    known = [one for one in found if one is not None]
    if not known or len(known) < len(found):
        return None
    return ClockTimes(tuple(sorted(set(known))), every is not None)


def _seconds(text: str) -> int | None:
    half = _HALF_DAY.fullmatch(text.strip())
    if half is not None:
        return _of_half_day(int(half[1]), int(half[2] or 0), half[3].lower() == "p")
    match = _ONE.fullmatch(text.strip())
    if match is None:
        return None
    hours, minutes = parse_number(match[1]), parse_number(match[2] or match[3] or "0")
    if not isinstance(hours, int) or not isinstance(minutes, int):
        return None
    seconds = hours * 3600 + (30 if match[4] else minutes) * 60
    return seconds % _DAY if minutes < 60 and seconds <= _DAY else None  # 24:00 is midnight


def _of_half_day(hours: int, minutes: int, after_noon: bool) -> int | None:
    """6 pm; not 12 am or 12 pm, which are midnight to some and noon to others."""
    if not 1 <= hours <= 11 or minutes > 59:
        return None
    return (hours + 12 * after_noon) * 3600 + minutes * 60


def format_clock(seconds: int) -> str:
    """A time of the day: `8:00`."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"
