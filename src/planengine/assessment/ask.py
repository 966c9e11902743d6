"""What to ask next: the open facts, the most decisive first.

For each open cell one point per region of its tests is tried; what any of them would change
makes the cell worth asking: by the highest level it could make certain, then by the lowest it
could leave possible, then bounded before unobserved, then in the author's order. Open cells that
change nothing alone come last: they may matter together. Nothing is asked for a level that people
have issued, and of a hazard that has not joined only what decides whether it does: nothing for a
grade or warning that is only read beside the incident. The list may hold too much, never too
little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from math import floor, isinf

from planengine.assessment.applicable import applies
from planengine.assessment.coverage import coverage
from planengine.assessment.reach import Reaches, ranks_of
from planengine.assessment.results import Question
from planengine.assessment.situation import Situation
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    ALWAYS,
    ActCell,
    AttributeCell,
    CalendarCell,
    Cell,
    ChangeCell,
    Condition,
    Constant,
    DoneCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    LevelCell,
    OverdueCell,
    Test,
)
from planengine.rules.order import level_reads
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.rules.walk import tests_of
from planengine.values.sets import ChoiceSet, Interval, NumberDomain, NumberSet, ValueSet

_NEVER_ASKED = (ActCell, CalendarCell, DoneCell, HazardCell, LevelCell, OverdueCell)


def questions(situation: Situation) -> tuple[Question, ...]:
    """The facts to ask for, most decisive first; () where every level is certain."""
    undecided = _undecided_units(situation)
    if not undecided:
        return ()
    tests = _tests_by_cell(situation, undecided)
    ranked = [_carried(situation, cell, sets) for cell, sets in tests.items()]
    ranked.sort(key=lambda item: item[0])  # of the same weight in the author's order
    return tuple(question for _, question in ranked)


def _carried(
    situation: Situation, cell: Cell, sets: list[ValueSet]
) -> tuple[tuple[float, ...], Question]:
    """A question, as it was before where nothing that it hangs on is another."""
    reaches = situation.outline.kept(Reaches)
    grounds = [ranks_of(situation, reaches.of(unit)) for unit in reaches.resting_on(cell)]
    return situation.findings.of(
        ("asked", cell),
        (sets, situation.known(cell), grounds),
        lambda: _question(situation, cell, sets),
    )


def _undecided_units(situation: Situation) -> list[Unit]:
    """The units whose two levels differ, and the open ones that those read; none that is issued."""
    units = situation.rules.units
    waiting = [
        unit
        for place, (unit, outcome) in enumerate(zip(units, situation.outcomes, strict=True))
        if outcome[0] != outcome[1] and place not in situation.issued
    ]
    beside = _read_beside(situation, waiting)
    waiting = [unit for unit in waiting if unit.id not in beside]
    seen = {unit.id: unit for unit in waiting}
    while waiting:
        unit = waiting.pop()
        for cell in (test.cell for test in _unit_tests(situation, unit)):
            if not isinstance(cell, LevelCell) or cell.unit in seen:
                continue
            position = situation.index.get(cell.unit)
            if position is None or not _is_open(situation.value_of(cell)):
                continue  # issued or decided: no answer makes it another
            seen[cell.unit] = units[position]
            waiting.append(units[position])
    return [unit for unit in units if unit.id in seen]


def _read_beside(situation: Situation, units: Iterable[Unit]) -> set[UnitKey]:
    """The grades and warnings for other hazards, that only plans for those read.

    After an earthquake the rain signal is told, but what it could be settles nothing there.
    """
    judging = {judge.document for one in coverage(situation) for judge in one.judges}
    found = {
        unit.id
        for unit in units
        if unit.purpose != "level" and unit.applies == ALWAYS and unit.document not in judging
    }
    if found:
        for key, condition in situation.rules.conditions.items():
            if key.document in judging:
                found.difference_update(cell.unit for cell in level_reads(condition))
    return found


def _unit_tests(situation: Situation, unit: Unit) -> Iterator[Test]:
    """What a unit's level hangs on: while its hazard has not joined, whether it joins."""
    conditions: Iterable[Condition] = unit.at_least
    if not isinstance(unit.applies, Constant) and not shadows(unit.applies, situation.value_of)[0]:
        lifts = (rule.condition for rule in unit.rules if rule.kind == "link")
        conditions = (unit.applies, *lifts)
    for condition in conditions:
        yield from tests_of(condition)


