"""Reasons: the rules that give a level, and the tests in them that held."""

from __future__ import annotations

from msgspec.structs import replace

from planengine.assessment.results import Held, Reason
from planengine.assessment.situation import Situation
from planengine.evidence.behind import behind
from planengine.library.statements import Invocation
from planengine.rules.conditions import (
    NEVER,
    ActCell,
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
from planengine.rules.walk import cells_of
from planengine.values.sets import NumberSet, ValueSet, number


def reasons(situation: Situation, unit: Unit) -> tuple[Reason, ...]:
    """Why a unit has its certain level; () where it has none.

    The rules of that very rank that are certain by themselves; where the fact straddles
    bands, so that no rule alone is certain, the joined condition "this rank or worse".
    """
    rank = situation.outcome(unit.id)[0]
    if rank == 0:
        return ()
    level = unit.scale.by_rank(rank)
    assert level is not None
    found: list[Reason] = []
    for rule in unit.rules:
        held = _support(situation, rule.condition) if rule.rank == rank else None
        if held is not None:
            found.append(
                Reason(
                    rule.kind,
                    level.id,
                    rule.text,
                    rule.span,
                    rule.basis,
                    _told(situation, held),
                    rule.verb,
                )
            )
    if found:
        return tuple(found)
    joined = unit.at_least[rank - 1]
    told = tuple(replace(one, written=()) for one in held_of(situation, joined))
    cells = {one.cell for one in told}
    concerned = [
        rule
        for rule in unit.rules
        if rule.rank >= rank and cells.intersection(cells_of(rule.condition))
    ]
    if not concerned:  # together they leave nothing out, whatever is so
        concerned = [r for r in unit.rules if r.rank >= rank and r.condition != NEVER]
    own = [rule for rule in concerned if rule.rank == rank] or concerned
    basis = tuple(dict.fromkeys(item for rule in own for item in rule.basis))
    text = "; ".join(dict.fromkeys(rule.text for rule in own))
    return (Reason("joined", level.id, text, own[0].span if own else None, basis, told),)


def held_of(situation: Situation, condition: Condition) -> tuple[Held, ...]:
    """What makes a certain condition so; () where it is not certain."""
    return _told(situation, _support(situation, condition) or ())


def _told(situation: Situation, tests: tuple[Test, ...]) -> tuple[Held, ...]:
    return tuple(held_test(situation, test) for test in dict.fromkeys(tests))


def held_test(situation: Situation, test: Test) -> Held:
    """A test with what is known of its cell."""
    known = situation.known(test.cell)
    if isinstance(test.cell, LastingCell):
        known = behind(situation.evidence, test.cell)
    return Held(
        cell=test.cell,
        value=known.value,
        accepts=test.accepts,
        written=tuple(dict.fromkeys(origin.text for origin in test.origins)),
        statements=known.statements or _acts(situation, test.cell),
        assumed=known.assumed,
        estimated=known.estimated,
    )


def _acts(situation: Situation, cell: Cell) -> tuple[Invocation, ...]:
    if not isinstance(cell, ActCell):
        return ()
    return situation.evidence.invoked(cell.clause, cell.place)


def _support(
    situation: Situation, condition: Condition, within: frozenset[str] = frozenset()
) -> tuple[Test, ...] | None:
    """The tests that make a condition certain, in the author's order; None if it is not.

    `within` are the units whose level is being accounted for, so that a ring of them ends.
    """
    match condition:
        case Test(cell=cell, accepts=accepts):
            if not of_test(situation.value_of(cell), accepts)[0]:
                return None
            if isinstance(cell, LastingCell):
                return (condition, *(_support(situation, cell.body, within) or ()))
            if isinstance(cell, LevelCell) and cell.unit not in within:
                return (condition, *_no_worse(situation, cell, accepts, within))
            return (condition,)
        case All():
            return _enough(situation, condition.of, len(condition.of), within)
        case Any():
            return _enough(situation, condition.of, 1, within)
        case AtLeast():
            return _enough(situation, condition.of, condition.count, within)
        case Case():
            return _case_support(situation, condition, within)
        case _:
            return () if shadows(condition, situation.value_of)[0] else None


def _no_worse(
    situation: Situation, cell: LevelCell, accepts: ValueSet, within: frozenset[str]
) -> tuple[Test, ...]:
    """Why a level that must not be worse is not: what keeps the next worse rank out.

    That it is at least so bad is told by the reasons of the decision itself.
    """
    unit = situation.outline.unit(cell.unit)
    ladder = unit.obliged_at_least if cell.read == "obliged" else unit.at_least
    value = situation.value_of(cell)
    assert isinstance(value, NumberSet)
    ranks = range(int(value.high) + 1, len(ladder) + 1)
    worse = next((rank for rank in ranks if not of_test(number(rank), accepts)[0]), None)
    if worse is None:
        return ()
    return _support(situation, negation(ladder[worse - 1]), within | {cell.unit}) or ()


def _enough(
    situation: Situation, parts: tuple[Condition, ...], count: int, within: frozenset[str]
) -> tuple[Test, ...] | None:
    supports = [
        found for part in parts if (found := _support(situation, part, within)) is not None
    ]
    if len(supports) < count:
        return None
    return tuple(test for found in supports for test in found)


def _case_support(
    situation: Situation, case: Case, within: frozenset[str]
) -> tuple[Test, ...] | None:
    if not shadows(case, situation.value_of)[0]:
        return None
    tests: list[Test] = []
    for guard, body in case.branches:
        chosen = _support(situation, guard, within)
        excluded = _support(situation, negation(guard), within) if chosen is None else None
        if excluded is not None:  # why the case goes on to what follows
            tests += excluded
            continue
        tests += (*(chosen or ()), *(_support(situation, body, within) or ()))
        if chosen is not None:
            return tuple(tests)
    return (*tests, *(_support(situation, case.otherwise, within) or ()))
