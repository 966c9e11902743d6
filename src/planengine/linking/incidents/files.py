"""Which files hold incidents, and which files of a folder are worth checking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from planengine.reading.contents import content_of

_DATA = (".json", ".jsonl", ".ndjson")
# `incident` as the first key, after comments, in block or flow style or as JSON
_BEGINS = re.compile(r"(?:\s|\ufeff|#[^\n]*\n|---[^\n]*\n|\{)*[\"']?incident[\"']?\s*[:：]")


def is_incident(path: Path) -> bool:
    """Whether a file begins as an incident does, or is data, which no library holds."""
    return path.suffix in _DATA or _begins(path)


def files_at(path: Path) -> Iterator[Path]:
    """A file; of a folder its YAML documents, and the incidents written as JSON or JSONL."""
    from planengine.linking.manifest import documents_at

    yield from documents_at(path)
    if path.is_dir():
        for found in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
            if found.suffix in _DATA and not hidden and found.is_file() and _begins(found):
                yield found


def _begins(path: Path) -> bool:
    content = content_of(path)
    if content is None:
        return False  # what is wrong with it is for those to say who read it
    return begins(content.decode("utf-8", "replace"))


def begins(text: str) -> bool:
    """Whether a text begins as an incident does: `incident` is its first key."""
    return _BEGINS.match(text) is not None