def _tests_by_cell(situation: Situation, units: Iterable[Unit]) -> dict[Cell, list[ValueSet]]:
    """The open cells that the units ask about, with the sets they are tested against."""
    found: dict[Cell, list[ValueSet]] = {}
    for unit in units:
        for test in _unit_tests(situation, unit):
            if isinstance(test.cell, _NEVER_ASKED) or not _is_open(situation.value_of(test.cell)):
                continue
            if not applies(situation, test.cell):
                continue
            found.setdefault(test.cell, []).append(test.accepts)
    return found


def _is_open(value: ValueSet) -> bool:
    """Whether more than one thing is possible; n/a alone is an answer."""
    return value.point is None and value not in {NumberSet((), True), ChoiceSet(frozenset(), True)}


def _question(
    situation: Situation, cell: Cell, sets: list[ValueSet]
) -> tuple[tuple[float, ...], Question]:
    known = situation.known(cell)
    base = situation.outcomes
    best: dict[UnitKey, int] = {}
    keys = [(1, 0.0, 1.0)]  # the highest level that it gives, and what that leaves possible
    for point in _points(known.value, sets, cell):
        outcomes = situation.outcomes_with({cell: point})
        if outcomes == base:
            continue
        for place, (before, after) in enumerate(zip(base, outcomes, strict=True)):
            if place in situation.issued or (after[0] <= before[0] and after[1] >= before[1]):
                continue
            unit = situation.rules.units[place]
            best[unit.id] = max(best.get(unit.id, 0), after[0])
            size = len(unit.scale.levels)
            gained = after[0] / size if after[0] > before[0] else 0.0
            keys.append((0, -gained, after[1] / size))
    gives: list[tuple[UnitKey, str | None]] = []
    for unit in situation.rules.units:
        if unit.id in best:
            level = unit.scale.by_rank(best[unit.id])
            gives.append((unit.id, level.id if level else None))
    observed = bool(known.statements)
    question = Question(
        cell=cell,
        value=known.value,
        observed=observed,
        provider=tellers(situation, cell),
        silent=known.silent,
        could_give=tuple((str(unit), level) for unit, level in gives),
        alone=bool(best),
        forecast_until=known.reach,
    )
    return (*min(keys), 0 if observed else 1), question


def _points(value: ValueSet, sets: list[ValueSet], cell: Cell) -> Iterator[ValueSet]:
    """One point of the value in each region that the tests cut its domain into."""
    if isinstance(value, ChoiceSet):
        for member in sorted(value.members, key=str):
            yield ChoiceSet(frozenset({member}))
        return
    ends = sorted(
        {
            end
            for tested in (*sets, value)
            if isinstance(tested, NumberSet)
            for item in tested.intervals
            for end in (item.low, item.high)
            if not isinf(end)
        }
    )
    whole_numbers = isinstance(cell.domain, NumberDomain) and cell.domain.integer
    between: list[Fraction | int] = []
    if ends:
        exact = [Fraction(end) for end in ends]
        between = [exact[0] - 1]
        for low, high in pairwise(exact):
            between += [low, floor(low) + 1 if whole_numbers else (low + high) / 2]
        between += [exact[-1], exact[-1] + 1]
    for number in dict.fromkeys(between):
        whole = int(number) if number.denominator == 1 else number
        point = NumberSet((Interval(whole, whole),))
        if isinstance(cell.domain, NumberDomain):
            point = cell.domain.restrict(point)
        if point and point.issubset(value):
            yield point


def tellers(situation: Situation, cell: Cell) -> tuple[str, ...]:
    """Who can tell what a cell is; of an area above home the body of that area, not of home."""
    if isinstance(cell, LastingCell):
        inner = [test.cell for test in tests_of(cell.body)]
        return tuple(dict.fromkeys(p for c in inner for p in tellers(situation, c)))
    if not isinstance(cell, FactCell | ForecastCell | ChangeCell | AttributeCell):
        return ()
    fact = situation.entities.facts.get(cell.fact) if cell.fact else None
    if fact is None or fact.provider is None:
        return ()
    if fact.provider in situation.entities.agencies:
        return (fact.provider,)
    registry, home = situation.registry, situation.entities.home
    area = registry.area_of(cell.place) or home
    role = situation.entities.roles.get(fact.provider)
    if role is not None and area in registry.ancestors(home):
        own = registry.agencies_of(role.function, registry.tier(area), area)
        if own:
            return own
    scope = situation.evidence.scope
    return registry.agencies_for_role(fact.provider, area, scope) or (fact.provider,)
