"""Why a text is no time, and what to write instead."""

from __future__ import annotations

from planengine.diagnostics.diagnostic import Diagnostic, Span, finding
from planengine.values.times import (
    WITHOUT_ZONE,
    format_time,
    parse_date,
    parse_time,
    where_the_clock_changes,
)

_EXAMPLE = "2026-07-20T08:00:00+08:00"


def no_time(text: str, span: Span | None, zone: str) -> Diagnostic:
    """The finding for a text that is no time by the clock of `zone`."""
    match where_the_clock_changes(text, zone):
        case (one, other):
            first, second = format_time(one, zone), format_time(other, zone)
            return finding("time-shown-twice", span, text=text, first=first, second=second)
        case (jump,):
            return finding("time-skipped", span, text=text, jump=format_time(jump, zone))
    return finding("bad-time", span, text=text, example=_meant(text.strip(), zone) or _EXAMPLE)


def _meant(text: str, zone: str) -> str | None:
    """A date or a time that lacks only its form, written as a time."""
    if parse_date(text, zone) is not None:
        text += "T00:00"
    joined = "T".join(text.split())
    if parse_time(joined, zone) is not None:
        return joined
    at = parse_time(f"{joined}Z")
    return f"{joined}Z" if zone == WITHOUT_ZONE and at is not None else None
