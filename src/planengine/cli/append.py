"""Puts one observation at the end of an incident's text, and leaves all else as it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from planengine.diagnostics import Diagnostic
from planengine.linking.incidents.incident import is_stream
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.scalars import resolve
from planengine.reading.source import Source
from planengine.reading.yaml import read_document, read_lines
from planengine.reading.yaml_text import scalar

Written: TypeAlias = str | Sequence[str] | Mapping[str, "Written"]
"""An observation as it is to be written: texts, lists of texts, and mappings of those."""

_LIST = "observations"


def appended(text: str, file: str, observation: Mapping[str, Written]) -> str | None:
    """The text (without a byte order mark) with one observation more.

    None where that cannot be done without a change to what is there: then it is laid out in a
    way that this does not know.
    """
    if is_stream(text, file):
        added = _at_the_end(text, _json(observation))
    else:
        root = read_document(text, file, [])
        put = _put(text, root, observation) if isinstance(root, MappingNode) else None
        if put is None:
            return None
        added = put
    expected = _parts(_json(observation), "one.jsonl")
    if not expected:  # it has a character that no file may have: for its reader to say where
        return added
    return added if _parts(added, file) == [*_parts(text, file), *expected] else None


def _put(text: str, root: MappingNode, observation: Mapping[str, Written]) -> str | None:
    source = Source(text, "")
    listed = root.get(_LIST)
    in_json = text[_index(source, root.span.line, root.span.column)] == "{"
    if in_json and listed is None:
        end = _index(source, root.span.end_line, root.span.end_column) - 1
        return f'{text[:end].rstrip()}, "{_LIST}": [{_json(observation)}]{text[end:]}'
    if listed is None:
        return _at_the_end(text, f"{_LIST}:{_break(text)}  - {on_one_line(observation)}")
    if isinstance(listed, SequenceNode):
        start = _index(source, listed.span.line, listed.span.column)
        if text[start] == "[":
            return _in_brackets(text, source, listed, observation, in_json=in_json)
        line = f"{' ' * (listed.span.column - 1)}- {on_one_line(observation)}"
        return _after_line(text, source, listed.items[-1].span.end_line, line)
    if not isinstance(listed, ScalarNode) or listed.value is not None or in_json or listed.text:
        return None
    line = f"  - {on_one_line(observation)}"
    if root.entries[-1][1] is listed:
        return _at_the_end(text, line)
    return _after_line(text, source, listed.span.end_line, line)


def _in_brackets(
    text: str,
    source: Source,
    listed: SequenceNode,
    observation: Mapping[str, Written],
    *,
    in_json: bool,
) -> str:
    item = _json(observation) if in_json else on_one_line(observation)
    if not listed.items:
        close = _index(source, listed.span.end_line, listed.span.end_column) - 1
        return f"{text[:close].rstrip()}{item}{text[close:]}"
    last = listed.items[-1].span
    begin = source.line_range(last.line)[0]
    indent = text[begin : _index(source, last.line, last.column)]
    space = f"{_break(text)}{indent}" if not indent.strip() else " "
    end = _index(source, last.end_line, last.end_column)
    return f"{text[:end]},{space}{item}{text[end:]}"


def _index(source: Source, line: int, column: int) -> int:
    return source.line_range(line)[0] + column - 1


def _break(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _at_the_end(text: str, line: str) -> str:
    space = "" if not text or text.endswith("\n") else _break(text)
    return f"{text}{space}{line}{_break(text)}"


def _after_line(text: str, source: Source, number: int, line: str) -> str:
    end = source.line_range(number)[1]
    rest = text[end:]
    return f"{text[:end]}{_break(text)}{line}{rest or _break(text)}"


def on_one_line(value: Written) -> str:
    """An observation, or a part of one, as YAML."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{scalar(key)}: {on_one_line(one)}" for key, one in value.items())
            + "}"
        )
    return "[" + ", ".join(map(on_one_line, value)) + "]"


def _json(value: Written) -> str:
    """As JSON; a number or a truth value is one where it is written as JSON writes it."""
    if isinstance(value, str):
        meant = resolve(value)
        plain = isinstance(meant, bool | int | float) and json.dumps(meant) == value
        return value if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(k, ensure_ascii=False)}: {_json(one)}" for k, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(map(_json, value)) + "]"


def _parts(text: str, file: str) -> list[object]:
    """What a text says, whatever its layout: the header, then each observation."""
    findings: list[Diagnostic] = []
    if is_stream(text, file):
        lines = read_lines(text, file, findings)
        return [_plain(line.node) for line in lines if line.node is not None]
    root = read_document(text, file, findings)
    if not isinstance(root, MappingNode):
        return []
    header = [(key.text, _plain(one)) for key, one in root.entries if key.text != _LIST]
    listed = root.get(_LIST)
    items = listed.items if isinstance(listed, SequenceNode) else ()
    return [header, *map(_plain, items)]


def _plain(node: Node) -> object:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return [_plain(one) for one in node.items]
    return [(key.text, _plain(one)) for key, one in node.entries]
