"""Durations as whole seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from planengine.values.english_numbers import numbers_in_digits
from planengine.values.numbers import (
    LARGEST,
    NUMBER_CHARACTERS,
    number_text,
    parse_number,
    plain_text,
)
from planengine.values.units import UnitError, convert

MOST_CHARACTERS = 200  # reading one takes longer than its length tells

Role: TypeAlias = Literal["within", "before", "every"]
"""What a duration is for, where words beside it may say so."""

_EN = re.IGNORECASE
_NUMBER = rf"[{NUMBER_CHARACTERS}]+"
_PART = re.compile(rf"(?:,|and\b)?\s*({_NUMBER})\s*([^\s,{NUMBER_CHARACTERS}]+)\s*")
_AROUND: Mapping[Role, re.Pattern[str]] = MappingProxyType(
    {
        "within": re.compile(r"(?:within )?(?P<length>.+?)\s*(?:[以之]?内)?", _EN),
        "before": re.compile(r"(?P<length>.+?)\s*(?:[以之]?前|before)?", _EN),
        "every": re.compile(r"(?:每隔?|(?:every|each) )?\s*(?P<length>.+?)\s*(?:一次)?", _EN),
    }
)
_AND_A_HALF = (
    re.compile(rf"(?P<whole>{_NUMBER})个半(?P<unit>小时|钟头)"),
    re.compile(rf"(?P<whole>{_NUMBER})(?P<unit>小时|钟头|天|時間)半"),
)
_HALF_OF = re.compile(r"半个?(?P<unit>小时|钟头|天|日|分钟)|\bhalf an? (?P<word>hour|day)\b", _EN)
_LONE_UNIT = re.compile(r"hour|day|minute|week|小时|分钟|天|日|周", _EN)
_ONE = re.compile(r"^an? (?=hour|day|minute|week)", _EN)


def parse_duration(text: str, role: Role | None = None) -> int | None:
    """The seconds of a duration with units: `30 min`, `48 小时`, `1 h 30 min`; else None.

    `role` lets words stand beside it that say the same: `24小时内`, `within 24 hours`, `每2小时`.

    >>> parse_duration("1天12小时"), parse_duration("半小时内", "within")
    (129600, 1800)
    """
    return _parsed(text, role) if len(text) <= MOST_CHARACTERS else None


@lru_cache(maxsize=1024)  # plans write the same few durations again and again
def _parsed(text: str, role: Role | None) -> int | None:
    text = plain_text(text)
    around = _AROUND[role].fullmatch(text) if role is not None else None
    if around is not None:
        text = around["length"]
        if (
            role == "every" and around.start("length") > 0 and _LONE_UNIT.match(text)
        ):  # every hour, 每小时
            text = f"1 {text}"
    return _seconds(_in_digits(text))


def _in_digits(text: str) -> str:
    """Halves, and one of something, as numbers: 两个半小时 is 2.5小时, `an hour` is 1 hour."""
    for pattern in _AND_A_HALF:
        text = pattern.sub(_and_a_half, text)
    text = _HALF_OF.sub(lambda match: f"0.5 {match['unit'] or match['word']}", text)
    return numbers_in_digits(_ONE.sub("1 ", text))


def _and_a_half(match: re.Match[str]) -> str:
    number = parse_number(match["whole"])
    if not isinstance(number, int):
        return match[0]
    return f"{number_text(number + Fraction(1, 2))}{match['unit']}"


def _seconds(text: str) -> int | None:
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
