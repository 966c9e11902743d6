"""Alternatives of a level that never decide anything: another one holds whenever they do."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping

from msgspec import Struct

from planengine.checks.alternatives import alternatives, conjuncts, implies, leaf, now
from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.documents import Track
from planengine.domain.entities import Entities
from planengine.domain.ids import Origin
from planengine.domain.terms import ConstantTerm, FactTerm, LevelTerm, Term
from planengine.domain.vocabulary import Scale, Verb
from planengine.values.sets import NumberSet

_MOST = 64  # others of the same test with which an alternative is compared
_STRENGTH = {"must": 2, "should": 1, "may": 0}


class _Way(Struct, frozen=True):
    """One alternative of a rule."""

    rank: int
    strength: int
    term: Term
    origin: Origin
    number: int


def dead_alternatives(checked: Checked) -> Iterator[Diagnostic]:
    """`alternative-dead`: what another alternative of this level, or of a worse one, includes."""
    for plan in checked.plans:
        for track in (*plan.tracks, *plan.warnings):
            yield from _dead(track, checked.entities)


def unused_definitions(checked: Checked) -> Iterator[Diagnostic]:
    """`unused-definition`: a named condition that nothing uses."""
    for document in checked.documents:
        for origin in document.unused:
            yield finding("unused-definition", origin.span, name=origin.text)


def _dead(track: Track, entities: Entities) -> Iterator[Diagnostic]:
    ways = tuple(_ways(track, entities.verbs))
    by_test: dict[Hashable, list[_Way]] = {}
    for way in ways:
        first = next(iter(_tests(way.term)), None)
        if first is not None and len(by_test.setdefault(first, [])) < _MOST:
            by_test[first].append(way)
    scale = entities.scales[track.scale]
    for way in ways:
        near = {id(o): o for key in _tests(way.term) for o in by_test.get(key, ())}
        wider = next((other for other in near.values() if _includes(other, way)), None)
        if wider is not None:
            yield _told(way, wider, scale)


def _told(way: _Way, wider: _Way, scale: Scale) -> Diagnostic:
    level = scale.by_rank(wider.rank)
    place: Span | None = wider.origin.span
    related = ((Text("what includes it", "包含它的条件"), place),) if place is not None else ()
    return finding(
        "alternative-dead",
        way.origin.span,
        related=related,
        text=way.origin.text,
        other=wider.origin.text,
        level=level.id if level is not None else "",
    )


def _ways(track: Track, verbs: Mapping[str, Verb]) -> Iterator[_Way]:
    number = 0
    for rule in track.rules:
        verb = verbs.get(rule.verb)
        strength = _STRENGTH.get(verb.meaning or "must", 2) if verb is not None else 2
        for term in alternatives(rule.when):
            origin = _origin(term)
            if origin is not None:
                number += 1
                yield _Way(rule.rank, strength, term, origin, number)


def _origin(term: Term) -> Origin | None:
    """A condition as it is written, and where its first test is; None of what is constant."""
    parts = tuple(conjuncts(term))
    origins = [part.origin for part in parts if hasattr(part, "origin")]
    if not origins or any(isinstance(part, ConstantTerm) for part in parts):
        return None
    return Origin(" + ".join(dict.fromkeys(one.text for one in origins)), origins[0].span)


def _tests(term: Term) -> Iterator[Hashable]:
    """What the parts of an alternative are of; what holds now of what has lasted with them."""
    parts = tuple(conjuncts(term))
    yield from (leaf(part).key for part in parts)
    yield from (leaf(part).key for part in now(parts))


def _includes(other: _Way, way: _Way) -> bool:
    if other is way or other.rank < way.rank or other.strength < way.strength:
        return False
    if other.rank > way.rank and _is_number(way.term) and _is_number(other.term):
        return False  # bands that stand upside down are told as such
    if not implies(way.term, other.term):
        return False
    return not implies(other.term, way.term) or other.number < way.number or other.rank > way.rank


def _is_number(term: Term) -> bool:
    """Whether a condition is one test of what is in an order."""
    if isinstance(term, LevelTerm):
        return True
    return isinstance(term, FactTerm) and isinstance(term.bound, NumberSet)
