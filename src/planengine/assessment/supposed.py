"""What would follow if people told certain values: the replay of a way before it is shown.

Facts are told as statements, one second after all that is known, and go through roll-ups,
derivations and windows as any statement does. What nobody can tell (elapsed time, lasting, levels)
is taken to be as supposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache

from msgspec.structs import replace

from planengine.assessment.ranks import between, issued_rank
from planengine.assessment.situation import Situation
from planengine.domain.ids import UnitKey
from planengine.domain.statements import EvidenceKind, Stamp, Statement
from planengine.domain.vocabulary import INCIDENT
from planengine.evidence.changes import window
from planengine.evidence.evidence import Evidence
from planengine.rules.conditions import (
    Cell,
    ChangeCell,
    Condition,
    FactCell,
    ForecastCell,
    LevelCell,
)
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.values.sets import NumberSet, ValueSet, number


def gives(situation: Situation, condition: Condition, changes: Mapping[Cell, ValueSet]) -> bool:
    """Whether a condition is certain once these cells have been told to have these values."""
    told = {cell: value for cell, value in changes.items() if _can_tell(situation, cell)}
    fixed = {cell: value for cell, value in changes.items() if cell not in told}
    value_of = _Supposed(situation, told, fixed).value_of
    if not shadows(condition, value_of)[0]:
        return False
    return all(
        not isinstance(cell, FactCell) or _fits(value_of(cell), changes[cell]) for cell in told
    )


def _fits(value: ValueSet, wanted: ValueSet) -> bool:
    return value.intersects(wanted)  # type: ignore[arg-type]


def _can_tell(situation: Situation, cell: Cell) -> bool:
    if not isinstance(cell, FactCell | ForecastCell | ChangeCell):
        return False
    if isinstance(cell, ForecastCell) and cell.accepts is not None:
        return False  # whether a test holds at some instant is no value that a forecast states
    entities = situation.entities
    known = cell.fact in entities.facts and situation.evidence.is_own(cell.place)
    return known and entities.facts[cell.fact].derived is None


class _Supposed:
    """One incident with more statements; only what is asked for is worked out."""

    def __init__(
        self,
        situation: Situation,
        told: Mapping[Cell, ValueSet],
        fixed: Mapping[Cell, ValueSet],
    ) -> None:
        self._situation = situation
        self._fixed = fixed
        evidence = situation.evidence
        self._evidence = evidence
        if told:
            events = tuple(
                each
                for order, (cell, value) in enumerate(told.items())
                for each in _statements(evidence, cell, value, order)
            )
            incident = replace(evidence.incident, events=(*evidence.incident.events, *events))
            at = evidence.at + 1
            known_at = max(evidence.known_at, at)
            self._evidence = Evidence(evidence.world, incident, at, known_at, evidence.status)
            starts = (e.stamp.at if e.valid_from is None else e.valid_from for e in events)
            self._evidence.rest_on(evidence, min(starts, default=at))
        self._bounds = cache(self._bounds_of)

    def value_of(self, cell: Cell) -> ValueSet:
        found = self._fixed.get(cell)
        if found is not None:
            return found
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(cell)
        return self._evidence.value_of(cell)

    def _level(self, cell: LevelCell) -> NumberSet:
        situation = self._situation
        if cell.unit not in situation.index or cell.unit in situation.outline.circular:
            return situation.level(cell)
        unit = situation.outline.unit(cell.unit)
        issued = issued_rank(self._evidence, unit) if cell.read == "computed" else None
        if issued is not None:
            return between(issued, issued)
        return between(*self._bounds(cell.unit, cell.read == "obliged"))

    def _bounds_of(self, name: UnitKey, obliged: bool) -> tuple[int, int]:
        unit = self._situation.outline.unit(name)
        low = self._highest(unit, 0, obliged=obliged)
        return low, max(low, self._highest(unit, 1, obliged=False))

    def _highest(self, unit: Unit, shadow: int, *, obliged: bool) -> int:
        bands = unit.obliged_at_least if obliged else unit.at_least
        ranks = range(len(bands), 0, -1)
        return next((r for r in ranks if shadows(bands[r - 1], self.value_of)[shadow]), 0)


def _statements(evidence: Evidence, cell: Cell, value: ValueSet, order: int) -> Iterator[Statement]:
    """What somebody would say for a cell to have a value."""
    assert isinstance(cell, FactCell | ForecastCell | ChangeCell)
    at = evidence.at + 1
    kind: EvidenceKind = "forecast" if isinstance(cell, ForecastCell) else "observed"
    moments: list[tuple[int, ValueSet]] = [(at, value)]
    if isinstance(cell, ChangeCell) and isinstance(value, NumberSet):
        moments = _changing(evidence, cell, value, at)
    for number_, (moment, each) in enumerate(moments):
        stamp = Stamp(f"supposed-{order}-{number_}", moment, moment, evidence.status)
        place = None if cell.place == INCIDENT else cell.place
        since = until = None
        if isinstance(cell, ForecastCell):
            since, until = at, at + cell.within + 1
            if cell.day is not None:
                since, last = window(evidence, cell)
                until = last + 1
        said = {cell.fact: each}
        incident = evidence.journal.incident
        yield Statement(stamp, place, incident, kind, said, since, until)


def _changing(
    evidence: Evidence, cell: ChangeCell, value: NumberSet, at: int
) -> list[tuple[int, ValueSet]]:
    """The values by which a fact changes so far, from what it is known to be where it is known."""
    wanted = _nearest_zero(value)
    now = evidence.known(FactCell(cell.fact, cell.place, evidence.world.facts[cell.fact].domain))
    level, change = now.value.point, evidence.known(cell).value
    if (
        isinstance(level, int | Fraction)
        and isinstance(change, NumberSet)
        and change.point is not None
    ):
        return [(at, number(level - change.point + wanted))]
    start = level if isinstance(level, int | Fraction) else max(-wanted, 0)
    return [(at - cell.within + 1, number(start)), (at, number(start + wanted))]


def _nearest_zero(value: NumberSet) -> int | Fraction:
    ends = [end for item in value.intervals for end in (item.low, item.high)]
    finite = [Fraction(end) for end in ends if not isinstance(end, float)]
    return min(finite, key=abs, default=0)
