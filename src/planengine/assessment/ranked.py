"""The courses of conditions and of the ranks of decisions in a stretch of time."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from fractions import Fraction
from math import isinf
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from planengine.assessment.courses import Course, constant, swept
from planengine.assessment.ranks import between
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    AtLeast,
    Cell,
    Constant,
    ElapsedCell,
    LevelCell,
    OverdueCell,
    Test,
)
from planengine.rules.conditions import Any as AnyOf
from planengine.rules.order import decided_reads
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import Shadows, of_test, split_shadows
from planengine.rules.worlds import Split, Worlds, tests_in, worlds_of
from planengine.values.sets import NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.situation import Situation
    from planengine.assessment.stretch import Stretch

T = TypeVar("T")
Ranks: TypeAlias = tuple[int, int, int]
"""(level, could reach, obliged)"""

Solving: TypeAlias = Mapping[UnitKey, Course[Ranks]] | None
"""What is found so far of decisions that read each other in a circle."""

NONE: Ranks = 0, 0, 0


class Ranked:
    """How the conditions and decisions of one stretch stood."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._outline = stretch.outline
        self._courses = stretch.courses
        self._hanging: dict[Split, bool] = {}

    def level(self, cell: LevelCell) -> Course[ValueSet]:
        """What the computed level of a decision may have been."""
        if cell.unit not in self._outline.index:
            return constant(between(0, 0))
        return self._courses.once(("level", cell), lambda: self._level_by(cell, None))

    def _level_by(self, cell: LevelCell, solving: Solving) -> Course[ValueSet]:
        ranks = self.ranks(cell.unit) if solving is None else solving[cell.unit]
        courses: list[Course[Any]] = [ranks]
        if cell.read == "computed":
            courses.append(self._stretch.issued(cell.unit))

        def join(now: list[Any]) -> ValueSet:
            level, could_reach, obliged = now[0]
            if cell.read == "computed" and now[1] is not None:
                return between(now[1], now[1])
            return between(obliged if cell.read == "obliged" else level, could_reach)

        if solving is not None:
            return swept(courses, join)
        return self._courses.swept(("level", cell), courses, join)

    def hangs(self, part: Split) -> bool:
        """Whether a condition hangs on duties, of which there are no courses."""
        found = self._hanging.get(part)
        if found is None:
            found = any(isinstance(test.cell, OverdueCell) for test in tests_in(part))
            self._hanging[part] = found
        return found

    def part(self, part: Split) -> Course[Shadows]:
        """Whether a condition or a part of one was certain, and whether it was possible."""
        return self._part(part, None)

    def _part(self, part: Split, solving: Solving) -> Course[Shadows]:
        if isinstance(part, Constant):
            return constant((part.value, part.value))
        if solving is not None and reads(part, solving):
            return self._worked_out(part, solving)
        return self._courses.once(("part", part), lambda: self._worked_out(part, None))

    def _worked_out(self, part: Split, solving: Solving) -> Course[Shadows]:
        if isinstance(part, Test):
            return self._tested(part, solving)
        parts = _parts(part)
        courses: list[Course[Shadows]] = []
        for one in parts:
            course = self._part(one, solving)
            if isinstance(part, All) and course.only == (False, False):
                return constant((False, False))
            if isinstance(part, AnyOf) and course.only == (True, True):
                return constant((True, True))
            courses.append(course)

        def join(now: list[Shadows]) -> Shadows:
            found = {id(one): shadows for one, shadows in zip(parts, now, strict=True)}
            return split_shadows(part, _no_value, lambda one: found[id(one)])

        return (
            self._courses.swept(("part", part), courses, join)
            if solving is None
            else swept(courses, join)
        )

    def _tested(self, test: Test, solving: Solving) -> Course[Shadows]:
        """Of the time since a moment only what the test compares it with is watched."""
        cell, accepts = test.cell, test.accepts
        if isinstance(cell, ElapsedCell):
            return self._stretch.seen(
                ("part", test),
                cell,
                self._stretch.turns(cell, finite_ends(accepts)),
                lambda evidence: of_test(evidence.value_of(cell), accepts),
            )
        if solving is not None:
            value = self._value_while(cell, solving)
            return swept((value,), lambda now: of_test(now[0], accepts))
        return self._courses.swept(
            ("part", test), (self._stretch.value(cell),), lambda now: of_test(now[0], accepts)
        )

    def _value_while(
        self, cell: Cell, solving: Mapping[UnitKey, Course[Ranks]]
    ) -> Course[ValueSet]:
        if isinstance(cell, LevelCell) and cell.read != "active" and cell.unit in solving:
            return self._level_by(cell, solving)
        return self._stretch.value(cell)

    def ranks(self, unit: UnitKey) -> Course[Ranks]:
        """A decision's level, what it could reach and what was obliged; none without rules."""
        if unit not in self._outline.index:
            return constant(NONE)
        now = self._stretch.only_now
        if now is not None:
            return self._courses.once(("ranks", unit), lambda: self._only_now(unit, now))
        if unit in self._outline.circular:
            return self._courses.once(("ranks", unit), lambda: self._solved(unit)[unit])
        return self._courses.once(
            ("ranks", unit), lambda: self._decided(self._outline.unit(unit), None)
        )

    def _only_now(self, unit: UnitKey, now: Situation) -> Course[Ranks]:
        """The same of the only moment there is, which the engine has decided."""
        self._courses.rests_on_more(("ranks", unit))
        return constant(now.outcome(unit))

    def _solved(self, unit: UnitKey) -> Mapping[UnitKey, Course[Ranks]]:
        """The ranks of all that read each other in a circle with one."""
        units = self._outline.circle(unit)
        key = "circle", *(one.id for one in units)
        found: Mapping[UnitKey, Course[Ranks]] = self._courses.kept.once(
            key, lambda: self._solve(units)
        )
        return found

    def _solve(self, units: Sequence[Unit]) -> Mapping[UnitKey, Course[Ranks]]:
        """The least fixpoint of decisions that read each other, from "none" upwards."""
        return risen(units, NONE, self._decided)

    def _decided(self, unit: Unit, solving: Solving) -> Course[Ranks]:
        """The ranks that a unit's conditions give, by the definition of the two shadows."""
        bands = [self._part(worlds_of(band), solving) for band in unit.at_least]
        size = len(bands)
        obliged = 0 if unit.obliged_at_least == unit.at_least else size
        if obliged:
            bands += [self._part(worlds_of(band), solving) for band in unit.obliged_at_least]

        def join(now: list[Shadows]) -> Ranks:
            level, could_reach = _highest(now[:size], 0), _highest(now[:size], 1)
            return level, could_reach, _highest(now[obliged:], 0) if obliged else level

        if solving is not None:
            return swept(bands, join)
        return self._courses.swept(("ranks", unit.id), bands, join)


