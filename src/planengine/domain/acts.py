"""Every judged, recognised and on-order clause of a library, by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from msgspec import Struct

from planengine.bounded import Bounded
from planengine.diagnostics import Span
from planengine.domain.documents import Basis, Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import Origin
from planengine.domain.parts import Label
from planengine.domain.terms import ActTerm
from planengine.values.sets import NumberSet

T = TypeVar("T")
_WITHOUT_TERMS = frozenset(
    {str, int, bool, type(None), frozenset, Span, Origin, Basis, Label, NumberSet}
)
"""What most of a document consists of: it is not looked into, and found where it is asked for."""


def acts_of(entities: Entities) -> dict[str, ActTerm]:
    """The acts that people can make, in the order of the documents."""
    found: dict[str, ActTerm] = {}
    for document in _documents(entities):
        for act in acts_in(document):
            found.setdefault(act.clause, act)
    return found


def divisions_of_acts(entities: Entities) -> dict[str, frozenset[str | None]]:
    """For each act, what the decisions that ask for it are made once per; None: for an area."""
    found: dict[str, frozenset[str | None]] = {}
    for document in _documents(entities):
        for clause, per in _looked_through(document).divisions.items():
            found[clause] = found.get(clause, frozenset()) | per
    return found


def acts_in(document: Standard | Plan) -> tuple[ActTerm, ...]:
    """The acts in the conditions of one document."""
    return _looked_through(document).acts


class _Acts(Struct, frozen=True):
    """The acts of a document, which stays while they do; and what each is decided once per."""

    document: Standard | Plan
    acts: tuple[ActTerm, ...]
    divisions: Mapping[str, frozenset[str | None]]


_KEPT = Bounded[int, _Acts](1024)


def _looked_through(document: Standard | Plan) -> _Acts:
    """Of a document that stays the same while others are edited it is found once."""
    return _KEPT.get(id(document), lambda: _look_through(document))


def _look_through(document: Standard | Plan) -> _Acts:
    acts = tuple(terms_in(document, ActTerm))
    own = (*document.tracks, *document.warnings)
    found: dict[str, set[str | None]] = {}
    for track in own:
        for act in terms_in(track, ActTerm):
            found.setdefault(act.clause, set()).add(track.per)
    in_tracks = frozenset(found)
    for act in acts:
        if act.clause not in in_tracks:  # of the document as a whole
            found.setdefault(act.clause, set()).update(track.per for track in own)
    divisions = {clause: frozenset(per) for clause, per in found.items()}
    return _Acts(document, acts, divisions)


def _documents(entities: Entities) -> Iterator[Standard | Plan]:
    for standards in entities.standards.values():
        yield from standards
    for plans in entities.plans.values():
        yield from plans


def terms_in(value: object, kind: type[T]) -> Iterator[T]:
    """Everything of a kind within an entity, a term or a collection of them."""
    waiting: list[object] = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kind):
            yield one
        elif type(one) in _WITHOUT_TERMS:
            continue
        elif isinstance(one, tuple | list):
            waiting.extend(reversed(one))
        elif isinstance(one, Struct):
            waiting.extend([getattr(one, name) for name in reversed(one.__struct_fields__)])
        elif isinstance(one, Mapping):
            waiting.extend(reversed([*one.values()]))
