"""What the file of an incident holds. Kept apart from reading it, which imports far more."""

from __future__ import annotations

from pathlib import Path

from planengine.reading.contents import given_content
from planengine.reading.source import MAX_BYTES, MAX_STREAM_BYTES

STREAMS = (".jsonl", ".ndjson")


def incident_content(path: Path) -> bytes | None:
    """What a file holds: of a stream more than of a document may be read."""
    return given_content(path, MAX_STREAM_BYTES if path.suffix in STREAMS else MAX_BYTES)
