"""Hazards and those above them: a rule for a hazard is for everything below it too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planengine.domain.vocabulary import Hazard


def with_above(hazard: str, hazards: Mapping[str, Hazard]) -> tuple[str, ...]:
    """A hazard and all above it, from the hazard up; one that nobody declared stands alone."""
    found: list[str] = []
    at: str | None = hazard
    while at is not None and at not in found:
        found.append(at)
        known = hazards.get(at)
        at = known.parent if known is not None else None
    return tuple(found)


def are_related(some: Iterable[str], others: Iterable[str], hazards: Mapping[str, Hazard]) -> bool:
    """Whether one of these hazards is, is below or is above one of those."""
    ours, theirs = tuple(some), tuple(others)
    below = any(one in theirs for hazard in ours for one in with_above(hazard, hazards))
    return below or any(one in ours for hazard in theirs for one in with_above(hazard, hazards))
