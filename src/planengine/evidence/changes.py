"""At which moments a cell's value may change without any new statement (SEMANTICS 14).

Every function may give a moment too many, none too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import ceil, floor, isinf
from typing import TYPE_CHECKING

from planengine.evidence.calendars import edges_between, next_turn
from planengine.evidence.journal import NEVER_ENDS, Entry
from planengine.rules.conditions import (
    ActCell,
    CalendarCell,
    Cell,
    ChangeCell,
    Condition,
    ElapsedCell,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.walk import tests_of
from planengine.values.sets import NumberSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence

Thresholds = Mapping[Cell, Iterable[int | Fraction]]


def moments(
    evidence: Evidence, cell: Cell, since: int, until: int | None, thresholds: Thresholds
) -> Iterator[int]:
    """Candidates in no order: at least all in (since, until], or all after `since`.

    Of a calendar, only those up to `until`, or, without one, up to the first after now.
    `thresholds` gives the seconds that elapsed cells are compared with.
    """
    match cell:
        case FactCell():
            yield from _fact_moments(evidence, cell.fact, cell.place)
        case ForecastCell():
            yield from _forecast_moments(evidence, cell)
        case ElapsedCell():
            yield from _elapsed_moments(evidence, cell, thresholds.get(cell, ()))
        case ChangeCell():
            for moment in _fact_moments(evidence, cell.fact, cell.place):
                yield moment
                yield moment + cell.within
        case LastingCell():
            reach = cell.duration + cell.gaps_under
            inner = condition_moments(evidence, cell.body, since - reach, until)
            for moment in inner:
                yield moment
                yield moment + cell.duration
                yield moment + reach
        case CalendarCell():
            yield from _calendar_moments(evidence, cell, since, until)
        case ActCell():
            journal = evidence.journal
            yield from (journal.time_of(a) for a in journal.acts if a.clause == cell.clause)
        case LevelCell():
            yield from _level_moments(evidence, cell)


def condition_moments(
    evidence: Evidence, condition: Condition, since: int, until: int | None
) -> set[int]:
    """The moments of every cell of a condition; its own tests give the thresholds."""
    cells: dict[Cell, list[int | Fraction]] = {}
    for test in tests_of(condition):
        ends = cells.setdefault(test.cell, [])
        if isinstance(test.cell, ElapsedCell) and isinstance(test.accepts, NumberSet):
            ends += _ends(test.accepts)
    return {m for cell in cells for m in moments(evidence, cell, since, until, cells)}


def _ends(accepts: NumberSet) -> Iterator[int | Fraction]:
    for item in accepts.intervals:
        for end in (item.low, item.high):
            if not isinstance(end, float) or not isinf(end):
                yield Fraction(end)


def _fact_moments(evidence: Evidence, fact: str, place: str) -> Iterator[int]:
    for entry in _entries_behind(evidence, fact, place, False):
        yield entry.start
        if entry.end < NEVER_ENDS:
            yield entry.end
    journal = evidence.journal
    yield from (journal.time_of(change) for change in journal.watch)


def _entries_behind(evidence: Evidence, fact: str, place: str, forecast: bool) -> Iterable[Entry]:
    """Every entry that a fact at a place may rest on."""
    if fact not in evidence.world.facts:
        return ()
    return evidence.bearing(fact, place, forecast)


def _forecast_moments(evidence: Evidence, cell: ForecastCell) -> Iterator[int]:
    for entry in _entries_behind(evidence, cell.fact, cell.place, True):
        yield from (entry.at, entry.start - cell.within)
        if entry.end < NEVER_ENDS:
            yield entry.end


def _elapsed_moments(
    evidence: Evidence, cell: ElapsedCell, ends: Iterable[int | Fraction]
) -> Iterator[int]:
    known = evidence.moment(cell.moment)
    starts = [item.low for item in known.intervals if item.low == item.high]
    seconds = [0, *(edge for end in ends for edge in (ceil(end), floor(end) + 1))]
    for start in starts:
        yield from (int(start) + second for second in seconds)


def _calendar_moments(
    evidence: Evidence, cell: CalendarCell, since: int, until: int | None
) -> Iterator[int]:
    calendar = evidence.world.entities.calendars.get(cell.calendar)
    if calendar is None:
        return
    end = evidence.at if until is None else until
    yield from edges_between(calendar, since, end)
    if until is None:
        following = next_turn(calendar, max(since, end))
        if following is not None:
            yield following


def _level_moments(evidence: Evidence, cell: LevelCell) -> Iterator[int]:
    """A level in force changes when people say so; a computed one with any evidence."""
    if cell.read == "active":
        journal = evidence.journal
        yield from (journal.time_of(event) for event in journal.put_in_force)
        yield from (journal.time_of(event) for event in journal.issued)
        yield from evidence.people.expiries()
    else:
        yield from event_moments(evidence)


def event_moments(evidence: Evidence) -> Iterator[int]:
    """When anything was stated, took effect or expires, whatever it is about."""
    journal, facts = evidence.journal, evidence.world.facts
    for event in journal.events:
        yield journal.time_of(event)
        yield event.stamp.at
    for statement in journal.statements:
        for name in statement.facts:
            fact = facts.get(name)
            if fact is None:
                continue
            forecast = statement.kind == "forecast"
            for entries in journal.entries(fact, statement.incident, forecast).values():
                for entry in entries:
                    yield entry.start
                    if entry.end < NEVER_ENDS:
                        yield entry.end
