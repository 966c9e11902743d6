"""Whether a plan concerns the incident at all: what it orders whatever its level hangs on that."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.results import Certainty
from planengine.assessment.situation import Situation
from planengine.rules.ruleset import APPLIES, Unit
from planengine.rules.shadows import shadows


def applies(situation: Situation, units: Iterable[Unit]) -> Certainty | None:
    """How sure it is that a plan applies to one of its decisions; None where it cannot.

    A plan with a level recommended or in force applies; else its hazards must be (or have
    joined) the incident's, its `when` must hold, and none of the cases in its `not`. Without
    any decision it does not apply: only a warning of it is read here.
    """
    found = [_shadows(situation, unit) for unit in units]
    if any(certain for certain, _ in found):
        return "certain"
    return "possible" if any(possible for _, possible in found) else None


def _shadows(situation: Situation, unit: Unit) -> tuple[bool, bool]:
    if situation.response(unit):
        return True, True
    certain, possible = shadows(unit.applies, situation.value_of)
    gate = situation.condition(unit.document, APPLIES, 0, "when", unit.area)
    if gate is not None:
        own = shadows(gate, situation.value_of)
        certain, possible = certain and own[0], possible and own[1]
    return certain, possible


def weaker(one: Certainty | None, other: Certainty | None) -> Certainty | None:
    """How sure it is that both hold; None where one cannot."""
    if one is None or other is None:
        return None
    return "certain" if one == other == "certain" else "possible"
