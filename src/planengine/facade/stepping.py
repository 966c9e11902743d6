"""What a timeline is told with and assessed by: an engine and its library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.diagnostics import Diagnostic, PlanError
from planengine.domain.statements import Incident, Status
from planengine.facade.arguments import Moment

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

    def assess(
        self, incident: Incident, at: Moment | None, status: Status, before: Assessment | None
    ) -> Assessment:
        """What the incident supports at a time (None: its newest); see `Engine.assess_after`."""
        return self.engine.assess_after(before, incident, at=at, status=status)
