"""Whether a decision's two levels are exact, or may be loose (SEMANTICS 6).

They are exact when each open question is asked in one direction, or in one place, within
the condition of each level. The test is careful: it may say no where they are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct, field

from planengine.library.entities import Entities
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    AttributeCell,
    Case,
    Cell,
    ChangeCell,
    Condition,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
    Test,
)
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.shadows import shadows
from planengine.rules.walk import tests_of
from planengine.values.sets import ChoiceDomain, ChoiceSet, NumberDomain, NumberSet, ValueSet

Way: TypeAlias = Literal["up", "down", "both"]
_TURNED: dict[Way, Way] = {"up": "down", "down": "up", "both": "both"}
Question: TypeAlias = tuple[str, str, str]  # sort, what, place


class _Asked(Struct):
    """How often an open question is asked, and which ways."""

    ways: set[tuple[Way, bool]] = field(default_factory=set)  # (direction, holds for n/a)
    times: int = 0

    @property
    def is_plain(self) -> bool:
        return self.times < 2 or (len(self.ways) == 1 and next(iter(self.ways))[0] != "both")


def exact(
    unit: Unit,
    value_of: Callable[[Cell], ValueSet],
    ruleset: RuleSet,
    entities: Entities,
) -> bool:
    """Whether `level` and `could_reach` of a unit are surely the best answer there is.

    `value_of` gives what every cell may be; of a decision's level, the range from its level
    to its could_reach. True means that each open fact (a derived one taken apart into what it
    is derived from) is asked in one direction or once, and that no open fact is asked both
    of a whole and of a part of it.
    """
    units = {item.id: item for item in ruleset.units}
    return all(
        _Inquiry(value_of, units, entities).is_plain(condition, unit.id)
        for condition in unit.at_least
    )


class _Inquiry:
    """The open questions of one condition."""

    def __init__(
        self,
        value_of: Callable[[Cell], ValueSet],
        units: dict[str, Unit],
        entities: Entities,
    ) -> None:
        self.value_of = value_of
        self.units = units
        self.entities = entities
        self.asked: dict[Question, _Asked] = {}
        self.path: list[str] = []
        self.circular = False

    def is_plain(self, condition: Condition, unit: str) -> bool:
        self.path.append(unit)
        self.visit(condition, "up")
        if self.circular or not all(asked.is_plain for asked in self.asked.values()):
            return False
        return not any(self._whole_and_part())

    def visit(self, condition: Condition, way: Way) -> None:
        """Note what an undecided condition asks; `way` is "down" where it is denied."""
        certain, possible = shadows(condition, self.value_of)
        if certain or not possible:
            return
        match condition:
            case Test():
                self.test(condition, way)
            case All() | Any() | AtLeast():
                for part in condition.of:
                    self.visit(part, way)
            case Case():
                for guard, body in condition.branches:
                    self.visit(guard, "both")
                    self.visit(body, way)
                self.visit(condition.otherwise, way)
            case _:
                raise ValueError(f"a condition is not in the normal form: {condition}")

    def test(self, test: Test, way: Way) -> None:
        cell = test.cell
        own = _way_of(test)
        asked = _combined(own, way)
        match cell:
            case FactCell():
                self.fact("fact", cell.fact, cell.place, asked, test.accepts.na)
            case ForecastCell():
                if cell.accepts is not None:  # one such test may tell of another
                    asked = "both"
                self.fact("forecast", cell.fact, cell.place, asked, test.accepts.na)
            case AttributeCell(fact=str() as fact):
                self.fact("fact", fact, cell.place, asked, test.accepts.na)
                self.note(("attribute", cell.attribute, cell.place), "both", na=False)
            case ChangeCell():
                self.fact("fact", cell.fact, cell.place, "both", test.accepts.na)
            case LastingCell():
                for inner in tests_of(cell.body):
                    self.test(inner, asked)
            case LevelCell() if cell.read != "active":
                self.level(cell, test, asked)
            case _:
                self.note(("cell", str(cell), ""), asked, na=test.accepts.na)

    def level(self, cell: LevelCell, test: Test, way: Way) -> None:
        """A decision whose level is open asks what its own conditions ask."""
        unit = self.units.get(cell.unit)
        if unit is None or unit.id in self.path:
            self.circular = True
            return
        bands = unit.obliged_at_least if cell.read == "obliged" else unit.at_least
        lowest = test.accepts.low if isinstance(test.accepts, NumberSet) else 0
        self.path.append(unit.id)
        if way != "both" and isinstance(lowest, int) and lowest >= 1:
            self.visit(bands[lowest - 1], way)
        else:
            for band in bands:
                self.visit(band, "both")
        self.path.pop()

    def fact(self, sort: str, fact: str, place: str, way: Way, na: bool) -> None:
        for base, base_way in self._bases(fact, way, ()):
            self.note((sort, base, place), base_way, na=na)

    def _bases(self, fact: str, way: Way, path: tuple[str, ...]) -> Iterator[tuple[str, Way]]:
        """The facts that a fact rests on, with the direction each is asked in."""
        known = self.entities.facts.get(fact)
        if known is not None and known.may_rise_by is not None and not path:
            yield from self._bases(known.may_rise_by, way, (fact,))
        if known is None or known.derived is None or fact in path:
            yield fact, way
            return
        derived = known.derived
        for place, (operand, coefficient) in enumerate(derived.operands):
            turned = coefficient < 0 or (derived.kind == "ratio" and place > 0)
            inner: Way = _TURNED[way] if turned else way
            if derived.kind == "first-known":
                inner = "both"
            yield from self._bases(operand, inner, (*path, fact))

    def note(self, question: Question, way: Way, *, na: bool) -> None:
        asked = self.asked.setdefault(question, _Asked())
        asked.ways.add((way, na))
        asked.times += 1

    def _whole_and_part(self) -> Iterator[bool]:
        """True for each open fact that is asked of a place and of one around it."""
        places: dict[tuple[str, str], set[str]] = {}
        for sort, fact, place in self.asked:
            known = self.entities.facts.get(fact)
            if sort in {"fact", "forecast"} and known is not None and known.roll_up != "none":
                places.setdefault((sort, fact), set()).add(place)
        for asked in places.values():
            if len(asked) > 1:
                for place in asked:
                    yield not asked.isdisjoint(self._around(place))

    def _around(self, place: str) -> Iterator[str]:
        thing = self.entities.objects.get(place)
        area = self.entities.jurisdictions.get(thing.area if thing is not None else place)
        if thing is not None and area is not None:
            yield area.id
        seen: set[str] = set()
        while area is not None and area.parent is not None and area.parent not in seen:
            seen.add(area.parent)
            yield area.parent
            area = self.entities.jurisdictions.get(area.parent)


def _way_of(test: Test) -> Way:
    """The direction of a test; what it says of n/a is noted apart."""
    domain, accepts = test.cell.domain, test.accepts
    if isinstance(domain, NumberDomain) and isinstance(accepts, NumberSet):
        return domain.direction(NumberSet(accepts.intervals)) or "both"
    if isinstance(domain, ChoiceDomain) and isinstance(accepts, ChoiceSet):
        return domain.direction(ChoiceSet(accepts.members)) or "both"
    return "both"


def _combined(own: Way, outer: Way) -> Way:
    if "both" in {own, outer}:
        return "both"
    return own if outer == "up" else _TURNED[own]
