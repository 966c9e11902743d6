"""The value of any cell at a time, from what was stated: the one place that glues it together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from typing import TypeAlias

from planengine.domain.ids import MomentKey, UnitKey
from planengine.domain.statements import (
    DutyKind,
    Incident,
    Invocation,
    Issue,
    Statement,
    Status,
)
from planengine.domain.vocabulary import Calendar
from planengine.evidence.accounts import Accounts
from planengine.evidence.calendars import is_running
from planengine.evidence.changed import Changed
from planengine.evidence.changes import Thresholds, read_by
from planengine.evidence.held import Held
from planengine.evidence.journal import Journal
from planengine.evidence.known import Known
from planengine.evidence.lasted import Lasted
from planengine.evidence.news import News
from planengine.evidence.over_time import known_change, known_expected, known_lasting
from planengine.evidence.people import People
from planengine.evidence.recheck import (
    lasting_completes,
    moments_of_change,
    next_change,
    next_decision,
)
from planengine.evidence.reported import at_bounds
from planengine.evidence.spoken import go_on
from planengine.evidence.standing import Entry
from planengine.evidence.temporal import elapsed
from planengine.evidence.used import Used, documents_used
from planengine.evidence.world import World
from planengine.rules.conditions import (
    ActCell,
    AttributeCell,
    CalendarCell,
    Cell,
    ChangeCell,
    DoneCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    LevelCell,
    OverdueCell,
)
from planengine.rules.walk import tests_of
from planengine.values.sets import (
    FALSE,
    NOT_APPLICABLE_NUMBER,
    TRUE,
    NumberSet,
    ValueSet,
    number,
)

LevelAt: TypeAlias = Callable[[LevelCell, int], ValueSet]
"""The level of a decision unit at an earlier instant; needed by `lasting` over levels only."""

CERTAINLY = Known(TRUE)
CERTAINLY_NOT = Known(FALSE)


class Evidence:
    """One incident's evidence, as known at `at` of what had been received by `known_at`.

    Of statements with another `status` only those that `status` may see count: actual sees
    actual, exercise also exercise, test all. Values are worked out when asked for, once.
    """

    journal: Journal
    _held: Held
    _used: Used | None
    __slots__ = (
        "_as_of",
        "_changed",
        "_earlier",
        "_held",
        "_is_now",
        "_lasted",
        "_level_at",
        "_main",
        "_times",
        "_used",
        "_whole",
        "_worlds",
        "accounts",
        "at",
        "edges",
        "incident",
        "journal",
        "known_at",
        "people",
        "status",
        "world",
    )

    def __init__(
        self,
        world: World,
        incident: Incident,
        at: int,
        known_at: int | None = None,
        status: Status | None = None,
        *,
        level_at: LevelAt | None = None,
        before: Evidence | None = None,
    ) -> None:
        """`before` is that of what was told earlier: what it still tells is carried over."""
        self.known_at = at if known_at is None else known_at
        self.status: Status = status or incident.status
        self.world = world
        earlier = before.journal if before is not None and before.world is world else None
        self.journal = Journal(incident, at, self.known_at, self.status, world.home, earlier)
        self.incident = incident
        self._level_at = level_at
        # None where it is this one: what refers to itself is not freed at once
        self._main: Evidence | None = None  # that of the latest instant of this knowledge
        self._whole: Evidence | None = None  # see `whole`
        # shared by all instants of one knowledge:
        self._times: dict[int, Evidence] = {}
        self._worlds: dict[int, Evidence] = {}  # by the world, which the evidence keeps
        self.edges: dict[Cell, Sequence[int]] = {}
        self._lasted: dict[LastingCell, Lasted] = {}
        self._changed: dict[ChangeCell, Changed] = {}
        self._earlier: tuple[int, Evidence] | None = None  # see `rest_on`
        self._as_of: dict[int, Evidence] = {}
        goes_on = before is not None and self._goes_on(before)
        if before is not None and goes_on:
            go_on(world, self.journal, before.journal)
        self._open(at)
        self._is_now = True
        if before is not None and goes_on and before.at == before.journal.at:
            self._held = before._held.go_on(before, self)  # noqa: SLF001 - its own class
            used = before._used  # noqa: SLF001 - its own class
            if used is not None and at < used.until and not self._held.of_people:
                self._used = used

    def _goes_on(self, before: Evidence) -> bool:
        same_hazards = self.incident.hazards == before.incident.hazards
        return same_hazards and self.journal.goes_on_from(before.journal)

    def _open(self, instant: int) -> None:
        self.at = instant
        self.people = People(self.journal, instant, self.world.home)
        self._is_now = False
        self._used = None
        self._held = Held()
        self.accounts = Accounts(self.world, self.journal, instant, self.people.off_watch)

    def at_time(self, instant: int) -> Evidence:
        """The same knowledge, read for another instant (also a later one)."""
        if self._earlier is not None and instant < self._earlier[0]:
            return self._earlier[1].at_time(instant)
        main = self._main or self
        if instant == main.at:
            return main
        found = self._times.get(instant)
        if found is None:
            found = copy(main)
            found._main = main  # noqa: SLF001 - its own class
            found._open(instant)  # noqa: SLF001
            self._times[instant] = found
        return found

    def rest_on(self, other: Evidence, until: int) -> None:
        """Read every instant before a moment from other evidence, which tells the same of it."""
        self._earlier = until, other

    def in_world(self, world: World) -> Evidence:
        """The same knowledge, seen with the places and bodies of another time."""
        if world is self.world:
            return self
        found = self._worlds.get(id(world))
        if found is None:
            found = self._worlds[id(world)] = Evidence(
                world,
                self.incident,
                self.journal.at,
                self.known_at,
                self.status,
                level_at=self._level_at,
            )
        return found.at_time(self.at)

    def as_of(self, instant: int) -> Evidence:
        """What was known at an earlier time: of what had been received by then."""
        found = self._as_of.get(instant)
        if found is None:
            found = self._as_of[instant] = Evidence(
                self.world,
                self.incident,
                instant,
                min(instant, self.known_at),
                self.status,
                level_at=self._level_at,
            )
            found._whole, found._as_of = self.whole, self._as_of
        return found

    @property
    def whole(self) -> Evidence:
        """All that is known, of which `as_of` tells what was known earlier."""
        return self._whole or self

    # Cells

    def known(self, cell: Cell) -> Known:
        """What is known of a cell; its value is never empty.

        Computed levels are the engines' business: without `level_at` they are left open.
        """
        found = self._held.known.get(cell)
        if found is None:
            found = self._find(cell)
            if self._is_now:
                self._held.put(self, cell, found)
            else:
                self._held.known[cell] = found
        return found

    @property
    def renewed(self) -> tuple[Cell, ...] | None:
        """The cells of which all else was carried over; None where nothing was."""
        return self._held.renewed

    def stays(self, cell: Cell, news: News) -> bool:
        """Whether all that bears on a cell is as it was before the news, and will be in a second.

        Perhaps not, where it is so.
        """
        return self._held.stays(cell, news, self.at + 1)

    def next_turn(self, cell: Cell) -> int | None:
        """The next moment at which a cell may change with nothing told; perhaps one too early."""
        return self._held.next_turn(self, cell)

    def value_of(self, cell: Cell) -> ValueSet:
        """The values a cell may have."""
        if isinstance(cell, ChangeCell):
            return self._change(cell)
        value = self._held.values.get(cell)
        return self.known(cell).value if value is None else value

    def _change(self, cell: ChangeCell) -> ValueSet:
        changed = self._changed.get(cell)
        if changed is not None and changed.since <= self.at <= changed.until:
            return changed.at(self.at)
        if self._is_now and cell.fact in self.world.facts:
            return self._held.change(self, cell)
        return self.known(cell).value

    def look_over(self, cell: Cell, since: int) -> None:
        """Work out what a window tells for all moments from `since` on at once.

        So each moment of the past is looked at once, and not once for each window it lies in.
        """
        if isinstance(cell, LastingCell):
            lasted = self._lasted.get(cell)
            if lasted is None or lasted.since > since:
                self._lasted[cell] = Lasted(self, cell, since)
        elif isinstance(cell, ChangeCell) and cell.fact in self.world.facts:
            changed = self._changed.get(cell)
            if changed is None or changed.since > since:
                self._changed[cell] = Changed(self, cell, since)

    def _lasted_value(self, cell: LastingCell) -> ValueSet | None:
        """Whether a condition has lasted, if that was looked over, or can be gone on with."""
        lasted = self._lasted.get(cell)
        if lasted is not None and lasted.since <= self.at <= lasted.until:
            return lasted.at(self.at)
        if self._earlier is None:
            return None
        begins, other = self._earlier
        other.look_over(cell, min(other.at, self.at))
        return other._lasted[cell].gone_on(self, begins)  # noqa: SLF001 - its own class

    def counted(self, cell: FactCell) -> Known:
        """What is known of a fact as it was stated, without what it may still rise by."""
        return self.accounts.counted(cell)

    def reported(self, cell: Cell) -> ValueSet | None:
        """What people reported of a cell (SEMANTICS 30); None where nobody stated it.

        Of a fact: silent parts and operands are skipped, and an open end counts at its finite
        bound. A forecast is a report; a moment that was not told is none; of what lasts or
        changes, if any fact in it was stated now. Computed levels are the engines' business.
        """
        kept = self._held.reported
        if cell not in kept:
            kept[cell] = self._find_reported(cell)
            if self._is_now:
                self.value_of(cell)  # what is kept is carried over with what is known
        return kept[cell]

    def _find_reported(self, cell: Cell) -> ValueSet | None:
        match cell:
            case FactCell():
                return self.accounts.reported(cell)
            case ForecastCell():
                known = self.known(cell)
                return at_bounds(known.value, cell.domain) if known.stated else None
            case ChangeCell():
                if cell.fact not in self.world.facts:
                    return None
                stated = self.known(read_by(self, cell)).stated
                return at_bounds(self.value_of(cell), cell.domain) if stated else None
            case ElapsedCell():
                told = any(one.low == one.high for one in self.moment_of(cell)[0].intervals)
                return self.value_of(cell) if told else None
            case LastingCell():
                inner = (self.reported(test.cell) for test in tests_of(cell.body))
                told = any(value is not None for value in inner)
                return self.value_of(cell) if told else None
            case LevelCell():
                return self.value_of(cell) if cell.read == "active" else None
            case AttributeCell():
                return None
            case ActCell() | CalendarCell() | HazardCell() | DoneCell() | OverdueCell():
                return self.value_of(cell)

    def _find(self, cell: Cell) -> Known:
        match cell:
            case FactCell():
                return self.accounts.known(cell)
            case ForecastCell():
                return known_expected(self, cell)
            case ElapsedCell():
                moment, disputed = self.moment_of(cell)
                return Known(elapsed(moment, self.at), conflict=disputed)
            case ChangeCell():
                return known_change(self, cell)
            case LastingCell():
                lasted = self._lasted_value(cell)
                if lasted is None and self._is_now:
                    lasted = self._held.lasting(self, cell)
                return known_lasting(self, cell) if lasted is None else Known(lasted)
            case LevelCell():
                return Known(self._level(cell))
            case ActCell():
                return CERTAINLY if self.people.invoked(cell.clause, cell.place) else CERTAINLY_NOT
            case DoneCell():
                done = self.people.done(cell.document, cell.item, cell.place, cell.kind)
                return CERTAINLY_NOT if done is None else CERTAINLY
            case OverdueCell():
                return CERTAINLY_NOT  # whether a duty is overdue is for the assessment to say
            case CalendarCell():
                calendar, zone = self.calendar_of(cell)
                running = calendar is not None and is_running(calendar, zone, self.at)
                return CERTAINLY if running else CERTAINLY_NOT
            case HazardCell():
                return CERTAINLY if self._has_hazard(cell.hazard) else CERTAINLY_NOT
            case AttributeCell():
                return Known(cell.domain.everything)

    def _level(self, cell: LevelCell) -> ValueSet:
        if cell.read == "active":
            return number(self._active(cell.unit))
        if self._level_at is not None:
            return self._level_at(cell, self.at)
        everything = cell.domain.everything
        return NumberSet(everything.intervals) if isinstance(everything, NumberSet) else everything

    def _active(self, unit: UnitKey) -> int:
        """The rank in force; of a warning or standard, which nobody starts, the issued one."""
        if unit.warning or unit.document in self.world.entities.standards:
            return self.issued(None, unit.document, unit.area, unit.track) or 0
        return self.people.in_force(unit.document, unit.track, unit.area)

    def calendar_of(self, cell: CalendarCell) -> tuple[Calendar | None, str]:
        """The calendar of a cell, and the time zone whose clock it follows."""
        entities = self.world.entities
        calendar = entities.calendars.get(cell.calendar)
        own = calendar.zone if calendar is not None else None
        return calendar, own or cell.zone or entities.time_zone

    def _has_hazard(self, hazard: str) -> bool:
        declared = self.world.entities.hazards
        for own in self.incident.hazards:
            seen: set[str] = set()
            current: str | None = own
            while current is not None and current not in seen:
                if current == hazard:
                    return True
                seen.add(current)
                found = declared.get(current)
                current = found.parent if found is not None else None
        return False

    # What else the incident tells

    @property
    def scope(self) -> frozenset[str] | None:
        """The areas the incident can touch; None: all."""
        return self.incident.scope

    @property
    def tainted(self) -> bool:
        """Whether anything used here is of an exercise or a test."""
        return any(event.stamp.status != "actual" for event in self.journal.events)

    def is_own(self, place: str) -> bool:
        """Whether a place is an area, an object or this incident, not another incident."""
        return self.accounts.is_own(place)

    @property
    def conflicts(self) -> tuple[tuple[Cell, tuple[Statement, ...]], ...]:
        """The contradictions met so far, each with the statements that cannot all be true."""
        return self._asked_again().conflicts

    @property
    def outdated(self) -> tuple[tuple[Cell, tuple[Statement, ...]], ...]:
        """What gave way to newer evidence, of the facts asked for, by the cell it was stated of."""
        return self._asked_again().outdated

    def _asked_again(self) -> Accounts:
        """What contradicts what is noted when it is met: what was carried over is met again."""
        if self._held.renewed is None:
            return self.accounts
        again = copy(self)
        again._open(self.at)  # noqa: SLF001 - its own class
        again._main, again._times = None, self._times.copy()  # noqa: SLF001
        for cell in self._held.known:
            if any(self.accounts.is_noisy(*of) for of in _facts_of(self, cell)):
                again.known(cell)
        return again.accounts

    def coupled(self, cells: Iterable[FactCell]) -> bool:
        """Whether the true values of two of these may bound each other."""
        return self.accounts.coupled(cells)

    def bearing(self, fact: str, place: str, forecast: bool = False) -> Iterable[Entry]:
        """Every entry that the value or the forecast of a fact at a place may rest on."""
        return self.accounts.bearing(fact, place, forecast)

    def other_incidents(self) -> tuple[str, ...]:
        """The other incidents that counted statements speak of, in the order of time."""
        if not self.journal.others:
            return ()
        ordered = sorted(self.journal.statements, key=self.journal.order_of)
        named = dict.fromkeys(statement.incident for statement in ordered)
        named.pop(self.journal.incident, None)
        return tuple(named)

    def documents_used(self) -> frozenset[str]:
        """The plans and tracks that people had put in force, and what they had issued for."""
        if self._used is None:
            self._used = documents_used(self.journal, self.at)
        return self._used.documents

    def places(self) -> tuple[str, ...]:
        """The places that this incident's statements speak of, in the order of time."""
        journal = self.journal
        ordered = sorted(journal.statements, key=journal.order_of)
        own = (journal.place_of(one) for one in ordered if one.incident == journal.incident)
        return tuple(dict.fromkeys(own))

    def moment(self, name: MomentKey) -> NumberSet:
        """A named moment in epoch seconds: a point, or all numbers while it is unknown."""
        return self.people.moment(name)[0]

    def moment_of(self, cell: ElapsedCell) -> tuple[NumberSet, bool]:
        """The moment an elapsed cell counts from, and whether it is disputed.

        A moment that was not told is all numbers; an act that was not made is no moment: n/a.
        """
        if cell.plan is None or cell.meaning not in ("start", "level-change"):
            return self.people.moment(cell.moment, cell.area)
        if cell.meaning == "start":
            since = self.started(cell.plan, cell.track, cell.area, cell.rank)
        else:
            since = self.level_changed(cell.plan, cell.track, cell.area)
        return (NOT_APPLICABLE_NUMBER if since is None else number(since)), False

    def in_force(self, plan: str, track: str | None, area: str | None = None) -> int:
        """The rank that people have put in force for "<jurisdiction>/<plan>"; 0 for none."""
        return self.people.in_force(plan, track, area)

    def started(
        self, plan: str, track: str | None, area: str | None = None, rank: int = 1
    ) -> int | None:
        """Since when at least a rank (from 1) has been in force; None when none is."""
        return self.people.started(plan, track, area, rank)

    def level_changed(self, plan: str, track: str | None, area: str | None = None) -> int | None:
        """When the level in force last changed; None if it never did."""
        return self.people.level_changed(plan, track, area)

    def eased_at(self, plan: str, track: str | None, area: str | None = None) -> int | None:
        """When people lowered or ended the level in force, if that was its last change."""
        return self.people.eased_at(plan, track, area)

    def issued(
        self, scale: str | None, document: str, area: str, track: str | None = None
    ) -> int | None:
        """The rank of the warning or grade that stands as issued; None where none does.

        The most severe of what is issued for the place itself and for the areas around it.
        """
        standing = self.standing(scale, document, area, track)
        return max((issue.rank for issue in standing), default=None)

    def standing(
        self, scale: str | None, document: str, area: str, track: str | None = None
    ) -> tuple[Issue, ...]:
        """The issued warnings or grades that stand for a place and for the areas around it."""
        if not self.journal.issued:
            return ()
        around = self.world.registry.area_of(area)
        above = self.world.registry.ancestors(around) if around is not None else ()
        places = dict.fromkeys((area, around or area, *above))
        return tuple(
            issue
            for place in places
            for issue in self.people.standing(scale, document, place, track)
        )

    def invoked(self, clause: str, area: str | None = None) -> tuple[Invocation, ...]:
        """Each time a judged, recognised or on-order act has been made; () if it was not."""
        return self.people.invoked(clause, area)

    def done(
        self, document: str, item: str, area: str | None = None, kind: DutyKind = "action"
    ) -> int | None:
        """When a duty was last reported done or made there; None if it was not."""
        return self.people.done(document, item, area, kind)

    def done_times(
        self, kind: DutyKind, document: str, item: str, area: str | None = None
    ) -> tuple[int, ...]:
        """Each time at which a duty was reported done or made there, ascending."""
        return self.people.done_times(kind, document, item, area)

    # Time

    def next_change(
        self,
        cells: Iterable[Cell],
        thresholds: Thresholds | None = None,
        before: int | None = None,
    ) -> int | None:
        """The earliest later moment at which any cell changes without new statements.

        `before` where none does before that. `thresholds` gives the seconds that elapsed cells
        are compared with. May be too early by naming a moment at which nothing changes, never too
        late; None: no such moment.
        """
        return next_change(self, cells, thresholds or {}, before)

    def next_decision(self) -> int | None:
        """The earliest later moment at which an issued level or a duration ends or begins."""
        return next_decision(self)

    def moments_of_change(
        self, cells: Iterable[Cell] = (), thresholds: Thresholds | None = None
    ) -> tuple[int, ...]:
        """Every moment up to now at which anything was stated or received, or took effect.

        Of the given cells, and of those asked before, also the moments at which they may
        have changed by themselves.
        """
        asked = tuple(dict.fromkeys((*cells, *self._held.known)))
        return moments_of_change(self, asked, thresholds or {})

    def lasting_completes(self, cell: LastingCell) -> int | None:
        """When a lasting condition becomes certain if nothing new is stated; None if never."""
        return lasting_completes(self, cell)


def _facts_of(evidence: Evidence, cell: Cell) -> Iterator[tuple[str, str]]:
    """The facts, each with its place, that a cell looks at."""
    if isinstance(cell, LastingCell):
        for test in tests_of(cell.body):
            yield from _facts_of(evidence, test.cell)
    elif isinstance(cell, FactCell | ForecastCell | ChangeCell) and (
        cell.fact in evidence.world.facts
    ):
        yield cell.fact, cell.place
