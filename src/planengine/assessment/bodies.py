"""From an executor as written to the bodies that must act, and how they may be told to."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property, partial
from typing import Literal, TypeAlias, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.command import acting, handed_over
from planengine.assessment.results import Actor
from planengine.assessment.situation import Situation
from planengine.domain.documents import Executor, Plan
from planengine.domain.ids import plan_key
from planengine.domain.registry import Registry
from planengine.rules.conditions import Condition, FactCell, Test
from planengine.rules.shadows import of_test
from planengine.rules.walk import tests_of
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


ItemKey: TypeAlias = tuple[str, str, int]
"""Document, item and order, under which an item's own conditions stand."""


class Bodies:
    """Resolves executors within one situation."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._registry: Registry = situation.registry
        self._meets_there: dict[tuple[ItemKey, str], tuple[str, ...]] = {}

    @cached_property
    def affected(self) -> tuple[str, ...]:
        """The areas that something has happened in, as far as statements say.

        A statement counts when one of its counts may be above zero or one of its flags may
        be true, where that is worse: a county that reports "no dead" is heard, not hit.
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
        fact = self.situation.entities.facts[name]
        if value is None or fact.direction != "up" or fact.type not in {"count", "flag"}:
            return False
        return not of_test(value, _NOTHING_COUNTED if fact.type == "count" else _NOT_HAPPENED)[0]

    @cached_property
    def _places_of(self) -> dict[str, dict[str, None]]:
        """The places that each fact was stated of."""
        home, found = self.situation.entities.home, dict[str, dict[str, None]]()
        for statement in self.situation.evidence.journal.statements:
            for name in statement.facts:
                found.setdefault(name, {})[statement.place or home] = None
        return found

    def _meeting(self, asked: Iterable[Condition]) -> Iterator[str]:
        """The areas of which was said what a duty hangs on: one at "evacuate now" is to move."""
        for test in (test for condition in asked for test in tests_of(condition)):
            if isinstance(test.cell, FactCell):
                around = test.cell.place
                for place in self._places_of.get(test.cell.fact, ()):
                    area = self._registry.area_of(place)
                    inside = place == around or self._registry.is_within(place, around)
                    if area is not None and inside and self._meets(test, test.cell, place):
                        yield area

    def _meets(self, test: Test, cell: FactCell, place: str) -> bool:
        """Whether what is known of a place may meet a test that is asked of a place around it."""
        value = self.situation.evidence.value_of(replace(cell, place=place))
        return value != cell.domain.everything and of_test(value, test.accepts)[1]

    def resolve(
        self, executors: Iterable[Executor], area: str, plan: Plan | None
    ) -> tuple[str, ...]:
        """All agencies that executors stand for, each once; alternates are left out."""
        actors = self.actors(executors, area, plan)
        return tuple(dict.fromkeys(body for actor in actors for body in actor.together))

    def carried(self, key: Hashable, grounds: object, make: Callable[[], T]) -> T:
        """What follows from some grounds and these bodies, as it was where they are as before."""
        situation = self.situation
        return situation.findings.of(key, (grounds, self.affected, handed_over(situation)), make)

    def party(
        self,
        executors: tuple[Executor, ...],
        area: str,
        plan: Plan | None,
        item: ItemKey,
    ) -> Party:
        """Those whom a document names in an item, for an area, worked out once."""
        met = self._met(item, area) if any(map(_is_by_place, executors)) else ()
        key = id(executors), area, id(plan), met
        found = self._parties.get(key)
        if found is None:
            actors = self.actors(executors, area, plan, met)
            party = Party(
                actors,
                tuple(dict.fromkeys(actors)),
                tuple(dict.fromkeys(body for actor in actors for body in actor.together)),
                frozenset(actor.post or frozenset(actor.together) for actor in actors),
            )
            found = self._parties[key] = party, (executors, plan)  # kept, for their ids to be
        return found[0]

    def _met(self, item: ItemKey, area: str) -> tuple[str, ...]:
        """The areas of which was said what an item hangs on; worked out once."""
        found = self._meets_there.get((item, area))
        if found is None:
            asked = self.situation.outline.conditions(*item, area)
            found = self._meets_there[item, area] = tuple(dict.fromkeys(self._meeting(asked)))
        return found

    @cached_property
    def _parties(self) -> dict[tuple[int, str, int, tuple[str, ...]], tuple[Party, object]]:
        """Those of the step before, where the same areas are affected and the same people act."""
        made: dict[tuple[int, str, int, tuple[str, ...]], tuple[Party, object]] = {}
        return self.carried("parties", self.situation.evidence.world, lambda: made)

    def actors(
        self,
        executors: Iterable[Executor],
        area: str,
        plan: Plan | None,
        met: tuple[str, ...] = (),
    ) -> tuple[Actor, ...]:
        """Executors as they act now, with the agencies that they stand for.

        They are for a deciding area or an object; whoever acts for a post stands in its place.

        `met` are areas of which was said what their duty hangs on.

        Of several, the agencies of areas below that the incident cannot touch are left out.
        """
        listed = tuple(acting(self.situation, one) for one in executors)
        touched = tuple(one for one in listed if not self._is_untouched(one, area))
        return tuple(
            Actor(
                executor,
                self._bodies(executor, self._registry.area_of(area) or area, plan, met),
                self.actors(executor.alternates, area, plan, met),
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

    def _bodies(
        self, executor: Executor, area: str, plan: Plan | None, met: tuple[str, ...]
    ) -> tuple[str, ...]:
        entities = self.situation.entities
        match executor.kind:
            case "agency":
                return self._in_force(executor.id)
            case "post":
                return self._in_force(entities.posts[executor.id].body)
            case "role":
                tier = entities.roles[executor.id].tier
                find = partial(self._registry.agencies_for_role, executor.id)
                return self._by_place(find, tier, area, met)
            case "areas":
                find = partial(self._registry.governments, executor.id)
                return self._by_place(find, executor.id, area, met)
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
        self,
        find: Callable[[str, tuple[str, ...]], tuple[str, ...]],
        tier: str | None,
        area: str,
        met: tuple[str, ...],
    ) -> tuple[str, ...]:
        """The body that is meant here, or below here those of the affected areas.

        Affected are the areas that something has happened in, those that meet what the duty
        hangs on, and those that the incident's scope names. Where none of these tells of any
        below, all areas of the next tier are meant; never a plant or a township that nothing
        was said of, nor a body that the scope leaves out of an area around it. For a decision
        around home, parts of home that were hit are meant, not all of it.
        """
        situation = self.situation
        named = dict.fromkeys((*self.affected, *met, *(situation.evidence.scope or ())))
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


def _is_by_place(executor: Executor) -> bool:
    """Whether whom it stands for hangs on the areas that are affected."""
    return executor.kind in {"role", "areas"} or any(map(_is_by_place, executor.alternates))