def risen(
    units: Sequence[Unit],
    least: T,
    find: Callable[[Unit, Mapping[UnitKey, Course[T]]], Course[T]],
) -> Mapping[UnitKey, Course[T]]:
    """The least fixpoint of what decisions are by each other; only what rose is read again."""
    found = {unit.id: constant(least) for unit in units}
    reads = {unit.id: decided_reads(unit) for unit in units}
    rose = set(found)
    is_first = True
    while rose:
        again = [one for one in units if is_first or not rose.isdisjoint(reads[one.id])]
        raised = {one.id: find(one, found) for one in again}
        rose = {name for name, course in raised.items() if course != found[name]}
        found.update(raised)
        is_first = False
    return found


def _parts(split: Split) -> tuple[Split, ...]:
    if isinstance(split, Worlds):
        return tuple(part for branch in split.branches for part in branch)
    assert isinstance(split, All | AnyOf | AtLeast)
    return split.of


def _no_value(cell: Cell) -> ValueSet:
    raise AssertionError(f"a part was not worked out: {cell}")


def _highest(bands: Sequence[Shadows], shadow: int) -> int:
    """The most severe rank that is certain (shadow 0) or possible (shadow 1)."""
    return next((rank for rank in range(len(bands), 0, -1) if bands[rank - 1][shadow]), 0)


def reads(part: Split, units: Container[UnitKey]) -> bool:
    """Whether a condition reads the computed level of any of some decisions."""
    cells = (test.cell for test in tests_in(part))
    return any(isinstance(c, LevelCell) and c.read != "active" and c.unit in units for c in cells)


def finite_ends(accepts: ValueSet) -> tuple[Fraction, ...]:
    """The finite numbers that a test compares with."""
    assert isinstance(accepts, NumberSet)
    ends = {end for one in accepts.intervals for end in (one.low, one.high) if not isinf(end)}
    return tuple(sorted(Fraction(end) for end in ends))
