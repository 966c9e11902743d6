"""Documents that were read before: of a file that is as it was nothing is read again."""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING, Any, NamedTuple

from planengine.diagnostics import Diagnostic

if TYPE_CHECKING:
    from planengine.store import Store

_ENTRY = "documents"


class Read(NamedTuple):
    """What reading one file gave: its kind, its model, and what was found that is no error."""

    kind: str
    model: Any
    findings: tuple[Diagnostic, ...]


class KeptDocuments:
    """The documents of one library, each under a digest of its file's name and content."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, bytes] = store.get(_ENTRY) or {}
        self._used: dict[str, bytes] = {}

    def get(self, file: str, content: bytes) -> Read | None:
        """What was read of a file with this content; None where nothing was."""
        key = _key(file, content)
        kept = self._known.get(key)
        if kept is None:
            return None
        self._used[key] = kept
        found: Read = pickle.loads(kept)  # noqa: S301 - from a sealed entry, see `store.py`
        return found

    def put(self, file: str, content: bytes, read: Read) -> None:
        """Keep what was read."""
        self._used[_key(file, content)] = pickle.dumps(read, pickle.HIGHEST_PROTOCOL)

    def save(self) -> None:
        """Keep just what was used, for the next time."""
        if self._used.keys() != self._known.keys():
            self._store.put(_ENTRY, self._used)


def _key(file: str, content: bytes) -> str:
    digest = hashlib.sha256(f"{file}\0{len(content)}\0".encode(errors="surrogateescape"))
    digest.update(content)
    return digest.hexdigest()
