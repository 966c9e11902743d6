"""Who of several senders reports to whom: each to the bodies of its own area."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from planengine.assessment.duties.merging import bodies_of
from planengine.assessment.results import Actor, Pair
from planengine.assessment.situation import Situation


def pairs_of(
    senders: Iterable[str], addressees: tuple[Actor, ...], situation: Situation
) -> tuple[Pair, ...]:
    """Each sender with the bodies that it reports to; none of what goes to no body."""
    if not addressees:
        return ()
    return tuple(
        Pair(sender, bodies_of(own_addressees(addressees, sender, situation))) for sender in senders
    )


def own_addressees(
    addressees: Iterable[Actor], sender: str, situation: Situation
) -> tuple[Actor, ...]:
    """Addressees as one sender has them.

    A role, or each area of a tier, may stand for bodies of several areas: where some of them are
    of an area that the sender is in, they alone are meant.
    """
    return tuple(_of_own_area(one, sender, situation) for one in addressees)


def _of_own_area(actor: Actor, sender: str, situation: Situation) -> Actor:
    agencies, registry = situation.entities.agencies, situation.registry
    if actor.executor.kind not in {"role", "areas"}:
        return actor
    place = agencies[sender].area
    own = tuple(body for body in actor.bodies if registry.is_within(place, agencies[body].area))
    return replace(actor, bodies=own) if own else actor
