"""What a notice tells of its level: title, level, duration, signatures, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.entries import duties_in_force
from planengine.domain.documents import Executor, Plan
from planengine.papers.command import commanded, declined, signer
from planengine.papers.levels import (
    PROPOSED,
    advised,
    facts_give,
    open_marks,
    running,
    who_when,
)
from planengine.papers.parts import BLANK, Clause, Sentence, Signature
from planengine.papers.wording import Wording


def title_of(item: Decision, wording: Wording) -> tuple[str, str]:
    """The title, and what the file is called after."""
    say = wording.say
    name = wording.decision(item)
    if not item.track:
        name = say(f"{name}应急响应", f"{name}: response")
    level, now = (wording.level(item.scale, one) for one in (item.level, item.in_force))
    file = name.replace("《", "").replace("》", "·" if item.track else "")
    match item.proposal:
        case "start":
            title = say(
                f"关于启动{name}（{level}）的通知（建议稿）",
                f"Notice: start {name} ({level}), draft",
            )
            word = say(f"启动通知-建议{level}", f"notice-advice-{level}")
        case "raise":
            title = say(
                f"关于将{name}由{now}提升为{level}的通知（建议稿）",
                f"Notice: raise {name} from {now} to {level}, draft",
            )
            word = say(f"启动通知-建议提升为{level}", f"notice-advice-raise-to-{level}")
        case "lower":
            title = say(
                f"关于降低{name}级别的通知（建议稿）", f"Notice: lower the level of {name}, draft"
            )
            word = say("启动通知-建议降级", "notice-advice-lower")
        case "end":
            title = say(f"关于终止{name}的通知（建议稿）", f"Notice: end {name}, draft")
            word = say("启动通知-建议终止", "notice-advice-end")
        case _:
            title = say(f"关于启动{name}（{now}）的通知", f"Notice: {name} is started ({now})")
            word = say(f"启动通知-已启动{now}", f"notice-in-force-{now}")
    return title, f"{word}-{file}"


def level_said(
    item: Decision, plan: Plan, assessment: Assessment, wording: Wording
) -> Iterator[Sentence]:
    say, document = wording.say, item.plan or ""
    put = running(assessment, item)
    unit = assessment.situation.outline.unit(item.key)
    if put is not None:
        now = wording.level(item.scale, item.in_force)
        duties = duties_in_force(assessment.situation, unit, put)
        clauses = wording.clauses(duties.basis if duties is not None else plan.basis, document)
        decided = who_when(put, wording)
        text = say(f"{now}，已启动：{decided}。", f"{now} is in force, {decided}.")
        yield Sentence(text, clauses, (say("已启动", "IN FORCE"),))
    for told in filter(None, (commanded(item, wording), declined(item, wording))):
        yield Sentence(told + say("。", "."))
    advice = advised(item, wording)
    if advice:
        text = advice + say("。", ".")
        yield Sentence(text, wording.clauses(item.basis, document), (wording.advice,))
    if item.decided_by:
        by, meanwhile = wording.words.named(item.decided_by), ""
        if item.meanwhile:
            meanwhile = say(
                f"；决定作出前：{item.meanwhile}",
                f"; until then: {wording.original(item.meanwhile)}",
            )
        text = say(f"由{by}决定{meanwhile}。", f"For {by} to decide{meanwhile}.")
        yield Sentence(text, wording.clauses(item.basis, document))
    facts = list(facts_give(item, wording))
    keep = ""
    if item.proposal == "keep" and item.level != item.in_force:
        keep = say(
            "；降级、终止条件未满足，维持现级",
            "; what would lower or end it does not hold: it is kept",
        )
    clauses = wording.clauses(item.basis, document) if item.level else ()
    told = say("；", "; ").join(facts)
    yield Sentence(told + keep + say("。", "."), clauses, open_marks(item, wording))
    track = assessment.situation.outline.track(unit)
    names = [wording.words.label(one.label, one.id) for one in unit.scale.levels
             if one.rank not in track.gaps]  # fmt: skip
    scale = wording.words.label(wording.entities.scales[item.scale].label, item.scale)
    edition = wording.aside(say(f"{item.edition}版", f"edition {item.edition}"))
    listed = wording.joined(names)
    text = say(f"{scale}由重到轻：{listed}。", f"{scale}, the worst first: {listed}.")
    yield Sentence(text, (Clause(wording.document(document) + edition),))


def duration_said(item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    """For how long, and from when; a blank where neither people nor the plan say it."""
    say, situation, document = wording.say, assessment.situation, item.plan or ""
    put = running(assessment, item)
    duties = duties_in_force(situation, situation.outline.unit(item.key), put)
    if item.proposal in {"start", "raise"}:
        clauses = wording.clauses(item.basis, document)
        if item.duration is None:
            none = say("预案未规定，由批准人填写", "the plan gives none: for the approver")
            return Sentence(BLANK + wording.aside(none), clauses, (wording.to_fill_in,))
        length = wording.words.duration(item.duration)
        text = say(
            f"自批准之时起{length}（预案规定）。", f"{length} from the approval on (by the plan)."
        )
        return Sentence(text, clauses, (wording.advice,))
    if item.proposal == "end":
        text = say("自批准终止之时结束。", "Ends when its end is approved.")
        return Sentence(text, marks=(wording.advice,))
    if item.proposal == "lower":
        after = say("降级后的期限由批准人填写", "of the lower level: for the approver")
        return Sentence(BLANK + wording.aside(after), marks=(wording.to_fill_in,))
    clauses = wording.clauses(duties.basis if duties is not None else (), document)
    if put is not None and put.duration is not None:
        until = put.stamp.at + put.duration
        length, end = wording.words.duration(put.duration), wording.time(until)
        over = ""
        marks: tuple[str, ...] = ()
        if until <= assessment.at:
            marks = (say("已到期", "OVER"),)
            over = say(
                "；预计期限已过，须决定延长、调整或者终止",
                "; that is over: to be prolonged, changed or ended",
            )
        text = say(
            f"{length}，至{end}（启动决定载明）{over}。",
            f"{length}, until {end} (as decided){over}.",
        )
        return Sentence(text, clauses, marks)
    if duties is not None and duties.duration is not None:
        length = wording.words.duration(duties.duration)
        none = say(
            f"启动决定未载明；预案规定{length}", f"not told with the decision; the plan: {length}"
        )
        return Sentence(BLANK + wording.aside(none), clauses, (wording.to_fill_in,))
    none = say("启动决定和预案均未载明", "neither the decision nor the plan tells it")
    return Sentence(BLANK + wording.aside(none), clauses, (wording.to_fill_in,))


def signatures_of(
    item: Decision,
    proposer: Executor | None,
    approver: Executor | None,
    assessment: Assessment,
    wording: Wording,
) -> Iterator[Signature]:
    say, put = wording.say, running(assessment, item)
    if item.proposal in PROPOSED:
        yield Signature(say("提出", "proposed by"), wording.executor(proposer))
        if item.decided_by:
            by = wording.words.named(item.decided_by)
            yield Signature(say("决定", "decided by"), by, decides=True)
        yield Signature(say("批准", "approved by"), wording.executor(approver), decides=True)
    elif put is not None:
        yield Signature(say("提出", "proposed by"), wording.executor(proposer))
        signs = signer(put, item, assessment)
        yield Signature(say("签发", "signed by"), wording.words.named(signs) if signs else BLANK)


def persons(one: Executor | None) -> Iterator[tuple[str, str]]:
    if one is not None:
        yield ("post" if one.kind == "post" else "agency"), one.id
        for other in one.alternates:
            yield from persons(other)


def open_said(item: Decision, assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
    """What is to be verified for this level, by who can tell; and what people may still decide."""
    say = wording.say
    asked: dict[tuple[str, ...], list[str]] = {}
    for question in assessment.ask:
        if item.id in dict(question.could_give):
            value = wording.known(question.cell, question.value)
            known = wording.aside(say(f"现知：{value}", f"so far: {value}"))
            asked.setdefault(question.provider, []).append(wording.cell(question.cell) + known)
    for provider, names in asked.items():
        who = wording.joined(wording.names(provider)) or wording.no_teller
        told = say("；", "; ").join(names)
        yield Sentence(say(f"{who}：{told}", f"{who}: {told}"), marks=(wording.to_verify,))
    for act in assessment.may_invoke:
        if act.decision == item.id:
            by = wording.words.named(act.by) if act.by else say("未指定", "nobody named")
            level = wording.level(item.scale, act.level)
            effect = {
                "gives": say(f"可达{level}", f"it gives {level}"),
                "eases": say("可降级或终止", "it may be lowered or ended"),
                "lost": say(f"降为{level}", f"down to {level}"),
                "excluded": say("本预案不适用", "this plan does not apply"),
                "keeps": say("维持现级", "the level is kept"),
                "owes": say("有新的措施须执行", "new measures are owed"),
            }[act.changes]
            text = say(
                f"{by}可决定：{act.what}（决定后{effect}）",
                f"{by} may decide: {wording.original(act.what)} (then {effect})",
            )
            yield Sentence(text, marks=(say("待人决定", "FOR PEOPLE TO DECIDE"),))
