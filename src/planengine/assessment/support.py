"""What makes a condition certain: the tests in it that hold, down to what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

from planengine.assessment.situation import Situation, between
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    LastingCell,
    LevelCell,
    Test,
)
from planengine.rules.normal import negation
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import of_test, shadows
from planengine.values.sets import ValueSet, number

ValueOf: TypeAlias = Callable[[Cell], ValueSet]

Round: TypeAlias = Mapping[str, int]
"""The certain rank, so far, of each unit of a ring."""


def support(condition: Condition, value_of: ValueOf) -> tuple[Test, ...] | None:
    """The tests that make a condition certain, in the author's order; None if it is not."""
    match condition:
        case Test(cell=cell, accepts=accepts):
            if not of_test(value_of(cell), accepts)[0]:
                return None
            if isinstance(cell, LastingCell):
                return (condition, *(support(cell.body, value_of) or ()))
            return (condition,)
        case All():
            return _enough(condition.of, len(condition.of), value_of)
        case Any():
            return _enough(condition.of, 1, value_of)
        case AtLeast():
            return _enough(condition.of, condition.count, value_of)
        case Case():
            return _case_support(condition, value_of)
        case _:
            return () if shadows(condition, value_of)[0] else None


def _enough(parts: tuple[Condition, ...], count: int, value_of: ValueOf) -> tuple[Test, ...] | None:
    supports = [found for part in parts if (found := support(part, value_of)) is not None]
    if len(supports) < count:
        return None
    return tuple(test for found in supports for test in found)


def _case_support(case: Case, value_of: ValueOf) -> tuple[Test, ...] | None:
    if not shadows(case, value_of)[0]:
        return None
    tests: list[Test] = []
    for guard, body in case.branches:
        chosen = support(guard, value_of)
        excluded = support(negation(guard), value_of) if chosen is None else None
        if excluded is not None:  # why the case goes on to what follows
            tests += excluded
            continue
        tests += (*(chosen or ()), *(support(body, value_of) or ()))
        if chosen is not None:
            return tuple(tests)
    return (*tests, *(support(case.otherwise, value_of) or ()))


def with_grounds(
    situation: Situation, tests: Iterable[Test], rounds: Sequence[Round] = ()
) -> tuple[Test, ...]:
    """Tests, each once and each followed by those that its truth rests on.

    A level that must not be worse rests on what keeps worse ranks out; that it is at least
    so bad is told by the reasons of its own decision. Within a ring these would lead in a
    circle, so a level of one of its `rounds` rests on what was certain in the round before.
    """
    found: dict[Test, None] = {}
    waiting = [*tests][::-1]
    while waiting:
        test = waiting.pop()
        if test in found:
            continue
        found[test] = None
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active":  # that is stated by people
            grounds = _no_worse(situation, cell, test.accepts)
            waiting += (*grounds, *_rising(situation, cell, test.accepts, rounds))[::-1]
    return tuple(found)


def _no_worse(situation: Situation, cell: LevelCell, accepts: ValueSet) -> tuple[Test, ...]:
    """Why a level that must not be worse is not: what keeps the next worse rank out.

    Only of grades and warnings, which form no rings: of responses nothing may ask this.
    """
    ladder = situation.outline.unit(cell.unit).at_least
    value = situation.level(cell)
    ranks = range(int(value.high) + 1, len(ladder) + 1)
    worse = next((rank for rank in ranks if not of_test(number(rank), accepts)[0]), None)
    if worse is None:
        return ()
    return support(negation(ladder[worse - 1]), situation.value_of) or ()


def _rising(
    situation: Situation, cell: LevelCell, accepts: ValueSet, rounds: Sequence[Round]
) -> tuple[Test, ...]:
    """Why a level within a ring is so bad: what was certain before the round that made it so."""
    for before, ranks in pairwise(rounds):
        if cell.unit in ranks and of_test(_value_in(situation, ranks)(cell), accepts)[0]:
            condition = situation.outline.unit(cell.unit).at_least[ranks[cell.unit] - 1]
            return support(condition, _value_in(situation, before)) or ()
    return ()


def rounds_of(situation: Situation, unit: Unit) -> tuple[Round, ...]:
    """How the certain ranks of a unit's ring rise from none; () for a unit outside any ring.

    These are the steps to the least fixpoint: each round is decided by the one before it.
    """
    if unit.id not in situation.outline.circular:
        return ()
    units, place = situation.rules.units, situation.index[unit.id]
    members = next(group for group in situation.rules.components if place in group)
    ring = [units[member] for member in members]
    rounds: list[Round] = [{one.id: 0 for one in ring}]
    while True:
        last = rounds[-1]
        value_of = _value_in(situation, last)
        following = {one.id: _risen(situation, one, last[one.id], value_of) for one in ring}
        if following == last:
            return tuple(rounds)
        rounds.append(following)


def _risen(situation: Situation, unit: Unit, rank: int, value_of: ValueOf) -> int:
    """The worst rank that is certain, from the one it has so far to the one it ends with."""
    ranks = range(situation.outcome(unit.id)[0], rank, -1)
    return next((r for r in ranks if shadows(unit.at_least[r - 1], value_of)[0]), rank)


def _value_in(situation: Situation, ranks: Round) -> ValueOf:
    """What each cell may be in a round: only the levels of the ring are lower than they end.

    Units of one ring read each other's levels as recommended, or as in force, which is stated.
    """

    def value_of(cell: Cell) -> ValueSet:
        if isinstance(cell, LevelCell) and cell.read == "recommended" and cell.unit in ranks:
            return between(ranks[cell.unit], situation.outcome(cell.unit)[1])
        return situation.value_of(cell)

    return value_of
