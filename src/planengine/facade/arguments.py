"""Checks of what programs pass to the public API; a mistake raises `ArgumentError`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from math import floor, isfinite
from os import PathLike
from pathlib import Path
from reprlib import Repr
from typing import Any, Literal, TypeAlias, get_args

from planengine.diagnostics import ArgumentError
from planengine.domain.statements import Status

BackendName: TypeAlias = Literal["kernel", "durable", "both"]
"""Which engine decides."""
Moment: TypeAlias = float | str | datetime
"""A time: epoch seconds, ISO 8601 text with an offset, or an aware `datetime`."""

_WIDEST_OFFSET = 14 * 3600
_EARLIEST = -2_208_988_800 - _WIDEST_OFFSET  # the year 1900, as for times in incidents
_LATEST = 253_370_764_800 + _WIDEST_OFFSET  # the year 9999
_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = 80
_LONGEST_SHOWN = 128  # bits
_NO_DATA = {bool, int, float, list, tuple, set, frozenset}
_INCIDENT_FILES = (".yaml", ".yml", ".json", ".jsonl", ".ndjson")


def moment(value: Moment, name: str = "at") -> int:
    """A time as whole epoch seconds; raises `ArgumentError` for what is none, or has no offset."""
    found = _seconds(value, name)
    if not _EARLIEST <= found < _LATEST:
        raise ArgumentError(f"`{name}` is outside the years 1900 to 9998: {_shown(value)}")
    return found


def _seconds(value: object, name: str) -> int:
    if isinstance(value, datetime):
        if value.utcoffset() is None:
            raise ArgumentError(f"`{name}`: time {value} needs an offset, such as +08:00")
        return floor(value.timestamp())
    if isinstance(value, str):
        from planengine.values.times import parse_time

        found = parse_time(value)
        if found is None:
            raise ArgumentError(
                f"`{name}`: {_shown(value)} is not a time; write ISO 8601 with an offset: "
                "2026-07-20T08:00:00+08:00"
            )
        return found
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, float) or not isfinite(value):
        raise ArgumentError(
            f"`{name}` is epoch seconds, an aware datetime, or ISO 8601 text with an offset, "
            f"not {_shown(value)}"
        )
    return floor(value)


def one_of(value: Any, choices: Any, name: str) -> None:  # noqa: ANN401 - whatever was passed
    """Refuse what is none of a literal type's values."""
    known = _values(choices)
    if not isinstance(value, str) or value not in known:
        raise ArgumentError(f"`{name}` is {_listed(known)}, not {_shown(value)}")


@lru_cache(maxsize=8)
def _values(choices: Any) -> tuple[str, ...]:  # noqa: ANN401 - a literal type
    return get_args(choices)


def check_backend(name: BackendName) -> None:
    """Refuse what is no engine."""
    one_of(name, BackendName, "engine")


def check_status(status: Status | None) -> None:
    """Refuse what is no status."""
    if status is not None:
        one_of(status, Status, "status")


def hazards_of(given: Iterable[object], known: Mapping[str, object]) -> frozenset[str]:
    """The ids of hazards; refuses a bare text, and an id that the library does not have."""
    if isinstance(given, str):
        raise ArgumentError(f'`hazards` is a list of hazards: write ["{given}"]')
    if not isinstance(given, Iterable):
        raise ArgumentError(f"`hazards` is a list of hazards, not {_shown(given)}")
    named = tuple(given)
    unknown = [str(one) for one in named if one not in known]
    if unknown:
        from planengine.diagnostics.suggest import did_you_mean

        hints = [did_you_mean(one, known) for one in unknown]
        meant = f"; did you mean `{hints[0]}`?" if hints[0] else ""
        raise ArgumentError(f"unknown hazards: {', '.join(sorted(unknown))}{meant}")
    return frozenset(map(str, named))


def path_of(given: str | PathLike[str], name: str) -> Path:
    """A path; refuses what is none."""
    if not isinstance(given, str | PathLike):
        raise ArgumentError(f"`{name}` is a path, not {_shown(given)}")
    return Path(given)


def check_source(source: object) -> None:
    """Refuse what is no incident: above all a path given as text."""
    if isinstance(source, str) and _is_path(source):
        raise ArgumentError(
            f"a text is the incident itself, and this one is a path: write Path({_shown(source)})"
        )
    if source is None or type(source) in _NO_DATA:
        raise ArgumentError(
            "an incident is a Path, its text, or data with keys, not " + type(source).__name__
        )


def _is_path(text: str) -> bool:
    """Whether a text can only be meant as a path: of one line, named as incident files are."""
    written = text.strip()
    if "\n" in written or ":" in written[2:] or written[:1] in {"{", "["}:
        return False
    return Path(written).suffix.lower() in _INCIDENT_FILES


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _shown(value: object) -> str:
    """What was passed, in short."""
    if isinstance(value, int) and value.bit_length() > _LONGEST_SHOWN:
        return f"a whole number of {value.bit_length()} bits"  # Python refuses to write longer ones
    return _SHORT.repr(value)
