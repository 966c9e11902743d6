"""When things became so: the moment since which a level, or a condition, has been met.

The incident is judged again at each moment at which something was stated or could change,
with the knowledge of that moment and today's rules (what is in force at T judges the whole
window, SEMANTICS 28).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from planengine.assessment.situation import Situation, between, issued_rank
from planengine.rules.conditions import Cell, Condition, LevelCell
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.values.sets import NumberSet, ValueSet

MOST_MOMENTS = 2_000  # a bound on work: beyond it the earliest moments are not looked at


class History:
    """Looks back from one situation; what was found of each earlier moment is kept."""

    def __init__(self, now: Situation) -> None:
        self._now = now
        self._kept: dict[int, _Then] = {}

    def met_since(self, unit: str, rank: int) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        if self._now.outcome(unit)[0] < rank:
            return None
        return self._since(lambda then: then.reaches(unit, rank))

    def true_since(self, condition: Condition) -> int | None:
        """Since when a condition has been certain; None if it is not."""
        if not shadows(condition, self._now.value_of)[0]:
            return None
        return self._since(lambda then: shadows(condition, then.value_of)[0])

    def _since(self, holds: Callable[[_Then], bool]) -> int:
        since = self._now.evidence.at
        for moment in reversed(self._moments):
            if moment not in self._kept:
                self._kept[moment] = _Then(self._now, moment)
            if not holds(self._kept[moment]):
                break
            since = moment
        return since

    @cached_property
    def _moments(self) -> tuple[int, ...]:
        """The moments before now at which something was known already, ascending."""
        evidence = self._now.evidence
        stamps = evidence.incident.stamps_for(evidence.status)
        first = min((max(stamp.at, stamp.received) for stamp in stamps), default=evidence.at)
        if first >= evidence.at:
            return ()
        found = evidence.moments_of_change()
        return tuple(moment for moment in found if first <= moment < evidence.at)[-MOST_MOMENTS:]


class _Then:
    """An earlier moment, of which only what is asked for is worked out.

    Single decisions are judged by the definition of the two shadows, as every engine must;
    those that depend on each other in a circle by the engine, which decides all.
    """

    def __init__(self, now: Situation, moment: int) -> None:
        self._situation = now.as_of(moment)
        self._outline = now.outline
        self._levels: dict[tuple[str, bool], tuple[int, int]] = {}

    def reaches(self, unit: str, rank: int) -> bool:
        """Whether a unit's certain level was at least a rank."""
        if unit in self._outline.circular:
            return self._situation.outcome(unit)[0] >= rank
        return shadows(self._outline.unit(unit).at_least[rank - 1], self.value_of)[0]

    def value_of(self, cell: Cell) -> ValueSet:
        """What was known of any cell, a computed level included."""
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(cell)
        return self._situation.evidence.value_of(cell)

    def _level(self, cell: LevelCell) -> NumberSet:
        if cell.unit not in self._outline.index:
            return between(0, 0)
        if cell.unit in self._outline.circular:
            return self._situation.level(cell)
        unit = self._outline.unit(cell.unit)
        issued = issued_rank(self._situation.evidence, unit) if cell.read == "computed" else None
        if issued is not None:
            return between(issued, issued)
        return between(*self._bounds(unit, cell.read == "obliged"))

    def _bounds(self, unit: Unit, obliged: bool) -> tuple[int, int]:
        """(level or obliged level, could reach) of a unit outside any circle."""
        found = self._levels.get((unit.id, obliged))
        if found is None:
            low = _highest(unit.obliged_at_least if obliged else unit.at_least, 0, self.value_of)
            high = _highest(unit.at_least, 1, self.value_of)
            found = self._levels[unit.id, obliged] = low, high
        return found


def _highest(
    at_least: Sequence[Condition], shadow: int, value_of: Callable[[Cell], ValueSet]
) -> int:
    """The most severe rank that is certain (shadow 0) or possible (shadow 1); 0 if none is."""
    ranks = range(len(at_least), 0, -1)
    return next((r for r in ranks if shadows(at_least[r - 1], value_of)[shadow]), 0)
