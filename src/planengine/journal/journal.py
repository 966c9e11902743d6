"""A journal file: an SQLite database that many threads and processes may write to.

An entry is on the disk (write-ahead log, synchronous=FULL) when `Journal.writing` is left; before
that it is not there at all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from os import fspath
from pathlib import Path

from planengine.journal.entries import BEFORE_ALL, Broken, Entry, EntryKind, first_broken, sealed
from planengine.journal.link import MARK, VERSION, Link, connected, told_in_words

_TABLES = (
    """CREATE TABLE entries (
        number INTEGER PRIMARY KEY, kind TEXT NOT NULL, recorded INTEGER NOT NULL,
        body TEXT NOT NULL, digest TEXT NOT NULL
    )""",
    # What people have seen is no part of what happened, and is not chained.
    "CREATE TABLE shown (reader TEXT PRIMARY KEY, number INTEGER NOT NULL, at INTEGER NOT NULL)",
)
_COLUMNS = "number, kind, recorded, body, digest"


class Writer:
    """Appends to a journal that nobody else can write to meanwhile."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._newest: tuple[int, str] | None = None  # of the last entry: number and digest

    def entries(self, after: int = 0) -> tuple[Entry, ...]:
        """The entries numbered above `after`."""
        return _entries(self._connection, after)

    def append(self, kind: EntryKind, recorded: int, body: str) -> Entry:
        """One more entry; it is durable once the writing ends without an error."""
        if self._newest is None:
            found = self._connection.execute(
                "SELECT number, digest FROM entries ORDER BY number DESC LIMIT 1"
            ).fetchone()
            self._newest = found or (0, BEFORE_ALL)
        number, digest = self._newest
        entry = sealed(digest, number + 1, kind, recorded, body)
        self._connection.execute(
            f"INSERT INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - our own words
            (entry.number, entry.kind, entry.recorded, entry.body, entry.digest),
        )
        self._newest = entry.number, entry.digest
        return entry


class Journal:
    """What was told of one incident, in a file: entries that are only ever added.

    Threads may share one, and a pickle holds the path. The file stays open until `close`, or until
    nobody has the journal any more.

    Every method raises `PlanError`, with one finding, where the file cannot be used:
    `journal-unreadable`, `journal-busy` (others wrote for longer than 30 s), `journal-unwritable`.
    """

    path: Path

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reading, self._writing = Link(self.path, reads=True), Link(self.path)

    def __reduce__(self) -> tuple[type[Journal], tuple[Path]]:
        return Journal, (self.path,)

    def __repr__(self) -> str:
        return f"<Journal {self.path}>"

    @classmethod
    def create(cls, path: Path, recorded: int, body: str, told: Iterable[str] = ()) -> Journal:
        """A new journal: an entry of the kind `opened`, and what was told before.

        Raises FileExistsError where there is a file with anything in it.
        """
        made = cls(path)
        if path.exists() and path.stat().st_size and not made._is_unfinished():
            raise FileExistsError(fspath(path))
        with told_in_words(path, new=True), made._writing.created() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise FileExistsError(fspath(path))
            for table in _TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA application_id={MARK}")
            connection.execute(f"PRAGMA user_version={VERSION}")
            writer = Writer(connection)
            writer.append("opened", recorded, body)
            for text in told:
                writer.append("told", recorded, text)
            connection.execute("COMMIT")
        return made

    def close(self) -> None:
        """Close the file; it is opened again where it is used again."""
        self._reading.close()
        self._writing.close()

    def entries(self, after: int = 0) -> tuple[Entry, ...]:
        """The entries numbered above `after`, as they stand in the file; see `verify`."""
        with told_in_words(self.path), self._reading.opened() as connection:
            return _entries(connection, after)

    def verify(self) -> Broken | None:
        """The first entry that is not what was written, or is missing; None where all are whole.

        Entries cut off at the end leave no trace in the file: compare the newest entry's digest
        with one that was noted elsewhere.
        """
        return first_broken(self.entries())

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """A writer, while all others wait; nothing is written where the block raises.

        For planengine's own rooms: what a session writes was read against its library before.
        """
        with told_in_words(self.path), self._writing.opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield Writer(connection)
            connection.execute("COMMIT")

    def shown(self, reader: str) -> tuple[int, int] | None:
        """Up to which entry, and for which time, a reader was shown the incident last."""
        with told_in_words(self.path), self._reading.opened() as connection:
            found: tuple[int, int] | None = connection.execute(
                "SELECT number, at FROM shown WHERE reader = ?", (reader,)
            ).fetchone()
            return found

    def note_shown(self, reader: str, number: int, at: int) -> None:
        """Remember what a reader was shown."""
        with told_in_words(self.path), self._writing.opened() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", (reader, number, at)
            )

    def _is_unfinished(self) -> bool:
        """Whether somebody was stopped while making the journal: there is no table yet."""
        try:
            with closing(connected(self.path, "rw")) as connection:
                empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
                return bool(empty)
        except sqlite3.Error:
            return False


def _entries(connection: sqlite3.Connection, after: int) -> tuple[Entry, ...]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entries WHERE number > ? OR number < 1 ORDER BY number",  # noqa: S608 - our own words
        (after,),  # what is numbered below 1 was altered, and is not to pass unseen
    )
    return tuple(
        Entry(number=number, kind=kind, recorded=recorded, body=body, digest=digest)
        for number, kind, recorded, body, digest in rows
    )
