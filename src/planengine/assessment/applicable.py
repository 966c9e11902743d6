"""Which facts are of this incident at all: those of hazards that it has, or of any."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.answers import NotAsked
from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation
from planengine.domain.terms import facts_in
from planengine.domain.vocabulary import Fact
from planengine.rules.conditions import AttributeCell, Cell, ChangeCell, FactCell, ForecastCell
from planengine.rules.shadows import shadows


def applies(situation: Situation, cell: Cell) -> bool:
    """Whether what a cell asks is of a hazard that the incident certainly has by now."""
    if not isinstance(cell, FactCell | ForecastCell | ChangeCell | AttributeCell):
        return True
    fact = situation.entities.facts.get(cell.fact or "")
    return fact is None or fact_applies(situation, fact)


def fact_applies(situation: Situation, fact: Fact) -> bool:
    """Whether a fact is of any incident, or of a hazard that this one certainly has by now."""
    joining = situation.rules.joining
    return not fact.hazards or any(
        hazard in joining and shadows(joining[hazard], situation.value_of)[0]
        for hazard in fact.hazards
    )


def not_asked(situation: Situation) -> tuple[NotAsked, ...]:
    """The facts that its documents name and that are not asked, in the vocabulary's order."""
    return tuple(
        NotAsked(fact.id, fact.hazards)
        for fact in situation.outline.kept(_of_some_hazards)
        if not fact_applies(situation, fact)
    )


def _of_some_hazards(outline: Outline) -> tuple[Fact, ...]:
    """The facts of some hazards only that the documents of a rule set name."""
    facts = outline.entities.facts
    named = set(_named(outline))
    return tuple(fact for fact in facts.values() if fact.hazards and fact.id in named)


def _named(outline: Outline) -> Iterator[str]:
    units = {(unit.document, unit.edition): unit for unit in outline.rules.units}
    for unit in units.values():
        yield from facts_in(outline.document(unit))
