"""Which decisions there are at one time: each plan's tracks and each standard, area by area."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from planengine.domain.documents import Plan, Ruled, Standard, Track
from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey, plan_key
from planengine.domain.terms import LevelTerm
from planengine.domain.vocabulary import Scale
from planengine.rules.ruleset import Purpose

if TYPE_CHECKING:
    from planengine.domain.registry import Registry


RuledT = TypeVar("RuledT", bound=Ruled)


class Instance(Struct, frozen=True):
    """One decision before its conditions are known."""

    id: UnitKey
    purpose: Purpose
    document: str
    ruled: Standard | Plan
    track: Track
    scale: Scale
    area: str  # an area, or an object where the track is decided once per object

    @property
    def is_part(self) -> bool:
        """Whether it is one of several: its track is decided once per area or object."""
        return decided_per(self.ruled, self.track) is not None

    @property
    def authority(self) -> str:
        """The jurisdiction (or agency) whose decision it is."""
        return self.ruled.authority if isinstance(self.ruled, Standard) else self.ruled.jurisdiction


class Instances:
    """The documents in force at a time, and every decision asked of them so far.

    `found` grows as decisions are asked for; reading it while it grows visits the new ones.
    """

    def __init__(self, entities: Entities, registry: Registry) -> None:
        self.entities = entities
        self.registry = registry
        self.standards: dict[str, Standard] = {}
        self.plans: dict[str, Plan] = {}
        self.over: dict[str, Plan] = {}  # last editions that have no successor in force
        self.jurisdictions_with: dict[str, list[str]] = {}  # plan id → jurisdictions
        self.found: list[Instance] = []
        self._known: dict[UnitKey, Instance] = {}
        for standard_id, standards in entities.standards.items():
            standard = _in_force(standards, registry.at)
            if standard is not None:
                self.standards[standard_id] = standard
        for key, plans in entities.plans.items():
            plan = _in_force(plans, registry.at)
            if plan is not None:
                self.plans[key] = plan
                self.jurisdictions_with.setdefault(plan.id, []).append(plan.jurisdiction)
            else:
                last = _last_over(plans, registry.at)
                if last is not None and not last.external:
                    self.over[key] = last

    # Decisions of a document

    def of_plan(self, key: str, track: str | None = None) -> tuple[Instance, ...]:
        """The response decisions of a plan in force; those of one track where it is named."""
        plan = self.plans.get(key)
        if plan is None or plan.external:
            return ()
        tracks = [item for item in plan.tracks if track in {None, item.id}]
        return self._of_tracks(key, plan, tracks, "level", plan.jurisdiction)

    def of_over(self, key: str, track: str | None = None) -> tuple[Instance, ...]:
        """The response decisions of a plan's last edition, which is over: they may be in force."""
        plan = self.over.get(key)
        if plan is None:
            return ()
        tracks = [item for item in plan.tracks if track in {None, item.id}]
        return self._of_tracks(key, plan, tracks, "level", plan.jurisdiction)

    def of_warnings(self, key: str, track: str | None = None) -> tuple[Instance, ...]:
        """The warning decisions of a plan in force; those of one track where it is named."""
        plan = self.plans.get(key)
        if plan is None:
            return ()
        tracks = [item for item in plan.warnings if track in {None, item.id}]
        return self._of_tracks(key, plan, tracks, "warning", plan.jurisdiction)

    def of_standard(self, standard_id: str, place: str) -> tuple[Instance, ...]:
        """The decisions of a standard in force that an area or object asks for."""
        standard = self.standards.get(standard_id)
        if standard is None:
            return ()
        if standard.for_authority:
            body = self.entities.agencies.get(standard.authority)
            place = body.area if body is not None else standard.authority
        return self._of_tracks(standard_id, standard, standard.tracks, "standard", place)

    def _of_tracks(
        self,
        document: str,
        ruled: Standard | Plan,
        tracks: Iterable[Track],
        purpose: Purpose,
        asker: str,
    ) -> tuple[Instance, ...]:
        found: list[Instance] = []
        for track in tracks:
            scale = self.entities.scales.get(track.scale)
            if scale is None:
                continue
            for area in self.areas(decided_per(ruled, track), asker):
                name = UnitKey(document, track.id, area, warning=purpose == "warning")
                if name not in self._known:
                    made = Instance(name, purpose, document, ruled, track, scale, area)
                    self._known[name] = made
                    self.found.append(made)
                found.append(self._known[name])
        return tuple(found)

    def areas(self, per: str | None, asker: str) -> tuple[str, ...]:
        """Where something decided once per tier, or kind of object, is decided for an asker.

        Of a kind that is the asker itself, if it is such an object, else each one in its area;
        of a tier the enclosing area, else each one below.
        """
        area = self.registry.area_of(asker) or asker
        if per is None:
            return (area,)
        if per in self.entities.object_kinds:
            return (asker,) if self.kind(asker) == per else self.registry.objects(per, area)
        enclosing = self.registry.enclosing(area, per)
        return (enclosing,) if enclosing is not None else self.registry.areas(per, area)

    def kind(self, place: str) -> str | None:
        """The kind of an object; None for an area."""
        known = self.entities.objects.get(place)
        return known.kind if known is not None else None

    # Decisions that a condition reads

    def read(
        self, term: LevelTerm, place: str, named: bool
    ) -> tuple[tuple[UnitKey, Scale], ...] | None:
        """The units (ids and scales) that a level term means for a place, None for none known.

        `named`: the author named the place, so a plan of an area around it will not do, nor
        what is decided for objects of another kind.
        """
        standard = self.entities.standards.get(term.target)
        if standard is not None and any(t.scale == term.scale for s in standard for t in s.tracks):
            if named and self._is_of_another_kind(term.target, place):
                return None
            return tuple((i.id, i.scale) for i in self.of_standard(term.target, place))
        area = self.registry.area_of(place) or place
        for jurisdiction in (area, *self.registry.ancestors(area)):
            key = plan_key(jurisdiction, term.target)
            if key not in self.entities.plans:
                continue
            if key not in self.plans:  # no edition is in force at this time
                if term.read not in {"active", "response"}:
                    return ()
                over = self.of_over(key, term.track)
                return tuple((one.id, one.scale) for one in over if one.scale.id == term.scale)
            units = tuple(self._read_plan(key, term, place, named))
            if units:
                return units
        return None

    def _is_of_another_kind(self, standard_id: str, place: str) -> bool:
        """Whether a place is an object, and the standard is decided for objects of other kinds."""
        standard = self.standards.get(standard_id)
        kinds = set(self.entities.object_kinds)
        per = {decided_per(standard, track) for track in standard.tracks} if standard else set()
        return self.kind(place) is not None and bool(per & kinds) and self.kind(place) not in per

    def _read_plan(
        self, key: str, term: LevelTerm, place: str, named: bool
    ) -> Iterator[tuple[UnitKey, Scale]]:
        plan = self.plans[key]
        area = self.registry.area_of(place) or place
        if plan.external and term.read != "computed":
            if plan.jurisdiction == area or not named:
                yield from self._read_external(key, plan, term)
            return
        instances = self.of_plan(key, term.track)
        if term.read == "computed":
            instances = (*self.of_warnings(key, term.track), *instances)
        for instance in instances:
            if instance.scale.id == term.scale and self._answers(instance, place, named):
                yield instance.id, instance.scale

    def _read_external(
        self, key: str, plan: Plan, term: LevelTerm
    ) -> Iterator[tuple[UnitKey, Scale]]:
        scale = self.entities.scales.get(term.scale)
        tracks = [t.id for t in plan.tracks if t.scale == term.scale and term.track in {None, t.id}]
        if scale is not None:
            for track in tracks or [term.track]:
                yield UnitKey(key, track, plan.jurisdiction), scale

    def _answers(self, instance: Instance, place: str, named: bool) -> bool:
        if instance.track.per is None:
            return instance.area == (self.registry.area_of(place) or place) or not named
        if not named and self.kind(instance.area) and self.kind(instance.area) != self.kind(place):
            place = self.registry.area_of(place) or place
        return self.related(instance.area, place)

    def related(self, place: str, other: str) -> bool:
        """Whether one of two places is, or lies in, the other; an object holds nothing."""
        if self.kind(place) is not None or self.kind(other) is not None:
            area = place if self.kind(place) is None else other
            thing = other if area == place else place
            return place == other or (
                self.kind(area) is None and self.registry.is_within(thing, area)
            )
        one, two = self.registry.area_of(place), self.registry.area_of(other)
        if one is None or two is None:
            return False
        return self.registry.is_within(one, two) or self.registry.is_within(two, one)


def decided_per(ruled: Standard | Plan, track: Track) -> str | None:
    """The tier or kind of object that a track is decided once for; None: for its asker."""
    return track.per or (ruled.per if isinstance(ruled, Standard) else None)


def _last_over(editions: tuple[Plan, ...], at: int) -> Plan | None:
    """The edition that ended last before a time; None where none has begun by then."""
    over = [one for one in editions if (until := one.edition.period.until) and until <= at]
    return max(over, key=lambda one: one.edition.period.until or 0, default=None)


def _in_force(editions: tuple[RuledT, ...], at: int) -> RuledT | None:
    """The edition in force at a time; the later of two."""
    # Two at once are a finding of the linker.
    return next((item for item in reversed(editions) if item.edition.period.contains(at)), None)
