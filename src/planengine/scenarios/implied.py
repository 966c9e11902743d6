"""Whether a duty's own conditions already bring its level, so that it never waits for it."""

from __future__ import annotations

from planengine.expectations.duties import DutyItem
from planengine.rules.conditions import (
    ActCell,
    All,
    Any,
    AtLeast,
    Condition,
    HazardCell,
    Test,
)
from planengine.rules.normal import all_of
from planengine.rules.ruleset import PARTS, ConditionKey, RuleSet, Unit
from planengine.rules.shadows import of_test
from planengine.values.sets import FALSE


def brings_its_level(rules: RuleSet, unit: Unit, item: DutyItem) -> bool:
    """Whether a duty's `on` and `when` hold only where its level is reached, as far as one sees.

    Then nothing can show it not owed at a milder level. `unit` is one of its document.
    """
    if not item.ranks:
        return False
    units = [one for one in rules.units if _has(one, unit.document, item.track)]
    conditions = _conditions(rules, unit.document, item)
    return bool(units) and all(
        _implies(conditions, one.at_least[item.ranks[0] - 1]) for one in units
    )


def _has(unit: Unit, document: str, track: str | None) -> bool:
    return (
        unit.document == document and unit.purpose != "warning" and track in {None, unit.id.track}
    )


def _conditions(rules: RuleSet, document: str, item: DutyItem) -> Condition:
    found = (rules.conditions.get(ConditionKey(document, item.name, item.order, p)) for p in PARTS)
    return all_of(one for one in found if one is not None)


def _implies(one: Condition, other: Condition) -> bool:
    """Whether the second surely holds whenever the first does, by their form alone.

    An exclusion of the plan, and the hazards that it is for, are no part of its levels here:
    where the plan does not apply nothing of it is owed.
    """
    if one == other:
        return True
    if isinstance(other, All):
        return all(_is_gate(part) or _implies(one, part) for part in other.of)
    if isinstance(one, Any):
        return all(_implies(part, other) for part in one.of)
    if isinstance(other, Any) and any(_implies(one, part) for part in other.of):
        return True
    if isinstance(one, All):
        return any(_implies(part, other) for part in one.of)
    if isinstance(one, AtLeast):
        return one.count > 0 and all(_implies(part, other) for part in one.of)
    if isinstance(one, Test) and isinstance(other, Test):
        return one.cell == other.cell and of_test(one.accepts, other.accepts)[0]
    return False


def _is_gate(condition: Condition) -> bool:
    if not isinstance(condition, Test):
        return False
    if isinstance(condition.cell, ActCell):
        return of_test(FALSE, condition.accepts)[0]
    return isinstance(condition.cell, HazardCell)
