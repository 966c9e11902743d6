"""Spots (a fact at a place), what was stated there, and what each is the whole of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from planengine.domain.vocabulary import Fact
from planengine.evidence.own import Own, Reading
from planengine.evidence.relations import Relation, parts_of
from planengine.values.sets import Interval, NumberSet, ValueSet

Spot: TypeAlias = tuple[str, str]
ZERO = NumberSet((Interval(0, 0),))


class Node(NamedTuple):
    """One spot: what was stated there, and what it is the whole of."""

    spot: Spot
    fact: Fact
    reading: Reading
    own: Own | None
    in_scope: bool
    parts: tuple[str, ...] = ()  # of the roll-up; also places that are silent
    unnamed: bool = False  # there may be parts that no registry lists
    relations: tuple[Relation, ...] = ()
    cumulative: bool = False
    everything: ValueSet = ZERO  # all the fact can be, and *n/a*


Nodes: TypeAlias = Mapping[Spot, Node]
"""Spots that bear on one another, parts before wholes."""


def children(node: Node, nodes: Nodes) -> Iterable[Spot]:
    """The spots that the evidence for one comes from: its parts and operands."""
    name, place = node.spot
    yield from ((name, part) for part in node.parts if (name, part) in nodes)
    for relation in node.relations:
        yield from ((fact, place) for fact in parts_of(relation))
