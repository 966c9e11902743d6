"""Orders that go against each other, or against the plan that they are given by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from planengine.answers import Text
from planengine.assessment.assessment import Assessment
from planengine.assessment.plain.parts import Teller
from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.domain.statements import PutInForce
from planengine.exercises.asked import Courses
from planengine.exercises.courses import At
from planengine.exercises.report import Contradiction
from planengine.rules.ruleset import Unit

_AGAINST = frozenset({"authority", "issued"})


def contradictions(
    courses: Courses,
    seen: Mapping[int, Assessment],
    tell: Teller,
    words: Mapping[Language, Words],
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
        yield from _eased(unit, course, decided, tell, words)


def _eased(
    unit: Unit,
    course: Sequence[At],
    decided: Sequence[PutInForce],
    tell: Teller,
    words: Mapping[Language, Words],
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
        en, zh = (
            (
                *(words[language].level(unit.scale.id, _level(unit, rank)) for rank in ranks),
                *(words[language].named(one.by or "?") for one in (first, second)),
            )
            for language in ("en", "zh")
        )
        yield Contradiction(
            at=tell.time(at),
            decision=str(unit.id),
            text=Text(
                en=f"{en[4]} decided {en[1]} after {en[3]} had decided {en[0]}, while the facts "
                f"gave {en[2]} and nothing advised to ease",
                zh=f"{zh[3]}决定{zh[0]}后，{zh[4]}改为{zh[1]}，而依据支持{zh[2]}，"
                "也不具备降级、终止条件",
            ),
        )


def _level(unit: Unit, rank: int) -> str | None:
    found = unit.scale.by_rank(rank) if rank else None
    return None if found is None else found.id
