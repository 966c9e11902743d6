"""Where each response of an incident stands in its life, and what differs from what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from planengine.answers.parts import Command, Declined, Label, Time
from planengine.assessment.assessment import Assessment
from planengine.assessment.command import acting, approver
from planengine.assessment.decisions import Decision
from planengine.assessment.plain.decision import command, refusal
from planengine.assessment.plain.parts import Teller, label
from planengine.assessment.situation import Situation
from planengine.domain.documents import Executor, LevelDuties
from planengine.domain.statements import PutInForce
from planengine.rules.ruleset import Unit
from planengine.sessions.effects import Stage


class May(Struct, frozen=True, kw_only=True):
    """A step that a response can take from where it stands, and whose it is.

    `warn`: a warning of the plan is issued at `level`; `start`, `raise`, `lower`: the response goes
    to `level`; `end`. None: the plan names nobody.
    """

    move: Literal["warn", "start", "raise", "lower", "end"]
    level: str | None
    propose: Executor | None
    approve: Executor | None
    decided_by: str | None


class Standing(Struct, frozen=True, kw_only=True):
    """One response: what the facts recommend, what people put in force, and how long these differ.

    `stage`: `responding` at a level; `adjusted`, at another than it began with; `ended`; before
    that `warning`, where a warning of the plan is issued, `verified` or `reported` as the incident
    is. `differ_since` is since when recommendation and force have differed by what was known at
    each moment; None where they agree. `proposal` is what people are advised to do, `declined`
    what they declined of it, `by` and `reason` those of what is in force, `may` every step that
    can be taken and who may take it.
    """

    decision: str
    label: Label
    stage: Stage
    scale: str
    recommended: str | None
    in_force: str | None
    in_force_since: Time | None
    by: str | None
    reason: str | None
    differ_since: Time | None
    proposal: Literal["start", "raise", "keep", "lower", "end", "none"]
    propose: Executor | None
    approve: Executor | None
    decided_by: str | None
    declined: Declined | None
    command: Command | None
    may: tuple[May, ...]


class Course(Struct, frozen=True, kw_only=True):
    """The life of an incident at one time: its stage, and each response that has one.

    The incident is `verified` once somebody whom the library knows (any body or post) has observed
    or judged a fact of it; until then it is `reported`, or None where nothing was told. Beyond
    that its stage is that of the response that is farthest: responding or adjusted while one is
    in force.
    """

    schema: Literal[1]
    incident: str
    at: Time
    stage: Stage | None
    standings: tuple[Standing, ...]


def course(assessment: Assessment) -> Course:
    """The life of an incident at the time of an assessment."""
    tell = Teller.of(assessment.situation)
    return Course(
        schema=1,
        incident=assessment.incident.id,
        at=tell.time(assessment.at),
        stage=stages(assessment).get(None),
        standings=tuple(_standings(tell, assessment)),
    )


def stages(assessment: Assessment) -> dict[str | None, Stage]:
    """The stage of each response that has one, by its decision; of the incident under None."""
    told = _told(assessment)
    warned = _warned(assessment)
    found: dict[str | None, Stage] = {
        item.id: _stage(item, decided, told, is_warned=(item.plan, item.track) in warned)
        for item, decided in _responses(assessment)
    }
    order: tuple[Stage, ...] = ("adjusted", "responding", "ended", "warning")
    farthest = next((stage for stage in order if stage in found.values()), told)
    return found if farthest is None else {None: farthest, **found}


def _told(assessment: Assessment) -> Stage | None:
    """Whether something was told of the incident, and somebody known has looked."""
    entities = assessment.situation.entities
    journal = assessment.situation.evidence.journal
    known = {*entities.agencies, *entities.posts}
    looked = any(
        one.kind in {"observed", "judged"} and one.stamp.source in known
        for one in journal.statements
    )
    if looked:
        return "verified"
    return "reported" if journal.events else None


def _responses(assessment: Assessment) -> Iterator[tuple[Decision, tuple[PutInForce, ...]]]:
    """Each response that is recommended, warned of or decided on, with what people decided."""
    warned = _warned(assessment)
    for item in assessment.decisions:
        if item.purpose == "level":
            decided = _decided(assessment, item)
            is_warned = (item.plan, item.track) in warned
            if decided or is_warned or _recommended(assessment, item):
                yield item, decided


def _standings(tell: Teller, assessment: Assessment) -> Iterator[Standing]:
    found = stages(assessment)
    for item, decided in _responses(assessment):
        running = decided[-1] if decided and item.in_force else None
        yield Standing(
            decision=item.id,
            label=label(item.label),
            stage=found[item.id],
            scale=item.scale,
            recommended=_recommended(assessment, item),
            in_force=item.in_force,
            in_force_since=tell.moment(item.in_force_since),
            by=None if running is None else running.by,
            reason=None if running is None else running.reason,
            differ_since=tell.moment(_differ_since(assessment, item)),
            proposal=item.proposal,
            propose=item.propose,
            approve=item.approve,
            decided_by=item.decided_by,
            declined=refusal(tell, item.declined),
            command=command(tell, item.command),
            may=tuple(_steps(assessment, item)),
        )


def _steps(assessment: Assessment, item: Decision) -> Iterator[May]:
    """Every step from where a response stands, the mildest first."""
    situation = assessment.situation
    outline = situation.outline
    unit = outline.unit(item.key)
    track = outline.track(unit)
    in_force = situation.in_force(unit)
    if not in_force:
        for warning in assessment.decisions:
            if warning.purpose == "warning" and (warning.plan, warning.track) == (
                item.plan,
                item.track,
            ):
                own = outline.unit(warning.key)
                yield from (_may(situation, own, one, "warn") for one in outline.track(own).duties)
    by_rank = {one.rank: one for one in reversed(track.duties)}
    for rank, duties in sorted(by_rank.items()):
        if rank > in_force:
            yield _may(situation, unit, duties, "raise" if in_force else "start")
    started = by_rank.get(in_force)
    approve = None if started is None else started.approve
    for rank in sorted(by_rank):
        if rank < in_force:
            level = unit.scale.by_rank(rank)
            named = approver(situation, unit, track.lower_approve or approve)
            yield May(
                move="lower",
                level=None if level is None else level.id,
                propose=None,
                approve=named,
                decided_by=None if started is None else started.decided_by,
            )
    if in_force:
        yield May(
            move="end",
            level=None,
            propose=None,
            approve=approver(situation, unit, track.end_approve or approve),
            decided_by=None if started is None else started.decided_by,
        )


def _may(
    situation: Situation, unit: Unit, duties: LevelDuties, move: Literal["warn", "start", "raise"]
) -> May:
    level = unit.scale.by_rank(duties.rank)
    return May(
        move=move,
        level=None if level is None else level.id,
        propose=None if duties.propose is None else acting(situation, duties.propose),
        approve=approver(situation, unit, duties.approve),
        decided_by=duties.decided_by,
    )


def _warned(assessment: Assessment) -> frozenset[tuple[str | None, str | None]]:
    """The plans and tracks of which a warning is issued."""
    return frozenset(
        (one.plan, one.track)
        for one in assessment.decisions
        if one.purpose == "warning" and one.issued is not None
    )


def _decided(assessment: Assessment, item: Decision) -> tuple[PutInForce, ...]:
    """What people decided of a response, the newest last."""
    people = assessment.situation.evidence.people
    return tuple(people.decisions(item.key.document, item.track, item.area))


def _stage(
    item: Decision, decided: tuple[PutInForce, ...], told: Stage | None, *, is_warned: bool
) -> Stage:
    if item.in_force is None:
        if decided:
            return "ended"
        return "warning" if is_warned else told or "reported"
    run: list[int] = []
    for one in decided:
        run = [*run, one.rank] if one.rank else []
    return "adjusted" if len(set(run)) > 1 else "responding"


def _differ_since(assessment: Assessment, item: Decision) -> int | None:
    unit = item.key
    return assessment.situation.history.since(
        lambda then: then.recommended(unit) != then.in_force(unit), known=True
    )


def _recommended(assessment: Assessment, item: Decision) -> str | None:
    """The certain level, without rules that have held ever since people eased it."""
    situation = assessment.situation
    unit = situation.outline.unit(item.key)
    found = unit.scale.by_rank(situation.recommended(unit))
    return found.id if found is not None else None
