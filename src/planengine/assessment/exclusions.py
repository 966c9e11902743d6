"""Plans that do not apply because of their own `not`, and the plans to use instead."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.results import Certainty, Excluded
from planengine.assessment.situation import Situation
from planengine.assessment.why import held_of
from planengine.domain.documents import Plan
from planengine.domain.ids import plan_key
from planengine.rules.ruleset import EXCLUSION, Unit
from planengine.rules.shadows import shadows


def exclusions(situation: Situation) -> tuple[Excluded, ...]:
    """Every exclusion that holds, or may hold, of a plan that would apply or be lifted else."""
    found: list[Excluded] = []
    for key, plan in situation.outline.plans.items():
        units = [
            unit
            for unit in situation.rules.units
            if unit.document == key and unit.purpose != "standard" and _matters(situation, unit)
        ]
        found.extend(_of_plan(situation, key, plan, units))
    return tuple(found)


def _of_plan(situation: Situation, key: str, plan: Plan, units: list[Unit]) -> Iterator[Excluded]:
    for order, exclusion in enumerate(plan.exclusions):
        for area in dict.fromkeys(unit.area for unit in units):
            condition = situation.outline.condition(key, EXCLUSION, order, "when", area)
            if condition is None:
                continue
            certain, possible = shadows(condition, situation.value_of)
            if possible:
                certainty: Certainty = "certain" if certain else "possible"
                instead = _instead(situation, plan, exclusion.instead)
                held = held_of(situation, condition)
                yield Excluded(
                    key, area, instead, certainty, exclusion.text, held, plan.basis, exclusion.span
                )


def _matters(situation: Situation, unit: Unit) -> bool:
    """Whether a unit would count but for the exclusion: by its hazard, or by a link."""
    by_link = any(rule.kind == "link" for rule in unit.rules)
    return by_link or shadows(unit.applies, situation.value_of)[1]


def _instead(situation: Situation, plan: Plan, name: str | None) -> str | None:
    """The plan to use, of the same area or the nearest around it that has one."""
    if name is None:
        return None
    areas = (plan.jurisdiction, *situation.registry.ancestors(plan.jurisdiction))
    keys: list[str] = [plan_key(area, name) for area in areas]
    keys += (key for key, known in situation.entities.plans.items() if known[-1].id == name)
    return next((key for key in keys if key in situation.entities.plans), name)
