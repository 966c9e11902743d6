"""The facts that a library's rules ask about, and the values at and beside their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.facade import Engine
from planengine.rules.conditions import Condition, FactCell, LastingCell, Test
from planengine.rules.ruleset import RuleSet
from planengine.rules.select import select
from planengine.rules.walk import tests_of
from planengine.scenarios.coverage import times_of_editions
from planengine.values.sets import ChoiceDomain, Number, NumberDomain
from planengine.witnesses.scene import number_text
from planengine.witnesses.steps import ends_of

_MORNING = 8 * 3600


def usual_time(engine: Engine) -> int:
    """A time at which the newest editions of a library are in force."""
    return times_of_editions(engine.library.entities)[0] + _MORNING


def judged_hazards(engine: Engine, at: int) -> tuple[str, ...]:
    """The hazards that something in force is for."""
    return tuple(sorted({one for unit in engine.rules_at(at).units for one in unit.hazards}))


def values_asked(engine: Engine, hazards: Iterable[str], at: int) -> dict[FactCell, list[str]]:
    """What may be said of each fact that rules for some hazards ask about, at its place.

    Of numbers those at the ends of bounds and the nearest on their other side.
    """
    found: dict[FactCell, dict[str, None]] = {}
    for test in _tests(select(engine.rules_at(at), tuple(hazards))):
        cell = test.cell
        if isinstance(cell, FactCell):
            found.setdefault(cell, {}).update(dict.fromkeys(_values(cell, test)))
    return {cell: [*values] for cell, values in found.items() if values}


def _values(cell: FactCell, test: Test) -> Iterator[str]:
    if isinstance(cell.domain, ChoiceDomain):
        for one in cell.domain.values:
            yield str(one).lower() if isinstance(one, bool) else one
        return
    for end in ends_of(test):
        for value in (end.at, end.beside):
            if _may_be(cell.domain, value):
                yield number_text(value)


def _may_be(domain: NumberDomain, value: Number) -> bool:
    return domain.whole.low <= value <= domain.whole.high


def _tests(rules: RuleSet) -> Iterator[Test]:
    for unit in rules.units:
        for condition in (*unit.at_least, unit.lower, unit.end):
            yield from _inside(condition)
    for condition in rules.conditions.values():
        yield from _inside(condition)


def _inside(condition: Condition | None) -> Iterator[Test]:
    if condition is None:
        return
    for test in tests_of(condition):
        yield test
        if isinstance(test.cell, LastingCell):
            yield from _inside(test.cell.body)
