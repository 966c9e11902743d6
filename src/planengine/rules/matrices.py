"""Whether a matrix of ordered categories is monotone as a whole, though its single rows are not.

"Impact medium and likelihood high: amber" alone does not hold for everything worse, but with the
row for high impact it does. So each combination of the categories is compared with the next worse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from math import prod

from planengine.domain.entities import Entities
from planengine.rules.conditions import ALWAYS, NEVER, Condition, FactCell
from planengine.rules.normal import normalise
from planengine.rules.walk import cells_of
from planengine.rules.worlds import assumed
from planengine.values.sets import Choice, ChoiceDomain, ChoiceSet

MOST_COMBINATIONS = 1024


def residues(condition: Condition, entities: Entities) -> tuple[Condition, ...] | None:
    """What each combination of the categories leaves of a condition, each once.

    None where a worse combination may ask for more than a milder one, or there are too many.
    """
    ladders = {
        cell: ladder
        for cell in dict.fromkeys(cells_of(condition))
        if isinstance(cell, FactCell) and (ladder := _ladder(cell, entities)) is not None
    }
    if not ladders or prod(map(len, ladders.values())) > MOST_COMBINATIONS:
        return None
    left = {
        chosen: _left(condition, dict(zip(ladders, chosen, strict=True)))
        for chosen in product(*ladders.values())
    }
    for chosen, milder in left.items():
        for place, ladder in enumerate(ladders.values()):
            rung = ladder.index(chosen[place]) + 1
            if rung < len(ladder):
                worse = left[*chosen[:place], ladder[rung], *chosen[place + 1 :]]
                if milder not in (NEVER, worse) and worse != ALWAYS:
                    return None
    return tuple(dict.fromkeys(left.values()))


def _ladder(cell: FactCell, entities: Entities) -> Sequence[Choice] | None:
    """The values of an ordered category or a flag, the mildest first."""
    fact = entities.facts.get(cell.fact)
    if fact is None or not isinstance(cell.domain, ChoiceDomain) or fact.direction == "none":
        return None
    values = cell.domain.values
    return values if fact.direction == "up" else values[::-1]


def _left(condition: Condition, values: Mapping[FactCell, Choice]) -> Condition:
    for cell, value in values.items():
        condition = assumed(condition, cell, ChoiceSet(frozenset({value})))
    return normalise(condition)
