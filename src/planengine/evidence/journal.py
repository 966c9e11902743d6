"""What is known at a time: the events of an incident after status, both clocks and removals.

`at` and `received` decide what exists; `holds`, `valid` and `began` decide for which
instants it speaks. A correction stands where its target stood: it takes over the target's
time, place and validity where it gives none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from planengine.domain.events import Events
from planengine.domain.revisions import revise
from planengine.domain.statements import (
    STATUS_RANKS,
    Acknowledged,
    Declined,
    DutyDone,
    Event,
    HandedOver,
    Incident,
    Invocation,
    Issue,
    MomentStated,
    PutInForce,
    Statement,
    Status,
    WatchChange,
)
from planengine.domain.vocabulary import Fact
from planengine.evidence.standing import NEVER_ENDS, Entry, newest_first

if TYPE_CHECKING:
    from planengine.evidence.spoken import Spoken

KIND_RANKS = {"observed": 0, "judged": 1, "estimated": 2, "forecast": 3}
ESTIMATED = KIND_RANKS["estimated"]
_NONE: Mapping[str, list[Entry]] = {}
_DEEDS = (
    "put_in_force",
    "issued",
    "declined",
    "handed_over",
    "acts",
    "moments",
    "done",
    "watch",
    "acknowledged",
)
"""The lists of what people did."""


class Journal:
    """The live events as seen at `at` with what had been received by `known_at`."""

    __slots__ = (
        "__weakref__",
        "_awaited",
        "_before",
        "_chains",
        "_entries",
        "_facts",
        "_forecasts",
        "_home",
        "_identity",
        "_known_at",
        "_late",
        "_status",
        "_told",
        "acknowledged",
        "acts",
        "at",
        "declined",
        "done",
        "events",
        "gone",
        "handed_over",
        "incident",
        "issued",
        "moments",
        "more",
        "others",
        "put_in_force",
        "spoken",
        "statements",
        "watch",
    )

    def __init__(
        self,
        incident: Incident,
        at: int,
        known_at: int,
        status: Status,
        home: str,
        before: Journal | None = None,
    ) -> None:
        """`before` is that of what was told and known earlier, from which this one may go on."""
        self.incident = incident.id
        self.at = at
        self._known_at = known_at
        self._status = status
        self._home = home
        self._told = incident.events
        self._identity = object()
        self._before: object = None  # the identity of the one that this one goes on from
        # the events that it has and that one had not, and those that no longer count as they did:
        self.more: Sequence[Event] = ()
        self.gone: Sequence[Event] = ()
        self.spoken: dict[str | None, Spoken] = {}  # by incident, None for this one
        if before is not None and before.status_and_place != self.status_and_place:
            before = None
        if before is not None and self._goes_on(before):
            return
        visible = STATUS_RANKS[status]
        self.events: Sequence[Event]
        self.events, self._chains = revise(incident.events, at, known_at, visible)
        self._awaited = [  # what was told and is still to come
            event
            for event in incident.events
            if (event.stamp.at > at or event.stamp.received > known_at)
            and STATUS_RANKS[event.stamp.status] <= visible
        ]
        self.statements: list[Statement] = []
        self.put_in_force: list[PutInForce] = []
        self.declined: list[Declined] = []
        self.handed_over: list[HandedOver] = []
        self.issued: list[Issue] = []
        self.acts: list[Invocation] = []
        self.moments: list[MomentStated] = []
        self.done: list[DutyDone] = []
        self.acknowledged: list[Acknowledged] = []
        self.watch: list[WatchChange] = []
        self.others = False  # whether any statement speaks of another incident
        self._facts: dict[tuple[str, str], list[Statement]] = {}
        self._forecasts: dict[tuple[str, str], list[Statement]] = {}
        self._entries: dict[tuple[str, str, bool], dict[str, list[Entry]]] = {}
        self._late: dict[tuple[str, str, bool], list[Statement]] = {}  # not yet among the entries
        for event in self.events:
            self._add(event)
        self._sort_deeds()
        if before is not None and before.at <= at and before._known_at <= known_at:  # noqa: SLF001
            self._revise(before)

    @property
    def status_and_place(self) -> tuple[str, Status, str]:
        """What must be the same of two journals of which one goes on from the other."""
        return self.incident, self._status, self._home

    def _revise(self, before: Journal) -> None:
        """Note what differs from an earlier one of the same events and more."""
        if not (isinstance(self._told, Events) and self._told.goes_on(before._told)):
            return
        self._before = before._identity
        self.more, self.gone = self.beside(before)

    def beside(self, other: Journal) -> tuple[Sequence[Event], Sequence[Event]]:
        """The events that count here and do not there, and those that count there and not here.

        One that goes back to other versions counts otherwise: it is in both.
        """
        old = {id(event): event for event in other.events}
        new = {id(event): event for event in self.events}
        alike = {
            one
            for one, event in new.items()
            if one in old and other._versions(event) == self._versions(event)
        }
        return (
            [event for one, event in new.items() if one not in alike],
            [event for one, event in old.items() if one not in alike],
        )

    def _sort_deeds(self) -> None:
        for name in _DEEDS:
            getattr(self, name).sort(key=self.order_of)

    def _add(self, event: Event) -> None:
        if isinstance(event, Statement):
            self.statements.append(event)
            self.others = self.others or event.incident != self.incident
            index = self._forecasts if event.kind == "forecast" else self._facts
            for fact in event.facts:
                index.setdefault((fact, event.incident), []).append(event)
        elif isinstance(event, PutInForce):
            self.put_in_force.append(event)
        elif isinstance(event, Declined):
            self.declined.append(event)
        elif isinstance(event, HandedOver):
            self.handed_over.append(event)
        elif isinstance(event, Issue):
            self.issued.append(event)
        elif isinstance(event, Invocation):
            self.acts.append(event)
        elif isinstance(event, MomentStated):
            self.moments.append(event)
        elif isinstance(event, DutyDone):
            self.done.append(event)
        elif isinstance(event, Acknowledged):
            self.acknowledged.append(event)
        elif isinstance(event, WatchChange):
            self.watch.append(event)

    def _goes_on(self, before: Journal) -> bool:
        """Take over an earlier one with what was told since, where that adds and changes nothing.

        Lists are shared as long as nothing comes to them: none is ever changed once it is made.
        """
        told = self._told
        if (
            not isinstance(told, Events)
            or not before.at <= self.at
            or not before._known_at <= self._known_at
            or not told.goes_on(before._told)
        ):
            return False
        added = told.after(before._told)
        if not (told.revises_nothing(added) and all(map(told.stands, before._awaited))):
            return False
        rank = STATUS_RANKS[self._status]
        seen = [event for event in added if STATUS_RANKS[event.stamp.status] <= rank]
        more: list[Event] = []
        self._awaited = []
        for event in (*before._awaited, *seen):
            has_come = event.stamp.at <= self.at and event.stamp.received <= self._known_at
            (more if has_come else self._awaited).append(event)
        self._before, self.more = before._identity, more
        self._chains = before._chains
        self.others = before.others
        self._facts, self._forecasts = before._facts, before._forecasts
        self._entries, self._late = before._entries.copy(), before._late.copy()
        if not more:
            self.events, self.statements = before.events, before.statements
        else:
            self.events = [*before.events, *more]
            self.statements = before.statements.copy()
        statements = [event for event in more if isinstance(event, Statement)]
        if statements:
            self._facts, self._forecasts = before._facts.copy(), before._forecasts.copy()
            self._speak(statements)
        self.put_in_force, self.issued = before.put_in_force, before.issued
        self.declined, self.handed_over = before.declined, before.handed_over
        self.acts, self.moments, self.done = before.acts, before.moments, before.done
        self.watch, self.acknowledged = before.watch, before.acknowledged
        if len(statements) < len(more):
            for name in _DEEDS:
                setattr(self, name, getattr(self, name).copy())
            for event in more:
                if not isinstance(event, Statement):
                    self._add(event)
            self._sort_deeds()
        return True

    def goes_on_from(self, other: Journal) -> bool:
        """Whether this one is another without what is `gone`, and with `more`."""
        return self._before is other._identity

    def _speak(self, statements: Iterable[Statement]) -> None:
        """Add statements to indexes that share their lists with an earlier journal."""
        for event in statements:
            self.statements.append(event)
            self.others = self.others or event.incident != self.incident
            is_forecast = event.kind == "forecast"
            index = self._forecasts if is_forecast else self._facts
            for fact in event.facts:
                key = (fact, event.incident)
                index[key] = [*index.get(key, ()), event]
                if (*key, is_forecast) in self._entries:
                    late = self._late.get((*key, is_forecast), ())
                    self._late[*key, is_forecast] = [*late, event]

    def _versions(self, event: Event) -> tuple[Event, ...]:
        """What a correction goes back to, the original version last; () for other events."""
        return self._chains.get(event.stamp.observation, ())

    def time_of(self, event: Event) -> int:
        """When an event counts as stated: a correction, when its first version was."""
        versions = self._versions(event) if self._chains else ()
        return versions[-1].stamp.at if versions else event.stamp.at

    def order_of(self, event: Event) -> tuple[int, str]:
        """A sort key: by time, then by id, so that the order of arrival never matters."""
        return self.time_of(event), event.stamp.id

    def place_of(self, statement: Statement) -> str:
        """The place a statement speaks of; the home area where none is given."""
        if statement.place is not None:
            return statement.place
        for earlier in self._versions(statement):
            if isinstance(earlier, Statement) and earlier.place is not None:
                return earlier.place
        return self._home

    def period_of(self, issue: Issue) -> tuple[int, int]:
        """From when (inclusive) until when (exclusive) an issued level stands, if not replaced.

        A correction that gives no period has that of what it corrects.
        """
        for version in (issue, *self._versions(issue)):
            if isinstance(version, Issue) and (version.valid_from, version.valid_until) != (
                None,
                None,
            ):
                since, until = version.valid_from, version.valid_until
                break
        else:
            since = until = None
        return (
            self.time_of(issue) if since is None else since,
            NEVER_ENDS if until is None else until,
        )

    def area_of(self, event: Issue | PutInForce | Declined | HandedOver) -> str | None:
        """The area that a decision names; of a correction without one, what it corrects names."""
        named = (
            one.area
            for one in (event, *self._versions(event))
            if isinstance(one, Issue | PutInForce | Declined | HandedOver)
        )
        return next((area for area in named if area is not None), None)

    def only(self, fact: str) -> Statement | None:
        """The one live statement of a fact, unless there are more or something was corrected."""
        found = self._facts.get((fact, self.incident))
        return found[0] if found is not None and len(found) == 1 and not self._chains else None

    def entries(
        self, fact: Fact, incident: str | None = None, forecast: bool = False
    ) -> Mapping[str, list[Entry]]:
        """Every live statement of a fact by place, the newest and best of each place first."""
        key = (fact.id, incident or self.incident, forecast)
        found = self._entries.get(key)
        if found is None:
            told = (self._forecasts if forecast else self._facts).get((fact.id, key[1]))
            if told is None:
                return _NONE
            found = self._entries[key] = self._with(fact, {}, told)
        elif key in self._late:
            found = self._entries[key] = self._with(fact, found, self._late.pop(key))
        return found

    def _with(
        self, fact: Fact, entries: Mapping[str, list[Entry]], more: Iterable[Statement]
    ) -> dict[str, list[Entry]]:
        """Entries by place and those of more statements; what is given stays as it is."""
        found = dict(entries)
        own: dict[str, list[Entry]] = {}
        for statement in more:
            own.setdefault(self.place_of(statement), []).append(self.entry(fact, statement))
        for place, told in own.items():
            told.sort(key=newest_first)
            older = found.get(place, ())
            found[place] = [*told, *older]
            if older and newest_first(told[-1]) > newest_first(older[0]):
                found[place].sort(key=newest_first)
        return found

    def entry(self, fact: Fact, statement: Statement) -> Entry:
        """What a statement says of a fact, and for which time."""
        start, until, began = statement.valid_from, statement.valid_until, statement.began
        at = statement.stamp.at
        versions = self._versions(statement) if self._chains else ()
        if versions:
            at = versions[-1].stamp.at
            for earlier in versions:
                if not isinstance(earlier, Statement):
                    break
                if start is None and until is None:
                    start, until = earlier.valid_from, earlier.valid_until
                began = earlier.began if began is None else began
        if start is None:
            start = at
        end = NEVER_ENDS if until is None else until
        if fact.holds is not None and (statement.kind != "forecast" or until is None):
            end = min(end, start + fact.holds)
        if began is not None and began < start:
            start = began
        value = statement.facts[fact.id]
        return Entry(at, KIND_RANKS[statement.kind], start, end, value, statement)
