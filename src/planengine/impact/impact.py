"""What a thing is used for: where it is named, and what follows when it changes or goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from planengine.domain.names import Mention
from planengine.impact.following import Following, Reached
from planengine.impact.owners import Owner, Owners
from planengine.impact.things import Thing, Things

if TYPE_CHECKING:
    from planengine.domain.entities import Entities


class EmptyRole(Struct, frozen=True):
    """A role that would find no body in an area any more."""

    role: str
    area: str


class Use(Struct, frozen=True):
    """A place that names a thing, and the rules or the declaration that it is part of."""

    mention: Mention
    owners: tuple[Owner, ...]
    foreign: bool  # in a file that another library keeps


class Impact(Struct, frozen=True):
    """All that uses a thing: each place once, in the order of reading, then what follows."""

    thing: Thing
    declared: tuple[Mention, ...]
    uses: tuple[Use, ...]
    follows: tuple[Reached, ...]
    empty_roles: tuple[EmptyRole, ...]


def impact_of(
    thing: Thing, entities: Entities, things: Things, owners: Owners, following: Following
) -> Impact:
    """What uses a thing, and what follows from it by the rules that `following` walks."""
    uses = (
        Use(one, owners.of(one), one.span.file in entities.foreign) for one in things.uses(thing)
    )
    return Impact(
        thing,
        tuple(one for one in things.places.get(thing, ()) if one.declares),
        tuple(uses),
        following.of(thing),
        tuple(empty_roles(entities, thing)),
    )


def empty_roles(entities: Entities, thing: Thing) -> Iterator[EmptyRole]:
    """The roles that find a body in its area, where it is the only one of its function."""
    agency = entities.agencies.get(thing.id) if thing.kind == "agency" else None
    if agency is None or agency.function is None:
        return
    area = entities.jurisdictions.get(agency.area)
    if any(
        one.id != agency.id and one.function == agency.function and one.area == agency.area
        for one in entities.agencies.values()
    ):
        return
    for role in entities.roles.values():
        same_tier = role.tier is None or (area is not None and area.tier == role.tier)
        if role.function == agency.function and same_tier:
            yield EmptyRole(role.id, agency.area)
