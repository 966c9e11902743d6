"""The stretches of time between a library's dated changes, and what applies in each."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.bounded import Bounded
from planengine.domain.entities import Entities
from planengine.domain.ids import track_name
from planengine.domain.registry import boundaries

if TYPE_CHECKING:
    from planengine.domain.documents import Ruled


_MOST = 256  # stretches with hazards of which it is kept what applies


class Epochs:
    """The stretches of time between a library's dated changes, numbered from 0."""

    def __init__(self, entities: Entities) -> None:
        self._entities = entities
        self._starts = boundaries(entities)
        self._applying: Bounded[tuple[int, frozenset[str]], frozenset[str]] = Bounded(_MOST)

    def number(self, at: int) -> int:
        """The stretch that a moment lies in."""
        return bisect_right(self._starts, at)

    def start(self, number: int) -> int:
        """The first second of a stretch; of the first one, which has none, its last."""
        if number == 0:
            return self._starts[0] - 1 if self._starts else 0
        return self._starts[number - 1]

    def starts_from(self, at: int) -> tuple[int, ...]:
        """A moment, and the start of every stretch after it."""
        return (at, *self._starts[self.number(at) :])

    def between(self, since: int, until: int) -> tuple[int, ...]:
        """The starts of stretches in (since, until]."""
        return self._starts[bisect_right(self._starts, since) : bisect_right(self._starts, until)]

    def applying(self, number: int, hazards: frozenset[str]) -> frozenset[str]:
        """What applies in a stretch to incidents of some hazards (see `applying`)."""
        return self._applying.get(
            (number, hazards), lambda: applying(self._entities, self.start(number), hazards)
        )

    @property
    def last(self) -> int:
        """The start of the last stretch."""
        return self.start(len(self._starts))


def applying(entities: Entities, at: int, hazards: Iterable[str]) -> frozenset[str]:
    """The documents in force, and their tracks, that are for one of the hazards, or for all.

    Those apply whether people used them or not.
    """
    from planengine.domain.hazards import with_above

    own = {above for hazard in hazards for above in with_above(hazard, entities.hazards)}
    found: set[str] = set()
    documents: list[tuple[str, tuple[Ruled, ...]]] = [*entities.standards.items()]
    documents += entities.plans.items()
    for key, editions in documents:
        ruled = next((one for one in reversed(editions) if one.edition.period.contains(at)), None)
        if ruled is None:
            continue
        if not ruled.hazards or not own.isdisjoint(ruled.hazards):
            found.add(key)
        for track in (*ruled.tracks, *ruled.warnings):
            named = track.hazards or ruled.hazards
            if track.id is not None and (not named or not own.isdisjoint(named)):
                found.add(track_name(key, track.id))
    return frozenset(found)


class Frame(Struct, frozen=True):
    """What rules are compiled for: a stretch of time, and an incident's outline."""

    epoch: int
    roster: tuple[str, ...] = ()  # the incidents that counts run over
    scope: frozenset[str] | None = None
    hazards: frozenset[str] | None = None  # None: every hazard
    also: frozenset[str] = frozenset()  # documents that apply because people used them

    @property
    def name(self) -> str:
        """A file name for the store, the same in every process."""
        parts = (
            self.epoch,
            self.roster,
            *(None if part is None else sorted(part) for part in (self.scope, self.hazards)),
            sorted(self.also),
        )
        return f"rules-{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"
