"""Of what conditions ask a fact: of an area, or of each object."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.terms import (
    AllOf,
    AnyOf,
    At,
    AtLeastOf,
    AttributeBound,
    CaseOf,
    ChangeTerm,
    CountTerm,
    FactTerm,
    LastingTerm,
    NotOf,
    Term,
)
from planengine.domain.vocabulary import operands_of


class Asked(Struct, frozen=True):
    """The facts of object kinds that conditions ask of areas, and those they ask of objects."""

    of_areas: frozenset[str]
    of_objects: frozenset[str]


def asked(entities: Entities) -> Asked:
    """What the conditions of a library, in whatever edition, ask; operands are asked with it."""
    found: dict[bool, set[str]] = {True: set(), False: set()}
    documents: list[Standard | Plan] = []
    for editions in (entities.standards, entities.plans):
        documents += (ruled for every in editions.values() for ruled in every)
    for ruled in documents:
        for per, term in conditions_of(ruled):
            for fact, whose in _facts(term, per, entities):
                found[whose].update((fact, *operands_of(entities.facts[fact], entities.facts)))
    return Asked(frozenset(found[False]), frozenset(found[True]))


def conditions_of(ruled: Standard | Plan) -> Iterator[tuple[str | None, Term]]:
    """Every condition of a document, with what it is decided once for each of."""
    shared = ruled.per if isinstance(ruled, Standard) else None
    pers: dict[str | None, str | None] = {}
    for track in (*ruled.tracks, *ruled.warnings):
        per = pers[track.id] = track.per or shared
        yield from ((per, rule.when) for rule in track.rules)
        mapping = track.mapping.source if track.mapping is not None else None
        for term in (track.provided, mapping, track.raise_when, track.lower, track.end):
            if term is not None:
                yield per, term
    every = next(iter(pers.values())) if len(set(pers.values())) == 1 else None
    for report in ruled.reports:
        yield from _written(pers.get(report.track, every), report.on, report.when)
    if isinstance(ruled, Plan):
        for action in ruled.actions:
            yield from _written(pers.get(action.track, every), action.on, action.when)
        for release in ruled.information:
            yield from _written(pers.get(release.track, every), release.when)
        yield from _written(every, ruled.applies_when, *(one.when for one in ruled.exclusions))
        yield from _written(None, *(link.when for link in ruled.links))


def _written(per: str | None, *terms: Term | None) -> Iterator[tuple[str | None, Term]]:
    return ((per, term) for term in terms if term is not None)


def _facts(term: Term, per: str | None, entities: Entities) -> Iterator[tuple[str, bool]]:
    """The facts of object kinds in a condition, and whether each is asked of an object."""
    match term:
        case FactTerm() | ChangeTerm():
            subject = entities.facts[term.fact].subject
            if subject not in entities.object_kinds:
                return
            named = isinstance(term.place, At) and term.place.place in entities.objects
            margin = isinstance(term, FactTerm) and isinstance(term.bound, AttributeBound)
            yield term.fact, named or margin or subject == per
        case AllOf() | AnyOf() | AtLeastOf():
            for part in term.of:
                yield from _facts(part, per, entities)
        case NotOf():
            yield from _facts(term.of, per, entities)
        case CountTerm():
            yield from _facts(term.where, term.over, entities)
        case LastingTerm():
            yield from _facts(term.where, per, entities)
        case CaseOf():
            for guard, body in term.branches:
                yield from _facts(guard, per, entities)
                yield from _facts(body, per, entities)
            yield from _facts(term.otherwise, per, entities)
