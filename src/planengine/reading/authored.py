"""Authored values inside pydantic: texts that know their place, and subtrees left as they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Self, TypeAlias

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from planengine.diagnostics.diagnostic import Span
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

RAW_NODE_ERROR = "raw_node"
Input: TypeAlias = Any
"""Plain data as pydantic takes it."""


class Name(str):
    """A text that knows where it was written (`span` is None when it came from no file)."""

    __slots__ = ("span",)
    span: Span | None

    def __new__(cls, text: str, span: Span | None = None) -> Self:
        made = super().__new__(cls, text)
        made.span = span
        return made

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _to_name, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string"}


def _to_name(value: object) -> Name:
    if isinstance(value, Name):
        return Name(str(value), value.span)
    if isinstance(value, AuthoredWhole | AuthoredNumber | AuthoredFlag):
        return Name(value.node.text, value.node.span)
    if isinstance(value, str):
        return Name(value)
    raise PydanticKnownError("string_type")


class AuthoredText(Name):
    """A text on its way into a model: it also carries its node."""

    __slots__ = ("node",)
    node: ScalarNode

    @classmethod
    def of(cls, node: ScalarNode) -> AuthoredText:
        """The text of a scalar exactly as written, whatever YAML takes it for."""
        made = str.__new__(cls, node.text)
        made.span = node.span
        made.node = node
        return made


class AuthoredWhole(int):
    """A whole number on its way into a model, with its node."""

    node: ScalarNode


class AuthoredNumber(float):
    """A decimal number on its way into a model, with its node."""

    node: ScalarNode


class AuthoredFlag(int):
    """`true` (1) or `false` (0) on its way into a model, with its node."""

    node: ScalarNode


class AuthoredMapping(dict[str, Any]):
    """A mapping on its way into a model, with its node."""

    __slots__ = ("node",)
    node: MappingNode


class AuthoredList(list[Any]):
    """A sequence on its way into a model, with its node."""

    __slots__ = ("node",)
    node: SequenceNode


_AUTHORED = (
    AuthoredText,
    AuthoredWhole,
    AuthoredNumber,
    AuthoredFlag,
    AuthoredMapping,
    AuthoredList,
)


class _RawNodeType:
    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_to_node)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {}


def _to_node(value: object) -> Node:
    if isinstance(value, _AUTHORED):
        return value.node
    if isinstance(value, ScalarNode | SequenceNode | MappingNode):
        return value
    raise PydanticCustomError(RAW_NODE_ERROR, "a node is needed")


RawNode: TypeAlias = Annotated[Node, _RawNodeType()]
"""A field that receives the node as it was written, with its places."""


class Takes(Struct, frozen=True):
    """Marks a node that is left as it is: the keys that it may have where it is a mapping."""

    keys: Callable[[], tuple[str, ...]]


def _plain(node: ScalarNode) -> AuthoredWhole | AuthoredNumber | AuthoredFlag | None:
    made: AuthoredWhole | AuthoredNumber | AuthoredFlag
    match node.value:
        case bool():
            made = AuthoredFlag(node.value)
        case int():
            made = AuthoredWhole(node.value)
        case float():
            made = AuthoredNumber(node.value)
        case _:
            return None
    made.node = node
    return made


def to_input(node: Node) -> Input:
    """A node as plain data for pydantic; all but an empty scalar keeps its node."""
    if isinstance(node, ScalarNode):
        return AuthoredText.of(node) if isinstance(node.value, str) else _plain(node)
    if isinstance(node, SequenceNode):
        items = AuthoredList(to_input(item) for item in node.items)
        items.node = node
        return items
    entries = AuthoredMapping((AuthoredText.of(k), to_input(v)) for k, v in node.entries)
    entries.node = node
    return entries
