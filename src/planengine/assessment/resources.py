"""What the plans that are at a level hold ready, and who holds it."""

from __future__ import annotations

from planengine.assessment.bodies import Bodies
from planengine.assessment.results import HeldResource
from planengine.assessment.situation import Situation
from planengine.domain.documents import Executor


def held_resources(situation: Situation, bodies: Bodies) -> tuple[HeldResource, ...]:
    """The resources of every plan with a level recommended or in force, in the author's order.

    Who held them and has been abolished is replaced by its successors. `mode` says whether the
    plan's side may order the holder or must request; None where nobody is named.
    """
    found: list[HeldResource] = []
    for key, plan in situation.outline.plans.items():
        units = situation.outline.responses(key, None)
        if not any(situation.response(unit) for unit in units):
            continue
        for one in plan.resources:
            holders: tuple[str, ...] = ()
            if one.held_by is not None:
                holder = Executor("agency", one.held_by)
                holders = bodies.resolve((holder,), plan.jurisdiction, plan)
            mode = bodies.mode(plan, holders) if holders else None
            found.append(HeldResource(key, one.id, one.label, one.quantity, holders, one.at, mode))
    return tuple(found)
