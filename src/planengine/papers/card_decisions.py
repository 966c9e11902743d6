"""What a post or body decides or proposes, as steps of its card: responses and warnings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.domain.documents import LevelDuties, Track
from planengine.papers.holders import Holder
from planengine.papers.parts import Clause, Step, StepGroup
from planengine.papers.wording import Wording


def decides(
    track: Track, those: Iterable[LevelDuties], holder: Holder, wording: Wording, key: str
) -> Iterator[Step]:
    """What a post or body decides or proposes of a level, by the entries that are for it."""
    for duties in those:
        clauses = wording.clauses(duties.basis, key)
        level = wording.entities.scales[track.scale].by_rank(duties.rank)
        label = wording.level(track.scale, level.id if level is not None else None)
        say, length = wording.say, ""
        if duties.duration:
            lasts = wording.words.duration(duties.duration)
            length = say(f"，期限{lasts}", f", for {lasts}")
        if holder.is_named(duties.approve):
            by = wording.executor(duties.propose)
            do = say(
                f"审批启动{label}响应（{by}提出{length}）",
                f"decide on starting {label} (proposed by {by}{length})",
            )
            yield _decision(
                do, say("接到提请即决定", "as soon as proposed"), _marks(duties, wording), clauses
            )
        if holder.is_named(duties.propose):
            to = wording.executor(duties.approve)
            do = say(
                f"提请{to}批准启动{label}响应{length}",
                f"propose {label} to {to} for approval{length}",
            )
            yield _decision(
                do,
                say("条件达到即提请", "as soon as its conditions hold"),
                _marks(duties, wording),
                clauses,
            )


def warnings(
    key: str, track: Track, those: Iterable[LevelDuties], holder: Holder, wording: Wording
) -> Iterator[StepGroup]:
    """The warnings that a post or body issues or approves, from the mildest."""
    for duties in sorted(those, key=lambda one: one.rank):
        level = wording.entities.scales[track.scale].by_rank(duties.rank)
        say, label = (
            wording.say,
            wording.level(track.scale, level.id if level is not None else None),
        )
        label = say(f"{label}预警", f"{label} warning")
        rest = _marks(duties, wording), wording.clauses(duties.basis, key)
        steps: list[Step] = []
        if holder.is_named(duties.approve):
            proposer = wording.executor(duties.propose)
            by = (
                wording.aside(say(f"{proposer}提出", f"proposed by {proposer}"))
                if duties.propose
                else ""
            )
            do = say(f"审批发布{label}{by}", f"decide on issuing the {label}{by}")
            steps.append(_decision(do, say("接到提请即决定", "as soon as proposed"), *rest))
        if holder.is_named(duties.propose):
            approver = wording.executor(duties.approve)
            to = say(f"，报{approver}批准", f", approved by {approver}") if duties.approve else ""
            do = say(f"发布{label}{to}", f"issue the {label}{to}")
            steps.append(
                _decision(do, say("条件达到即办理", "as soon as its conditions hold"), *rest)
            )
        if steps:
            yield StepGroup(label, wording.words.document(key), "", tuple(steps))


def _decision(do: str, limit: str, marks: tuple[str, ...], clauses: tuple[Clause, ...]) -> Step:
    return Step(do, limit, clauses=clauses, marks=marks)


def _marks(duties: LevelDuties, wording: Wording) -> tuple[str, ...]:
    """How strongly the plan says it, where that does not oblige."""
    known = wording.entities.verbs.get(duties.verb)
    return () if known is not None and known.obliges else (wording.words.verb(duties.verb),)
