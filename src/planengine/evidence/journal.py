"""What is known at a time: the events of an incident after status, both clocks and removals.

`at` and `received` decide what exists; `holds`, `valid` and `began` decide for which
instants it speaks. A correction stands where its target stood: it takes over the target's
time, place and validity where it gives none of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planengine.domain.revisions import revise
from planengine.domain.statements import (
    STATUS_RANKS,
    DutyDone,
    Event,
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


class Journal:
    """The live events as seen at `at` with what had been received by `known_at`."""

    __slots__ = (
        "_chains",
        "_entries",
        "_facts",
        "_forecasts",
        "_home",
        "acts",
        "at",
        "done",
        "events",
        "incident",
        "issued",
        "moments",
        "put_in_force",
        "spoken",
        "statements",
        "watch",
    )

    def __init__(
        self, incident: Incident, at: int, known_at: int, status: Status, home: str
    ) -> None:
        self.incident = incident.id
        self.at = at
        self._home = home
        self.events, self._chains = revise(incident.events, at, known_at, STATUS_RANKS[status])
        self.statements: list[Statement] = []
        self.put_in_force: list[PutInForce] = []
        self.issued: list[Issue] = []
        self.acts: list[Invocation] = []
        self.moments: list[MomentStated] = []
        self.done: list[DutyDone] = []
        self.watch: list[WatchChange] = []
        self._facts: dict[tuple[str, str], list[Statement]] = {}
        self._forecasts: dict[tuple[str, str], list[Statement]] = {}
        self._entries: dict[tuple[str, str, bool], dict[str, list[Entry]]] = {}
        self.spoken: dict[str | None, Spoken] = {}  # by incident, None for this one
        for event in self.events:
            if isinstance(event, Statement):
                self.statements.append(event)
                index = self._forecasts if event.kind == "forecast" else self._facts
                for fact in event.facts:
                    key = (fact, event.incident)
                    if key in index:
                        index[key].append(event)
                    else:
                        index[key] = [event]
            elif isinstance(event, PutInForce):
                self.put_in_force.append(event)
            elif isinstance(event, Issue):
                self.issued.append(event)
            elif isinstance(event, Invocation):
                self.acts.append(event)
            elif isinstance(event, MomentStated):
                self.moments.append(event)
            elif isinstance(event, DutyDone):
                self.done.append(event)
            elif isinstance(event, WatchChange):
                self.watch.append(event)
        for deeds in (self.put_in_force, self.issued, self.acts, self.moments, self.done):
            deeds.sort(key=self.order_of)
        self.watch.sort(key=self.order_of)

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

    def area_of(self, event: Issue | PutInForce) -> str | None:
        """The area that a decision names; of a correction without one, what it corrects names."""
        named = (
            one.area
            for one in (event, *self._versions(event))
            if isinstance(one, Issue | PutInForce)
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
            index = self._forecasts if forecast else self._facts
            found = {}
            for statement in index.get((fact.id, key[1]), ()):
                entry = self._entry(fact, statement)
                place = self.place_of(statement)
                if place in found:
                    found[place].append(entry)
                else:
                    found[place] = [entry]
            for entries in found.values():
                if len(entries) > 1:
                    entries.sort(key=newest_first)
            self._entries[key] = found
        return found

    def _entry(self, fact: Fact, statement: Statement) -> Entry:
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
