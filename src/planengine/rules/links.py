"""Links between plans, lowered: to rules of the plan that is lifted, and to joining hazards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, finding
from planengine.domain.documents import Basis, Link, Plan, Track
from planengine.domain.ids import Origin, UnitKey, plan_key
from planengine.domain.terms import NotOf, Term
from planengine.domain.vocabulary import Scale
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    HazardCell,
    LastingCell,
    LevelCell,
    Read,
    Test,
)
from planengine.rules.ground import Grounder
from planengine.rules.instances import Instance, Instances
from planengine.rules.levels import level_cell, rank_set
from planengine.rules.normal import all_of, any_of, normalise
from planengine.rules.ruleset import Cascade
from planengine.values.sets import TRUE


class Lift(Struct, frozen=True):
    """A reason from outside for a rank of one unit; its condition is normalised."""

    rank: int
    condition: Condition
    giver: str
    link: Link
    basis: tuple[Basis, ...]  # the link's; else that of the plan which has it, or of its giver


class Links:
    """The links of all plans in force, found by the plan that they lift."""

    def __init__(
        self, instances: Instances, grounder: Grounder, findings: list[Diagnostic]
    ) -> None:
        self._instances = instances
        self._grounder = grounder
        self._lifting: dict[str, list[tuple[str, Plan, Link]]] = {}
        for key, plan in instances.plans.items():
            for link in plan.links:
                for target in self._targets(key, plan, link, findings):
                    held = instances.plans.get(target)
                    if held is not None and held.external:
                        findings.append(
                            finding(
                                "link-external",
                                link.span,
                                name=target,
                                holder=held.jurisdiction,
                            )
                        )
                    self._lifting.setdefault(target, []).append((key, plan, link))

    def _targets(
        self, key: str, plan: Plan, link: Link, findings: list[Diagnostic]
    ) -> Iterator[str]:
        """The plans that a link lifts."""
        if link.kind == "match-above":
            if self._superior(plan) is not None:
                yield key
            elif not self._exists_above(plan):
                findings.append(
                    finding("no-such-decision", link.span, name=plan.id, area=plan.jurisdiction)
                )
            return
        if link.kind not in {"activate", "match-below"}:
            return
        area, name = link.target_area, link.target_plan
        if name is None:  # `match-below`: whoever below us has the same plan
            name = plan.id
        # Whose plan is meant does not depend on which of its editions are in force.
        holders = (area,) if area is not None else self._holders(name)
        own = link.kind == "activate" and plan.jurisdiction in holders
        meant = (plan.jurisdiction,) if own else self._below(plan.jurisdiction, holders)
        if link.kind == "activate" and holders and not meant:
            findings.append(finding("link-upward", link.span, name=name, holder=holders[0]))
        for jurisdiction in meant:
            there = self._instances.registry.is_within(jurisdiction, plan.jurisdiction)
            if there and jurisdiction in self._instances.jurisdictions_with.get(name, ()):
                yield plan_key(jurisdiction, name)

    def _holders(self, name: str) -> tuple[str, ...]:
        """The jurisdictions that have a plan of this id, whenever it is in force."""
        newest = (editions[-1] for editions in self._instances.entities.plans.values())
        return tuple(plan.jurisdiction for plan in newest if plan.id == name)

    def _below(self, area: str, jurisdictions: Iterable[str]) -> tuple[str, ...]:
        """Those of some jurisdictions that lie in an area, whenever they exist."""
        around = self._instances.entities.around
        return tuple(one for one in jurisdictions if one != area and area in around(one))

    def _superior(self, plan: Plan) -> str | None:
        """The same-named plan of the nearest area above that has one in force."""
        for area in self._instances.registry.ancestors(plan.jurisdiction):
            if plan_key(area, plan.id) in self._instances.plans:
                return plan_key(area, plan.id)
        return None

    def _exists_above(self, plan: Plan) -> bool:
        """Whether some edition of a superior's same-named plan is known, in force or not."""
        areas = self._instances.registry.ancestors(plan.jurisdiction)
        return any(plan_key(area, plan.id) in self._instances.entities.plans for area in areas)

    # Lifting

    def lifts(self, target: Instance) -> Iterator[Lift]:
        """The rules that links add to a response decision."""
        if target.purpose != "level":
            return
        for key, plan, link in self._lifting.get(target.document, ()):
            if link.kind == "activate":
                yield from self._activate(key, plan, link, target)
            else:
                yield from self._match(key, plan, link, target)

    def _basis(self, link: Link, plan: Plan, giver: str) -> tuple[Basis, ...]:
        return link.basis or plan.basis or self._instances.plans[giver].basis

    def _activate(self, key: str, plan: Plan, link: Link, target: Instance) -> Iterator[Lift]:
        if link.target_track is not None and link.target_track != target.track.id:
            return
        rank = link.target_rank if link.target_rank is not None else link.rank or 1
        condition = self._source(key, plan, link, target)
        basis = self._basis(link, plan, key)
        yield Lift(min(rank, len(target.scale.levels)), condition, key, link, basis)

    def _match(self, key: str, plan: Plan, link: Link, target: Instance) -> Iterator[Lift]:
        above = key
        reads: tuple[Read, ...] = ("recommended", "active")
        if link.kind == "match-above":
            above, reads = self._superior(plan) or key, ("active",)
        giver = self._instances.plans[above]
        when = self._when(plan, link.when)
        mine, other = link.track, link.target_track
        source, own = (other, mine) if link.kind == "match-above" else (mine, other)
        if own is not None and own != target.track.id:
            return
        if source is None and any(track.id == target.track.id for track in giver.tracks):
            source = target.track.id
        units = [
            (unit, scale)
            for unit, scale in self._units(above, giver, source, target)
            if scale.id == target.scale.id
        ]
        for rank in range(link.rank or 1, len(target.scale.levels) + 1):
            tests = [level_at_least(unit, scale, rank, reads, link) for unit, scale in units]
            basis = self._basis(link, plan, above)
            yield Lift(rank, all_of((when, any_of(tests))), above, link, basis)

    def _source(self, key: str, plan: Plan, link: Link, target: Instance | None) -> Condition:
        """When a link works: from a level of its plan, by its own condition, or both."""
        if link.rank is None and link.when is not None:
            return all_of((self.applies(plan, link.track), self._when(plan, link.when)))
        units = self._units(key, plan, link.track, target)
        reads: tuple[Read, ...] = ("recommended", "active")
        rank = link.rank or 1
        tests = [level_at_least(unit, scale, rank, reads, link) for unit, scale in units]
        return all_of((self._when(plan, link.when), any_of(tests)))

    def _when(self, plan: Plan, when: Term | None) -> Condition:
        if when is None:
            return ALWAYS
        return normalise(self._grounder.ground(when, plan.jurisdiction))

    def applies(self, plan: Plan, track: str | None) -> Condition:
        """When a plan (or one track) applies: its hazards, its `when`, none of its exclusions."""
        own = next((each.hazards for each in plan.tracks if each.id == track), ())
        written = (Origin("hazards", plan.span, plan.rule_id),)
        hazards = [Test(HazardCell(hazard), TRUE, written) for hazard in own or plan.hazards]
        gate = self.gate(plan, plan.jurisdiction)
        return all_of((any_of(hazards) if hazards else ALWAYS, gate))

    def gate(self, plan: Plan, here: str, *, part: bool = False) -> Condition:
        """A plan's `applies.when` without its exclusions; its hazards are left to `select`."""
        terms = [] if plan.applies_when is None else [plan.applies_when]
        terms += [NotOf(item.when) for item in plan.exclusions]
        ground = self._grounder.ground
        return all_of(normalise(ground(term, here, part=part)) for term in terms)

    def _units(
        self, key: str, plan: Plan, track: str | None, target: Instance | None
    ) -> list[tuple[UnitKey, Scale]]:
        """The decisions of a plan that concern the target, or all of them."""
        if plan.external:
            tracks: list[Track | None] = [t for t in plan.tracks if track in {None, t.id}]
            found: list[tuple[UnitKey, Scale]] = []
            for item in tracks or [None]:
                scales = self._instances.entities.scales
                scale = scales.get(item.scale) if item else (target.scale if target else None)
                if scale is not None:
                    name = item.id if item else track
                    found.append((UnitKey(key, name, plan.jurisdiction), scale))
            return found
        return [
            (unit.id, unit.scale)
            for unit in self._instances.of_plan(key, track)
            if target is None or self._instances.related(unit.area, target.area)
        ]

    # Joining hazards

    def cascades(self, key: str) -> Iterator[Cascade]:
        """The hazards that a plan's links let join."""
        plan = self._instances.plans[key]
        for link in plan.links:
            if link.kind == "cascade" and link.target is not None:
                condition = self._source(key, plan, link, None)
                if condition != NEVER:
                    yield Cascade(key, link.target, condition, link.span)


