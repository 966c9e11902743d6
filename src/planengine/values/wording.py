"""The grammar of bounds: from words and symbols to relations over still unread operands.

`10人以上30人以下` is (≥ 10人) and (< 30人): 以上 includes its limit, 以下 does not, unless 及,
或, 含 or 不含 says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from planengine.diagnostics import Diagnostic, finding
from planengine.values.languages import USUAL, Grammar, Relation, grammar

_FEEL = re.compile(
    r"(?P<left>[\[(\]])\s*(?P<low>.*?)\s*\.\.\s*(?P<high>.*?)\s*(?P<right>[\])\[])\s*(?P<unit>.*)"
)
_DASHED = re.compile(
    r"\s*(?P<low>\d+(?:\.\d+)?)\s*(?P<first>[^\W\d_至到]*)\s*(?:[-–—~～〜至到]|\.\.)"
    r"\s*(?P<high>\d+(?:\.\d+)?)\s*(?P<unit>[^\s\d]\S*)?\s*"
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


def read_halves(
    text: str, example: str | None = None, languages: tuple[str, ...] = USUAL
) -> tuple[Half, ...]:
    """The one or two sides of a bound in words or symbols; the example is for the hint.

    Raises NotABoundError.
    """
    if _THOUSANDS.search(text):
        raise NotABoundError(finding("thousands-comma", None, text=text))
    words = grammar(languages)
    span = _span(text, words)
    if span is not None:
        return span
    halves = _sides(text, words)
    if len(halves) > 1 and any(words.either.search(half.operand) for half in halves):
        raise unreadable(text, example, languages)  # one limit or another
    lower = sum(half.relation in ("≥", ">") for half in halves)
    upper = sum(half.relation in ("≤", "<") for half in halves)
    if len(halves) == 1 or (len(halves) == 2 and lower == upper == 1):
        return halves
    raise unreadable(text, example, languages)


def lone_sides(text: str, languages: tuple[str, ...] = USUAL) -> Iterator[Half]:
    """The text as one word of relation and all the rest: for names that hold such words."""
    words = grammar(languages)
    lead, trail = words.lead.fullmatch(text), words.trail.fullmatch(text)
    if lead is not None:
        yield Half(words.before(lead["word"]), lead["operand"])
    if trail is not None:
        yield Half(words.after(trail["word"]), trail["operand"])


def multiplied(text: str, languages: tuple[str, ...]) -> tuple[int, str] | None:
    """What a word after a number multiplies it by, and the unit that follows: `million USD`."""
    words = grammar(languages)
    match = words.multiple.fullmatch(text)
    if match is None:
        return None
    return words.multiples[match["word"].casefold()], match["unit"]


def is_vague(text: str, languages: tuple[str, ...] = USUAL) -> bool:
    """Whether words stand where a number is needed: 数十, 约, 余, 左右, or 以内."""
    return grammar(languages).vague.search(text) is not None or "以内" in text or "以外" in text


def unreadable(
    text: str, example: str | None = None, languages: tuple[str, ...] = USUAL
) -> NotABoundError:
    """The problem with a text that follows no rule: vague, unclear, or plainly not a bound."""
    words = grammar(languages)
    if words.vague.search(text):
        return NotABoundError(finding("vague-bound", None, text=text))
    if words.unclear.search(text) and text[:1] not in "[(]" and "@" not in text:
        closed, half_open = _both_ends(text) or (None, None)
        return NotABoundError(
            finding("unclear-ends", None, text=text, closed=closed, half_open=half_open)
        )
    return NotABoundError(finding("unreadable-bound", None, text=text, example=example))


def _both_ends(text: str) -> tuple[str, str] | None:
    """A range of two numbers as an interval with both its ends, and without the upper one."""
    found = _DASHED.fullmatch(text)
    if found is None:
        return None
    unit = found["unit"] or found["first"]
    if found["first"] not in ("", unit) or any(word in unit for word in "百千万亿"):
        return None  # what multiplies which of them is for the author to say
    ends = f"{found['low']}..{found['high']}"
    return f"[{ends}] {unit}".strip(), f"[{ends}) {unit}".strip()


def _sides(text: str, words: Grammar) -> tuple[Half, ...]:
    moved = words.unit_last.fullmatch(text) if " " in text else None
    if moved is not None:  # `10 or more days` is 10 days or more
        text = f"{moved['number']} {moved['unit']} {moved['suffix']}"
    halves: list[Half] = []
    position = 0
    while position < len(text):
        match = words.side.match(text, position)
        if match is None:
            return ()
        halves.append(_half(match, text, words))
        position = match.end()
        joint = words.joint.match(text, position)
        position = joint.end() if joint else position
    return tuple(halves)


def _span(text: str, words: Grammar) -> tuple[Half, Half] | None:
    """Both sides of `3 to 10`: its ends count, unless it says that they do not."""
    for span in words.spans:
        match = span.fullmatch(text)
        if match is None or words.lead.fullmatch(text) is not None:  # `up to 10` is none
            continue
        low, high = match["low"], match["high"]
        if _sides(low, words) != (Half("=", low),) or _sides(high, words) != (Half("=", high),):
            return None
        if match["ends"] is not None and match["ends"].casefold() == "exclusive":
            return Half(">", low), Half("<", high)
        return Half("≥", low), Half("≤", high)
    return None


def _half(match: re.Match[str], text: str, words: Grammar) -> Half:
    prefix, suffix = match["prefix"], match["suffix"]
    before = words.before(prefix) if prefix else None
    after = words.after(suffix) if suffix else None
    if before is not None and after is not None and before != after:
        raise NotABoundError(
            finding("contradictory-wording", None, text=text, first=prefix, second=suffix)
        )
    return Half(before or after or "=", match["operand"])
