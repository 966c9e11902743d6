"""What would mend a finding: edits of the text, as data.

A fix is *sure* where it has one meaning and cannot make a plan mean anything else than its author
wrote: a name with one letter wrong and one thing that it can be, a comma of the wrong width. Only
these are made without being looked at; others are offered one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from planengine.diagnostics.diagnostic import Diagnostic, Edit, Fix, Parameter, Span

_LEAST = 4  # shorter words are near too many others
_DIGITS = re.compile(r"\d+")


def respelt(
    name: str,
    nearest: str | None,
    known: Iterable[str] | Mapping[str, tuple[str, ...]],
    span: Span | None,
) -> Fix | None:
    """The fix of a misspelt name; sure where just one of the known things is so near.

    `known` gives the ids that each spelling can mean, or is a list of ids.
    """
    if nearest is None or span is None:
        return None
    meanings = known if isinstance(known, Mapping) else {one: (one,) for one in known}
    near = {one for text, ids in meanings.items() if is_slip(name, text) for one in ids}
    return Fix((Edit(span, name, nearest),), sure=is_slip(name, nearest) and len(near) == 1)


def fix_of(found: Diagnostic) -> Fix | None:
    """What mends a finding, as far as its code and parameters tell."""
    if found.span is None:
        return None
    made = _MADE.get(found.code)
    if made is not None:
        return made(found.span, dict(found.params))
    if found.code.startswith("unknown-"):
        return _replaced("name", "nearest")(found.span, dict(found.params))
    return None


def is_slip(word: str, other: str) -> bool:
    """Whether one word is another with a letter left out, added, wrong, or two exchanged.

    Of words in Latin letters only, with the same numbers in them: `decree-439` is no slip of
    `decree-493`, nor is one of two Chinese words that differ in a character.
    """
    a, b = (one.strip().casefold().replace("_", "-").replace(" ", "-") for one in (word, other))
    if a == b:
        return True
    if not (a.isascii() and b.isascii()) or min(len(a), len(b)) < _LEAST:
        return False
    if _DIGITS.findall(a) != _DIGITS.findall(b) or abs(len(a) - len(b)) > 1:
        return False
    at = next(
        (n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    rest, others = a[at:], b[at:]
    return (
        rest[1:] == others[1:]
        or rest[1:] == others
        or rest == others[1:]
        or (rest[:2] == others[:2][::-1] and rest[2:] == others[2:])
    )


_Maker = Callable[[Span, Mapping[str, Parameter]], Fix | None]


def _replaced(old: str, new: str, *, slips: bool = False) -> _Maker:
    """One parameter put for another; with `slips` sure where they are one slip apart."""

    def made(span: Span, params: Mapping[str, Parameter]) -> Fix | None:
        before, after = params.get(old), params.get(new)
        if not isinstance(before, str) or not isinstance(after, str):
            return None
        return Fix((Edit(span, before, after),), sure=slips and is_slip(before, after))

    return made


def _in_quotes(span: Span, params: Mapping[str, Parameter]) -> Fix | None:
    """What was found, written as the hint says: in quotes, or with another mark."""
    before, after = params.get("found"), params.get("suggestion")
    if not isinstance(before, str) or not isinstance(after, str):
        return None
    return Fix((Edit(span, before, after.strip("`")),), sure=True)


def _mark(old: str, new: str) -> _Maker:
    return lambda span, _: Fix((Edit(span, old, new),), sure=True)


def _spaces(span: Span, _: Mapping[str, Parameter]) -> Fix | None:
    """Plain spaces; in an indentation it must be looked at what they belong to."""
    width = span.end_column - span.column
    return Fix((Edit(span, "", " " * width),), sure=span.column > 1)


def _brackets(span: Span, params: Mapping[str, Parameter]) -> Fix | None:
    after = params.get("suggestion")
    if not isinstance(after, str) or "\n" in after:
        return None
    whole = span._replace(end_column=span.column + len(after))
    return Fix((Edit(whole, "", after),))


_MADE: Mapping[str, _Maker] = {
    "full-width-comma": _mark("，", ", "),
    "full-width-colon": _mark("：", ": "),
    "missing-space-after-colon": _mark(":", ": "),
    "full-width-bracket": _brackets,
    "wide-space": _spaces,
    "unquoted-bound": _in_quotes,
    "unquoted-interval": _in_quotes,
    "unquoted-at": _in_quotes,
    "unquoted-percent": _in_quotes,
    "unknown-key": _replaced("key", "suggestion", slips=True),
    "unknown-condition": _replaced("key", "suggestion", slips=True),
    "unknown-choice": _replaced("text", "suggestion", slips=True),
    "not-a-choice": _replaced("found", "suggestion", slips=True),
    "another-kind": _replaced("name", "suggestion"),
    "bad-time-zone": _replaced("text", "nearest"),
    "unknown-unit": _replaced("unit", "suggestion"),
}


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Edit, ...]]:
    """A text with edits made, and those that were: not what overlaps, nor what is not there."""
    starts = _starts(text)
    placed: list[tuple[int, int, Edit]] = []
    for edit in edits:
        place = _place(text, starts, edit)
        if place is not None and all(place[1] <= a or b <= place[0] for a, b, _ in placed):
            placed.append((*place, edit))
    for begin, end, edit in sorted(placed, key=lambda one: -one[0]):
        text = text[:begin] + put_at(text, end, edit) + text[end:]
    return text, tuple(edit for _, _, edit in sorted(placed, key=lambda one: one[0]))


def put_at(text: str, end: int, edit: Edit) -> str:
    """What an edit puts before a place: with one space where there is one already."""
    return edit.new.rstrip(" ") if text[end : end + 1].isspace() and edit.old else edit.new


def place_of(text: str, edit: Edit) -> tuple[int, int] | None:
    """From which character to which an edit changes a text; None where its words are not there."""
    return _place(text, _starts(text), edit)


def _starts(text: str) -> list[int]:
    """Where each line begins, and where one after the last would."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _place(text: str, starts: list[int], edit: Edit) -> tuple[int, int] | None:
    span = edit.span
    if not 0 < span.line < len(starts) or not 0 < span.end_line < len(starts):
        return None
    begin = starts[span.line - 1] + span.column - 1
    end = starts[span.end_line - 1] + span.end_column - 1
    if not edit.old:
        return begin, end
    if text.startswith(edit.old, begin):
        return begin, begin + len(edit.old)
    at = text.find(edit.old, begin, end)
    if at < 0 or text.find(edit.old, at + 1, end) >= 0:
        return None
    return at, at + len(edit.old)
