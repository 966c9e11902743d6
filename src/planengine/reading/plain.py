"""A node tree as plain data: what JSON can write."""

from __future__ import annotations

import json
from typing import Any

from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode


def plain(node: Node) -> Any:  # noqa: ANN401 - whatever was written
    """Dictionaries, lists and scalars; a number only where JSON writes it as it was written."""
    if isinstance(node, MappingNode):
        return {key.text: plain(one) for key, one in node.entries}
    if isinstance(node, SequenceNode):
        return [plain(one) for one in node.items]
    return _scalar(node)


def _scalar(node: ScalarNode) -> object:
    if node.value is None or isinstance(node.value, str):
        return node.value
    return node.value if json.dumps(node.value) == node.text else node.text
