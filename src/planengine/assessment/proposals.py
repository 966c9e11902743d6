"""What people are advised to do with a response: start, raise, keep, lower or end it."""

from __future__ import annotations

from planengine.assessment.outline import Outline
from planengine.assessment.results import Proposal
from planengine.assessment.situation import Situation
from planengine.rules.conditions import Condition
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows


def proposal(situation: Situation, unit: Unit) -> Proposal:
    """The proposal for a unit (SEMANTICS 26); `none` for standards and warnings.

    A started response is kept until `lower` or `end` holds; `end` goes before `lower`, and that
    before `raise`. What is in force at the mildest level that there is is ended, not lowered. Rules
    that have held ever since people eased give nothing.
    """
    if unit.purpose != "level":
        return "none"
    in_force = situation.in_force(unit)
    if in_force and _certain(situation, unit.end):
        return "end"
    if in_force > mildest(situation.outline, unit) and _certain(situation, unit.lower):
        return "lower"
    if situation.recommended(unit) > in_force:
        return "raise" if in_force else "start"
    return "keep" if in_force else "none"


def mildest(outline: Outline, unit: Unit) -> int:
    """The rank of the mildest level that a document has, its declared gaps left out."""
    gaps = outline.track(unit).gaps
    return min(rank for rank in range(1, len(gaps) + 2) if rank not in gaps)


def _certain(situation: Situation, condition: Condition | None) -> bool:
    return condition is not None and shadows(condition, situation.value_of)[0]
