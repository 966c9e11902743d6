"""Which authors' leaves a compiled condition stands for, and which leaves nothing stands for.

Normalising merges tests and drops what decides nothing; each test that is left knows by its
origins whose leaves it answers for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.domain.entities import Entities
from planengine.domain.ids import NO_RULE, RuleId
from planengine.domain.written import Written
from planengine.rules.conditions import Condition, LastingCell
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import tests_of


def leaves_of(condition: Condition) -> tuple[RuleId, ...]:
    """What the tests of a condition stand for, each once; inside `lasting` too.

    These are condition leaves, but for what a link or a document asks by itself: those are the
    ids of the link and the document.
    """
    return tuple(dict.fromkeys(_leaves(condition)))


def leaves_at(unit: Unit, rank: int) -> tuple[RuleId, ...]:
    """What decides whether a unit is at a rank (1 is the mildest) or worse."""
    return leaves_of(unit.at_least[rank - 1])


def leaves_in(rules: RuleSet) -> frozenset[RuleId]:
    """Everything that some condition of a rule set stands for."""
    return frozenset(leaf for condition in _conditions(rules) for leaf in _leaves(condition))


def constant_leaves(entities: Entities, rules: RuleSet) -> tuple[Written, ...]:
    """The leaves of what is in force that nothing stands for, in the authors' order.

    They decide nothing in this stretch of time: the registry answers them, they name what is
    nowhere, or another leaf beside them says it already.
    """
    standing = leaves_in(rules)
    in_force = {(unit.document, unit.edition) for unit in rules.units if not unit.over}
    return tuple(
        one
        for one in entities.written.values()
        if one.kind == "leaf" and (one.document, one.edition) in in_force and one.id not in standing
    )


def _leaves(condition: Condition) -> Iterator[RuleId]:
    for test in tests_of(condition):
        yield from (origin.id for origin in test.origins if origin.id != NO_RULE)
        if isinstance(test.cell, LastingCell):
            yield from _leaves(test.cell.body)


def _conditions(rules: RuleSet) -> Iterable[Condition]:
    for unit in rules.units:
        yield from (rule.condition for rule in unit.rules)
        yield from (*unit.at_least, *unit.obliged_at_least, unit.applies)
        yield from (one for one in (unit.lower, unit.end) if one is not None)
    yield from rules.conditions.values()
    yield from (cascade.condition for cascade in rules.cascades)
