"""What evidence needs to know about the library, looked up once: scope, parts, domains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planengine.bounded import Bounded
from planengine.domain.entities import Entities
from planengine.domain.registry import Registry
from planengine.domain.vocabulary import Fact
from planengine.evidence.known import Known
from planengine.evidence.relations import Relations, relations_of
from planengine.values.sets import FALSE, NumberDomain, ValueSet, number

MOST_GROUPS = 4096  # of facts with what is spoken of, which differs from incident to incident


class World:
    """The library's facts and the geography, seen from incidents of one scope."""

    __slots__ = (
        "_above",
        "_behind",
        "_everything",
        "_groups",
        "_in_scope",
        "entities",
        "facts",
        "home",
        "registry",
        "relations",
        "scope",
        "unspoken",
    )

    def __init__(
        self, entities: Entities, registry: Registry, scope: frozenset[str] | None
    ) -> None:
        self.entities = entities
        self.registry = registry
        self.scope = scope
        self.facts: Mapping[str, Fact] = entities.facts
        self.home = entities.home
        self._above: dict[str, tuple[str, ...]] = {}  # of places in force, each once
        self._in_scope: dict[str, bool] = {}
        self._everything: dict[str, ValueSet] = {}
        self._behind: dict[str, tuple[Fact, ...]] = {}
        self._groups: Bounded[tuple[str, frozenset[str]], tuple[str, ...]] = Bounded(MOST_GROUPS)
        # what is known of facts of which nobody spoke, by fact, place, and how it is asked
        self.unspoken: dict[tuple[str, str, bool, bool], Known] = {}
        self.relations: Relations = relations_of(self.facts, entities.names.dialect.units)

    def everything(self, fact: Fact) -> ValueSet:
        """A fact's whole domain, and *n/a*."""
        found = self._everything.get(fact.id)
        if found is None:
            found = self._everything[fact.id] = fact.domain.everything
        return found

    def behind(self, fact: Fact) -> tuple[Fact, ...]:
        """A fact, every fact that may bear on it, and those that may still add to it."""
        found = self._behind.get(fact.id)
        if found is None:
            names = self.relations.behind(fact.id)
            found = tuple(self.facts[name] for name in sorted(names))
            self._behind[fact.id] = found
        return found

    def group(self, fact: str, spoken: frozenset[str]) -> tuple[str, ...]:
        """The facts that can tell something of a fact, if only some are spoken of."""
        return self._groups.get((fact, spoken), lambda: self.relations.group(fact, spoken))

    def above(self, place: str) -> tuple[str, ...]:
        """The areas that hold a place, the nearest first."""
        found = self._above.get(place)
        if found is None:
            area = self.registry.area_of(place)
            if area is None:
                return ()
            around = self.registry.ancestors(area)
            found = self._above[place] = around if area == place else (area, *around)
        return found

    def in_scope(self, place: str) -> bool:
        """Whether the incident can touch a place: it lies in the scope, or holds a part of it."""
        if self.scope is None:
            return True
        found = self._in_scope.get(place)
        if found is None:
            found = self._in_scope[place] = self._touches_scope(place, self.scope)
        return found

    def _touches_scope(self, place: str, scope: Iterable[str]) -> bool:
        if self.registry.area_of(place) is None:
            return True  # nowhere on the map: nothing says that it is outside
        return self.registry.touches(place, scope)

    def is_place(self, place: str) -> bool:
        """Whether the id is that of an area or an object."""
        return place in self.entities.jurisdictions or place in self.entities.objects

    def holders(self, places: Iterable[str]) -> frozenset[str]:
        """All areas that strictly hold one of the places."""
        found: set[str] = set()
        for place in places:
            if place in self.entities.objects:
                above = self.registry.area_of(place)
            else:
                above = self.registry.parent(place)
            while above is not None and above not in found:
                found.add(above)
                above = self.registry.parent(above)
        return frozenset(found)

    def parts(
        self, fact: Fact, area: str, mentioned: Mapping[str, object], holders: frozenset[str]
    ) -> tuple[list[str], bool]:
        """An area's parts in scope for a fact, and whether there may be unlisted ones.

        Of a fact about areas: the child areas, and what was stated of objects directly in
        the area. Of a fact about a kind of object: those objects directly in the area, and
        the child areas that have any.
        """
        registry = self.registry
        children = [child for child in registry.children(area) if self.in_scope(child)]
        if fact.subject not in self.entities.object_kinds:
            objects = self.entities.objects
            inside = [p for p in mentioned if p in objects and registry.area_of(p) == area]
            return children + inside, bool(inside) and not children
        kind = fact.subject
        relevant = [
            child
            for child in children
            if child in mentioned or child in holders or registry.objects(kind, child)
        ]
        inside = [one for one in registry.objects(kind, area) if registry.area_of(one) == area]
        return relevant + inside, registry.is_open(kind)

    def on_watch(self, fact: Fact, place: str, off_watch: frozenset[str]) -> bool:
        """Whether the provider of a by-exception fact, an agency or a role, is on watch."""
        if not off_watch or fact.provider is None:
            return True
        if fact.provider in off_watch:
            return False
        if fact.provider not in self.entities.roles:
            return True
        area = self.registry.area_of(place) or self.home
        return off_watch.isdisjoint(self.registry.agencies_for_role(fact.provider, area))

    def nothing(self, fact: Fact) -> ValueSet | None:
        """What an unreported by-exception fact is: false or zero; None for other kinds."""
        if fact.type == "flag":
            return FALSE
        if isinstance(fact.domain, NumberDomain):
            zero = number(0)
            return zero if zero.issubset(fact.domain.whole) else None
        return None
