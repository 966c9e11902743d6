"""What may stand at a place of a document: its schema, followed along a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from planengine.editor.cursor import Path
from planengine.model.schema import marked_schema

Schema = Mapping[str, Any]
_DEPTH = 12  # of references in references: conditions hold conditions


class Spot(Struct, frozen=True):
    """One thing that may stand at a place; `shape` is the name of the definition that it has."""

    shape: str
    schema: Schema

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of things that are named here."""
        return (*self.schema.get("x-names", ()), *self.schema.get("x-suggests", ()))

    @property
    def words(self) -> tuple[str, ...]:
        """The fixed words that may stand here."""
        fixed = [*self.schema.get("enum", ()), *self.schema.get("x-also", ())]
        if "const" in self.schema:
            fixed.append(self.schema["const"])
        if self.schema.get("type") == "boolean":
            fixed += ["true", "false"]
        return tuple(str(word) for word in fixed)

    @property
    def key_kinds(self) -> tuple[str, ...]:
        """The kinds of things that are keys here."""
        names = self.schema.get("propertyNames") or {}
        return (*names.get("x-names", ()), *names.get("x-suggests", ()))


class Grammar:
    """What documents of one kind may hold."""

    def __init__(self, kind: str) -> None:
        self._root, self._definitions = marked_schema(kind)

    def at(self, path: Path) -> tuple[Spot, ...]:
        """Everything that may stand at a place; nothing where the path leads nowhere."""
        spots = self._several([self._root])
        for step in path:
            spots = self._several(inner for spot in spots for inner in _inside(spot.schema, step))
        return spots

    def keys(self, path: Path) -> dict[str, bool]:
        """The fixed keys of the mappings that may stand at a place, and whether each is needed."""
        found: dict[str, bool] = {}
        for spot in self.at(path):
            needed = spot.schema.get("required", ())
            for key, inner in spot.schema.get("properties", {}).items():
                if inner is not False:
                    found[key] = found.get(key, False) or key in needed
        return found

    def _several(self, schemas: Iterable[Schema]) -> tuple[Spot, ...]:
        found: dict[int, Spot] = {}
        for schema in schemas:
            for spot in self._parts(schema, "", _DEPTH):
                found.setdefault(id(spot.schema), spot)
        return tuple(found.values())

    def _parts(self, schema: object, shape: str, depth: int) -> Iterator[Spot]:
        """A schema and everything that it is put together from."""
        if not isinstance(schema, Mapping) or depth == 0:
            return
        name = schema.get("x-shape") or str(schema.get("$ref", "")).rpartition("/")[2]
        if name:
            yield from self._parts(self._definitions.get(name), name, depth - 1)
            return
        yield Spot(shape, schema)
        for word in ("anyOf", "oneOf", "allOf"):
            for part in schema.get(word, ()):
                yield from self._parts(part, shape, depth - 1)
        for word in ("then", "else"):
            yield from self._parts(schema.get(word), shape, depth - 1)


@lru_cache(maxsize=8)
def grammar_of(kind: str) -> Grammar:
    """The grammar of a kind of document."""
    return Grammar(kind)


def _inside(schema: Schema, step: str | int) -> Iterator[Schema]:
    """What a schema says of one key, or of the entries of a list."""
    if isinstance(step, int):
        inner = schema.get("items")
    else:
        inner = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    if isinstance(inner, Mapping):
        yield inner
