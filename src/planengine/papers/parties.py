"""To whom one of several senders reports: the body of its own area, not those of the others."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.duties.merging import bodies_of
from planengine.assessment.results import Actor, ReportItem


def of_sender(item: ReportItem, sender: str, assessment: Assessment) -> ReportItem:
    """A report as one of its senders owes it."""
    addressees = to_whom(item.addressees, sender, assessment)
    return replace(item, addressees=addressees, to=bodies_of(addressees))


def to_whom(addressees: Iterable[Actor], sender: str, assessment: Assessment) -> tuple[Actor, ...]:
    """Addressees as one sender has them.

    A role, or each area of a tier, may stand for bodies of several areas: where some of them are
    of an area that the sender is in, they alone are meant.
    """
    return tuple(_of_own_area(one, sender, assessment) for one in addressees)


def _of_own_area(actor: Actor, sender: str, assessment: Assessment) -> Actor:
    agencies, registry = assessment.situation.entities.agencies, assessment.situation.registry
    if actor.executor.kind not in {"role", "areas"}:
        return actor
    place = agencies[sender].area
    own = tuple(body for body in actor.bodies if registry.is_within(place, agencies[body].area))
    return replace(actor, bodies=own) if own else actor
