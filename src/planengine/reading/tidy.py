"""A YAML document with its layout put in order: indentation, spaces in brackets, blank lines.

Every word, comment, quote and line break stays where its author put it; alignment by more spaces
than one stays too. What is tidied is read again and must be the same document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import yaml
from msgspec import Struct, field

from planengine.diagnostics.diagnostic import Diagnostic
from planengine.reading.nodes import MappingNode, Node, SequenceNode
from planengine.reading.yaml import read_document

_STEP = 2
_MOST_BLANK = 1
_OPEN = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSE = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_DASHES = re.compile(r"(?:-[ ]+)*")


def tidied(text: str) -> str | None:
    """The document in order; None where it cannot be read, or is not surely the same then."""
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n")
    before = _read(plain)
    if before is None:
        return None
    try:
        made = _closed(_indented(_spaced(plain)))
    except yaml.YAMLError:
        return None
    after = _read(made)
    return made if after is not None and same_content(before, after) else None


def same_content(one: Node, other: Node) -> bool:
    """Whether two trees hold the same, wherever it stands."""
    if isinstance(one, MappingNode):
        return (
            isinstance(other, MappingNode)
            and len(one.entries) == len(other.entries)
            and all(
                same_content(a, x) and same_content(b, y)
                for (a, b), (x, y) in zip(one.entries, other.entries, strict=True)
            )
        )
    if isinstance(one, SequenceNode):
        return (
            isinstance(other, SequenceNode)
            and len(one.items) == len(other.items)
            and all(same_content(a, b) for a, b in zip(one.items, other.items, strict=True))
        )
    if isinstance(other, MappingNode | SequenceNode):
        return False
    return one[:3] == other[:3]  # value, text, quoted


def _tokens(text: str) -> Iterator[yaml.Token]:
    return yaml.scan(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _read(text: str) -> Node | None:
    findings: list[Diagnostic] = []
    node = read_document(text, "", findings)
    return node if not any(one.severity == "error" for one in findings) else None


def _spaced(text: str) -> str:
    """Spaces in braces and brackets: `{a: 1, b: [2, 3]}`; none is taken from before a comment."""
    changes: list[tuple[int, int, str]] = []
    depth = 0
    before: yaml.Token | None = None
    for token in _tokens(text):
        if token.start_mark.index == token.end_mark.index:
            continue
        if before is not None and depth and before.end_mark.line == token.start_mark.line:
            begin, end = before.end_mark.index, token.start_mark.index
            wanted = _between(before, token, end - begin)
            if wanted is not None and not text[begin:end].strip() and text[begin:end] != wanted:
                changes.append((begin, end, wanted))
        depth += isinstance(token, _OPEN)
        depth -= isinstance(token, _CLOSE)
        before = token
    for begin, end, wanted in reversed(changes):
        text = text[:begin] + wanted + text[end:]
    return text


def _between(before: yaml.Token, after: yaml.Token, width: int) -> str | None:
    """What stands between two tokens on one line in brackets; None: as it is."""
    if isinstance(before, _OPEN) or isinstance(after, (*_CLOSE, yaml.FlowEntryToken)):
        return ""
    if isinstance(before, yaml.FlowEntryToken):
        return " " if width == 0 else None
    return None


class _Block(Struct):
    """Where the keys or hyphens of a mapping or list stand, and where they shall."""

    old: int
    new: int
    is_list: bool


class _Lines(Struct):
    """For each line, how it shall begin: its new column, and its hyphens."""

    columns: dict[int, int] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)  # lines within a text over several lines


def _indented(text: str) -> str:
    """Two spaces for each level, of lists too; comments go with the line below them."""
    found = _Lines()
    blocks: list[_Block] = []
    flow: list[int] = []
    for token in _tokens(text):
        mark = token.start_mark
        match token:
            case yaml.BlockMappingStartToken() | yaml.BlockSequenceStartToken():
                blocks.append(_opened(blocks, mark.column, token))
            case yaml.BlockEndToken():
                blocks.pop()
            case yaml.FlowMappingStartToken() | yaml.FlowSequenceStartToken():
                flow.append(mark.line)
            case yaml.FlowMappingEndToken() | yaml.FlowSequenceEndToken():
                flow.pop()
            case yaml.ScalarToken():
                last = token.end_mark.line - (token.end_mark.column == 0)
                found.whole |= set(range(mark.line + 1, last + 1))
        is_entry = isinstance(token, yaml.KeyToken | yaml.BlockEntryToken)
        if is_entry and not flow and blocks and mark.line not in found.columns:
            found.columns[mark.line] = blocks[-1].new
            if isinstance(token, yaml.BlockEntryToken) and not blocks[-1].is_list:
                found.columns[mark.line] = blocks[-1].new  # a list at its key's own column
    return _shifted(text.split("\n"), found)


def _opened(blocks: list[_Block], column: int, token: yaml.Token) -> _Block:
    is_list = isinstance(token, yaml.BlockSequenceStartToken)
    if not blocks:
        return _Block(column, 0, is_list)
    return _Block(column, blocks[-1].new + _STEP, is_list)


def _shifted(lines: list[str], found: _Lines) -> str:
    """The lines with their new beginnings; what has none of its own moves with the line above."""
    known = sorted(found.columns)
    made: list[str] = []
    for number, line in enumerate(lines):
        content = line.lstrip(" ")
        old = len(line) - len(content)
        if number in found.columns:
            made.append(" " * found.columns[number] + _dashes(content))
            continue
        if not content or not known:
            made.append(line)
            continue
        is_comment = content.startswith("#") and number not in found.whole
        place = bisect_right(known, number)
        near = known[min(place, len(known) - 1)] if is_comment else known[max(place - 1, 0)]
        was = len(lines[near]) - len(lines[near].lstrip(" "))
        if is_comment and old < was:
            made.append(line if not old else " " * _column_of(old, lines, found, near) + content)
        else:
            made.append(" " * max(old + found.columns[near] - was, 0) + content)
    return "\n".join(made)


def _column_of(old: int, lines: list[str], found: _Lines, near: int) -> int:
    """Where a line in this column stands, by the nearest line above that begins there."""
    for number in range(near, -1, -1):
        if number in found.columns and len(lines[number]) - len(lines[number].lstrip(" ")) == old:
            return found.columns[number]
    return old


def _dashes(content: str) -> str:
    """Hyphens with one space after each."""
    dashes = _DASHES.match(content)
    assert dashes is not None
    return re.sub(r"-[ ]+", "- ", dashes[0]) + content[dashes.end() :]


def _closed(text: str) -> str:
    """No blanks at the ends of lines, no more than one blank line, one line break at the end."""
    kept = _within_texts(text)
    made: list[str] = []
    blank = 0
    for number, written in enumerate(text.split("\n")):
        if number in kept:
            made.append(written)
            blank = 0
            continue
        line = written.rstrip(" \t")
        blank = blank + 1 if not line else 0
        if blank <= _MOST_BLANK and (line or made):
            made.append(line)
    while made and not made[-1]:
        made.pop()
    return "\n".join(made) + "\n"


def _within_texts(text: str) -> set[int]:
    """The lines within texts over several lines, where blanks count."""
    return set(_text_lines(text))


def _text_lines(text: str) -> Iterator[int]:
    for token in _tokens(text):
        if isinstance(token, yaml.ScalarToken):
            yield from range(token.start_mark.line, token.end_mark.line)
