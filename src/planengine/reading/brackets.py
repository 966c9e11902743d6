"""Full-width brackets, which YAML takes for letters: `｛hazards: ［flood］｝`."""

from __future__ import annotations

import re

from planengine.diagnostics.diagnostic import finding
from planengine.reading.mended import Change, Mended
from planengine.reading.source import Source

_PLAIN = {"｛": "{", "｝": "}", "［": "[", "］": "]"}
_OPENED = {"}": "{", "]": "["}
_MARKS = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|\s#[^\n]*|(?P<mark>[{}\[\]｛｝［］])")
_ENTRY = re.compile(r"(?:^[ -]*|[:：,，{\[｛［][ ]*)\Z")
_AFTER = re.compile(r"[ ]*(?:[,，}\]｝］\r\n]|$)|[ ]+#")
_FURTHEST = 2000


def mend_brackets(source: Source, text: str, start: int, end: int) -> Mended | None:
    """A list or mapping between two places that has full-width brackets, mended; or None.

    Only brackets that stand where a value begins, with their partners, and that have nothing
    after them: `［演练］通知` is text.
    """
    open_at: list[int] = []
    pairs: list[tuple[int, int]] = []
    for found in _MARKS.finditer(text, start, min(end, start + _FURTHEST)):
        if found["mark"] is None:
            continue
        plain = _PLAIN.get(found["mark"], found["mark"])
        if plain in ("{", "["):
            open_at.append(found.start())
        elif open_at and _PLAIN.get(text[open_at[-1]], text[open_at[-1]]) == _OPENED[plain]:
            pairs.append((open_at.pop(), found.start()))
    wide = [
        pair
        for pair in pairs
        if any(text[at] in _PLAIN for at in pair)
        and _ENTRY.search(text[max(start, pair[0] - _FURTHEST) : pair[0]])
        and _AFTER.match(text, pair[1] + 1)
    ]
    if not wide:
        return None
    places = sorted(at for pair in wide for at in pair if text[at] in _PLAIN)
    first, last = min(wide)[0], max(close for _, close in wide)
    plain = "".join(_PLAIN[text[at]] if at in places else text[at] for at in range(first, last + 1))
    span = source.span(places[0], places[0] + 1)
    found_brackets = finding("full-width-bracket", span, bracket=text[places[0]], suggestion=plain)
    changes = tuple(Change(at, _PLAIN[text[at]]) for at in places)
    return Mended((found_brackets,), changes, source.line_at(first))


def is_bracketed(text: str) -> bool:
    """Whether a text may be a list or mapping in full-width brackets as a whole."""
    return text[:1] in ("｛", "［") and text[-1:] in ("｝", "］", "}", "]")
