"""Boxes of the page before and after they have a place, and labels in lines."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from planengine.atlas.bilingual import Both
from planengine.graph.layout import Box
from planengine.graph.lettering import wrapped

PAD = 9.0

Scene = dict[str, Any]


class Node(Struct):
    """A box before it has a place."""

    key: str
    kind: str
    box: Box
    more: dict[str, Any]


def placed(node: Node, left: float, top: float) -> dict[str, Any]:
    """A box as the page draws it."""
    return {
        "key": node.key, "kind": node.kind, "x": left, "y": top,
        "w": round(node.box.width, 1), "h": round(node.box.height, 1), **node.more,
    }  # fmt: skip


def broken(text: Both, width: float) -> dict[str, list[str]]:
    """A label in lines of at most a width, in each language."""
    return {"zh": list(wrapped(text["zh"], width)), "en": list(wrapped(text["en"], width))}


def lines_of(text: Both, width: float) -> int:
    """How many lines a label takes in the language that takes more."""
    return max(map(len, broken(text, width).values()))
