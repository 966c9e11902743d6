"""Bytes from disk: never more than one document may have, and of a library plain files only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from planengine.reading.source import MAX_BYTES

_AT_ONCE: int = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def content_of(path: Path, most: int | None = None) -> bytes | None:
    """What a plain file holds; None where there is none, or it is a pipe, a device, a folder.

    Of a file larger than `most` (as a document may be), one byte more than that, so that reading
    it finds it too large.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | _AT_ONCE), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return None
            return file.read((most or MAX_BYTES) + 1)
    except (OSError, ValueError):  # ValueError: no path at all, such as one with a NUL
        return None


def given_content(path: Path, most: int | None = None) -> bytes | None:
    """As `content_of`, of a file that the user named himself: it may be a pipe."""
    try:
        with path.open("rb") as file:
            return file.read((most or MAX_BYTES) + 1)
    except (OSError, ValueError):
        return None
