"""The entries of a journal, each sealed by a digest over itself and all before it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Literal, TypeAlias

from msgspec import Struct

EntryKind: TypeAlias = Literal["opened", "told", "edition"]
"""A header; one observation; the library that judges from here on."""
BEFORE_ALL = "0" * 64
"""The digest that the first entry follows on."""


class Entry(Struct, frozen=True, kw_only=True):
    """One entry: its number from 1, what it is, when it was recorded (epoch seconds), and its JSON.

    `digest` is the sha256, as hexadecimal digits, of the JSON list `[digest before, number, kind,
    recorded, body]` without blanks, in UTF-8.
    """

    number: int
    kind: EntryKind
    recorded: int
    body: str
    digest: str


class Broken(Struct, frozen=True, kw_only=True):
    """The first entry of a journal that does not follow from those before it."""

    number: int
    reason: Literal["missing", "altered"]


def sealed(before: str, number: int, kind: EntryKind, recorded: int, body: str) -> Entry:
    """An entry after one whose digest is `before`."""
    content = [before, number, kind, recorded, body]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Entry(number=number, kind=kind, recorded=recorded, body=body, digest=digest)


def first_broken(
    entries: Iterable[Entry], *, after: int = 0, digest: str = BEFORE_ALL
) -> Broken | None:
    """The first of some entries that is not what was written; None where all of them are.

    They follow on the entry numbered `after`, whose digest is given.
    """
    for entry in entries:
        after += 1
        if entry.number != after:
            return Broken(number=after, reason="missing")
        try:
            again = sealed(digest, entry.number, entry.kind, entry.recorded, entry.body)
        except TypeError:  # SQLite keeps bytes in a column of text too
            again = None
        if again != entry:
            return Broken(number=after, reason="altered")
        digest = entry.digest
    return None
