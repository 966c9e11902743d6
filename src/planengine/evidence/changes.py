"""At which moments a cell's value may change without any new statement (SEMANTICS 14).

Every function may give a moment too many, none too few.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, isinf
from typing import TYPE_CHECKING

from planengine.domain.ids import DoneOf
from planengine.evidence.calendars import edges_between, next_turn
from planengine.evidence.expected import Piece, covered_seconds, pieces
from planengine.evidence.standing import NEVER_ENDS, Entry, insort_once
from planengine.rules.conditions import (
    ActCell,
    CalendarCell,
    Cell,
    ChangeCell,
    Condition,
    DoneCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.walk import tests_of
from planengine.values.sets import NumberSet
from planengine.values.times import day_start, local

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence

Thresholds = Mapping[Cell, Iterable[int | Fraction]]
_TWO_DAYS = 172_800


def moments(
    evidence: Evidence, cell: Cell, since: int, until: int | None, thresholds: Thresholds
) -> Iterator[int]:
    """Candidates in no order: at least all in (since, until], or all after `since`.

    Of a calendar, only those up to `until`, or, without one, up to the first after now.
    `thresholds` gives the seconds that elapsed cells are compared with.
    """
    match cell:
        case FactCell():
            yield from _between(fact_edges(evidence, cell), since, until)
        case ForecastCell():
            yield from _forecast_moments(evidence, cell, since, until)
        case ElapsedCell():
            yield from _elapsed_moments(evidence, cell, thresholds.get(cell, ()))
        case ChangeCell():
            read = read_by(evidence, cell)
            for moment in _between(fact_edges(evidence, read), since - cell.within, until):
                yield moment
                yield moment + cell.within
        case LastingCell():
            reach = cell.duration + cell.gaps_under
            inner = condition_moments(evidence, cell.body, since - reach, until)
            for moment in inner:
                yield moment
                yield moment + cell.duration
                yield moment + reach
                if cell.gaps_under:  # what ends a break from then on bridges it no more
                    yield moment + cell.gaps_under
        case CalendarCell():
            yield from _calendar_moments(evidence, cell, since, until)
        case ActCell():
            journal = evidence.journal
            yield from (journal.time_of(a) for a in journal.acts if a.clause == cell.clause)
        case DoneCell():
            same = (cell.kind, cell.document, cell.item)
            for done in evidence.journal.done:
                if (done.kind, done.document, done.item) == same:
                    yield evidence.journal.time_of(done)
        case LevelCell():
            yield from _level_moments(evidence, cell)


def condition_moments(
    evidence: Evidence, condition: Condition, since: int, until: int | None
) -> set[int]:
    """The moments of every cell of a condition; its own tests give the thresholds."""
    cells = thresholds_of(condition)
    return {m for cell in cells for m in moments(evidence, cell, since, until, cells)}


@lru_cache(maxsize=1 << 12)
def thresholds_of(condition: Condition) -> Mapping[Cell, Sequence[int | Fraction]]:
    """The cells of a condition, and the seconds with which it compares those that elapse."""
    cells: dict[Cell, list[int | Fraction]] = {}
    for test in tests_of(condition):
        ends = cells.setdefault(test.cell, [])
        if isinstance(test.cell, ElapsedCell) and isinstance(test.accepts, NumberSet):
            ends += _ends(test.accepts)
    return cells


def _ends(accepts: NumberSet) -> Iterator[int | Fraction]:
    for item in accepts.intervals:
        for end in (item.low, item.high):
            if not isinstance(end, float) or not isinf(end):
                yield Fraction(end)


def read_by(evidence: Evidence, cell: ChangeCell) -> FactCell:
    """The fact that a change is of."""
    fact = evidence.world.facts.get(cell.fact)
    return FactCell(cell.fact, cell.place, cell.domain if fact is None else fact.domain)


def fact_edges(evidence: Evidence, cell: FactCell) -> Sequence[int]:
    """When a fact may change, ascending: kept for all instants of one knowledge."""
    found = evidence.edges.get(cell)
    if found is None:
        facts = evidence.world.facts
        found = evidence.accounts.edges(cell.fact, cell.place) if cell.fact in facts else ()
        if evidence.journal.watch:
            found = [*found]
            for change in evidence.journal.watch:
                insort_once(found, evidence.journal.time_of(change))
        evidence.edges[cell] = found
    return found


def _between(edges: Sequence[int], since: int, until: int | None) -> Sequence[int]:
    """Those of ascending moments that lie in (since, until], or all after `since`."""
    end = len(edges) if until is None else bisect_right(edges, until)
    return edges[bisect_right(edges, since) : end]


def _entries_behind(evidence: Evidence, fact: str, place: str, forecast: bool) -> Iterable[Entry]:
    """Every entry that a fact at a place may rest on."""
    if fact not in evidence.world.facts:
        return ()
    return evidence.bearing(fact, place, forecast)


def forecast_edges(evidence: Evidence, cell: ForecastCell) -> Sequence[int]:
    """Where forecasts that a cell may rest on begin or end, ascending; kept like those of facts."""
    found = evidence.edges.get(cell)
    if found is None:
        edges: set[int] = set()
        for entry in _entries_behind(evidence, cell.fact, cell.place, True):
            edges.add(entry.start)
            if entry.end < NEVER_ENDS:
                edges.add(entry.end)
        found = evidence.edges[cell] = sorted(edges)
    return found


def _midnights(
    evidence: Evidence, cell: ForecastCell, since: int, until: int | None
) -> Iterator[int]:
    """Each local midnight at which the days that a cell looks at are others."""
    zone = evidence.world.entities.zone_of(cell.place)
    edges = forecast_edges(evidence, cell)
    last = max(edges, default=since) + _TWO_DAYS  # the first whole day after the last edge
    if until is not None:
        last = min(last, until)
    day = local(since, zone).date()
    while (midnight := day_start(day, zone)) <= last:
        yield midnight
        day += timedelta(days=1)


def forecast_pieces(evidence: Evidence, cell: ForecastCell) -> list[Piece]:
    """What is forecast for each part of the stretch of time that a cell looks at."""
    return pieces(
        forecast_edges(evidence, cell),
        *window(evidence, cell),
        lambda instant: evidence.accounts.forecast(cell, instant),
    )


def window(evidence: Evidence, cell: ForecastCell) -> tuple[int, int]:
    """The first and last second of the time to come that a cell looks at."""
    if cell.day is None:
        return evidence.at, evidence.at + cell.within
    zone = evidence.world.entities.zone_of(cell.place)
    day = local(evidence.at, zone).date() + timedelta(days=cell.day)
    return day_start(day, zone), day_start(day + timedelta(days=1), zone) - 1


def _forecast_moments(
    evidence: Evidence, cell: ForecastCell, since: int, until: int | None
) -> Iterator[int]:
    """When a forecast is made, and when an edge of one enters or leaves the window."""
    found = {entry.at for entry in _entries_behind(evidence, cell.fact, cell.place, True)}
    if cell.day is not None:
        yield from found
        yield from _midnights(evidence, cell, since, until)
        return
    for edge in forecast_edges(evidence, cell):
        found |= {edge, edge - cell.within}
    yield from found
    if cell.covering is None:
        return
    # Between two of these what is covered grows or shrinks by a second each second.
    for moment in found:
        covered = covered_seconds(forecast_pieces(evidence.at_time(moment), cell))
        yield moment + covered - cell.covering + 1
        yield moment + cell.covering - covered


def _elapsed_moments(
    evidence: Evidence, cell: ElapsedCell, ends: Iterable[int | Fraction]
) -> Iterator[int]:
    """When the moment comes, or another takes its place, and when a time since it is reached."""
    starts = {item.low for item in evidence.moment_of(cell)[0].intervals if item.low == item.high}
    journal = evidence.journal
    if cell.plan is not None:
        starts |= {journal.time_of(put) for put in journal.put_in_force if put.plan == cell.plan}
        starts |= {journal.time_of(done) for done in journal.done if done.document == cell.plan}
    elif isinstance(cell.moment, DoneOf):
        starts |= {journal.time_of(done) for done in journal.done}
    seconds = [0, *(edge for end in ends for edge in (ceil(end), floor(end) + 1))]
    for start in starts:
        yield from (int(start) + second for second in seconds)


def _calendar_moments(
    evidence: Evidence, cell: CalendarCell, since: int, until: int | None
) -> Iterator[int]:
    calendar, zone = evidence.calendar_of(cell)
    if calendar is None:
        return
    end = evidence.at if until is None else until
    yield from edges_between(calendar, zone, since, end)
    if until is None:
        following = next_turn(calendar, zone, max(since, end))
        if following is not None:
            yield following


def _level_moments(evidence: Evidence, cell: LevelCell) -> Iterator[int]:
    """A level in force changes when people say so; a computed one with any evidence."""
    if cell.read == "active":
        journal = evidence.journal
        yield from (journal.time_of(event) for event in journal.put_in_force)
        yield from issued_edges(evidence)
        yield from evidence.people.expiries()
    else:
        yield from event_moments(evidence)


def issued_edges(evidence: Evidence) -> Iterator[int]:
    """When issued warnings and grades begin and end to stand."""
    for issue in evidence.journal.issued:
        yield evidence.journal.time_of(issue)
        yield from (edge for edge in (issue.valid_from, issue.valid_until) if edge is not None)


def event_moments(evidence: Evidence) -> Iterator[int]:
    """When anything was stated, took effect or expires, whatever it is about."""
    journal, facts = evidence.journal, evidence.world.facts
    for event in journal.events:
        yield journal.time_of(event)
        yield event.stamp.at
    yield from issued_edges(evidence)
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
