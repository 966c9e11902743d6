"""From what must be so of cells to what is told of an incident."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from math import isinf
from typing import TypeAlias

from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.domain.vocabulary import INCIDENT, Scale
from planengine.evidence.calendars import is_running
from planengine.expectations.refs import FactAt
from planengine.reading.yaml_text import scalar
from planengine.rules.conditions import (
    ActCell,
    CalendarCell,
    Cell,
    ChangeCell,
    DoneCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.ruleset import Unit
from planengine.values.sets import (
    NOT_APPLICABLE_CHOICE,
    NOT_APPLICABLE_NUMBER,
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    Number,
    NumberDomain,
    NumberSet,
    ValueSet,
)
from planengine.values.times import day_start, format_time, local
from planengine.witnesses.steps import step_at
from planengine.witnesses.witness import Needs, Witness

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
_HOUR, _DAY = 3600, 86_400
_LATEST = 400 * _DAY
_USUAL = "100"  # of a fact of which only a change is asked


class CannotTellError(Exception):
    """A cell that nothing which is told can make so."""


class Scene:
    """What is told of an incident so that cells are as they must be.

    `facts` are those of the assessed time, without a place of the home area; `observations` all
    else.
    Raises `CannotTellError` for a cell that only something else can make so.
    """

    def __init__(
        self,
        needs: Needs,
        entities: Entities,
        units: Mapping[UnitKey, Unit],
        hazards: list[str],
        at: int,
    ) -> None:
        self.entities = entities
        self.units = units
        self.hazards = [*hazards]
        self.facts: dict[FactAt, str] = {}
        self.observations: list[dict[str, Plain]] = []
        self.moments: dict[str, Plain] = {}
        self.at = self._time(needs, at)
        late = (LastingCell, ChangeCell)  # they say before what the others say now
        for cell, values in sorted(needs.items(), key=lambda need: isinstance(need[0], late)):
            self._tell(cell, values)

    def time(self, at: int) -> str:
        """A time as it is written."""
        return format_time(at, self.entities.time_zone)

    def _time(self, needs: Needs, at: int) -> int:
        """The first time from `at` at which the calendars are as they must be."""
        asked = [(cell, values) for cell, values in needs.items() if isinstance(cell, CalendarCell)]
        if not asked:
            return at
        for step in (_DAY, _HOUR):  # the same time of another day, before another time
            for instant in range(at, at + _LATEST, step):
                if all(self._runs(cell, instant) == (values == TRUE) for cell, values in asked):
                    return instant
        raise CannotTellError

    def _runs(self, cell: CalendarCell, instant: int) -> bool:
        calendar = self.entities.calendars[cell.calendar]
        return is_running(calendar, cell.zone or self.entities.time_zone, instant)

    def _tell(self, cell: Cell, values: ValueSet) -> None:
        match cell:
            case FactCell():
                self.facts[self._key(cell.fact, cell.place)] = self._value(cell, values)
            case ForecastCell():
                self._forecast(cell, values)
            case CalendarCell():
                pass
            case HazardCell():
                if values == TRUE and cell.hazard not in self.hazards:
                    self.hazards.append(cell.hazard)
            case LevelCell():
                self._level(cell, values)
            case ActCell():
                if values == TRUE:
                    told: dict[str, Plain] = {"invoke": {"clause": cell.clause}}
                    self._add(told, cell.place)
            case DoneCell():
                if values == TRUE:
                    self._done(cell)
            case ElapsedCell():
                self._elapsed(cell, values)
            case LastingCell():
                self._lasting(cell, values)
            case ChangeCell():
                self._change(cell, values)
            case _:
                raise CannotTellError

    def _add(self, told: dict[str, Plain], place: str | None = None, at: int | None = None) -> None:
        if place is not None and place != self.entities.home:
            told = {**self._place(place), **told}
        self.observations.append({"at": self.time(self.at if at is None else at), **told})

    def _place(self, place: str) -> dict[str, Plain]:
        if place in self.entities.objects:
            return {"object": place}
        if place in self.entities.jurisdictions:
            return {"area": place}
        if place == INCIDENT:
            return {}
        raise CannotTellError

    def _key(self, fact: str, place: str) -> FactAt:
        if place == self.entities.home or not self._place(place):
            return FactAt(fact)
        return FactAt(fact, place)

    def _value(self, cell: Cell, values: ValueSet) -> str:
        """One of some values, as it is written."""
        if values.na and values in {NOT_APPLICABLE_NUMBER, NOT_APPLICABLE_CHOICE}:
            return "n/a"
        if isinstance(values, ChoiceSet):
            assert isinstance(cell.domain, ChoiceDomain)
            first = next((one for one in cell.domain.values if one in values.members), None)
            if first is None:
                raise CannotTellError
            return str(first).lower() if isinstance(first, bool) else first
        return self._with_unit(cell, _some(cell, values))

    def _with_unit(self, cell: Cell, number: Number) -> str:
        """A number as an author would write it: of a quantity with its unit."""
        name: str | None = getattr(cell, "fact", None)
        fact = self.entities.facts.get(name or "")
        unit = fact.unit if fact is not None and fact.type == "quantity" else None
        return number_text(number) + (f" {unit}" if unit else "")

    def _forecast(self, cell: ForecastCell, values: ValueSet) -> None:
        fact = self.entities.facts[cell.fact]
        if cell.accepts is not None:
            wanted = values == TRUE
            asked = cell.accepts if wanted else fact.domain.complement(cell.accepts)  # type: ignore[arg-type]
            told = self._value(FactCell(cell.fact, cell.place, fact.domain), asked)
        else:
            told = self._value(cell, values)
        start, until = self.at, self.at + cell.within
        if cell.day is not None:
            zone = self.entities.time_zone
            day = local(self.at, zone).date() + timedelta(days=cell.day)
            start = max(day_start(day, zone), self.at)
            until = day_start(day + timedelta(days=1), zone)
        valid: dict[str, Plain] = {"from": self.time(start), "until": self.time(until + 1)}
        self._add({"kind": "forecast", "valid": valid, "facts": {cell.fact: told}}, cell.place)

    def _level(self, cell: LevelCell, values: ValueSet) -> None:
        unit = self.units.get(cell.unit)
        if unit is None or not isinstance(values, NumberSet):
            raise CannotTellError
        # some level that is not so bad is sure only where it was issued: none would be none issued
        rank = int(values.low or values.high)
        level = self._named(unit.scale, rank)
        if cell.read == "computed":
            track = f"/{unit.track}" if unit.track else ""
            document = unit.document
            self._add({"issued": {f"{unit.scale.id}.{document}{track}": level}}, unit.area)
        elif cell.read == "active":
            if rank == 0:
                return  # nothing is in force until people say so
            decide = self._whose(unit.document)
            if unit.track:
                decide["track"] = unit.track
            self._add({"decide": {**decide, "level": level}})
        else:
            raise CannotTellError

    def _named(self, scale: Scale, rank: int) -> str:
        found = scale.by_rank(rank)
        return "none" if found is None else found.id

    def _whose(self, document: str) -> dict[str, Plain]:
        """A document as observations name it."""
        plans = self.entities.plans.get(document)
        if plans is None:
            return {"standard": document}
        plan = plans[-1]
        if plan.jurisdiction == self.entities.home:
            return {"plan": plan.id}
        return {"plan": plan.id, "jurisdiction": plan.jurisdiction}

    def _done(self, cell: DoneCell) -> None:
        whose = self._whose(cell.document)
        if cell.kind == "action":
            self._add({"done": {**whose, "action": cell.item}}, cell.place)
        else:
            self._add({"reported": {**whose, cell.kind: cell.item}}, cell.place)

    def _elapsed(self, cell: ElapsedCell, values: ValueSet) -> None:
        is_own = cell.meaning in {"start", "level-change"}
        if is_own or not isinstance(cell.moment, str) or not isinstance(values, NumberSet):
            raise CannotTellError
        self.moments[cell.moment] = self.time(self.at - int(_some(cell, values)))

    def _lasting(self, cell: LastingCell, values: ValueSet) -> None:
        """What lasts is told once, long enough ago; what does not has not begun."""
        witness = Witness(self.units)
        needs = next(witness.made(cell.body, values == TRUE), None)
        if needs is None:
            raise CannotTellError
        inner = Scene(needs, self.entities, self.units, [], self.at)
        if inner.observations or inner.moments or inner.at != self.at:
            raise CannotTellError
        for key, told in inner.facts.items():
            now = self.facts.setdefault(key, told)
            self._ever_since(key, now, self.at - cell.duration)

    def _change(self, cell: ChangeCell, values: ValueSet) -> None:
        key = self._key(cell.fact, cell.place)
        if not isinstance(values, NumberSet):
            raise CannotTellError
        told = self.facts.setdefault(key, _USUAL)
        now = Fraction(told.split()[0])
        base = self._with_unit(cell, now - Fraction(_some(cell, values)))
        self._ever_since(key, base, self.at - cell.within)

    def _ever_since(self, key: FactAt, told: str, since: int) -> None:
        """A value from a time on, said again before what was said is over."""
        holds = self.entities.facts[key.fact].holds
        step = self.at - since if holds is None else max(holds // 2, 1)
        for at in range(since, self.at, max(step, 1)):
            self._add({"facts": {key.fact: told}}, key.place or None, at)


def _some(cell: Cell, values: NumberSet) -> Number:
    """A number among some: at a finite end where there is one, else just inside it."""
    domain = cell.domain
    assert isinstance(domain, NumberDomain)
    if not values.intervals:
        raise CannotTellError
    item = values.intervals[0]
    # an end of the domain may be one that only keeps slips out: no figure that anybody would tell
    if not isinf(item.high) and (isinf(item.low) or item.low == domain.whole.low < 0):
        step = 1 if domain.integer else step_at(item.high)
        return item.high if item.high_closed else item.high - step
    if isinf(item.low):
        return 0
    step = 1 if domain.integer else step_at(item.low)
    return item.low if item.low_closed else item.low + step


def number_text(number: Number) -> str:
    """A number as it is written: with its decimals, or as a fraction's nearest 12 of them."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return str(exact.numerator)
    return f"{float(exact):.12f}".rstrip("0")


def flow(value: Plain) -> str:
    """Plain data in flow style."""
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "{" + ", ".join(f"{scalar(key)}: {flow(item)}" for key, item in value.items()) + "}"
