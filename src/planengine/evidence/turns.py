"""At which moments up to now a cell may have turned: what looking back has to look at.

Two views: by what is known now of each moment, and by what had been received at each. Between
two of the moments given here nothing that is asked of the cell changes; there may be too many
of them, never too few.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from msgspec.structs import replace

from planengine.domain.ids import MomentKey
from planengine.domain.statements import (
    STATUS_RANKS,
    Event,
    MomentStated,
    Statement,
    Withdrawal,
)
from planengine.evidence.changes import Thresholds, moments
from planengine.evidence.evidence import Evidence
from planengine.evidence.told import told_moments
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

_OF_FACTS = FactCell | ForecastCell | ChangeCell | LastingCell


class Turns:
    """The moments at which cells may have turned, for one incident and its places."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._at = evidence.at

    @cached_property
    def _seen(self) -> tuple[Event, ...]:
        """Every event of which anything was ever known here, what was removed since included."""
        evidence, rank = self._evidence, STATUS_RANKS[self._evidence.status]
        return tuple(
            event
            for event in evidence.incident.events
            if STATUS_RANKS[event.stamp.status] <= rank
            and event.stamp.at <= self._at
            and event.stamp.received <= evidence.known_at
        )

    @cached_property
    def _ever(self) -> Evidence:
        """The same incident as if nothing had ever been corrected or withdrawn."""
        evidence = self._evidence
        if not any(_is_revision(event) for event in self._seen):
            return evidence
        events = tuple(
            event if event.corrects is None else replace(event, corrects=None)
            for event in evidence.incident.events
            if not isinstance(event, Withdrawal)
        )
        incident = replace(evidence.incident, events=events)
        return Evidence(evidence.world, incident, self._at, evidence.known_at, evidence.status)

    @cached_property
    def first(self) -> int:
        """The first moment that anything seen speaks of; now where nothing is."""
        return min((m for event in self._seen for m in told_moments(event)), default=self._at)

    @cached_property
    def first_known(self) -> int:
        """The first moment at which anything was known; now where nothing is."""
        return min(map(_known_at, self._seen), default=self._at)

    @cached_property
    def late(self) -> tuple[int, ...]:
        """When something came that speaks of a time before it came, ascending.

        Between two such moments whatever speaks of a time was known by that time.
        """
        return self._sorted({_known_at(event) for event in self._seen if _is_late(event)})

    @cached_property
    def _revisions(self) -> frozenset[int]:
        """When corrections and withdrawals came, and what times those before them spoke of."""
        by_id = {event.stamp.id: event for event in self._seen}
        found: set[int] = set()
        for event in self._seen:
            if not _is_revision(event):
                continue
            found.add(_known_at(event))
            versions: dict[str, Event] = {}
            current: Event | None = event
            while current is not None and current.stamp.id not in versions:
                versions[current.stamp.id] = current
                target = _target(current)
                current = by_id.get(target) if target is not None else None
            facts = self._evidence.world.facts
            held = {
                facts[name].holds or 0
                for one in versions.values()
                if isinstance(one, Statement)
                for name in one.facts
                if name in facts
            }
            starts = {moment for one in versions.values() for moment in told_moments(one)}
            found.update(start + length for start in starts for length in {0, *held})
        return frozenset(found)

    def of(
        self, cell: Cell, ends: Iterable[int | Fraction] = (), *, known: bool
    ) -> tuple[int, ...]:
        """When a cell may have turned, or may next turn by itself.

        `ends` are the seconds an elapsed cell is compared with.
        """
        ends = tuple(ends)
        thresholds: Thresholds = {cell: ends}
        found = set(self._moments(self._evidence, cell, thresholds))
        if known:
            found.update(self._moments(self._ever, cell, thresholds))
            found.update(map(_known_at, _behind(self._ever, cell)))
            if not isinstance(cell, CalendarCell | HazardCell | AttributeCell):
                found |= self._revisions
        return tuple(sorted(found))

    def was_late(self, cell: Cell) -> bool:
        """Whether something that a cell may rest on came after a time that it speaks of."""
        if isinstance(cell, CalendarCell | HazardCell | AttributeCell):
            return False
        return any(
            event.stamp.id in self._revised or _is_late(event)
            for event in _behind(self._ever, cell)
        )

    @cached_property
    def _revised(self) -> frozenset[str]:
        """The events that were corrected or withdrawn, and those that corrected them."""
        revisions = [event for event in self._seen if _is_revision(event)]
        targets = (_target(event) for event in revisions)
        return frozenset((*(one.stamp.id for one in revisions), *filter(None, targets)))

    def of_issued(self, document: str, *, known: bool) -> tuple[int, ...]:
        """When what is issued for a document may have turned, or may next turn by itself."""
        found: set[int] = set()
        for evidence in (self._evidence, self._ever) if known else (self._evidence,):
            for issue in evidence.journal.issued:
                if issue.document == document:
                    found.update(evidence.journal.period_of(issue))
                    found.add(evidence.journal.time_of(issue))
                    found.add(_known_at(issue))
        return tuple(sorted(found | (self._revisions if known else frozenset())))

    def of_use(self, *, known: bool) -> tuple[int, ...]:
        """When people may first have used a document, or taken that back."""
        found: set[int] = set()
        for evidence in (self._evidence, self._ever) if known else (self._evidence,):
            journal = evidence.journal
            for put in journal.put_in_force:
                found.update((journal.time_of(put), _known_at(put)))
            for issue in journal.issued:
                found.update(
                    (journal.time_of(issue), journal.period_of(issue)[0], _known_at(issue))
                )
        return self._sorted(found | (self._revisions if known and found else frozenset()))

    def of_response(self, plan: str, *, known: bool) -> tuple[int, ...]:
        """When what is in force of a plan may have turned."""
        found: set[int] = set()
        for evidence in (self._evidence, self._ever) if known else (self._evidence,):
            for put in evidence.journal.put_in_force:
                if put.plan == plan:
                    found.update((evidence.journal.time_of(put), _known_at(put)))
        return self._sorted(found | (self._revisions if known else frozenset()))

    def _sorted(self, found: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(moment for moment in found if moment <= self._at))

    def _moments(self, evidence: Evidence, cell: Cell, thresholds: Thresholds) -> Iterator[int]:
        yield from moments(evidence, cell, self.first, None, thresholds)
        if isinstance(cell, LevelCell):
            for issue in evidence.journal.issued:
                yield from evidence.journal.period_of(issue)
        elif isinstance(cell, ElapsedCell):
            seconds = [0, *(m for end in thresholds[cell] for m in (ceil(end), floor(end) + 1))]
            for start in _starts(evidence, cell.moment):
                yield from (start + second for second in seconds)
        elif not isinstance(cell, _OF_FACTS | CalendarCell | HazardCell | AttributeCell):
            done = (one for one in evidence.journal.events if not isinstance(one, Statement))
            yield from map(evidence.journal.time_of, done)  # whatever people did may count


