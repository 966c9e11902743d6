"""How the bodies and posts that duties name are reached, as far as the registry says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from planengine.assessment.results import ActionItem, Actor, ReportItem
from planengine.domain.documents import Executor
from planengine.domain.entities import Entities
from planengine.domain.parts import Label
from planengine.domain.places import Contact


class Reached(Struct, frozen=True):
    """A post or body with its contacts."""

    kind: Literal["post", "agency"]
    id: str
    label: Label
    contacts: tuple[Contact, ...]


def contacts_of(
    entities: Entities, items: Iterable[ActionItem | ReportItem]
) -> tuple[Reached, ...]:
    """Those that the duties name and that have contacts, in the order in which they are named.

    Posts come with every body and alternate that acts, approves or is told.
    """
    named = dict.fromkeys(one for item in items for one in _named(item))
    found: list[Reached] = []
    for kind, name in named:
        known = entities.posts.get(name) if kind == "post" else entities.agencies.get(name)
        if known is not None and known.contacts:
            found.append(Reached(kind, name, known.label, known.contacts))
    return tuple(found)


def _named(item: ActionItem | ReportItem) -> Iterator[tuple[Literal["post", "agency"], str]]:
    doing = item.executors if isinstance(item, ActionItem) else item.senders
    for actor in (*doing, *item.addressees, *item.approve):
        for each in _all_of(actor):
            if each.kind == "post":
                yield "post", each.id
            elif each.kind == "agency":
                yield "agency", each.id
    bodies = item.bodies if isinstance(item, ActionItem) else item.by
    yield from (("agency", body) for body in (*bodies, *item.to))


def _all_of(actor: Actor) -> Iterator[Executor]:
    yield from _with_alternates(actor.executor)
    for other in actor.others:
        yield from _all_of(other)


def _with_alternates(executor: Executor) -> Iterator[Executor]:
    yield executor
    for other in executor.alternates:
        yield from _with_alternates(other)
