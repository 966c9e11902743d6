"""How wide letters are in a picture, and labels broken into lines of a box."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

SIZE = 13  # of the letters in boxes
SMALL = 11  # of the words on lines and in the legend
LINE = 17
WIDEST = 210.0  # of one line of a label
MOST_LINES = 3  # the whole label stands in the tooltip

_PARTS = re.compile(r"[\u2e80-\u9fff\uff00-\uffef]|[^\s\u2e80-\u9fff\uff00-\uffef]+|\s+")


def width_of(text: str, size: int) -> float:
    """About how many pixels a text takes: a wide character a square, another 0.6 of it.

    What is wide in Chinese fonts only (Ⅳ, “) counts as wide: a box must not be too small.
    """
    wide = sum(east_asian_width(character) in {"W", "F", "A"} for character in text)
    return size * (wide * 1.02 + (len(text) - wide) * 0.6)


def wrapped(text: str, widest: float = WIDEST, most: int | None = MOST_LINES) -> tuple[str, ...]:
    """A label in lines: broken at blanks and between Chinese characters; what is more than `most`
    lines is left out.
    """
    lines = [""]
    for part in _PARTS.findall(text):
        if width_of(lines[-1] + part.rstrip(), SIZE) > widest and lines[-1].strip():
            lines.append("")
        lines[-1] += part if lines[-1] else part.lstrip()
    kept = [line.rstrip() for line in lines if line.strip()] or [""]
    if most is not None and len(kept) > most:
        kept = [*kept[: most - 1], f"{kept[most - 1]} …"]
    return tuple(kept)
