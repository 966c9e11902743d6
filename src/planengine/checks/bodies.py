"""Whom an executor of a plan can mean, as the registry stands when the plan begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.domain.documents import Executor, Plan, Standard
from planengine.domain.registry import Registry


def bodies_of(
    executors: Iterable[Executor], document: Standard | Plan, registry: Registry
) -> Iterator[str]:
    """The bodies that executors and their alternates mean; posts are the body they are held in."""
    for executor in executors:
        yield from _named(executor, document, registry)
        yield from bodies_of(executor.alternates, document, registry)


def everyone_of(executors: Iterable[Executor]) -> Iterator[Executor]:
    """Executors and their alternates."""
    for executor in executors:
        yield executor
        yield from everyone_of(executor.alternates)


def _named(executor: Executor, document: Standard | Plan, registry: Registry) -> Iterable[str]:
    plan = document if isinstance(document, Plan) else None
    area = plan.jurisdiction if plan is not None else registry.entities.home
    match executor.kind:
        case "agency":
            return (executor.id,)
        case "post":
            return (registry.entities.posts[executor.id].body,)
        case "role":
            return registry.agencies_for_role(executor.id, area)
        case "members":
            members = plan.members if plan is not None else ()
            return tuple(m.agency for m in members if executor.id in ("", m.role))
        case "areas":
            return registry.governments(executor.id, area)
        case "group":
            groups = plan.groups if plan is not None else ()
            return tuple(
                body for g in groups if g.id == executor.id for body in (g.lead, *g.members)
            )


def stands_below(body: str, other: str, registry: Registry) -> bool:
    """Whether a body reports to another one, however far up."""
    seen: set[str] = set()
    above = registry.entities.agencies.get(body)
    while above is not None and above.reports_to is not None and above.reports_to not in seen:
        if above.reports_to == other:
            return True
        seen.add(above.reports_to)
        above = registry.entities.agencies.get(above.reports_to)
    return False


def is_above(body: str, area: str, registry: Registry) -> bool:
    """Whether a body belongs to an area around this one."""
    agency = registry.entities.agencies.get(body)
    return agency is not None and agency.area in registry.ancestors(area)
