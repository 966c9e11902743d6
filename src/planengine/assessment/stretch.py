"""The courses of cells, conditions and decisions in a stretch of time under one set of rules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import isinf
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from planengine.assessment.courses import (
    FIRST,
    LAST,
    Course,
    Span,
    constant,
    continued,
    course_of,
    swept,
    up_to,
)
from planengine.assessment.eras import Era
from planengine.assessment.kept import Kept
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
from planengine.rules.order import decided_reads
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import Shadows, of_reported, of_test, split_shadows
from planengine.rules.worlds import Split, Worlds, tests_in, worlds_of
from planengine.values.sets import NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.chronicle import Chronicle
    from planengine.assessment.situation import Situation

T = TypeVar("T")
Read: TypeAlias = tuple[Callable[[Any, Any], Course[Any]], Course[Any]]
Ranks: TypeAlias = tuple[int, int, int]
"""(level, could reach, obliged)"""

Solving: TypeAlias = Mapping[UnitKey, Course[Ranks]] | None
"""What is found so far of decisions that read each other in a circle."""

Told: TypeAlias = Mapping[UnitKey, Course[int]] | None
"""The worst ranks told, so far, of decisions that read each other in a circle."""

NONE: Ranks = 0, 0, 0


class Stretch:
    """A stretch of a chronicle under one set of rules."""

    def __init__(self, chronicle: Chronicle, era: Era, span: Span) -> None:
        self.era = era
        self.span = span
        self.outline = era.outline
        self._chronicle = chronicle
        self._watch = Turns(chronicle.evidence.in_world(era.world))
        self._joined: dict[Hashable, Sequence[Course[Any]]] = {}  # what courses follow from
        self._late: dict[Cell, bool] = {}
        self._hanging: dict[Split, bool] = {}
        self.reads: dict[Hashable, dict[Hashable, Read]] = {}  # what walked courses follow from

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
    def _before(self) -> Stretch | None:
        """The same stretch before something was told."""
        chronicle = self._chronicle.before
        if chronicle is None or chronicle.first != self._chronicle.first:
            return None
        before = chronicle.stretch(self.span.since)
        same_rules = before.outline is self.outline and before.era.world is self.era.world
        return before if same_rules and before.span == self.span else None

    @cached_property
    def _kept(self) -> Kept:
        """The courses of this stretch; at first those that what was told does not touch."""
        before, news = self._before, self._news
        if before is None or news is None or (self._chronicle.known and not news.is_later):
            return Kept()
        at = self.now.at

        def is_touched(cell: Cell | None, until: int) -> bool:
            return until <= at or (news.of_people if cell is None else news.touches(cell))

        return before._kept.without(is_touched)  # noqa: SLF001 - its own class

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
        return self._told_of(("value", cell), cell, lambda one: one.value_of(cell))

    def reported(self, cell: Cell) -> Course[ValueSet | None]:
        """What people had reported of a cell; of a computed level the ranks up to the indicated."""
        if not isinstance(cell, LevelCell) or cell.read == "active":
            return self._told_of(("reported", cell), cell, lambda one: one.reported(cell))
        if cell.unit not in self.outline.index:
            return constant(between(0, 0))
        return self.follows(
            ("reported", cell), lambda: (self._level(cell), self.indicated(cell.unit)), _up_to
        )

    def _told_of(self, key: Hashable, cell: Cell, find: Callable[[Evidence], T]) -> Course[T]:
        """What evidence tells of a cell; where nothing came late, what all that is known tells."""
        return self.once(key, lambda: self._told_by_whole(key, cell, find))

    def _told_by_whole(self, key: Hashable, cell: Cell, find: Callable[[Evidence], T]) -> Course[T]:
        whole = self._whole
        if whole is None or whole.was_late(cell):
            return self._seen(key, cell, self._turns(cell), find)
        found = whole._told_of(key, cell, find)  # noqa: SLF001 - its own class
        self._kept.note(key, *whole._kept.seen(key))  # noqa: SLF001 - its own class
        return found

    def _level(self, cell: LevelCell) -> Course[ValueSet]:
        if cell.unit not in self.outline.index:
            return constant(between(0, 0))
        return self.once(("level", cell), lambda: self._level_by(cell, None))

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
        coming = bisect_right(turns, self._chronicle.evidence.at)
        self._kept.note(key, cell, turns[coming] if coming < len(turns) else LAST)
        turns = turns[:coming]
        before, news = self._before, self._news
        kept = before._kept.get(key) if before is not None else None  # noqa: SLF001 - its own class
        if kept is not None and before is not None and news is not None:
            if self._chronicle.known:
                is_as_before = news.is_later
            else:
                is_touched = news.of_people if cell is None else news.touches(cell)
                is_as_before = news.is_ahead or not is_touched
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
        """As `swept`; where all that it follows from is as it was elsewhere, so is the course."""
        self._joined[key] = courses
        for other in (self._before, self._whole):
            if other is not None:
                old = other._joined.get(key)  # noqa: SLF001 - its own class
                kept = other._kept.get(key)  # noqa: SLF001 - its own class
                if old is not None and kept is not None and _same(old, courses):
                    return cast("Course[T]", kept)
        return self._gone_on(key, courses, join) or swept(courses, join)

    def _gone_on(
        self, key: Hashable, courses: Sequence[Course[Any]], join: Callable[[list[Any]], T]
    ) -> Course[T] | None:
        """The course of before with what follows after it; None where more has changed."""
        kept = self.kept_before(key)
        if kept is None:
            return None
        since, course = kept
        later = {
            moment for one in courses for moment in one.since[bisect_right(one.since, since) :]
        }
        return continued(course, sorted(later), lambda at: join([one.at(at)[1] for one in courses]))

    def kept_before(self, key: Hashable) -> tuple[int, Course[Any]] | None:
        """What a course was before, and up to when it still is; None where it may be another."""
        before, news = self._before, self._news
        kept = None if before is None else before._kept.get(key)  # noqa: SLF001 - its own class
        if kept is None or before is None or news is None or not news.is_ahead:
            return None
        return before.now.at, up_to(kept, before.now.at)

    def reads_before(
        self, key: Hashable, find: Callable[[Any], Course[Any]]
    ) -> dict[Hashable, Read] | None:
        """What a walked course followed from before, by `find` as it is now."""
        before = self._before
        reads = None if before is None else before.reads.get(key)
        return None if reads is None else {one: (how, find(how)) for one, (how, _) in reads.items()}

    @cached_property
    def findings(self) -> dict[Hashable, list[tuple[Span, Any]]]:
        """What was found of moments, and since when until when; see `Then.kept`."""
        before, news = self._before, self._news
        if before is None or news is None or not news.is_ahead:
            return {}
        last = before.now.at
        return {
            key: [(Span(since, min(until, last)), found) for (since, until), found in kept]
            for key, kept in before.findings.items()
        }

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
        if solving is not None and _reads(part, solving):
            return self._worked_out(part, solving)
        return self.once(("part", part), lambda: self._worked_out(part, None))

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
        if unit not in self.outline.index:
            return constant(NONE)
        now = self._chronicle.now
        if now is not None and now.era is self.era and self._chronicle.first >= now.evidence.at:
            return self.once(("ranks", unit), lambda: self._only_now(unit, now))
        if unit in self.outline.circular:
            return self.once(("ranks", unit), lambda: self._solved(unit)[unit])
        return self.once(("ranks", unit), lambda: self._decided(self.outline.unit(unit), None))

    def _only_now(self, unit: UnitKey, now: Situation) -> Course[Ranks]:
        """The same of the only moment there is, which the engine has decided."""
        self.rests_on_more(("ranks", unit))
        return constant(now.outcome(unit))

    def _solved(self, unit: UnitKey) -> Mapping[UnitKey, Course[Ranks]]:
        """The ranks of all that read each other in a circle with one."""
        units = self.outline.circle(unit)
        key = "circle", *(one.id for one in units)
        found: Mapping[UnitKey, Course[Ranks]] = self._kept.once(key, lambda: self._solve(units))
        return found

    def _solve(self, units: Sequence[Unit]) -> Mapping[UnitKey, Course[Ranks]]:
        """The least fixpoint of decisions that read each other, from "none" upwards."""
        return _risen(units, NONE, self._decided)

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
        """The worst rank of a decision that what was reported allowed."""
        if unit not in self.outline.index:
            return constant(0)
        find = self._indicated_in_circle if unit in self.outline.circular else self._indicated
        return self.once(("indicated", unit), lambda: find(unit))

    def _indicated_in_circle(self, unit: UnitKey) -> Course[int]:
        """Where decisions read each other, what was told of one may allow another to be worse."""
        units = self.outline.circle(unit)
        key = "circle told", *(one.id for one in units)
        told: Mapping[UnitKey, Course[int]] = self._kept.once(key, lambda: self._solve_told(units))

        def join(now: list[Any]) -> int:
            (level, could_reach, _), rank = now
            return int(min(could_reach, max(level, rank)))

        return self._swept(("indicated", unit), (self.ranks(unit), told[unit]), join)

    def _solve_told(self, units: Sequence[Unit]) -> Mapping[UnitKey, Course[int]]:
        """The least fixpoint of the worst ranks that were told, from "none" upwards."""

        def told(unit: Unit, found: Mapping[UnitKey, Course[int]]) -> Course[int]:
            return swept([self._told(worlds_of(one), found) for one in unit.at_least], _worst)

        return _risen(units, 0, told)

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
        return self.once(("allows", condition), lambda: self._allows(condition))

    def _allows(self, condition: Condition) -> Course[bool]:
        part = worlds_of(condition)
        known = self.part(part)
        if all(certain == possible for certain, possible in known.found):
            return swept((known,), lambda now: now[0][0])
        courses = known, self._told(part)
        return self._swept(
            ("allows", condition), courses, lambda now: now[0][0] or (now[0][1] and now[1])
        )

    def _told(self, part: Split, solving: Told = None) -> Course[bool]:
        """Whether what was reported allowed a part of a condition, read by itself."""
        if solving is not None and _reads(part, solving):
            return self._told_anew(part, solving)
        return self.once(("told", part), lambda: self._told_anew(part, None))

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
        return swept(courses, join) if solving else self._swept(("told", part), courses, join)

    def _test_told(self, test: Test, solving: Told) -> Course[bool]:
        cell, accepts = test.cell, test.accepts
        if isinstance(cell, ElapsedCell):
            return self._seen(
                ("told", test),
                cell,
                self._turns(cell, _finite_ends(accepts)),
                lambda one: of_reported(one.value_of(cell), one.reported(cell), accepts),
            )
        reported = self.reported(cell) if solving is None else self._told_while(cell, solving)
        courses = self.value(cell), reported
        return self._swept_told(
            test, courses, lambda now: of_reported(now[0], now[1], accepts), solving
        )

    def _told_while(self, cell: Cell, solving: Mapping[UnitKey, Course[int]]) -> Course[ValueSet]:
        """The ranks up to the worst told so far of a decision in a circle."""
        assert isinstance(cell, LevelCell)
        return swept((self._level(cell), solving[cell.unit]), _up_to)

    def _worlds_told(self, worlds: Worlds, solving: Told) -> Course[bool]:
        """As of a condition: any branch that was told, or the whole where nobody spoke."""
        size = len(worlds.branches)
        guards = [self._told(guard, solving) for guard, _ in worlds.branches]
        bodies = [self._told(body, solving) for _, body in worlds.branches]
        courses: list[Course[Any]] = [self.part(worlds), *guards, *bodies]
        if worlds.cell is not None:
            courses += [self._spoken_of(worlds.cell), self._told(worlds.silent, solving)]

        def join(now: list[Any]) -> bool:
            if now[0][0] or any(now[1 + n] and now[1 + size + n] for n in range(size)):
                return True
            return worlds.cell is not None and now[-1] and not now[-2]

        return self._swept_told(worlds, courses, join, solving)

    def _spoken_of(self, cell: Cell) -> Course[bool]:
        """Whether anybody had stated a cell."""
        if isinstance(cell, ElapsedCell):
            key = "spoken of", cell
            return self.once(
                key,
                lambda: self._seen(
                    key, cell, self._turns(cell), lambda one: one.reported(cell) is not None
                ),
            )
        return swept((self.reported(cell),), lambda now: now[0] is not None)

    def issued(self, unit: UnitKey) -> Course[int | None]:
        """The rank that people had issued of a decision; None where they had not."""
        if unit not in self.outline.index:
            return constant(None)
        own = self.outline.unit(unit)
        return self.once(
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
        return self.once(
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
        if unit not in self.outline.index:
            return constant(0)
        own = self.outline.unit(unit)
        return self.once(
            ("in force", unit),
            lambda: self._seen(
                ("in force", unit),
                None,
                self._watch.of_response(own.document, known=self._chronicle.known),
                lambda evidence: rank_in_force(evidence, own),
            ),
        )

    def found(self, key: Hashable) -> Course[Any] | None:
        """A course of this stretch that has been asked for; None where it has not."""
        found: Course[Any] | None = self._kept.get(key)
        return found

    def once(self, key: Hashable, make: Callable[[], Course[T]]) -> Course[T]:
        """A course of this stretch, made when it is first asked for."""
        found: Course[T] = self._kept.once(key, lambda: self._shared(key, make()))
        return found

    def follows(
        self,
        key: Hashable,
        courses: Callable[[], Sequence[Course[Any]]],
        join: Callable[[list[Any]], T],
    ) -> Course[T]:
        """What follows from other courses of this stretch at each moment, made once."""
        return self.once(key, lambda: self._swept(key, courses(), join))

    def rests_on_more(self, key: Hashable) -> None:
        """A course follows from more than courses of this stretch: it is made anew each time."""
        self._kept.note(key, None, FIRST)

    def as_elsewhere(self, key: Hashable, find: Callable[[Any], Course[Any]]) -> Course[Any] | None:
        """The course that it was before, or by all that is known now, if it follows from the same.

        `find` tells, by what found a course that it follows from there, the one here.
        """
        for other in (self._before, self._whole):
            kept = None if other is None else other._kept.get(key)  # noqa: SLF001 - its own class
            if other is None or kept is None or key not in other.reads:
                continue
            reads = other.reads[key]
            if all(_is_same(course, find(how)) for how, course in reads.values()):
                self.reads[key] = reads
                return cast("Course[Any]", kept)
        return None

    def _shared(self, key: Hashable, found: Course[T]) -> Course[T]:
        """The very course that it was before, or by all that is known now, if it is no other.

        So what follows from it is seen to be as it was.
        """
        for other in (self._before, self._whole):
            same = None if other is None else other._kept.get(key)  # noqa: SLF001 - its own class
            if same is not None and same == found:
                return cast("Course[T]", same)
        return found


def _same(old: Sequence[Course[Any]], new: Sequence[Course[Any]]) -> bool:
    """Whether these are the same courses; long ones are not compared, see `Stretch._shared`."""
    return len(old) == len(new) and all(map(_is_same, old, new))


def _risen(
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


def _is_same(one: Course[Any], other: Course[Any]) -> bool:
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


def _reads(part: Split, units: Container[UnitKey]) -> bool:
    """Whether a condition reads the computed level of any of some decisions."""
    cells = (test.cell for test in tests_in(part))
    return any(isinstance(c, LevelCell) and c.read != "active" and c.unit in units for c in cells)


def _worst(told: list[Any]) -> int:
    return next((rank for rank in range(len(told), 0, -1) if told[rank - 1]), 0)


def _up_to(now: list[Any]) -> ValueSet:
    level, indicated_rank = now
    low, high = int(level.low), int(level.high)
    return between(low, high) if low == high else between(low, max(low, indicated_rank))


def _finite_ends(accepts: ValueSet) -> tuple[Fraction, ...]:
    assert isinstance(accepts, NumberSet)
    ends = {end for one in accepts.intervals for end in (one.low, one.high) if not isinf(end)}
    return tuple(sorted(Fraction(end) for end in ends))
