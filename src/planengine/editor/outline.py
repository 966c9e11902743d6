"""The outline of a document: its keys, and the ids and labels of what is listed under them."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

_NAMES = ("id", "level", "agency", "row", "activate", "report", "request", "cascade", "to", "at")
_DEPTH = 3


class Heading(Struct, frozen=True):
    """One entry of an outline: what it is called, what more there is to say, and what it holds."""

    name: str
    detail: str
    span: Span
    chosen: Span
    inner: tuple[Heading, ...] = ()


def outline(node: Node, depth: int = _DEPTH) -> tuple[Heading, ...]:
    """The headings of a document."""
    return tuple(_headings(node, depth))


def _headings(node: Node, depth: int) -> Iterator[Heading]:
    if isinstance(node, MappingNode):
        for key, value in node.entries:
            inner = tuple(_headings(value, depth - 1)) if depth > 1 else ()
            span = _joined(key.span, value.span)
            yield Heading(key.text or "—", _detail(value), span, key.span, inner)
    elif isinstance(node, SequenceNode):
        for item in node.items:
            name = _name(item)
            if name is not None and isinstance(item, MappingNode):
                inner = tuple(_headings(item, depth - 2)) if depth > 2 else ()
                yield Heading(name.text or "—", _detail(item), item.span, name.span, inner)


def _name(item: Node) -> ScalarNode | None:
    """What an entry of a list is called by."""
    if not isinstance(item, MappingNode) or not item.entries:
        return None
    for key in _NAMES:
        value = item.get(key)
        if isinstance(value, ScalarNode):
            return value
    return item.entries[0][0]


def _detail(value: Node) -> str:
    if isinstance(value, ScalarNode):
        return value.text
    if isinstance(value, MappingNode):
        for key in ("label", "do"):
            label = value.get(key)
            if isinstance(label, ScalarNode):
                return label.text
            if isinstance(label, MappingNode) and label.entries:
                first = label.entries[0][1]
                return first.text if isinstance(first, ScalarNode) else ""
    return ""


def _joined(begin: Span, end: Span) -> Span:
    return Span(begin.file, begin.line, begin.column, end.end_line, end.end_column)
