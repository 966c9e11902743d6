"""What a program gives as data (mappings, records, rows of tables) as node trees.

Each node's span has the path that leads to it: `observations[0].facts.deaths`. None and what
stands for it in tables (NaN, NaT, NA) is `null`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import isnan
from typing import Any

from planengine.diagnostics.code import Text
from planengine.diagnostics.diagnostic import Diagnostic, Span, finding, shown
from planengine.reading.compose import MAX_DEPTH
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.reading.source import seen_text

FILE = "<data>"
_LONGEST_WHOLE = 1000  # bits: more than any number that can be kept
_LONGEST_STEP = 80  # characters of a key in a path
_ROW_NUMBER = "Index"  # the first field of what pandas' `itertuples` gives


def read_data(value: object, findings: list[Diagnostic], path: str = "") -> Node:
    """Plain data, or what holds some, as a node tree; findings for what is no data."""
    return _Reading(findings).node(value, path, 0)


def members_of(value: object) -> Iterator[tuple[object, object]] | None:
    """The keys and values of a mapping, or of a record by the names of its fields; else None.

    The name of a field is spelt as a key: `off_watch` is `off-watch`.
    """
    if isinstance(value, Mapping):
        return iter(value.items())
    if is_dataclass(value) and not isinstance(value, type):
        return _of_fields(value, [one.name for one in fields(value)])
    kind: Any = type(value)
    if isinstance(getattr(kind, "model_fields", None), Mapping):  # of pydantic
        return _of_model(value, kind.model_fields)
    for names in ("_fields", "__struct_fields__"):  # a named tuple, a struct of msgspec
        if isinstance(getattr(kind, names, None), tuple):
            return _of_fields(value, getattr(kind, names))
    row: Any = value
    if hasattr(kind, "to_dict") and not hasattr(kind, "iterrows"):  # a row of a pandas table
        named: Mapping[object, object] = row.to_dict()
        return iter(named.items())
    return None


def items_of(value: object) -> Iterable[object] | None:
    """The items of a list, an iterable or a table; None for anything else."""
    table: Any = value
    if hasattr(type(value), "iterrows"):  # a pandas table
        found: list[object] = table.to_dict(orient="records")
        return found
    if isinstance(value, str | bytes | bytearray) or not isinstance(value, Iterable):
        return None
    return value


def _of_fields(value: object, names: Iterable[str]) -> Iterator[tuple[str, object]]:
    for name in names:
        if name != _ROW_NUMBER or type(value).__name__ != "Pandas":
            yield _key(name), getattr(value, name)


def _of_model(value: object, declared: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    for name, field in declared.items():
        yield field.serialization_alias or field.alias or _key(name), getattr(value, name)
    yield from (getattr(value, "__pydantic_extra__", None) or {}).items()


def _key(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def _is_missing(value: Any) -> bool:  # noqa: ANN401 - any object
    """Whether a value is None or one of those that tables have for it."""
    return value is None or type(value).__name__ in {"NaTType", "NAType"} or _is_nan(value)


def _is_nan(value: object) -> bool:
    return (
        value.is_nan() if isinstance(value, Decimal) else isinstance(value, float) and isnan(value)
    )


class _Reading:
    def __init__(self, findings: list[Diagnostic]) -> None:
        self._findings = findings

    def node(self, value: object, path: str, depth: int) -> Node:
        span = _span(path)
        plain = _plain(value)
        if isinstance(plain, str):
            seen = seen_text(plain, span, self._findings)
            return ScalarNode(seen, seen, True, span)
        if plain is not None:
            return self._number(plain, span)
        if _is_missing(value):
            return ScalarNode(None, "null", False, span)
        if depth >= MAX_DEPTH:
            self._findings.append(finding("too-deep", span, limit=MAX_DEPTH))
            return ScalarNode(None, "null", False, span)
        members = members_of(value)
        if members is not None:
            return self._mapping(members, path, depth + 1)
        items = items_of(value)
        if items is not None:
            parts = (self.node(one, f"{path}[{n}]", depth + 1) for n, one in enumerate(items))
            return SequenceNode(tuple(parts), span)
        expected = Text("plain data", "普通数据")
        name = f"`{type(value).__name__}`"
        self._findings.append(
            finding("wrong-type", span, expected=expected, found=Text(name, name))
        )
        return ScalarNode(None, "null", False, span)

    def _mapping(
        self, members: Iterator[tuple[object, object]], path: str, depth: int
    ) -> MappingNode:
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        for name, value in members:
            text = name.value if isinstance(name, Enum) else name
            if not isinstance(text, str):
                self._findings.append(finding("key-not-text", _span(path)))
                continue
            step = shown(text[:_LONGEST_STEP])
            inner = f"{path}.{step}" if path else step
            span = _span(inner)
            key = seen_text(text, span, self._findings)
            if key in entries:
                related = ((_FIRST_HERE, entries[key][0].span),)
                found = finding("duplicate-key", span, key=key, entry=None, related=related)
                self._findings.append(found)
                continue
            entries[key] = ScalarNode(key, key, True, span), self.node(value, inner, depth)
        return MappingNode(tuple(entries.values()), _span(path))

    def _number(self, value: bool | float | Decimal | Fraction, span: Span) -> ScalarNode:
        if isinstance(value, bool):
            return ScalarNode(value, "true" if value else "false", False, span)
        if isinstance(value, Fraction):
            value = float(value)
        if isinstance(value, int) and value.bit_length() > _LONGEST_WHOLE:
            text = f"{'-' if value < 0 else ''}2^{value.bit_length() - 1}…"
            self._findings.append(finding("inexact-number", span, text=text))
            return ScalarNode(None, "null", False, span)
        known = float(value) if isinstance(value, Decimal) else value
        return ScalarNode(known, str(value), False, span)


_FIRST_HERE = Text("first written here", "首次出现于此")


def _span(path: str) -> Span:
    return Span(FILE, 1, 1, 1, 1, path or FILE)


def _plain(value: object) -> str | bool | int | float | Decimal | Fraction | None:
    """A value as one of Python's own that a scalar can be; None for any other, and for NaN."""
    if isinstance(value, Enum):
        value = value.value
    number: Any = value
    if type(value).__module__ == "numpy" and hasattr(value, "item") and not number.ndim:
        value = number.item()
    if _is_missing(value):
        return None
    if isinstance(value, str | bool | int | float | Decimal | Fraction):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, datetime) and value.tzinfo is None:
        return str(value)  # a text that is no time: nobody knows whose clock it is by
    if isinstance(value, date | time):
        return value.isoformat()
    return None
