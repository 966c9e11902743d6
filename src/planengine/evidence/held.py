"""What is known of cells at one moment, and what of it stays when more is told or time goes on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from planengine.evidence.calendars import may_turn
from planengine.evidence.changes import fact_edges, moments, read_by, thresholds_of
from planengine.evidence.known import Known
from planengine.evidence.news import News
from planengine.evidence.runs import ChangeRun, LastingRun, change_run, changed, lasting_run
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
        "_reaching",
        "_reaching_anew",
        "_readers",
        "_runs",
        "_soonest",
        "_turns",
        "_untold",
        "known",
        "of_people",
        "renewed",
        "reported",
        "values",
    )

    def __init__(self) -> None:
        self.known: dict[Cell, Known | None] = {}
        self.reported: dict[Cell, ValueSet | None] = {}
        self.renewed: tuple[Cell, ...] | None = None  # None: nothing was carried over
        self.of_people = False  # whether people did anything since what was carried over
        self.values: dict[Cell, ValueSet] = {}  # of forecasts, which tell more than their value
        self._reaching: dict[Cell, None] = {}  # forecasts that cover some time from now on
        self._reaching_anew: tuple[Cell, ...] = ()  # which of these cover less than before
        self._runs: dict[Cell, LastingRun | ChangeRun] = {}
        self._asked_before = 0  # so many of the known, the first
        self._carried: dict[Cell, bool] | None = None  # of these, whether each was not renewed
        self._turns: dict[Cell, int] = {}  # when each may change with nothing told, if ever
        self._soonest = NEVER_ENDS  # no later than the first of them
        self._untold: list[Cell] = []  # of which that is to be found yet
        # of all that was ever asked, shared by all that go on from one another:
        self._readers: dict[str, dict[Cell, None]] = {}

    def put(self, evidence: Evidence, cell: Cell, known: Known) -> None:
        """Keep what was found of a cell."""
        self._note(evidence, cell)
        self.known[cell] = known
        if isinstance(cell, ForecastCell):
            self.values[cell] = known.value
            if known.reach is not None:
                self._reaching[cell] = None

    def lasting(self, evidence: Evidence, cell: LastingCell) -> ValueSet:
        """Whether a condition has lasted, gone on with from when it was looked at before."""
        return self._lasting_run(evidence, cell).value(cell)

    def change(self, evidence: Evidence, cell: ChangeCell) -> ValueSet:
        """How far a fact has changed, likewise; what that rests on is not looked for."""
        kept = self._runs.get(cell)
        assert kept is None or isinstance(kept, ChangeRun)
        if kept is None or kept.until != evidence.at:
            kept = self._runs[cell] = change_run(evidence, cell, kept)
        if cell not in self._turns:
            self._note(evidence, cell)
            self.known.setdefault(cell, None)
        return changed(evidence, cell, kept)

    def _lasting_run(self, evidence: Evidence, cell: LastingCell) -> LastingRun:
        kept = self._runs.get(cell)
        assert kept is None or isinstance(kept, LastingRun)
        if kept is None or kept.until != evidence.at:
            kept = self._runs[cell] = lasting_run(evidence, cell, kept)
        return kept

    def _note(self, evidence: Evidence, cell: Cell) -> None:
        if cell not in self.known:
            for read in _reads(evidence, cell):
                self._readers.setdefault(read, {})[cell] = None
        self._untold.append(cell)

    def go_on(self, before: Evidence, now: Evidence) -> Held:
        """What of this, which was held before, still holds: what was neither told of nor turned."""
        for cell in self._untold:
            turn = self.next_turn(before, cell)
            if turn is not None:
                self._turns[cell] = turn
                self._soonest = min(self._soonest, turn)
        self._untold = []
        found = Held()
        found.known, found.reported = self.known.copy(), self.reported.copy()
        found._turns, found._readers = self._turns.copy(), self._readers
        found._runs, found.values = self._runs.copy(), self.values.copy()
        found._soonest = self._soonest
        renewed: dict[Cell, None] = {}
        if now.at > before.at:
            moving = tuple(self._readers.get(MOVING, ()))
            renewed.update((cell, None) for cell in moving if cell in found.known)
        if self._soonest <= now.at:
            found._soonest = NEVER_ENDS
            for cell, turn in self._turns.items():
                if turn <= now.at:
                    renewed[cell] = None
                elif turn < found._soonest:
                    found._soonest = turn
        news = News(before, now)
        found.of_people = news.of_people
        for cell, since in self._touched(news, now):
            if cell in found.known:
                renewed[cell] = None
                run = found._runs.get(cell)
                if run is not None and since <= run.until:
                    found._runs[cell] = run._replace(until=since - 1)
        if now.at > before.at:
            # how far forecasts reach from now on is another at each moment, not what they say
            found._reaching_anew = tuple(self._reaching)
            for cell in self._reaching:
                found.known[cell] = None
        else:
            found._reaching = self._reaching.copy()
        for cell in renewed:
            found.known[cell] = None
            for kept in (found.reported, found.values, found._turns):
                kept.pop(cell, None)
        found.renewed = tuple(renewed)
        found._asked_before = len(found.known)
        return found

    def _touched(self, news: News, now: Evidence) -> Iterator[tuple[Cell, int]]:
        """The cells on which the news bear, and the first moment at which each may be another."""
        if news.are_plain:
            yield from news.reached(self._readers)
            return
        for read in _told(now, news):
            for cell in tuple(self._readers.get(read, ())):
                since = news.since(cell)
                if since is not None:
                    yield cell, since

    def next_turn(self, evidence: Evidence, cell: Cell) -> int | None:
        """The next moment at which a cell may change with nothing told; perhaps too early."""
        at = evidence.at
        match cell:
            case ElapsedCell():
                return None  # it never stands still
            case FactCell():
                return _first_after(fact_edges(evidence, cell), at)
            case LevelCell() if cell.read != "active":
                return None  # engines decide it: evidence leaves it open
            case CalendarCell():
                calendar, zone = evidence.calendar_of(cell)
                return None if calendar is None else may_turn(calendar, zone, at)
            case LastingCell() if not cell.gaps_under:  # else a break may grow too long
                begun = self._lasting_run(evidence, cell).begun()
                turns = [since + cell.duration for since in begun if since is not None]
                for inner in thresholds_of(cell.body):
                    if isinstance(inner, FactCell | ChangeCell | CalendarCell):
                        turn = self.next_turn(evidence, inner)
                        turns += () if turn is None else (turn,)
                    else:
                        turns += moments(evidence, inner, at, None, thresholds_of(cell.body))
                return min((turn for turn in turns if turn > at), default=None)
            case ChangeCell():
                edges = fact_edges(evidence, read_by(evidence, cell))
                leaves, comes = _first_after(edges, at - cell.within), _first_after(edges, at)
                if leaves is None or comes is None:
                    return leaves if leaves is None else leaves + cell.within
                return min(leaves + cell.within, comes)
        return min((m for m in moments(evidence, cell, at, None, {}) if m > at), default=None)

    def stays(self, cell: Cell, news: News, until: int) -> bool:
        """Whether nothing that bears on a cell was in the news, nor turns by a moment.

        Perhaps not, where it is so; never where nothing was carried over.
        """
        if self.renewed is None:
            return False
        if self._carried is None:
            self._carried = dict.fromkeys(islice(self.known, self._asked_before), True)
            self._carried.update(dict.fromkeys((*self.renewed, *self._reaching_anew), False))
        stays = self._carried.get(cell)
        if stays is not None:
            return stays and self._turns.get(cell, NEVER_ENDS) > until
        # Nobody asked for it before.
        if isinstance(cell, ElapsedCell | ForecastCell) or news.touches(cell):
            return False
        turn = news.before.next_turn(cell)
        return turn is None or turn > until


def _first_after(edges: Sequence[int], instant: int) -> int | None:
    place = bisect_right(edges, instant)
    return edges[place] if place < len(edges) else None


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
