"""A YAML syntax error: what the author did, and the text mended so that reading can go on.

Mended text has the length of the original and the same line breaks, so that every place stays
true: an unquoted `>= 30` becomes filler, and its meaning is kept by the index of its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from msgspec import Struct

from planengine.diagnostics.code import Text
from planengine.diagnostics.diagnostic import finding
from planengine.reading import marks
from planengine.reading.brackets import mend_brackets
from planengine.reading.flow import mend_flow
from planengine.reading.lines import (
    content_start,
    join_colon,
    joined_lines_above,
    next_line_start,
    part_colon,
    run_in_key,
    segment_end,
    spaced_wide,
    value_start,
)
from planengine.reading.mended import Change, Mended
from planengine.reading.source import Source


class Failure(Struct, frozen=True):
    """A syntax error: the text as it stood, where the reader stopped and what it was reading."""

    source: Source
    text: str
    at: int
    context: int
    problem: str
    activity: str

    @property
    def line(self) -> int:
        """The line where the reader stopped, from 1."""
        return self.source.line_at(self.at)

    def char(self, index: int) -> str:
        """A character, or nothing beyond the end."""
        return self.text[index : index + 1]


def failure_of(error: yaml.MarkedYAMLError, source: Source, text: str) -> Failure:
    """A PyYAML error, from either of its loaders, in our terms."""
    at = min(error.problem_mark.index, len(text)) if error.problem_mark else 0
    context = min(error.context_mark.index, len(text)) if error.context_mark else at
    return Failure(source, text, at, context, error.problem or "", error.context or "")


def mend(failure: Failure) -> Mended:
    """The findings for a syntax error, and the changes that get past it where there are any."""
    for of_another_keyboard in (_tab, _wide_space, _wide_brackets):
        mended = of_another_keyboard(failure)
        if mended:
            return mended
    for words, explain in _KINDS:
        if words in failure.activity or words in failure.problem:
            return explain(failure)
    return _other(failure)


def _tab(failure: Failure) -> Mended | None:
    start, end = failure.source.line_range(failure.line)
    indentation = re.compile(r"[ \t]*").match(failure.text, start, end)
    column = indentation[0].find("\t") if indentation else -1
    if indentation is None or column < 0 or failure.at > indentation.end():
        return None
    place = failure.source.span(start + column, indentation.end())
    spaces = " " * len(indentation[0])
    change = Change(start, spaces)
    return Mended((finding("tab-indentation", place),), (change,), failure.line, doubtful=True)


def _wide_space(failure: Failure) -> Mended | None:
    for line in dict.fromkeys((failure.source.line_at(failure.context), failure.line)):
        mended = spaced_wide(failure.source, failure.text, line)
        if mended:
            return mended
    return None


def _wide_brackets(failure: Failure) -> Mended | None:
    for line in dict.fromkeys((failure.source.line_at(failure.context), failure.line)):
        mended = mend_brackets(failure.source, failure.text, *failure.source.line_range(line))
        if mended:
            return mended
    return None


def _reserved(failure: Failure, at: int) -> Mended:
    """A value or key that begins with a character YAML keeps for itself."""
    end = segment_end(failure.text, at, failure.source.line_range(failure.source.line_at(at))[1])
    text = failure.text[at:end].rstrip()
    span = failure.source.span(at, at + len(text))
    meant, written = text, f"`{marks.quoted(text)}`"
    if text[:1] == ">" or text.startswith("!="):
        found, meant = marks.bound_finding(text, span)
    elif text[:1] == "@":
        found = finding("unquoted-at", span, found=text, suggestion=written)
    elif text[:1] == "%":
        found = finding("unquoted-percent", span, found=text, suggestion=written)
    else:
        found = finding(
            "reserved-character", span, found=text, character=text[:1], suggestion=written
        )
    change = Change(at, "x" * len(text), meant)
    return Mended((found,), (change,), failure.source.line_at(at))


def _at_problem(failure: Failure) -> Mended:
    return _reserved(failure, failure.at)


def _at_context(failure: Failure) -> Mended:
    return _reserved(failure, failure.context)


def _directive(failure: Failure) -> Mended:
    found = re.compile(r"^%", re.MULTILINE).search(failure.text, 0, failure.at + 1)
    at = found.start() if found else failure.at
    span = failure.source.span(at, at + 1)
    return Mended((finding("yaml-directive", span),), (), failure.source.line_at(at))


def _no_colon(failure: Failure) -> Mended:
    """A line of a mapping in which no key was found."""
    line = failure.source.line_at(failure.context)
    start, end = failure.source.line_range(line)
    joined = join_colon(failure.source, failure.text, line)
    if joined:
        return joined
    begin = content_start(failure.text, start, end)
    return Mended((finding("missing-colon", failure.source.span(begin, end)),), (), line)


def _second_colon(failure: Failure) -> Mended:
    """A colon where no key can end: in a text, or on a line indented wrongly."""
    start, end = failure.source.line_range(failure.line)
    run_in = run_in_key(failure.text, start, failure.at)
    if run_in is not None:
        return part_colon(failure.source, failure.text, *run_in)
    value = value_start(failure.text, start, failure.at)
    if value is not None:
        text = failure.text[value:end].split(" #")[0].rstrip()
        suggestion = f"`{marks.quoted(text)}`"
        span = failure.source.span(failure.at, failure.at + 1)
        found = finding("colon-in-text", span, suggestion=suggestion)
        return Mended((found,), (Change(failure.at, "："),), failure.line)
    above = joined_lines_above(failure.source, failure.text, failure.line)
    return above or _misaligned(failure, content_start(failure.text, start, end))


def _misaligned(failure: Failure, at: int) -> Mended:
    line = failure.source.line_at(at)
    place = failure.source.span(at, failure.source.line_range(line)[1])
    return Mended((finding("mis-indented", place),), (), line)


def _quote(failure: Failure) -> Mended:
    """A mistake in a quoted text."""
    if "escape" in failure.problem or "hexdecimal" in failure.problem:
        at = failure.text.rfind("\\", 0, failure.at + 1)
        if at >= 0:
            span = failure.source.span(at, at + 2)
            found = finding("bad-escape", span, escape=failure.text[at : at + 2])
            return Mended((found,), (Change(at, "x"),), failure.source.line_at(at))
    span = failure.source.span(failure.context, failure.context + 1)
    return Mended((finding("unclosed-quote", span),), (), failure.source.line_at(failure.context))


def _flow(failure: Failure) -> Mended:
    return mend_flow(failure.source, failure.text, failure.context, failure.at)


def _colon_in_flow(failure: Failure) -> Mended:
    """A key that runs into the bracket of its value: `{executor:{post: x}}`."""
    if failure.char(failure.at + 1) in marks.OPENING:
        return part_colon(failure.source, failure.text, failure.context, failure.at)
    return _other(failure)


def _list_on_key_line(failure: Failure) -> Mended:
    start, _ = failure.source.line_range(failure.line)
    if value_start(failure.text, start, failure.at) is None:
        return _misaligned(failure, failure.at)
    span = failure.source.span(failure.at, failure.at + 1)
    return Mended((finding("list-on-key-line", span),), (), failure.line)


def _block(failure: Failure) -> Mended:
    """The structure by indentation breaks off."""
    start, end = failure.source.line_range(failure.line)
    char, before = failure.char(failure.at), failure.text[start : failure.at].rstrip()
    run_in = run_in_key(failure.text, start, failure.at)
    if run_in is not None:
        return part_colon(failure.source, failure.text, *run_in)
    if char in ("]", "}"):
        return _bracket(failure)
    for found in marks.INTERVAL.finditer(failure.text, start, end):
        if found.start() <= failure.at:
            return mend_flow(failure.source, failure.text, found.start(), failure.at)
    if before.endswith(("'", '"')):
        place = failure.source.span(failure.at, end)
        return Mended((finding("text-after-quotes", place),), (), failure.line)
    if before.endswith(("]", "}")):
        return _other(failure, Text("text follows the closing bracket", "右括号之后还有文字"))
    if failure.at >= len(failure.text) or not before.strip(" -"):
        return _misaligned(failure, next_line_start(failure.text, failure.at))
    return _other(failure)


def _bracket(failure: Failure) -> Mended:
    char = failure.char(failure.at)
    span = failure.source.span(failure.at, failure.at + 1)
    found = finding("unexpected-bracket", span, bracket=char)
    return Mended((found,), (Change(failure.at, " "),), failure.line, doubtful=True)


def _content(failure: Failure) -> Mended:
    if failure.char(failure.at) == ",":
        return _at_problem(failure)
    return _bracket(failure) if failure.char(failure.at) in tuple("]}") else _other(failure)


def _start(failure: Failure) -> Mended:
    if re.compile(r"^%", re.MULTILINE).search(failure.text, 0, failure.at + 1):
        return _directive(failure)
    if re.compile(r"^\.\.\.", re.MULTILINE).search(failure.text, 0, failure.at):
        place = failure.source.span(failure.at, failure.source.line_range(failure.line)[1])
        return Mended((finding("several-documents", place),), (), failure.line)
    return _block(failure)


def _other(failure: Failure, problem: Text | None = None) -> Mended:
    words = problem or Text(
        f"the YAML reader says: {failure.problem or 'no reason given'}",
        f"YAML 读取器报告：{failure.problem or '未说明原因'}",
    )
    at = min(failure.at, max(len(failure.text) - 1, 0))
    span = failure.source.span(at, min(at + 1, len(failure.text)))
    return Mended((finding("yaml-syntax", span, problem=words),), (), failure.line)


_KINDS: tuple[tuple[str, Callable[[Failure], Mended]], ...] = (
    ("cannot start any token", _at_problem),
    ("block scalar", _at_context),
    ("an alias", _at_context),
    ("an anchor", _at_context),
    ("a tag", _at_context),
    ("a directive", _directive),
    ("quoted scalar", _quote),
    ("unexpected ':'", _colon_in_flow),
    ("simple key", _no_colon),
    ("mapping values are not allowed", _second_colon),
    ("sequence entries are not allowed", _list_on_key_line),
    ("mapping keys are not allowed", _at_problem),
    ("a flow ", _flow),
    ("node content", _content),
    ("document start>", _start),
    ("block mapping", _block),
    ("block collection", _block),
)
