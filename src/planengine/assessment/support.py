"""What makes a condition certain: the tests in it that hold, down to what they rest on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from planengine.assessment.ranks import between
from planengine.assessment.situation import Situation
from planengine.domain.ids import UnitKey
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
from planengine.rules.normal import any_of, negation
from planengine.rules.order import decided_reads
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import of_test, shadows, split_shadows
from planengine.rules.worlds import Split, Worlds, worlds_of
from planengine.values.sets import ValueSet, number

ValueOf: TypeAlias = Callable[[Cell], ValueSet]

Round: TypeAlias = Mapping[UnitKey, int]
"""The certain rank, so far, of each unit of a ring."""


def support(condition: Condition, value_of: ValueOf) -> tuple[Test, ...] | None:
    """The tests that make a condition certain, in the author's order; None if it is not.

    Where its parts are not certain one by one, but it is in every world, those of its worlds.
    """
    found = _support(condition, value_of)
    if found is None and shadows(condition, value_of)[0]:
        return _in_worlds(worlds_of(condition), value_of)
    return found


def _in_worlds(split: Split, value_of: ValueOf) -> tuple[Test, ...]:
    """The tests that make a split condition certain: guards that may hold, and their bodies.

    The value lies in one of the guards, and meets the bodies of all of them: so of these the
    tightest bounds decide.
    """
    match split:
        case Worlds():
            open_ = [one for one in split.branches if split_shadows(one[0], value_of)[1]]
            guards = [test for guard, _ in open_ for test in _in_worlds(guard, value_of)]
            bodies = [test for _, body in open_ for test in _in_worlds(body, value_of)]
            return tuple(dict.fromkeys((*_together(guards), *_tightest(bodies))))
        case All() | Any() | AtLeast():
            parts = [part for part in split.of if split_shadows(part, value_of)[0]]
            return tuple(test for part in parts for test in _in_worlds(part, value_of))
        case Test():
            return (split,)
        case _:
            return ()


def _together(tests: Iterable[Test]) -> Iterator[Test]:
    """Tests of one cell as one: what its value may be, in any of the worlds."""
    found: dict[Cell, Condition] = {}
    for test in tests:
        before = found.get(test.cell)
        found[test.cell] = test if before is None else any_of((before, test))
    return (test for test in found.values() if isinstance(test, Test))


def _tightest(tests: Sequence[Test]) -> Iterator[Test]:
    """Those that do not follow from another test of their cell."""
    for test in tests:
        others = (one for one in tests if one.cell == test.cell and one.accepts != test.accepts)
        if not any(of_test(one.accepts, test.accepts)[0] for one in others):
            yield test


def _support(condition: Condition, value_of: ValueOf) -> tuple[Test, ...] | None:
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
    if not any(shadows(guard, value_of)[0] for guard, _ in case.branches) and any(
        shadows(guard, value_of)[1] for guard, _ in case.branches
    ):
        return _in_worlds(worlds_of(case), value_of)  # several branches, all of which hold
    guards: list[Test] = []
    bodies: list[Test] = []
    for guard, body in case.branches:
        chosen = support(guard, value_of)
        excluded = support(negation(guard), value_of) if chosen is None else None
        if excluded is not None:  # why the case goes on to what follows
            guards += excluded
            continue
        guards += chosen or ()
        bodies += support(body, value_of) or ()
        if chosen is not None:
            break
    else:
        bodies += support(case.otherwise, value_of) or ()
    return (*guards, *_tightest(bodies))


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
    if not rounds or cell.unit not in rounds[0]:
        return ()

    def holds(ranks: Round) -> bool:
        return of_test(_value_in(situation, ranks)(cell), accepts)[0]

    place = bisect_left(rounds, True, lo=1, key=holds)  # ranks only rise
    if place == len(rounds):
        return ()
    condition = situation.outline.unit(cell.unit).at_least[rounds[place][cell.unit] - 1]
    return support(condition, _value_in(situation, rounds[place - 1])) or ()


def rounds_of(situation: Situation, unit: Unit) -> tuple[Round, ...]:
    """How the certain ranks of a unit's ring rise from none; () for a unit outside any ring.

    These are the steps to the least fixpoint: each round is decided by the one before it.
    """
    if unit.id not in situation.outline.circular:
        return ()
    place = situation.index[unit.id]
    members = next(group for group in situation.rules.components if place in group)
    found = situation.rings.get(members)
    if found is None:
        found = situation.rings[members] = _rounds(situation, members)
    return found


def _rounds(situation: Situation, members: tuple[int, ...]) -> tuple[Round, ...]:
    ring = [situation.rules.units[member] for member in members]
    reads = {one.id: decided_reads(one) for one in ring}
    rounds: list[Round] = [{one.id: 0 for one in ring}]
    rose: set[UnitKey] = set(reads)
    while True:
        last = rounds[-1]
        value_of = _value_in(situation, last)
        following = {
            one.id: last[one.id]
            if len(rounds) > 1 and rose.isdisjoint(reads[one.id])
            else _risen(situation, one, last[one.id], value_of)
            for one in ring
        }
        if following == last:
            return tuple(rounds)
        rose = {name for name, rank in following.items() if rank > last[name]}
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
