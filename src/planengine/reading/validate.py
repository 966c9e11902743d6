"""From a node tree to a pydantic model, with every error at its place in the file."""

from __future__ import annotations

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from planengine.diagnostics.diagnostic import Diagnostic
from planengine.reading.authored import RAW_NODE_ERROR, AuthoredText, Input, Name, RawNode, to_input
from planengine.reading.nodes import Node, ScalarNode

__all__ = ["Name", "RawNode", "build"]

M = TypeVar("M", bound=BaseModel)
_TEXT_WANTED = frozenset(
    {"string_type", "literal_error", "enum", "model_type", "dict_type", RAW_NODE_ERROR}
)
_ROUNDS = 8


def build(node: Node, model: type[M], findings: list[Diagnostic]) -> M | None:
    """The node tree as a model; None when it does not fit, with a finding for each reason.

    Where a text is wanted, whatever stands there counts as the text written: `2026`, `true`.
    Fields of type `Name` know their place; fields of type `RawNode` receive the node itself.
    """
    data = to_input(node)
    rounds = 0
    while True:
        try:
            built = model.model_validate(data)
        except ValidationError as error:
            rounds += 1
            mended = _take_as_text(data, node, model, error) if rounds < _ROUNDS else None
            if mended is None:
                from planengine.reading.explain import explain

                findings.extend(explain(error, node, model))
                return None
            data = mended[0]
            continue
        if _has_nothing(data):
            from planengine.reading.empty import empty_keys

            findings.extend(empty_keys(built, node))
        return built


def _has_nothing(data: Input) -> bool:
    """Whether some key has no value, or a null, anywhere."""
    if isinstance(data, dict):
        return any(one is None or _has_nothing(one) for one in data.values())
    return isinstance(data, list) and any(map(_has_nothing, data))


def _take_as_text(
    data: Input, node: Node, model: type[BaseModel], error: ValidationError
) -> tuple[Input] | None:
    """The data with the text written put where a text or node is wanted; None if nowhere."""
    from planengine.reading.locate import locate

    mended = False
    for detail in error.errors(include_url=False, include_context=False):
        if detail["type"] not in _TEXT_WANTED:
            continue
        place = locate(node, model, detail["loc"])
        wants_node = detail["type"] == RAW_NODE_ERROR
        if not isinstance(place.node, ScalarNode) or isinstance(detail["input"], str | ScalarNode):
            continue
        if place.node.value is None and not wants_node:
            continue
        text = place.node if wants_node else AuthoredText.of(place.node)
        if not place.path:
            return (text,)
        parent = data
        for step in place.path[:-1]:
            parent = parent[step]
        if not isinstance(parent[place.path[-1]], str | ScalarNode):
            parent[place.path[-1]] = text
            mended = True
    return (data,) if mended else None
