"""The courses of cells, conditions and decisions in a stretch of time under one set of rules."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import isinf
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from planengine.assessment.courses import (
    FIRST,
    Course,
    Span,
    constant,
    continued,
    course_of,
    swept,
)
from planengine.assessment.eras import Era
from planengine.assessment.ranks import between, issued_rank, rank_in_force
from planengine.domain.ids import UnitKey
from planengine.evidence.evidence import Evidence
from planengine.evidence.news import News
from planengine.evidence.turns import Turns
from planengine.rules.conditions import (
    All,
    AtLeast,
    Cell,
    Condition,
    Constant,
    ElapsedCell,
    LevelCell,
    OverdueCell,
    Test,
)
from planengine.rules.conditions import Any as AnyOf
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import Shadows, of_reported, of_test, split_shadows
from planengine.rules.worlds import Split, Worlds, tests_in, worlds_of
from planengine.values.sets import NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.chronicle import Chronicle

T = TypeVar("T")
Ranks: TypeAlias = tuple[int, int, int]
"""(level, could reach, obliged)"""

Solving: TypeAlias = Mapping[UnitKey, Course[Ranks]] | None
"""What is found so far of decisions that read each other in a circle."""

NONE: Ranks = 0, 0, 0


class Stretch:
    """A stretch of a chronicle under one set of rules."""

    def __init__(self, chronicle: Chronicle, era: Era, span: Span) -> None:
        self.era = era
        self.span = span
        self.outline = era.outline
        self._chronicle = chronicle
        self._watch = Turns(chronicle.evidence.in_world(era.world))
        self._kept: dict[Hashable, Course[Any]] = {}
        self._joined: dict[Hashable, Sequence[Course[Any]]] = {}  # what courses follow from
        self._late: dict[Cell, bool] = {}
        self._hanging: dict[Split, bool] = {}
        # What others found of moments, and since when; see `Then`.
        self.findings: dict[Hashable, list[tuple[Span, object]]] = {}
        self.overdue: dict[OverdueCell, tuple[Span, ValueSet]] = {}  # the newest found of each

    def evidence(self, moment: int) -> Evidence:
        """What this view knows of a moment."""
        return self._chronicle.knowing(moment).in_world(self.era.world).at_time(moment)

    def was_late(self, cell: Cell) -> bool:
        found = self._late.get(cell)
        if found is None:
            found = self._late[cell] = self._watch.was_late(cell)
        return found

    @cached_property
    def _whole(self) -> Stretch | None:
        """The same stretch by all that is known now."""
        whole = self._chronicle.whole
        if whole is None:
            return None
        same = whole.stretch(self.span.until)
        return same if same.era is self.era and same.span == self.span else None

    @cached_property
    def anything(self) -> tuple[int, ...]:
        """When anything may have turned."""
        return self._watch.of_anything(self.outline.rules.cells)

    @cached_property
    def _before(self) -> Stretch | None:
        """The same stretch before something was told."""
        chronicle = self._chronicle.before
        if chronicle is None or chronicle.first != self._chronicle.first:
            return None
        before = chronicle.stretch(self.span.since)
        same_rules = before.outline is self.outline and before.era.world is self.era.world
        return before if same_rules and before.span == self.span else None

    @cached_property
    def _news(self) -> News | None:
        """What was told since."""
        before = self._before
        return None if before is None else News(before.now, self.now)

    @property
    def now(self) -> Evidence:
        """What is known at last, seen with the places of this stretch."""
        return self._chronicle.evidence.in_world(self.era.world)

    def forget(self) -> None:
        """Carry nothing over any more."""
        self.__dict__["_before"] = self.__dict__["_news"] = None

    # Cells

    def value(self, cell: Cell) -> Course[ValueSet]:
        """What is known of a cell; a computed level included, elapsed and overdue excepted."""
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(cell)
        if self._whole is not None and not self._whole.was_late(cell):
            return self._whole.value(cell)  # whoever looked knew all that is known now
        return self._once(
            ("value", cell),
            lambda: self._seen(
                ("value", cell), cell, self._turns(cell), lambda one: one.value_of(cell)
            ),
        )

    def reported(self, cell: Cell) -> Course[ValueSet | None]:
        """What people had reported of a cell; of a computed level the ranks up to the indicated."""
        if not isinstance(cell, LevelCell) or cell.read == "active":
            if self._whole is not None and not self._whole.was_late(cell):
                return self._whole.reported(cell)
            return self._once(
                ("reported", cell),
                lambda: self._seen(
                    ("reported", cell),
                    cell,
                    self._turns(cell),
                    lambda one: one.reported(cell),
                ),
            )
        if cell.unit not in self.outline.index:
            return constant(between(0, 0))
        return self._once(
            ("reported", cell),
            lambda: self._swept(
                ("reported", cell), (self._level(cell), self.indicated(cell.unit)), _up_to
            ),
        )

    def _level(self, cell: LevelCell) -> Course[ValueSet]:
        if cell.unit not in self.outline.index:
            return constant(between(0, 0))
        return self._once(("level", cell), lambda: self._level_by(cell, None))

    def _level_by(self, cell: LevelCell, solving: Solving) -> Course[ValueSet]:
        ranks = self.ranks(cell.unit) if solving is None else solving[cell.unit]
        courses: list[Course[Any]] = [ranks]
        if cell.read == "computed":
            courses.append(self.issued(cell.unit))

        def join(now: list[Any]) -> ValueSet:
            level, could_reach, obliged = now[0]
            if cell.read == "computed" and now[1] is not None:
                return between(now[1], now[1])
            return between(obliged if cell.read == "obliged" else level, could_reach)

        if solving is not None:
            return swept(courses, join)
        return self._swept(("level", cell), courses, join)

    def _course(self, turns: Sequence[int], find: Callable[[Evidence], T]) -> Course[T]:
        """What evidence tells, looked at wherever it may have turned."""
        inside = self._inside(turns)
        # What never turns is looked at now, where it is looked at anyway.
        start = min(self._start, inside[0] - 1) if inside else self._chronicle.evidence.at
        start = min(max(start, self.span.since), self.span.until)
        return course_of(
            (FIRST, *inside), lambda at: find(self.evidence(start if at == FIRST else at))
        )

    def _seen(
        self,
        key: Hashable,
        cell: Cell | None,
        turns: Sequence[int],
        find: Callable[[Evidence], T],
    ) -> Course[T]:
        """As `_course`, of a cell, or of what people did.

        What the news do not touch is only looked at after the time that was known before; so is
        what was known at each moment, if none of them had come by then.
        """
        before, news = self._before, self._news
        kept = before._kept.get(key) if before is not None else None  # noqa: SLF001 - its own class
        if kept is not None and before is not None and news is not None:
            if self._chronicle.known:
                is_as_before = news.is_later
            else:
                is_as_before = not (news.of_people if cell is None else news.touches(cell))
            if is_as_before:
                later = [moment for moment in self._inside(turns) if moment > before.now.at]
                return continued(kept, later, lambda at: find(self.evidence(at)))

        def look(evidence: Evidence) -> T:
            if cell is not None and self.span.since < self.span.until:
                evidence.look_over(cell, self._start)
            return find(evidence)

        return self._course(turns, look)

    def _swept(
        self, key: Hashable, courses: Sequence[Course[Any]], join: Callable[[list[Any]], T]
    ) -> Course[T]:
        """As `swept`; where all that it follows from was carried over, so is the course."""
        self._joined[key] = courses
        before = self._before
        if before is not None:
            old = before._joined.get(key)  # noqa: SLF001 - its own class
            if old is not None and len(old) == len(courses):
                kept = before._kept.get(key)  # noqa: SLF001 - its own class
                if kept is not None and all(map(_same, old, courses)):
                    return kept
        return swept(courses, join)

    def _turns(self, cell: Cell, ends: tuple[Fraction, ...] = ()) -> tuple[int, ...]:
        return self._watch.of(cell, ends, known=self._chronicle.known)

    def _inside(self, turns: Sequence[int]) -> list[int]:
        return [moment for moment in turns if self.span.since < moment <= self.span.until]

    @property
    def _start(self) -> int:
        """The moment up to which nothing of this stretch is asked for."""
        return min(max(self._chronicle.first, self.span.since), self.span.until)

    # Conditions

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
        if solving is not None:
            return self._worked_out(part, solving)
        return self._once(("part", part), lambda: self._worked_out(part, None))

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
            self._swept(("part", part), courses, join) if solving is None else swept(courses, join)
        )

    def _tested(self, test: Test, solving: Solving) -> Course[Shadows]:
        """Of the time since a moment only what the test compares it with is watched."""
        cell, accepts = test.cell, test.accepts
        if isinstance(cell, ElapsedCell):
            return self._seen(
                ("part", test),
                cell,
                self._turns(cell, _finite_ends(accepts)),
                lambda evidence: of_test(evidence.value_of(cell), accepts),
            )
        if solving is not None:
            value = self._value_while(cell, solving)
            return swept((value,), lambda now: of_test(now[0], accepts))
        return self._swept(
            ("part", test), (self.value(cell),), lambda now: of_test(now[0], accepts)
        )

    def _value_while(
        self, cell: Cell, solving: Mapping[UnitKey, Course[Ranks]]
    ) -> Course[ValueSet]:
        if isinstance(cell, LevelCell) and cell.read != "active" and cell.unit in solving:
            return self._level_by(cell, solving)
        return self.value(cell)

    # Decisions

    def ranks(self, unit: UnitKey) -> Course[Ranks]:
        """A decision's level, what it could reach and what was obliged; none without rules."""
        found = self._kept.get(("ranks", unit))
        if found is not None:
            return found
        if unit not in self.outline.index:
            return constant(NONE)
        if unit in self.outline.circular:
            self._solve(self.outline.circle(unit))
        else:
            self._kept["ranks", unit] = self._decided(self.outline.unit(unit), None)
        return self._kept["ranks", unit]

    def _solve(self, units: Sequence[Unit]) -> None:
        """The least fixpoint of decisions that read each other, from "none" upwards."""
        found: dict[UnitKey, Course[Ranks]] = {unit.id: constant(NONE) for unit in units}
        while True:
            raised = {unit.id: self._decided(unit, found) for unit in units}
            if raised == found:
                break
            found = raised
        self._kept.update((("ranks", unit), course) for unit, course in found.items())

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
        return self._swept(("ranks", unit.id), bands, join)

    def indicated(self, unit: UnitKey) -> Course[int]:
        """The worst rank of a decision in no circle that what was reported allowed."""
        return self._once(("indicated", unit), lambda: self._indicated(unit))

    def _indicated(self, unit: UnitKey) -> Course[int]:
        ranks = self.ranks(unit)
        least = min(level for level, _, _ in ranks.found)
        worst = max(could_reach for _, could_reach, _ in ranks.found)
        bands = self.outline.unit(unit).at_least[least:worst]

        def join(now: list[Any]) -> int:
            level, could_reach, _ = now[0]
            open_ = range(could_reach, level, -1)
            return next((rank for rank in open_ if now[rank - least]), level)

        courses: list[Course[Any]] = [ranks, *(self.allows(band) for band in bands)]
        return self._swept(("indicated", unit), courses, join)

    def allows(self, condition: Condition) -> Course[bool]:
        """Whether what was reported allowed a condition: certain, or possible by it."""
        return self._once(("allows", condition), lambda: self._allows(condition))

    def _allows(self, condition: Condition) -> Course[bool]:
        part = worlds_of(condition)
        known = self.part(part)
        if known.only is not None and known.only[0] == known.only[1]:
            return constant(known.only[0])
        courses = known, self._told(part)
        return self._swept(
            ("allows", condition), courses, lambda now: now[0][0] or (now[0][1] and now[1])
        )

    def _told(self, part: Split) -> Course[bool]:
        """Whether what was reported allowed a part of a condition, read by itself."""
        return self._once(("told", part), lambda: self._told_anew(part))

    def _told_anew(self, part: Split) -> Course[bool]:
        match part:
            case Constant():
                return constant(part.value)
            case Test():
                return self._test_told(part)
            case Worlds():
                return self._worlds_told(part)
        assert isinstance(part, All | AnyOf | AtLeast)
        courses: list[Course[bool]] = []
        for one in part.of:
            course = self._told(one)
            if isinstance(part, All) and course.only is False:
                return constant(False)
            if isinstance(part, AnyOf) and course.only is True:
                return constant(True)
            courses.append(course)
        least = {All: len(courses), AnyOf: 1}.get(type(part), getattr(part, "count", 0))
        return self._swept(("told", part), courses, lambda now: sum(now) >= least)

    def _test_told(self, test: Test) -> Course[bool]:
        cell, accepts = test.cell, test.accepts
        if isinstance(cell, ElapsedCell):
            return self._seen(
                ("told", test),
                cell,
                self._turns(cell, _finite_ends(accepts)),
                lambda one: of_reported(one.value_of(cell), one.reported(cell), accepts),
            )
        courses = self.value(cell), self.reported(cell)
        return self._swept(
            ("told", test), courses, lambda now: of_reported(now[0], now[1], accepts)
        )

    def _worlds_told(self, worlds: Worlds) -> Course[bool]:
        """As of a condition: any branch that was told, or the whole where nobody spoke."""
        size = len(worlds.branches)
        guards = [self._told(guard) for guard, _ in worlds.branches]
        bodies = [self._told(body) for _, body in worlds.branches]
        courses: list[Course[Any]] = [self.part(worlds), *guards, *bodies]
        if worlds.cell is not None:
            courses += [self._spoken_of(worlds.cell), self._told(worlds.silent)]

        def join(now: list[Any]) -> bool:
            if now[0][0] or any(now[1 + n] and now[1 + size + n] for n in range(size)):
                return True
            return worlds.cell is not None and now[-1] and not now[-2]

        return self._swept(("told", worlds), courses, join)

    def _spoken_of(self, cell: Cell) -> Course[bool]:
        """Whether anybody had stated a cell."""
        if isinstance(cell, ElapsedCell):
            return self._course(self._turns(cell), lambda one: one.reported(cell) is not None)
        return swept((self.reported(cell),), lambda now: now[0] is not None)

    def issued(self, unit: UnitKey) -> Course[int | None]:
        """The rank that people had issued of a decision; None where they had not."""
        own = self.outline.unit(unit)
        return self._once(
            ("issued", unit),
            lambda: self._seen(
                ("issued", unit),
                None,
                self._watch.of_issued(own.document, known=self._chronicle.known),
                lambda evidence: issued_rank(evidence, own),
            ),
        )

    def eased(self, unit: UnitKey) -> Course[int | None]:
        """When people had lowered or ended a response, if that was its last change."""
        own = self.outline.unit(unit)
        turns = self._watch.of_response(own.document, known=self._chronicle.known)
        return self._once(
            ("eased", unit),
            lambda: self._seen(
                ("eased", unit),
                None,
                turns,
                lambda one: one.eased_at(own.document, own.track, own.area),
            ),
        )

    def in_force(self, unit: UnitKey) -> Course[int]:
        """The rank that people had put in force; 0 for none."""
        own = self.outline.unit(unit)
        return self._once(
            ("in force", unit),
            lambda: self._seen(
                ("in force", unit),
                None,
                self._watch.of_response(own.document, known=self._chronicle.known),
                lambda evidence: rank_in_force(evidence, own),
            ),
        )

    def _once(self, key: Hashable, make: Callable[[], Course[T]]) -> Course[T]:
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = make()
        return found


def _same(one: Course[Any], other: Course[Any]) -> bool:
    """Whether a course was carried over, or is as constant; long ones are not compared."""
    return one is other or (len(one.found) == 1 and one == other)


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


def _up_to(now: list[Any]) -> ValueSet:
    level, indicated_rank = now
    low, high = int(level.low), int(level.high)
    return between(low, high) if low == high else between(low, max(low, indicated_rank))


def _finite_ends(accepts: ValueSet) -> tuple[Fraction, ...]:
    assert isinstance(accepts, NumberSet)
    ends = {end for one in accepts.intervals for end in (one.low, one.high) if not isinf(end)}
    return tuple(sorted(Fraction(end) for end in ends))
