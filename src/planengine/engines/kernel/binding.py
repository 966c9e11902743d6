"""Which units oblige as far as their level goes, so that one rank will do for both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from planengine.domain.ids import UnitKey
from planengine.engines.contract import Layout
from planengine.rules.conditions import All, Any, AtLeast, Case, Condition, LevelCell, Test
from planengine.rules.ruleset import RuleSet, Unit


def fully_binding(ruleset: RuleSet, layout: Layout) -> Sequence[bool]:
    """Of each unit, whether on points its obliged level always is its level."""
    found = [False] * len(ruleset.units)
    for members in ruleset.components:
        cyclic = layout.cyclic[layout.component[members[0]]]
        for index in members:
            unit = ruleset.units[index]
            found[index] = not cyclic and _same_on_points(unit, layout, found)
    return found


def _same_on_points(unit: Unit, layout: Layout, bound: Sequence[bool]) -> bool:
    if unit.obliged_at_least == unit.at_least:
        return True
    return [_own_levels(item, layout.units, bound) for item in unit.obliged_at_least] == [
        _own_levels(item, layout.units, bound) for item in unit.at_least
    ]


def _own_levels(
    condition: Condition, units: Mapping[UnitKey, int], bound: Sequence[bool]
) -> Condition:
    """The condition with all reads of a level that are one rank on points written alike."""
    match condition:
        case Test(cell=LevelCell() as cell) if cell.read != "active":
            if cell.read == "obliged" and not bound[units[cell.unit]]:
                return condition
            return replace(condition, cell=replace(cell, read="recommended"))
        case All() | Any() | AtLeast():
            return replace(
                condition, of=tuple(_own_levels(part, units, bound) for part in condition.of)
            )
        case Case():
            return Case(
                tuple(
                    (_own_levels(guard, units, bound), _own_levels(body, units, bound))
                    for guard, body in condition.branches
                ),
                _own_levels(condition.otherwise, units, bound),
            )
    return condition
