"""Orders that go against each other, or against the plan that they are given by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

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
    """What the answers said of it, and decisions that ease what nothing advises to ease."""
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
        yield from _eased(unit, course, decided, tell)


def _eased(
    unit: Unit, course: Sequence[At], decided: Sequence[PutInForce], tell: Teller
) -> Iterator[Contradiction]:
    """Decisions that lower or end a response while neither its plan nor new facts advise it."""
    for first, second in pairwise(decided):
        at = second.stamp.received
        before = [one for one in course if one.since < at]
        if second.rank >= first.rank or not before:
            continue
        advised = before[-1].advice in {"lower", "end"}
        if advised or before[-1].certain <= second.rank:
            continue
        ranks = (first.rank, second.rank, before[-1].certain)
        was, is_, facts = (_named(unit, rank) for rank in ranks)
        was_by, is_by = first.by or "?", second.by or "?"
        yield Contradiction(
            at=tell.time(at),
            decision=str(unit.id),
            text=Text(
                en=f"{is_by} decided {is_} after {was_by} had decided {was}, while the facts gave "
                f"{facts} and nothing advised to ease",
                zh=f"{was_by}决定{was}后，{is_by}改为{is_}，而依据支持{facts}，也不具备降级、终止条件",
            ),
        )


def _named(unit: Unit, rank: int) -> str:
    found = unit.scale.by_rank(rank) if rank else None
    return "none" if found is None else found.id
