"""Broken lists in `[…]` and mappings in `{…}`."""

from __future__ import annotations

import re

from planengine.diagnostics.diagnostic import finding
from planengine.reading import marks
from planengine.reading.lines import content_start, part_colon
from planengine.reading.mended import Change, Mended
from planengine.reading.source import Source

_SKIPPED = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|(?<=\s)#[^\n]*"
_INTERVALS = re.compile(rf"{_SKIPPED}|(?P<interval>{marks.INTERVAL.pattern})")
_SEPARATORS = re.compile(rf"{_SKIPPED}|(?P<mark>[,，{{\[]|:(?=\s))")
_KEY_LINE = re.compile(r"[ ]*(?:-[ ]+)?[^\s,{}\[\]\"'][^,{}\[\]\"']*$")
_JOINED = re.compile(r"[^\s:：\"'\[\]{},#]{1,200}：\Z")
_FURTHEST = 5000
_PARTNER = {"[": "]", "{": "}"}


def mend_flow(source: Source, text: str, opened: int, at: int) -> Mended:
    """What is wrong between an opening bracket and the place where reading stopped."""
    return (
        _intervals(source, text, opened, at)
        or _wide_commas(source, text, opened, at)
        or _joined(source, text, at)
        or _unclosed(source, text, opened, at)
        or _colon(source, text, opened, at)
        or _missing_comma(source, text, opened, at)
    )


def _intervals(source: Source, text: str, opened: int, at: int) -> Mended | None:
    findings, changes = [], []
    end = source.line_range(source.line_at(at))[1]
    for found in _INTERVALS.finditer(text, max(opened, at - _FURTHEST), min(end, at + _FURTHEST)):
        if not found["interval"] or found.start() > at:
            continue
        start, stop = found.start(), marks.interval_end(text, found.end())
        written = text[start:stop]
        findings.append(marks.interval_finding(written, source.span(start, stop))[0])
        changes.append(Change(start, "x" * len(written), written))
    if not findings:
        return None
    return Mended(tuple(findings), tuple(changes), source.line_at(opened))


def _last_marks(text: str, opened: int, at: int) -> list[re.Match[str]]:
    """The separators in the entry that was being read, from its beginning."""
    found = [m for m in _SEPARATORS.finditer(text, max(opened, at - _FURTHEST), at) if m["mark"]]
    begins = [index for index, m in enumerate(found) if m["mark"] in ",{["]
    return found[begins[-1] + 1 :] if begins else found


def _wide_commas(source: Source, text: str, opened: int, at: int) -> Mended | None:
    commas = [m for m in _last_marks(text, opened, at) if m["mark"] == "，"]
    if not commas:
        return None
    return Mended(
        tuple(finding("full-width-comma", source.span(m.start(), m.end())) for m in commas),
        tuple(Change(m.start(), ",") for m in commas),
        source.line_at(at),
    )


def _joined(source: Source, text: str, at: int) -> Mended | None:
    """A key with a full-width colon that runs into its value: `{executor：{post: x}}`."""
    found = _JOINED.search(text, max(at - _FURTHEST, 0), at)
    if found is None or text[at : at + 1] not in marks.OPENING:
        return None
    return part_colon(source, text, found.start(), at - 1)


def _unclosed(source: Source, text: str, opened: int, at: int) -> Mended | None:
    line, first = source.line_at(at), source.line_at(opened)
    start = source.line_range(line)[0]
    key_line = text[at : at + 1] == ":" and _KEY_LINE.match(text[start:at])
    opened_start = source.line_range(first)[0]
    outside = _indent(text, start) <= _indent(text, opened_start)
    if at < len(text.rstrip()) and not (line > first and key_line and outside):
        return None
    span = source.span(opened, opened + 1)
    found = finding("unclosed-bracket", span, bracket=text[opened : opened + 1])
    return Mended((found,), (), first)


def _indent(text: str, start: int) -> int:
    return content_start(text, start, len(text)) - start


def _colon(source: Source, text: str, opened: int, at: int) -> Mended | None:
    colons = [m for m in _last_marks(text, opened, at) if m["mark"] == ":"]
    if text[at : at + 1] != ":" or not colons:
        return None
    end = re.compile(r"[,}\]\n]|$").search(text, at)
    written = text[colons[0].end() : end.start() if end else at].strip()
    suggestion = f"`{marks.quoted(written)}`"
    found = finding("colon-in-text", source.span(at, at + 1), suggestion=suggestion)
    return Mended((found,), (Change(at, "："),), source.line_at(at))


def _missing_comma(source: Source, text: str, opened: int, at: int) -> Mended:
    bracket = _PARTNER.get(text[opened : opened + 1], "]")
    found = finding("missing-comma", source.span(at, at + 1), bracket=bracket)
    return Mended((found,), (), source.line_at(at))
