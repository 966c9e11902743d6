"""The courses of what was reported allowed: of conditions, and of the indicated ranks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from planengine.assessment.courses import Course, constant, swept
from planengine.assessment.ranked import finite_ends, reads, risen
from planengine.assessment.ranks import between
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    AtLeast,
    Cell,
    Condition,
    Constant,
    ElapsedCell,
    LevelCell,
    Test,
)
from planengine.rules.conditions import Any as AnyOf
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import of_reported
from planengine.rules.worlds import Split, Worlds, worlds_of
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.assessment.stretch import Stretch

Told: TypeAlias = Mapping[UnitKey, Course[int]] | None
"""The worst ranks told, so far, of decisions that read each other in a circle."""


class Allowed:
    """What was reported allowed in one stretch."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._outline = stretch.outline
        self._courses = stretch.courses

    def level(self, cell: LevelCell) -> Course[ValueSet | None]:
        """The ranks that a computed level may have had, up to the indicated one."""
        if cell.unit not in self._outline.index:
            return constant(between(0, 0))
        return self._courses.follows(
            ("reported", cell),
            lambda: (self._stretch.value(cell), self.indicated(cell.unit)),
            _up_to,
        )

    def indicated(self, unit: UnitKey) -> Course[int]:
        """The worst rank of a decision that what was reported allowed."""
        if unit not in self._outline.index:
            return constant(0)
        find = self._indicated_in_circle if unit in self._outline.circular else self._indicated
        return self._courses.once(("indicated", unit), lambda: find(unit))

    def _indicated_in_circle(self, unit: UnitKey) -> Course[int]:
        """Where decisions read each other, what was told of one may allow another to be worse."""
        units = self._outline.circle(unit)
        key = "circle told", *(one.id for one in units)
        told: Mapping[UnitKey, Course[int]] = self._courses.kept.once(
            key, lambda: self._solve_told(units)
        )

        def join(now: list[Any]) -> int:
            (level, could_reach, _), rank = now
            return int(min(could_reach, max(level, rank)))

        return self._courses.swept(
            ("indicated", unit), (self._stretch.ranks(unit), told[unit]), join
        )

    def _solve_told(self, units: Sequence[Unit]) -> Mapping[UnitKey, Course[int]]:
        """The least fixpoint of the worst ranks that were told, from "none" upwards."""

        def told(unit: Unit, found: Mapping[UnitKey, Course[int]]) -> Course[int]:
            return swept([self._told(worlds_of(one), found) for one in unit.at_least], _worst)

        return risen(units, 0, told)

    def _indicated(self, unit: UnitKey) -> Course[int]:
        ranks = self._stretch.ranks(unit)
        least = min(level for level, _, _ in ranks.found)
        worst = max(could_reach for _, could_reach, _ in ranks.found)
        bands = self._outline.unit(unit).at_least[least:worst]

        def join(now: list[Any]) -> int:
            level, could_reach, _ = now[0]
            open_ = range(could_reach, level, -1)
            return next((rank for rank in open_ if now[rank - least]), level)

        courses: list[Course[Any]] = [ranks, *(self.allows(band) for band in bands)]
        return self._courses.swept(("indicated", unit), courses, join)

    def allows(self, condition: Condition) -> Course[bool]:
        """Whether what was reported allowed a condition: certain, or possible by it."""
        return self._courses.once(("allows", condition), lambda: self._allows(condition))

    def _allows(self, condition: Condition) -> Course[bool]:
        part = worlds_of(condition)
        known = self._stretch.part(part)
        if all(certain == possible for certain, possible in known.found):
            return swept((known,), lambda now: now[0][0])
        courses = known, self._told(part)
        return self._courses.swept(
            ("allows", condition), courses, lambda now: now[0][0] or (now[0][1] and now[1])
        )

    def _told(self, part: Split, solving: Told = None) -> Course[bool]:
        """Whether what was reported allowed a part of a condition, read by itself."""
        if solving is not None and reads(part, solving):
            return self._told_anew(part, solving)
        return self._courses.once(("told", part), lambda: self._told_anew(part, None))

    def _told_anew(self, part: Split, solving: Told) -> Course[bool]:
        match part:
            case Constant():
                return constant(part.value)
            case Test():
                return self._test_told(part, solving)
            case Worlds():
                return self._worlds_told(part, solving)
        assert isinstance(part, All | AnyOf | AtLeast)
        courses: list[Course[bool]] = []
        for one in part.of:
            course = self._told(one, solving)
            if isinstance(part, All) and course.only is False:
                return constant(False)
            if isinstance(part, AnyOf) and course.only is True:
                return constant(True)
            courses.append(course)
        least = {All: len(courses), AnyOf: 1}.get(type(part), getattr(part, "count", 0))
        return self._swept_told(part, courses, lambda now: sum(now) >= least, solving)

    def _swept_told(
        self,
        part: Split,
        courses: Sequence[Course[Any]],
        join: Callable[[list[Any]], bool],
        solving: Told,
    ) -> Course[bool]:
        return (
            swept(courses, join) if solving else self._courses.swept(("told", part), courses, join)
        )

    def _test_told(self, test: Test, solving: Told) -> Course[bool]:
        cell, accepts = test.cell, test.accepts
        if isinstance(cell, ElapsedCell):
            return self._stretch.seen(
                ("told", test),
                cell,
                self._stretch.turns(cell, finite_ends(accepts)),
                lambda one: of_reported(one.value_of(cell), one.reported(cell), accepts),
            )
        reported = (
            self._stretch.reported(cell) if solving is None else self._told_while(cell, solving)
        )
        courses = self._stretch.value(cell), reported
        return self._swept_told(
            test, courses, lambda now: of_reported(now[0], now[1], accepts), solving
        )

    def _told_while(self, cell: Cell, solving: Mapping[UnitKey, Course[int]]) -> Course[ValueSet]:
        """The ranks up to the worst told so far of a decision in a circle."""
        assert isinstance(cell, LevelCell)
        return swept((self._stretch.value(cell), solving[cell.unit]), _up_to)

    def _worlds_told(self, worlds: Worlds, solving: Told) -> Course[bool]:
        """As of a condition: any branch that was told, or the whole where nobody spoke."""
        size = len(worlds.branches)
        guards = [self._told(guard, solving) for guard, _ in worlds.branches]
        bodies = [self._told(body, solving) for _, body in worlds.branches]
        courses: list[Course[Any]] = [self._stretch.part(worlds), *guards, *bodies]
        if worlds.cell is not None:
            courses += [self._stretch.spoken_of(worlds.cell), self._told(worlds.silent, solving)]

        def join(now: list[Any]) -> bool:
            if now[0][0] or any(now[1 + n] and now[1 + size + n] for n in range(size)):
                return True
            return worlds.cell is not None and now[-1] and not now[-2]

        return self._swept_told(worlds, courses, join, solving)


def _worst(told: list[Any]) -> int:
    return next((rank for rank in range(len(told), 0, -1) if told[rank - 1]), 0)


def _up_to(now: list[Any]) -> ValueSet:
    level, indicated_rank = now
    low, high = int(level.low), int(level.high)
    return between(low, high) if low == high else between(low, max(low, indicated_rank))
