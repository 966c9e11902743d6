"""What one knowledge of an incident tells that an earlier one did not, and what that touches."""

from __future__ import annotations

from functools import cached_property

from planengine.domain.statements import Event, Statement, WatchChange
from planengine.evidence.evidence import Evidence
from planengine.evidence.turns import told_moments
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


class News:
    """The events that count now and did not before, and those that no longer count.

    What they do not touch is known of every moment up to the earlier time just as it was then.
    """

    def __init__(self, before: Evidence, now: Evidence) -> None:
        self._sides = before, now
        old = {id(event) for event in before.journal.events}
        new = {id(event) for event in now.journal.events}
        self._gone = [event for event in before.journal.events if id(event) not in new]
        self._come = [event for event in now.journal.events if id(event) not in old]
        self._touched: dict[Cell, bool] = {}
        self._concerned: dict[str, bool] = {}

    @cached_property
    def of_people(self) -> bool:
        """Whether people did or said anything but state facts."""
        return any(not isinstance(event, Statement) for event in self._all)

    @cached_property
    def is_later(self) -> bool:
        """Whether all that was told since came after the time that was known before."""
        before, now = self._sides
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
    def _of_the_watch(self) -> bool:
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

    def _find(self, cell: Cell) -> bool:
        match cell:
            case CalendarCell() | HazardCell() | AttributeCell():
                return False
            case LastingCell():
                return any(self.touches(test.cell) for test in tests_of(cell.body))
            case FactCell() | ChangeCell() | ForecastCell():
                return self._of_the_watch or self._bears(cell.fact, cell.place)
            case _:
                return self.of_people

    @cached_property
    def _facts(self) -> frozenset[str]:
        """What facts it states."""
        return frozenset().union(*(e.facts for e in self._all if isinstance(e, Statement)))

    def _may_concern(self, fact: str) -> bool:
        """Whether it states anything that may bear on a fact somewhere."""
        found = self._concerned.get(fact)
        if found is None:
            world = self._sides[1].world
            behind = world.behind(world.facts[fact]) if fact in world.facts else ()
            found = self._concerned[fact] = any(one.id in self._facts for one in behind)
        return found

    def _bears(self, fact: str, place: str) -> bool:
        if not self._may_concern(fact):
            return False
        for evidence, events in zip(self._sides, (self._gone, self._come), strict=True):
            behind = {one.id for one in evidence.world.behind(evidence.world.facts[fact])}
            news = {id(e) for e in events if isinstance(e, Statement) and behind & e.facts.keys()}
            if news and any(
                id(entry.statement) in news
                for forecast in (False, True)
                for entry in evidence.bearing(fact, place, forecast)
            ):
                return True
        return False
