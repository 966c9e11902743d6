"""What was read and linked of a library before, so that only what an edit touches is done again.

What reading makes of a file follows from its bytes and its name alone. It is kept in memory
while a library is being written, and on the disk from one command to the next.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field, json
from msgspec.structs import replace

from planengine.domain.names import Mention
from planengine.linking.file import RULED_KINDS, Model, ReadFile, read_file
from planengine.linking.library.before import Before, Each, InMemory, Linked

if TYPE_CHECKING:
    from planengine.store import Store

_ENTRY = "documents"
_LINKED = "linked"


class KeptFiles(Protocol):
    """Reads files, and those that are as they were not again."""

    def read(self, content: bytes, file: str, kinds: tuple[str, ...]) -> ReadFile:
        """A file by its content, as `read_file`."""
        ...

    def end(self) -> None:
        """Keep just what was asked for since the last end."""
        ...


class FilesInMemory:
    """Files with their trees, each as it was read last."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, tuple[str, ...]], tuple[bytes, ReadFile]] = {}
        self._used: dict[tuple[str, tuple[str, ...]], tuple[bytes, ReadFile]] = {}

    def read(self, content: bytes, file: str, kinds: tuple[str, ...]) -> ReadFile:
        """A file by its content, as `read_file`."""
        kept = self._known.get((file, kinds))
        if kept is None or kept[0] != content:
            kept = content, read_file(content, file, kinds)
        self._used[file, kinds] = kept
        return kept[1]

    def end(self) -> None:
        """Keep just what was asked for since the last end."""
        self._known, self._used = self._used, {}

    def files(self) -> dict[str, ReadFile]:
        """What is kept, by the names of the files."""
        return {file: read for (file, _), (_, read) in self._known.items()}


class FilesOnDisk:
    """Files without their trees, each under a digest of what it was read from."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, bytes] = store.get(_ENTRY) or {}
        self._used: dict[str, bytes] = {}
        self.ruled: dict[int, tuple[object, str]] = {}
        """The standards and plans, with the digest of each, by their identity."""
        self.others: list[str] = []
        """The digests of all that standards and plans are linked against."""

    def read(self, content: bytes, file: str, kinds: tuple[str, ...]) -> ReadFile:
        """A file by its content, as `read_file`, but that its `node` may be left out."""
        key = _key(content, file, kinds)
        kept = self._known.get(key)
        if kept is not None:
            read: ReadFile = pickle.loads(kept)  # noqa: S301 - of a sealed entry, see `store.py`
        else:
            read = replace(read_file(content, file, kinds), node=None)
            kept = pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
        self._used[key] = kept
        if read.kind in RULED_KINDS:
            self.ruled[id(read.model)] = read.model, key
        else:
            self.others.append(key)
        return read

    def end(self) -> None:
        """Keep just what was asked for since the last end."""
        if self._used.keys() != self._known.keys():
            self._store.put(_ENTRY, self._used)
        self._known, self._used = self._used, {}


class LinkedOnDisk:
    """Standards and plans as they were linked, each under the digest of its file.

    They are used where all that they were linked against is the same: the other files, and every
    name and track that there is. One that was told of a place in another file is linked again,
    for that place may have moved.
    """

    def __init__(self, store: Store, files: FilesOnDisk) -> None:
        self._store = store
        self._files = files
        self._against = ""
        self._known: dict[str, bytes] = {}

    def begin(self, each: Each) -> None:
        """Keep what was linked where it was linked against the same."""
        self._against = _linked_against(each, self._files.others)
        against, linked = self._store.get(_LINKED) or ("", {})
        self._known = linked if against == self._against else {}

    def get(self, model: object) -> Linked | None:
        """What linking a model brought; None for one that is new."""
        kept = self._known.get(self._key(model))
        if kept is None:
            return None
        found: Linked = pickle.loads(kept)  # noqa: S301 - of a sealed entry, see `store.py`
        return found

    def end(self, linked: Sequence[tuple[object, Linked]]) -> None:
        """Keep these, and no others."""
        used: dict[str, bytes] = {}
        for model, one in linked:
            key = self._key(model)
            if key in self._known:
                used[key] = self._known[key]
            elif not any(found.related for found in one.findings):
                used[key] = pickle.dumps(one, pickle.HIGHEST_PROTOCOL)
        if used.keys() != self._known.keys():
            self._store.put(_LINKED, (self._against, used))
        self._known = used

    def _key(self, model: object) -> str:
        return self._files.ruled[id(model)][1]


def _linked_against(each: Each, others: Iterable[str]) -> str:
    """A digest of what all standards and plans are linked against."""
    names = each.names
    documents = (
        (
            one.kind,
            one.id,
            [*one.tracks.items()],
            one.areas,
            *(sorted(map(repr, some)) for some in (one.warnings, one.duties, one.hazards)),
        )
        for one in names.documents.values()
    )
    parts = ([*others], sorted(names.foreign), [*names.documents], [*documents])
    digest = hashlib.sha256(repr(parts).encode(errors="surrogateescape"))
    digest.update(json.encode(names.spellings))
    return digest.hexdigest()


class Kept(Struct):
    """What was read of a library, and while it is being written also what was linked.

    `good` are the newest documents that could be used, which stand in for those that are broken
    while they are being written: their names stay known to the others, and `stale` are their
    files. `mentions` are the places that name something, as they were linked last. Where
    `before` and `mentions` are None nothing of linking is kept.
    """

    files: KeptFiles = field(default_factory=FilesInMemory)
    good: dict[Path, Model] = field(default_factory=dict)
    stale: frozenset[str] = frozenset()
    before: Before | None = None
    mentions: list[Mention] | None = None


def between_commands(store: Store) -> Kept:
    """What an earlier command kept of a library that has changed since."""
    files = FilesOnDisk(store)
    return Kept(files, before=LinkedOnDisk(store, files))


def while_writing(files: KeptFiles) -> Kept:
    """A place for all that can be kept of a library that is edited again and again."""
    return Kept(files, before=InMemory(), mentions=[])


def _key(content: bytes, file: str, kinds: tuple[str, ...]) -> str:
    head = f"{file}\0{' '.join(kinds)}\0{len(content)}\0"
    digest = hashlib.sha256(head.encode(errors="surrogateescape"))
    digest.update(content)
    return digest.hexdigest()
