"""Looking at single lines of broken YAML: where keys, values and segments begin and end."""

from __future__ import annotations

import re

from planengine.diagnostics.diagnostic import finding
from planengine.reading.mended import Change, Mended
from planengine.reading.source import Source

_LEAD = re.compile(r"[ ]*(?:-[ ]+)*")
_KEY = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\n]|'')*'"
    r"|[^:#\n\"'\[\]{},]{1,1024}?(?=[ ]{0,20}:(?:[ \t\r\n]|$))"
)
_COLON = re.compile(r"[ ]*:(?:[ \t]+|$)")
_WIDE = re.compile(r"(?:^[ \-]*|:[ ]*)([\u00a0\u3000\u2000-\u200a\u202f\u205f]+)")
_JOINED = re.compile(r"([^\s:：\"'\[\]{},#][^:：\"'\[\]{},#]{0,200}?)[ ]{0,20}([：:])[ ]*(\S.*)?$")
_RUN_IN = re.compile(r"[^\s:：\"'\[\]{},#]+(?=[:：][\[{\"'])")
_FURTHEST = 2000
_CLOSING = {"}": "{", "]": "["}


def content_start(text: str, start: int, end: int) -> int:
    """Where a line's content begins, after spaces."""
    while start < end and text[start] == " ":
        start += 1
    return start


def next_line_start(text: str, at: int) -> int:
    """The first character at or after a place that is not white space, or the last one."""
    found = re.compile(r"\S").search(text, at)
    return found.start() if found else len(text.rstrip())


def value_start(text: str, start: int, before: int) -> int | None:
    """Where the value on a line begins, if a key ends before a place on it."""
    lead = _LEAD.match(text, start)
    key = _KEY.match(text, lead.end() if lead else start)
    colon = _COLON.match(text, key.end()) if key else None
    if colon is None or colon.end() > before:
        return None
    return colon.end()


def spaced_wide(source: Source, text: str, line: int) -> Mended | None:
    """A line with a wide space in its indentation or after its colon, mended."""
    found = wide_space(text, *source.line_range(line))
    if found is None:
        return None
    change = Change(found[0], " " * (found[1] - found[0]))
    return Mended((finding("wide-space", source.span(*found)),), (change,), line)


def wide_space(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A wide space in a line's indentation or after a colon: from where to where."""
    found = _WIDE.search(text[start:end])
    return (start + found.start(1), start + found.end(1)) if found else None


def segment_end(text: str, at: int, end: int) -> int:
    """Where an unquoted key or value ends: at a comment, a colon, or the bracket around it."""
    before = max(text.rfind("\n", 0, at) + 1, at - _FURTHEST)
    inside = _open_brackets(text[before:at]) > 0
    depth: list[str] = []
    for index in range(at, end):
        char = text[index]
        following = text[index + 1 : index + 2]
        if char == "#" and text[index - 1].isspace():
            return index
        if char == ":" and (not following or following.isspace()):
            return index
        if char in "[{":
            depth.append(char)
        elif char in "]}" and depth and depth[-1] == _CLOSING[char]:
            depth.pop()
        elif (char in "]}" and inside) or (char == "," and inside and not depth):
            return index
    return end


def _open_brackets(before: str) -> int:
    bare = re.sub(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", "", before)
    return sum(bare.count(char) for char in "[{") - sum(bare.count(char) for char in "]}")


def join_colon(source: Source, text: str, line: int) -> Mended | None:
    """A line `key：value` or `key:value`, mended to `key: value` in as many characters."""
    start, end = source.line_range(line)
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    found = _JOINED.match(text[begin:end])
    if found is None:
        return None
    name, rest = found[1].strip(), (found[3] or "").strip()
    at = begin + found.start(2)
    suggestion = f"{name}: {rest}".rstrip()
    code = "full-width-colon" if found[2] == "：" else "missing-space-after-colon"
    problem = finding(code, source.span(at, at + 1), suggestion=suggestion)
    room = at - begin
    if not rest or text[at + 1 : at + 2] == " ":
        changes: tuple[Change, ...] = (Change(at, ":"),)
    elif room >= 2:
        changes = (Change(begin, "x" * (room - 1) + ": ", name),)
    else:
        changes = ()
    return Mended((problem,), changes, line)


def run_in_key(text: str, start: int, before: int) -> tuple[int, int] | None:
    """Where a key at the beginning of a line starts and ends that runs into its value."""
    lead = _LEAD.match(text, start)
    found = _RUN_IN.match(text, lead.end() if lead else start)
    return (found.start(), found.end()) if found and found.end() < before else None


def part_colon(source: Source, text: str, begin: int, colon: int) -> Mended:
    """A key that runs into the bracket or quote of its value: `approve:{post: x}`, mended.

    `colon` is where its colon is, a plain or a full-width one.
    """
    line = source.line_at(begin)
    name = text[begin:colon].strip()
    value = text[colon + 1 : _value_end(text, colon + 1, source.line_range(line)[1])]
    suggestion = f"{name}: {value}".rstrip()
    span = source.span(colon, colon + 1)
    wide = text[colon : colon + 1] == "："
    code = "full-width-colon" if wide else "missing-space-after-colon"
    problem = finding(code, span, suggestion=suggestion)
    room = colon - begin
    put = Change(begin, "x" * (room - 1) + ": ", name)
    return Mended((problem,), (put,) if room >= 2 else (), line)


def _value_end(text: str, at: int, end: int) -> int:
    """Where a bracket or quote that opens at a place closes on its line, or the line's end."""
    if text[at : at + 1] in ("'", '"'):
        closing = text.find(text[at], at + 1, end)
        return end if closing < 0 else closing + 1
    depth = 0
    for index in range(at, end):
        depth += (text[index] in "[{") - (text[index] in "]}")
        if depth == 0:
            return index + 1
    return end


def joined_lines_above(source: Source, text: str, line: int) -> Mended | None:
    """The lines just above, in the same column, that lack a plain colon with a space."""
    column = _column(source, text, line)
    parts: list[Mended] = []
    for above in range(line - 1, 0, -1):
        start, end = source.line_range(above)
        if start < 0 or _column(source, text, above) != column:
            break
        if value_start(text, start, end + 1) is not None:
            break
        joined = spaced_wide(source, text, above) or join_colon(source, text, above)
        if joined is None:
            break
        parts.append(joined)
        if text[content_start(text, start, end) : end].startswith("- "):
            break
    if not parts:
        return None
    parts.reverse()
    if not all(part.changes for part in parts):
        return Mended(tuple(f for part in parts for f in part.findings), (), parts[0].line)
    return Mended(
        tuple(f for part in parts for f in part.findings),
        tuple(c for part in parts for c in part.changes),
        parts[0].line,
    )


def _column(source: Source, text: str, line: int) -> int:
    start, end = source.line_range(line)
    lead = _LEAD.match(text, start, end)
    return lead.end() - start if lead else 0
