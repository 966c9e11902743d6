"""A journal read by a library: from its entries to what a session knows."""

from __future__ import annotations

import json
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import PlanError, finding
from planengine.domain.statements import Incident
from planengine.journal import Entry, Journal, first_broken
from planengine.journal.entries import BEFORE_ALL
from planengine.reading.yaml import Line, read_line
from planengine.sessions.contents import broken_finding, contents, stream_of
from planengine.sessions.desk import Desk
from planengine.sessions.ledger import Ledger
from planengine.timeline.timeline import Timeline


class State(Struct, frozen=True):
    """What a session knows of its journal, up to an entry."""

    number: int
    digest: str
    library: str
    header: str
    ledger: Ledger  # which may have more already, of later states
    records: int  # how many of them
    timeline: Timeline


class Book:
    """Reads the entries of a journal, and keeps the incident as read for the next process."""

    def __init__(self, journal: Journal, desk: Desk) -> None:
        self._journal = journal
        self._desk = desk
        self._kept_until = 0  # how many records the snapshot has

    def read(self, entries: tuple[Entry, ...], *, migrating: bool = False) -> State:
        """What all the entries say; by the library that they name, unless it is `migrating`."""
        self._refuse_broken(entries, 0, BEFORE_ALL)
        header, library, records = contents(self._journal, entries)
        if library != self._desk.digest and not migrating:
            self.refuse_library(library)
        ledger = Ledger()
        for number, text in records:
            ledger.add(number, text)
        incident, read = self._snapshot(entries)
        if incident is None:
            incident = self._desk.read(stream_of(header, (text for _, text in records)).encode())
            read = len(records)
        timeline = Timeline(self._desk, incident, incident.status)
        for place, (_, text) in enumerate(records[read:], read):
            timeline = timeline.tell(at_its_line(place, text))
        newest = entries[-1]
        return State(newest.number, newest.digest, library, header, ledger, len(records), timeline)

    def followed(self, state: State, entries: tuple[Entry, ...]) -> State:
        """The state with the entries after it, which others wrote."""
        if not entries:
            return state
        self._refuse_broken(entries, state.number, state.digest)
        for entry in entries:
            state = replace(state, number=entry.number, digest=entry.digest)
            if entry.kind == "edition":
                state = replace(state, library=json.loads(entry.body)["library"])
            elif entry.kind == "told":
                timeline = state.timeline.tell(at_its_line(state.records, entry.body))
                state = replace(state, records=state.records + 1, timeline=timeline)
        for entry in entries:
            if entry.kind == "told":
                state.ledger.add(entry.number, entry.body)
        return state

    def _refuse_broken(self, entries: tuple[Entry, ...], after: int, digest: str) -> None:
        if not after and not entries:
            raise PlanError([broken_finding(self._journal, 1, "missing")])
        broken = first_broken(entries, after=after, digest=digest)
        if broken is not None:
            raise PlanError([broken_finding(self._journal, broken.number, broken.reason)])

    def refuse_library(self, was: str) -> None:
        """Raise that the journal goes by another library."""
        path, now = str(self._journal.path), self._desk.digest[:12]
        raise PlanError([finding("library-changed", None, path=path, was=was[:12], now=now)])

    # The snapshot: the incident as it was read, so that the next process need not read all of it

    def keep(self, state: State) -> None:
        """Keep the incident as read, once it has grown by an eighth."""
        more = max(16, self._kept_until // 8)
        if state.records - self._kept_until >= more:
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
        named = f"{self._journal.path.resolve()}\0{self._desk.digest}"
        return f"session-{sha256(named.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}"


def at_its_line(before: int, text: str) -> Line:
    """An observation read at the line that it has in the exported stream."""
    return read_line(text, "facts", before + 2)
