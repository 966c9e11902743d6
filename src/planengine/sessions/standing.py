"""Where each response of an incident stands in its life, and what differs from what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.answers.parts import Label, Time
from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.plain.parts import Teller, label
from planengine.domain.documents import Executor
from planengine.domain.statements import PutInForce

Stage: TypeAlias = Literal["reported", "verified", "warning", "responding", "adjusted", "ended"]


class Standing(Struct, frozen=True, kw_only=True):
    """One response: what the facts recommend, what people put in force, and how long these differ.

    `stage`: `responding` at a level; `adjusted`, at another than it began with; `ended`; before
    that `warning`, where a warning of the plan is issued, `verified` or `reported` as the incident
    is. `differ_since` is since when recommendation and force have differed by what was known at
    each moment; None where they agree. `may` is what people are advised to do, and who may.
    """

    decision: str
    label: Label
    stage: Stage
    scale: str
    recommended: str | None
    in_force: str | None
    in_force_since: Time | None
    differ_since: Time | None
    proposal: Literal["start", "raise", "keep", "lower", "end", "none"]
    propose: Executor | None
    approve: Executor | None
    decided_by: str | None


class Course(Struct, frozen=True, kw_only=True):
    """The life of an incident at one time: its stage, and each response that has one.

    The incident is `verified` once somebody whom the library knows has observed or judged a fact
    of it; until then it is `reported`, or None where nothing was told. Beyond that its stage is
    that of the response that is farthest: responding or adjusted while one is in force.
    """

    schema: Literal[1]
    incident: str
    at: Time
    stage: Stage | None
    standings: tuple[Standing, ...]


def course(assessment: Assessment) -> Course:
    """The life of an incident at the time of an assessment."""
    tell = Teller.of(assessment.situation)
    told = _told(assessment)
    found = tuple(_standings(tell, assessment, told))
    stages = {one.stage for one in found}
    order: tuple[Stage, ...] = ("adjusted", "responding", "ended", "warning")
    farthest = next((stage for stage in order if stage in stages), told)
    return Course(
        schema=1,
        incident=assessment.incident.id,
        at=tell.time(assessment.at),
        stage=farthest,
        standings=found,
    )


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


def _standings(tell: Teller, assessment: Assessment, told: Stage | None) -> Iterator[Standing]:
    warned = {(one.plan, one.track) for one in assessment.decisions if _is_warning(one)}
    for item in assessment.decisions:
        if item.purpose != "level":
            continue
        decided = _decided(assessment, item)
        recommended = _recommended(assessment, item)
        if not (recommended or decided):
            continue
        stage = _stage(item, decided, told, is_warned=(item.plan, item.track) in warned)
        yield Standing(
            decision=item.id,
            label=label(item.label),
            stage=stage,
            scale=item.scale,
            recommended=recommended,
            in_force=item.in_force,
            in_force_since=tell.moment(item.in_force_since),
            differ_since=tell.moment(_differ_since(assessment, item)),
            proposal=item.proposal,
            propose=item.propose,
            approve=item.approve,
            decided_by=item.decided_by,
        )


def _is_warning(item: Decision) -> bool:
    return item.purpose == "warning" and item.issued is not None


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
