"""What a post or body decides or proposes, as steps of its card: responses and warnings."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.domain.documents import LevelDuties, Track
from planengine.papers.holders import Holder
from planengine.papers.parts import Clause, Step, StepGroup
from planengine.papers.wording import Wording


def decides(track: Track, rank: int, holder: Holder, wording: Wording, key: str) -> Iterator[Step]:
    """What a post or body decides or proposes of a level."""
    for duties in track.duties:
        if duties.rank != rank:
            continue
        clauses = wording.clauses(duties.basis, key)
        level = wording.entities.scales[track.scale].by_rank(rank)
        label = wording.level(track.scale, level.id if level is not None else None)
        length = f"，期限{wording.words.duration(duties.duration)}" if duties.duration else ""
        if holder.is_named(duties.approve):
            by = wording.executor(duties.propose)
            do = f"审批启动{label}响应（{by}提出{length}）"
            yield _decision(do, "接到提请即决定", _marks(duties, wording), clauses)
        if holder.is_named(duties.propose):
            to = wording.executor(duties.approve)
            do = f"提请{to}批准启动{label}响应{length}"
            yield _decision(do, "条件达到即提请", _marks(duties, wording), clauses)


def warnings(key: str, track: Track, holder: Holder, wording: Wording) -> Iterator[StepGroup]:
    """The warnings that a post or body issues or approves, from the mildest."""
    for duties in sorted(track.duties, key=lambda one: one.rank):
        level = wording.entities.scales[track.scale].by_rank(duties.rank)
        label = f"{wording.level(track.scale, level.id if level is not None else None)}预警"
        rest = _marks(duties, wording), wording.clauses(duties.basis, key)
        steps: list[Step] = []
        if holder.is_named(duties.approve):
            by = f"（{wording.executor(duties.propose)}提出）" if duties.propose else ""
            steps.append(_decision(f"审批发布{label}{by}", "接到提请即决定", *rest))
        if holder.is_named(duties.propose):
            to = f"，报{wording.executor(duties.approve)}批准" if duties.approve else ""
            steps.append(_decision(f"发布{label}{to}", "条件达到即办理", *rest))
        if steps:
            yield StepGroup(f"{label}·{wording.words.document(key)}", "", tuple(steps))


def _decision(do: str, limit: str, marks: tuple[str, ...], clauses: tuple[Clause, ...]) -> Step:
    return Step(do, limit, clauses=clauses, marks=marks)


def _marks(duties: LevelDuties, wording: Wording) -> tuple[str, ...]:
    """How strongly the plan says it, where that does not oblige."""
    known = wording.entities.verbs.get(duties.verb)
    return () if known is not None and known.obliges else (wording.words.verb(duties.verb),)