def _starts(evidence: Evidence, name: MomentKey) -> Iterator[int]:
    """Everything that a named moment was ever said to be, or may be of what people did."""
    journal = evidence.journal
    for stated in journal.moments:
        if isinstance(name, str) and name in stated.moments:
            yield stated.moments[name]
            yield journal.time_of(stated)
    events: list[Event] = [*journal.put_in_force, *journal.done]
    yield from map(journal.time_of, events)


def _behind(evidence: Evidence, cell: Cell) -> Iterator[Event]:
    """The events that a cell may rest on."""
    journal = evidence.journal
    match cell:
        case FactCell() | ChangeCell() | ForecastCell():
            yield from _statements_behind(evidence, cell.fact, cell.place)
            yield from journal.watch
        case LastingCell():
            for test in tests_of(cell.body):
                yield from _behind(evidence, test.cell)
        case CalendarCell() | HazardCell() | AttributeCell():
            return
        case _:
            yield from (one for one in journal.events if not isinstance(one, Statement))


def _statements_behind(evidence: Evidence, fact: str, place: str) -> Iterator[Statement]:
    """The statements that a fact at a place may rest on, those of places around it too."""
    if fact not in evidence.world.facts:
        return
    for forecast in (False, True):
        for entry in evidence.accounts.bearing(fact, place, forecast):
            yield entry.statement


def _is_revision(event: Event) -> bool:
    return isinstance(event, Withdrawal) or event.corrects is not None


def _target(event: Event) -> str | None:
    return event.target if isinstance(event, Withdrawal) else event.corrects


def _known_at(event: Event) -> int:
    return max(event.stamp.at, event.stamp.received)


def _is_late(event: Event) -> bool:
    if _is_revision(event) or isinstance(event, MomentStated):
        return True
    if isinstance(event, Statement) and event.kind == "forecast":
        return _known_at(event) > event.stamp.at
    return _known_at(event) > min(told_moments(event))
