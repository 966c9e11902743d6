"""The assessment: everything that follows from the facts at one time, computed when asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Protocol, get_args

from msgspec.structs import replace

from planengine.answers import Answer, NotAsked, Unread
from planengine.assessment.agencies import agency_roles
from planengine.assessment.applicable import not_asked
from planengine.assessment.ask import questions
from planengine.assessment.bodies import Bodies
from planengine.assessment.caveats import assumptions
from planengine.assessment.command import all_acting
from planengine.assessment.conflicts import conflicts, outdated
from planengine.assessment.contacts import Reached, contacts_of
from planengine.assessment.coverage import coverage
from planengine.assessment.decisions import Decision, decisions
from planengine.assessment.duties.actions import action_items
from planengine.assessment.duties.reports import report_items
from planengine.assessment.exclusions import exclusions
from planengine.assessment.invocables import invocables
from planengine.assessment.recheck import recheck_at
from planengine.assessment.resources import held_resources
from planengine.assessment.results import (
    ActionItem,
    AgencyRole,
    Assumption,
    Command,
    Conflict,
    Coverage,
    Excluded,
    HeldResource,
    Invocable,
    Outdated,
    Question,
    ReportItem,
)
from planengine.assessment.situation import Situation
from planengine.assessment.unread import unread
from planengine.diagnostics import ArgumentError, Language
from planengine.domain.statements import Incident, Status
from planengine.language import locale_language
from planengine.values.times import format_time


class Source(Protocol):
    """What an assessment is worked out from."""

    def situation(self) -> Situation:
        """The incident at the assessed time, under the rules then in force."""
        ...

    def text(self, assessment: Assessment, language: Language) -> str:
        """The assessment as people read it."""
        ...


class Assessment:
    """What the facts of one incident support at one time; made by `Engine.assess`.

    Immutable. The levels are decided when the assessment is made; each further part
    (reasons, actions, questions …) is computed at its first use and kept. Two that say the same
    are equal. A pickle holds what it was worked out from: the incident, the library, the time.
    """

    incident: Incident
    status: Status

    def __init__(
        self,
        incident: Incident,
        status: Status,
        source: Source,
        situation: Situation | None = None,
    ) -> None:
        self.incident = incident
        self.status = status
        self._source = source
        if situation is not None:
            self.__dict__["situation"] = situation

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assessment):
            return NotImplemented
        return self is other or self.answer == other.answer

    def __hash__(self) -> int:
        return hash((self.incident.id, self.at, self.status))

    def __reduce__(self) -> tuple[type[Assessment], tuple[Incident, Status, Source]]:
        return Assessment, (self.incident, self.status, self._source)

    def __repr__(self) -> str:
        levels = ", ".join(f"{one.id} {one.level}" for one in self.decisions if one.level)
        status = "" if self.status == "actual" else f" ({self.status})"
        at = format_time(self.at, self.situation.entities.time_zone)
        return f"<Assessment of {self.incident.id}{status} at {at}: {levels or 'no level'}>"

    def _repr_html_(self) -> str:
        """The screen as a notebook shows it, in the language of the locale."""
        from html import escape

        language = locale_language()
        return f'<pre lang="{language}">{escape(self.to_text(language))}</pre>'

    @cached_property
    def situation(self) -> Situation:
        """What it is computed from, rules, evidence and ranks: for planengine's own rooms."""
        return self._source.situation()

    @cached_property
    def _bodies(self) -> Bodies:
        return Bodies(self.situation)

    @property
    def at(self) -> int:
        """The assessed time, in epoch seconds."""
        return self.situation.evidence.at

    @property
    def tainted(self) -> bool:
        """Whether exercise or test material was used: then nothing here is actual."""
        return self.situation.evidence.tainted or self.status != "actual"

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """One per (authority, plan and track or standard, area, edition)."""
        return decisions(self.situation, self.situation.history)

    @cached_property
    def acting(self) -> tuple[Command, ...]:
        """Whoever acts for a post because command was handed over."""
        return all_acting(self.situation)

    @cached_property
    def actions(self) -> tuple[ActionItem, ...]:
        """What is to be done, prerequisites first, then by deadline."""
        return action_items(self.situation, self._bodies, self.situation.owed)

    @cached_property
    def contacts(self) -> tuple[Reached, ...]:
        """How those whom the actions and reports name are reached."""
        return contacts_of(self.situation.entities, (*self.actions, *self.reports))

    @cached_property
    def agencies(self) -> tuple[AgencyRole, ...]:
        """Who has something to do, the leads first."""
        return agency_roles(self.situation, self._bodies, self.actions)

    @cached_property
    def resources(self) -> tuple[HeldResource, ...]:
        """What the plans that are at a level hold ready, and who holds it."""
        return held_resources(self.situation, self._bodies)

    @cached_property
    def excluded(self) -> tuple[Excluded, ...]:
        """Plans that do not apply because of their own `not`, and the plans to use instead."""
        return exclusions(self.situation)

    @cached_property
    def reports(self) -> tuple[ReportItem, ...]:
        """What is to be reported, requested or released, the most urgent first."""
        return report_items(self._bodies, self.situation.owed)

    @cached_property
    def ask(self) -> tuple[Question, ...]:
        """Which facts to ask for, the most decisive first; empty when every level is certain."""
        shown = {decision.id for decision in self.decisions}  # not of a hazard that has not joined
        return tuple(
            replace(one, could_give=tuple(pair for pair in one.could_give if pair[0] in shown))
            for one in questions(self.situation)
        )

    @cached_property
    def assumed(self) -> tuple[Assumption, ...]:
        """By-exception facts taken as not happened, because nobody on watch reported them."""
        return assumptions(self.situation)

    @cached_property
    def may_invoke(self) -> tuple[Invocable, ...]:
        """Judged, recognised and on-order clauses that people may still invoke."""
        return invocables(self.situation)

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """Which documents and editions judged each hazard; those that none is for say so."""
        return coverage(self.situation)

    @cached_property
    def conflicts(self) -> tuple[Conflict, ...]:
        """What the answer must say first: uncovered hazards, contradictions, people and plans."""
        return conflicts(self.situation)

    @cached_property
    def outdated(self) -> tuple[Outdated, ...]:
        """Statements that gave way to newer ones, of the facts read here; no conflict."""
        return outdated(self.situation)

    @cached_property
    def not_asked(self) -> tuple[NotAsked, ...]:
        """The facts that its plans and standards name and that are of other hazards."""
        return not_asked(self.situation)

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """Stated facts that no decision of this incident reads, with the reason."""
        return unread(self.situation)

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
        own = recheck_at(self.situation)
        return min((m for m in (own, *limits) if m is not None), default=None)

    @cached_property
    def answer(self) -> Answer:
        """All of it as plain data: everything is computed."""
        from planengine.assessment.plain.answer import answer_of

        return answer_of(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """The answer as JSON text, by the schema of `planengine schema assessment`.

        Pretty with an `indent`, else on one line.
        """
        import msgspec

        encoded = msgspec.json.encode(self.answer)
        if indent is not None:
            encoded = msgspec.json.format(encoded, indent=indent)
        return encoded.decode()

    def to_dict(self) -> dict[str, Any]:
        """The same as `to_json`, as dictionaries and lists."""
        import msgspec

        found: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self.answer))
        return found

    def to_text(self, lang: Language = "en") -> str:
        """What `planengine assess` shows, in Chinese (`zh`) or English (`en`), without colours.

        Raises `ArgumentError` for another language.
        """
        if lang not in get_args(Language):
            raise ArgumentError(f"`lang` is zh or en, not {lang!r}")
        return self._source.text(self, lang)
