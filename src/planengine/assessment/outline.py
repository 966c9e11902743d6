"""What a rule set and its library say whatever the facts are, looked up once for all incidents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeVar, cast

from planengine.domain.documents import Plan, Standard, Track
from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import Condition
from planengine.rules.order import decided_reads
from planengine.rules.ruleset import PARTS, ConditionKey, Part, RuleSet, Unit

T = TypeVar("T")


class Outline:
    """The decisions, plans and standards that a rule set has, found by their names."""

    def __init__(self, rules: RuleSet, entities: Entities) -> None:
        self.rules = rules
        self.entities = entities
        self.index: Mapping[UnitKey, int] = {unit.id: at for at, unit in enumerate(rules.units)}
        self._documents = {unit.id: _document(unit, entities) for unit in rules.units}
        self._kept: dict[Callable[[Outline], object], object] = {}
        self._responses: dict[tuple[str, str | None], tuple[Unit, ...]] = {}

    def kept(self, make: Callable[[Outline], T]) -> T:
        """What is made of this outline, whatever the facts are; made once."""
        found = self._kept.get(make)
        if found is None:
            found = self._kept[make] = make(self)
        return cast("T", found)

    @cached_property
    def plans(self) -> Mapping[str, Plan]:
        """The plans that have a decision here, by `<jurisdiction>/<id>`, in the rules' order."""
        return {
            unit.document: document
            for unit in self.rules.units
            if isinstance(document := self._documents[unit.id], Plan)
        }

    def unit(self, name: UnitKey) -> Unit:
        """The decision with an id."""
        return self.rules.units[self.index[name]]

    def responses(self, plan: str, track: str | None) -> tuple[Unit, ...]:
        """A plan's response decisions, of one track or of all."""
        found = self._responses.get((plan, track))
        if found is None:
            found = self._responses[plan, track] = tuple(
                unit
                for unit in self.rules.units
                if unit.document == plan
                and unit.purpose == "level"
                and (track is None or unit.track == track)
            )
        return found

    def condition(
        self, document: str, item: str, order: int, part: Part, area: str
    ) -> Condition | None:
        """The grounded `on` or `when` of an action, report or link; None where there is none."""
        conditions = self.rules.conditions
        own = conditions.get(ConditionKey(document, item, order, part, area))
        return own or conditions.get(ConditionKey(document, item, order, part))

    def conditions(self, document: str, item: str, order: int, area: str) -> tuple[Condition, ...]:
        """The `on` and `when` of an item at a place, as far as it has them."""
        found = (self.condition(document, item, order, part, area) for part in PARTS)
        return tuple(one for one in found if one is not None)

    def document(self, unit: Unit) -> Plan | Standard:
        """The plan or standard, in the edition in force, that a unit was compiled from."""
        return self._documents[unit.id]

    def track(self, unit: Unit) -> Track:
        """The part of that document which has the unit's levels."""
        document = self.document(unit)
        tracks = document.warnings if unit.purpose == "warning" else document.tracks
        return next(track for track in tracks if track.id == unit.track)

    def circle(self, name: UnitKey) -> tuple[Unit, ...]:
        """The units that depend on each other in a circle with one; it alone if it has none."""
        place = self.index[name]
        members = next(found for found in self.rules.components if place in found)
        return tuple(self.rules.units[member] for member in members)

    @cached_property
    def circular(self) -> frozenset[UnitKey]:
        """The units that read themselves, directly or through others."""
        together = (members for members in self.rules.components if len(members) > 1)
        found = {self.rules.units[place].id for members in together for place in members}
        found.update(unit.id for unit in self.rules.units if unit.id in decided_reads(unit))
        return frozenset(found)


def _document(unit: Unit, entities: Entities) -> Plan | Standard:
    editions: tuple[Plan | Standard, ...] = (
        entities.standards[unit.document]
        if unit.purpose == "standard"
        else entities.plans[unit.document]
    )
    return next(item for item in editions if item.edition.number == unit.edition)
