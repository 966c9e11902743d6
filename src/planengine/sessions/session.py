"""A session: one incident that is told on and kept in a journal, by whoever opens it."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from threading import RLock
from typing import Any, Literal, Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import ArgumentError, Diagnostic, PlanError, finding
from planengine.domain.statements import Incident
from planengine.journal import Entry, Journal, Writer, first_broken
from planengine.journal.entries import BEFORE_ALL
from planengine.sessions.contents import broken_finding, contents, stream_of
from planengine.sessions.difference import difference
from planengine.sessions.effects import Effects
from planengine.sessions.records import Record, data_of, json_of, same_words
from planengine.sessions.standing import Course, course
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
    about a time before the newest that was known. `warnings` are what reading it found.
    """

    number: int
    id: str
    arrival: Arrival
    warnings: tuple[Diagnostic, ...]


class _State(Struct, frozen=True):
    """What a session knows of its journal, up to an entry."""

    number: int
    digest: str
    library: str
    header: str
    records: tuple[tuple[int, str], ...]  # each with the number of its entry
    timeline: Timeline


class _Entries(Protocol):
    def __call__(self, after: int = 0) -> tuple[Entry, ...]: ...


class Session:
    """An incident that is told on and kept; made by `Engine.session` or `Engine.begin`.

    What is told is on the disk before `tell` returns. Several sessions, in threads and processes,
    may have one journal: each sees what the others told. What it answers is what `Engine.assess`
    answers for `export()`. Where the journal cannot be used, was altered, or goes by another
    library, every method but `migrate` raises `PlanError`.
    """

    journal: Journal

    def __init__(self, journal: Journal, desk: Desk) -> None:
        self.journal = journal
        self._desk = desk
        self._lock = RLock()
        self._state: _State | None = None
        self._before: _State | None = None  # before what was told last

    def __repr__(self) -> str:
        return f"<Session of {self.journal.path}>"

    def __reduce__(self) -> tuple[type[Session], tuple[Journal, Desk]]:
        return Session, (self.journal, self._desk)

    # What is told

    def tell(self, observation: object, *, now: Moment) -> Told:
        """Tell one observation, data or text as for `Timeline.tell`; kept before this returns.

        `now` is the time by the teller's clock: when it was recorded, and, where the observation
        does not say, `at` and `received`. Without an `id` it gets one. Raises `PlanError` where
        anything is wrong with it; then nothing is kept.
        """
        given, recorded = data_of(observation), self._desk.seconds(now, "now")
        with self._lock:
            with self.journal.writing() as writer:
                state = self._caught_up(writer.entries)
                before = _repeated(state, given)
                if before is not None:
                    return before
                told, followed = self._told(state, given, recorded, writer)
            self._before, self._state = state, followed  # only now it is on the disk
            self._keep(followed)
        return told

    def _told(
        self, state: _State, given: dict[str, Any], recorded: int, writer: Writer
    ) -> tuple[Told, _State]:
        taken = {json.loads(text)["id"] for _, text in state.records}
        record = Record(given, taken, recorded, self._desk.zone)
        newest = state.timeline.incident.newest_for(state.timeline.status)
        known = state.timeline.incident.warnings
        timeline = state.timeline.tell(_at_its_line(len(state.records), record.text))
        entry = writer.append("told", recorded, record.text)
        late = newest is not None and record.at is not None and record.at < newest
        arrival: Arrival = "late" if late else "new"
        if record.kind is not None:
            arrival = "correction" if record.kind == "correct" else "withdrawal"
        warnings = tuple(one for one in timeline.incident.warnings if one not in known)
        told = Told(number=entry.number, id=record.id, arrival=arrival, warnings=warnings)
        records = (*state.records, (entry.number, record.text))
        return told, replace(
            state, number=entry.number, digest=entry.digest, records=records, timeline=timeline
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
            self._state = replace(state, number=entry.number, digest=entry.digest, library=library)
            self._keep(self._state)
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
        state = self._current()
        if number >= state.number:
            return state.timeline
        before = self._before
        if before is not None and before.number == number:
            return before.timeline
        if number < 1:
            raise ArgumentError(f"`number` is of an entry, from 1, not {number}")
        stream = stream_of(state.header, (one for one in state.records if one[0] <= number))
        return Timeline(self._desk, self._desk.read(stream.encode()), state.timeline.status)

    def at(self, time: Moment) -> Assessment:
        """What all that was told supports at a time, as known then; see `Engine.assess`."""
        return self.timeline.at(time)

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
        now = self.at(at)
        if since is None:
            return difference(None, now)
        told = self.timeline if after is None else self.as_of(after)
        return difference(told.at(since), now)

    def draft(self, observation: object, *, now: Moment) -> str:
        """The stream as it would be with one observation more, be it right or wrong.

        What `tell` finds wrong with it is at the place that it has there.
        """
        state, recorded = self._current(), self._desk.seconds(now, "now")
        taken = {json.loads(text)["id"] for _, text in state.records}
        record = Record(data_of(observation), taken, recorded, self._desk.zone)
        return stream_of(state.header, [*state.records, (0, record.text)])

    def export(self) -> str:
        """The incident as a JSONL stream, as `Engine.assess` and `planengine assess` read it."""
        state = self._current()
        return stream_of(state.header, state.records)

    # The journal

    def _current(self) -> _State:
        with self._lock:
            is_first = self._state is None
            state = self._caught_up(self.journal.entries)
            if is_first:
                self._keep(state)
            return state

    def _caught_up(self, entries: _Entries) -> _State:
        """The state with what others wrote meanwhile."""
        known = self._state
        if known is None:
            found = self._read(entries())
        else:
            found = self._followed(known, entries(known.number))
        if found.library != self._desk.digest:
            self._refuse_library(found.library)
        self._state = found
        return found

    def _read(self, entries: tuple[Entry, ...], *, migrating: bool = False) -> _State:
        self._refuse_broken(entries, 0, BEFORE_ALL)
        header, library, records = contents(self.journal, entries)
        if library != self._desk.digest and not migrating:
            self._refuse_library(library)
        newest = entries[-1]
        kept = self._desk.kept(self._snapshot)
        if kept is not None and kept[0] == newest.digest:
            incident = kept[1]
        else:
            incident = self._desk.read(stream_of(header, records).encode())
        timeline = Timeline(self._desk, incident, incident.status)
        return _State(newest.number, newest.digest, library, header, records, timeline)

    def _followed(self, state: _State, entries: tuple[Entry, ...]) -> _State:
        self._refuse_broken(entries, state.number, state.digest)
        for entry in entries:
            state = replace(state, number=entry.number, digest=entry.digest)
            if entry.kind == "edition":
                state = replace(state, library=json.loads(entry.body)["library"])
            elif entry.kind == "told":
                timeline = state.timeline.tell(_at_its_line(len(state.records), entry.body))
                records = (*state.records, (entry.number, entry.body))
                state = replace(state, records=records, timeline=timeline)
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

    def _keep(self, state: _State) -> None:
        """Keep the incident as read, so that the next process need not read it again."""
        self._desk.keep(self._snapshot, state.digest, state.timeline.incident)

    @property
    def _snapshot(self) -> str:
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
    desk.read(stream_of(header, enumerate(texts)).encode())  # before anything is written
    body = {"library": desk.digest, "header": header}
    return Session(Journal.create(path, now, json_of(body), texts), desk)


def _repeated(state: _State, given: dict[str, Any]) -> Told | None:
    """What was told before in the same words: under the same id, or at the same stated time."""
    name, words = given.get("id"), same_words(given)
    if name is None and given.get("at") is None:
        return None
    for number, text in state.records:
        data = json.loads(text)
        if name is not None and str(data["id"]) != str(name):
            continue
        if given.get("at") is None:
            del data["at"]
        if same_words(data) == words:
            return Told(number=number, id=str(data["id"]), arrival="repeated", warnings=())
    return None
