"""What people did up to the assessed time, told one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.domain.statements import Issue, PutInForce
from planengine.papers.parts import Sentence
from planengine.papers.wording import Wording


def deeds(assessment: Assessment, wording: Wording) -> tuple[Sentence, ...]:
    """Levels put in force, warnings issued, acts made, duties reported done, in order of time."""
    events = [
        *_put_in_force(assessment, wording),
        *_issued(assessment, wording),
        *_acts(assessment, wording),
        *_done(assessment, wording),
    ]
    told = sorted(one for one in events if one[0] <= assessment.at)
    comma = wording.say("，", ", ")
    return tuple(Sentence(f"{wording.time(at)}{comma}{text}") for at, text in told)


def _put_in_force(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal, entities = assessment.situation.evidence.journal, wording.entities
    before: dict[tuple[str, str | None, str | None], int] = {}
    for put in sorted(journal.put_in_force, key=journal.order_of):
        where = put.plan, put.track, put.area
        act = wording.say(*_act(before.get(where, 0), put.rank))
        before[where] = put.rank
        plans = entities.plans.get(put.plan, ())
        scale = plans[-1].tracks[0].scale if plans and plans[-1].tracks else None
        found = entities.scales[scale].by_rank(put.rank) if scale is not None else None
        level = wording.level(scale, found.id) if scale is not None and found is not None else ""
        by, response = wording.decided_by(put.by), _response(put, wording)
        text = wording.say(f"{by}决定{act}{level}：{response}", f"{by}: {act} {level}: {response}")
        yield journal.time_of(put), text


def _act(before: int, now: int) -> tuple[str, str]:
    if now == 0:
        return "终止响应", "response ended"
    if before == 0:
        return "启动", "started"
    if now == before:
        return "维持", "kept"
    return ("提升为", "raised to") if now > before else ("降为", "lowered to")


def _response(put: PutInForce, wording: Wording) -> str:
    track = wording.words.track(put.plan, put.track) if put.track else ""
    where = wording.aside(wording.words.place(put.area)) if put.area else ""
    return wording.together(wording.document(put.plan), track) + where


def _issued(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    for issue in journal.issued:
        by, text = wording.issued_by(issue.by), _issue(issue, wording)
        yield journal.period_of(issue)[0], wording.say(f"{by}{text}", f"{by}: {text}")


def _issue(issue: Issue, wording: Wording) -> str:
    level = wording.entities.scales[issue.scale].by_rank(issue.rank)
    name = wording.document(issue.document)
    if level is None:
        return wording.say(f"解除{name}", f"{name} lifted")
    shown = wording.level(issue.scale, level.id)
    return wording.say(f"发布{name}{shown}", f"{name} {shown} issued")


def _acts(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    what = {one.clause: one.what for one in assessment.situation.rules.acts}
    for act in journal.acts:
        by, clause = wording.decided_by(act.by), wording.original(what.get(act.clause, act.clause))
        yield journal.time_of(act), wording.say(f"{by}决定：{clause}", f"{by} decided: {clause}")


def _done(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    for done in journal.done:
        duty = wording.original(wording.words.duty(done.kind, done.document, done.item))
        where = wording.aside(wording.words.place(done.area)) if done.area else ""
        text = wording.say(f"{duty}{where}，已报完成", f"{duty}{where}: reported done")
        yield journal.time_of(done), text
