"""The timeline: an incident as it was told so far, and what follows from it at any time."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Protocol, TypeAlias

from planengine.assessment.assessment import Assessment
from planengine.domain.statements import Incident, Status, is_header
from planengine.values.times import format_time

Moment: TypeAlias = float | str | datetime
"""A time as `Engine.assess` takes it."""


class Machine(Protocol):
    """What reads observations against a library, and assesses by it."""

    def told(self, incident: Incident, observation: object) -> Incident:
        """The incident with one more observation; raises `PlanError` where it has an error."""
        ...

    def assess(
        self, incident: Incident, at: Moment | None, status: Status, before: Assessment | None
    ) -> Assessment:
        """What the incident supports at a time (None: its newest).

        `before` was assessed before the last was told: it changes no answer, but what is to be
        worked out again.
        """
        ...


class Timeline:
    """An incident as told so far; made by `Engine.open`.

    Immutable: `tell` gives another. Whatever it answers is what `Engine.assess` answers for all
    that was told. A pickle holds the incident and the library.
    """

    incident: Incident
    status: Status

    def __init__(
        self,
        machine: Machine,
        incident: Incident,
        status: Status,
        before: Assessment | None = None,
    ) -> None:
        self.incident = incident
        self.status = status
        self._machine = machine
        self._before = before

    def __reduce__(self) -> tuple[type[Timeline], tuple[Machine, Incident, Status]]:
        return Timeline, (self._machine, self.incident, self.status)

    def __repr__(self) -> str:
        told = (event.stamp.observation for event in self.incident.events if not is_header(event))
        count = len(set(told))
        newest = self.incident.newest_for(self.status)
        until = "" if newest is None else f" up to {format_time(newest, 'UTC')}"
        return f"<Timeline of {self.incident.id}: {count} observations{until}>"

    def tell(self, observation: object) -> Timeline:
        """The timeline with one more observation: data as in `observations`, or its text.

        It may come late, correct or withdraw an earlier one. Raises `PlanError` when anything
        is wrong with it; this timeline stays as it is.
        """
        incident = self._machine.told(self.incident, observation)
        return Timeline(self._machine, incident, self.status, self._latest)

    def going_on(self, before: Assessment | None) -> Timeline:
        """The same, which goes on from what was assessed of it, or before; changes no answer."""
        return Timeline(self._machine, self.incident, self.status, before)

    def at(self, time: Moment) -> Assessment:
        """What all that was told supports at a time, as known then.

        The time as in `Engine.assess`; raises `ArgumentError` for a bad one, and
        `EngineRefusal` where the engine gives no answer.
        """
        return self._machine.assess(self.incident, time, self.status, self._latest)

    @cached_property
    def assessment(self) -> Assessment:
        """That at the newest time told; raises `ArgumentError` where nothing was told."""
        return self._machine.assess(self.incident, None, self.status, self._before)

    @property
    def _latest(self) -> Assessment | None:
        """The newest assessment that was asked for, of this or of what was told before."""
        found: Assessment | None = self.__dict__.get("assessment", self._before)
        return found
