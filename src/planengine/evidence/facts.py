"""The value of a fact at a place and instant, from all that was stated of what bears on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planengine.domain.statements import Statement
from planengine.domain.vocabulary import Fact, operands_of
from planengine.evidence.combine import assume
from planengine.evidence.derive import derived_value, risen
from planengine.evidence.journal import Journal
from planengine.evidence.known import Known, is_plain_member
from planengine.evidence.network import Network
from planengine.evidence.own import NOTHING, Own, Reading, figure_of
from planengine.evidence.places import outside_scope, roll_up
from planengine.evidence.relations import AtMost, Relation, Sum, adds_up
from planengine.evidence.reported import reported, with_rise
from planengine.evidence.spoken import INCIDENT, Group, Spoken
from planengine.evidence.spots import Node, Spot
from planengine.evidence.standing import Entry, newest_forecasts
from planengine.evidence.world import World
from planengine.values.sets import ValueSet


class Bond(NamedTuple):
    """The outermost place spoken of around a fact's, the facts that bear on it, and whether
    what is stated there lets them bound one another.
    """

    fact: str
    top: str
    group: Group
    binds: bool


class Facts:
    """Facts at one instant as one incident's statements give them, each worked out once.

    With `forecast_at` what the newest forecasts say of that other instant is read instead.
    """

    __slots__ = (
        "_forecast_at",
        "_incident",
        "_instant",
        "_journal",
        "_known",
        "_networks",
        "_off_watch",
        "_risen",
        "_scoped",
        "_spoken",
        "_world",
    )

    def __init__(
        self,
        world: World,
        journal: Journal,
        instant: int,
        off_watch: frozenset[str],
        forecast_at: int | None = None,
        incident: str | None = None,
    ) -> None:
        self._world = world
        self._journal = journal
        self._instant = instant
        self._off_watch = off_watch
        self._forecast_at = forecast_at
        self._incident = incident
        self._scoped = world.scope is not None and incident is None
        self._known: dict[Spot, Known] = {}
        self._risen: dict[Spot, Known] = {}
        self._spoken = spoken_of(world, journal, incident)
        self._networks: dict[tuple[Group, str, str | None], Network] = {}

    def known(self, fact: str, place: str) -> Known:
        """What is known of a declared fact at an area, an object, or "incident".

        Where another fact may still add to it, up to what is known of that.
        """
        counted = self.counted(fact, place)
        other = self._world.facts[fact].may_rise_by
        if other is None or self._forecast_at is not None or not counted.stated:
            return counted
        found = self._risen.get((fact, place))
        if found is None:
            more = self.counted(other, place)
            found = self._risen[fact, place] = risen(self._world.facts[fact], counted, more)
        return found

    def reported(self, fact: str, place: str) -> ValueSet | None:
        """What people reported of a fact: silent parts skipped, open ends at their bound.

        None where nobody stated it, a part or an operand.
        """
        declared = self._world.facts[fact]
        found = self._reported(declared, place)
        other = declared.may_rise_by
        if found is None or other is None or self._forecast_at is not None:
            return found
        return with_rise(declared, found, self._reported(self._world.facts[other], place))

    def bond(self, fact: str, place: str) -> Bond | None:
        """With what the true value of a fact goes together; None outside the scope."""
        declared = self._world.facts[fact]
        place = self._place(declared, place)
        if self._is_outside(declared, place):
            return None
        group = self._group(fact)
        top = self._spoken.top(group, place, self._forecast_at is not None)
        return Bond(fact, top, group, self._network(declared, place).binds)

    @property
    def conflicts(self) -> dict[Spot, tuple[Statement, ...]]:
        """By fact and place the statements that cannot all be true, of what was asked for."""
        found: dict[Spot, tuple[Statement, ...]] = {}
        for network in self._networks.values():
            network.finish()
            for spot, statements in network.conflicts.items():
                found.setdefault(spot, statements)
        return found

    @property
    def outdated(self) -> dict[Spot, tuple[Statement, ...]]:
        """By fact and place the statements that gave way to newer ones."""
        found: dict[Spot, tuple[Statement, ...]] = {}
        for network in self._networks.values():
            for spot, statements in network.outdated.items():
                found.setdefault(spot, statements)
        return found

    def bearing(self, fact: str, place: str) -> Iterable[Entry]:
        """Every entry that the value of a fact at a place may rest on."""
        place = self._place(self._world.facts[fact], place)
        return self._spoken.bearing(fact, place, self._forecast_at is not None)

    # The value as people count it

    def counted(self, fact: str, place: str) -> Known:
        """What is known of a declared fact as it was stated: without what it may still rise by."""
        found = self._known.get((fact, place))
        if found is None:
            declared = self._world.facts[fact]
            found = self._plain(declared, place) or self._resolve(declared, place)
            self._known[fact, place] = found
        return found

    def _plain(self, fact: Fact, place: str) -> Known | None:
        """The quick way for the usual case: one plain point, stated once, at this very place."""
        statement = self._journal.only(fact.id) if self._incident is None else None
        if (
            statement is None
            or self._forecast_at is not None
            or fact.derived is not None
            or fact.holds is not None
            or fact.subject == INCIDENT
            or (statement.place or self._world.home) != place
            or statement.valid_from is not None
            or statement.valid_until is not None
            or statement.began is not None
            or statement.stamp.at > self._instant
            or (self._scoped and not self._world.in_scope(place))
            or len(self._group(fact.id)) > 1
        ):
            return None
        value = statement.facts[fact.id]
        if value is None or not is_plain_member(fact.domain, value):
            return None
        at = statement.stamp.at
        estimated = statement.kind == "estimated"
        return Known(value, (statement,), False, estimated, False, (), at, at)

    def _resolve(self, fact: Fact, place: str) -> Known:
        place = self._place(fact, place)
        if self._is_outside(fact, place):
            return outside_scope(fact)
        strict = self._network(fact, place).known((fact.id, place))
        if self._forecast_at is not None:
            return strict
        return assume(strict, self._assumptions(fact, place, strict))

    def _place(self, fact: Fact, place: str) -> str:
        if fact.subject == INCIDENT:
            return INCIDENT
        return self._world.home if place == INCIDENT else place

    def _is_outside(self, fact: Fact, place: str) -> bool:
        return self._scoped and fact.subject != INCIDENT and not self._world.in_scope(place)

    def _assumptions(self, fact: Fact, place: str, strict: Known) -> Iterable[Known]:
        """What is taken as not happened, in the place itself, its parts and its operands."""
        facts = self._world.facts
        if fact.by_exception:
            nothing = self._world.nothing(fact)
            if not strict.stated:
                if nothing is not None and self._world.on_watch(fact, place, self._off_watch):
                    yield Known(nothing, assumed=True)
                return
            node = self._network(fact, place).nodes[fact.id, place]
            if node.parts:
                parts = [(part, self.counted(fact.id, part)) for part in node.parts]
                known = roll_up(fact, parts, node.unnamed, fact.domain.everything)
                if known is not None and known.assumed:
                    yield known
        elif any(facts[operand].by_exception for operand in operands_of(fact, facts)):
            node = self._network(fact, place).nodes[fact.id, place]
            for relation in node.relations:
                known = derived_value(
                    fact,
                    relation,
                    facts,
                    lambda operand: self.counted(operand, place),
                    fact.domain.everything,
                )
                if known is not None and known.assumed:
                    yield known

    # What bears on one another

    def _group(self, fact: str) -> Group:
        return self._spoken.group(fact, self._forecast_at is not None)

    def _network(self, fact: Fact, place: str) -> Network:
        """The evidence that bears on a fact at a place: all within the outermost place spoken of.

        A place that nobody spoke of joins what was worked out for the places around it.
        """
        group = self._group(fact.id)
        if fact.subject == INCIDENT:
            return self._built((group, INCIDENT, None), (INCIDENT,), None)
        forecast = self._forecast_at is not None
        top = self._spoken.top(group, place, forecast)
        inside = self._spoken.inside(group, forecast)
        if place in inside or place == top:
            return self._built((group, top, None), self._between(inside.get(top, (place,)), top))
        base = self._built((group, top, None), self._between(inside[top], top))
        return self._built((group, top, place), self._between((place,), top), base)

    def _between(self, spoken: Iterable[str], top: str) -> Iterable[str]:
        """Some places and all those that hold them, up to the top."""
        found: dict[str, None] = {}
        for place in spoken:
            for one in (place, *self._world.above(place)):
                found[one] = None
                if one == top:
                    break
        return found

    def _built(
        self,
        key: tuple[Group, str, str | None],
        places: Iterable[str],
        base: Network | None = None,
    ) -> Network:
        found = self._networks.get(key)
        if found is not None:
            return found
        if self._forecast_at is not None:
            found = self._new_network(key, places, base)
        else:  # until something more of it begins or ends, later instants share it
            shared = self._spoken.networks
            age = self._spoken.age(key[0], key[1], self._instant)
            found = shared.get((*key, age))
            if found is None:
                found = shared[*key, age] = self._new_network(key, places, base)
        self._networks[key] = found
        return found

    def _new_network(
        self,
        key: tuple[Group, str, str | None],
        places: Iterable[str],
        base: Network | None,
    ) -> Network:
        above = self._world.above
        depth = {place: 0 if place == INCIDENT else len(above(place)) for place in places}
        ordered = sorted(depth, key=lambda place: (-depth[place], place))
        whole = {one for place in depth if place != INCIDENT for one in above(place)}
        nodes = [
            self._node(fact, place, key[0], place in whole) for place in ordered for fact in key[0]
        ]
        return Network(nodes, self._world.facts, self._instant, self._silent, base)

    def _node(self, name: str, place: str, group: Group, has_parts: bool) -> Node:
        fact = self._world.facts[name]
        outside = place != INCIDENT and self._is_outside(fact, place)
        own, reading = self._read(fact, place)
        parts: list[str] = []
        unnamed = False
        from_lifted = fact.derived is not None and fact.derived.kind in ("ratio", "score")
        if has_parts and not outside and fact.roll_up != "none" and not from_lifted:
            forecast = self._forecast_at is not None
            entries = self._spoken.entries(name, forecast)
            holders = self._spoken.around((name,), forecast)
            parts, unnamed = self._world.parts(fact, place, entries, holders)
        return Node(
            (name, place),
            fact,
            reading,
            own,
            not outside,
            tuple(parts),
            unnamed,
            self._relations(fact, place, group),
            fact.cumulative and self._forecast_at is None,
            self._world.everything(fact),
        )

    def _relations(self, fact: Fact, place: str, group: Group) -> tuple[Relation, ...]:
        """The relations that hold of a fact at this place, among those that tell something.

        Where the sum of totals is not the total of the sums, the parts' sums are lifted.
        """
        found = [
            relation
            for relation in self._world.relations.of_whole.get(fact.id, ())
            if not isinstance(relation, AtMost) or relation.part in group
        ]
        if any(isinstance(one, Sum) for one in found) and not adds_up(fact, self._world.facts):
            names = (fact.id, *operands_of(fact, self._world.facts))
            around = self._spoken.around(names, self._forecast_at is not None)
            if place in around and fact.roll_up not in ("none", "latest"):
                found = [one for one in found if not isinstance(one, Sum)]
        return tuple(found)

    def _silent(self, name: str, place: str) -> Known:
        fact = self._world.facts[name]
        if place != INCIDENT and self._is_outside(fact, place):
            return outside_scope(fact)
        return Known(self._world.everything(fact), silent=(place,))

    def _read(self, fact: Fact, place: str) -> tuple[Own | None, Reading]:
        if self._forecast_at is not None:
            entries = self._spoken.of_place(fact, place, True)
            winners = newest_forecasts(entries, self._instant, self._forecast_at)
            return None, Reading(figure_of(winners, fact)) if winners else NOTHING
        own = self._spoken.own(fact, place)
        if own is None:
            return None, NOTHING
        return own.at(self._instant), own.reading(self._instant)

    def _reported(self, fact: Fact, place: str) -> ValueSet | None:
        place = self._place(fact, place)
        if self._is_outside(fact, place):
            return None
        found = reported(self._network(fact, place), (fact.id, place))
        return found.value if found is not None else None


def spoken_of(world: World, journal: Journal, incident: str | None) -> Spoken:
    """Of what anybody spoke; worked out once for all instants of one knowledge."""
    found = journal.spoken.get(incident)
    if found is None:
        found = journal.spoken[incident] = Spoken(world, journal, incident)
    return found
