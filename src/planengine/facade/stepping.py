"""What a timeline is told with and assessed by: an engine and its library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import Diagnostic, PlanError
from planengine.domain.statements import Incident, Status
from planengine.facade.arguments import Moment
from planengine.facade.arguments import moment as moment_of

if TYPE_CHECKING:
    from planengine.facade.engine import Engine


class Machine(Struct, frozen=True):
    """Steps through incidents by the plans of an engine."""

    engine: Engine

    def told(self, incident: Incident, observation: object) -> Incident:
        """The incident with one more observation; raises `PlanError` where it has an error."""
        from planengine.linking.incidents.more import read_more

        findings: list[Diagnostic] = []
        found = read_more(observation, incident, self.engine.library.entities, findings)
        if found is None or any(one.severity == "error" for one in findings):
            raise PlanError(findings)
        return found

    @property
    def digest(self) -> str:
        """The sha256 of what the library's files say."""
        return self.engine.library.digest

    @property
    def zone(self) -> str:
        """The library's time zone."""
        return self.engine.library.entities.time_zone

    def read(self, stream: bytes) -> Incident:
        """An incident from a JSONL stream; raises `PlanError` where it has an error."""
        return self.engine.library.read_incident(stream)

    def named(self, kind: str, text: str) -> str:
        """The id of a thing, in whatever words; the words themselves where they are none."""
        found = self.engine.library.entities.names.find(kind, text)
        return found[0] if len(found) == 1 else text

    def seconds(self, moment: Moment, name: str) -> int:
        """A time in epoch seconds; raises `ArgumentError` for what is none."""
        return moment_of(moment, name)

    def kept(self, name: str) -> tuple[str, Incident] | None:
        """What was kept under a name; None where it is not at hand."""
        store = self.engine.library.store
        found: tuple[str, Incident] | None = store.get(name) if store is not None else None
        return found

    def keep(self, name: str, digest: str, incident: Incident) -> None:
        """Keep what was read up to the entry with a digest, in the place of what was kept."""
        if self.engine.library.store is not None:
            self.engine.library.store.put(name, (digest, incident))

    def assess(
        self, incident: Incident, at: Moment | None, status: Status, before: Assessment | None
    ) -> Assessment:
        """What the incident supports at a time (None: its newest); see `Engine.assess_after`."""
        return self.engine.assess_after(before, incident, at=at, status=status)
