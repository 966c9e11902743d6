"""A stretch of time under one set of rules; what was worked out of its moments is kept."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from math import isinf
from typing import TYPE_CHECKING, TypeAlias

from planengine.assessment.eras import Era
from planengine.assessment.situation import Situation
from planengine.assessment.spans import FIRST, Span, meet
from planengine.assessment.then import Part, Ranks, Then, Value
from planengine.evidence.evidence import Evidence
from planengine.evidence.turns import Turns
from planengine.rules.conditions import Cell, Condition, ElapsedCell, OverdueCell
from planengine.rules.ruleset import Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.history import View

Compared: TypeAlias = tuple[tuple[Cell, tuple[Fraction, ...]], ...]


class Stretch:
    """One era as seen in one view; what was worked out of it is kept."""

    def __init__(self, view: View, era: Era, span: Span) -> None:
        self.era = era
        self.span = span
        self.known_view = view.known_view
        self._view = view
        self._base = view.now.evidence.in_world(era.world)
        self._watch, self._turns = view.now.turns_of(era, self._base, known=view.known)
        self._values: dict[tuple[Cell, Span], ValueSet] = {}
        self.values: dict[int, Value] = {}  # the newest found of each cell, by its identity
        self.overdue: dict[OverdueCell, Value] = {}  # equal cells stand in several conditions
        self.parts: dict[int, Part] = {}
        self._ranks: dict[str, list[tuple[Span, Ranks]]] = {}
        self._indicated: dict[str, list[tuple[Span, int]]] = {}
        self._compared: dict[int, tuple[Condition, Compared]] = {}
        self._situations: dict[int, Situation] = {}

    def situation(self, moment: int) -> Situation:
        found = self._situations.get(moment)
        if found is None:
            now = self._view.now
            evidence = now.evidence
            if (
                moment == evidence.at
                and self.era is now.era
                and (not self._view.known or evidence.known_at <= evidence.at)
            ):
                found = now
            else:
                found = now.past_at(self.era, self._knowing(moment).at_time(moment))
            self._situations[moment] = found
        return found

    def _knowing(self, moment: int) -> Evidence:
        """The evidence that tells of a moment what this view knows of it.

        Between two pieces of late news the knowledge of the later moment tells of every earlier
        one just what was known then: all that speaks of it had come by then. So what is known of
        a moment is one and the same evidence, from whichever later moment it is looked at.
        """
        if not self._view.known:
            return self._base
        whole, late = self._base.whole, self._late
        place = bisect_right(late, moment)
        until = late[place] - 1 if place < len(late) else whole.journal.at
        is_all = until == whole.journal.at and whole.known_at <= until
        return whole if is_all else whole.as_of(until)

    @cached_property
    def _late(self) -> Sequence[int]:
        return Turns(self._base.whole).late

    def evidence(self, moment: int) -> Evidence:
        return self.situation(moment).evidence

    def turns(self, cell: Cell | None, ends: tuple[Fraction, ...] = ()) -> tuple[int, ...]:
        """When a cell may have turned; None: anything."""
        key = (cell, ends)
        found = self._turns.get(key)
        if found is None:
            if cell is None:
                found = self._watch.of_anything(self.era.outline.rules.cells)
            else:
                found = self._watch.of(cell, ends, known=self._view.known)
            self._turns[key] = found
        return found

    def turns_of_issued(self, document: str) -> tuple[int, ...]:
        found = self._turns.get(("issued", document))
        if found is None:
            found = self._watch.of_issued(document, known=self._view.known)
            self._turns["issued", document] = found
        return found

    def turns_of_response(self, plan: str) -> tuple[int, ...]:
        found = self._turns.get(("response", plan))
        if found is None:
            found = self._watch.of_response(plan, known=self._view.known)
            self._turns["response", plan] = found
        return found

    def compared(self, condition: Condition) -> Compared:
        """The elapsed cells of a condition, each with the seconds that it is compared with."""
        found = self._compared.get(id(condition))
        if found is None:
            ends: dict[Cell, set[Fraction]] = {}
            for test in tests_of(condition):
                if isinstance(test.cell, ElapsedCell) and isinstance(test.accepts, NumberSet):
                    ends.setdefault(test.cell, set()).update(
                        Fraction(end)
                        for item in test.accepts.intervals
                        for end in (item.low, item.high)
                        if not isinf(end)
                    )
            pairs = tuple((cell, tuple(sorted(own))) for cell, own in ends.items())
            found = self._compared[id(condition)] = condition, pairs
        return found[1]

    def value(self, cell: Cell, moment: int, span: Span) -> ValueSet:
        """What is known of a cell, which stays as it is in a span around the moment."""
        if isinstance(cell, ElapsedCell):  # the only one that never stands still
            return self.evidence(moment).value_of(cell)
        found = self._values.get((cell, span))
        if found is None:
            at = max(span.since, self.span.since) if span.since > FIRST else moment
            found = self.evidence(at).value_of(cell)
            self._values[cell, span] = found
        return found

    def ranks(self, unit: str, moment: int) -> tuple[Ranks, Span]:
        """The ranks of a unit at a moment, and the span in which they stay so."""
        outline = self.era.outline
        if unit not in outline.index:
            return (0, 0, 0), self.span
        kept = self._ranks.setdefault(unit, [])
        place = bisect_right(kept, moment, key=lambda one: one[0].since)
        if place and kept[place - 1][0].until >= moment:
            span, ranks = kept[place - 1]
            return ranks, span
        if unit in outline.circular:
            found, span = self._circle(outline.circle(unit), moment)
        else:
            then = Then(self, moment)
            found = {unit: then.decided(outline.unit(unit))}
            span = then.span
        for one, ranks in found.items():
            insort(self._ranks.setdefault(one, []), (span, ranks), key=lambda one: one[0].since)
        return found[unit], span

    def indicated(self, unit: str, moment: int) -> tuple[int, Span]:
        """The rank that is indicated at a moment, and the span in which it stays so."""
        kept = self._indicated.setdefault(unit, [])
        place = bisect_right(kept, moment, key=lambda one: one[0].since)
        if place and kept[place - 1][0].until >= moment:
            span, rank = kept[place - 1]
            return rank, span
        then = Then(self, moment)
        rank = then.allowed(unit)
        insort(kept, (then.span, rank), key=lambda one: one[0].since)
        return rank, then.span

    def _circle(self, units: Sequence[Unit], moment: int) -> tuple[dict[str, Ranks], Span]:
        """The least fixpoint of decisions that read each other, from "none" upwards."""
        found: dict[str, Ranks] = {unit.id: (0, 0, 0) for unit in units}
        span = self.span
        while True:
            then = Then(self, moment, found)
            raised = {unit.id: then.decided(unit) for unit in units}
            span = meet(span, then.span)
            if raised == found:
                return found, span
            found = raised
