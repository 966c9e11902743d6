"""Plain data as a file would have it: all that is not a list or a mapping is text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from planengine.model.incident import CONTENTS
from planengine.witnesses.scene import Plain, flow


def as_written(value: Any) -> Plain:  # noqa: ANN401 - plain data
    """Data with its numbers, times and flags as text."""
    if isinstance(value, dict):
        return {str(key): as_written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_written(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def _in_one_line(value: Any) -> str:  # noqa: ANN401 - plain data
    """Data as one line: a text as it is, all else in flow style."""
    text = as_written(value)
    return text if isinstance(text, str) else flow(text)


class Told(Struct, frozen=True):
    """What an inject tells the library: facts of a place (None: of none of its own), or else."""

    place: str | None
    facts: dict[str, str]
    tells: str | None


def told_by(record: Mapping[str, Any] | None) -> Told:
    """What an observation tells, in words of the file."""
    record = record or {}
    facts = record.get("facts") or {}
    others = {key: record[key] for key in CONTENTS if key != "facts" and key in record}
    return Told(
        place=record.get("object") or record.get("area"),
        facts={name: _in_one_line(value) for name, value in facts.items()},
        tells=_in_one_line(others) if others else None,
    )
