"""From an executor as written to the bodies that must act, and how they may be told to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, partial
from typing import Literal

from planengine.assessment.command import acting
from planengine.assessment.results import Actor
from planengine.assessment.situation import Situation
from planengine.domain.documents import Executor, Plan
from planengine.domain.ids import plan_key
from planengine.domain.registry import Registry
from planengine.rules.shadows import of_test
from planengine.values.sets import ChoiceSet, Interval, NumberSet, ValueSet

_NOTHING_COUNTED = NumberSet((Interval(0, 0),), na=True)
_NOT_HAPPENED = ChoiceSet(frozenset({False}), na=True)


class Bodies:
    """Resolves executors within one situation."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._registry: Registry = situation.registry

    @cached_property
    def affected(self) -> tuple[str, ...]:
        """The areas that something has happened in, as far as statements say.

        A statement counts when one of its counts may be above zero or one of its flags may
        be true: a county that reports "no dead" is heard, not hit.
        """
        situation = self.situation
        areas: set[str] = set()
        for statement in situation.evidence.journal.statements:
            place = statement.place or situation.entities.home
            area = self._registry.area_of(place)
            if area is not None and any(map(self._tells_of_harm, statement.facts.items())):
                areas.add(area)
        return tuple(area for area in situation.entities.jurisdictions if area in areas)

    def _tells_of_harm(self, stated: tuple[str, ValueSet | None]) -> bool:
        name, value = stated
        kind = self.situation.entities.facts[name].type
        if value is None or kind not in {"count", "flag"}:
            return False
        return not of_test(value, _NOTHING_COUNTED if kind == "count" else _NOT_HAPPENED)[0]

    def resolve(
        self, executors: Iterable[Executor], area: str, plan: Plan | None
    ) -> tuple[str, ...]:
        """All agencies that executors stand for, each once; alternates are left out."""
        actors = self.actors(executors, area, plan)
        return tuple(dict.fromkeys(body for actor in actors for body in actor.together))

    def actors(
        self, executors: Iterable[Executor], area: str, plan: Plan | None
    ) -> tuple[Actor, ...]:
        """Executors as they act now, with the agencies that they stand for.

        They are for a deciding area or an object; whoever acts for a post stands in its place.

        Of several, the agencies of areas below that the incident cannot touch are left out.
        """
        listed = tuple(acting(self.situation, one) for one in executors)
        touched = tuple(one for one in listed if not self._is_untouched(one, area))
        return tuple(
            Actor(
                executor,
                self._bodies(executor, self._registry.area_of(area) or area, plan),
                self.actors(executor.alternates, area, plan),
            )
            for executor in touched or listed
        )

    def _is_untouched(self, executor: Executor, area: str) -> bool:
        if executor.kind != "agency":
            return False
        place = self.situation.entities.agencies[executor.id].area
        around = self._registry.area_of(area) or area
        below = place != around and self._registry.is_within(place, around)
        return below and not self.situation.evidence.world.in_scope(place)

    def _bodies(self, executor: Executor, area: str, plan: Plan | None) -> tuple[str, ...]:
        entities = self.situation.entities
        match executor.kind:
            case "agency":
                return self._in_force(executor.id)
            case "post":
                return self._in_force(entities.posts[executor.id].body)
            case "role":
                tier = entities.roles[executor.id].tier
                find = partial(self._registry.agencies_for_role, executor.id)
                return self._by_place(find, tier, area)
            case "areas":
                find = partial(self._registry.governments, executor.id)
                return self._by_place(find, executor.id, area)
            case "members":
                members = plan.members if plan else ()
                named = (one.agency for one in members if executor.id in ("", one.role))
                return tuple(body for agency in named for body in self._in_force(agency))
            case "group":
                groups = plan.groups if plan else ()
                group = next((item for item in groups if item.id == executor.id), None)
                return self._in_force(group.lead) if group else ()

    def _in_force(self, agency: str) -> tuple[str, ...]:
        """The agency itself, or the successors that took its duties over."""
        seen: dict[str, None] = {}
        waiting = [agency]
        while waiting:
            current = waiting.pop(0)
            if current in seen:
                continue
            record = self.situation.entities.agencies[current]
            if record.period.contains(self.situation.evidence.at) or not record.successors:
                seen[current] = None
            else:
                waiting.extend(record.successors)
        return tuple(seen)

    def _by_place(
        self, find: Callable[[str, tuple[str, ...]], tuple[str, ...]], tier: str | None, area: str
    ) -> tuple[str, ...]:
        """The body that is meant here, or below here those of the affected areas.

        Affected are the areas that something has happened in, and those that the incident's
        scope names. Where neither tells of any below, all areas of the next tier are meant;
        never a plant or a township that nothing was said of, nor a body that the scope leaves
        out of an area around it. For a decision around home, parts of home that were hit are
        meant, not all of it.
        """
        situation = self.situation
        named = (*self.affected, *(situation.evidence.scope or ()))
        inside = [place for place in named if self._is_inside(place, area)]
        home = situation.entities.home
        parts = [place for place in inside if not self._registry.is_within(home, place)]
        agencies, in_scope = situation.entities.agencies, situation.evidence.world.in_scope
        touched = find(area, tuple(parts or inside))
        found = tuple(body for body in touched if in_scope(agencies[body].area))
        return found or find(area, self._next_tier(area, tier))

    def _is_inside(self, place: str, area: str) -> bool:
        """Whether a place that the incident can touch lies in an area, and is not all of it."""
        inside = place != area and self._registry.is_within(place, area)
        return inside and self.situation.evidence.world.in_scope(place)

    def _next_tier(self, area: str, tier: str | None) -> tuple[str, ...]:
        children = self._registry.children(area)
        in_scope = self.situation.evidence.world.in_scope
        if tier is None:
            return ()
        is_of = self._registry.is_of
        return tuple(child for child in children if is_of(child, tier) and in_scope(child))

    def mode(
        self, plan: Plan, bodies: tuple[str, ...], track: str | None = None, area: str | None = None
    ) -> Literal["order", "request"]:
        """Whether whoever directs may order all of the bodies or must request some of them.

        That is the plan's side, or whom the command was handed over to: of a track in an area,
        or, without them, of the whole plan.
        """
        giver = plan.headquarters or plan.jurisdiction
        key = plan_key(plan.jurisdiction, plan.id)
        handed = self.situation.evidence.people.commander(key, track, area)
        if handed is not None and handed.to is not None:
            post = self.situation.entities.posts.get(handed.to)
            giver = handed.to if post is None else post.body
        modes = {self._registry.may_order(giver, body) for body in bodies}
        return "request" if "request" in modes else "order"
