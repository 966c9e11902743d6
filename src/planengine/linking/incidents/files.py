"""Which files hold incidents or tests, and which files of a folder are worth checking."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from planengine.reading.contents import content_of

_DATA = (".json", ".jsonl", ".ndjson")
# the first key, after comments, in block or flow style or as JSON
_FIRST = re.compile(r"(?:\s|\ufeff|#[^\n]*\n|---[^\n]*\n|\{)*[\"']?(\w+)[\"']?\s*[:：]")


def is_incident(path: Path) -> bool:
    """Whether a file begins as an incident does, or is data, which no library holds."""
    return path.suffix in _DATA or _begins(path, "incident")


def is_test(path: Path) -> bool:
    """Whether a file holds tests: by its name, or as it begins."""
    from planengine.linking.manifest import TEST_ENDING

    return path.name.endswith(TEST_ENDING) or _begins(path, "test")


def is_exercise(path: Path) -> bool:
    """Whether a file holds an exercise: by its name, or as it begins."""
    from planengine.linking.manifest import EXERCISE_ENDING

    return path.name.endswith(EXERCISE_ENDING) or _begins(path, "exercise")


def is_players(path: Path) -> bool:
    """Whether a file holds those who play an exercise: by its name, or as it begins."""
    from planengine.linking.manifest import PLAYERS_ENDING

    return path.name.endswith(PLAYERS_ENDING) or _begins(path, "players")


def files_at(path: Path) -> Iterator[Path]:
    """A file; of a folder its YAML documents and tests, and incidents written as JSON or JSONL."""
    from planengine.linking.manifest import documents_at, tests_at

    yield from documents_at(path)
    if path.is_dir():
        yield from tests_at(path)
        for found in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in found.relative_to(path).parts)
            if (
                found.suffix in _DATA
                and not hidden
                and found.is_file()
                and _begins(found, "incident")
            ):
                yield found


def _begins(path: Path, key: str) -> bool:
    content = content_of(path)
    if content is None:
        return False  # what is wrong with it is for those to say who read it
    return begins(content.decode("utf-8", "replace"), key)


def begins(text: str, key: str) -> bool:
    """Whether a text begins as a document of a kind does: `key` is its first key."""
    first = _FIRST.match(text)
    return first is not None and first[1] == key
