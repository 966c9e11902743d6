"""A session: one incident that is told on and kept in a journal, by whoever opens it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import ArgumentError, Diagnostic, PlanError, finding
from planengine.domain.statements import Incident
from planengine.journal import Entry, Journal, Writer, first_broken
from planengine.journal.entries import BEFORE_ALL
from planengine.sessions.carried import carried
from planengine.sessions.contents import broken_finding, contents, stream_of
from planengine.sessions.difference import difference
from planengine.sessions.effects import Effects
from planengine.sessions.ledger import Ledger
from planengine.sessions.queue import Given, Queue
from planengine.sessions.records import Record, data_of, json_of
from planengine.sessions.standing import Course, course
from planengine.sessions.warm import Warm
from planengine.timeline.timeline import Machine, Moment, Timeline

Arrival: TypeAlias = Literal["new", "late", "correction", "withdrawal", "repeated"]


class Desk(Machine, Protocol):
    """What a session works with: a library that incidents are read and assessed by."""

    @property
    def digest(self) -> str:
        """The sha256 of what the library's files say."""
        ...

    @property
    def zone(self) -> str:
        """The library's time zone."""
        ...

    def read(self, stream: bytes) -> Incident:
        """An incident from a JSONL stream; raises `PlanError` where it has an error."""
        ...

    def named(self, kind: str, text: str) -> str:
        """The id of a thing, in whatever words; the words themselves where they are none."""
        ...

    def seconds(self, moment: Moment, name: str) -> int:
        """A time in epoch seconds; raises `ArgumentError` for what is none."""
        ...

    def kept(self, name: str) -> tuple[str, Incident] | None:
        """What was kept under a name; None where it is not at hand."""
        ...

    def keep(self, name: str, digest: str, incident: Incident) -> None:
        """Keep what was read up to the entry with a digest, in the place of what was kept."""
        ...


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


