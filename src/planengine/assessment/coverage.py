"""Which documents judged each hazard of an incident, and which hazard none in force is for."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.results import Coverage, Judge
from planengine.assessment.situation import Situation
from planengine.domain.documents import Plan, Standard
from planengine.domain.hazards import with_above
from planengine.domain.ids import plan_key
from planengine.rules.shadows import shadows


def coverage(situation: Situation) -> tuple[Coverage, ...]:
    """For each hazard of the incident, and each that has joined it, who judged it (SEMANTICS 31).

    A document is for a hazard that it names, or names one above of. What is for a hazard at the
    top of the tree does not cover one below it where the library has documents for others below:
    a plan of relief in every natural disaster judges no gale.
    """
    return tuple(coverage_of(situation, hazard) for hazard in hazards_of(situation))


def hazards_of(situation: Situation) -> tuple[str, ...]:
    """The hazards of the incident, then those that have certainly joined it."""
    joined = [
        cascade.hazard
        for cascade in situation.rules.cascades
        if shadows(cascade.condition, situation.value_of)[0]
    ]
    own = sorted(situation.evidence.incident.hazards)
    above = {up for hazard in own for up in with_above(hazard, situation.entities.hazards)}
    return tuple(dict.fromkeys((*own, *(one for one in joined if one not in above))))


def coverage_of(situation: Situation, hazard: str) -> Coverage:
    """Who judges a hazard that the incident has, or that may join it."""
    declared = situation.entities.hazards
    above = with_above(hazard, declared)
    top = above[-1]
    if top != hazard and _is_divided(situation, top):
        above = above[:-1]
    judges: list[Judge] = []
    covered = False
    for document in _documents(situation):
        named = situation.rules.documents.get(_key(document), frozenset())
        if named.isdisjoint(with_above(hazard, declared)):
            continue
        own = not named.isdisjoint(above)
        covered = covered or own
        judges.append(Judge(_key(document), document.label, document.edition.number, own))
    return Coverage(hazard, covered, tuple(judges))


def _is_divided(situation: Situation, top: str) -> bool:
    """Whether any edition of any document names a hazard below this one."""
    entities = situation.entities
    documents = [one for editions in entities.standards.values() for one in editions]
    named = {hazard for one in documents for hazard in one.hazards}
    named.update(
        hazard
        for editions in entities.plans.values()
        for plan in editions
        for hazard in plan.hazards
    )
    return any(top in with_above(one, entities.hazards) for one in named if one != top)


def _documents(situation: Situation) -> Iterator[Plan | Standard]:
    """The documents that decide something here, each once."""
    seen: set[str] = set()
    for unit in situation.rules.units:
        if unit.document not in seen:
            seen.add(unit.document)
            yield situation.outline.document(unit)


def _key(document: Plan | Standard) -> str:
    return (
        document.id
        if isinstance(document, Standard)
        else plan_key(document.jurisdiction, document.id)
    )
