"""What an author let stand: a comment beside a line that says which finding, until when and why."""

from __future__ import annotations

import re

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span

_MARK = re.compile(r"(?:^|\s)#\s*planengine:\s*(?P<words>.*)$")
_FORM = re.compile(
    r"allow\s+(?P<code>\S+?)"
    r"(?:\s+until\s+(?P<until>\S+?))?"
    r"(?:\s+because\s+(?P<reason>.*\S))?\s*"
)


class Allowance(Struct, frozen=True):
    """One such comment; what it does not say is None. `line` is the line that it is about."""

    code: str | None
    until: str | None
    reason: str | None
    line: int
    span: Span


def allowances(text: str, file: str) -> tuple[Allowance, ...]:
    """The comments of a file that begin with `planengine:`.

    One at the end of a line is about that line; one on a line of its own is about the next
    line that is no comment.
    """
    if "planengine:" not in text:
        return ()
    lines = text.split("\n")
    about = _about(lines)
    return tuple(
        _read(match, about[number - 1], Span(file, number, at, number, len(line) + 1))
        for number, line in enumerate(lines, 1)
        for match in [_MARK.search(line)]
        if match is not None and not _is_quoted(line[: match.start()])
        for line, at in [(line.rstrip(), line.index("#", match.start()) + 1)]
    )


def _read(match: re.Match[str], line: int, span: Span) -> Allowance:
    form = _FORM.fullmatch(match["words"])
    if form is None:
        return Allowance(None, None, None, line, span)
    return Allowance(form["code"], form["until"], form["reason"], line, span)


def _about(lines: list[str]) -> list[int]:
    """For each line the one that a comment on it is about: itself, or the next that holds more."""
    found: list[int] = []
    following: int | None = None
    for number in range(len(lines), 0, -1):
        content = lines[number - 1].lstrip()
        if content and not content.startswith("#"):
            following = number
        found.append(number if content[:1] != "#" else following or number)
    return found[::-1]


def _is_quoted(before: str) -> bool:
    """Whether what stands after it on its line is inside quotes."""
    return before.count('"') % 2 == 1 or before.count("'") % 2 == 1
