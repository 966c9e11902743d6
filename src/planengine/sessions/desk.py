"""What a session works with: a library that incidents are read and assessed by."""

from __future__ import annotations

from typing import Protocol

from planengine.domain.statements import Incident
from planengine.timeline.timeline import Machine, Moment


class Desk(Machine, Protocol):
    """What a session works with: a library that incidents are read and assessed by."""

    @property
    def digest(self) -> str:
        """The sha256 of what the library's files say."""
        ...

    @property
    def zone(self) -> str:
        """The library's time zone."""
        ...

    def read(self, stream: bytes) -> Incident:
        """An incident from a JSONL stream; raises `PlanError` where it has an error."""
        ...

    def named(self, kind: str, text: str) -> str:
        """The id of a thing, in whatever words; the words themselves where they are none."""
        ...

    def seconds(self, moment: Moment, name: str) -> int:
        """A time in epoch seconds; raises `ArgumentError` for what is none."""
        ...

    def kept(self, name: str) -> tuple[str, Incident] | None:
        """What was kept under a name; None where it is not at hand."""
        ...

    def keep(self, name: str, digest: str, incident: Incident) -> None:
        """Keep what was read up to the entry with a digest, in the place of what was kept."""
        ...
