"""What is owed at each moment: which of the items of one name, and how sure that is.

How the items of a place stand follows from the ranks of a decision, from whether its document
applies, and from what each item asks of its own. So it has a course as these have; places whose
items ask alike share it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.courses import Course, Span
from planengine.assessment.duties.items import Ask, Catalogue, Item, Place, Shape
from planengine.assessment.history import History
from planengine.assessment.outline import Outline
from planengine.assessment.results import Certainty
from planengine.assessment.stretch import Stretch
from planengine.assessment.then import Then
from planengine.assessment.views import View
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import Condition
from planengine.rules.ruleset import APPLIES
from planengine.rules.worlds import worlds_of

STRENGTH: dict[Certainty, int] = {"possible": 1, "indicated": 2, "certain": 3}


class Owed(Struct, frozen=True):
    """An item that is owed, or may be, by its number among those of its place.

    `reached` says whether its level is reached for sure; `holds` whether it is owed: for sure,
    or as its author asks, by what was reported.
    """

    number: int
    certainty: Certainty
    reached: bool
    rank: int
    holds: bool


Standings: TypeAlias = tuple[Owed, ...]
"""The items that are owed, the one that replaces others first."""


class Ground(Struct, frozen=True):
    """What all items of a place go by: the rank, the worst that it may be, what applies."""

    rank: int
    worst: int
    applies: Certainty | None


class Standing:
    """What is owed at each moment that is asked for."""

    def __init__(self, history: History, outline: Outline) -> None:
        self._history = history
        self._outline = outline  # of now
        self._now: dict[Shape, Standings] = {}
        self._looked_at: dict[tuple[Shape, ...], object] = {}

    @cached_property
    def _stretches(self) -> tuple[list[tuple[View, Stretch]], ...]:
        """By what we know now, and by what was known; the newest first."""
        return tuple([*self._history.looked_in(known=known)] for known in (False, True))

    @cached_property
    def _where(self) -> list[tuple[Outline, Span]]:
        return [(one.outline, one.span) for stretches in self._stretches for _, one in stretches]

    def back(self, place: Place, *, known: bool) -> Iterator[tuple[int, Stretch, Standings]]:
        """Stretches of time up to now, the newest first: since when, and what is owed in each."""
        return self._history.along(
            partial(_course, place), lambda then: self.judge(then, place), known=known
        )

    def now(self, place: Place) -> Standings:
        """The items of a place that are owed now."""
        shape = shape_of(self._outline, place)
        found = self._now.get(shape)
        if found is None:
            found = self._now[shape] = self.judge(self._history.now, place)
        return found

    def looked_at(self, place: Place) -> object:
        """How the items of a place stood, as far as it tells since when: the same if that is so.

        Where something is owed that has no course nothing is the same.
        """
        key = tuple([shape_of(outline, place) for outline, _ in self._where])
        if key not in self._looked_at:
            self._looked_at[key] = self._look_at(place)
        return self._looked_at[key]

    def _look_at(self, place: Place) -> object:
        owed = self.now(place)
        if not owed:
            return owed
        courses: list[Course[Standings] | None] = []
        for (view, newest), *older in self._stretches:
            courses.append(_course(place, view, newest))
            if courses[-1] is None:
                return object()
            courses += (
                one.courses.found(("owed", shape_of(one.outline, place))) for _, one in older
            )
        return self._where, courses

    def judge(self, then: Then, place: Place) -> Standings:
        """The items of a place that are owed at a moment.

        Of items with one id the one from the worst level counts, once its own conditions are
        certain: it replaces those from milder levels. What may replace it stands beside it.
        """
        shape = shape_of(then.outline, place)
        if (
            then.stretch.courses.found(("owed", shape)) is None
        ):  # perhaps nobody asks of other moments
            return then.kept(("owed", shape), partial(_judged, shape))
        return then.of(("owed", shape), lambda view, stretch: _course_of(shape, view, stretch))


def items_of(outline: Outline, place: Place) -> tuple[Item, ...]:
    """The items of a place by the documents in force then, in the author's order."""
    return outline.kept(Catalogue).at(place)[0]


def shape_of(outline: Outline, place: Place) -> Shape:
    """What these ask."""
    return outline.kept(Catalogue).at(place)[1]


def _course(place: Place, view: View, stretch: Stretch) -> Course[Standings] | None:
    """How the items of a place stood; None where that hangs on duties, which have no course."""
    shape = shape_of(stretch.outline, place)
    found: Course[Standings] | None = stretch.courses.found(("owed", shape))
    if found is not None:
        return found
    if _hangs(stretch, _conditions(stretch.outline, shape)):
        return None
    return _course_of(shape, view, stretch)


