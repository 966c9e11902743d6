"""The geography and the bodies in force at one time: who lies in, reports to, may order whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from planengine.domain.entities import Entities
from planengine.domain.parts import Period
from planengine.domain.places import Agency, Jurisdiction, PlanObject, Source
from planengine.values.sets import ValueSet


class Registry:
    """What of the registry is in force at `at` (seconds since the epoch).

    All answers are in the author's order. A place that is unknown, or not in force, has no
    parent, children or attributes.
    """

    def __init__(self, entities: Entities, at: int) -> None:
        self.entities = entities
        self.at = at
        self._areas = {i: a for i, a in entities.jurisdictions.items() if a.period.contains(at)}
        self._objects = {i: o for i, o in entities.objects.items() if o.period.contains(at)}
        self._agencies = {i: a for i, a in entities.agencies.items() if a.period.contains(at)}
        self._children: dict[str, list[str]] = {}
        for item_id, area in self._areas.items():
            if area.parent is not None:
                self._children.setdefault(area.parent, []).append(item_id)
        self._tiers = {tier.id: index for index, tier in enumerate(entities.tiers)}
        self._overrides = {(r.giver, r.receiver): r.mode for r in entities.relations}
        self._ancestors: dict[str, tuple[str, ...]] = {}  # of areas in force, each once

    # Places

    def parent(self, area: str) -> str | None:
        """The area that an area lies in directly."""
        found = self._areas.get(area)
        return found.parent if found is not None and found.parent in self._areas else None

    def ancestors(self, area: str) -> tuple[str, ...]:
        """The areas that an area lies in, from the nearest to the top."""
        known = self._ancestors.get(area)
        if known is None:
            known = self._ancestors[area] = self._find_ancestors(area)
        return known

    def _find_ancestors(self, area: str) -> tuple[str, ...]:
        found: list[str] = []
        above = self.parent(area)
        while above is not None and above != area and above not in found:
            found.append(above)
            above = self.parent(above)
        return tuple(found)

    def children(self, area: str) -> tuple[str, ...]:
        """The areas that lie directly in an area."""
        return tuple(self._children.get(area, ()))

    def descendants(self, area: str) -> tuple[str, ...]:
        """The areas that lie in an area, not itself; each after the one it lies in."""
        return tuple(self._below(area, {area}))

    def _below(self, area: str, seen: set[str]) -> Iterator[str]:
        for child in self._children.get(area, ()):
            if child not in seen:
                seen.add(child)
                yield child
                yield from self._below(child, seen)

    def tier(self, area: str) -> str | None:
        """The tier of an area."""
        found = self._areas.get(area)
        return found.tier if found is not None else None

    def is_of(self, area: str, tier: str) -> bool:
        """Whether an area is of a tier, or plays the part of one."""
        found = self._areas.get(area)
        return found is not None and found.is_of(tier)

    def enclosing(self, area: str, tier: str) -> str | None:
        """The nearest area of `tier` that an area lies in, or is."""
        around = (area, *self.ancestors(area))
        return next((one for one in around if self.is_of(one, tier)), None)

    def area_of(self, place: str) -> str | None:
        """The area of an object; of an area, itself."""
        if place in self._areas:
            return place
        found = self._objects.get(place)
        return found.area if found is not None and found.area in self._areas else None

    def is_within(self, place: str, area: str) -> bool:
        """Whether an area or object is, or lies in, an area."""
        own = self.area_of(place)
        return own is not None and (own == area or area in self.ancestors(own))

    def touches(self, place: str, scope: Iterable[str]) -> bool:
        """Whether an incident can touch a place: `scope` are the areas and objects that it can.

        Of an area it is all that lies in it, of an object the object alone; and what holds them.
        """
        own = self.area_of(place) or place
        for one in scope:
            if self.is_object(one):
                if place == one or (not self.is_object(place) and self.is_within(one, place)):
                    return True
            elif self.is_within(own, one) or self.is_within(one, own):
                return True
        return False

    def is_object(self, place: str) -> bool:
        """Whether the place is an object in force."""
        return place in self._objects

    def is_known(self, place: str) -> bool:
        """Whether the place is an area or object in force."""
        return place in self._areas or place in self._objects

    def objects(self, kind: str, within: str | None = None) -> tuple[str, ...]:
        """The objects of a kind that lie in an area, or all of them."""
        return tuple(
            item_id
            for item_id, thing in self._objects.items()
            if thing.kind == kind and (within is None or self.is_within(item_id, within))
        )

    def areas(self, tier: str, within: str | None = None) -> tuple[str, ...]:
        """The areas of a tier that are, or lie in, an area, or all of them."""
        return tuple(
            item_id
            for item_id, area in self._areas.items()
            if area.is_of(tier) and (within is None or self.is_within(item_id, within))
        )

    def attribute(self, place: str, attribute: str) -> ValueSet | None:
        """The value of an attribute of an area or object; None when it is not stated."""
        thing = self._areas.get(place) or self._objects.get(place)
        if thing is None:
            return None
        for dated in thing.attributes.get(attribute, ()):
            if dated.period.contains(self.at):
                return dated.value
        return None

    def is_open(self, kind: str) -> bool:
        """Whether objects of this kind exist that the registry does not know."""
        return kind in self.entities.open_kinds

    # Bodies

    def agency_in_force(self, item_id: str) -> bool:
        """Whether the agency exists at this time."""
        return item_id in self._agencies

    def successor(self, item_id: str) -> str | None:
        """The agency itself when it exists, else the first successor that does."""
        seen: set[str] = set()
        waiting = [item_id]
        while waiting:
            candidate = waiting.pop(0)
            if candidate in self._agencies:
                return candidate
            known = self.entities.agencies.get(candidate)
            if known is not None and candidate not in seen:
                seen.add(candidate)
                waiting.extend(known.successors)
        return None

    def agencies_for_role(
        self, role: str, area: str, affected: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """The agencies a role means for an area.

        That of the enclosing area of the role's tier; when the tier is below the area, those
        of the areas of that tier in it which are (in) an `affected` place or have one inside
        (all of them when it is None); without a tier, that of the nearest area that has one.
        """
        known = self.entities.roles.get(role)
        return () if known is None else self.agencies_of(known.function, known.tier, area, affected)

    def governments(
        self, tier: str, area: str, affected: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """The bodies that govern the areas of a tier, found like those of a role."""
        function = next((one.government for one in self.entities.tiers if one.id == tier), None)
        return () if function is None else self.agencies_of(function, tier, area, affected)

    def agencies_of(
        self, function: str, tier: str | None, area: str, affected: Iterable[str] | None = None
    ) -> tuple[str, ...]:
        """The agencies with a function for an area, as a role with this tier means them."""
        if tier is None:
            for candidate in (area, *self.ancestors(area)):
                found = self._with_function(function, candidate)
                if found:
                    return found
            return ()
        enclosing = self.enclosing(area, tier)
        if enclosing is not None:
            return self._with_function(function, enclosing)
        below = self.areas(tier, area)
        if affected is not None:
            places = tuple(affected)
            below = tuple(
                a
                for a in below
                if any(self.is_within(p, a) or (p != area and self.is_within(a, p)) for p in places)
            )
        return tuple(item_id for a in below for item_id in self._with_function(function, a))

    def _with_function(self, function: str, area: str) -> tuple[str, ...]:
        return tuple(
            item_id
            for item_id, agency in self._agencies.items()
            if agency.area == area and agency.function == function
        )

    def may_order(self, giver: str, receiver: str) -> Literal["order", "request"]:
        """Whether `giver` (an agency, or an area's government) orders or requests `receiver`.

        A declared relation decides, of the receiver or else of a body it reports to. Else a
        body that reports to the giver, however far up, is ordered, and so is any other of the
        giver's area or below it unless one of the two is vertical. The rest are requested.
        """
        override = self._overrides.get((giver, receiver))
        if override is not None:
            return override
        if giver == receiver:
            return "order"
        body = self.entities.agencies.get(receiver)
        if body is None:
            return "request"
        chain = tuple(self._superiors(body))
        if giver in chain:
            return "order"
        for above in chain:
            if (giver, above) in self._overrides:
                return self._overrides[giver, above]
        giving = self.entities.agencies.get(giver)
        area = giving.area if giving is not None else giver
        if body.vertical or not self.is_within(body.area, area):
            return "request"
        if giving is not None and giving.vertical:
            return "request"
        return "order"

    def superior(self, receiver: str) -> str | None:
        """The body that a body reports to, or its successor; None where that is not declared."""
        body = self.entities.agencies.get(receiver)
        above = None if body is None else body.reports_to
        return None if above is None else self.successor(above)

    def is_above(self, giver: str, receiver: str) -> bool:
        """Whether a body is one that another reports to, however far up, or of an area around."""
        body, giving = self.entities.agencies.get(receiver), self.entities.agencies.get(giver)
        if body is None or giving is None:
            return False
        return giver in self._superiors(body) or giving.area in self.ancestors(body.area)

    def _superiors(self, body: Agency) -> Iterator[str]:
        seen = {body.id}
        above = body.reports_to
        while above is not None and above not in seen:
            seen.add(above)
            yield above
            known = self.entities.agencies.get(above)
            above = known.reports_to if known is not None else None


def boundaries(entities: Entities) -> tuple[int, ...]:
    """Every time at which an edition, attribute, place or body begins or ends, ascending."""
    found = {
        edge
        for period in _periods(entities)
        for edge in (period.since, period.until)
        if edge is not None
    }
    return tuple(sorted(found))


def _periods(entities: Entities) -> Iterator[Period]:
    for standards in entities.standards.values():
        yield from (standard.edition.period for standard in standards)
    for plans in entities.plans.values():
        yield from (plan.edition.period for plan in plans)
    for source in entities.sources.values():
        yield from _source_periods(source)
    yield from (agency.period for agency in entities.agencies.values())
    places: list[Jurisdiction | PlanObject] = [*entities.jurisdictions.values()]
    places += entities.objects.values()
    for place in places:
        yield place.period
        yield from (dated.period for values in place.attributes.values() for dated in values)


def _source_periods(source: Source) -> Iterator[Period]:
    yield from (edition.period for edition in source.editions)
