"""What is known at a time: the events of an incident after status, both clocks and removals.

`at` and `received` decide what exists; `holds`, `valid` and `began` decide for which
instants it speaks. A correction stands where its target stood: it takes over the target's
time, place and validity where it gives none of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planengine.library.statements import (
    STATUS_RANKS,
    ActionDone,
    Event,
    Incident,
    Invocation,
    Issue,
    MomentStated,
    PutInForce,
    Statement,
    Status,
    WatchChange,
    Withdrawal,
)
from planengine.library.vocabulary_entities import Fact
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.evidence.spoken import Spoken

KIND_RANKS = {"observed": 0, "judged": 1, "estimated": 2, "forecast": 3}
ESTIMATED = KIND_RANKS["estimated"]
NEVER_ENDS = 1 << 62


class Entry(NamedTuple):
    """One fact of one statement: when stated, of what rank of kind, for [start, end)."""

    at: int
    kind: int
    start: int
    end: int
    value: ValueSet | None
    statement: Statement


class Journal:
    """The live events as seen at `at` with what had been received by `known_at`."""

    __slots__ = (
        "_entries",
        "_facts",
        "_forecasts",
        "_home",
        "_origins",
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
        self._origins: dict[str, Event] = {}
        self.events = self._live(incident.events, at, known_at, STATUS_RANKS[status])
        self.statements: list[Statement] = []
        self.put_in_force: list[PutInForce] = []
        self.issued: list[Issue] = []
        self.acts: list[Invocation] = []
        self.moments: list[MomentStated] = []
        self.done: list[ActionDone] = []
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
            elif isinstance(event, ActionDone):
                self.done.append(event)
            elif isinstance(event, WatchChange):
                self.watch.append(event)

    def _live(
        self, events: Iterable[Event], at: int, known_at: int, status: int
    ) -> Sequence[Event]:
        visible: list[Event] = []
        withdrawals: list[Withdrawal] = []
        corrections: list[tuple[str, Event]] = []
        for event in events:
            stamp = event.stamp
            if stamp.at > at or stamp.received > known_at or STATUS_RANKS[stamp.status] > status:
                continue
            if isinstance(event, Withdrawal):
                withdrawals.append(event)
                continue
            visible.append(event)
            if event.corrects is not None and event.corrects != stamp.id:
                corrections.append((event.corrects, event))
        if not withdrawals and not corrections:
            return visible
        by_id = {event.stamp.id: event for event in visible}
        withdrawn = _withdrawn(withdrawals)
        replaced: set[str] = set()
        for target, event in corrections:
            if event.stamp.id not in withdrawn:
                replaced.add(target)
                if target in by_id:
                    self._origins[event.stamp.id] = by_id[target]
        removed = withdrawn | replaced
        return [event for event in visible if event.stamp.id not in removed]

    def _chain(self, event: Event) -> list[Event]:
        """An event and what it corrects, down to the first version."""
        chain = [event]
        while True:
            origin = self._origins.get(chain[-1].stamp.id)
            if origin is None or origin in chain:
                return chain
            chain.append(origin)

    def time_of(self, event: Event) -> int:
        """When an event counts as stated: a correction, when its first version was."""
        return self._chain(event)[-1].stamp.at if self._origins else event.stamp.at

    def order_of(self, event: Event) -> tuple[int, str]:
        """A sort key: by time, then by id, so that the order of arrival never matters."""
        return self.time_of(event), event.stamp.id

    def place_of(self, statement: Statement) -> str:
        """The place a statement speaks of; the home area where none is given."""
        if statement.place is not None:
            return statement.place
        for earlier in self._chain(statement)[1:]:
            if isinstance(earlier, Statement) and earlier.place is not None:
                return earlier.place
        return self._home

    def only(self, fact: str) -> Statement | None:
        """The one live statement of a fact, unless there are more or something was corrected."""
        found = self._facts.get((fact, self.incident))
        return found[0] if found is not None and len(found) == 1 and not self._origins else None

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
        if self._origins:
            chain = self._chain(statement)
            at = chain[-1].stamp.at
            for earlier in chain[1:]:
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


def newest_first(entry: Entry) -> tuple[int, int, str]:
    """A sort key: the newest first, then observed, judged, estimated, then by id."""
    return -entry.at, entry.kind, entry.statement.stamp.id


def _withdrawn(withdrawals: Iterable[Withdrawal]) -> set[str]:
    """Targets of the withdrawals that were not themselves withdrawn later."""
    withdrawn: set[str] = set()
    latest = sorted(withdrawals, key=lambda w: (w.stamp.at, w.stamp.received, w.stamp.id))
    for withdrawal in reversed(latest):
        if withdrawal.stamp.id not in withdrawn:
            withdrawn.add(withdrawal.target)
    return withdrawn
