"""A library as it is kept: its documents apart, each as it was written when it was linked.

So an edit writes one document anew. Nothing here needs what linking needs.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import RuleId
from planengine.domain.written import Written

R = TypeVar("R", Standard, Plan)


class Part(NamedTuple):
    """One standard or plan under its key, and what is written in it."""

    key: str
    document: Standard | Plan
    written: Mapping[RuleId, Written]


class Shelved(Struct, frozen=True):
    """A library without its documents, and each of these as a pickle of its `Part`.

    Without parts it is a library that is kept as one whole.
    """

    rest: Entities
    parts: tuple[bytes, ...]

    def entities(self) -> Entities:
        """The whole library."""
        if not self.parts:
            return self.rest
        parts = (pickle.loads(one) for one in self.parts)  # noqa: S301 - sealed, see `store.py`
        return with_documents(self.rest, parts)


def shelved(entities: Entities, parts: tuple[bytes, ...]) -> Shelved:
    """A library as it is kept."""
    return Shelved(replace(entities, standards={}, plans={}, written={}), parts)


def with_documents(entities: Entities, parts: Iterable[Part]) -> Entities:
    """A library with standards and plans, the editions of each in the order of their dates."""
    standards: dict[str, list[Standard]] = {}
    plans: dict[str, list[Plan]] = {}
    written: dict[RuleId, Written] = {}
    for part in parts:
        written.update(part.written)
        if isinstance(part.document, Plan):
            plans.setdefault(part.key, []).append(part.document)
        else:
            standards.setdefault(part.key, []).append(part.document)
    return replace(
        entities, standards=_in_order(standards), plans=_in_order(plans), written=written
    )


def _in_order(documents: Mapping[str, list[R]]) -> dict[str, tuple[R, ...]]:
    def beginning(one: R) -> tuple[int, str]:
        return one.edition.period.since or 0, one.edition.number

    return {key: tuple(sorted(editions, key=beginning)) for key, editions in documents.items()}
