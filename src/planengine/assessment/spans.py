"""Stretches of time [since, until] of whole seconds."""

from __future__ import annotations

from typing import NamedTuple

FIRST, LAST = -(1 << 62), 1 << 62


class Span(NamedTuple):
    """A stretch of time [since, until] of whole seconds."""

    since: int
    until: int


def meet(one: Span, other: Span) -> Span:
    """What two stretches share."""
    return Span(max(one.since, other.since), min(one.until, other.until))
