"""The rules of other times: what was in force at a moment, and the places and bodies then."""

from __future__ import annotations

from typing import Protocol

from planengine.assessment.outline import Outline
from planengine.engines.both import Engine
from planengine.evidence.world import World


class Era(Protocol):
    """The rules of an incident for a stretch of time; compiled when they are first read."""

    @property
    def outline(self) -> Outline: ...

    @property
    def world(self) -> World: ...

    @property
    def backend(self) -> Engine: ...


class Eras(Protocol):
    """What tells the rules of an incident at any moment; the same rules are the same object."""

    def at(self, moment: int, used: frozenset[str]) -> Era:
        """The era of a moment; `used` are the documents that people had used by then."""
        ...

    def starts(self, since: int, until: int) -> tuple[int, ...]:
        """The dated changes in (since, until], ascending: each begins another era."""
        ...
