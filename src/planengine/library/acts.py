"""Every judged, recognised and on-order clause of a library, by its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from planengine.library.entities import Entities, Plan, Standard
from planengine.library.terms import ActTerm


def acts_of(entities: Entities) -> dict[str, ActTerm]:
    """The acts that people can make, in the order of the documents."""
    found: dict[str, ActTerm] = {}
    documents: list[Standard | Plan] = [d for ds in entities.standards.values() for d in ds]
    documents += [document for editions in entities.plans.values() for document in editions]
    for document in documents:
        for act in acts_in(document):
            found.setdefault(act.clause, act)
    return found


def acts_in(document: Standard | Plan) -> Iterator[ActTerm]:
    """The acts in the conditions of one document."""
    yield from _walk(document)


def _walk(value: object) -> Iterator[ActTerm]:
    if isinstance(value, ActTerm):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _walk(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _walk(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _walk(getattr(value, one.name))
