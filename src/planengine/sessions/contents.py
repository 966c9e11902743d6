"""What the entries of a journal say of an incident."""

from __future__ import annotations

import json
from collections.abc import Iterable

from planengine.diagnostics import Diagnostic, PlanError, Text, finding
from planengine.journal import Entry, Journal

_REASONS = {
    "altered": Text("it was altered", "被改动"),
    "missing": Text("an entry is missing", "缺少一条"),
}


def contents(
    journal: Journal, entries: tuple[Entry, ...]
) -> tuple[str, str, tuple[tuple[int, str], ...]]:
    """The header, the library that judges last, and the records, each with its entry's number.

    Raises `PlanError` where the entries are whole, and yet no session wrote them.
    """
    try:
        opened = json.loads(entries[0].body)
        header, library = str(opened["header"]), str(opened["library"])
        json.loads(header)
        for entry in entries[1:]:
            body = json.loads(entry.body)
            if entry.kind == "edition":
                library = str(body["library"])
            else:
                str(body["id"])  # each has one
    except (IndexError, KeyError, TypeError, ValueError) as error:
        path, why = str(journal.path), f"{type(error).__name__}: {error}"
        raise PlanError([finding("journal-unreadable", None, path=path, why=why)]) from error
    return header, library, tuple((one.number, one.body) for one in entries if one.kind == "told")


def stream_of(header: str, records: Iterable[str]) -> str:
    """A header and the texts of records as a JSONL stream."""
    return "".join(f"{line}\n" for line in (header, *records))


def broken_finding(journal: Journal, number: int, reason: str) -> Diagnostic:
    """That an entry of a journal is not what was written."""
    path = str(journal.path)
    return finding("journal-broken", None, path=path, number=number, reason=_REASONS[reason])
