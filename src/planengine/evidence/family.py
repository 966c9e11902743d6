"""What was spoken of a family of facts, which bear on one another: where, and what joins what."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from planengine.domain.vocabulary import INCIDENT, Fact
from planengine.evidence.own import Own
from planengine.evidence.standing import NEVER_ENDS, Entry, insort_once, newest_first
from planengine.evidence.world import World
from planengine.rules.conditions import Cell

if TYPE_CHECKING:
    from planengine.evidence.network import Network
    from planengine.evidence.spots import Node

Group: TypeAlias = tuple[str, ...]
"""Facts that bear on one another, parts before wholes."""
Outline: TypeAlias = tuple[Group, str, str | None, bool]
"""A group up to a top, the place that joins, and whether it is of forecasts."""
Entries: TypeAlias = Mapping[str, list[Entry]]
"""Statements of a fact by place, the newest and best of each place first."""
_NONE: Entries = {}


class Reached(Struct):
    """Which of some cells one fact bears on from one place: `found`, out of `count` of `cells`.

    It is the same as long as nobody speaks of another fact or place.
    """

    cells: Mapping[Cell, None] = {}
    count: int = 0
    found: Sequence[Cell] = ()


class Family:
    """All that was stated of a family of facts in one incident, for all its instants.

    It knows nothing of other facts; so it stays what it is when something is told of those.
    """

    __slots__ = (
        "_around",
        "_edges",
        "_entries",
        "_groups",
        "_inside",
        "_owns",
        "_reached",
        "_world",
        "models",
        "networks",
        "noisy",
        "outlines",
    )

    def __init__(self, world: World, entries: Mapping[tuple[str, bool], Entries]) -> None:
        """`entries` by fact and whether they are forecasts; only of what anybody spoke of."""
        self._world = world
        self._entries = entries
        self._groups: dict[tuple[str, bool], Group] = {}
        self._inside: dict[tuple[Group, bool], Mapping[str, Sequence[str]]] = {}
        self._around: dict[tuple[Group, bool], frozenset[str]] = {}
        self._owns: dict[tuple[str, str], Own | None] = {}
        self._edges: dict[tuple[Group, str], list[int]] = {}
        self._reached: dict[tuple[str, str, bool], Reached] = {}
        # by group and top, then by the place that joins and by `age`
        self.networks: dict[tuple[Group, str], dict[tuple[str | None, int], Network]] = {}
        # as those but with nothing read, and the network of them that was made last
        self.outlines: dict[Outline, Sequence[tuple[Node, bool]]] = {}
        self.models: dict[Outline, Network] = {}
        self.noisy = False  # whether statements were found that contradict or outdate one another

    def grown(
        self, entries: Mapping[tuple[str, bool], Entries], told: Iterable[tuple[str, str, Entry]]
    ) -> Family | None:
        """The same after more was told, each a fact and a place with its entry, no forecasts.

        None where a fact or place is spoken of that was not: then other things join.
        """
        facts, above = self._world.facts, self._world.above
        found = Family(self._world, entries)
        found._groups, found._inside = self._groups, self._inside
        found._around, found.outlines = self._around, self.outlines
        found._reached = self._reached
        found.models = self.models.copy()
        found._owns, found._edges = self._owns.copy(), self._edges.copy()
        found.networks, found.noisy = self.networks.copy(), self.noisy
        for name, place, entry in told:
            if place not in self.entries(name, False):
                return None
            everywhere = facts[name].subject == INCIDENT
            key = (name, INCIDENT if everywhere else place)
            own = found._owns.pop(key, None)
            more = own.and_then(entry) if own is not None else None
            if more is not None:
                found._owns[key] = more
            tops = None if everywhere else (INCIDENT, place, *above(place))
            for group in {group for group in self._groups.values() if name in group}:
                for of in [(group, top) for top in tops] if tops else list(found._edges):
                    found.networks.pop(of, None)
                    edges = found._edges.get(of)
                    if edges is not None and of[0] == group:
                        found._edges[of] = _with_edges(edges, entry)
            if everywhere:
                found.networks.clear()
        return found

    def entries(self, fact: str, forecast: bool) -> Entries:
        """Every live statement of a fact by place, the newest and best of each place first."""
        return self._entries.get((fact, forecast), _NONE)

    def speaks(self, *, forecast: bool) -> bool:
        """Whether anybody spoke of any of its facts."""
        return any(kind == forecast for _, kind in self._entries)

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
            spoken = frozenset(name for name, kind in self._entries if kind == forecast)
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
        if not inside:
            return place
        above = reversed(self._world.above(place))
        return next((one for one in above if one in inside.get(one, ())), place)

    def age(self, group: Group, top: str, instant: int) -> int:
        """How many edges of what was stated of facts within a place lie at or before an instant.

        What is known of them is the same at all instants of one age.
        """
        return bisect_right(self._edges_of(group, top), instant)

    def edges(self, fact: str, place: str) -> Sequence[int]:
        """When what is known of a fact at a place may turn, forecasts apart; ascending."""
        if not self._entries:
            return ()
        group = self.group(fact, False)
        if self._world.facts[fact].subject == INCIDENT:
            return self._edges_of(group, INCIDENT)
        return self._edges_of(group, self.top(group, place, False))

    def _edges_of(self, group: Group, top: str) -> list[int]:
        edges = self._edges.get((group, top))
        if edges is None:
            found: set[int] = set()
            for fact in group:
                everywhere = top == INCIDENT or self._world.facts[fact].subject == INCIDENT
                for where, entries in self.entries(fact, False).items():
                    if everywhere or where == top or top in self._world.above(where):
                        for entry in entries:
                            found.update((entry.at, entry.start, entry.end))
            found.discard(NEVER_ENDS)
            edges = self._edges[group, top] = sorted(found)
        return edges

    def around(self, names: Group, forecast: bool) -> frozenset[str]:
        """All areas that strictly hold a place where anybody spoke of one of these facts."""
        found = self._around.get((names, forecast))
        if found is None:
            spoken = {place for name in names for place in self.entries(name, forecast)}
            found = self._around[names, forecast] = self._world.holders(spoken)
        return found

    def bearing(self, fact: str, place: str, forecast: bool) -> Iterable[Entry]:
        """Every entry that what is known of a fact at a place may rest on, rises apart."""
        facts = self._world.facts
        group = self.group(fact, forecast)
        top = self.top(group, place, forecast)
        for one in group:
            for where, entries in self.entries(one, forecast).items():
                own = facts[one].subject == INCIDENT or where == top
                if own or top in self._world.above(where):
                    yield from entries

    def reached(self, name: str, where: str, forecast: bool) -> Reached:
        """What is kept of the cells that one of its facts bears on from a place."""
        return self._reached.setdefault((name, where, forecast), Reached())

    def bears(self, fact: str, place: str, name: str, where: str, forecast: bool) -> bool:
        """Whether what was stated of another fact somewhere may bear on a fact at a place."""
        group = self.group(fact, forecast)
        if name not in group:
            return False
        if INCIDENT in (self._world.facts[name].subject, self._world.facts[fact].subject):
            return True
        top = self.top(group, place, forecast)
        return where == top or top in self._world.above(where)


def _with_edges(edges: list[int], entry: Entry) -> list[int]:
    found = edges.copy()
    for edge in (entry.at, entry.start, entry.end):
        if edge != NEVER_ENDS:
            insort_once(found, edge)
    return found
