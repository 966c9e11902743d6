"""Whether a decision's two levels are exact, or may be loose (SEMANTICS 6).

They are exact when each open question is asked in one direction, or in one place, within
the condition of each level, or of each world that it is split into. The test is careful: it
may say no where they are exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeAlias

from msgspec import Struct, field

from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    AttributeCell,
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
from planengine.rules.shadows import split_shadows
from planengine.rules.walk import tests_of
from planengine.rules.worlds import Split, Worlds, tests_in, worlds_of
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
    coupled: Callable[[Iterable[FactCell]], bool],
) -> bool:
    """Whether `level` and `could_reach` of a unit are surely the best answer there is.

    `value_of` gives what every cell may be; of a decision's level, the range from its level
    to its could_reach. True means that in each world that a condition is split into, each open
    fact (a derived one taken apart into what it is derived from) is asked in one direction or
    once, and that no open fact is asked both of a whole and of a part of it, nor two that bound
    each other: `coupled` tells whether any two of some facts do.
    """
    units = {item.id: item for item in ruleset.units}
    return all(
        _Inquiry(value_of, units, entities, coupled).is_plain(condition, unit.id)
        for condition in unit.at_least
    )


class _Inquiry:
    """The open questions of one condition, all of which count together."""

    def __init__(
        self,
        value_of: Callable[[Cell], ValueSet],
        units: dict[UnitKey, Unit],
        entities: Entities,
        coupled: Callable[[Iterable[FactCell]], bool],
        path: tuple[UnitKey, ...] = (),
    ) -> None:
        self.coupled = coupled
        self.value_of = value_of
        self.units = units
        self.entities = entities
        self.asked: dict[Question, _Asked] = {}
        self.path = [*path]
        self.visits: dict[tuple[UnitKey, bool, int, Way], int] = {}
        self.loose = False  # a circle of open levels, or a part that is loose by itself

    def is_plain(self, condition: Condition, unit: UnitKey) -> bool:
        self.path.append(unit)
        self.visit(worlds_of(condition), "up")
        return not self.is_loose

    @property
    def is_loose(self) -> bool:
        return (
            self.loose
            or not all(asked.is_plain for asked in self.asked.values())
            or any(self._whole_and_part())
            or self.coupled(self._facts())
        )

    def visit(self, split: Split, way: Way) -> None:
        """Note what an undecided condition asks; `way` is "down" where it is denied."""
        if self.loose:
            return
        certain, possible = split_shadows(split, self.value_of)
        if certain or not possible:
            return
        match split:
            case Test():
                self.test(split, way)
            case All() | Any() | AtLeast():
                for part in split.of:
                    self.visit(part, way)
            case Worlds():
                self.worlds(split, way)

    def worlds(self, worlds: Worlds, way: Way) -> None:
        """The branches are different worlds: each must be plain, and its guard independent.

        Of all of them together a question counts once; what is asked again elsewhere must be
        asked in the one direction in which every branch asks it.
        """
        guards = self._apart()
        found: dict[Question, _Asked] = {}
        for guard, body in worlds.branches:
            if not split_shadows(guard, self.value_of)[1]:
                continue
            guards.visit(guard, "both")
            branch = self._apart()
            branch.visit(body, way)
            self.loose = self.loose or branch.is_loose
            for question, asked in branch.asked.items():
                found.setdefault(question, _Asked()).ways.update(asked.ways)
        single = {test.cell for guard, _ in worlds.branches for test in tests_in(guard)}
        if guards.loose or len(single) != 1 or not guards.asked.keys().isdisjoint(found):
            self.loose = True
        guards.asked.update(found)
        if any(guards._whole_and_part()):  # noqa: SLF001 - its own class
            self.loose = True
        for question, asked in guards.asked.items():
            both = question not in found
            for each, na in asked.ways:
                self.note(question, "both" if both else each, na=na)
            self.asked[question].times += 1 - len(asked.ways)

    def _apart(self) -> _Inquiry:
        return _Inquiry(self.value_of, self.units, self.entities, self.coupled, tuple(self.path))

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
        """A decision whose level is open asks what its own conditions ask.

        What is reached on several ways is gone into twice: then all it asks counts as asked again.
        """
        unit = self.units.get(cell.unit)
        if unit is None or unit.id in self.path:
            self.loose = True
            return
        obliged = cell.read == "obliged"
        bands = unit.obliged_at_least if obliged else unit.at_least
        lowest = test.accepts.low if isinstance(test.accepts, NumberSet) else 0
        rank = lowest if way != "both" and isinstance(lowest, int) and lowest >= 1 else 0
        key = (unit.id, obliged, rank, way)
        visits = self.visits[key] = self.visits.get(key, 0) + 1
        if visits > 2:
            return
        self.path.append(unit.id)
        if rank:
            self.visit(worlds_of(bands[rank - 1]), way)
        else:
            for band in bands:
                self.visit(worlds_of(band), "both")
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
            if derived.kind in ("first-known", "score"):
                inner = "both"
            yield from self._bases(operand, inner, (*path, fact))

    def note(self, question: Question, way: Way, *, na: bool) -> None:
        asked = self.asked.setdefault(question, _Asked())
        asked.ways.add((way, na))
        asked.times += 1

    def _facts(self) -> Iterator[FactCell]:
        """The open facts that are asked."""
        for sort, fact, place in self.asked:
            known = self.entities.facts.get(fact)
            if sort == "fact" and known is not None:
                yield FactCell(fact, place, known.domain)

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
