"""When things became so: since when a level, a condition or anything else has held.

Two views of an earlier moment. *Met* judges it by what we know now: all that has been received
about it, late news and corrections too. *Known* judges it by what had been received then: since
when an assessment would have shown it. Each moment is judged by the rules in force then
(SEMANTICS 28).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from planengine.assessment.situation import Situation, between, issued_rank
from planengine.rules.conditions import Cell, Condition, LevelCell
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.values.sets import NumberSet, ValueSet


class Then:
    """One moment, of which only what is asked for is worked out.

    Single decisions are judged by the definition of the two shadows, as every engine must;
    those that depend on each other in a circle by the engine, which decides all.
    """

    def __init__(self, situation: Situation) -> None:
        self.situation = situation  # the incident at that moment, by the rules in force then
        self._outline = situation.outline
        self._levels: dict[tuple[str, bool], tuple[int, int]] = {}

    @property
    def at(self) -> int:
        """The moment, in epoch seconds."""
        return self.situation.evidence.at

    def reaches(self, unit: str, rank: int) -> bool:
        """Whether a unit's certain level was at least a rank; never where no rule decided it."""
        if unit not in self._outline.index:
            return False
        if unit in self._outline.circular:
            return self.situation.outcome(unit)[0] >= rank
        at_least = self._outline.unit(unit).at_least
        return rank <= len(at_least) and (rank < 1 or self.certain(at_least[rank - 1]))

    def could_reach(self, unit: str) -> int:
        """The worst rank of a unit that was not excluded; 0 for none."""
        if unit not in self._outline.index:
            return 0
        return self._bounds(self._outline.unit(unit), obliged=False)[1]

    def response(self, unit: str) -> int:
        """The more severe of a unit's certain level and what was in force of it; 0 for none."""
        if unit not in self._outline.index:
            return 0
        own = self._outline.unit(unit)
        low = self._bounds(own, obliged=False)[0]
        return max(low, self.situation.in_force(own))

    def certain(self, condition: Condition) -> bool:
        """Whether a condition held in every world that fits what is known of the moment."""
        return shadows(condition, self.value_of)[0]

    def possible(self, condition: Condition) -> bool:
        """Whether a condition held in one of those worlds at least."""
        return shadows(condition, self.value_of)[1]

    def value_of(self, cell: Cell) -> ValueSet:
        """What is known of any cell at that moment, a computed level included."""
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(cell)
        return self.situation.evidence.value_of(cell)

    def _level(self, cell: LevelCell) -> NumberSet:
        if cell.unit not in self._outline.index:
            return between(0, 0)
        if cell.unit in self._outline.circular:
            return self.situation.level(cell)
        unit = self._outline.unit(cell.unit)
        issued = issued_rank(self.situation.evidence, unit) if cell.read == "computed" else None
        if issued is not None:
            return between(issued, issued)
        return between(*self._bounds(unit, cell.read == "obliged"))

    def _bounds(self, unit: Unit, obliged: bool) -> tuple[int, int]:
        """(level or obliged level, could reach) of a unit."""
        if unit.id in self._outline.circular:
            level, could_reach, least = self.situation.outcome(unit.id)
            return least if obliged else level, could_reach
        found = self._levels.get((unit.id, obliged))
        if found is None:
            low = _highest(unit.obliged_at_least if obliged else unit.at_least, 0, self.value_of)
            high = _highest(unit.at_least, 1, self.value_of)
            found = self._levels[unit.id, obliged] = low, high
        return found


class History:
    """Looks back from one situation; what was found of each earlier moment is kept."""

    def __init__(self, now: Situation) -> None:
        self._now = now
        self._kept: dict[tuple[int, bool], Then] = {}

    def since(self, holds: Callable[[Then], bool], *, known: bool) -> int | None:
        """Since when something has held without a break; None where it does not hold now.

        `known` False: by what we know now of each moment (*met*); True: by what had been
        received at each (*known*). `holds` must hang on nothing but what it asks the `Then`.
        """
        since = self._now.evidence.at
        if not holds(self._then(since, known)):
            return None
        for moment in reversed(self._moments):
            if not holds(self._then(moment, known)):
                break
            since = moment
        return since

    def back(self, *, known: bool) -> Iterator[Then]:
        """Now, then each earlier moment at which something may have changed, the newest first."""
        yield self._then(self._now.evidence.at, known)
        for moment in reversed(self._moments):
            yield self._then(moment, known)

    def met_since(self, unit: str, rank: int, *, known: bool = False) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        return self.since(lambda then: then.reaches(unit, rank), known=known)

    def true_since(self, condition: Condition, *, known: bool = False) -> int | None:
        """Since when a condition has been certain; None if it is not."""
        return self.since(lambda then: then.certain(condition), known=known)

    def _then(self, moment: int, known: bool) -> Then:
        found = self._kept.get((moment, known))
        if found is None:
            now = self._now
            if moment == now.evidence.at:
                situation = now
            else:
                situation = now.as_of(moment) if known else now.at_time(moment)
            found = self._kept[moment, known] = Then(situation)
        return found

    @cached_property
    def _moments(self) -> Sequence[int]:
        """The moments before now at which something was known already, ascending."""
        at = self._now.evidence.at
        return tuple(moment for moment in self._now.evidence.moments_of_change() if moment < at)


def _highest(
    at_least: Sequence[Condition], shadow: int, value_of: Callable[[Cell], ValueSet]
) -> int:
    """The most severe rank that is certain (shadow 0) or possible (shadow 1); 0 if none is."""
    ranks = range(len(at_least), 0, -1)
    return next((r for r in ranks if shadows(at_least[r - 1], value_of)[shadow]), 0)
