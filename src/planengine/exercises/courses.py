"""The levels of each response over an exercise, as they were known at each moment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.proposals import mildest
from planengine.assessment.then import Then
from planengine.domain.ids import UnitKey
from planengine.rules.ruleset import Unit

Advice: TypeAlias = Literal["start", "raise", "lower", "end"]


class At(Struct, frozen=True):
    """The ranks of a response from a moment on (0: none), and what was advised then.

    `certain` is what the facts gave; `recommended` leaves out what people have eased since.
    """

    since: int
    certain: int
    recommended: int
    indicated: int
    in_force: int
    advice: Advice | None


def courses_of(last: Assessment) -> Iterator[tuple[Unit, tuple[At, ...]]]:
    """Of each response that had a level at some time: its ranks, the oldest first."""
    for unit in last.situation.rules.units:
        if unit.purpose != "level":
            continue
        found = [*_course(last, unit)]
        if any(one.recommended or one.indicated or one.in_force for one in found):
            yield unit, tuple(found)


def _course(last: Assessment, unit: Unit) -> Iterator[At]:
    """The stretches in which nothing turned, as what was known then has it."""
    history = last.situation.history
    stretches = [*history.back(lambda then: _ranks(then, unit), known=True)]
    before: tuple[object, ...] | None = None
    for since, ranks in reversed(stretches):
        if ranks != before:
            before = ranks
            yield At(since, *ranks)


def _ranks(then: Then, unit: Unit) -> tuple[int, int, int, int, Advice | None]:
    key: UnitKey = unit.id
    ranks = range(1, len(unit.scale.levels) + 1)
    certain = max((rank for rank in ranks if then.reaches(key, rank)), default=0)
    recommended, in_force = then.recommended(key), then.in_force(key)
    indicated = max(then.indicated(key), recommended)
    return certain, recommended, indicated, in_force, _advice(then, key, recommended, in_force)


def _advice(then: Then, key: UnitKey, recommended: int, in_force: int) -> Advice | None:
    """What `Decision.proposal` said then, but for what is to be kept."""
    if key not in then.outline.index:
        return None
    unit = then.outline.unit(key)
    if in_force and unit.end is not None and then.certain(unit.end):
        return "end"
    if (
        in_force > mildest(then.outline, unit)
        and unit.lower is not None
        and then.certain(unit.lower)
    ):
        return "lower"
    if recommended > in_force:
        return "raise" if in_force else "start"
    return None
