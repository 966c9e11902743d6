"""What wholes tell of their parts and operands, until nothing narrows any more (SEMANTICS 20)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from planengine.domain.statements import Statement
from planengine.evidence.combine import newest_statements
from planengine.evidence.derive import bounds_on_operands
from planengine.evidence.known import Known, confine, contains, meet
from planengine.evidence.places import bounds_on_parts
from planengine.evidence.relations import AtMost, parts_of
from planengine.evidence.spots import Node, Nodes, Spot, children
from planengine.values.sets import ValueSet

ROUNDS = 8  # of narrowing; values are right after each, only wider than they could be


def is_binding(node: Node, nodes: Nodes) -> bool:
    """Whether a whole tells more of its parts than they tell of it."""
    reading = node.reading
    if any(isinstance(relation, AtMost) for relation in node.relations):
        return True
    told = reading.figure is not None or reading.floor is not None or bool(reading.soft)
    return told and any(True for _ in children(node, nodes))


def narrow(
    nodes: Nodes,
    finals: dict[Spot, Known],
    conflicts: dict[Spot, tuple[Statement, ...]],
    pieces: Callable[[Node], Iterable[Known]],
) -> None:
    """Narrow what is known of each spot by its wholes; where that contradicts, note a conflict.

    `pieces` gives each origin of evidence for a spot, its parts being as in `finals` by then.
    """
    narrowing = _Narrowing(nodes, finals, conflicts)
    for _ in range(ROUNDS):
        before = {spot: known.value for spot, known in finals.items()}
        narrowing.round(pieces)
        if all(before[spot] == known.value for spot, known in finals.items()):
            break


class _Narrowing:
    def __init__(
        self,
        nodes: Nodes,
        finals: dict[Spot, Known],
        conflicts: dict[Spot, tuple[Statement, ...]],
    ) -> None:
        self._nodes = nodes
        self._finals = finals
        self._conflicts = conflicts
        self._settled = set(conflicts)

    def round(self, pieces: Callable[[Node], Iterable[Known]]) -> None:
        """Once from the wholes down, and back up."""
        for node in reversed(list(self._nodes.values())):
            if node.in_scope and node.spot not in self._settled:
                self._bind_parts(node)
                self._bind_operands(node)
        for node in self._nodes.values():
            if node.spot not in self._settled:
                self._refold(node, pieces(node))

    def _bind_parts(self, node: Node) -> None:
        name = node.spot[0]
        inside = [part for part in node.parts if (name, part) in self._nodes]
        inside = [part for part in inside if self._nodes[name, part].in_scope]
        total = self._finals[node.spot].value
        if not inside or total == node.everything:
            return
        rest: ValueSet | None = None
        if node.unnamed or len(inside) < len(node.parts):
            rest = node.everything
        values = [self._finals[name, part].value for part in inside]
        bounds = bounds_on_parts(node.fact, total, values, rest)
        if bounds is not None:
            for part, bound in zip(inside, bounds, strict=True):
                self._narrow(node, (name, part), bound)

    def _bind_operands(self, node: Node) -> None:
        total, place = self._finals[node.spot].value, node.spot[1]
        if total == node.everything:
            return
        for relation in node.relations:
            operands = [(operand, place) for operand in parts_of(relation)]
            values = [self._finals[spot].value for spot in operands]
            for spot, bound in zip(
                operands, bounds_on_operands(relation, total, values), strict=True
            ):
                if bound is not None:
                    self._narrow(node, spot, bound)

    def _narrow(
        self,
        whole: Node,
        spot: Spot,
        bound: ValueSet,
    ) -> None:
        """A part as its whole allows it; one that is in conflict keeps its own figures."""
        known = self._finals[spot]
        if spot in self._settled or contains(bound, known.value):
            return
        value = confine(self._nodes[spot].fact.domain, meet(known.value, bound))
        above = self._finals[whole.spot]
        by = newest_statements((known.statements, above.statements, *self._siblings(whole)))
        if value:
            self._finals[spot] = replace(
                known,
                value=value,
                statements=by,
                estimated=known.estimated or above.estimated,
                silent=() if value.point is not None else known.silent,
            )
        else:
            self._settled.add(whole.spot)
            self._conflicts.setdefault(whole.spot, by)
            self._finals[whole.spot] = replace(above, conflict=True)

    def _siblings(self, whole: Node) -> Iterable[tuple[Statement, ...]]:
        return (self._finals[child].statements for child in children(whole, self._nodes))

    def _refold(self, node: Node, pieces: Iterable[Known]) -> None:
        known = self._finals[node.spot]
        for piece in pieces:
            value = meet(known.value, piece.value)
            if value and value != known.value:
                known = replace(
                    known,
                    value=value,
                    statements=newest_statements((known.statements, piece.statements)),
                    estimated=known.estimated or piece.estimated,
                    silent=() if value.point is not None else known.silent,
                )
        self._finals[node.spot] = known
