"""What old reasons no longer give: after people eased a response, what held all the while.

Deaths never fall: what people saw when they lowered or ended a response does not raise it again,
nor does it bring duties. A reason that becomes certain anew does (SEMANTICS 26).
"""

from __future__ import annotations

from collections.abc import Callable

from planengine.rules.conditions import NEVER, Condition
from planengine.rules.normal import any_of
from planengine.rules.ruleset import Unit


def fresh_rank(
    unit: Unit,
    level: int,
    certain: Callable[[Condition], bool],
    is_old: Callable[[Condition, int], bool],
) -> int:
    """What remains of a unit's certain level without the rules that are old.

    `is_old` tells of a condition for a rank whether it has been certain without a break since
    people eased, or declined that rank.
    """
    held = [rule for rule in unit.rules if rule.rank <= level and certain(rule.condition)]
    old = {place for place, rule in enumerate(held) if is_old(rule.condition, rule.rank)}
    fresh = max((r.rank for place, r in enumerate(held) if place not in old), default=0)
    gone = {id(held[place]) for place in old}
    # Rules may also hold only together, as where a count straddles two bands.
    others = [rule for rule in unit.rules if id(rule) not in gone]
    for rank in range(level, fresh, -1):
        together = any_of(rule.condition for rule in others if rule.rank >= rank)
        if together != NEVER and certain(together) and not is_old(together, rank):
            return rank
    return fresh
