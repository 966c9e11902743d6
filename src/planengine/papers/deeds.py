"""What people did up to the assessed time, told one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.domain.statements import Declined, HandedOver, Issue, PutInForce
from planengine.papers.command import not_done
from planengine.papers.parts import Sentence
from planengine.papers.wording import Wording


def deeds(assessment: Assessment, wording: Wording) -> tuple[Sentence, ...]:
    """Decisions, hand-overs, warnings issued, acts, duties reported done, in order of time."""
    events = [
        *_put_in_force(assessment, wording),
        *_declined(assessment, wording),
        *_handed_over(assessment, wording),
        *_issued(assessment, wording),
        *_acts(assessment, wording),
        *_done(assessment, wording),
    ]
    told = sorted(one for one in events if one[0] <= assessment.at)
    comma = wording.say("，", ", ")
    return tuple(Sentence(f"{wording.time(at)}{comma}{text}") for at, text in told)


def _put_in_force(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    before: dict[tuple[str, str | None, str | None], int] = {}
    for put in sorted(journal.put_in_force, key=journal.order_of):
        where = put.plan, put.track, put.area
        act = wording.say(*_act(before.get(where, 0), put.rank))
        before[where] = put.rank
        level, response = _level(put.plan, put.rank, wording), _response(put, wording)
        by, why = wording.decided_by(put.by), _because(put.reason, wording)
        yield (
            journal.time_of(put),
            wording.say(
                f"{by}决定{act}{level}：{response}{why}",
                f"{by}: {f'{act} {level}'.rstrip()}: {response}{why}",
            ),
        )


def _declined(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal = assessment.situation.evidence.journal
    people = assessment.situation.evidence.people
    for one in journal.declined:
        at = journal.time_of(one)
        before = [
            put
            for put in people.decisions(one.plan, one.track, one.area)
            if journal.time_of(put) <= at
        ]
        level, response = _level(one.plan, one.rank, wording), _response(one, wording)
        what = wording.say(*not_done(one.move, level, started=bool(before and before[-1].rank)))
        by, why = wording.decided_by(one.by), _because(one.reason, wording)
        yield (
            at,
            wording.say(f"{by}决定{what}：{response}{why}", f"{by}: {what}: {response}{why}"),
        )


def _handed_over(assessment: Assessment, wording: Wording) -> Iterator[tuple[int, str]]:
    journal, named = assessment.situation.evidence.journal, wording.words.named
    for one in journal.handed_over:
        to = named(one.to) if one.to else ""
        if one.post is not None:
            post = named(one.post)
            text = wording.say(f"{to}代行{post}职责", f"{to} acts for {post}")
            again = wording.say(f"{post}恢复履行职责", f"{post} acts in person again")
        else:
            response = _response(one, wording)
            text = wording.say(f"指挥权移交{to}：{response}", f"handed over to {to}: {response}")
            again = wording.say(
                f"恢复按预案指挥：{response}", f"commanded as the plan says again: {response}"
            )
        by = wording.say(f"{named(one.by)}决定", f"{named(one.by)}: ") if one.by else ""
        said = f"{by}{text if one.to else again}{_because(one.reason, wording)}"
        yield journal.time_of(one), said


def _level(plan: str, rank: int, wording: Wording) -> str:
    """A level of a plan's scale; '' for none."""
    plans = wording.entities.plans.get(plan, ())
    scale = plans[-1].tracks[0].scale if plans and plans[-1].tracks else None
    found = wording.entities.scales[scale].by_rank(rank) if scale is not None else None
    return wording.level(scale, found.id) if scale is not None and found is not None else ""


def _because(reason: str | None, wording: Wording) -> str:
    why = wording.original(reason or "")
    return wording.say(f"，理由：{why}", f", because: {why}") if why else ""


def _act(before: int, now: int) -> tuple[str, str]:
    if now == 0:
        return "终止响应", "response ended"
    if before == 0:
        return "启动", "started"
    if now == before:
        return "维持", "kept"
    return ("提升为", "raised to") if now > before else ("降为", "lowered to")


def _response(one: PutInForce | Declined | HandedOver, wording: Wording) -> str:
    plan = one.plan or ""
    track = wording.words.track(plan, one.track) if one.track else ""
    where = wording.aside(wording.words.place(one.area)) if one.area else ""
    return wording.together(wording.document(plan), track) + where


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
