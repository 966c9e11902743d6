"""A journal file: an SQLite database that many threads and processes may write to.

A connection is made for each use, so a journal may be shared and pickled. An entry is on the disk
(write-ahead log, synchronous=FULL) when `Journal.writing` is left; before that it is not there at
all.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from os import fspath
from pathlib import Path

from planengine.diagnostics import PlanError, finding
from planengine.journal.entries import BEFORE_ALL, Broken, Entry, EntryKind, first_broken, sealed

BUSY_SECONDS = 30.0
"""How long a writer waits for others before it gives up."""
_MARK = 0x706C616E  # of an SQLite file that is a journal of ours: "plan"
_VERSION = 1
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

    def entries(self, after: int = 0) -> tuple[Entry, ...]:
        """The entries numbered above `after`."""
        return _entries(self._connection, after)

    def append(self, kind: EntryKind, recorded: int, body: str) -> Entry:
        """One more entry; it is durable once the writing ends without an error."""
        last = self._connection.execute(
            "SELECT number, digest FROM entries ORDER BY number DESC LIMIT 1"
        ).fetchone()
        number, digest = last or (0, BEFORE_ALL)
        entry = sealed(digest, number + 1, kind, recorded, body)
        self._connection.execute(
            f"INSERT INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - our own words
            (entry.number, entry.kind, entry.recorded, entry.body, entry.digest),
        )
        return entry


class Journal:
    """What was told of one incident, in a file: entries that are only ever added.

    Every method raises `PlanError`, with one finding, where the file cannot be used:
    `journal-unreadable`, `journal-busy` (others wrote for longer than 30 s), `journal-unwritable`.
    """

    path: Path

    def __init__(self, path: Path) -> None:
        self.path = path

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
        with made._connected("rwc") as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("BEGIN IMMEDIATE")
            if connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                raise FileExistsError(fspath(path))
            for table in _TABLES:
                connection.execute(table)
            connection.execute(f"PRAGMA application_id={_MARK}")
            connection.execute(f"PRAGMA user_version={_VERSION}")
            writer = Writer(connection)
            writer.append("opened", recorded, body)
            for text in told:
                writer.append("told", recorded, text)
            connection.execute("COMMIT")
        return made

    def entries(self, after: int = 0) -> tuple[Entry, ...]:
        """The entries numbered above `after`, as they stand in the file; see `verify`."""
        with self._opened() as connection:
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
        with self._opened() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield Writer(connection)
            connection.execute("COMMIT")

    def shown(self, reader: str) -> tuple[int, int] | None:
        """Up to which entry, and for which time, a reader was shown the incident last."""
        with self._opened() as connection:
            found: tuple[int, int] | None = connection.execute(
                "SELECT number, at FROM shown WHERE reader = ?", (reader,)
            ).fetchone()
            return found

    def note_shown(self, reader: str, number: int, at: int) -> None:
        """Remember what a reader was shown."""
        with self._opened() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO shown VALUES (?, ?, ?)", (reader, number, at)
            )

    def _is_unfinished(self) -> bool:
        """Whether somebody was stopped while making the journal: there is no table yet."""
        try:
            with closing(self._connect("rw")) as connection:
                empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
                return bool(empty)
        except sqlite3.Error:
            return False

    def _connect(self, mode: str) -> sqlite3.Connection:
        name = f"{self.path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(name, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous=FULL")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _connected(self, mode: str) -> Iterator[sqlite3.Connection]:
        """A connection; what is not committed in the block is undone, and errors are told."""
        try:
            with closing(self._connect(mode)) as connection:
                try:
                    yield connection
                finally:
                    if connection.in_transaction:
                        with suppress(sqlite3.Error):
                            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise PlanError(
                [finding(_code(error), None, path=str(self.path), why=str(error))]
            ) from error

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """A connection to what is a journal of ours."""
        with self._connected("rw") as connection:
            mark = connection.execute("PRAGMA application_id").fetchone()[0]
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if mark != _MARK:
                raise sqlite3.DatabaseError("file is not a journal")
            if version != _VERSION:
                raise sqlite3.DatabaseError(f"written by another version: {version}")
            yield connection


def _entries(connection: sqlite3.Connection, after: int) -> tuple[Entry, ...]:
    rows = connection.execute(
        f"SELECT {_COLUMNS} FROM entries WHERE number > ? OR number < 1 ORDER BY number",  # noqa: S608 - our own words
        (after,),  # what is numbered below 1 was altered, and is not to pass unseen
    )
    return tuple(
        Entry(number=number, kind=kind, recorded=recorded, body=body, digest=digest)
        for number, kind, recorded, body, digest in rows
    )


def _code(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "journal-busy"
    if name.startswith(
        ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC")
    ):
        return "journal-unwritable"
    return "journal-unreadable"
