"""English numbers in words, up to ninety-nine: laws write `within two hours`, `ten or more`."""

from __future__ import annotations

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SIZES = {word: size for size, word in enumerate(_ONES)}
_SIZES |= {word: size * 10 for size, word in enumerate(_TENS, start=2)}
_NUMBER = re.compile(
    rf"(?<![\w@-])(?:(?P<tens>{'|'.join(_TENS)})(?:[- ](?P<ones>{'|'.join(_ONES[1:10])}))?"
    rf"|(?P<small>{'|'.join(_ONES)}))(?![\w-])",
    re.IGNORECASE,
)


def numbers_in_digits(text: str) -> str:
    """The text with its number words as digits; what they are part of (`two-way`) stays.

    >>> numbers_in_digits("at least twenty-four hours")
    'at least 24 hours'
    """
    return _NUMBER.sub(_digits, text)


def _digits(found: re.Match[str]) -> str:
    words = (found["tens"], found["ones"], found["small"])
    return str(sum(_SIZES[word.casefold()] for word in words if word))
