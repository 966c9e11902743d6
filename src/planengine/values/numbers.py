"""Exact numbers from text: decimal digits, Chinese numerals, and both mixed (`1.5亿`)."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Context
from fractions import Fraction
from functools import lru_cache

MOST_DIGITS = 15
LARGEST = 2**53

_LONGEST_TEXT = 40
_LONG_DECIMAL = re.compile(r"[0-9]*\.[0-9]{1,40}")
_KEPT = Context(prec=MOST_DIGITS, rounding=ROUND_HALF_EVEN)
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_SCIENTIFIC = re.compile(r"([0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,2})")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL_UNITS = (("千", 1000), ("百", 100), ("十", 10))
_HEADS = {"百": 100, "千": 1000}
_LARGE_UNITS = (("亿", 10**8), ("万", 10**4))

NUMBER_CHARACTERS = "0-9.零〇一二两三四五六七八九十百千万亿点"
"""The characters a number may consist of, for use inside a regular expression's brackets."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_LOOK_ALIKES = {"\u3000": " ", "\u00a0": " ", "−": "-", "∕": "/"}
_LOOK_ALIKES |= {"≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤"}
_SAME: dict[int, int | str] = {**_WIDE, **{ord(c): same for c, same in _LOOK_ALIKES.items()}}


def plain_text(text: str) -> str:
    """The text with full-width and look-alike characters replaced, each run of blanks as one."""
    return " ".join(text.translate(_SAME).split())


@lru_cache(maxsize=4096)  # plans write the same few numbers again and again
def parse_number(text: str) -> int | Fraction | None:
    """The exact number that `text` writes, or None when it writes none.

    Thousand commas are not read. A Chinese numeral must say every place: 一百五 (150 or 105?)
    is none.

    >>> parse_number("3000万"), parse_number("七点五"), parse_number("一百零五")
    (30000000, Fraction(15, 2), 105)
    """
    text = plain_text(text)
    if not text or len(text) > _LONGEST_TEXT:
        return None
    sign = 1
    if text[0] in "+-":
        sign = -1 if text[0] == "-" else 1
        text = text[1:].lstrip()
    value: int | Fraction | None = _scientific(text)
    if value is None:
        value = _large(text, _LARGE_UNITS)
    return None if value is None else _simple(sign * value)


def is_exact(number: int | Fraction) -> bool:
    """Whether a written number keeps its value as a float: 15 digits at most, under 2^53.

    A fraction without a finite decimal form, as unit conversion makes, need only be small
    enough.
    """
    if not -LARGEST < number < LARGEST:
        return False
    top, bottom = number.as_integer_ratio()
    twos = fives = 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    if bottom != 1:
        return True
    places = max(twos, fives)
    digits = str(abs(top) * 2 ** (places - twos) * 5 ** (places - fives))
    return len(digits.strip("0")) <= MOST_DIGITS


def number_text(number: int | Fraction) -> str:
    """The number in decimal digits, exact where it has a finite decimal form.

    >>> number_text(Fraction(51, 2))
    '25.5'
    """
    if isinstance(number, int) or number.denominator == 1:
        return str(int(number))
    for places in range(1, 21):
        scaled = number * 10**places
        if scaled.denominator == 1:
            digits = str(abs(int(scaled))).rjust(places + 1, "0")
            sign = "-" if number < 0 else ""
            return f"{sign}{digits[:-places]}.{digits[-places:]}"
    return f"{float(number):.12g}"


def rounded_text(text: str) -> str:
    """The text with each decimal number in it rounded to the digits that can be kept.

    >>> rounded_text("0.30000000000000004 m")
    '0.3 m'
    """

    def rounded(found: re.Match[str]) -> str:
        digits = format(_KEPT.create_decimal(found[0]), "f")
        return digits.rstrip("0").rstrip(".") if "." in digits else digits

    return _LONG_DECIMAL.sub(rounded, text)


def _simple(value: int | Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


def _scientific(text: str) -> Fraction | None:
    match = _SCIENTIFIC.fullmatch(text)
    if match is None:
        return None
    return Fraction(match[1]) * Fraction(10) ** int(match[2])


def _large(text: str, units: tuple[tuple[str, int], ...]) -> int | Fraction | None:
    """A number of sections over 亿, then over 万, then one section under 万."""
    if not units:
        return _section(text)
    (unit, size), smaller = units[0], units[1:]
    if unit not in text:
        return _large(text, smaller)
    left, _, right = text.partition(unit)
    if unit in right:
        return None
    head = _HEADS.get(left) or _large(left, smaller)  # 百万, 千万
    rest = _rest(right, size, smaller)
    return None if head is None or rest is None else head * size + rest


def _rest(text: str, size: int, smaller: tuple[tuple[str, int], ...]) -> int | Fraction | None:
    """What follows a unit: nothing, or a number that begins with 零 or in the next place."""
    if not text:
        return 0
    value = _large(text, smaller)
    if value is None or value >= size:
        return None
    return value if text[0] in "零〇0" or value * 10 >= size else None


def _section(text: str) -> int | Fraction | None:
    """A number without 万 and 亿."""
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    whole, point, decimals = text.partition("点")
    if point:
        head = _section(whole)
        digits = [_DIGITS.get(c) for c in decimals]
        if head is None or not digits or None in digits:
            return None
        return head + Fraction(int("".join(str(d) for d in digits)), 10 ** len(digits))
    return _small(text, _SMALL_UNITS)


def _small(text: str, units: tuple[tuple[str, int], ...]) -> int | Fraction | None:
    if not units:
        return _one_digit(text)
    (unit, size), smaller = units[0], units[1:]
    if unit not in text:
        return _small(text, smaller)
    left, _, right = text.partition(unit)
    head = _one_digit(left) if left else (1 if size == 10 else None)
    if head is None or unit in right:
        return None
    if not right:
        return head * size
    rest = _small(right.lstrip("零〇"), smaller)
    if rest is None or rest >= size:
        return None
    return head * size + rest if right[0] in "零〇" or rest * 10 >= size else None


def _one_digit(text: str) -> int | Fraction | None:
    if _DECIMAL.fullmatch(text):
        return Fraction(text)
    if len(text) > 1 and text[0] in "零〇":
        text = text[1:]
    return _DIGITS.get(text)
