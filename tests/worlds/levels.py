"""The ranks that documents give in one world: rules read one by one, two-valued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from tests.worlds.documents import Drawn, Link, Plan, Rule, Standard, Track
from tests.worlds.small import around, members, within
from tests.worlds.world import Scene, World

Unit = tuple[str, str | None, str]  # a plan's key, its track, the area


@dataclass(frozen=True)
class People:
    """What people have done by the time looked at."""

    in_force: Mapping[tuple[str, str | None], int] = field(default_factory=dict)
    issued: Mapping[tuple[str, str, str], int] = field(
        default_factory=dict
    )  # scale, document, area
    acts: frozenset[str] = frozenset()

    def issued_at(self, scale: str, document: str, area: str) -> int | None:
        """The most severe that stands for a place or around it; what was lifted stands no more."""
        ranks = (self.issued.get((scale, document, place), 0) for place in around(area))
        return max(ranks) or None

    def used(self, plan: Plan) -> bool:
        """Whether people put it in force or issued its warning: then it applies."""
        started = any(key == plan.key for key, _ in self.in_force)
        return started or any(document == plan.id for _, document, _ in self.issued)


class Ranks:
    """The ranks of all decisions in a world; with `binding`, of the binding rules alone."""

    def __init__(
        self,
        drawn: Drawn,
        world: World,
        tick: int,
        seconds: int = 0,
        people: People | None = None,
        *,
        binding: bool = False,
    ) -> None:
        self.people = people or People()
        self.binding = binding
        self.standards = {standard.id: standard for standard in drawn.standards}
        self.plans = {plan.key: plan for plan in drawn.plans}
        self.scene = Scene(world, self, tick, seconds, "city", self.people.acts)
        self.hazards = set(world.hazards)
        self.plan_ranks: dict[Unit, int] = {
            (plan.key, track.id, area): 0
            for plan in drawn.plans
            for track in plan.tracks
            for area in _areas(track.per, plan.jurisdiction)
        }
        before: object = None
        while before != (now := (dict(self.plan_ranks), set(self.hazards))):
            before = now
            for unit in self.plan_ranks:
                self.plan_ranks[unit] = self._plan(*unit)
            self._join()

    # What conditions read

    def computed(self, scale: str, document: str, place: str) -> list[int]:
        """The ranks of a standard's decisions for a place, or of a plan's warning."""
        area = around(place)[0]
        standard = self.standards.get(document)
        found = []
        if standard is not None:
            for where in _areas(standard.track.per, area):
                issued = self.people.issued_at(scale, document, where)
                found.append(self.graded(standard, where) if issued is None else issued)
            return found
        plan = self._nearest(document, area)
        if plan is None:
            return []
        issued = self.people.issued_at(scale, document, plan.jurisdiction)
        return [self.warning(plan) if issued is None else issued]

    def response(self, plan: str, track: str | None, place: str) -> list[int]:
        found = self._nearest(plan, around(place)[0])
        if found is None:
            return []
        return [
            max(rank, self.in_force(key, own))
            for (key, own, area), rank in self.plan_ranks.items()
            if key == found.key and track in (None, own) and _related(area, around(place)[0])
        ]

    def active(self, plan: str, track: str | None, place: str) -> list[int]:
        found = self._nearest(plan, around(place)[0])
        own = [t.id for t in found.tracks if track in (None, t.id)] if found else []
        return [self.in_force(found.key, one) for one in own] if found else []

    def in_force(self, key: str, track: str | None) -> int:
        return self.people.in_force.get((key, track), 0)

    def _nearest(self, plan: str, area: str) -> Plan | None:
        keys = (f"{place}/{plan}" for place in around(area))
        return next((self.plans[key] for key in keys if key in self.plans), None)

    # One decision

    def graded(self, standard: Standard, area: str) -> int:
        """A standard's level, by all of its rules, whatever is asked for."""
        binding, self.binding = self.binding, False
        found = self.standard(standard, area)
        self.binding = binding
        return found

    def standard(self, standard: Standard, area: str) -> int:
        scene = self.scene.moved(area)
        if not _holds(standard.track, scene):
            return 0
        return self._own(standard.track, scene)

    def warning(self, plan: Plan) -> int:
        scene = self.scene.moved(plan.jurisdiction)
        if not (self._applies(plan) and _gate(plan, scene)):
            return 0
        return max((rule.rank for rule in plan.warnings if rule.when.holds(scene)), default=0)

    def _plan(self, key: str, track_id: str | None, area: str) -> int:
        plan = self.plans[key]
        track = next(one for one in plan.tracks if one.id == track_id)
        scene = self.scene.moved(area)
        if not (_gate(plan, scene) and _holds(track, scene)):
            return 0
        own = 0
        if self._applies(plan):
            own = self._own(track, scene)
            own = max(own, self._raised(track, own, scene))
        return max([own, *self._lifts(plan, track, area)])

    def _own(self, track: Track, scene: Scene) -> int:
        rules: list[Rule] = [*track.levels, *(rule for row in track.rows for rule in row.rules)]
        found = [
            rule.rank
            for rule in rules
            if self._counts(track.verb(rule.rank)) and rule.when.holds(scene)
        ]
        found += [
            rank
            for rank, clause in track.acts
            if clause in self.people.acts and self._counts(track.verb(rank))
        ]
        if track.otherwise and self._counts(track.verb(1)):
            found.append(1)
        if track.mapping:
            scale, document, pairs = track.mapping
            for theirs in self.computed(scale, document, scene.place):
                named = [ours for rank, ours in sorted(pairs) if rank <= theirs]
                found += named[-1:]
        return max(found, default=0)

    def _raised(self, track: Track, own: int, scene: Scene) -> int:
        if not track.raise_by or own == 0:
            return 0
        when, by = track.raise_by
        if not when.holds(scene):
            return 0
        ranks = range(min(1 + by, track.top), min(own + by, track.top) + 1)
        return max((rank for rank in ranks if self._counts(track.verb(rank))), default=0)

    def _counts(self, verb: str) -> bool:
        return verb == "must" or not self.binding

    def _applies(self, plan: Plan) -> bool:
        return self.people.used(plan) or bool(self.hazards & set(plan.hazards))

    # Links

    def _lifts(self, plan: Plan, track: Track, area: str) -> Iterator[int]:
        for giver in self.plans.values():
            for link in giver.links:
                if link.kind == "activate" and link.target == plan.id:
                    if giver.jurisdiction == plan.jurisdiction and self._works(giver, link, area):
                        yield min(link.gives or link.rank or 1, track.top)
                elif link.kind == "below" and giver.id == plan.id and giver is not plan:
                    if within(plan.jurisdiction, giver.jurisdiction) and self._when(giver, link):
                        yield self._matched(giver, link, track, area)
                elif link.kind == "above" and giver is plan and self._when(plan, link):
                    above = self._superior(plan)
                    if above is not None:
                        rank = max(self.in_force(above.key, one) for one in _same(above, track))
                        yield rank if rank >= (link.rank or 1) else 0

    def _matched(self, giver: Plan, link: Link, track: Track, area: str) -> int:
        own = _same(giver, track)
        ranks = [rank for one in own for rank in self._responses(giver, area, one)]
        return max((rank for rank in ranks if rank >= (link.rank or 1)), default=0)

    def _superior(self, plan: Plan) -> Plan | None:
        keys = (f"{area}/{plan.id}" for area in around(plan.jurisdiction)[1:])
        return next((self.plans[key] for key in keys if key in self.plans), None)

    def _responses(self, plan: Plan, area: str, *track: str | None) -> list[int]:
        return [
            max(rank, self.in_force(key, own))
            for (key, own, where), rank in self.plan_ranks.items()
            if key == plan.key and (not track or own in track) and _related(where, area)
        ]

    def _works(self, giver: Plan, link: Link, area: str) -> bool:
        if not self._when(giver, link):
            return False
        if link.rank is None and link.when is not None:
            scene = self.scene.moved(giver.jurisdiction)
            return bool(self.hazards & set(giver.hazards)) and _gate(giver, scene)
        return max(self._responses(giver, area), default=0) >= (link.rank or 1)

    def _when(self, plan: Plan, link: Link) -> bool:
        return link.when is None or link.when.holds(self.scene.moved(plan.jurisdiction))

    def _join(self) -> None:
        for plan in self.plans.values():
            for link in plan.links:
                if link.kind == "cascade" and self._works(plan, link, plan.jurisdiction):
                    self.hazards.add(link.target)

    # Every decision by planengine's name for it

    def by_name(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for (key, track, area), rank in self.plan_ranks.items():
            found[f"{key}{f'/{track}' if track else ''}@{area}"] = rank
        for plan in self.plans.values():
            if plan.warnings:
                found[f"warning:{plan.key}@{plan.jurisdiction}"] = self.warning(plan)
        for standard in self.standards.values():
            for area in ("city", "north", "south"):
                for where in _areas(standard.track.per, area):
                    found[f"{standard.id}@{where}"] = self.standard(standard, where)
        return found


def _areas(per: str | None, asker: str) -> list[str]:
    """Where something is decided for an asker: there, or once per area of a tier."""
    if per is None:
        return [asker]
    return [one for one in around(asker) if one in members(per, "province")] or members(per, asker)


def _related(one: str, other: str) -> bool:
    return within(one, other) or within(other, one)


def _same(plan: Plan, track: Track) -> list[str | None]:
    """The track of another plan that has the same name; all of them where none has."""
    tracks = [one.id for one in plan.tracks]
    return [track.id] if track.id in tracks else tracks


def _holds(track: Track, scene: Scene) -> bool:
    return track.provided is None or track.provided.holds(scene)


def _gate(plan: Plan, scene: Scene) -> bool:
    when = plan.applies_when is None or plan.applies_when.holds(scene)
    return when and (plan.exclusion is None or not plan.exclusion.holds(scene))
