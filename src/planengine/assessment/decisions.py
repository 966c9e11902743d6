"""The decisions of a situation; what explains them is computed when it is asked for."""

from __future__ import annotations

from functools import cache, cached_property
from typing import NoReturn

from planengine import answers
from planengine.answers import Gap
from planengine.assessment.caveats import declared_gaps
from planengine.assessment.command import acting, approver, as_command, commander, handed_over
from planengine.assessment.entries import duties_in_force, duties_of, verb_of
from planengine.assessment.history import History
from planengine.assessment.proposals import Advice, advice
from planengine.assessment.reach import Reach, Reaches, state_of
from planengine.assessment.results import Command, Held, Proposal, Reason, Refusal, Way
from planengine.assessment.situation import Situation
from planengine.assessment.ways import Ways, ways_up
from planengine.assessment.why import held_of, reasons
from planengine.domain.documents import Basis, Executor, LevelDuties
from planengine.domain.ids import UnitKey
from planengine.domain.parts import Label
from planengine.evidence.behind import behind
from planengine.evidence.known import Known
from planengine.rules.conditions import NEVER, Cell, LastingCell
from planengine.rules.exact import exact
from planengine.rules.ruleset import Purpose, Unit
from planengine.rules.shadows import shadows


class Decision:
    """What the facts support for one authority, document and track, area and edition.

    Levels are level ids of `scale`, None for none. Immutable: each part is computed at its
    first use and kept. Two that say the same are equal.
    """

    def __init__(self, situation: Situation, history: History, unit: Unit) -> None:
        self._situation = situation
        self._history = history
        self._unit = unit
        self._rank, self._could_reach, self._obliged = situation.outcome(unit.id)

    def __repr__(self) -> str:
        return f"<Decision {self.id}: {self.level}, could reach {self.could_reach}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        own, others = ((one.id, one.level, one.could_reach) for one in (self, other))
        return self is other or (own == others and self.answer == other.answer)

    def __hash__(self) -> int:
        return hash((self.id, self.level, self.could_reach))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a decision is computed as it is read: pickle its assessment or `answer`")

    @cached_property
    def answer(self) -> answers.Decision:
        """All of it as plain data: everything is computed."""
        from planengine.assessment.plain.decision import decision
        from planengine.assessment.plain.parts import Teller

        situation = self._situation

        def make() -> answers.Decision:
            return decision(situation.kept(Teller.of), self)

        reach = situation.outline.kept(Reaches).of(self.key)
        return situation.findings.of(("decision", self.id), self._grounds(reach), make)

    def _grounds(self, reach: Reach) -> object:
        """What it says hangs on, besides what is known of cells that do not move by themselves."""
        situation = self._situation
        decided = self.indicated, self.met_at, self.proposal, self.why_eased, self.declined
        running = situation.running(self._unit)
        by_people = running, self.in_force_since, self.command, handed_over(situation)
        moving = [situation.kept(_Moving).of(cell) for cell in reach.moving]
        return state_of(situation, reach), decided, by_people, moving, self._ways

    def _named(self, rank: int | None) -> str | None:
        found = self._unit.scale.by_rank(rank) if rank else None
        return found.id if found else None

    @cached_property
    def _duties(self) -> LevelDuties | None:
        return duties_of(self._situation, self._unit, self.verb)

    # Whose decision it is

    @property
    def id(self) -> str:
        """`<document>[/<track>]@<area>`, with `warning:` before a plan's warnings."""
        return str(self.key)

    @property
    def key(self) -> UnitKey:
        """What planengine's own rooms know the decision by."""
        return self._unit.id

    @property
    def plan(self) -> str | None:
        """`<jurisdiction>/<plan id>`; None for a standard's decision."""
        return None if self.purpose == "standard" else self._unit.document

    @property
    def standard(self) -> str | None:
        """The standard's id; None for a plan's decision."""
        return self._unit.document if self.purpose == "standard" else None

    @property
    def track(self) -> str | None:
        """The track's id, where the document has several."""
        return self._unit.track

    @property
    def purpose(self) -> Purpose:
        """`level` (a response), `warning` or `standard`."""
        return self._unit.purpose

    @cached_property
    def label(self) -> Label:
        """The document's label."""
        return self._situation.outline.document(self._unit).label

    @property
    def authority(self) -> str:
        """The jurisdiction or agency that decides."""
        return self._unit.authority

    @property
    def area(self) -> str:
        """The area (or object) decided for."""
        return self._unit.area

    @property
    def edition(self) -> str:
        """The number of the edition in force."""
        return self._unit.edition

    @property
    def scale(self) -> str:
        """The scale's id."""
        return self._unit.scale.id

    # What it is

    @property
    def level(self) -> str | None:
        """The level that is certain on what is known; never too severe."""
        return self._named(self._rank)

    @cached_property
    def indicated(self) -> str | None:
        """The worst level that what was reported allows; from `level` to `could_reach`."""
        return self._named(self._situation.indicated(self.key))

    @property
    def could_reach(self) -> str | None:
        """The worst that what is unknown still allows; never too mild."""
        return self._named(self._could_reach)

    @cached_property
    def exact(self) -> bool:
        """Whether the two levels are surely the best answer; else they may be loose."""
        situation = self._situation
        return exact(
            self._unit,
            situation.value_of,
            situation.rules,
            situation.entities,
            situation.evidence.coupled,
        )

    @property
    def obliged(self) -> str | None:
        """The level that the binding rules alone give."""
        return self._named(self._obliged)

    @cached_property
    def issued(self) -> str | None:
        """The level that people have issued, for a warning or grade."""
        situation = self._situation
        return self._named(situation.issued.get(situation.index[self.key]))

    @cached_property
    def in_force(self) -> str | None:
        """The level that people have put in force."""
        return self._named(self._situation.in_force(self._unit))

    @cached_property
    def in_force_since(self) -> int | None:
        """Since when a level has been in force, in epoch seconds."""
        if self.in_force is None:
            return None
        return self._situation.evidence.started(
            self._unit.document, self._unit.track, self._unit.area
        )

    @cached_property
    def proposal(self) -> Proposal:
        """What people are advised to do: start, raise, keep, lower, end, or none."""
        return self._advice.proposal

    @cached_property
    def declined(self) -> Refusal | None:
        """By what people declined what would be proposed else, for the reasons there are still."""
        found = self._advice.declined
        if found is None:
            return None
        return Refusal(
            id=found.stamp.observation,
            at=self._situation.evidence.journal.time_of(found),
            move=found.move,
            level=self._named(found.rank),
            by=found.by,
            reason=found.reason,
        )

    @cached_property
    def _advice(self) -> Advice:
        return advice(self._situation, self._unit)

    # How it is carried out

    @cached_property
    def verb(self) -> str | None:
        """How strongly the plan says it (must, should, may); None without a level."""
        return verb_of(self._situation, self._unit)

    @property
    def propose(self) -> Executor | None:
        """Who proposes the level."""
        named = self._duties.propose if self._duties else None
        return None if named is None else acting(self._situation, named)

    @property
    def approve(self) -> Executor | None:
        """Who approves what is proposed: the level, or lowering or ending what is in force."""
        named = self._duties.approve if self._duties else None
        if self.proposal in {"lower", "end"}:
            named = self._eased_by
        return approver(self._situation, self._unit, named)

    @cached_property
    def command(self) -> Command | None:
        """Who else commands the response, and since when; None where it is as the plan says."""
        found = commander(self._situation, self._unit)
        return None if found is None else as_command(self._situation, found)

    @property
    def _eased_by(self) -> Executor | None:
        """Whoever the plan names; else whoever approves the level in force."""
        track = self._situation.outline.track(self._unit)
        named = track.end_approve if self.proposal == "end" else track.lower_approve
        if named is not None:
            return named
        running = self._situation.running(self._unit)
        started = duties_in_force(self._situation, self._unit, running)
        return started.approve if started else None

    @property
    def decided_by(self) -> str | None:
        """The higher body that decides, where it is not this authority."""
        return self._duties.decided_by if self._duties else None

    @property
    def meanwhile(self) -> str | None:
        """What is done until that body has decided."""
        return self._duties.meanwhile if self._duties else None

    @property
    def duration(self) -> int | None:
        """The expected duration to state on starting, in seconds."""
        return self._duties.duration if self._duties else None

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of the level, and of milder ones that it keeps.

        Of a warning that was issued more severe those of that.
        """
        issued = self._situation.issued.get(self._situation.index[self.key], 0)
        if issued <= self._rank:
            return self._duties.every_measure if self._duties else ()
        entries = self._situation.duties(self._unit, issued)
        return tuple(dict.fromkeys(text for entry in entries for text in entry.every_measure))

    # Why

    @cached_property
    def met_at(self) -> int | None:
        """Since when the level has been supported, in epoch seconds."""
        return self._history.met_since(self.key, self._rank) if self._rank else None

    @cached_property
    def why(self) -> tuple[Reason, ...]:
        """The rules that give the level, with what held; empty without a level."""
        return reasons(self._situation, self._unit)

    @cached_property
    def why_eased(self) -> tuple[Held, ...]:
        """What held of the `lower` or `end` condition, where that is proposed."""
        condition = {"lower": self._unit.lower, "end": self._unit.end}.get(self.proposal)
        return held_of(self._situation, condition) if condition is not None else ()

    @cached_property
    def next(self) -> tuple[Way, ...]:
        """What would bring the next level, the nearest first."""
        return self._ways.shown

    @cached_property
    def _ways(self) -> Ways:
        """As they were before, where nothing that they are replayed on is another."""
        situation = self._situation
        state = state_of(situation, situation.outline.kept(Reaches).of(self.key))
        return situation.findings.of(
            ("ways", self.id), state, lambda: ways_up(situation, self._unit)
        )

    @property
    def next_omitted(self) -> int:
        """How many more ways there are than `next` tells."""
        return self._ways.omitted

    @property
    def next_fewest(self) -> int | None:
        """The fewest facts that any way needs, where `next` omits some; else None."""
        return self._ways.fewest

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Levels the document declares not to have, where this decision may stand below them."""
        return declared_gaps(self._situation, self._unit)

    @cached_property
    def basis(self) -> tuple[Basis, ...]:
        """The sources that the level rests on."""
        said = [reason for reason in self.why if reason.verb == self.verb] or self.why
        found = tuple(dict.fromkeys(item for reason in said for item in reason.basis))
        if not found and self._duties is not None:
            found = self._duties.basis
        if not found and self._rank:
            found = self._situation.outline.document(self._unit).basis
        return found


