"""In what an author named a thing: a rule of a document, or another declaration.

A rule id knows where a rule begins; the tree of its file tells what belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span
from planengine.domain.entities import Entities
from planengine.domain.names import Mention
from planengine.domain.written import Written, WrittenKind
from planengine.impact.things import PLAN, Thing, Things
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

Owner: TypeAlias = Written | Thing
Place: TypeAlias = tuple[str, int, int]

_LEAVES: frozenset[WrittenKind] = frozenset({"leaf", "count", "alternative", "measure"})
_ITEMS: frozenset[WrittenKind] = frozenset(
    {"document", "level", "mapping", "raise", "exclusion", "action", "report", "release", "link"}
)
_SECTIONS: Mapping[str, WrittenKind] = {"lower": "lower", "end": "end", "provided": "provided"}


class Owners(Struct):
    """Finds what the mentions of a library are parts of; `roots` are the files as trees."""

    entities: Entities
    roots: Mapping[str, Node]
    heads: Mapping[Place, tuple[Written, ...]]
    declared: Mapping[Place, Thing]

    def of(self, mention: Mention) -> tuple[Owner, ...]:
        """The rules that a mention is part of (a shared definition is part of several), else the
        declaration, else nothing.
        """
        root = self.roots.get(mention.span.file)
        for mapping, key, value in reversed(list(_path(root, mention.span))):
            found = self._at(mention, mapping, key, value)
            if found:
                return tuple(dict.fromkeys(map(self._rule, found)))
        return ()

    def _at(
        self, mention: Mention, mapping: MappingNode, key: ScalarNode, value: Node
    ) -> tuple[Owner, ...]:
        """What an entry on the way to a mention is, or else the mapping that it stands in."""
        found = self._heads(key.span) or self._heads(value.span)
        if found:
            return found
        if key.span == mention.span:  # of a table, the row
            cells = [one for span in _scalars(value) for one in self._heads(span)]
            if cells:
                return tuple(cells)
        section = _SECTIONS.get(key.text)
        if section is not None:
            inner = (one for span in _scalars(value) for one in self._heads(span))
            for one in map(self._rule, inner):
                if isinstance(one, Written) and one.kind == section:
                    return (one,)
        declared = self.declared.get(_begin(key.span))
        if declared is not None and key.span != mention.span:
            return (declared,)
        for _, other in mapping.entries:
            items = [one for one in self._heads(other.span) if one.kind in _ITEMS]
            if items and isinstance(other, ScalarNode):
                documents = [one for one in items if one.kind == "document"]
                return tuple(documents or items)
            thing = self.declared.get(_begin(other.span))
            if thing is not None and isinstance(other, ScalarNode) and other.span != mention.span:
                return (thing,)
        return ()

    def _heads(self, span: Span) -> tuple[Written, ...]:
        return self.heads.get(_begin(span), ())

    def _rule(self, owner: Owner) -> Owner:
        """The rule that a leaf is part of; a document as the thing that it is."""
        while isinstance(owner, Written) and owner.kind in _LEAVES and owner.within is not None:
            owner = self.entities.written[owner.within]
        if isinstance(owner, Written) and owner.kind == "document":
            kind = PLAN if owner.document in self.entities.plans else "standard"
            return Thing(kind, owner.document)
        return owner


def owners(entities: Entities, things: Things, roots: Mapping[str, Node]) -> Owners:
    """The owners of what a library mentions."""
    heads: dict[Place, tuple[Written, ...]] = {}
    for one in entities.written.values():
        if one.span is not None:
            place = _begin(one.span)
            heads[place] = (*heads.get(place, ()), one)
    declared = {
        _begin(mention.span): thing
        for thing, mentions in things.places.items()
        for mention in mentions
        if mention.declares
    }
    return Owners(entities, roots, heads, declared)


def _begin(span: Span) -> Place:
    return (span.file, span.line, span.column)


def _path(root: Node | None, span: Span) -> Iterator[tuple[MappingNode, ScalarNode, Node]]:
    """The entries that lead from the root of a file to a scalar, the outermost first."""
    place = (span.line, span.column)
    node = root
    while isinstance(node, MappingNode | SequenceNode):
        if isinstance(node, SequenceNode):
            node = _last(node.items, place)
            continue
        begun = [entry for entry in node.entries if _start(entry[0]) <= place]
        if not begun:
            return
        key, value = max(begun, key=lambda entry: _start(entry[0]))
        yield node, key, value
        node = value


def _last(nodes: Iterable[Node], place: tuple[int, int]) -> Node | None:
    begun = [node for node in nodes if _start(node) <= place]
    return max(begun, key=_start) if begun else None


def _start(node: Node) -> tuple[int, int]:
    return (node.span.line, node.span.column)


def _scalars(node: Node) -> Iterator[Span]:
    match node:
        case MappingNode():
            for key, value in node.entries:
                yield key.span
                yield from _scalars(value)
        case SequenceNode():
            for item in node.items:
                yield from _scalars(item)
        case _:
            yield node.span
