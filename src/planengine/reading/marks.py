"""Marks that YAML accepts but reads otherwise than the author meant; and what to write."""

from __future__ import annotations

import re
from typing import TypeAlias

import yaml

from planengine.diagnostics.diagnostic import Diagnostic, Span, finding
from planengine.reading.nodes import Node, ScalarNode
from planengine.reading.source import Source

Meant: TypeAlias = tuple[Diagnostic, str]
"""A finding, and the text the author most likely meant."""

_BODY = r"[^\[\]{}()\"',:#\n]{0,60}?"  # bounded, so that no text takes long to search
INTERVAL = re.compile(rf"[\[(]{_BODY}\.\.{_BODY}[\])]")
_CLOSED_INTERVAL = re.compile(rf"\({_BODY}\.\.{_BODY}\](\s*\S+)?")
_INTERVAL_TAIL = re.compile(r"[ ]*([^\s,\[\]{}()\"':#]+)?")
_FOLDED_DIGITS = re.compile(r">([0-9])[ ]*(?=\r?\n|$)")
_UNEQUAL = re.compile(r"!=[ ]*[^\n]*")
_WRAPPED = re.compile(r"“[^“”]*”|‘[^‘’]*’|＂[^＂]*＂|「[^「」]*」")
_RUN_IN = re.compile(r"([^\s:：\"'\[\]{},#]+)[:：](?=[\[{\"'])")
_LONGEST_SHOWN = 60
OPENING = ("[", "{", "'", '"')
RUN_INTO = frozenset(f":{mark}" for mark in OPENING)
SUSPICIOUS = frozenset("(“‘＂「")
"""How an unquoted text begins that `suspicious_text` may find fault with."""
_COMPARISONS = ((">=", "≥ "), ("<=", "≤ "), ("!=", "≠ "), ("=>", "≥ "), (">", "> "))


def quoted(text: str) -> str:
    """A text as it is written in double quotes; the middle of a long one is left out."""
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[: _LONGEST_SHOWN // 2]} … {text[-_LONGEST_SHOWN // 4 :]}"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bound_meant(text: str) -> str:
    """The bound meant by `>= 30`, `> 30` or `!= 3`: ≥, > and ≠ with a space."""
    for mark, symbol in _COMPARISONS:
        if text.startswith(mark):
            return symbol + text[len(mark) :].strip()
    return text


def bound_finding(text: str, span: Span) -> Meant:
    """The finding for a bound that needs quotes or another symbol."""
    meant = bound_meant(text)
    suggestion = f"`{meant}`" if meant[0] in "≥≤≠" else f"`{quoted(meant)}`"
    found = finding("unquoted-bound", span, found=text, mark=text[0], suggestion=suggestion)
    return found, meant


def interval_finding(text: str, span: Span) -> Meant:
    """The finding for an interval without quotes."""
    suggestion = f"`{quoted(text)}`"
    return finding("unquoted-interval", span, found=text, suggestion=suggestion), text


def interval_end(text: str, end: int) -> int:
    """Where an interval ends together with the unit written after it."""
    tail = _INTERVAL_TAIL.match(text, end)
    return tail.end() if tail and tail[1] else end


def interval_in_list(items: list[Node], span: Span) -> Meant | None:
    """`[0..4]`, which YAML takes for a list of one text."""
    if len(items) != 1 or not isinstance(items[0], ScalarNode) or items[0].quoted:
        return None
    text = f"[{items[0].text}]"
    return interval_finding(text, span) if INTERVAL.fullmatch(text) else None


def folded_bound(source: Source, event: yaml.ScalarEvent, start: int) -> Meant | None:
    """`>5`, which YAML takes for the beginning of an (empty) folded text."""
    found = _FOLDED_DIGITS.match(source.text, start)
    if not found or event.value.strip():
        return None
    return bound_finding(found[0].strip(), source.span(start, start + 2))


def unequal_bound(source: Source, start: int, end: int) -> Meant | None:
    """`!= 3`, which YAML takes for a tag."""
    found = _UNEQUAL.match(source.text, start, end)
    return bound_finding(found[0].strip(), source.span(start, end)) if found else None


def suspicious_text(text: str, span: Span, *, in_list: bool) -> list[Diagnostic]:
    """Findings on an unquoted text: an interval, full-width quotes, a full-width comma."""
    if not text:
        return []
    if text[0] == "(" and _CLOSED_INTERVAL.fullmatch(text):
        return [interval_finding(text, span)[0]]
    if text[0] in "“‘＂「" and _WRAPPED.fullmatch(text):
        kept, plain = f"`{quoted(text)}`", f"`{quoted(text[1:-1])}`"
        return [finding("full-width-quotes", span, suggestion=plain, kept=kept)]
    if in_list and "，" in text:
        return [finding("full-width-comma-in-list", span, found=text)]
    return []


def joined_key(key: ScalarNode) -> str | None:
    """The name in an unquoted key that ran into its value, as in `approve:{post: x}`."""
    found = _RUN_IN.match(key.text)
    return found[1] if found else None


def joined_entry(key: ScalarNode) -> tuple[Diagnostic, str, str] | None:
    """`{死亡：3}` or `{a:3}`: a key and value that YAML takes for one word."""
    for mark, code in (("：", "full-width-colon"), (":", "missing-space-after-colon")):
        name, found, text = key.text.partition(mark)
        column = key.span.column + len(name)
        place = key.span._replace(column=column, end_column=column + 1)
        name, text = name.strip(), text.strip()
        if found and name and text:
            suggestion = f"{name}: {text}"
            return finding(code, place, suggestion=suggestion), name, text
    return None
