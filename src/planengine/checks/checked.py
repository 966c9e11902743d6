"""What a check is given: a linked library, and the day for which it is checked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from planengine.domain.documents import Executor, Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.places import Jurisdiction, PlanObject
from planengine.domain.registry import Registry, boundaries


class Checked:
    """A library to be checked for a time: `at`, in seconds since the epoch.

    Without a time nothing is called old: each document is judged by the day on which it came
    into force.
    """

    def __init__(self, entities: Entities, at: int | None = None) -> None:
        self.entities = entities
        self.at = at
        self._edges = _edges(entities)
        self._registries: dict[int, Registry] = {}
        self._found: dict[tuple[str, str, int], tuple[str, ...]] = {}

    @property
    def plans(self) -> Iterator[Plan]:
        """Every edition of every plan that is kept here."""
        for editions in self.entities.plans.values():
            yield from (plan for plan in editions if not plan.external)

    @property
    def documents(self) -> Iterator[Standard | Plan]:
        """Every edition of every standard and plan that is kept here."""
        for standards in self.entities.standards.values():
            yield from standards
        yield from self.plans

    def beginning(self, document: Standard | Plan) -> int:
        """When a document came into force; of one without a date, the newest time there is."""
        period = document.edition.period
        if period.since is not None:
            return period.since
        if period.until is not None:
            return period.until - 1
        return max(boundaries(self.entities), default=0)

    def registry(self, document: Standard | Plan) -> Registry:
        """The registry as it is when a document comes into force."""
        at = self.beginning(document)
        era = bisect_right(self._edges, at)  # between two edges it stays as it is
        if era not in self._registries:
            self._registries[era] = Registry(self.entities, at)
        return self._registries[era]

    def bodies(self, executors: Iterable[Executor], document: Standard | Plan) -> Iterator[str]:
        """The bodies that executors of a document, and their alternates, can mean.

        A post is the body in which it is held.
        """
        for executor in executors:
            yield from self._named(executor, document)
            yield from self.bodies(executor.alternates, document)

    def _named(self, executor: Executor, document: Standard | Plan) -> Iterable[str]:
        plan = document if isinstance(document, Plan) else None
        match executor.kind:
            case "agency":
                return (executor.id,)
            case "post":
                return (self.entities.posts[executor.id].body,)
            case "role" | "areas":
                return self._by_place(executor, document)
            case "members":
                members = plan.members if plan is not None else ()
                return tuple(one.agency for one in members if executor.id in ("", one.role))
            case "group":
                groups = plan.groups if plan is not None else ()
                mine = (group for group in groups if group.id == executor.id)
                return tuple(body for group in mine for body in (group.lead, *group.members))

    def _by_place(self, executor: Executor, document: Standard | Plan) -> tuple[str, ...]:
        area = document.jurisdiction if isinstance(document, Plan) else self.entities.home
        era = bisect_right(self._edges, self.beginning(document))
        key = (f"{executor.kind} {executor.id}", area, era)
        if key not in self._found:
            registry = self.registry(document)
            find = registry.governments if executor.kind == "areas" else registry.agencies_for_role
            self._found[key] = find(executor.id, area)
        return self._found[key]

    def judged_at(self, document: Standard | Plan) -> int | None:
        """The time for which a document is checked; None where it is not in force then."""
        if self.at is None:
            return self.beginning(document)
        return self.at if document.edition.period.contains(self.at) else None


def _edges(entities: Entities) -> tuple[int, ...]:
    """When something of the registry begins or ends, ascending."""
    places: list[Jurisdiction | PlanObject] = [*entities.jurisdictions.values()]
    places += entities.objects.values()
    periods = [body.period for body in entities.agencies.values()]
    periods += [place.period for place in places]
    periods += [
        dated.period for place in places for values in place.attributes.values() for dated in values
    ]
    edges = {edge for period in periods for edge in (period.since, period.until)}
    return tuple(sorted(edge for edge in edges if edge is not None))
