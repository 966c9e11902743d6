"""The value of a fact at a place and instant, from all that was stated of what bears on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from planengine.domain.statements import Statement
from planengine.domain.vocabulary import INCIDENT, Fact, operands_of
from planengine.evidence.combine import assume
from planengine.evidence.derive import derived_value, risen
from planengine.evidence.family import Family, Group, Reached
from planengine.evidence.journal import Journal
from planengine.evidence.known import Known, confine, is_plain_member
from planengine.evidence.network import Network
from planengine.evidence.own import NOTHING, Own, Reading, figure_of, told_by
from planengine.evidence.places import outside_scope, roll_up
from planengine.evidence.relations import AtMost, Relation, Sum, adds_up
from planengine.evidence.reported import reported, with_rise
from planengine.evidence.spoken import spoken_of
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


class Silence:
    """What is known of a spot of which nobody spoke.

    It belongs to no instant and no knowledge: networks, which hold it, are carried over.
    """

    __slots__ = ("_scoped", "_world")

    def __init__(self, world: World, scoped: bool) -> None:
        self._world = world
        self._scoped = scoped

    def __call__(self, name: str, place: str) -> Known:
        fact = self._world.facts[name]
        if self.is_outside(fact, place):
            return outside_scope(fact)
        return Known(self._world.everything(fact), silent=(place,))

    def is_outside(self, fact: Fact, place: str) -> bool:
        """Whether the incident cannot touch a place, where a fact is of places."""
        is_of_a_place = INCIDENT not in (fact.subject, place)
        return self._scoped and is_of_a_place and not self._world.in_scope(place)


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
        "_silence",
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
        self._silence = Silence(world, self._scoped)
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
        if self._silence.is_outside(declared, place):
            return None
        family, forecast = self._spoken.of(fact), self._forecast_at is not None
        group = family.group(fact, forecast)
        top = family.top(group, place, forecast)
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

    def edges(self, fact: str, place: str) -> Sequence[int]:
        """When the value of a fact at a place may turn, ascending."""
        return self._spoken.edges(fact, self._place(self._world.facts[fact], place))

    def bears(self, fact: str, place: str, name: str, where: str, forecast: bool) -> bool:
        """Whether what is stated of another fact somewhere may bear on a fact at a place."""
        place = self._place(self._world.facts[fact], place)
        return self._spoken.bears(fact, place, name, where, forecast)

    def reached(self, name: str, where: str, forecast: bool) -> Reached:
        """What is kept of the cells that a fact bears on from a place."""
        return self._spoken.of(name).reached(name, where, forecast)

    def is_noisy(self, fact: str) -> bool:
        """Whether statements of a fact, or of what bears on it, were found to contradict."""
        return self._spoken.is_noisy(fact)

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
            or len(self._spoken.of(fact.id).group(fact.id, False)) > 1
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
        if self._silence.is_outside(fact, place):
            return outside_scope(fact)
        strict = self._strict(fact, place)
        if self._forecast_at is not None:
            return strict
        return assume(strict, self._assumptions(fact, place, strict))

    def _strict(self, fact: Fact, place: str) -> Known:
        """What is known of a fact without what is assumed."""
        family, forecast = self._spoken.of(fact.id), self._forecast_at is not None
        if family.speaks(forecast=forecast):
            return self._alone(fact, place) or self._together(fact, place)
        # where nobody spoke of anything that bears on it, it is the same in every incident
        kept, key = self._world.unspoken, (fact.id, place, forecast, self._scoped)
        found = kept.get(key)
        if found is None:
            found = kept[key] = self._alone(fact, place) or self._together(fact, place)
        return found

    def _together(self, fact: Fact, place: str) -> Known:
        network = self._network(fact, place)
        known = network.known((fact.id, place))
        if network.is_noisy:
            self._spoken.of(fact.id).noisy = True
        return known

    def _alone(self, fact: Fact, place: str) -> Known | None:
        """What one spot that nothing else bears on tells, without a network."""
        own = self._own_alone(fact, place)
        if own is None:
            return None
        silent = self._silence(fact.id, place)
        if own == "silent":
            return silent
        reading = own.reading(self._instant)
        figure, floor, soft = reading
        if figure is not None and figure.conflict:
            return None
        stated = None
        if figure is not None and figure.value is not None:
            stated = confine(fact.domain, figure.value)
        floors = soft if floor is None else (floor, *soft)
        known = told_by(reading, fact, place, silent.value, stated, floors)
        if known is None:
            return silent
        return known if known.value else None

    def _own_alone(self, fact: Fact, place: str) -> Own | Literal["silent"] | None:
        """What was stated of a spot that nothing else bears on; None where anything may."""
        family, forecast = self._spoken.of(fact.id), self._forecast_at is not None
        group = family.group(fact.id, forecast)
        if len(group) > 1 or self._world.relations.of_whole.get(fact.id):
            return None
        if forecast:
            return None if family.entries(fact.id, True) else "silent"
        if fact.subject != INCIDENT:
            inside = family.inside(group, False)
            spoken = inside.get(place)
            if family.top(group, place, False) != place or (spoken and spoken != [place]):
                return None
        return family.own(fact, place) or "silent"

    def _place(self, fact: Fact, place: str) -> str:
        if fact.subject == INCIDENT:
            return INCIDENT
        return self._world.home if place == INCIDENT else place

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
            family, forecast = self._spoken.of(fact.id), self._forecast_at is not None
            group = family.group(fact.id, forecast)
            for relation in self._relations(family, fact, place, group):
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

    def _network(self, fact: Fact, place: str) -> Network:
        """The evidence that bears on a fact at a place: all within the outermost place spoken of.

        A place that nobody spoke of joins what was worked out for the places around it.
        """
        family, forecast = self._spoken.of(fact.id), self._forecast_at is not None
        group = family.group(fact.id, forecast)
        if fact.subject == INCIDENT:
            return self._built(family, (group, INCIDENT, None), None)
        top = family.top(group, place, forecast)
        inside = family.inside(group, forecast)
        if place in inside or place == top:
            return self._built(family, (group, top, None), inside.get(top, (place,)))
        base = self._built(family, (group, top, None), inside[top])
        return self._built(family, (group, top, place), (place,), base)

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
        family: Family,
        key: tuple[Group, str, str | None],
        spoken: Iterable[str] | None,
        base: Network | None = None,
    ) -> Network:
        """The network of a group up to a top; `spoken` are the places to go up from."""
        found = self._networks.get(key)
        if found is not None:
            return found
        if self._forecast_at is not None:
            found = self._new_network(family, key, spoken, base)
        else:  # until something more of it begins or ends, later instants share it
            group, top, joins = key
            shared = family.networks.setdefault((group, top), {})
            age = family.age(group, top, self._instant)
            found = shared.get((joins, age))
            if found is None:
                found = shared[joins, age] = self._new_network(family, key, spoken, base)
        self._networks[key] = found
        return found

    def _new_network(
        self,
        family: Family,
        key: tuple[Group, str, str | None],
        spoken: Iterable[str] | None,
        base: Network | None,
    ) -> Network:
        key_of = *key, self._forecast_at is not None
        outline = family.outlines.get(key_of)
        if outline is None:
            outline = family.outlines[key_of] = self._outline(family, key, spoken)
        nodes = [
            self._read(family, node) if is_spoken_of else node for node, is_spoken_of in outline
        ]
        model = family.models.get(key_of)
        facts = self._world.facts
        made = Network(nodes, facts, self._instant, self._silence, base, model)
        family.models[key_of] = made
        return made

    def _outline(
        self,
        family: Family,
        key: tuple[Group, str, str | None],
        spoken: Iterable[str] | None,
    ) -> Sequence[tuple[Node, bool]]:
        """The nodes of a network with nothing read, and of which anybody spoke."""
        group, top, _ = key
        above, forecast = self._world.above, self._forecast_at is not None
        places = (INCIDENT,) if spoken is None else self._between(spoken, top)
        depth = {place: 0 if place == INCIDENT else len(above(place)) for place in places}
        ordered = sorted(depth, key=lambda place: (-depth[place], place))
        whole = {one for place in depth if place != INCIDENT for one in above(place)}
        facts = self._world.facts
        return [
            (
                self._node(family, facts[name], place, group, place in whole),
                bool(family.of_place(facts[name], place, forecast)),
            )
            for place in ordered
            for name in group
        ]

    def _node(self, family: Family, fact: Fact, place: str, group: Group, has_parts: bool) -> Node:
        outside = self._silence.is_outside(fact, place)
        parts: list[str] = []
        unnamed = False
        from_lifted = fact.derived is not None and fact.derived.kind in ("ratio", "score")
        if has_parts and not outside and fact.roll_up != "none" and not from_lifted:
            forecast = self._forecast_at is not None
            entries = family.entries(fact.id, forecast)
            holders = family.around((fact.id,), forecast)
            parts, unnamed = self._world.parts(fact, place, entries, holders)
        return Node(
            (fact.id, place),
            fact,
            NOTHING,
            None,
            not outside,
            tuple(parts),
            unnamed,
            self._relations(family, fact, place, group),
            fact.cumulative and self._forecast_at is None,
            self._world.everything(fact),
        )

    def _relations(
        self, family: Family, fact: Fact, place: str, group: Group
    ) -> tuple[Relation, ...]:
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
            around = family.around(names, self._forecast_at is not None)
            if place in around and fact.roll_up not in ("none", "latest"):
                found = [one for one in found if not isinstance(one, Sum)]
        return tuple(found)

    def _read(self, family: Family, node: Node) -> Node:
        """A node with what counts at this instant of what was stated there."""
        fact, place = node.fact, node.spot[1]
        if self._forecast_at is not None:
            entries = family.of_place(fact, place, True)
            winners = newest_forecasts(entries, self._instant, self._forecast_at)
            if not winners:
                return node
            return node._replace(reading=Reading(figure_of(winners, fact)))
        own = family.own(fact, place)
        if own is None:
            return node
        return node._replace(reading=own.reading(self._instant), own=own.at(self._instant))

    def _reported(self, fact: Fact, place: str) -> ValueSet | None:
        place = self._place(fact, place)
        if self._silence.is_outside(fact, place):
            return None
        if not self._spoken.of(fact.id).speaks(forecast=self._forecast_at is not None):
            return None
        if self._own_alone(fact, place) == "silent":
            return None
        found = reported(self._network(fact, place), (fact.id, place))
        return found.value if found is not None else None
