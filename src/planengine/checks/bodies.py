"""How bodies stand to each other: who reports to whom, and which area is above which."""

from __future__ import annotations

from planengine.domain.registry import Registry


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
