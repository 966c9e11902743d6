"""The grammar of bounds: from words and symbols to relations over still unread operands.

`10人以上30人以下` is (≥ 10人) and (< 30人): 以上 includes its limit, 以下 does not, unless 及,
或, 含 or 不含 says otherwise.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Diagnostic, finding

Relation: TypeAlias = Literal["≥", ">", "≤", "<", "=", "≠"]

_PREFIX_WORDS: dict[str, Relation] = {
    **dict.fromkeys(("不少于", "不低于", "不小于", "达到或超过", "大于等于", "大于或等于"), "≥"),
    **dict.fromkeys(("达到", "达", "至少", "≥", ">=", "=>"), "≥"),
    **dict.fromkeys(("超过", "超出", "大于", "高于", "多于", ">"), ">"),
    **dict.fromkeys(("不超过", "不高于", "不大于", "不多于", "未超过", "至多", "最多"), "≤"),
    **dict.fromkeys(("小于等于", "小于或等于", "≤", "<=", "=<"), "≤"),
    **dict.fromkeys(
        ("不足", "不满", "未满", "低于", "少于", "小于", "不到", "未达到", "未达", "<"), "<"
    ),
    **dict.fromkeys(("等于", "==", "="), "="),
    **dict.fromkeys(("不等于", "≠", "!=", "<>"), "≠"),
}
_PREFIX = "|".join(re.escape(w) for w in sorted(_PREFIX_WORDS, key=len, reverse=True))
_SUFFIX = r"(?:\(\s*不?含[^()]*\)\s*)?(?:及其|及|或|和)?以[上下](?:\s*\(\s*不?含[^()]*\))?"
_SEPARATOR = r"\s*(?:[、,;]|且|并且|但|同时)?\s*"
_HALF = re.compile(
    rf"(?P<prefix>{_PREFIX})?\s*(?P<operand>.+?)\s*"
    rf"(?:(?P<suffix>{_SUFFIX})|(?=[、,;且但]|并且|同时|{_PREFIX}|$))"
)
_JOIN = re.compile(_SEPARATOR)
_FEEL = re.compile(
    r"(?P<left>[\[(\]])\s*(?P<low>.*?)\s*\.\.\s*(?P<high>.*?)\s*(?P<right>[\])\[])\s*(?P<unit>.*)"
)
_UNCLEAR_ENDS = re.compile(
    r"[0-9一二三四五六七八九十百千万亿]\S*?\s*(?:-|~|～|–|—|－|至|到|\.\.)\s*\S|以[内外]"
)
_VAGUE = re.compile(
    r"数[十百千万]|[几多]十|几|若干|[上成近][十百千万]|近\s*[0-9一二两三四五六七八九十]|约|大概|左右|上下"
    r"|余|多[人例名户间座个起]|大量|少量|部分|[较很许]多|较少|个别|众多"
)
_THOUSANDS = re.compile(r"[0-9][,'][0-9]{3}(?![0-9])")


class NotABoundError(Exception):
    """Why a text is no bound, as a finding without a place."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


class Half(Struct, frozen=True):
    """One side of a bound: a relation to an operand."""

    relation: Relation
    operand: str


class FeelInterval(Struct, frozen=True):
    """An interval as FEEL writes it; an empty or ∞ end is no end."""

    low: str
    high: str
    low_closed: bool
    high_closed: bool
    unit: str


def read_interval(text: str) -> FeelInterval | None:
    """The parts of `[10..30) 万元`; None where the text is not shaped like it."""
    match = _FEEL.fullmatch(text)
    if match is None:
        return None
    return FeelInterval(
        match["low"], match["high"], match["left"] == "[", match["right"] == "]", match["unit"]
    )


def read_halves(text: str, example: str | None = None) -> tuple[Half, ...]:
    """The one or two sides of a bound in words or symbols; the example is for the hint.

    Raises NotABoundError.
    """
    if _THOUSANDS.search(text):
        raise NotABoundError(finding("thousands-comma", None, text=text))
    halves: list[Half] = []
    position = 0
    while position < len(text):
        match = _HALF.match(text, position)
        if match is None:
            raise unreadable(text, example)
        halves.append(_half(match, text))
        position = match.end()
        if position < len(text):
            joint = _JOIN.match(text, position)
            position = joint.end() if joint else position
    lower = sum(half.relation in ("≥", ">") for half in halves)
    upper = sum(half.relation in ("≤", "<") for half in halves)
    if len(halves) == 1 or (len(halves) == 2 and lower == upper == 1):
        return tuple(halves)
    raise unreadable(text, example)


def is_vague(text: str) -> bool:
    """Whether words stand where a number is needed: 数十, 约, 余, 左右, or 以内."""
    return _VAGUE.search(text) is not None or "以内" in text or "以外" in text


def unreadable(text: str, example: str | None = None) -> NotABoundError:
    """The problem with a text that follows no rule: vague, unclear, or plainly not a bound."""
    if _VAGUE.search(text):
        return NotABoundError(finding("vague-bound", None, text=text))
    if _UNCLEAR_ENDS.search(text) and text[:1] not in "[(]" and "@" not in text:
        return NotABoundError(finding("unclear-ends", None, text=text))
    return NotABoundError(finding("unreadable-bound", None, text=text, example=example))


def _half(match: re.Match[str], text: str) -> Half:
    prefix, suffix = match["prefix"], match["suffix"]
    before = _PREFIX_WORDS[prefix] if prefix else None
    after = _suffix_relation(suffix) if suffix else None
    if before is not None and after is not None and before != after:
        raise NotABoundError(
            finding("contradictory-wording", None, text=text, first=prefix, second=suffix)
        )
    return Half(before or after or "=", match["operand"])


def _suffix_relation(suffix: str) -> Relation:
    included = "以上" in suffix
    if suffix.lstrip("( ").startswith(("及", "或", "和", "含")) or re.search(r"\(\s*含", suffix):
        included = True
    if "不含" in suffix:
        included = False
    if "以上" in suffix:
        return "≥" if included else ">"
    return "≤" if included else "<"
