"""What one knowledge of an incident tells that an earlier one did not, and what that touches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from planengine.domain.events import Events
from planengine.domain.statements import Event, Statement, WatchChange
from planengine.evidence.told import told_moments
from planengine.rules.conditions import (
    AttributeCell,
    CalendarCell,
    Cell,
    ChangeCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
)
from planengine.rules.walk import tests_of

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence


class News:
    """The events that count now and did not before, and those that no longer count.

    What they do not touch is known of every moment up to the earlier time just as it was then.
    """

    def __init__(self, before: Evidence, now: Evidence) -> None:
        self._sides = before, now
        self._gone: Sequence[Event] = now.journal.gone
        self._come: Sequence[Event] = now.journal.more
        if not now.journal.goes_on_from(before.journal):
            self._come, self._gone = now.journal.beside(before.journal)
        self._touched: dict[Cell, bool] = {}
        self._bearing: dict[str, bool] = {}

    @property
    def before(self) -> Evidence:
        """What was known before them."""
        return self._sides[0]

    @cached_property
    def of_people(self) -> bool:
        """Whether people did or said anything but state facts."""
        return any(not isinstance(event, Statement) for event in self._all)

    def tells(self, kind: type[Event]) -> bool:
        """Whether any of them is of a kind."""
        return any(isinstance(event, kind) for event in self._all)

    @cached_property
    def of_facts(self) -> tuple[Statement, ...]:
        """The statements among them."""
        return tuple(event for event in self._all if isinstance(event, Statement))

    @cached_property
    def is_later(self) -> bool:
        """Whether all that was told since came after the time that was known before."""
        before, now = self._sides
        events = now.incident.events
        if isinstance(events, Events) and events.goes_on(before.incident.events):
            stamps = (event.stamp for event in events.after(before.incident.events))
            return all(max(one.at, one.received) > before.journal.at for one in stamps)
        old = {id(event) for event in before.incident.events}
        told = [event.stamp for event in now.incident.events if id(event) not in old]
        kept = len(now.incident.events) - len(told) == len(old)
        return kept and all(max(one.at, one.received) > before.journal.at for one in told)

    @cached_property
    def is_ahead(self) -> bool:
        """Whether all of it states facts of times after the one that was known before.

        Then every moment up to that time is as it was, whoever looks back at it.
        """
        before = self._sides[0].journal.at
        return not self._gone and all(
            isinstance(event, Statement)
            and event.corrects is None
            and all(moment > before for moment in told_moments(event))
            for event in self._come
        )

    @property
    def _all(self) -> tuple[Event, ...]:
        return (*self._gone, *self._come)

    @cached_property
    def of_the_watch(self) -> bool:
        """Whether what nobody reported may count otherwise, or another incident is spoken of."""
        own = self._sides[1].journal.incident
        return any(
            isinstance(event, WatchChange)
            or (isinstance(event, Statement) and event.incident != own)
            for event in self._all
        )

    def touches(self, cell: Cell) -> bool:
        """Whether a cell may have been another at any moment; perhaps where it was not."""
        found = self._touched.get(cell)
        if found is None:
            found = self._touched[cell] = self._find(cell)
        return found

    def speaks_of(self, cell: Cell) -> bool:
        """Whether any of it is of what a cell rests on, at whatever place.

        So it may touch the cell once more is told: parts bear on one another where a whole is.
        """
        if isinstance(cell, LastingCell):
            return any(self.speaks_of(test.cell) for test in tests_of(cell.body))
        if isinstance(cell, FactCell | ChangeCell | ForecastCell):
            return self.of_the_watch or self._may_bear(cell.fact)
        return self.touches(cell)

    def _find(self, cell: Cell) -> bool:
        match cell:
            case CalendarCell() | HazardCell() | AttributeCell():
                return False
            case LastingCell():
                return any(self.touches(test.cell) for test in tests_of(cell.body))
            case FactCell() | ChangeCell() | ForecastCell():
                is_forecast = isinstance(cell, ForecastCell)
                return self.of_the_watch or (
                    self._may_bear(cell.fact) and self._bears(cell.fact, cell.place, is_forecast)
                )
            case _:
                return self.of_people

    def _may_bear(self, fact: str) -> bool:
        """Whether any of what a fact rests on is of the family of something that was told."""
        found = self._bearing.get(fact)
        if found is None:
            relations = self._sides[1].world.relations
            read = relations.behind(fact)
            found = any(relations.family(name)[0] in self._families for name in read)
            self._bearing[fact] = found
        return found

    @cached_property
    def _families(self) -> frozenset[str]:
        """Those of the facts that were told, by their first."""
        relations = self._sides[1].world.relations
        return frozenset(relations.family(name)[0] for one in self.of_facts for name in one.facts)

    def _bears(self, fact: str, place: str, is_forecast: bool) -> bool:
        for evidence, events in zip(self._sides, (self._gone, self._come), strict=True):
            if fact in evidence.world.facts and any(
                evidence.accounts.bears(fact, place, one, evidence.journal.place_of(one))
                for one in events
                if isinstance(one, Statement) and (one.kind == "forecast") == is_forecast
            ):
                return True
        return False
