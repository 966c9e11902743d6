"""A store on disk for what was read and compiled, so that a command starts at once.

Entries lie in a folder of the user's own, named by a digest of all that they follow from: the
library's files, this package's own, Python's version. Nothing is ever stale. Entries are
pickles, so each is sealed with a key that only this user can read: what another wrote, moved or
damaged is not opened and counts as absent.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import pickle
import re
import secrets
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from planengine.reading.collecting import no_collecting
from planengine.reading.contents import content_of

KEPT = 24  # two to a library; the ones used longest ago go first
MOST_ENTRIES = 256  # of one library; the ones written longest ago go first
MOST_BYTES = 200_000_000  # of one entry
_SEAL = hashlib.blake2b().digest_size
_KEY = 32
_SUFFIX = ".sealed"
_OWN = re.compile(r"planengine-[0-9a-f]{40}")


class Store:
    """What was computed before, each thing under a name of its own."""

    def __init__(self, folder: Path, key: bytes, prefix: str = "") -> None:
        self._folder = folder
        self._key = key
        self._prefix = prefix

    def part(self, name: str) -> Store:
        """The same store for what belongs to one thing in it."""
        return Store(self._folder, self._key, f"{self._prefix}{name}-")

    def get(self, name: str) -> Any | None:  # noqa: ANN401 - whatever was put
        """What was put under a name; None where nothing was, or its seal is not this user's."""
        try:
            sealed = _read_private(self._path(name), MOST_BYTES)
            if sealed is None:
                return None
            content = memoryview(sealed)[_SEAL:]
            if not hmac.compare_digest(sealed[:_SEAL], self._seal(name, content)):
                return None
            with no_collecting(for_good=True):
                return pickle.loads(content)  # noqa: S301 - sealed by this user, see the module
        except Exception:  # noqa: BLE001 - a disk, or a class that is no more, may raise anything
            return None

    def put(self, name: str, value: object) -> None:
        """Keep a value; a disk that refuses is no reason to fail."""
        path = self._path(name)
        partial = path.with_suffix(f"{_SUFFIX}.{secrets.token_hex(8)}")
        try:
            with no_collecting():
                content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True)
                _forget_oldest(self._folder.parent)
            with _create_private(partial) as file:
                file.write(self._seal(name, content))
                file.write(content)
            partial.replace(path)
            _forget_entries(self._folder)
        except (OSError, ValueError, pickle.PickleError, RecursionError):
            with suppress(OSError, ValueError):
                partial.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._prefix}{name}{_SUFFIX}"

    def _seal(self, name: str, content: bytes | memoryview) -> bytes:
        """Over the place as well: an entry moved to another name is not that entry."""
        sealing = hashlib.blake2b(f"{self._folder.name}/{self._prefix}{name}\0".encode())
        sealing.update(content)
        return hashlib.blake2b(sealing.digest(), key=self._key).digest()


class Kept(NamedTuple):
    """A store, and the content of the files that its name is a digest of."""

    store: Store
    contents: Mapping[Path, bytes]


def store_for(files: Iterable[Path], folder: Path) -> Kept | None:
    """The store for these files as they are now; None when one cannot be read, or no key kept."""
    key = _user_key()
    try:
        here = os.fsencode(Path.cwd())
    except OSError:  # it has been deleted
        return None
    if key is None:
        return None
    digest = hashlib.sha256(f"{sys.version} {_package_state()} ".encode() + here)
    contents: dict[Path, bytes] = {}
    for path in files:
        content = content_of(path)
        if content is None:
            return None
        contents[path] = content
        digest.update(os.fsencode(f"\0{path.as_posix()}\0{len(content)}\0"))
        digest.update(content)
    return Kept(Store(folder / f"planengine-{digest.hexdigest()[:40]}", key), contents)


@cache
def _package_state() -> str:
    sources = ((path, path.stat()) for path in sorted(Path(__file__).parent.rglob("*.py")))
    return "".join(f"{path} {known.st_mtime_ns} {known.st_size}\n" for path, known in sources)


def _user_key() -> bytes | None:
    """The key that this user seals with, made at its first use; None where none can be kept."""
    from platformdirs import user_state_path

    path = user_state_path("planengine") / "cache-key"
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with suppress(FileExistsError), _create_private(path) as file:
                file.write(secrets.token_bytes(_KEY))
        key = _read_private(path, _KEY)
    except OSError:
        return None
    return key if key is not None and len(key) == _KEY else None


def _create_private(path: Path) -> Any:  # noqa: ANN401 - a binary file to write
    """A new file that only this user can read; raises FileExistsError where there is one."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb")


_BINARY: int = getattr(os, "O_BINARY", 0)
_CAREFUL: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def _read_private(path: Path, most: int) -> bytes | None:
    """A regular file of this user's that nobody else can write; None for any other."""
    with os.fdopen(os.open(path, os.O_RDONLY | _BINARY | _CAREFUL), "rb") as file:
        known = os.fstat(file.fileno())
        if not stat.S_ISREG(known.st_mode) or known.st_size > most:
            return None
        if hasattr(os, "getuid") and (known.st_uid != os.getuid() or known.st_mode & 0o077):
            return None
        return file.read()


def _forget_entries(folder: Path) -> None:
    """Remove the entries of one store that were written longest ago, where there are too many."""
    entries = list(folder.glob(f"*{_SUFFIX}"))
    if len(entries) > MOST_ENTRIES:
        entries.sort(key=lambda entry: entry.stat().st_mtime_ns)
        for old in entries[:-MOST_ENTRIES]:
            old.unlink(missing_ok=True)


def _forget_oldest(folder: Path) -> None:
    """Remove the stores used longest ago, and nothing that is not one of them."""
    own = [
        entry
        for entry in folder.iterdir()
        if _OWN.fullmatch(entry.name) and entry.is_dir() and not entry.is_symlink()
    ]
    kept = sorted(own, key=lambda entry: entry.stat().st_mtime, reverse=True)
    for old in kept[KEPT:]:
        with suppress(OSError):
            for entry in old.glob(f"*{_SUFFIX}*"):
                entry.unlink()
            old.rmdir()  # refused where something else lies in it
