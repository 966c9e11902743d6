"""Keys with nothing after them, which a model takes as if they were not written."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from planengine.diagnostics.diagnostic import Diagnostic, finding
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode


def empty_keys(value: object, node: Node) -> Iterator[Diagnostic]:
    """A warning for each key of a model, and of the models in it, that has nothing after it.

    `node` is what the value was read from. A written `null` is meant, and what a model leaves as
    a node is for others to judge.
    """
    if isinstance(value, BaseModel) and isinstance(node, MappingNode):
        fields = type(value).model_fields
        names = {fields[name].alias or name: name for name in value.model_fields_set}
        for key, inner in node.entries:
            held = getattr(value, names[key.text]) if key.text in names else None
            if held is None and _is_empty(inner):
                yield finding("empty-key", key.span, key=key.text)
            else:
                yield from empty_keys(held, inner)
    elif isinstance(value, list):
        items = node.items if isinstance(node, SequenceNode) else (node,)
        for one, item in zip(value, items, strict=False):
            yield from empty_keys(one, item)
    elif isinstance(value, dict) and isinstance(node, MappingNode):
        for key, inner in node.entries:
            yield from empty_keys(value.get(key.text), inner)


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.quoted and not node.text
