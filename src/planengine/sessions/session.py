"""A session: one incident that is told on and kept in a journal, by whoever opens it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from threading import RLock
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import ArgumentError, Diagnostic, PlanError
from planengine.journal import Entry, Journal, Writer
from planengine.sessions.book import Book, State, at_its_line
from planengine.sessions.carried import carried
from planengine.sessions.contents import stream_of
from planengine.sessions.desk import Desk
from planengine.sessions.difference import difference
from planengine.sessions.effects import Effects
from planengine.sessions.queue import Given, Queue
from planengine.sessions.records import Record, data_of, json_of
from planengine.sessions.standing import Course, course
from planengine.sessions.warm import Warm
from planengine.timeline.timeline import Moment, Timeline

Arrival: TypeAlias = Literal["new", "late", "correction", "withdrawal", "repeated"]


class Told(Struct, frozen=True, kw_only=True):
    """That something was told, and is on the disk.

    `number` is its entry in the journal, `id` what corrections and withdrawals name it by.
    `repeated`: it was told before, in the same words, and was not written again. `late`: it is
    about a time before the newest that was known. `carried` are the names that a correction did
    not say again and keeps, `warnings` what reading it found.
    """

    number: int
    id: str
    arrival: Arrival
    warnings: tuple[Diagnostic, ...]
    carried: tuple[str, ...] = ()


class _Seen(Struct, frozen=True):
    """An assessment of what had been told up to an entry."""

    number: int
    assessment: Assessment


class _Entries(Protocol):
    def __call__(self, after: int = 0) -> tuple[Entry, ...]: ...


RECENT = 4
"""Of how many of the last states a session can tell what they were without reading them anew."""
_SEEN: Warm[Session, _Seen] = Warm(64)


class Session:
    """An incident that is told on and kept; made by `Engine.session` or `Engine.begin`.

    What is told is on the disk before `tell` returns. Several sessions, in threads and processes,
    may have one journal: each sees what the others told. Threads that tell one session at the
    same time share a commit. What it answers is what `Engine.assess` answers for `export()`. Where
    the journal cannot be used, was altered, or goes by another library, every method but `migrate`
    raises `PlanError`.
    """

    journal: Journal

    def __init__(self, journal: Journal, desk: Desk) -> None:
        self.journal = journal
        self._desk = desk
        self._lock = RLock()
        self._state: State | None = None
        self._recent: dict[int, Timeline] = {}  # by the entry
        self._book = Book(journal, desk)
        self._queue: Queue[Given] = Queue()

    def __repr__(self) -> str:
        return f"<Session of {self.journal.path}>"

    def __reduce__(self) -> tuple[type[Session], tuple[Journal, Desk]]:
        return Session, (self.journal, self._desk)

    def close(self) -> None:
        """Close the journal's file; it is opened again where the session is used again."""
        self.journal.close()

    # What is told

    def tell(self, observation: object, *, now: Moment) -> Told:
        """Tell one observation, data or text as for `Timeline.tell`; kept before this returns.

        `now` is the time by the teller's clock: when it was recorded, and, where the observation
        does not say, `at` and `received`. Without an `id` it gets one. A correction keeps the
        facts, moments or issued levels that it does not name as they were told last (`unknown`
        takes a fact back). Raises `PlanError` where anything is wrong with it; then nothing is
        kept.
        """
        one = Given(data_of(observation), self._desk.seconds(now, "now"))
        self._queue.add(one)
        with self._lock:
            while not one.is_settled:
                self._write_waiting(one)
        return one.result()

    def tell_all(self, observations: Iterable[object], *, now: Moment) -> tuple[Told, ...]:
        """Tell several observations in one commit: all of them are kept, or none.

        As `tell`; raises `PlanError` for the first that anything is wrong with.
        """
        recorded = self._desk.seconds(now, "now")
        given = [Given(data_of(one), recorded) for one in observations]
        with self._lock:
            self._write(given, together=True)
        return tuple(one.result() for one in given)

    def _write_waiting(self, own: Given) -> None:
        """Write what this thread and others wait for, in one commit."""
        given = self._queue.take()
        try:
            self._write(given, together=False)
        except Exception as error:  # noqa: BLE001 - it is raised to everybody who waited
            for one in given:
                one.fail(error)
        except BaseException:
            self._queue.give_back(one for one in given if one is not own and not one.is_settled)
            raise

    def _write(self, given: Iterable[Given], *, together: bool) -> None:
        states: list[State] = []
        kept: list[tuple[Given, Told]] = []
        before = self._state
        try:
            with self.journal.writing() as writer:
                state = before = self._caught_up(writer.entries)
                for one in given:
                    try:
                        told, state = self._told(state, one, writer)
                    except PlanError as error:
                        if together:
                            raise
                        one.fail(error)
                    else:
                        kept.append((one, told))
                        states.append(state)
        except BaseException:
            if before is not None:
                before.ledger.cut(before.records)
            raise
        for one, told in kept:  # only now it is on the disk
            one.settle(told)
        for state in states:
            self._remember(state)
        if states:
            self._book.keep(states[-1])

    def _told(self, state: State, one: Given, writer: Writer) -> tuple[Told, State]:
        data, kept = carried(one.data, state.ledger, state.timeline.incident, self._desk)
        before = state.ledger.repeated(data)
        if before is not None:
            number, name = before
            return Told(number=number, id=name, arrival="repeated", warnings=()), state
        record = Record(data, state.ledger.taken, one.recorded, self._desk.zone)
        newest = state.timeline.incident.newest_for(state.timeline.status)
        known = state.timeline.incident.warnings
        timeline = state.timeline.tell(at_its_line(state.records, record.text))
        entry = writer.append("told", one.recorded, record.text)
        one.data = json.loads(record.text)  # told again, it is the same
        state.ledger.add(entry.number, record.text)
        late = newest is not None and record.at is not None and record.at < newest
        arrival: Arrival = "late" if late else "new"
        if record.kind is not None:
            arrival = "correction" if record.kind == "correct" else "withdrawal"
        warnings = tuple(one for one in timeline.incident.warnings if one not in known)
        told = Told(
            number=entry.number,
            id=record.id,
            arrival=arrival,
            warnings=warnings,
            carried=kept,
        )
        return told, replace(
            state,
            number=entry.number,
            digest=entry.digest,
            records=state.records + 1,
            timeline=timeline,
        )

    def migrate(self, *, now: Moment) -> int:
        """Go over to the library that this session was opened with; the entry that says so.

        Raises `PlanError` where what was told cannot be read by it: then nothing is changed. 0
        where the journal goes by this library already.
        """
        recorded, library = self._desk.seconds(now, "now"), self._desk.digest
        with self._lock:
            with self.journal.writing() as writer:
                state = self._book.read(writer.entries(), migrating=True)
                if state.library == library:
                    return 0
                entry = writer.append("edition", recorded, json_of({"library": library}))
            state = replace(state, number=entry.number, digest=entry.digest, library=library)
            self._remember(state)
            self._book.keep(state)
        return entry.number

    # What follows

    @property
    def timeline(self) -> Timeline:
        """The incident with all that was told until now, by anybody."""
        return self._current().timeline

    @property
    def number(self) -> int:
        """How many entries the journal has."""
        return self._current().number

    def as_of(self, number: int) -> Timeline:
        """The incident as it had been told up to an entry of the journal.

        Raises `ArgumentError` for a number below 1.
        """
        with self._lock:
            state = self._current()
            if number >= state.number:
                return state.timeline
            if number in self._recent:
                return self._recent[number]
            if number < 1:
                raise ArgumentError(f"`number` is of an entry, from 1, not {number}")
            stream = stream_of(state.header, state.ledger.until(number))
        return Timeline(self._desk, self._desk.read(stream.encode()), state.timeline.status)

    def at(self, time: Moment) -> Assessment:
        """What all that was told supports at a time, as known then; see `Engine.assess`."""
        state = self._current()
        return self._assessed(state.number, state.timeline, time)

    def course(self, time: Moment) -> Course:
        """Where the incident and its responses stand in their lives at a time."""
        return course(self.at(time))

    def effects(
        self, *, at: Moment, since: Moment | None = None, after: int | None = None
    ) -> Effects:
        """What is otherwise at a time than it was before.

        Before is what could be known at `since`; with `after`, what had been told up to that
        entry. Without `since` it is nothing, and the effects are all that there is at `at`.
        """
        before: Assessment | None = None
        if since is not None:
            number = self.number if after is None else after
            before = self._assessed(number, self.as_of(number), since)
        return difference(before, self.at(at))

    def _assessed(self, number: int, told: Timeline, time: Moment) -> Assessment:
        """An assessment that goes on from the one before it, where this session has it still."""
        seen = _SEEN.get(self)
        at = self._desk.seconds(time, "time")
        if seen is not None and (seen.number, seen.assessment.at) == (number, at):
            return seen.assessment
        before = None if seen is None or seen.number > number else seen.assessment
        found = told.going_on(before).at(at)
        _SEEN.put(self, _Seen(number, found))
        return found

    def draft(self, observation: object, *, now: Moment) -> str:
        """The stream as it would be with one observation more, be it right or wrong.

        What `tell` finds wrong with it is at the place that it has there.
        """
        with self._lock:
            state, recorded = self._current(), self._desk.seconds(now, "now")
            given = data_of(observation)
            data, _ = carried(given, state.ledger, state.timeline.incident, self._desk)
            record = Record(data, state.ledger.taken, recorded, self._desk.zone)
            return stream_of(state.header, [*state.ledger.until(state.number), record.text])

    def export(self) -> str:
        """The incident as a JSONL stream, as `Engine.assess` and `planengine assess` read it."""
        with self._lock:
            state = self._current()
            return stream_of(state.header, state.ledger.until(state.number))

    # The journal

    def _current(self) -> State:
        with self._lock:
            is_first = self._state is None
            state = self._caught_up(self.journal.entries)
            if is_first:
                self._book.keep(state)
            return state

    def _caught_up(self, entries: _Entries) -> State:
        """The state with what others wrote meanwhile."""
        known = self._state
        if known is None:
            found = self._book.read(entries())
        else:
            found = self._book.followed(known, entries(known.number))
        self._remember(found)
        if found.library != self._desk.digest:
            self._book.refuse_library(found.library)
        return found

    def _remember(self, state: State) -> None:
        self._state = state
        self._recent[state.number] = state.timeline
        while len(self._recent) > RECENT:
            del self._recent[min(self._recent)]
