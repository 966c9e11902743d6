"""What people are advised to do with a response: start, raise, keep, lower or end it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planengine.assessment.outline import Outline
from planengine.assessment.results import Proposal
from planengine.assessment.situation import Situation
from planengine.domain.statements import Declined
from planengine.rules.conditions import Condition
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows


class Advice(NamedTuple):
    """What people are advised to do, and what they declined that is not proposed because of it."""

    proposal: Proposal
    declined: Declined | None


def advice(situation: Situation, unit: Unit) -> Advice:
    """The proposal for a unit (SEMANTICS 26); `none` for standards and warnings.

    A started response is kept until `lower` or `end` holds; `end` goes before `lower`, and that
    before `raise`. What is in force at the mildest level that there is is ended, not lowered. Rules
    that have held ever since people eased give nothing, nor does what has held ever since they
    declined it.
    """
    if unit.purpose != "level":
        return Advice("none", None)
    in_force = situation.in_force(unit)
    said = situation.evidence.people.declined(unit.document, unit.track, unit.area)
    declined: Declined | None = None
    if in_force and _certain(situation, unit.end):
        declined = _still(situation, said, "end", unit.end)
        if declined is None:
            return Advice("end", None)
    if in_force > mildest(situation.outline, unit) and _certain(situation, unit.lower):
        found = _still(situation, said, "lower", unit.lower)
        if found is None:
            return Advice("lower", None)
        declined = declined or found
    if situation.recommended(unit) > in_force:
        ups = [one for one in said if one.move == "raise" and one.rank > in_force]
        asked = _asked(situation, unit, ups)
        if asked > in_force:
            return Advice("raise" if in_force else "start", None)
        declined = declined or ups[-1]
    return Advice("keep" if in_force else "none", declined)


def mildest(outline: Outline, unit: Unit) -> int:
    """The rank of the mildest level that a document has, its declared gaps left out."""
    gaps = outline.track(unit).gaps
    return min(rank for rank in range(1, len(gaps) + 2) if rank not in gaps)


def _certain(situation: Situation, condition: Condition | None) -> bool:
    return condition is not None and shadows(condition, situation.value_of)[0]


def _still(
    situation: Situation, said: Iterable[Declined], move: str, condition: Condition | None
) -> Declined | None:
    """By what people declined to lower or end it for the reasons that there are still."""
    time_of = situation.evidence.journal.time_of
    newest = max((one for one in said if one.move == move), key=time_of, default=None)
    if newest is None or condition is None:
        return None
    since = situation.history.since(lambda then: then.certain(condition), known=True)
    return newest if since is not None and since <= time_of(newest) else None


def _asked(situation: Situation, unit: Unit, declined: Sequence[Declined]) -> int:
    """The rank that is recommended for reasons which people have not declined."""
    if not declined:
        return situation.recommended(unit)
    time_of = situation.evidence.journal.time_of
    return situation.history.now.asked(unit.id, [(one.rank, time_of(one)) for one in declined])
