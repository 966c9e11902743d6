"""What one knowledge of an incident tells that an earlier one did not, and what that touches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from planengine.domain.events import Events
from planengine.domain.statements import Event, Statement, WatchChange
from planengine.evidence.changes import thresholds_of
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
            self._come, self._gone = now.journal.beside(before.journal)
        self._since: dict[Cell, int | None] = {}
        self._bearing: dict[str, bool] = {}
        self._borne: dict[tuple[str, str, bool], int | None] = {}
        own = now.journal.incident
        facts: list[Statement] = []
        self.of_people = False  # whether people did or said anything but state facts
        # whether what nobody reported may count otherwise, or another incident is spoken of
        self.of_the_watch = False
        for event in (*self._gone, *self._come):
            if isinstance(event, Statement):
                facts.append(event)
                self.of_the_watch = self.of_the_watch or event.incident != own
            else:
                self.of_people = True
                self.of_the_watch = self.of_the_watch or isinstance(event, WatchChange)
        self.of_facts = facts  # the statements among them

    @property
    def before(self) -> Evidence:
        """What was known before them."""
        return self._sides[0]

    def tells(self, kind: type[Event]) -> bool:
        """Whether any of them is of a kind."""
        return any(isinstance(event, kind) for event in (*self._gone, *self._come))

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
    def are_plain(self) -> bool:
        """Whether they are but statements that came, of facts of this incident."""
        return not (self._gone or self.of_people or self.of_the_watch)

    def reached(self, readers: Mapping[str, Mapping[Cell, None]]) -> Iterator[tuple[Cell, int]]:
        """The cells that plain news touch, and the first moment at which each may be another.

        `readers` are the cells by the first facts of the families that they read.
        """
        now = self._sides[1]
        relations = now.world.relations
        for told in self.of_facts:
            begin = _begin(now, told)
            of = now.journal.place_of(told), told.kind == "forecast"
            for name in told.facts:
                cells = readers.get(relations.family(name)[0]) if name in now.world.facts else None
                if cells:
                    reached = now.accounts.reached(name, *of)
                    if reached.cells is not cells or reached.count != len(cells):
                        reached.cells, reached.count = cells, len(cells)
                        reached.found = [one for one in cells if self._is_reached(one, name, *of)]
                    yield from ((cell, begin) for cell in reached.found)

    def _is_reached(self, cell: Cell, name: str, where: str, forecast: bool) -> bool:
        """Whether what is stated, or forecast, of a fact somewhere may bear on a cell."""
        match cell:
            case LastingCell():
                inner = thresholds_of(cell.body)
                return any(self._is_reached(one, name, where, forecast) for one in inner)
            case FactCell() | ChangeCell() | ForecastCell():
                now = self._sides[1]
                return (
                    forecast == isinstance(cell, ForecastCell)
                    and cell.fact in now.world.facts
                    and now.accounts.bears(cell.fact, cell.place, name, where, forecast)
                )
            case _:
                return False

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
                if not self._may_bear(cell.fact):
                    return None
                of = cell.fact, cell.place, isinstance(cell, ForecastCell)
                if of not in self._borne:
                    self._borne[of] = self._bears(*of)
                return self._borne[of]
            case _:
                return ALWAYS if self.of_people else None

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

    def _bears(self, fact: str, place: str, is_forecast: bool) -> int | None:
        """From when on statements bear on what is known, or forecast, of a fact at a place."""
        found: int | None = None
        for evidence, begins in zip(self._sides, self._begins, strict=True):
            if fact not in evidence.world.facts:
                continue
            for one, begin in begins:
                if (found is None or begin < found) and (one.kind == "forecast") == is_forecast:
                    where = evidence.journal.place_of(one)
                    bears = evidence.accounts.bears
                    if any(bears(fact, place, name, where, is_forecast) for name in one.facts):
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
    found: int | None = None
    for name in statement.facts:
        if name in facts:
            entry = journal.entry(facts[name], statement)
            begin = min(entry.at, entry.start)
            found = begin if found is None else min(found, begin)
    return ALWAYS if found is None else found
