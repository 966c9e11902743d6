"""What one knowledge of an incident tells that an earlier one did not, and what that touches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from planengine.domain.events import Events
from planengine.domain.statements import Event, Statement, WatchChange
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

ALWAYS = -(1 << 62)
"""Before all moments that anybody speaks of."""


class News:
    """The events that count now and did not before, and those that no longer count.

    What they do not touch is known of every moment up to the earlier time just as it was then.
    """

    def __init__(self, before: Evidence, now: Evidence) -> None:
        self._sides = before, now
        self._gone: Sequence[Event] = now.journal.gone
        self._come: Sequence[Event] = now.journal.more
        if not now.journal.goes_on_from(before.journal):
            old = {id(event) for event in before.journal.events}
            new = {id(event) for event in now.journal.events}
            self._gone = [event for event in before.journal.events if id(event) not in new]
            self._come = [event for event in now.journal.events if id(event) not in old]
        self._since: dict[Cell, int | None] = {}
        self._borne: dict[tuple[str, str, bool], int | None] = {}

    @cached_property
    def of_people(self) -> bool:
        """Whether people did or said anything but state facts."""
        return any(not isinstance(event, Statement) for event in self._all)

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
        return self.since(cell) is not None

    def since(self, cell: Cell) -> int | None:
        """The first moment at which a cell may be another; None where it is not touched."""
        if cell not in self._since:
            self._since[cell] = self._find(cell)
        return self._since[cell]

    def _find(self, cell: Cell) -> int | None:
        match cell:
            case CalendarCell() | HazardCell() | AttributeCell():
                return None
            case LastingCell():
                found = (self.since(test.cell) for test in tests_of(cell.body))
                return min((one for one in found if one is not None), default=None)
            case FactCell() | ChangeCell() | ForecastCell():
                if self.of_the_watch:
                    return ALWAYS
                of = cell.fact, cell.place, isinstance(cell, ForecastCell)
                if of not in self._borne:
                    self._borne[of] = self._bears(*of)
                return self._borne[of]
            case _:
                return ALWAYS if self.of_people else None

    def _bears(self, fact: str, place: str, is_forecast: bool) -> int | None:
        """From when on statements bear on what is known, or forecast, of a fact at a place."""
        found: int | None = None
        for evidence, begins in zip(self._sides, self._begins, strict=True):
            if fact not in evidence.world.facts:
                continue
            for one, begin in begins:
                if (found is None or begin < found) and (one.kind == "forecast") == is_forecast:
                    where = evidence.journal.place_of(one)
                    if evidence.accounts.bears(fact, place, one, where):
                        found = begin
        return found

    @cached_property
    def _begins(self) -> tuple[Sequence[tuple[Statement, int]], ...]:
        """The statements that no longer count and those that do now, and from when each speaks."""
        return tuple(
            [(one, _begin(evidence, one)) for one in events if isinstance(one, Statement)]
            for evidence, events in zip(self._sides, (self._gone, self._come), strict=True)
        )


def _begin(evidence: Evidence, statement: Statement) -> int:
    """The first moment of which a statement may tell anything."""
    journal, facts = evidence.journal, evidence.world.facts
    entries = (journal.entry(facts[name], statement) for name in statement.facts if name in facts)
    return min((min(one.at, one.start) for one in entries), default=ALWAYS)
