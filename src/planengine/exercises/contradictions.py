"""Orders that go against each other, or against the plan that they are given by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planengine.answers import Text
from planengine.assessment.assessment import Assessment
from planengine.assessment.plain.parts import Teller
from planengine.domain.statements import PutInForce
from planengine.exercises.asked import Courses
from planengine.exercises.courses import At
from planengine.exercises.report import Contradiction
from planengine.rules.ruleset import Unit

_AGAINST = frozenset({"authority", "issued"})


def contradictions(
    courses: Courses, seen: Mapping[int, Assessment], tell: Teller
) -> Iterator[Contradiction]:
    """What the answers said of it, and decisions that others took back with nothing new known."""
    told: set[str] = set()
    for at, assessment in sorted(seen.items()):
        for one in assessment.conflicts:
            if one.kind in _AGAINST and one.text.en not in told:
                told.add(one.text.en)
                yield Contradiction(
                    at=tell.time(at),
                    decision=None if one.decision is None else str(one.decision),
                    text=Text(zh=one.text.zh, en=one.text.en),
                )
    last = seen[max(seen)]
    for unit, course in courses:
        people = last.situation.evidence.people
        decided = people.decisions(unit.document, unit.track, unit.area)
        yield from _taken_back(unit, course, decided, tell)


def _taken_back(
    unit: Unit, course: Sequence[At], decided: Sequence[PutInForce], tell: Teller
) -> Iterator[Contradiction]:
    before = [None, *decided]
    for first, second, third in zip(before, decided, decided[1:], strict=False):
        was = first.rank if first is not None else 0
        turned = (second.rank - was) * (third.rank - second.rank) < 0
        if not turned or second.by == third.by:
            continue
        advised = {
            one.recommended
            for one in course
            if second.stamp.received <= one.since <= third.stamp.received
        }
        if len(advised) <= 1:
            one, other = _level(unit, second), _level(unit, third)
            was_by, is_by = second.by or "?", third.by or "?"
            yield Contradiction(
                at=tell.time(third.stamp.received),
                decision=str(unit.id),
                text=Text(
                    en=f"{is_by} decided {other} after {was_by} had decided {one}, while the facts "
                    "advised the same",
                    zh=f"{was_by}决定{one}后，{is_by}又决定{other}，其间依据未变",
                ),
            )


def _level(unit: Unit, put: PutInForce) -> str:
    found = unit.scale.by_rank(put.rank) if put.rank else None
    return "none" if found is None else found.id
