"""The parts of a notice that tell of its level: title, level, duration, signatures, what is open."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.entries import duties_in_force
from planengine.domain.documents import Executor, Plan
from planengine.papers.levels import PROPOSED, advised, facts_give, running, who_when
from planengine.papers.parts import BLANK, Clause, Sentence, Signature
from planengine.papers.wording import Wording


def title_of(item: Decision, wording: Wording) -> tuple[str, str]:
    """The title, and what the file is called after."""
    name = wording.decision(item)
    if not item.track:
        name += "应急响应"
    level, now = (wording.level(item.scale, one) for one in (item.level, item.in_force))
    file = name.replace("《", "").replace("》", "·" if item.track else "")
    match item.proposal:
        case "start":
            return f"关于启动{name}（{level}）的通知（建议稿）", f"启动通知-建议{level}-{file}"
        case "raise":
            title = f"关于将{name}由{now}提升为{level}的通知（建议稿）"
            return title, f"启动通知-建议提升为{level}-{file}"
        case "lower":
            return f"关于降低{name}级别的通知（建议稿）", f"启动通知-建议降级-{file}"
        case "end":
            return f"关于终止{name}的通知（建议稿）", f"启动通知-建议终止-{file}"
        case _:
            return f"关于启动{name}（{now}）的通知", f"启动通知-已启动{now}-{file}"


def level_said(
    item: Decision, plan: Plan, assessment: Assessment, wording: Wording
) -> Iterator[Sentence]:
    document = item.plan or ""
    put = running(assessment, item)
    unit = assessment.situation.outline.unit(item.id)
    if put is not None:
        now = wording.level(item.scale, item.in_force)
        duties = duties_in_force(assessment.situation, unit, put)
        clauses = wording.clauses(duties.basis if duties is not None else plan.basis, document)
        yield Sentence(f"{now}，已启动：{who_when(put, wording)}。", clauses, ("已启动",))
    advice = advised(item, wording)
    if advice:
        yield Sentence(f"{advice}。", wording.clauses(item.basis, document), ("建议",))
    if item.decided_by:
        meanwhile = f"；决定作出前：{item.meanwhile}" if item.meanwhile else ""
        text = f"由{wording.words.named(item.decided_by)}决定{meanwhile}。"
        yield Sentence(text, wording.clauses(item.basis, document))
    facts = list(facts_give(item, wording))
    marks = [
        mark
        for word, mark in (("据报可达", "据报可达"), ("不能排除", "待核实"))
        if any(one.startswith(word) for one in facts)
    ]
    keep = ""
    if item.proposal == "keep" and item.level != item.in_force:
        keep = "；降级、终止条件未满足，维持现级"
    clauses = wording.clauses(item.basis, document) if item.level else ()
    yield Sentence(f"{'；'.join(facts)}{keep}。", clauses, tuple(marks))
    track = assessment.situation.outline.track(unit)
    names = [wording.words.label(one.label, one.id) for one in unit.scale.levels
             if one.rank not in track.gaps]  # fmt: skip
    scale = wording.words.label(wording.entities.scales[item.scale].label, item.scale)
    edition = Clause(f"{wording.document(document)}（{item.edition}版）")
    yield Sentence(f"{scale}由重到轻：{'、'.join(names)}。", (edition,))


def duration_said(item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    """For how long, and from when; a blank where neither people nor the plan say it."""
    situation, document = assessment.situation, item.plan or ""
    put = running(assessment, item)
    duties = duties_in_force(situation, situation.outline.unit(item.id), put)
    if item.proposal in {"start", "raise"}:
        clauses = wording.clauses(item.basis, document)
        if item.duration is None:
            return Sentence(f"{BLANK}（预案未规定，由批准人填写）", clauses, ("待填",))
        length = wording.words.duration(item.duration)
        return Sentence(f"自批准之时起{length}（预案规定）。", clauses, ("建议",))
    if item.proposal == "end":
        return Sentence("自批准终止之时结束。", marks=("建议",))
    if item.proposal == "lower":
        return Sentence(f"{BLANK}（降级后的期限由批准人填写）", marks=("待填",))
    clauses = wording.clauses(duties.basis if duties is not None else (), document)
    if put is not None and put.duration is not None:
        until = put.stamp.at + put.duration
        over = "；预计期限已过，须决定延长、调整或者终止" if until <= assessment.at else ""
        length = wording.words.duration(put.duration)
        marks = ("已到期",) if over else ()
        return Sentence(
            f"{length}，至{wording.time(until)}（启动决定载明）{over}。", clauses, marks
        )
    if duties is not None and duties.duration is not None:
        length = wording.words.duration(duties.duration)
        text = f"{BLANK}（启动决定未载明；预案规定{length}）"
        return Sentence(text, clauses, ("待填",))
    return Sentence(f"{BLANK}（启动决定和预案均未载明）", clauses, ("待填",))


def signatures_of(
    item: Decision,
    proposer: Executor | None,
    approver: Executor | None,
    assessment: Assessment,
    wording: Wording,
) -> Iterator[Signature]:
    put = running(assessment, item)
    if item.proposal in PROPOSED:
        yield Signature("提出", wording.executor(proposer))
        if item.decided_by:
            yield Signature("决定", wording.words.named(item.decided_by), decides=True)
        yield Signature("批准", wording.executor(approver), decides=True)
    elif put is not None:
        yield Signature("提出", wording.executor(proposer))
        yield Signature("签发", wording.words.named(put.by) if put.by else BLANK)


def persons(one: Executor | None) -> Iterator[tuple[str, str]]:
    if one is not None:
        yield ("post" if one.kind == "post" else "agency"), one.id
        for other in one.alternates:
            yield from persons(other)


def open_said(item: Decision, assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
    """What is to be verified for this level, by who can tell; and what people may still decide."""
    asked: dict[tuple[str, ...], list[str]] = {}
    for question in assessment.ask:
        if item.id in dict(question.could_give):
            value = wording.known(question.cell, question.value)
            asked.setdefault(question.provider, []).append(
                f"{wording.cell(question.cell)}（现知：{value}）"
            )
    for provider, names in asked.items():
        who = "、".join(wording.names(provider)) or "未指定提供单位"
        yield Sentence(f"{who}：{'；'.join(names)}", marks=("待核实",))
    for act in assessment.may_invoke:
        if act.decision == item.id:
            by = wording.words.named(act.by) if act.by else "未指定"
            level = wording.level(item.scale, act.level)
            effect = {
                "gives": f"可达{level}",
                "eases": "可降级或终止",
                "lost": f"降为{level}",
                "excluded": "本预案不适用",
                "keeps": "维持现级",
                "owes": "有新的措施须执行",
            }.get(act.changes, "")
            yield Sentence(f"{by}可决定：{act.what}（决定后{effect}）", marks=("待人决定",))
