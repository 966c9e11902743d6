"""What a named condition of a document means, read anew from its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from planengine.domain.entities import Entities
from planengine.domain.terms import NEVER_TERM, Term
from planengine.linking.conditions.conditions import parse_condition
from planengine.linking.conditions.scope import ConditionScope
from planengine.linking.library.plans_meant import plan_key_meant
from planengine.reading.nodes import MappingNode, Node


def defined(document: Node, key: str, name: str, entities: Entities) -> Term | None:
    """The condition that a document defines by a name; None where it does not, or wrongly.

    `key` is the document's, as mentions have it.
    """
    written = document.get("define") if isinstance(document, MappingNode) else None
    if not isinstance(written, MappingNode):
        return None
    return _Definitions(written, key, entities).term(name)


class _Definitions(Mapping[str, Term]):
    """The definitions of a document, each read when it is asked for; none within itself."""

    def __init__(self, written: MappingNode, key: str, entities: Entities) -> None:
        self._nodes = {name.text: node for name, node in written.entries}
        self._key, self._entities = key, entities
        self._names = replace(entities.names, mentions=None)
        self._reading: set[str] = set()

    def term(self, name: str) -> Term | None:
        """A definition; None where it is not there or cannot be read."""
        node = self._nodes.get(name)
        if node is None or name in self._reading:
            return None
        self._reading.add(name)
        term = parse_condition(node, self._scope(), [])
        self._reading.discard(name)
        return None if term == NEVER_TERM else term

    def _scope(self) -> ConditionScope:
        plan = self._names.document("plan", self._key)
        area = plan.areas[0] if plan is not None and plan.areas else None
        kinds = {item_id: thing.kind for item_id, thing in self._entities.objects.items()}
        return ConditionScope(
            names=self._names,
            definitions=self,
            kind_of=kinds,
            key=self._key,
            area=area,
            plan=lambda text, span: plan_key_meant(self._names, text, area, span, []),
        )

    def __getitem__(self, name: str) -> Term:
        return self.term(name) or NEVER_TERM

    def __contains__(self, name: object) -> bool:
        return name in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)
