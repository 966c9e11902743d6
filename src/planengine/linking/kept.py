"""What was read and linked of a library before, so that only what an edit touches is done again.

What reading makes of a file follows from its bytes and its name alone. It is kept in memory
while a library is being written, and on the disk from one command to the next.
"""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from planengine.domain.names import Mention
from planengine.linking.file import Model, ReadFile, read_file
from planengine.linking.library.before import Before

if TYPE_CHECKING:
    from planengine.store import Store

_ENTRY = "documents"


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

    def read(self, content: bytes, file: str, kinds: tuple[str, ...]) -> ReadFile:
        """A file by its content, as `read_file`, but that its `node` may be left out."""
        key = _key(content, file, kinds)
        kept = self._known.get(key)
        if kept is not None:
            self._used[key] = kept
            found: ReadFile = pickle.loads(kept)  # noqa: S301 - of a sealed entry, see `store.py`
            return found
        read = replace(read_file(content, file, kinds), node=None)
        self._used[key] = pickle.dumps(read, pickle.HIGHEST_PROTOCOL)
        return read

    def end(self) -> None:
        """Keep just what was asked for since the last end."""
        if self._used.keys() != self._known.keys():
            self._store.put(_ENTRY, self._used)
        self._known, self._used = self._used, {}


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


def while_writing(files: KeptFiles) -> Kept:
    """A place for all that can be kept of a library that is edited again and again."""
    return Kept(files, before=Before(), mentions=[])


def _key(content: bytes, file: str, kinds: tuple[str, ...]) -> str:
    head = f"{file}\0{' '.join(kinds)}\0{len(content)}\0"
    digest = hashlib.sha256(head.encode(errors="surrogateescape"))
    digest.update(content)
    return digest.hexdigest()
