"""A YAML document as a tree in which every scalar, sequence and mapping knows its place."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple, TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span

Plain: TypeAlias = str | int | float | bool | None


class ScalarNode(NamedTuple):
    """A scalar: its YAML 1.2 core value, and the text as written (without quotes).

    A named tuple, for a library has tens of thousands.
    """

    value: Plain
    text: str
    quoted: bool
    span: Span


class SequenceNode(Struct, frozen=True):
    items: tuple[Node, ...]
    span: Span


class MappingNode(Struct, frozen=True, dict=True):
    """A mapping in the author's order; keys are unique."""

    entries: tuple[tuple[ScalarNode, Node], ...]
    span: Span

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each key among the entries."""
        return {name.text: place for place, (name, _) in enumerate(self.entries)}

    def get(self, key: str) -> Node | None:
        """The value under a key, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


Node: TypeAlias = ScalarNode | SequenceNode | MappingNode
