"""One earlier moment, of which only what is asked for is worked out."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Callable, Collection, Hashable
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar, cast

from planengine.assessment.courses import Course, Span, meet
from planengine.assessment.easing import fresh_rank
from planengine.assessment.outline import Outline
from planengine.assessment.ranked import Ranks
from planengine.assessment.situation import Situation
from planengine.assessment.stretch import Stretch
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import Cell, Condition, ElapsedCell, OverdueCell, Test
from planengine.rules.shadows import Shadows, indicated, of_test, split_shadows
from planengine.rules.walk import tests_of
from planengine.rules.worlds import Split, worlds_of
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.assessment.views import View

T = TypeVar("T")

Read: TypeAlias = "tuple[Callable[[View, Stretch], Course[Any]], Course[Any]]"
"""What finds the course of something in a stretch, and the course that it found."""


class Then:
    """One moment, of which only what is asked for is worked out.

    `span` is the stretch of time around it in which all that was asked stays as it is; `reads`
    are the courses that tell that, None where more than courses does.
    """

    def __init__(self, view: View, moment: int) -> None:
        self.view = view
        self.stretch = stretch = view.chronicle.stretch(moment)
        self.at = moment
        self.span = stretch.span
        self.reads: dict[Hashable, Read] | None = {}

    @property
    def outline(self) -> Outline:
        """The rules in force then."""
        return self.stretch.outline

    @property
    def situation(self) -> Situation:
        """The incident at just that moment, whatever it is at others."""
        return self.view.now.past_at(self.stretch.era, self.stretch.evidence(self.at))

    def of(self, key: Hashable, find: Callable[[View, Stretch], Course[T]]) -> T:
        """What a course of its stretch tells of the moment."""
        course = find(self.view, self.stretch)
        if self.reads is not None:
            self.reads[key] = find, course
        span, found = course.at(self.at)
        self.span = meet(self.span, span)
        return found

    def stays(self, span: Span) -> None:
        """What was asked stays as it is for so long, as more than courses tell."""
        self.span = meet(self.span, span)
        self.reads = None

    def reaches(self, unit: UnitKey, rank: int) -> bool:
        """Whether a unit's certain level was at least a rank; never where no rule decided it."""
        return self._ranks(unit)[0] >= rank

    def could_reach(self, unit: UnitKey) -> int:
        """The worst rank of a unit that was not excluded; 0 for none."""
        return self._ranks(unit)[1]

    def _ranks(self, unit: UnitKey) -> Ranks:
        return self.of(("ranks", unit), lambda _, stretch: stretch.ranks(unit))

    def indicated(self, unit: UnitKey) -> int:
        """The worst rank of a unit that what was reported then allowed; 0 for none."""
        return self.of(("indicated", unit), lambda _, stretch: stretch.indicated(unit))

    def issued(self, unit: UnitKey) -> int | None:
        """The rank that people had issued of a unit; None where they had not."""
        return self.of(("issued", unit), lambda _, stretch: stretch.issued(unit))

    def response(self, unit: UnitKey) -> int:
        """The more severe of what was recommended and what was in force; 0 for none."""
        return max(self.recommended(unit), self.in_force(unit))

    def in_force(self, unit: UnitKey) -> int:
        """The rank that people had put in force of a unit; 0 for none."""
        return self.of(("in force", unit), lambda _, stretch: stretch.in_force(unit))

    def recommended(self, unit: UnitKey) -> int:
        """A unit's certain level, without the rules that had held ever since people eased it."""
        return self.of(("fresh", unit), lambda view, stretch: view.recommended(stretch, unit))

    def fresh(self, unit: UnitKey) -> int:
        """The same, found anew."""
        level = self._ranks(unit)[0]
        eased = self.of(("eased", unit), lambda _, stretch: stretch.eased(unit))
        if not level or eased is None:
            return level
        own = self.outline.unit(unit)
        return fresh_rank(own, level, self.certain, lambda one, _: self._is_old(one, eased))

    def asked(self, unit: UnitKey, declined: Collection[tuple[int, int]]) -> int:
        """What people are still asked for: what is recommended, without what they declined.

        `declined` are ranks, each with when people declined to go so far. Without the rules of
        no worse a rank that have held ever since.
        """
        level = self._ranks(unit)[0]
        own = self.outline.unit(unit)
        eased = self.of(("eased", unit), lambda _, stretch: stretch.eased(unit))
        since = [*declined, *([] if eased is None else [(len(own.scale.levels), eased)])]
        return fresh_rank(
            own,
            level,
            self.certain,
            lambda one, rank: any(self._is_old(one, at) for most, at in since if rank <= most),
        )

    def _is_old(self, condition: Condition, since: int) -> bool:
        """Whether a condition had been certain without a break, by what was known then."""
        known = self.view.known_view
        first = known.then(self.at)
        certain = first.certain(condition)
        self.stays(first.span)
        found = known.since(self.at, lambda then: then.certain(condition)) if certain else None
        return found is not None and found <= since

    def certain(self, condition: Condition) -> bool:
        """Whether a condition held in every world that fits what is known of the moment."""
        return self.shadows(condition)[0]

    def possible(self, condition: Condition) -> bool:
        """Whether a condition held in one of those worlds at least."""
        return self.shadows(condition)[1]

    def shadows(self, condition: Condition) -> Shadows:
        """Both: whether it was certain, and whether it was possible."""
        return self._part(worlds_of(condition))

    def _part(self, part: Split) -> Shadows:
        if not self.stretch.hangs(part):
            return self.of(("part", part), lambda _, stretch: stretch.part(part))
        if isinstance(part, Test):
            assert isinstance(part.cell, OverdueCell)
            return of_test(self._overdue(part.cell), part.accepts)
        return split_shadows(part, self._value_of, self._part)

    def allows(self, condition: Condition) -> bool:
        """Whether what was reported then allowed a condition: certain, or possible by it."""
        if not self.stretch.hangs(worlds_of(condition)):
            return self.of(("allows", condition), lambda _, stretch: stretch.allows(condition))
        for test in tests_of(condition):
            self._part(test)
        return indicated(condition, self._value_of, self._reported)

    def _value_of(self, cell: Cell) -> ValueSet:
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        if isinstance(cell, ElapsedCell):  # it never stands still; what tests it is watched
            return self.stretch.evidence(self.at).value_of(cell)
        return self.of(("value", cell), lambda _, stretch: stretch.value(cell))

    def _reported(self, cell: Cell) -> ValueSet | None:
        if isinstance(cell, OverdueCell):
            return self._overdue(cell)
        if isinstance(cell, ElapsedCell):
            return self.stretch.evidence(self.at).reported(cell)
        return self.of(("reported", cell), lambda _, stretch: stretch.reported(cell))

    def _overdue(self, cell: OverdueCell) -> ValueSet:
        """Whether a duty was overdue; that turns with anything, and the second after a limit."""

        def find(then: Then) -> ValueSet:
            for since, until in then.situation.owed.steady(cell):
                then.stays(Span(since, until))
            return then.situation.value_of(cell)

        return self.kept(("overdue", cell), find)

    def kept(self, key: Hashable, find: Callable[[Then], T]) -> T:
        """What is found of this moment, found once for the span in which it stays.

        For what follows from more than courses; `find` must hang on nothing but what it asks the
        moment that it is given.
        """
        kept = self.stretch.courses.findings.setdefault(key, [])
        place = bisect_right(kept, self.at, key=lambda one: one[0].since)
        if place and kept[place - 1][0].until >= self.at:
            span, found = kept[place - 1]
        else:
            then = Then(self.view, self.at)
            found, span = find(then), then.span
            insort(kept, (span, found), key=lambda one: one[0].since)
        self.stays(span)
        return cast("T", found)
