"""The facts of an incident at one instant, those of others, and as forecast for later instants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from planengine.domain.statements import Statement
from planengine.domain.vocabulary import INCIDENT
from planengine.evidence.facts import Facts
from planengine.evidence.family import Reached
from planengine.evidence.journal import Journal
from planengine.evidence.known import Known
from planengine.evidence.spots import Spot
from planengine.evidence.standing import Entry
from planengine.evidence.world import World
from planengine.rules.conditions import Cell, FactCell, ForecastCell
from planengine.values.sets import ValueSet

Told = tuple[Cell, tuple[Statement, ...]]
"""Statements by the cell that they are about."""


class Accounts:
    """What was told of facts, by incident; each is read when it is asked for."""

    __slots__ = ("_at", "_forecasts", "_journal", "_off_watch", "_others", "_world", "own")

    def __init__(self, world: World, journal: Journal, at: int, off_watch: frozenset[str]) -> None:
        self._world = world
        self._journal = journal
        self._at = at
        self._off_watch = off_watch
        self.own = Facts(world, journal, at, off_watch)
        self._forecasts: dict[int, Facts] = {}
        self._others: dict[str, Facts] = {}

    def is_own(self, place: str) -> bool:
        """Whether a place is an area, an object or this incident, not another incident."""
        return place in (INCIDENT, self._journal.incident) or self._world.is_place(place)

    def known(self, cell: FactCell) -> Known:
        """What is known of a fact at a place, of this incident or of another."""
        if cell.fact not in self._world.facts:
            return Known(cell.domain.everything)
        return self._of(cell.place).known(cell.fact, self._spot(cell.place))

    def counted(self, cell: FactCell) -> Known:
        """The same as it was stated, without what it may still rise by."""
        return self._of(cell.place).counted(cell.fact, self._spot(cell.place))

    def reported(self, cell: FactCell) -> ValueSet | None:
        """What people reported of it; None where nobody stated it."""
        if cell.fact not in self._world.facts:
            return None
        return self._of(cell.place).reported(cell.fact, self._spot(cell.place))

    def forecast(self, cell: ForecastCell, instant: int) -> Known:
        """What is forecast of a cell's fact for an instant."""
        return self._forecast_for(instant).known(cell.fact, self._spot(cell.place))

    def bearing(self, fact: str, place: str, forecast: bool) -> Iterable[Entry]:
        """Every entry that the value or the forecast of a fact at a place may rest on."""
        facts = self._forecast_for(self._at) if forecast else self._of(place)
        return facts.bearing(fact, self._spot(place))

    def edges(self, fact: str, place: str) -> Sequence[int]:
        """When the value of a fact at a place may turn, ascending."""
        return self._of(place).edges(fact, self._spot(place))

    def bears(self, fact: str, place: str, name: str, where: str, forecast: bool) -> bool:
        """Whether what is stated of a fact somewhere may bear on the value of one at a place.

        Or, likewise, what is `forecast` on what is forecast.
        """
        return self._of(place).bears(fact, self._spot(place), name, where, forecast)

    def reached(self, name: str, where: str, forecast: bool) -> Reached:
        """What is kept of the cells that a fact of this incident bears on from a place."""
        return self.own.reached(name, where, forecast)

    def is_noisy(self, fact: str, place: str) -> bool:
        """Whether statements that a fact rests on were found to contradict one another."""
        return self._of(place).is_noisy(fact)

    @property
    def conflicts(self) -> tuple[Told, ...]:
        """The contradictions met so far, each with the statements that cannot all be true."""
        return tuple(self._told((facts, facts.conflicts) for facts in self._all()))

    @property
    def outdated(self) -> tuple[Told, ...]:
        """What gave way to newer evidence, of the facts asked for."""
        return tuple(self._told((facts, facts.outdated) for facts in self._all()))

    def coupled(self, cells: Iterable[FactCell]) -> bool:
        """Whether the true values of two of these may bound each other, now that others are known.

        Then not all combinations of their values can be: of 10 dead and missing, 10 may be dead
        or missing, but not both.
        """
        bonds = [
            (INCIDENT if self.is_own(cell.place) else cell.place, bond)
            for cell in cells
            if cell.fact in self._world.facts
            and (bond := self._of(cell.place).bond(cell.fact, self._spot(cell.place)))
        ]
        asked = Counter((incident, bond.top, bond.fact) for incident, bond in bonds)
        binding = {(incident, bond.top, bond.fact) for incident, bond in bonds if bond.binds}
        for incident, bond in bonds:
            for fact in bond.group:
                others = asked[incident, bond.top, fact] - (fact == bond.fact)
                if others and (bond.binds or (incident, bond.top, fact) in binding):
                    return True
        return False

    def _of(self, place: str) -> Facts:
        """The facts of the incident that a place is in, or is."""
        if self.is_own(place):
            return self.own
        found = self._others.get(place)
        if found is None:
            found = self._others[place] = Facts(
                self._world, self._journal, self._at, self._off_watch, incident=place
            )
        return found

    def _forecast_for(self, instant: int) -> Facts:
        found = self._forecasts.get(instant)
        if found is None:
            found = self._forecasts[instant] = Facts(
                self._world, self._journal, self._at, self._off_watch, instant
            )
        return found

    def _spot(self, place: str) -> str:
        """Where facts keep what is stated there: a place, or an incident as a whole."""
        return place if self._world.is_place(place) else INCIDENT

    def _all(self) -> Iterator[Facts]:
        yield self.own
        yield from self._others.values()
        yield from self._forecasts.values()

    def _told(
        self, found: Iterable[tuple[Facts, Mapping[Spot, tuple[Statement, ...]]]]
    ) -> Iterator[Told]:
        until = {id(facts): instant - self._at for instant, facts in self._forecasts.items()}
        for facts, by_spot in found:
            for (fact, place), statements in by_spot.items():
                domain = self._world.facts[fact].domain
                if id(facts) in until:
                    yield ForecastCell(fact, place, until[id(facts)], domain), statements
                else:
                    yield FactCell(fact, place, domain), statements
