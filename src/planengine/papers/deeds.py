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
    return tuple(Sentence(f"{wording.time(at)}，{text}") for at, text in told)


def _put_in_force(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal, entities = assessment.situation.evidence.journal, wording.entities
    before: dict[tuple[str, str | None, str | None], int] = {}
    for put in sorted(journal.put_in_force, key=journal.order_of):
        where = put.plan, put.track, put.area
        act = _act(before.get(where, 0), put.rank)
        before[where] = put.rank
        plans = entities.plans.get(put.plan, ())
        scale = plans[-1].tracks[0].scale if plans and plans[-1].tracks else None
        found = entities.scales[scale].by_rank(put.rank) if scale is not None else None
        level = wording.level(scale, found.id) if scale is not None and found is not None else ""
        by = wording.words.named(put.by) if put.by else "决定人未载明"
        yield journal.time_of(put), f"{by}决定{act}{level}：{_response(put, wording)}"


def _act(before: int, now: int) -> str:
    if now == 0:
        return "终止响应"
    if before == 0:
        return "启动"
    return "维持" if now == before else ("提升为" if now > before else "降为")


def _response(put: PutInForce, wording: Wording) -> str:
    track = wording.words.track(put.plan, put.track) if put.track else ""
    where = f"（{wording.words.place(put.area)}）" if put.area else ""
    return f"{wording.document(put.plan)}{track}{where}"


def _issued(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    for issue in journal.issued:
        by = wording.words.named(issue.by) if issue.by else "发布单位未载明"
        yield journal.period_of(issue)[0], f"{by}{_issue(issue, wording)}"


def _issue(issue: Issue, wording: Wording) -> str:
    level = wording.entities.scales[issue.scale].by_rank(issue.rank)
    name = wording.document(issue.document)
    if level is None:
        return f"解除{name}"
    return f"发布{name}{wording.level(issue.scale, level.id)}"


def _acts(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    what = {one.clause: one.what for one in assessment.situation.rules.acts}
    for act in journal.acts:
        by = wording.words.named(act.by) if act.by else "决定人未载明"
        yield journal.time_of(act), f"{by}决定：{what.get(act.clause, act.clause)}"


def _done(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    for done in journal.done:
        duty = wording.words.duty(done.kind, done.document, done.item)
        where = f"（{wording.words.place(done.area)}）" if done.area else ""
        yield journal.time_of(done), f"{duty}{where}，已报完成"
