"""Checks of plans: that somebody leads, and that nobody is ordered who may only be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.documents import Executor, Plan
from planengine.domain.entities import Entities
from planengine.domain.registry import Registry, boundaries
from planengine.linking.library.linker import Linker

if TYPE_CHECKING:
    from planengine.model.plan import PlanModel


def check_lead(model: PlanModel, linker: Linker) -> None:
    """Advice for a plan of which no member leads; the first member role there is is the lead.

    A plan that only names its headquarters is led by it; an external plan is another's.
    """
    roles = linker.names.spellings.get("member-role", {})
    lead = next((item_id for ids in roles.values() for item_id in ids), None)
    if lead is None or model.external:
        return
    written = [one.role for one in model.members if one.role is not None]
    found = [linker.names.find("member-role", one) for one in written]
    led = any(ids in ((lead,), ()) for ids in found)  # an unknown role may be meant to lead
    headquarters = model.command.headquarters if model.command is not None else None
    if led or (headquarters is not None and not model.members):
        return
    place = model.members[0].agency.span if model.members else model.plan.span
    linker.findings.append(finding("no-lead", place, name=str(model.plan), role=lead))


def check_orders(entities: Entities, findings: list[Diagnostic]) -> None:
    """Warns of actions with `mode: order` whose executor the plan's side may only request.

    The registry is read as it is when the edition comes into force.
    """
    registries: dict[int, Registry] = {}
    for plan in (one for editions in entities.plans.values() for one in editions):
        ordered = [action for action in plan.actions if action.mode == "order"]
        if not ordered:
            continue
        at = _beginning(plan, entities)
        registry = registries.setdefault(at, Registry(entities, at))
        giver = plan.headquarters or plan.jurisdiction
        for action in ordered:
            for body in _bodies(action.executors, plan, registry):
                if registry.may_order(giver, body) == "request":
                    reason = _reason(giver, body, registry)
                    findings.append(
                        finding(
                            "only-requested", action.span, name=body, giver=giver, reason=reason
                        )
                    )


def _beginning(plan: Plan, entities: Entities) -> int:
    period = plan.edition.period
    if period.since is not None:
        return period.since
    if period.until is not None:
        return period.until - 1
    return max(boundaries(entities), default=0)


def _bodies(executors: Iterable[Executor], plan: Plan, registry: Registry) -> Iterator[str]:
    """The bodies that executors can mean in the plan's jurisdiction, joint ones included."""
    for executor in executors:
        yield from _named_bodies(executor, plan, registry)
        if executor.jointly:
            yield from _bodies(executor.alternates, plan, registry)


def _named_bodies(executor: Executor, plan: Plan, registry: Registry) -> Iterable[str]:
    entities = registry.entities
    match executor.kind:
        case "agency":
            return (executor.id,)
        case "post":
            return (entities.posts[executor.id].body,)
        case "role":
            return registry.agencies_for_role(executor.id, plan.jurisdiction)
        case "members":
            return tuple(m.agency for m in plan.members if executor.id in ("", m.role))
        case "areas":
            return ()  # which areas are affected is not known before something happens
        case "group":
            return tuple(g.lead for g in plan.groups if g.id == executor.id and g.lead)


def _reason(giver: str, body: str, registry: Registry) -> Text:
    """Why the giver may not order the body."""
    entities = registry.entities
    agency, giving = entities.agencies[body], entities.agencies.get(giver)
    declared = any((r.giver, r.receiver) == (giver, body) for r in entities.relations)
    if agency.vertical and not declared:
        return Text("it answers to its own line (`vertical`)", "它实行垂直管理（vertical）")
    area = giving.area if giving is not None else giver
    if not declared and not registry.is_within(agency.area, area):
        return Text(f"it belongs to `{agency.area}`", f"它属于 `{agency.area}`")
    if giving is not None and giving.vertical and not declared:
        return Text(f"`{giver}` answers to its own line", f"`{giver}` 实行垂直管理")
    return Text("a relation of the registry says so", "登记中的关系如此规定")
