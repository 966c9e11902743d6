"""Plain data as a file would have it: all that is not a list or a mapping is text."""

from __future__ import annotations

from typing import Any

from planengine.witnesses.scene import Plain, flow


def as_written(value: Any) -> Plain:  # noqa: ANN401 - plain data
    """Data with its numbers, times and flags as text."""
    if isinstance(value, dict):
        return {str(key): as_written(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_written(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def in_one_line(value: Any) -> str:  # noqa: ANN401 - plain data
    """Data as one line: a text as it is, all else in flow style."""
    text = as_written(value)
    return text if isinstance(text, str) else flow(text)
