"""What decisions rest on, down to what people state: whatever the facts are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from planengine.assessment.outline import Outline
from planengine.assessment.regions import Regions, level_conditions
from planengine.assessment.situation import Situation
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    Cell,
    ChangeCell,
    ElapsedCell,
    ForecastCell,
    LastingCell,
    LevelCell,
    OverdueCell,
)
from planengine.rules.order import cells_of, level_reads

_MOVING = ElapsedCell | ForecastCell | ChangeCell | LastingCell | OverdueCell


class Reach(Struct, frozen=True, dict=True, eq=False):
    """The decisions that one reads, itself included, and all cells that these read."""

    units: frozenset[UnitKey]
    cells: frozenset[Cell]

    @cached_property
    def told(self) -> frozenset[Cell]:
        """Those of which evidence tells; other levels are `standing`."""
        return frozenset(cell for cell in self.cells if not _is_decided(cell))

    @cached_property
    def moving(self) -> tuple[Cell, ...]:
        """Those of which what is told changes while time passes, though their tests do not."""
        return tuple(cell for cell in self.cells if isinstance(cell, _MOVING))


class Reaches:
    """The reach of each decision of an outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._found: dict[UnitKey, Reach] = {}
        self._own: dict[UnitKey, frozenset[Cell]] = {}

    def of(self, unit: UnitKey) -> Reach:
        """What a decision, its reasons, and how it is eased rest on."""
        found = self._found.get(unit)
        if found is None:
            found = self._found[unit] = self._find(unit)
        return found

    def _find(self, unit: UnitKey) -> Reach:
        units = {unit}
        cells: set[Cell] = set()
        waiting = [unit]
        while waiting:
            name = waiting.pop()
            own = self._read_by(name) if name in self._outline.index else frozenset()
            cells |= own
            for cell in _levels_in(own):
                if cell.unit not in units:
                    units.add(cell.unit)
                    waiting.append(cell.unit)
        units.intersection_update(self._outline.index)
        return Reach(frozenset(units), frozenset(cells))

    def _read_by(self, unit: UnitKey) -> frozenset[Cell]:
        found = self._own.get(unit)
        if found is None:
            conditions = level_conditions(self._outline.unit(unit))
            found = self._own[unit] = frozenset(cells_of(conditions))
        return found

    @cached_property
    def told(self) -> frozenset[Cell]:
        """All cells of which evidence tells that any decision rests on."""
        return frozenset().union(*(self.of(unit).told for unit in self._outline.index))

    def resting_on(self, cell: Cell) -> Sequence[UnitKey]:
        """The decisions that rest on a cell."""
        return self._resting.get(cell, ())

    @cached_property
    def _resting(self) -> dict[Cell, list[UnitKey]]:
        """The decisions that rest on each cell."""
        found: dict[Cell, list[UnitKey]] = {}
        for unit in self._outline.index:
            for cell in self.of(unit).cells:
                found.setdefault(cell, []).append(unit)
        return found


def state_of(situation: Situation, reach: Reach) -> object:
    """The same as long as nothing in a reach is another; time may move it."""
    return _same(situation, "state", reach, situation.kept(Stale).cells)


def ranks_of(situation: Situation, reach: Reach) -> object:
    """The same as long as no test in a reach finds anything else, whatever the values are."""
    return _same(situation, "ranks", reach, situation.kept(Stale).moved)


def replayed(situation: Situation, reach: Reach) -> object:
    """The same as long as all in a reach is as it was, whatever is supposed to be told."""
    return _same(situation, "replayed", reach, situation.kept(Stale).if_told)


def _same(situation: Situation, name: str, reach: Reach, stale: frozenset[Cell]) -> object:
    """A token that is another once a decision of a reach, or one of its stale cells, may be."""
    anew = not stale.isdisjoint(reach.told)
    return situation.findings.of((name, reach), situation.standing(reach.units), object, anew=anew)


def cell_state(situation: Situation, cell: Cell) -> object:
    """The same as long as a cell of evidence is as it was, whatever is supposed to be told."""
    is_known = cell in situation.outline.kept(Reaches).told
    stale = not is_known or cell in situation.kept(Stale).if_told
    return situation.findings.of(("cell", cell), None, object, anew=stale)


class Stale:
    """The cells of which something bears otherwise than before, or will in a second."""

    def __init__(self, situation: Situation) -> None:
        every = situation.outline.kept(Reaches).told
        self.cells = frozenset(cell for cell in every if not situation.stays(cell))
        self._situation = situation

    @cached_property
    def if_told(self) -> frozenset[Cell]:
        """With those on which what was told bears once more is told."""
        situation = self._situation
        every = situation.outline.kept(Reaches).told
        return self.cells.union(cell for cell in every if situation.is_spoken_of(cell))

    @cached_property
    def moved(self) -> frozenset[Cell]:
        """Those of them that engines are given, and of which a test may find something else.

        Of others nothing is asked: what gave way is told of what is asked, at each step alike.
        """
        situation = self._situation
        given = self.cells.intersection(situation.rules.cells)
        before, now = situation.evidence_before, situation.evidence
        if before is None:
            return given
        alike = situation.outline.kept(Regions).are_alike
        return frozenset(
            cell
            for cell in given
            if not alike(cell, before.known(cell).value, now.known(cell).value)
        )


def _levels_in(cells: Iterable[Cell]) -> Iterator[LevelCell]:
    """The levels that some cells are, or ask within what must have lasted."""
    for cell in cells:
        if isinstance(cell, LevelCell):
            yield cell
        elif isinstance(cell, LastingCell):
            yield from level_reads(cell.body)


def _is_decided(cell: Cell) -> bool:
    return isinstance(cell, LevelCell) and cell.read != "active"
