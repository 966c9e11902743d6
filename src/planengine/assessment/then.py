"""One earlier moment of an incident, of which only what is asked for is worked out.

A `Then` keeps the stretch of time around its moment in which all that was read of it stays as it
is; so only moments need to be looked at at which something that is asked may have turned.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from planengine.assessment.easing import fresh_rank
from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation, between, issued_rank
from planengine.assessment.spans import FIRST, LAST, Span, meet
from planengine.rules.conditions import Cell, Condition, ElapsedCell, LevelCell, OverdueCell
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import indicated, split_shadows
from planengine.rules.worlds import Split, worlds_of
from planengine.values.sets import NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.stretch import Stretch

Ranks: TypeAlias = tuple[int, int, int]  # (level, could reach, obliged)


class Value(NamedTuple):
    """What a cell is in a span; the cell is kept so that its identity stays its own."""

    cell: Cell
    span: Span
    value: ValueSet


class Part(NamedTuple):
    """The shadows of a part of a condition in a span."""

    condition: Split
    span: Span
    found: tuple[bool, bool]


class Then:
    """One moment, of which only what is asked for is worked out."""

    def __init__(
        self, stretch: Stretch, moment: int, levels: dict[str, Ranks] | None = None
    ) -> None:
        self._stretch = stretch
        self._outline = stretch.era.outline
        self._solving = levels or {}  # of a circle of decisions: what is found of them so far
        self.at = moment
        self.span = stretch.span  # around the moment: there all that was read stays as it is

    @property
    def situation(self) -> Situation:
        """The incident at that moment, whole. Whoever reads it is asked again at every turn."""
        self._narrow(self._stretch.turns(None))
        return self._stretch.situation(self.at)

    def reaches(self, unit: str, rank: int) -> bool:
        """Whether a unit's certain level was at least a rank; never where no rule decided it."""
        return self._ranks(unit)[0] >= rank

    @property
    def outline(self) -> Outline:
        """The rules in force then."""
        return self._outline

    def could_reach(self, unit: str) -> int:
        """The worst rank of a unit that was not excluded; 0 for none."""
        return self._ranks(unit)[1]

    def indicated(self, unit: str) -> int:
        """The worst rank of a unit that what was reported then allowed; 0 for none."""
        if unit not in self._outline.index:
            return 0
        if unit in self._outline.circular:
            return self.situation.indicated(unit)
        rank, span = self._stretch.indicated(unit, self.at)
        self.span = meet(self.span, span)
        return rank

    def allowed(self, unit: str) -> int:
        """The same of a unit in no circle, found by the definition."""
        level, could_reach, _ = self._ranks(unit)
        bands = self._outline.unit(unit).at_least
        for rank in range(could_reach, level, -1):
            if self.allows(bands[rank - 1]):
                return rank
        return level

    def allows(self, condition: Condition) -> bool:
        """Whether what was reported then allowed a condition: certain, or possible by it."""
        for cell, ends in self._stretch.compared(condition):
            self._narrow(self._stretch.turns(cell, ends))
        return indicated(condition, self.value_of, self._reported)

    def _reported(self, cell: Cell) -> ValueSet | None:
        """What people had reported of a cell; of a computed level the ranks up to the indicated."""
        if isinstance(cell, OverdueCell):
            return self.value_of(cell)
        if not isinstance(cell, LevelCell) or cell.read == "active":
            self._narrow(self._stretch.turns(cell))
            return self._stretch.evidence(self.at).reported(cell)
        value = self._level(cell)
        low, high = int(value.low), int(value.high)
        return value if low == high else between(low, max(low, self.indicated(cell.unit)))

    def issued(self, unit: str) -> int | None:
        """The rank that people had issued of a unit; None where they had not."""
        if unit not in self._outline.index:
            return None
        own = self._outline.unit(unit)
        self._narrow(self._stretch.turns_of_issued(own.document))
        return issued_rank(self._stretch.evidence(self.at), own)

    def response(self, unit: str) -> int:
        """The more severe of what was recommended and what was in force; 0 for none."""
        return max(self.recommended(unit), self.in_force(unit))

    def recommended(self, unit: str) -> int:
        """A unit's certain level, without the rules that had held ever since people eased it."""
        level = self._ranks(unit)[0]
        if not level:
            return 0
        own = self._outline.unit(unit)
        self._narrow(self._stretch.turns_of_response(own.document))
        evidence = self._stretch.evidence(self.at)
        eased = evidence.eased_at(own.document, own.track, own.area)
        if eased is None or own.purpose != "level":
            return level
        return fresh_rank(own, level, self.certain, lambda one: self._is_old(one, eased))

    def _is_old(self, condition: Condition, since: int) -> bool:
        """Whether a condition had been certain without a break, by what was known then."""
        known = self._stretch.known_view
        first = known.then(self.at)
        certain = first.certain(condition)
        self.span = meet(self.span, first.span)
        found = known.since(self.at, lambda then: then.certain(condition)) if certain else None
        return found is not None and found <= since

    def in_force(self, unit: str) -> int:
        """The rank that people had put in force of a unit; 0 for none."""
        if unit not in self._outline.index:
            return 0
        own = self._outline.unit(unit)
        self._narrow(self._stretch.turns_of_response(own.document))
        return self._stretch.situation(self.at).in_force(own)

    def certain(self, condition: Condition) -> bool:
        """Whether a condition held in every world that fits what is known of the moment."""
        return self._shadows(condition)[0]

    def possible(self, condition: Condition) -> bool:
        """Whether a condition held in one of those worlds at least."""
        return self._shadows(condition)[1]

    def _shadows(self, condition: Condition) -> tuple[bool, bool]:
        for cell, ends in self._stretch.compared(condition):
            self._narrow(self._stretch.turns(cell, ends))
        return self._part(worlds_of(condition))

    def _part(self, condition: Split) -> tuple[bool, bool]:
        """The shadows of a condition or a part of one, found anew only where it may have turned."""
        kept = self._stretch.parts if not self._solving else {}
        known = kept.get(id(condition))
        if known is not None and known.span.since <= self.at <= known.span.until:
            self.span = meet(self.span, known.span)
            return known.found
        around, self.span = self.span, self._stretch.span
        found = split_shadows(condition, self.value_of, self._part)
        kept[id(condition)] = Part(condition, self.span, found)
        self.span = meet(around, self.span)
        return found

    def value_of(self, cell: Cell) -> ValueSet:
        """What is known of any cell at that moment, a computed level included.

        Of the time since a moment only what conditions compare it with is watched.
        """
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(cell)
        known = self._stretch.values.get(id(cell))
        if known is not None and known.span.since <= self.at <= known.span.until:
            self.span = meet(self.span, known.span)
            return known.value
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        span = self._narrow(self._stretch.turns(cell))
        value = self._stretch.value(cell, self.at, span)
        if not isinstance(cell, ElapsedCell):  # the only one that never stands still
            self._stretch.values[id(cell)] = Value(cell, span, value)
        return value

    def _overdue(self, cell: OverdueCell) -> ValueSet:
        """Whether a duty was overdue; that turns with anything, and the second after a limit."""
        kept = self._stretch.overdue.get(cell)
        if kept is None or not kept.span.since <= self.at <= kept.span.until:
            span = self._stretch.span
            for since, until in self.situation.owed.steady(cell):
                span = meet(span, Span(since, until))
            kept = Value(cell, span, self.situation.value_of(cell))
            self._stretch.overdue[cell] = kept
        self.span = meet(self.span, kept.span)
        return kept.value

    def _level(self, cell: LevelCell) -> NumberSet:
        if cell.unit not in self._outline.index:
            return between(0, 0)
        if cell.read == "computed":
            unit = self._outline.unit(cell.unit)
            self._narrow(self._stretch.turns_of_issued(unit.document))
            issued = issued_rank(self._stretch.evidence(self.at), unit)
            if issued is not None:
                return between(issued, issued)
        level, could_reach, obliged = self._ranks(cell.unit)
        return between(obliged if cell.read == "obliged" else level, could_reach)

    def _ranks(self, unit: str) -> Ranks:
        if unit in self._solving:
            return self._solving[unit]
        ranks, span = self._stretch.ranks(unit, self.at)
        self.span = meet(self.span, span)
        return ranks

    def _narrow(self, turns: Sequence[int]) -> Span:
        """Stay between the turns around the moment."""
        place = bisect_right(turns, self.at)
        span = Span(
            turns[place - 1] if place else FIRST,
            turns[place] - 1 if place < len(turns) else LAST,
        )
        self.span = meet(self.span, span)
        return span

    def decided(self, unit: Unit) -> Ranks:
        """The ranks that a unit's conditions give, by the definition of the two shadows."""
        level = self._highest(unit.at_least, 0)
        could_reach = self._highest(unit.at_least, 1)
        if unit.obliged_at_least == unit.at_least:
            return level, could_reach, level
        return level, could_reach, self._highest(unit.obliged_at_least, 0)

    def _highest(self, at_least: Sequence[Condition], shadow: int) -> int:
        """The most severe rank that is certain (shadow 0) or possible (shadow 1)."""
        ranks = range(len(at_least), 0, -1)
        return next((r for r in ranks if self._shadows(at_least[r - 1])[shadow]), 0)