class _Moving:
    """What is told of cells that time changes, though it turns nothing."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self.of = cache(self._of)

    def _of(self, cell: Cell) -> Known:
        if isinstance(cell, LastingCell):
            return behind(self._situation.evidence, cell)
        return self._situation.known(cell)


def decisions(situation: Situation, history: History) -> tuple[Decision, ...]:
    """The decisions of the incident's hazards: standards, then warnings, then responses.

    What is for a hazard that has not joined the incident is left out, unless a link lifts it or
    people put it in force or issued it; so is the response of a plan that has no levels.
    """
    order = {"standard": 0, "warning": 1, "level": 2}
    units = [unit for unit in situation.rules.units if _is_concerned(situation, unit)]
    units.sort(key=lambda unit: order[unit.purpose])
    return tuple(Decision(situation, history, unit) for unit in units)


def _is_concerned(situation: Situation, unit: Unit) -> bool:
    if unit.purpose == "level" and not _has_levels(situation, unit):
        return bool(situation.in_force(unit))
    # only links lift what can never apply by its hazards
    if unit.applies == NEVER or shadows(unit.applies, situation.value_of)[0]:
        return True
    position = situation.index[unit.id]
    level = situation.outcomes[position][0]
    return bool(level or situation.in_force(unit) or position in situation.issued)


def _has_levels(situation: Situation, unit: Unit) -> bool:
    """Whether any level is declared, or a rule of others gives one: a plan may only warn."""
    return bool(unit.over or unit.rules or situation.outline.track(unit).duties)
