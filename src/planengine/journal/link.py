"""A connection to a journal's file that is kept open, and what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock

from planengine.diagnostics import PlanError, finding

BUSY_SECONDS = 30.0
"""How long a writer waits for others before it gives up."""
MARK = 0x706C616E
"""Of an SQLite file that is a journal of ours: "plan"."""
VERSION = 1


class Link:
    """One connection to a journal, made when it is used first; one thread uses it at a time.

    It is made anew in a process that was forked from its own, where the file at the path is
    another one by now, and after any error.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._whose: tuple[int, int, int] | None = None

    def __del__(self) -> None:
        # An SQLite connection refers to itself, and would stay open until cycles are collected.
        self._forget()

    def close(self) -> None:
        """Close the file, if it is open."""
        with self._lock:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    @contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """The connection to what is a journal of ours; what is not committed is undone."""
        with self._lock:
            whose = self._file()
            if self._connection is None or whose != self._whose:
                self._forget()
                connection = connected(self._path, "rw")
                try:
                    _check(connection)
                except BaseException:
                    connection.close()
                    raise
                self._connection, self._whose = connection, self._file()
            with self._used(self._connection) as connection:
                yield connection

    @contextmanager
    def created(self) -> Iterator[sqlite3.Connection]:
        """The same to a file that may not be there yet."""
        with self._lock:
            self._forget()
            self._connection = connected(self._path, "rwc")
            self._whose = self._file()
            with self._used(self._connection) as connection:
                yield connection

    @contextmanager
    def _used(self, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
        try:
            yield connection
        except sqlite3.Error:
            _undo(connection)
            self.close()
            raise
        finally:
            _undo(connection)

    def _forget(self) -> None:
        """Let a connection go; one that another process made is not closed in this one."""
        if self._whose is not None and self._whose[0] == os.getpid():
            self.close()
        elif self._connection is not None:
            _OF_OTHERS.append(self._connection)
            self._connection = None

    def _file(self) -> tuple[int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return os.getpid(), found.st_dev, found.st_ino


_OF_OTHERS: list[sqlite3.Connection] = []
"""Connections made before a fork: closing one here would drop the locks of this process."""


def connected(path: Path, mode: str) -> sqlite3.Connection:
    """A connection of which every commit is on the disk before it returns."""
    name = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        name, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA synchronous=FULL")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """What is wrong with the file is raised as a `PlanError` with one finding."""
    try:
        yield
    except sqlite3.Error as error:
        raise PlanError([finding(_code(error), None, path=str(path), why=str(error))]) from error


def _check(connection: sqlite3.Connection) -> None:
    mark = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if mark != MARK:
        raise sqlite3.DatabaseError("file is not a journal")
    if version != VERSION:
        raise sqlite3.DatabaseError(f"written by another version: {version}")


def _undo(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _code(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "journal-busy"
    if name.startswith(
        ("SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC")
    ):
        return "journal-unwritable"
    return "journal-unreadable"
