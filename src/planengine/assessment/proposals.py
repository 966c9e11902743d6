"""What people are advised to do with a response: start, raise, keep, lower or end it."""

from __future__ import annotations

from planengine.assessment.results import Proposal
from planengine.assessment.situation import Situation
from planengine.rules.conditions import Condition
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows


def proposal(situation: Situation, unit: Unit) -> Proposal:
    """The proposal for a unit (SEMANTICS 26); `none` for standards and warnings.

    A started response is kept until `lower` or `end` holds. Once people have lowered or
    ended it on such a condition, the level that the facts still give (deaths never fall)
    does not by itself raise it again.
    """
    if unit.purpose != "level":
        return "none"
    level = situation.outcome(unit.id)[0]
    in_force = situation.in_force(unit)
    lower = _certain(situation, unit.lower)
    end = _certain(situation, unit.end)
    eased = situation.evidence.was_eased(unit.document, unit.track, unit.area)
    if level > in_force:
        if eased and (end or (lower and in_force > 0)):
            return "keep" if in_force else "none"
        return "raise" if in_force else "start"
    if in_force == 0:
        return "none"
    if end:
        return "end"
    if lower and level < in_force:
        return "lower"
    return "keep"


def _certain(situation: Situation, condition: Condition | None) -> bool:
    return condition is not None and shadows(condition, situation.value_of)[0]
