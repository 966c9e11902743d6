"""Of which facts and places anybody spoke, and what therefore bears on what; for all instants."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from planengine.domain.vocabulary import Fact
from planengine.evidence.journal import Journal
from planengine.evidence.own import Own
from planengine.evidence.standing import Entry, newest_first
from planengine.evidence.world import World

if TYPE_CHECKING:
    from planengine.evidence.network import Network

INCIDENT = "incident"
Group: TypeAlias = tuple[str, ...]
"""Facts that bear on one another, parts before wholes."""


class Spoken:
    """The statements of one incident, either its forecasts or all others, by what they bear on."""

    __slots__ = (
        "_around",
        "_edges",
        "_groups",
        "_incident",
        "_inside",
        "_journal",
        "_owns",
        "_world",
        "networks",
    )

    def __init__(self, world: World, journal: Journal, incident: str | None) -> None:
        self._world = world
        self._journal = journal
        self._incident = incident
        self._groups: dict[tuple[str, bool], Group] = {}
        self._inside: dict[tuple[Group, bool], Mapping[str, Sequence[str]]] = {}
        self._around: dict[tuple[Group, bool], frozenset[str]] = {}
        self._owns: dict[tuple[str, str], Own | None] = {}
        self._edges: dict[tuple[Group, str], list[int]] = {}
        self.networks: dict[tuple[Group, str, str | None, int], Network] = {}  # see `age`

    def entries(self, fact: str, forecast: bool) -> Mapping[str, list[Entry]]:
        """Every live statement of a fact by place, the newest and best of each place first."""
        return self._journal.entries(self._world.facts[fact], self._incident, forecast)

    def of_place(self, fact: Fact, place: str, forecast: bool) -> Sequence[Entry]:
        """Those of one place, or of the incident whatever their place."""
        entries = self.entries(fact.id, forecast)
        if fact.subject != INCIDENT:
            return entries.get(place, ())
        return sorted((one for found in entries.values() for one in found), key=newest_first)

    def own(self, fact: Fact, place: str) -> Own | None:
        """What was stated of a fact at a place, forecasts apart; None for nothing."""
        key = (fact.id, place)
        if key not in self._owns:
            entries = self.of_place(fact, place, False)
            self._owns[key] = Own(entries, fact) if entries else None
        return self._owns[key]

    def group(self, fact: str, forecast: bool) -> Group:
        """The facts that can tell something of a fact, as far as anybody spoke."""
        found = self._groups.get((fact, forecast))
        if found is None:
            related = self._world.relations.related(fact)
            spoken = frozenset(one for one in related if self.entries(one, forecast))
            found = self._groups[fact, forecast] = self._world.group(fact, spoken)
        return found

    def inside(self, group: Group, forecast: bool) -> Mapping[str, Sequence[str]]:
        """For each place the places in it, itself too, that anybody spoke of."""
        found = self._inside.get((group, forecast))
        if found is None:
            inside: dict[str, list[str]] = {}
            spoken = dict.fromkeys(p for fact in group for p in self.entries(fact, forecast))
            for place in spoken:
                for around in (place, *self._world.above(place)):
                    inside.setdefault(around, []).append(place)
            found = self._inside[group, forecast] = inside
        return found

    def top(self, group: Group, place: str, forecast: bool) -> str:
        """The outermost place around one, or itself, that anybody spoke of."""
        inside = self.inside(group, forecast)
        above = reversed(self._world.above(place))
        return next((one for one in above if one in inside.get(one, ())), place)

    def age(self, group: Group, top: str, instant: int) -> int:
        """How many edges of what was stated of facts within a place lie at or before an instant.

        What is known of them is the same at all instants of one age.
        """
        edges = self._edges.get((group, top))
        if edges is None:
            found: set[int] = set()
            for fact in group:
                everywhere = top == INCIDENT or self._world.facts[fact].subject == INCIDENT
                for where, entries in self.entries(fact, False).items():
                    if everywhere or where == top or top in self._world.above(where):
                        for entry in entries:
                            found.update((entry.at, entry.start, entry.end))
            edges = self._edges[group, top] = sorted(found)
        return bisect_right(edges, instant)

    def around(self, names: Group, forecast: bool) -> frozenset[str]:
        """All areas that strictly hold a place where anybody spoke of one of these facts."""
        found = self._around.get((names, forecast))
        if found is None:
            spoken = {place for name in names for place in self.entries(name, forecast)}
            found = self._around[names, forecast] = self._world.holders(spoken)
        return found

    def bearing(self, fact: str, place: str, forecast: bool) -> Iterable[Entry]:
        """Every entry that what is known of a fact at a place may rest on."""
        facts = self._world.facts
        rises = facts[fact].may_rise_by
        for name in (fact, rises) if rises is not None and rises != fact else (fact,):
            group = self.group(name, forecast)
            top = self.top(group, place, forecast)
            for one in group:
                for where, entries in self.entries(one, forecast).items():
                    own = facts[one].subject == INCIDENT or where == top
                    if own or top in self._world.above(where):
                        yield from entries
