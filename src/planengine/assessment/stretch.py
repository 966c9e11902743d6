"""A stretch of time under one set of rules: what evidence told of its cells, and what follows."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from planengine.assessment.allowed import Allowed
from planengine.assessment.carried import Carried
from planengine.assessment.courses import (
    FIRST,
    LAST,
    Course,
    Span,
    constant,
    continued,
    course_of,
    swept,
)
from planengine.assessment.eras import Era
from planengine.assessment.ranked import Ranked, Ranks
from planengine.assessment.ranks import issued_rank, rank_in_force
from planengine.domain.ids import UnitKey
from planengine.evidence.evidence import Evidence
from planengine.evidence.turns import Turns
from planengine.rules.conditions import Cell, Condition, ElapsedCell, LevelCell
from planengine.rules.shadows import Shadows
from planengine.rules.worlds import Split
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.assessment.chronicle import Chronicle
    from planengine.assessment.situation import Situation

T = TypeVar("T")


class Stretch:
    """A stretch of a chronicle under one set of rules."""

    def __init__(self, chronicle: Chronicle, era: Era, span: Span) -> None:
        self.era = era
        self.span = span
        self.outline = era.outline
        self._chronicle = chronicle
        self._watch = Turns(chronicle.evidence.in_world(era.world))
        self._late: dict[Cell, bool] = {}
        self.courses = Carried(self)
        self._ranked = Ranked(self)
        self._allowed = Allowed(self)

    def evidence(self, moment: int) -> Evidence:
        """What this view knows of a moment."""
        return self._chronicle.knowing(moment).in_world(self.era.world).at_time(moment)

    def was_late(self, cell: Cell) -> bool:
        found = self._late.get(cell)
        if found is None:
            found = self._late[cell] = self._watch.was_late(cell)
        return found

    @cached_property
    def whole(self) -> Stretch | None:
        """The same stretch by all that is known now."""
        whole = self._chronicle.whole
        if whole is None:
            return None
        same = whole.stretch(self.span.until)
        return same if same.era is self.era and same.span == self.span else None

    @cached_property
    def before(self) -> Stretch | None:
        """The same stretch before something was told."""
        chronicle = self._chronicle.before
        if chronicle is None or chronicle.first != self._chronicle.first:
            return None
        before = chronicle.stretch(self.span.since)
        same_rules = before.outline is self.outline and before.era.world is self.era.world
        return before if same_rules and before.span == self.span else None

    @property
    def is_of_known(self) -> bool:
        """Whether this tells what was known at each moment."""
        return self._chronicle.known

    @property
    def only_now(self) -> Situation | None:
        """The situation of its only moment, where there is no other: the engine decides it."""
        now = self._chronicle.now
        is_only = (
            now is not None and now.era is self.era and self._chronicle.first >= now.evidence.at
        )
        return now if is_only else None

    @property
    def now(self) -> Evidence:
        """What is known at last, seen with the places of this stretch."""
        return self._chronicle.evidence.in_world(self.era.world)

    def forget(self) -> None:
        """Carry nothing over any more."""
        self.__dict__["before"] = None
        self.courses.forget()

    # Cells

    def value(self, cell: Cell) -> Course[ValueSet]:
        """What is known of a cell; a computed level included, elapsed and overdue excepted."""
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._ranked.level(cell)
        return self._told_of(("value", cell), cell, lambda one: one.value_of(cell))

    def reported(self, cell: Cell) -> Course[ValueSet | None]:
        """What people had reported of a cell; of a computed level the ranks up to the indicated."""
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._allowed.level(cell)
        return self._told_of(("reported", cell), cell, lambda one: one.reported(cell))

    def _told_of(self, key: Hashable, cell: Cell, find: Callable[[Evidence], T]) -> Course[T]:
        """What evidence tells of a cell; where nothing came late, what all that is known tells."""
        return self.courses.once(key, lambda: self._told_by_whole(key, cell, find))

    def _told_by_whole(self, key: Hashable, cell: Cell, find: Callable[[Evidence], T]) -> Course[T]:
        whole = self.whole
        if whole is None or whole.was_late(cell):
            return self.seen(key, cell, self.turns(cell), find)
        found = whole._told_of(key, cell, find)  # noqa: SLF001 - its own class
        self.courses.kept.note(key, *whole.courses.kept.seen(key))
        return found

    # Conditions and decisions

    def hangs(self, part: Split) -> bool:
        """Whether a condition hangs on duties, of which there are no courses."""
        return self._ranked.hangs(part)

    def part(self, part: Split) -> Course[Shadows]:
        """Whether a condition or a part of one was certain, and whether it was possible."""
        return self._ranked.part(part)

    def ranks(self, unit: UnitKey) -> Course[Ranks]:
        """A decision's level, what it could reach and what was obliged; none without rules."""
        return self._ranked.ranks(unit)

    def indicated(self, unit: UnitKey) -> Course[int]:
        """The worst rank of a decision that what was reported allowed."""
        return self._allowed.indicated(unit)

    def allows(self, condition: Condition) -> Course[bool]:
        """Whether what was reported allowed a condition: certain, or possible by it."""
        return self._allowed.allows(condition)

    # What evidence tells

    def _course(self, turns: Sequence[int], find: Callable[[Evidence], T]) -> Course[T]:
        """What evidence tells, looked at wherever it may have turned."""
        inside = self._inside(turns)
        # What never turns is looked at now, where it is looked at anyway.
        start = min(self._start, inside[0] - 1) if inside else self._chronicle.evidence.at
        start = min(max(start, self.span.since), self.span.until)
        return course_of(
            (FIRST, *inside), lambda at: find(self.evidence(start if at == FIRST else at))
        )

    def seen(
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
        self.courses.kept.note(key, cell, turns[coming] if coming < len(turns) else LAST)
        turns = turns[:coming]
        before, news = self.before, self.courses.news
        kept = before.courses.kept.get(key) if before is not None else None
        if kept is not None and before is not None and news is not None:
            if self.is_of_known:
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

    def turns(self, cell: Cell, ends: tuple[Fraction, ...] = ()) -> tuple[int, ...]:
        return self._watch.of(cell, ends, known=self.is_of_known)

    def _inside(self, turns: Sequence[int]) -> list[int]:
        return [moment for moment in turns if self.span.since < moment <= self.span.until]

    @property
    def _start(self) -> int:
        """The moment up to which nothing of this stretch is asked for."""
        return min(max(self._chronicle.first, self.span.since), self.span.until)

    def spoken_of(self, cell: Cell) -> Course[bool]:
        """Whether anybody had stated a cell."""
        if isinstance(cell, ElapsedCell):
            key = "spoken of", cell
            return self.courses.once(
                key,
                lambda: self.seen(
                    key, cell, self.turns(cell), lambda one: one.reported(cell) is not None
                ),
            )
        return swept((self.reported(cell),), lambda now: now[0] is not None)

    def issued(self, unit: UnitKey) -> Course[int | None]:
        """The rank that people had issued of a decision; None where they had not."""
        if unit not in self.outline.index:
            return constant(None)
        own = self.outline.unit(unit)
        return self.courses.once(
            ("issued", unit),
            lambda: self.seen(
                ("issued", unit),
                None,
                self._watch.of_issued(own.document, known=self.is_of_known),
                lambda evidence: issued_rank(evidence, own),
            ),
        )

    def eased(self, unit: UnitKey) -> Course[int | None]:
        """When people had lowered or ended a response, if that was its last change."""
        own = self.outline.unit(unit)
        turns = self._watch.of_response(own.document, known=self.is_of_known)
        return self.courses.once(
            ("eased", unit),
            lambda: self.seen(
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
        return self.courses.once(
            ("in force", unit),
            lambda: self.seen(
                ("in force", unit),
                None,
                self._watch.of_response(own.document, known=self.is_of_known),
                lambda evidence: rank_in_force(evidence, own),
            ),
        )