def _course_of(shape: Shape, view: View, stretch: Stretch) -> Course[Standings]:
    return view.course(stretch, ("owed", shape), partial(_judged, shape))


def _conditions(outline: Outline, shape: Shape) -> Iterator[Condition]:
    """What the items of a shape ask of their own, and for their document to apply."""
    yield from _all_gates(outline, shape)
    for ask in shape.asks:
        yield from _own(outline, ask)


def _all_gates(outline: Outline, shape: Shape) -> Iterator[Condition]:
    for name in shape.units:
        if name in outline.index:
            yield from _gates(outline, name)


def _hangs(stretch: Stretch, conditions: Iterable[Condition]) -> bool:
    return any(stretch.hangs(worlds_of(one)) for one in conditions)


def _judged(shape: Shape, then: Then) -> Standings:
    """Nothing is looked at that need not be."""
    ground = _ground(then, shape)
    found = [
        owed
        for number, ask in enumerate(shape.asks)
        if (owed := _owed(then, shape, number, ask, ground)) is not None
    ]
    found.sort(key=lambda one: -shape.asks[one.number].lowest)
    sure = next((at for at, one in enumerate(found) if one.certainty == "certain"), None)
    return tuple(found if sure is None else (found[sure], *found[:sure]))


def _owed(then: Then, shape: Shape, number: int, ask: Ask, ground: Ground) -> Owed | None:
    rank, ranks, applies = ground.rank, ask.ranks, ground.applies
    certainty: Certainty = "certain"
    reached = ranks is None or rank in ranks
    if ranks is not None and not reached:
        likely = then.indicated(shape.unit) if ask.indicated else rank
        told = [one for one in ranks if rank < one <= likely]
        open_ = [one for one in ranks if rank < one <= ground.worst]
        if not told and not open_:
            return None
        certainty, rank = ("indicated", max(told)) if told else ("possible", min(open_))
        if told and applies != "certain":
            applies = "indicated"  # as a plan with a level applies
    asked = None if applies is None else _weakest(then, _own(then.outline, ask), ask.indicated)
    if applies is None or asked is None:
        return None
    certainty = min(certainty, applies, asked, key=STRENGTH.__getitem__)
    if certainty == "indicated" and not ask.indicated:
        certainty = "possible"
    holds = certainty == "certain" or (ask.indicated and certainty == "indicated")
    return Owed(number, certainty, reached, rank, holds)


def _ground(then: Then, shape: Shape) -> Ground:
    """The same for all items of a decision."""
    if _hangs(then.stretch, _all_gates(then.outline, shape)):
        return _found_ground(shape, then)
    key = "ground", shape.unit, shape.units
    judge = partial(_found_ground, shape)
    return then.of(key, lambda view, stretch: view.course(stretch, key, judge))


def _found_ground(shape: Shape, then: Then) -> Ground:
    """The rank is the worse of certain and in force, or what is issued of a warning or grade."""
    if shape.unit not in then.outline.index:
        return Ground(0, 0, None)
    rank, issued = then.response(shape.unit), then.issued(shape.unit)
    if issued is not None:
        rank = worst = max(rank, issued)
    else:
        worst = max(rank, then.could_reach(shape.unit))
    return Ground(rank, worst, _applies(then, shape.units))


def _applies(then: Then, units: Iterable[UnitKey]) -> Certainty | None:
    """How sure it is that a document applies to one of its decisions; None where it cannot.

    A plan with a level recommended or in force applies; else its hazards must be (or have
    joined) the incident's, its `when` must hold, and none of the cases in its `not`.
    """
    found: Certainty | None = None
    for name in units:
        if name not in then.outline.index:
            continue
        if then.response(name):
            return "certain"
        here = _weakest(then, _gates(then.outline, name), told=True)
        if here == "certain":
            return "certain"
        if here is not None and (found is None or STRENGTH[here] > STRENGTH[found]):
            found = here
    return found


def _gates(outline: Outline, name: UnitKey) -> tuple[Condition, ...]:
    """What must be so for the document of a decision to apply."""
    unit = outline.unit(name)
    own = outline.condition(unit.document, APPLIES, 0, "when", unit.area)
    return (unit.applies,) if own is None else (unit.applies, own)


def _own(outline: Outline, ask: Ask) -> tuple[Condition, ...]:
    """What an item asks of its own."""
    return () if ask.own is None else outline.conditions(*ask.own)


def _weakest(then: Then, conditions: Iterable[Condition], told: bool) -> Certainty | None:
    """How sure conditions are together; whether what was reported allows them only if `told`."""
    sure: Certainty = "certain"
    for condition in conditions:
        certain, possible = then.shadows(condition)
        if not possible:
            return None
        if certain or sure == "possible":
            continue
        sure = "indicated" if told and then.allows(condition) else "possible"
    return sure
