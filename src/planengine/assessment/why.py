"""Reasons: the rules that give a level, and the tests in them that held."""

from __future__ import annotations

from msgspec.structs import replace

from planengine.assessment.results import Held, Reason
from planengine.assessment.situation import Situation
from planengine.assessment.support import rounds_of, support, with_grounds
from planengine.domain.statements import Invocation
from planengine.evidence.behind import behind
from planengine.rules.conditions import NEVER, ActCell, Cell, Condition, LastingCell, Test
from planengine.rules.leaves import leaves_of
from planengine.rules.ruleset import Unit
from planengine.rules.walk import cells_of
from planengine.values.sets import TRUE


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
    rounds = rounds_of(situation, unit)
    gates = _asked_by_all(unit)
    found: list[Reason] = []
    for rule in unit.rules:
        held = support(rule.condition, situation.value_of) if rule.rank == rank else None
        if held is not None:
            found.append(
                Reason(
                    rule.kind,
                    level.id,
                    rule.text,
                    rule.span,
                    rule.basis,
                    _telling(_told(situation, with_grounds(situation, held, rounds)), gates),
                    rule.verb,
                    (rule.rule_id,),
                )
            )
    if found:
        return tuple(found)
    joined = unit.at_least[rank - 1]
    held = support(joined, situation.value_of) or ()
    told = _telling(_told(situation, with_grounds(situation, held, rounds)), gates)
    told = tuple(replace(one, written=()) for one in told)
    cells = {test.cell for test in with_grounds(situation, held)}
    concerned = [
        rule
        for rule in unit.rules
        if rule.rank >= rank and cells.intersection(cells_of(rule.condition))
    ]
    own = [rule for rule in concerned if rule.rank == rank] or concerned
    if not own:  # together they leave nothing out, whatever is so
        own = [one for one in unit.rules if one.rank == rank and one.condition != NEVER]
    basis = tuple(dict.fromkeys(item for rule in own for item in rule.basis))
    text = "; ".join(dict.fromkeys(rule.text for rule in own))
    rules = tuple(dict.fromkeys(rule.rule_id for rule in own))
    return (Reason("joined", level.id, text, own[0].span, basis, told, rules=rules),)


def _asked_by_all(unit: Unit) -> frozenset[Cell]:
    """What every rule of a decision asks, as that it has happened at all."""
    conditions = [one.condition for one in unit.rules if one.kind != "link"]
    asked = [frozenset(cells_of(one)) for one in conditions if one != NEVER]
    return frozenset.intersection(*asked) if len(asked) > 1 else frozenset()


def _telling(held: tuple[Held, ...], gates: frozenset[Cell]) -> tuple[Held, ...]:
    """What tells this level from another first, then the yes that every level asks."""
    return tuple(sorted(held, key=lambda one: one.cell in gates and one.accepts == TRUE))


def held_of(situation: Situation, condition: Condition) -> tuple[Held, ...]:
    """What makes a certain condition so; () where it is not certain."""
    held = support(condition, situation.value_of) or ()
    return _told(situation, with_grounds(situation, held))


def _told(situation: Situation, tests: tuple[Test, ...]) -> tuple[Held, ...]:
    return tuple(held_test(situation, test) for test in tests)


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
        forecast_until=known.reach,
        leaves=leaves_of(test),
    )


def _acts(situation: Situation, cell: Cell) -> tuple[Invocation, ...]:
    if not isinstance(cell, ActCell):
        return ()
    return situation.evidence.invoked(cell.clause, cell.place)
