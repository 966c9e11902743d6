"""A node as one line of text, for explanations: what the author wrote, without the layout."""

from __future__ import annotations

from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode


def written(node: Node) -> str:
    """The text of a scalar, `[a, b]` of a sequence, `key: value, …` of a mapping."""
    if isinstance(node, MappingNode):
        return ", ".join(f"{key.text}: {_inner(value)}" for key, value in node.entries)
    return _inner(node)


def _inner(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, SequenceNode):
        return "[" + ", ".join(_inner(item) for item in node.items) + "]"
    return "{" + written(node) + "}"
