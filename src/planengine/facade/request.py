"""What an assessment is worked out from: which incident, by whose plans, at which time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.diagnostics import Language
from planengine.domain.statements import Incident, Status

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.situation import Situation
    from planengine.facade.engine import Engine

_COLUMNS = 100  # what the default screen is made for


class Request(Struct, frozen=True):
    """An incident to be assessed; all that is pickled of an assessment, for the rest follows."""

    engine: Engine
    incident: Incident
    at: int
    known_at: int
    status: Status

    def situation(self) -> Situation:
        """The incident at that time, under the rules then in force."""
        return self.engine.situation(self)

    def text(self, assessment: Assessment, language: Language) -> str:
        """The screen that a duty officer reads first, without colours."""
        from planengine.screens.assessment_view import view
        from planengine.screens.screen import Screen

        return view(assessment, language, screen=Screen(_COLUMNS, colour=False))
