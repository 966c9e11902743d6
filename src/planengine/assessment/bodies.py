"""From an executor as written to the bodies that must act, and how they may be told to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from functools import cached_property, partial
from typing import Literal, TypeVar

from msgspec import Struct

from planengine.assessment.results import Actor
from planengine.assessment.situation import Situation
from planengine.domain.documents import Executor, Plan
from planengine.domain.registry import Registry
from planengine.rules.shadows import of_test
from planengine.values.sets import ChoiceSet, Interval, NumberSet, ValueSet

T = TypeVar("T")

_NOTHING_COUNTED = NumberSet((Interval(0, 0),), na=True)
_NOT_HAPPENED = ChoiceSet(frozenset({False}), na=True)


class Party(Struct, frozen=True):
    """Those who act or are told, as written and each once, with all bodies that must act.

    `names` tells the posts by name and others by the bodies they stand for: a deed of the same
    counts for all.
    """

    actors: tuple[Actor, ...]
    each: tuple[Actor, ...]
    bodies: tuple[str, ...]
    names: frozenset[object]


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

    def carried(self, key: Hashable, grounds: object, make: Callable[[], T]) -> T:
        """What follows from some grounds and these bodies, as it was where they are as before."""
        situation = self.situation
        return situation.findings.of(key, (grounds, self.affected), make)

    def party(self, executors: tuple[Executor, ...], area: str, plan: Plan | None) -> Party:
        """Those whom a document names for an area, worked out once."""
        key = id(executors), area, id(plan)
        found = self._parties.get(key)
        if found is None:
            actors = self.actors(executors, area, plan)
            party = Party(
                actors,
                tuple(dict.fromkeys(actors)),
                tuple(dict.fromkeys(body for actor in actors for body in actor.together)),
                frozenset(actor.post or frozenset(actor.together) for actor in actors),
            )
            found = self._parties[key] = party, (executors, plan)  # kept, for their ids to be
        return found[0]

    @cached_property
    def _parties(self) -> dict[tuple[int, str, int], tuple[Party, object]]:
        """Those of the step before, where the same areas are affected."""
        made: dict[tuple[int, str, int], tuple[Party, object]] = {}
        return self.carried("parties", self.situation.evidence.world, lambda: made)

    def actors(
        self, executors: Iterable[Executor], area: str, plan: Plan | None
    ) -> tuple[Actor, ...]:
        """Executors with the agencies that they stand for, for a deciding area or an object.

        Of several, the agencies of areas below that the incident cannot touch are left out.
        """
        listed = tuple(executors)
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

    def mode(self, plan: Plan, bodies: tuple[str, ...]) -> Literal["order", "request"]:
        """Whether the plan's side may order all of the bodies or must request some of them."""
        giver = plan.headquarters or plan.jurisdiction
        modes = {self._registry.may_order(giver, body) for body in bodies}
        return "request" if "request" in modes else "order"
