"""The plain definition of a decision: shadows of every rank, repeated from "none"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from planengine.rules.conditions import Any, Cell, Condition, LevelCell
from planengine.rules.ruleset import RuleSet
from planengine.rules.shadows import indicated, shadows
from planengine.values.sets import Interval, NumberSet, ValueSet
from tests import oracle
from tests.engines.rulesets import Rule, Written

Decisions = tuple[tuple[int, int, int], ...]


def decide(ruleset: RuleSet, values: Sequence[ValueSet], issued: Mapping[int, int]) -> Decisions:
    """What an engine must answer."""
    given = dict(zip(ruleset.cells, values, strict=True))
    place = {unit.id: index for index, unit in enumerate(ruleset.units)}
    found = [(0, 0, 0)] * len(ruleset.units)

    def value_of(cell: Cell) -> ValueSet:
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return given[cell]
        index = place[cell.unit]
        low, high, obliged = found[index]
        if cell.read != "recommended" and index in issued:
            low = high = obliged = issued[index]
        if cell.read == "obliged":
            low = obliged
        return NumberSet((Interval(low, high),))

    def highest(conditions: Sequence[Condition], shadow: int) -> int:
        ranks = [
            rank
            for rank, condition in enumerate(conditions, 1)
            if shadows(condition, value_of)[shadow]
        ]
        return max(ranks, default=0)

    for members in ruleset.components:
        before: list[tuple[int, int, int]] | None = None
        while before != [found[index] for index in members]:
            before = [found[index] for index in members]
            for index in members:
                unit = ruleset.units[index]
                found[index] = (
                    highest(unit.at_least, 0),
                    highest(unit.at_least, 1),
                    highest(unit.obliged_at_least, 0),
                )
        for index in members:
            low, high, obliged = found[index]
            found[index] = (low, high, min(low, obliged))
    return tuple(found)


def indicate(
    ruleset: RuleSet,
    values: Sequence[ValueSet],
    reported: Sequence[ValueSet | None],
    issued: Mapping[int, int],
) -> tuple[int, ...]:
    """What an engine must say is indicated: the least fixpoint, component by component."""
    decided = decide(ruleset, values, issued)
    given = dict(zip(ruleset.cells, values, strict=True))
    told = dict(zip(ruleset.cells, reported, strict=True))
    place = {unit.id: index for index, unit in enumerate(ruleset.units)}
    found = [0] * len(ruleset.units)

    def level(cell: LevelCell, high: int | None) -> NumberSet:
        index = place[cell.unit]
        low, most, obliged = decided[index]
        if cell.read == "obliged":
            low = obliged
        if cell.read != "recommended" and index in issued:
            return NumberSet((Interval(issued[index], issued[index]),))
        return NumberSet((Interval(low, most if high is None else max(low, high)),))

    def value_of(cell: Cell) -> ValueSet:
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return given[cell]
        return level(cell, None)

    def reported_of(cell: Cell) -> ValueSet | None:
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return told[cell]
        return level(cell, found[place[cell.unit]])

    for members in ruleset.components:
        before = None
        while before != [found[index] for index in members]:
            before = [found[index] for index in members]
            for index in members:
                level_, could_reach, _ = decided[index]
                ranks = [
                    rank
                    for rank, condition in enumerate(ruleset.units[index].at_least, 1)
                    if indicated(condition, value_of, reported_of)
                ]
                found[index] = min(could_reach, max(level_, 0, *ranks))
    return tuple(found)


def two_valued(
    written: Written, world: Mapping[Cell, oracle.Point], issued: Mapping[int, int]
) -> list[int]:
    """The ranks in one world, from the rules as they were written."""
    ruleset = written.ruleset
    place = {unit.id: index for index, unit in enumerate(ruleset.units)}
    ranks = [0] * len(ruleset.units)

    def point_of(cell: Cell) -> oracle.Point:
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return world[cell]
        index = place[cell.unit]
        return issued.get(index, ranks[index]) if cell.read == "computed" else ranks[index]

    for members in ruleset.components:
        changed = True
        while changed:
            changed = False
            for index in members:
                new = max(
                    (
                        rule.rank
                        for rule in written.rules[index]
                        if oracle.holds(rule.condition, point_of)
                    ),
                    default=0,
                )
                changed |= new != ranks[index]
                ranks[index] = new
    return ranks


def worlds(
    written: Written, values: Mapping[Cell, ValueSet]
) -> Iterator[Mapping[Cell, oracle.Point]]:
    """Every world that fits the values, up to what the rules can tell apart."""
    conditions = [Any(tuple(rule.condition for rule in rules)) for rules in written.rules]
    for world in oracle.worlds(conditions, values):
        yield {
            cell: Fraction(point) if isinstance(point, float) else point
            for cell, point in world.items()
        }


__all__ = ["Decisions", "Rule", "decide", "indicate", "two_valued", "worlds"]