def level_at_least(
    unit: UnitKey, scale: Scale, rank: int, reads: tuple[Read, ...], link: Link
) -> Condition:
    """That a unit's level, read in one of several ways, is a rank or worse, as a link asks."""
    written = (Origin(link.kind, link.span, link.rule_id),)
    ranks = rank_set(frozenset(range(rank, len(scale.levels) + 1)))
    return any_of(normalise(Test(level_cell(unit, scale, read), ranks, written)) for read in reads)


def obliging(condition: Condition) -> Condition:
    """The same condition with recommended levels read as what binding rules alone give."""
    match condition:
        case Test(cell=LevelCell(read="recommended") as cell):
            return replace(condition, cell=replace(cell, read="obliged"))
        case Test(cell=LastingCell()):
            return condition
        case All() | Any() | AtLeast():
            of = tuple(obliging(part) for part in condition.of)
            same = all(new is old for new, old in zip(of, condition.of, strict=True))
            return condition if same else replace(condition, of=of)
        case Case():
            branches = tuple((guard, obliging(body)) for guard, body in condition.branches)
            otherwise = obliging(condition.otherwise)
            same = otherwise is condition.otherwise and all(
                new[1] is old[1] for new, old in zip(branches, condition.branches, strict=True)
            )
            return condition if same else Case(branches, otherwise)
        case _:
            return condition
