"""How changes carry over: an older whole with what its parts and operands changed since (18)."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.evidence.arithmetic import add, hull, none_as_zero, scale, subtract
from planengine.evidence.known import confine, join
from planengine.evidence.places import shifted
from planengine.evidence.relations import Sum
from planengine.evidence.spots import ZERO, Node, Nodes, Spot
from planengine.values.sets import Interval, NumberSet, ValueSet


class Carrying:
    """The figures of some nodes as of an instant; each is worked out once."""

    def __init__(self, nodes: Nodes, instant: int) -> None:
        self._nodes = nodes
        self._instant = instant
        self._carried: dict[Spot, ValueSet] = {}

    def carried(self, node: Node) -> ValueSet:
        """A figure, and that figure with what has changed in parts and operands since."""
        found = self._carried.get(node.spot)
        if found is None:
            figure = node.reading.figure
            assert figure is not None
            assert figure.value is not None
            found = self._carried[node.spot] = self._with_changes(node, figure.value, figure.at)
        return found

    def _with_changes(self, node: Node, value: ValueSet, since: int) -> ValueSet:
        if isinstance(value, NumberSet) and self._is_linear(node):
            reach = self._reach_of_children(node, since)
            if reach == ZERO:
                return value
            if node.cumulative:
                reach = reach & NumberSet((Interval(0, float("inf"), True, False),))
            moved = confine(node.fact.domain, add(none_as_zero(value), reach))
            return join(value, moved)
        changes = list(self._changes_below(node, since))
        return shifted(node.fact, value, changes) if changes else value

    def _is_linear(self, node: Node) -> bool:
        return node.fact.roll_up == "sum" or any(isinstance(one, Sum) for one in node.relations)

    def _reach(self, spot: Spot, since: int) -> NumberSet:
        """The interval from 0 to how far a spot has changed since."""
        node = self._nodes[spot]
        moved = node.own.moved(since, self._instant) if node.own is not None else None
        if moved is None:
            return self._reach_of_children(node, since)
        old, new = moved
        assert isinstance(old, NumberSet)
        assert isinstance(new, NumberSet)
        return hull(subtract(none_as_zero(new), none_as_zero(old)) | ZERO)

    def _reach_of_children(self, node: Node, since: int) -> NumberSet:
        name, place = node.spot
        found = ZERO
        if node.fact.roll_up == "sum":
            for part in node.parts:
                if (name, part) in self._nodes:
                    found = add(found, self._reach((name, part), since))
        for relation in node.relations:
            if isinstance(relation, Sum):
                derived = ZERO
                for operand, factor in relation.terms:
                    derived = add(derived, scale(self._reach((operand, place), since), factor))
                found = hull(found | derived)
        return found

    def _changes_below(self, node: Node, since: int) -> Iterable[tuple[ValueSet, ValueSet]]:
        if node.fact.roll_up not in ("max", "min", "any"):
            return
        for part in node.parts:
            below = self._nodes.get((node.spot[0], part))
            if below is None:
                continue
            moved = below.own.moved(since, self._instant) if below.own is not None else None
            if moved is not None:
                yield moved
            else:
                yield from self._changes_below(below, since)
