"""When things became so: since when a level, a condition or anything else has held.

Two views of an earlier moment. *Met* judges it by what we know now: all that has been received
about it, late news and corrections too. *Known* judges it by what had been received then: since
when an assessment would have shown it. Each moment is judged by the rules in force then
(SEMANTICS 28).

Only moments are looked at at which something that is asked may have turned: a `Then` keeps the
stretch of time around its moment in which all that was read of it stays as it is.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from math import isinf
from typing import NamedTuple, TypeVar

from planengine.assessment.easing import fresh_rank
from planengine.assessment.eras import Era
from planengine.assessment.outline import Outline
from planengine.assessment.situation import Situation, between, issued_rank
from planengine.evidence.evidence import Evidence
from planengine.evidence.turns import Turns
from planengine.rules.conditions import Cell, Condition, ElapsedCell, LevelCell, OverdueCell
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import indicated, split_shadows
from planengine.rules.walk import tests_of
from planengine.rules.worlds import Split, worlds_of
from planengine.values.sets import NumberSet, ValueSet

T = TypeVar("T")
Ranks = tuple[int, int, int]  # (level, could reach, obliged)

FIRST, LAST = -(1 << 62), 1 << 62


class Span(NamedTuple):
    """A stretch of time [since, until] of whole seconds."""

    since: int
    until: int


class _Value(NamedTuple):
    """What a cell is in a span; the cell is kept so that its identity stays its own."""

    cell: Cell
    span: Span
    value: ValueSet


class _Part(NamedTuple):
    """The shadows of a part of a condition in a span."""

    condition: Split
    span: Span
    found: tuple[bool, bool]


class Then:
    """One moment, of which only what is asked for is worked out."""

    def __init__(
        self, stretch: _Stretch, moment: int, levels: dict[str, Ranks] | None = None
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
        self.span = _meet(self.span, span)
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
        self.span = _meet(self.span, first.span)
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
            self.span = _meet(self.span, known.span)
            return known.found
        around, self.span = self.span, self._stretch.span
        found = split_shadows(condition, self.value_of, self._part)
        kept[id(condition)] = _Part(condition, self.span, found)
        self.span = _meet(around, self.span)
        return found

    def value_of(self, cell: Cell) -> ValueSet:
        """What is known of any cell at that moment, a computed level included.

        Of the time since a moment only what conditions compare it with is watched.
        """
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(cell)
        known = self._stretch.values.get(id(cell))
        if known is not None and known.span.since <= self.at <= known.span.until:
            self.span = _meet(self.span, known.span)
            return known.value
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        span = self._narrow(self._stretch.turns(cell))
        value = self._stretch.value(cell, self.at, span)
        if not isinstance(cell, ElapsedCell):  # the only one that never stands still
            self._stretch.values[id(cell)] = _Value(cell, span, value)
        return value

    def _overdue(self, cell: OverdueCell) -> ValueSet:
        """Whether a duty was overdue; that turns with anything, and the second after a limit."""
        kept = self._stretch.overdue.get(cell)
        if kept is None or not kept.span.since <= self.at <= kept.span.until:
            span = self._stretch.span
            for since, until in self.situation.owed.steady(cell):
                span = _meet(span, Span(since, until))
            kept = _Value(cell, span, self.situation.value_of(cell))
            self._stretch.overdue[cell] = kept
        self.span = _meet(self.span, kept.span)
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
        self.span = _meet(self.span, span)
        return ranks

    def _narrow(self, turns: Sequence[int]) -> Span:
        """Stay between the turns around the moment."""
        place = bisect_right(turns, self.at)
        span = Span(
            turns[place - 1] if place else FIRST,
            turns[place] - 1 if place < len(turns) else LAST,
        )
        self.span = _meet(self.span, span)
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


class _Stretch:
    """One era as seen in one view; what was worked out of it is kept."""

    def __init__(self, view: _View, era: Era, span: Span) -> None:
        self.era = era
        self.span = span
        self.known_view = view.known_view
        self._view = view
        self._base = view.now.evidence.in_world(era.world)
        self._watch, self._turns = view.now.turns_of(era, self._base, known=view.known)
        self._values: dict[tuple[Cell, Span], ValueSet] = {}
        self.values: dict[int, _Value] = {}  # the newest found of each cell, by its identity
        self.overdue: dict[OverdueCell, _Value] = {}  # equal cells stand in several conditions
        self.parts: dict[int, _Part] = {}
        self._ranks: dict[str, list[tuple[Span, Ranks]]] = {}
        self._indicated: dict[str, list[tuple[Span, int]]] = {}
        self._compared: dict[int, tuple[Condition, _Compared]] = {}
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

    def compared(self, condition: Condition) -> _Compared:
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
            span = _meet(span, then.span)
            if raised == found:
                return found, span
            found = raised


_Compared = tuple[tuple[Cell, tuple[Fraction, ...]], ...]


class _View:
    """Every earlier moment of one situation, by what is known now or by what was known then."""

    def __init__(self, now: Situation, known_view: _View | None = None) -> None:
        self.now = now
        self.known = known_view is None
        self.known_view = known_view or self
        self._made: dict[Span, _Stretch] = {}

    @cached_property
    def _watch(self) -> Turns:
        return Turns(self.now.evidence)

    @cached_property
    def first(self) -> int:
        """The first moment of which there is anything to tell."""
        return self._watch.first_known if self.known else self._watch.first

    def then(self, moment: int) -> Then:
        place = bisect_right(self._eras, moment, key=lambda one: one[0].since) - 1
        span, era = self._eras[place]
        stretch = self._made.get(span)
        if stretch is None:
            stretch = self._made[span] = _Stretch(self, era, span)
        return Then(stretch, moment)

    @cached_property
    def _eras(self) -> Sequence[tuple[Span, Era]]:
        """The stretches of time up to now, each under other rules than the one before."""
        now = self.now
        at = now.evidence.at
        uses = self._watch.of_use(known=self.known)
        starts = {*now.eras.starts(self.first, at), *(m for m in uses if self.first < m <= at)}
        found: list[tuple[Span, Era]] = []
        for start in (FIRST, *sorted(starts)):
            moment = max(start, min(self.first, at))
            knowing = now.evidence.as_of(moment) if self.known else now.evidence.at_time(moment)
            era = now.eras.at(moment, knowing.documents_used())
            if not found or found[-1][1] is not era:
                found.append((Span(start, LAST), era))
        ends = [*(span.since - 1 for span, _ in found[1:]), LAST]
        return [(Span(one[0].since, end), one[1]) for one, end in zip(found, ends, strict=True)]

    def since(self, moment: int, holds: Callable[[Then], bool]) -> int | None:
        """Since when something had held without a break at a moment; None if it did not then."""
        since: int | None = None
        at = moment
        while True:
            then = self.then(at)
            if not holds(then):
                return since
            since = max(then.span.since, min(self.first, at))
            if since <= self.first:
                return since
            at = since - 1


class History:
    """Looks back from one situation; what was found of each earlier moment is kept."""

    def __init__(self, now: Situation) -> None:
        self._now = now
        known = _View(now)
        self._views = {True: known, False: _View(now, known)}

    @property
    def now(self) -> Then:
        """The assessed moment itself, by what we know now."""
        return self._views[False].then(self._now.evidence.at)

    def since(self, holds: Callable[[Then], bool], *, known: bool) -> int | None:
        """Since when something has held without a break; None where it does not hold now.

        `known` False: by what we know now of each moment (*met*); True: by what had been
        received at each (*known*). `holds` must hang on nothing but what it asks the `Then`.
        """
        now = self._now.evidence
        if not known or now.known_at <= now.at:
            return self.since_at(now.at, holds, known=known)
        if not holds(self.now):
            return None
        found = self.since_at(now.at, holds, known=True)
        return now.at if found is None else found  # it became known after the assessed time

    def since_at(self, moment: int, holds: Callable[[Then], bool], *, known: bool) -> int | None:
        """The same for an earlier moment: since when it had held then; None if it did not."""
        return self._views[known].since(moment, holds)

    def back(
        self, judge: Callable[[Then], T], *, known: bool, until: int | None = None
    ) -> Iterator[tuple[int, T]]:
        """Stretches of time, the newest first: since when, and what is found in each.

        Up to now, or up to an earlier moment.
        """
        now = self._now.evidence
        at = now.at if until is None else until
        if until is None and known and now.known_at > at:
            yield at, judge(self.now)  # it became known after the assessed time
        view = self._views[known]
        while True:
            then = view.then(at)
            found = judge(then)
            since = max(then.span.since, min(view.first, at))
            yield since, found
            if since <= view.first:
                return
            at = since - 1

    def situation(self, moment: int, *, known: bool) -> Situation:
        """The whole incident at a moment."""
        return self._views[known].then(moment).situation

    def met_since(self, unit: str, rank: int, *, known: bool = False) -> int | None:
        """Since when a unit's certain level has been at least `rank`; None if it is not."""
        return self.since(lambda then: then.reaches(unit, rank), known=known)


def _meet(one: Span, other: Span) -> Span:
    return Span(max(one.since, other.since), min(one.until, other.until))
