"""The parts of a file of tests as nodes, and nodes made for what a table says in short."""

from __future__ import annotations

from planengine.diagnostics import Span
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.validate import Name


def items(node: MappingNode, key: str) -> tuple[MappingNode, ...]:
    return tuple(one for one in nodes(node, key) if isinstance(one, MappingNode))


def nodes(node: MappingNode, key: str) -> tuple[Node, ...]:
    listed = node.get(key)
    return listed.items if isinstance(listed, SequenceNode) else ()


def scalar(text: str, span: Span) -> ScalarNode:
    return ScalarNode(text, text, True, span)


def entry(key: str, value: str, span: Span) -> tuple[ScalarNode, Node]:
    return scalar(key, span), scalar(value, span)


def place(name: Name, node: Node) -> Span:
    return name.span or node.span


def is_true(node: Node | None) -> bool:
    return isinstance(node, ScalarNode) and node.value is True


def shown(node: Node) -> str:
    return node.text if isinstance(node, ScalarNode) else "…"


def part(name: Name, begin: int, end: int) -> Name:
    """Some characters of a name, with their place; of a quoted one the place of all of it."""
    span = name.span
    if span is not None and span.end_column - span.column == len(name):
        span = span._replace(column=span.column + begin, end_column=span.column + end)
    return Name(name[begin:end], span)
