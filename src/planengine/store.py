"""A store on disk for what was read and compiled, so that a command starts at once.

Entries lie in a folder of the user's own, named by a digest of all that they follow from: the
library's files, this package's own, Python's version. Nothing is ever stale, and a file that
cannot be read counts as absent. Entries are pickles; the folder is readable by its owner only.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

KEPT = 24  # two to a library; the ones used longest ago go first


class Store:
    """What was computed before, each thing under a name of its own."""

    def __init__(self, folder: Path, prefix: str = "") -> None:
        self._folder = folder
        self._prefix = prefix

    def part(self, name: str) -> Store:
        """The same store for what belongs to one thing in it."""
        return Store(self._folder, f"{self._prefix}{name}-")

    def get(self, name: str) -> Any | None:  # noqa: ANN401 - whatever was put
        """What was put under a name, or None."""
        try:
            with self._path(name).open("rb") as file:
                return pickle.load(file)  # noqa: S301 - written by this user, see the module
        except Exception:  # noqa: BLE001 - a damaged pickle may raise anything
            return None

    def _path(self, name: str) -> Path:
        return self._folder / f"{self._prefix}{name}.pickle"

    def put(self, name: str, value: object) -> None:
        """Keep a value; a disk that refuses is no reason to fail."""
        path = self._path(name)
        partial = path.with_suffix(f".{os.getpid()}")
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True)
                _forget_oldest(self._folder.parent)
            with partial.open("wb") as file:
                pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)
            partial.replace(path)
        except (OSError, pickle.PickleError):
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def store_for(files: Iterable[Path], folder: Path) -> Store | None:
    """The store for these files as they are now; None when one of them cannot be read."""
    digest = hashlib.sha256(f"{sys.version} {Path.cwd()} {_package_state()}".encode())
    for path in files:
        content = content_of(path)
        if content is None:
            return None
        digest.update(f"\0{path.as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return Store(folder / digest.hexdigest()[:40])


@cache
def _package_state() -> str:
    sources = ((path, path.stat()) for path in sorted(Path(__file__).parent.rglob("*.py")))
    return "".join(f"{path} {known.st_mtime_ns} {known.st_size}\n" for path, known in sources)


def content_of(path: Path) -> bytes | None:
    """A file's content; None where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _forget_oldest(folder: Path) -> None:
    kept = sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for old in kept[KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
