"""What is assumed besides observed facts, and levels that a document does not declare."""

from __future__ import annotations

from planengine.answers import Gap
from planengine.assessment.results import Assumption
from planengine.assessment.situation import Situation
from planengine.evidence.behind import assumed_behind
from planengine.rules.conditions import Cell, LastingCell
from planengine.rules.ruleset import Unit
from planengine.values.sets import ValueSet


def assumptions(situation: Situation) -> tuple[Assumption, ...]:
    """Every by-exception fact that the rules read and nobody has reported.

    What must have lasted may also rest on one for the time before it was reported.
    """
    found: dict[Cell, ValueSet] = {}
    for cell in situation.backend.cells:
        known = situation.known(cell)
        if known.assumed:
            found.setdefault(cell, known.value)
        if isinstance(cell, LastingCell):
            for inner, value in assumed_behind(situation.evidence, cell).items():
                found.setdefault(inner, value)
    return tuple(
        Assumption(cell, value, earlier=not situation.known(cell).assumed)
        for cell, value in found.items()
    )


def declared_gaps(situation: Situation, unit: Unit) -> tuple[Gap, ...]:
    """The levels that the document declares not to have and that the decision may stand below.

    The facts may be as bad as such a level and still give only the next milder one there is,
    or none: the source leaves that case out.
    """
    level, could_reach, _ = situation.outcome(unit.id)
    missing = situation.outline.track(unit).gaps
    found: list[Gap] = []
    for rank in sorted(missing):
        below = max(set(range(rank)) - set(missing))
        named = unit.scale.by_rank(rank)
        if level <= below <= could_reach and named is not None:
            found.append(Gap(named.id, situation.outline.document(unit).basis))
    return tuple(found)
