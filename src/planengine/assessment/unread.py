"""What people stated and no decision of this incident reads, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from msgspec import Struct

from planengine.assessment.results import Unread
from planengine.assessment.situation import Situation
from planengine.library.entities import Entities
from planengine.library.terms import ChangeTerm, FactTerm
from planengine.rules.conditions import (
    AttributeCell,
    Cell,
    ChangeCell,
    FactCell,
    ForecastCell,
    LastingCell,
)
from planengine.rules.walk import tests_of

INCIDENT = "incident"


def unread(situation: Situation) -> tuple[Unread, ...]:
    """The stated facts that nothing reads where they were stated, in the vocabulary's order."""
    read = _read(situation)
    stated = _stated(situation)
    elsewhere: Mapping[str, frozenset[str]] | None = None
    found: list[Unread] = []
    for fact in situation.entities.facts:
        for place in stated.get(fact, ()):
            if _is_read(situation, fact, place, read.get(fact, frozenset())):
                continue
            elsewhere = elsewhere if elsewhere is not None else _readers(situation.entities)
            found.append(_because(situation, fact, place, fact in read, elsewhere))
    return tuple(found)


def _stated(situation: Situation) -> dict[str, dict[str, None]]:
    """The facts stated of this incident, with the places they were stated of."""
    journal = situation.evidence.journal
    found: dict[str, dict[str, None]] = {}
    for statement in journal.statements:
        if statement.incident == journal.incident:
            place = journal.place_of(statement)
            for fact in statement.facts:
                found.setdefault(fact, {}).setdefault(place)
    return found


def _read(situation: Situation) -> dict[str, frozenset[str]]:
    """Each fact that is read, directly or through others, with the places where it is."""
    cells: list[Cell] = [*situation.backend.cells]
    for condition in situation.rules.conditions.values():
        cells += (test.cell for test in tests_of(condition))
    found: dict[str, set[str]] = {}
    for fact, place in (each for cell in dict.fromkeys(cells) for each in _facts_of(cell)):
        for name in _behind(situation.entities, fact):
            found.setdefault(name, set()).add(place)
    return {fact: frozenset(places) for fact, places in found.items()}


def _facts_of(cell: Cell) -> Iterator[tuple[str, str]]:
    match cell:
        case FactCell() | ForecastCell() | ChangeCell():
            yield cell.fact, cell.place
        case AttributeCell(fact=str() as fact):
            yield fact, cell.place
        case LastingCell():
            for test in tests_of(cell.body):
                yield from _facts_of(test.cell)


def _behind(entities: Entities, fact: str) -> Iterator[str]:
    """A fact, and those that it is derived from or may rise by."""
    waiting, seen = [fact], {fact}
    while waiting:
        name = waiting.pop()
        yield name
        declared = entities.facts.get(name)
        more = (
            [operand for operand, _ in declared.derived.operands]
            if (declared is not None and declared.derived is not None)
            else []
        )
        if declared is not None and declared.may_rise_by is not None:
            more.append(declared.may_rise_by)
        waiting += (one for one in more if one not in seen)
        seen.update(more)


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


def _because(
    situation: Situation,
    fact: str,
    place: str,
    is_read: bool,
    elsewhere: Mapping[str, frozenset[str]],
) -> Unread:
    if not is_read:
        hazards = elsewhere.get(fact)
        if hazards is None:
            return Unread(fact, place, "no-rule")
        return Unread(fact, place, "other-hazards", tuple(sorted(hazards)))
    if not _fits(situation, fact, place):
        return Unread(fact, place, "subject")
    return Unread(fact, place, "place" if _in_scope(situation, place) else "scope")


def _readers(entities: Entities) -> dict[str, frozenset[str]]:
    """The hazards of the documents that read each fact, whatever the incident."""
    found: dict[str, set[str]] = {}
    for editions in (*entities.standards.values(), *entities.plans.values()):
        for document in editions:
            for fact in set(_facts_in(document)):
                for name in _behind(entities, fact):
                    found.setdefault(name, set()).update(document.hazards)
    return {fact: frozenset(hazards) for fact, hazards in found.items()}


def _facts_in(part: object) -> Iterator[str]:
    """The facts that the conditions in a part of a document name."""
    if isinstance(part, FactTerm | ChangeTerm):
        yield part.fact
    elif isinstance(part, Struct):
        for name in msgspec.structs.fields(part):
            yield from _facts_in(getattr(part, name.name))
    elif isinstance(part, tuple):
        for item in part:
            yield from _facts_in(item)
