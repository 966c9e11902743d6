"""What people stated and no decision of this incident reads, each with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from planengine.answers import Unread
from planengine.assessment.applicable import fact_applies
from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation
from planengine.domain.terms import facts_in
from planengine.domain.vocabulary import INCIDENT
from planengine.rules.reads import facts_behind, facts_read


def unread(situation: Situation) -> tuple[Unread, ...]:
    """The stated facts that nothing reads where they were stated, in the vocabulary's order."""
    outline = situation.outline
    read = outline.kept(_read)
    stated = _stated(situation)
    found: list[Unread] = []
    for fact in situation.entities.facts:
        for place in stated.get(fact, ()):
            if _is_read(situation, fact, place, read.get(fact, frozenset())):
                continue
            found.append(_because(situation, fact, place, is_read=fact in read))
    return tuple(found)


def _stated(situation: Situation) -> dict[str, dict[str, None]]:
    """The facts stated of this incident, with the places they were stated of."""
    journal = situation.evidence.journal
    found: dict[str, dict[str, None]] = {}
    for statement in sorted(journal.statements, key=journal.order_of):
        if statement.incident == journal.incident:
            place = journal.place_of(statement)
            for fact in statement.facts:
                found.setdefault(fact, {}).setdefault(place)
    return found


def _read(outline: Outline) -> Mapping[str, frozenset[str]]:
    return facts_read(outline.rules, outline.rules.cells, outline.entities)


def _is_read(situation: Situation, fact: str, place: str, places: frozenset[str]) -> bool:
    """Whether what was stated of a place bears on a place where the fact is read."""
    declared, registry = situation.entities.facts[fact], situation.registry
    if not places or not _fits(situation, fact, place) or not _in_scope(situation, place):
        return False
    if declared.subject == INCIDENT or place in places:
        return True
    area = registry.area_of(place)
    if declared.roll_up == "none" or area is None:
        return False
    return any(
        each in situation.entities.jurisdictions and registry.is_within(area, each)
        for each in places
    )


def _fits(situation: Situation, fact: str, place: str) -> bool:
    """Whether a fact is one of such a place: of areas, or of objects of its kind."""
    subject = situation.entities.facts[fact].subject
    thing = situation.entities.objects.get(place)
    if subject == INCIDENT:
        return True
    return thing is None if subject == "area" else thing is not None and thing.kind == subject


def _in_scope(situation: Situation, place: str) -> bool:
    scope, registry = situation.evidence.incident.scope, situation.registry
    if scope is None or registry.area_of(place) is None:
        return True
    return registry.touches(place, scope)


def _because(situation: Situation, fact: str, place: str, *, is_read: bool) -> Unread:
    if not is_read:
        declared = situation.entities.facts[fact]
        hazards = situation.outline.kept(_readers).get(fact)
        if hazards is not None and not fact_applies(situation, declared):
            return Unread(fact, place, "other-hazards", declared.hazards)
        if hazards is None:
            return Unread(fact, place, "no-rule")
        return Unread(fact, place, "other-hazards", tuple(sorted(hazards)))
    if not _fits(situation, fact, place):
        return Unread(fact, place, "subject")
    return Unread(fact, place, "place" if _in_scope(situation, place) else "scope")


def _readers(outline: Outline) -> Mapping[str, frozenset[str]]:
    """The hazards of the documents that read each fact, whatever the incident."""
    entities = outline.entities
    found: dict[str, set[str]] = {}
    for editions in (*entities.standards.values(), *entities.plans.values()):
        for document in editions:
            for fact in set(facts_in(document)):
                for name in facts_behind(entities, fact):
                    found.setdefault(name, set()).update(document.hazards)
    return {fact: frozenset(hazards) for fact, hazards in found.items()}