class _State(Struct, frozen=True):
    """What a session knows of its journal, up to an entry."""

    number: int
    digest: str
    library: str
    header: str
    ledger: Ledger  # which may have more already, of later states
    records: int  # how many of them
    timeline: Timeline


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
        self._state: _State | None = None
        self._recent: dict[int, Timeline] = {}  # by the entry
        self._kept_until = 0  # how many records the snapshot has
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
        states: list[_State] = []
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
        self._keep()

    def _told(self, state: _State, one: Given, writer: Writer) -> tuple[Told, _State]:
        data, kept = carried(one.data, state.ledger, state.timeline.incident, self._desk)
        before = state.ledger.repeated(data)
        if before is not None:
            number, name = before
            return Told(number=number, id=name, arrival="repeated", warnings=()), state
        record = Record(data, state.ledger.taken, one.recorded, self._desk.zone)
        newest = state.timeline.incident.newest_for(state.timeline.status)
        known = state.timeline.incident.warnings
        timeline = state.timeline.tell(_at_its_line(state.records, record.text))
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
                state = self._read(writer.entries(), migrating=True)
                if state.library == library:
                    return 0
                entry = writer.append("edition", recorded, json_of({"library": library}))
            self._remember(
                replace(state, number=entry.number, digest=entry.digest, library=library)
            )
            self._keep()
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

    def _current(self) -> _State:
        with self._lock:
            is_first = self._state is None
            state = self._caught_up(self.journal.entries)
            if is_first:
                self._keep()
            return state

    def _caught_up(self, entries: _Entries) -> _State:
        """The state with what others wrote meanwhile."""
        known = self._state
        if known is None:
            found = self._read(entries())
        else:
            found = self._followed(known, entries(known.number))
        self._remember(found)
        if found.library != self._desk.digest:
            self._refuse_library(found.library)
        return found

    def _remember(self, state: _State) -> None:
        self._state = state
        self._recent[state.number] = state.timeline
        while len(self._recent) > RECENT:
            del self._recent[min(self._recent)]

    def _read(self, entries: tuple[Entry, ...], *, migrating: bool = False) -> _State:
        self._refuse_broken(entries, 0, BEFORE_ALL)
        header, library, records = contents(self.journal, entries)
        if library != self._desk.digest and not migrating:
            self._refuse_library(library)
        ledger = Ledger()
        for number, text in records:
            ledger.add(number, text)
        incident, read = self._snapshot(entries)
        if incident is None:
            incident = self._desk.read(stream_of(header, (text for _, text in records)).encode())
            read = len(records)
        timeline = Timeline(self._desk, incident, incident.status)
        for place, (_, text) in enumerate(records[read:], read):
            timeline = timeline.tell(_at_its_line(place, text))
        newest = entries[-1]
        return _State(newest.number, newest.digest, library, header, ledger, len(records), timeline)

    def _followed(self, state: _State, entries: tuple[Entry, ...]) -> _State:
        if not entries:
            return state
        self._refuse_broken(entries, state.number, state.digest)
        for entry in entries:
            state = replace(state, number=entry.number, digest=entry.digest)
            if entry.kind == "edition":
                state = replace(state, library=json.loads(entry.body)["library"])
            elif entry.kind == "told":
                timeline = state.timeline.tell(_at_its_line(state.records, entry.body))
                state = replace(state, records=state.records + 1, timeline=timeline)
        for entry in entries:
            if entry.kind == "told":
                state.ledger.add(entry.number, entry.body)
        return state

    def _refuse_broken(self, entries: tuple[Entry, ...], after: int, digest: str) -> None:
        if not after and not entries:
            raise PlanError([broken_finding(self.journal, 1, "missing")])
        broken = first_broken(entries, after=after, digest=digest)
        if broken is not None:
            raise PlanError([broken_finding(self.journal, broken.number, broken.reason)])

    def _refuse_library(self, was: str) -> None:
        path, now = str(self.journal.path), self._desk.digest[:12]
        raise PlanError([finding("library-changed", None, path=path, was=was[:12], now=now)])

    # The snapshot: the incident as it was read, so that the next process need not read all of it

    def _keep(self) -> None:
        """Keep the incident as read, once it has grown by an eighth."""
        state = self._state
        more = max(16, self._kept_until // 8)
        if state is not None and state.records - self._kept_until >= more:
            self._desk.keep(self._snapshot_name, state.digest, state.timeline.incident)
            self._kept_until = state.records

    def _snapshot(self, entries: tuple[Entry, ...]) -> tuple[Incident | None, int]:
        """What is kept of the incident up to an entry, and how many records that are."""
        kept = self._desk.kept(self._snapshot_name)
        if kept is None:
            return None, 0
        digest, incident = kept
        read = 0
        for entry in entries:
            read += entry.kind == "told"
            if entry.digest == digest:
                self._kept_until = read
                return incident, read
        return None, 0

    @property
    def _snapshot_name(self) -> str:
        """A name for what is kept of this journal, as its library reads it."""
        named = f"{self.journal.path.resolve()}\0{self._desk.digest}"
        return f"session-{sha256(named.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def _at_its_line(before: int, text: str) -> str:
    """The text of an observation, at the line that it has in the exported stream."""
    return "\n" * (before + 1) + text


def begin(path: Path, incident: object, desk: Desk, now: int) -> Session:
    """A new journal with an incident: a header, and observations that it may have already.

    Raises FileExistsError where there is a file; `PlanError` where the incident has an error.
    """
    given = data_of(incident)
    observations = given.get("observations") or []
    if not isinstance(observations, list) or not all(isinstance(one, dict) for one in observations):
        desk.read(json_of(given).encode())  # says what is wrong with them
    given.pop("observations", None)
    header = json_of(given)
    taken = {str(one["id"]) for one in observations if one.get("id") is not None}
    texts: list[str] = []
    for one in observations:
        record = Record(one, taken)
        taken.add(record.id)
        texts.append(record.text)
    desk.read(stream_of(header, texts).encode())  # before anything is written
    body = {"library": desk.digest, "header": header}
    return Session(Journal.create(path, now, json_of(body), texts), desk)
