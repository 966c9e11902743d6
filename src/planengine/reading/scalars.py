"""What an unquoted scalar means: the YAML 1.2 core schema, and nothing more.

`no`, `on`, `14:00`, `12:30:00` and `2026-03-01` are text; `010` is the number ten.
"""

from __future__ import annotations

import re

from planengine.reading.nodes import Plain

_WORDS: dict[str, Plain] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_PREFIXED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_LONGEST_NUMBER = 1000
_NUMBER_BEGINS = frozenset("+-.0123456789")


def resolve(text: str) -> Plain:
    """The value of an unquoted scalar; a number too long to be one stays text."""
    if not text or text[0] not in _NUMBER_BEGINS:
        return _WORDS.get(text, text)
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _PREFIXED.fullmatch(text):
        return int(text, base=0)
    return _WORDS.get(text, text)
