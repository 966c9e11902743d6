"""Which facts a rule set reads, and of which places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec.structs import replace

from planengine.domain.entities import Entities
from planengine.rules.conditions import (
    AttributeCell,
    Cell,
    ChangeCell,
    Constant,
    FactCell,
    ForecastCell,
    LastingCell,
)
from planengine.rules.order import conditions_of
from planengine.rules.ruleset import RuleSet
from planengine.rules.walk import cells_of, tests_of


def facts_read(
    rules: RuleSet, cells: Iterable[Cell], entities: Entities
) -> Mapping[str, frozenset[str]]:
    """Each fact that is read, directly or through others, with the places where it is.

    `cells` are those that the engine is given; the conditions of duties are read besides.
    """
    every = [*cells]
    for condition in rules.conditions.values():
        every += (test.cell for test in tests_of(condition))
    found: dict[str, set[str]] = {}
    for fact, place in (each for cell in dict.fromkeys(every) for each in _facts_of(cell)):
        for name in facts_behind(entities, fact):
            found.setdefault(name, set()).add(place)
    return {fact: frozenset(places) for fact, places in found.items()}


def facts_read_at_first(rules: RuleSet, entities: Entities) -> Mapping[str, frozenset[str]]:
    """As `facts_read`, without what is asked only once another hazard has joined."""
    first = [unit for unit in rules.units if isinstance(unit.applies, Constant)]
    later = {unit.document for unit in rules.units} - {unit.document for unit in first}
    kept = {
        key: condition for key, condition in rules.conditions.items() if key.document not in later
    }
    asked = [condition for unit in first for condition in conditions_of(unit)]
    asked += [one.condition for one in rules.cascades if one.document not in later]
    cells = (cell for condition in asked for cell in cells_of(condition))
    return facts_read(replace(rules, conditions=kept), cells, entities)


def facts_expected(rules: RuleSet, entities: Entities) -> frozenset[str]:
    """The facts of which forecasts are read."""
    asked = [condition for unit in rules.units for condition in conditions_of(unit)]
    asked += rules.conditions.values()
    cells = (cell for condition in asked for cell in cells_of(condition))
    named = {cell.fact for cell in cells if isinstance(cell, ForecastCell)}
    return frozenset(fact for name in named for fact in facts_behind(entities, name))


def facts_behind(entities: Entities, fact: str) -> Iterator[str]:
    """A fact, and those that it is derived from or may rise by."""
    waiting, seen = [fact], {fact}
    while waiting:
        name = waiting.pop()
        yield name
        declared = entities.facts.get(name)
        more = (
            [operand for operand, _ in declared.derived.operands]
            if (declared is not None and declared.derived is not None)
            else []
        )
        if declared is not None and declared.may_rise_by is not None:
            more.append(declared.may_rise_by)
        waiting += (one for one in more if one not in seen)
        seen.update(more)


def _facts_of(cell: Cell) -> Iterator[tuple[str, str]]:
    match cell:
        case FactCell() | ForecastCell() | ChangeCell():
            yield cell.fact, cell.place
        case AttributeCell(fact=str() as fact):
            yield fact, cell.place
        case LastingCell():
            for test in tests_of(cell.body):
                yield from _facts_of(test.cell)
