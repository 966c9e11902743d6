"""What would follow if people told certain values: the replay of a way before it is shown.

Facts are told as statements, one second after all that is known, and go through roll-ups,
derivations and windows as any statement does. What nobody can tell (elapsed time, lasting, levels)
is taken to be as supposed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache, cached_property
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.outline import Outline
from planengine.assessment.ranks import between, issued_rank
from planengine.assessment.reach import cell_state
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
    LastingCell,
    LevelCell,
)
from planengine.rules.order import cells_of
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.values.sets import NumberSet, ValueSet, number

_TOLD = FactCell | ForecastCell | ChangeCell
Told: TypeAlias = tuple[Cell, ValueSet]
"""A cell, and what it is told to be."""


def gives(situation: Situation, condition: Condition, changes: Mapping[Cell, ValueSet]) -> bool:
    """Whether a condition is certain once these cells have been told to have these values."""
    told = tuple((cell, value) for cell, value in changes.items() if _can_tell(situation, cell))
    cells = {cell for cell, _ in told}
    fixed = {cell: value for cell, value in changes.items() if cell not in cells}
    value_of = _Supposed(situation, told, fixed).value_of
    if not shadows(condition, value_of)[0]:
        return False
    return all(
        not isinstance(cell, FactCell) or _fits(value_of(cell), value) for cell, value in told
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


class _Ahead:
    """One incident a second later: what all that may be told has in common."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        now = situation.evidence
        at = now.at + 1
        self.evidence = Evidence(now.world, now.incident, at, max(now.known_at, at), now.status)
        self.evidence.rest_on(now, at)
        self._told: dict[tuple[Told, ...], _Replay] = {}

    @cached_property
    def nothing_told(self) -> _Supposed:
        return _Supposed(self._situation, (), {})

    def told(self, *items: Told) -> _Replay:
        """The same if some cells are told to have some values; worked out once."""
        found = self._told.get(items)
        if found is None:
            found = self._told[items] = _Replay(self._situation, items, self)
        return found

    def resting_on(self, facts: Iterable[str]) -> frozenset[str]:
        """The facts that what is told of some facts may bear on."""
        return frozenset().union(*(self._bearing_on.get(fact, ()) for fact in facts))

    @cached_property
    def _bearing_on(self) -> Mapping[str, set[str]]:
        """What each fact may bear on."""
        world = self.evidence.world
        found: dict[str, set[str]] = {}
        for fact in world.facts.values():
            for one in world.behind(fact):
                found.setdefault(one.id, set()).add(fact.id)
        return found

    def with_statements(self, more: Sequence[Statement], facts: Iterable[str]) -> Evidence:
        """All that bears on some facts, and more."""
        now, ahead = self._situation.evidence, self.evidence
        world = ahead.world
        known = (world.facts[name] for name in facts if name in world.facts)
        behind = {one.id for fact in known for one in world.behind(fact)}
        places = set(self._stating[""]).union(*(self._stating.get(name, ()) for name in behind))
        events = ahead.incident.events
        incident = replace(
            ahead.incident, events=(*(events[place] for place in sorted(places)), *more)
        )
        found = Evidence(ahead.world, incident, ahead.at, ahead.known_at, ahead.status)
        starts = (e.stamp.at if e.valid_from is None else e.valid_from for e in more)
        found.rest_on(now, min(starts, default=ahead.at))
        return found

    @cached_property
    def _stating(self) -> Mapping[str, Sequence[int]]:
        """At which places among the events each fact is stated; under "" those that state none."""
        found: dict[str, list[int]] = {"": []}
        for place, event in enumerate(self.evidence.incident.events):
            for name in event.facts if isinstance(event, Statement) else ("",):
                found.setdefault(name, []).append(place)
        return found


class _Replay:
    """What cells would be, were some told to have some values."""

    def __init__(self, situation: Situation, told: tuple[Told, ...], ahead: _Ahead) -> None:
        self._situation = situation
        self._told = told
        self._ahead = ahead
        self.touched = ahead.resting_on({cell.fact for cell, _ in told if isinstance(cell, _TOLD)})
        self._evidence = cache(self._evidence_of)

    def value_of(self, cell: Cell, facts: frozenset[str]) -> ValueSet:
        """That of a cell of evidence, which reads some facts; as it was before where it stays."""
        situation = self._situation
        return situation.findings.of(
            ("supposed", self._told, cell),
            cell_state(situation, cell),
            lambda: self._evidence(self.touched | facts).value_of(cell),
        )

    def _evidence_of(self, facts: frozenset[str]) -> Evidence:
        """All that bears on some facts, and what is told."""
        if not self._told:
            return self._ahead.evidence
        now = self._situation.evidence
        more = [
            each
            for order, (cell, value) in enumerate(self._told)
            for each in _statements(now, cell, value, order)
        ]
        return self._ahead.with_statements(more, facts)


class _Read(Struct, frozen=True):
    """What a cell is worked out from: facts, and other cells."""

    facts: frozenset[str]
    cells: frozenset[Cell]


class _Reach:
    """What each cell of a rule set is worked out from, down to what people state."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._found: dict[Cell, _Read] = {}

    def of_cell(self, cell: Cell) -> _Read:
        found = self._found.get(cell)
        if found is None:
            found = self._found[cell] = self._find(cell)
        return found

    def _find(self, cell: Cell) -> _Read:
        own = frozenset({cell})
        if isinstance(cell, _TOLD):
            return _Read(frozenset({cell.fact}), own)
        if isinstance(cell, LastingCell):
            inner = cells_of((cell.body,))
        elif isinstance(cell, LevelCell) and cell.read != "active":
            if cell.unit not in self._outline.index or cell.unit in self._outline.circular:
                return _Read(frozenset(), own)
            unit = self._outline.unit(cell.unit)
            inner = cells_of((*unit.at_least, *unit.obliged_at_least))
        else:
            return _Read(frozenset(), own)
        read = [self.of_cell(one) for one in dict.fromkeys(inner)]
        return _Read(
            frozenset().union(*(one.facts for one in read)),
            own.union(*(one.cells for one in read)),
        )


class _Supposed:
    """What cells would be, were some told to have some values and others fixed.

    What is told of facts that bear on nothing in common is replayed apart, once for all ways.
    """

    def __init__(
        self, situation: Situation, told: tuple[Told, ...], fixed: Mapping[Cell, ValueSet]
    ) -> None:
        self._situation = situation
        self._ahead = situation.kept(_Ahead)
        self._replays = [self._ahead.told(one) for one in told]
        self._told = told
        self._fixed = fixed
        self._reach = situation.outline.kept(_Reach)
        self._bounds = cache(self._bounds_of)

    def value_of(self, cell: Cell) -> ValueSet:
        found = self._fixed.get(cell)
        if found is not None:
            return found
        read = self._reach.of_cell(cell)
        telling = [
            one
            for one, replay in zip(self._told, self._replays, strict=True)
            if not read.facts.isdisjoint(replay.touched)
        ]
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return self._ahead.told(*telling).value_of(cell, read.facts)
        if telling or not read.cells.isdisjoint(self._fixed):
            return self.level(cell)
        return self._ahead.nothing_told.level(cell)

    def level(self, cell: LevelCell) -> NumberSet:
        """The ranks that a computed level may have."""
        situation = self._situation
        if cell.unit not in situation.index or cell.unit in situation.outline.circular:
            return situation.level(cell)
        unit = situation.outline.unit(cell.unit)
        issued = issued_rank(self._ahead.evidence, unit) if cell.read == "computed" else None
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
