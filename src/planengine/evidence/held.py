"""What is known of cells at one moment, and what of it stays when more is told or time goes on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from planengine.evidence.calendars import may_turn
from planengine.evidence.changes import fact_edges, moments
from planengine.evidence.known import Known
from planengine.evidence.news import News
from planengine.evidence.standing import NEVER_ENDS
from planengine.rules.conditions import (
    AttributeCell,
    CalendarCell,
    Cell,
    ChangeCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.walk import tests_of
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence

OF_PEOPLE, MOVING = "people", "time"
"""What cells read that hang on what people did, or never stand still; others read facts."""


class Held:
    """The cells that were asked for, in that order; None where one is to be found anew."""

    __slots__ = (
        "_asked_before",
        "_carried",
        "_readers",
        "_soonest",
        "_turns",
        "_untold",
        "known",
        "renewed",
        "reported",
    )

    def __init__(self) -> None:
        self.known: dict[Cell, Known | None] = {}
        self.reported: dict[Cell, ValueSet | None] = {}
        self.renewed: tuple[Cell, ...] | None = None  # None: nothing was carried over
        self._asked_before = 0  # so many of the known, the first
        self._carried: dict[Cell, bool] | None = None  # of these, whether each was not renewed
        self._turns: dict[Cell, int] = {}  # when each may change with nothing told, if ever
        self._soonest = NEVER_ENDS  # no later than the first of them
        self._untold: list[Cell] = []  # of which that is to be found yet
        # of all that was ever asked, shared by all that go on from one another:
        self._readers: dict[str, dict[Cell, None]] = {}

    def put(self, evidence: Evidence, cell: Cell, known: Known) -> None:
        """Keep what was found of a cell."""
        if cell not in self.known:
            for read in _reads(evidence, cell):
                self._readers.setdefault(read, {})[cell] = None
        self.known[cell] = known
        self._untold.append(cell)

    def go_on(self, before: Evidence, now: Evidence) -> Held:
        """What of this, which was held before, still holds: what was neither told of nor turned."""
        for cell in self._untold:
            known = self.known.get(cell)
            # How far forecasts reach from now on is another at each moment.
            runs = known is not None and known.reach is not None
            turn = before.at + 1 if runs else _next_turn(before, cell)
            if turn is not None:
                self._turns[cell] = turn
                self._soonest = min(self._soonest, turn)
        self._untold = []
        found = Held()
        found.known, found.reported = self.known.copy(), self.reported.copy()
        found._turns, found._readers = self._turns.copy(), self._readers
        found._soonest = self._soonest
        renewed: dict[Cell, None] = {}
        if now.at > before.at:
            moving = tuple(self._readers.get(MOVING, ()))
            renewed.update((cell, None) for cell in moving if cell in found.known)
        if self._soonest <= now.at:
            renewed.update((cell, None) for cell, turn in self._turns.items() if turn <= now.at)
            later = (turn for turn in self._turns.values() if turn > now.at)
            found._soonest = min(later, default=NEVER_ENDS)
        news = News(before, now)
        for read in _told(now, news):
            for cell in tuple(self._readers.get(read, ())):
                if cell in found.known and cell not in renewed and news.touches(cell):
                    renewed[cell] = None
        for cell in renewed:
            found.known[cell] = None
            found.reported.pop(cell, None)
            found._turns.pop(cell, None)
        found.renewed = tuple(renewed)
        found._asked_before = len(found.known)
        return found

    def stays(self, cell: Cell, news: News, until: int) -> bool:
        """Whether nothing that bears on a cell was in the news, nor turns by a moment.

        Perhaps not, where it is so; never where nothing was carried over.
        """
        if self.renewed is None:
            return False
        if self._carried is None:
            self._carried = dict.fromkeys(islice(self.known, self._asked_before), True)
            self._carried.update(dict.fromkeys(self.renewed, False))
        stays = self._carried.get(cell)
        if stays is not None:
            return stays and self._turns.get(cell, NEVER_ENDS) > until
        # Nobody asked for it before.
        if isinstance(cell, ElapsedCell | ForecastCell) or news.touches(cell):
            return False
        turn = _next_turn(news.before, cell)
        return turn is None or turn > until


def _reads(evidence: Evidence, cell: Cell) -> frozenset[str]:
    """What news of would touch a cell: families, by their first facts, and people's acts."""
    match cell:
        case FactCell() | ChangeCell() | ForecastCell():
            relations = evidence.world.relations
            return frozenset(relations.family(name)[0] for name in relations.behind(cell.fact))
        case LastingCell():
            inner = (_reads(evidence, test.cell) for test in tests_of(cell.body))
            return frozenset(one for reads in inner for one in reads)
        case CalendarCell() | HazardCell() | AttributeCell():
            return frozenset()
        case ElapsedCell():
            return frozenset({OF_PEOPLE, MOVING})
    return frozenset({OF_PEOPLE})


def _told(now: Evidence, news: News) -> Iterator[str]:
    """What the news are of; all there is where it counts otherwise what nobody reported."""
    relations = now.world.relations
    if news.of_the_watch:
        yield from dict.fromkeys(family[0] for family in relations.families.values())
    elif news.of_facts:
        named = (name for one in news.of_facts for name in one.facts)
        yield from dict.fromkeys(relations.family(name)[0] for name in named)
    if news.of_people:
        yield OF_PEOPLE


def _next_turn(evidence: Evidence, cell: Cell) -> int | None:
    """The next moment at which a cell may change with nothing told; perhaps one too early."""
    at = evidence.at
    if isinstance(cell, ElapsedCell):
        return None  # it never stands still
    if isinstance(cell, FactCell):
        edges = fact_edges(evidence, cell)
        place = bisect_right(edges, at)
        return edges[place] if place < len(edges) else None
    if isinstance(cell, LevelCell) and cell.read != "active":
        return None  # engines decide it: evidence leaves it open
    if isinstance(cell, CalendarCell):
        calendar, zone = evidence.calendar_of(cell)
        return None if calendar is None else may_turn(calendar, zone, at)
    return min((m for m in moments(evidence, cell, at, None, {}) if m > at), default=None)
