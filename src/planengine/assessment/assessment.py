"""The assessment: everything that follows from the facts at one time, computed when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from msgspec.structs import replace

from planengine.assessment.agencies import agency_roles
from planengine.assessment.ask import questions
from planengine.assessment.bodies import Bodies
from planengine.assessment.caveats import assumptions, invocables, recheck_at
from planengine.assessment.conflicts import conflicts, outdated
from planengine.assessment.contacts import Reached, contacts_of
from planengine.assessment.coverage import coverage
from planengine.assessment.decisions import Decision, decisions
from planengine.assessment.duties.actions import action_items
from planengine.assessment.duties.reports import report_items
from planengine.assessment.exclusions import exclusions
from planengine.assessment.resources import held_resources
from planengine.assessment.results import (
    ActionItem,
    AgencyRole,
    Assumption,
    Conflict,
    Coverage,
    Excluded,
    HeldResource,
    Invocable,
    Outdated,
    Question,
    ReportItem,
    Unread,
)
from planengine.assessment.situation import Situation
from planengine.assessment.unread import unread
from planengine.library.statements import Incident, Status


class Assessment:
    """What the facts of one incident support at one time.

    Immutable. The levels are decided when the assessment is made; each further part
    (reasons, actions, questions …) is computed at its first use and kept.
    """

    def __init__(
        self,
        incident: Incident,
        situation: Situation,
        status: Status,
    ) -> None:
        self.incident = incident
        self.status: Status = status
        self._situation = situation
        self._history = situation.history
        self._bodies = Bodies(situation)
        self._duties = situation.owed
        situation.outcomes  # noqa: B018 - decide now: an engine's refusal must not come late

    @property
    def at(self) -> int:
        """The assessed time, in epoch seconds."""
        return self._situation.evidence.at

    @property
    def situation(self) -> Situation:
        """What it was computed from: rules, evidence and ranks."""
        return self._situation

    @property
    def tainted(self) -> bool:
        """Whether exercise or test material was used: then nothing here is actual."""
        return self._situation.evidence.tainted or self.status != "actual"

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """One per (authority, plan and track or standard, area, edition)."""
        return decisions(self._situation, self._history)

    @cached_property
    def actions(self) -> tuple[ActionItem, ...]:
        """What is to be done, prerequisites first, then by deadline."""
        return action_items(self._situation, self._bodies, self._duties)

    @cached_property
    def contacts(self) -> tuple[Reached, ...]:
        """How those whom the actions and reports name are reached."""
        return contacts_of(self._situation.entities, (*self.actions, *self.reports))

    @cached_property
    def agencies(self) -> tuple[AgencyRole, ...]:
        """Who has something to do, the leads first."""
        return agency_roles(self._situation, self._bodies, self.actions)

    @cached_property
    def resources(self) -> tuple[HeldResource, ...]:
        """What the plans that are at a level hold ready, and who holds it."""
        return held_resources(self._situation, self._bodies)

    @cached_property
    def excluded(self) -> tuple[Excluded, ...]:
        """Plans that do not apply because of their own `not`, and the plans to use instead."""
        return exclusions(self._situation)

    @cached_property
    def reports(self) -> tuple[ReportItem, ...]:
        """What is to be reported, requested or released, the most urgent first."""
        return report_items(self._bodies, self._duties)

    @cached_property
    def ask(self) -> tuple[Question, ...]:
        """Which facts to ask for, the most decisive first; empty when every level is certain."""
        shown = {decision.id for decision in self.decisions}  # not of a hazard that has not joined
        return tuple(
            replace(one, could_give=tuple(pair for pair in one.could_give if pair[0] in shown))
            for one in questions(self._situation)
        )

    @cached_property
    def assumed(self) -> tuple[Assumption, ...]:
        """By-exception facts taken as not happened, because nobody on watch reported them."""
        return assumptions(self._situation)

    @cached_property
    def may_invoke(self) -> tuple[Invocable, ...]:
        """Judged, recognised and on-order clauses that people may still invoke."""
        return invocables(self._situation)

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """Which documents and editions judged each hazard; those that none is for say so."""
        return coverage(self._situation)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the answer must say first: uncovered hazards, contradictions, people and plans."""
        return conflicts(self._situation)

    @cached_property
    def outdated(self) -> tuple[Outdated, ...]:
        """Statements that gave way to newer ones, of the facts read here; no conflict."""
        return outdated(self._situation)

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """Stated facts that no decision of this incident reads, with the reason."""
        return unread(self._situation)

    @cached_property
    def recheck_at(self) -> int | None:
        """The next moment at which an answer may change without any new statement."""
        deadlines = [
            *(asked.deadline for item in self.actions for asked in item.asked),
            *(item.deadline for item in self.reports),
        ]
        limits = (
            limit + 1  # what is due is overdue a second later
            for one in deadlines
            if one is not None
            for limit in (one.due, one.again, one.ended)
            if limit is not None and limit >= self.at
        )
        own = recheck_at(self._situation)
        return min((m for m in (own, *limits) if m is not None), default=None)

    def to_dict(self) -> dict[str, Any]:
        """The stable JSON form: see `planengine.assessment.json_form`."""
        from planengine.assessment.json_form import assessment_dict

        return assessment_dict(self)
