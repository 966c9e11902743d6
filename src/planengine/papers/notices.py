"""The notice that a response is in force, or is advised: matter, level, duration, measures."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.entries import duties_in_force
from planengine.assessment.results import ActionItem, ReportItem
from planengine.domain.documents import Executor, Plan
from planengine.papers.footing import written_action, written_report
from planengine.papers.heads import head
from planengine.papers.levels import (
    PROPOSED,
    advised,
    facts_give,
    reasons_said,
    running,
    who_when,
)
from planengine.papers.links import links_said
from planengine.papers.matter import conflict_said, matter_of
from planengine.papers.offices import headquarters_of, members_of, office_of
from planengine.papers.parts import BLANK, Clause, Notice, Sentence, Signature
from planengine.papers.tasks import Tasks
from planengine.papers.wording import Wording

FORM = ("emergency-response-law-2024", "第七十二条")
"""The law that says what a notice must state, where the library has it and it is in force."""


def notices(assessment: Assessment, wording: Wording) -> Iterator[tuple[Decision, Notice]]:
    """One for each response that is in force, or that is to be started, changed or ended."""
    for item in assessment.decisions:
        if item.purpose == "level" and (item.in_force or item.proposal in PROPOSED):
            yield item, _notice(item, assessment, wording)


def people_of(item: Decision, assessment: Assessment) -> tuple[Executor | None, Executor | None]:
    """Who proposes and who approves: what is proposed, else the level in force."""
    if item.level and item.proposal in {"start", "raise"}:
        return item.propose, item.approve
    situation = assessment.situation
    put = running(assessment, item)
    duties = duties_in_force(situation, situation.outline.unit(item.key), put)
    if item.proposal in {"lower", "end"}:
        return (duties.propose if duties is not None else None), item.approve
    return (duties.propose, duties.approve) if duties is not None else (None, None)


def _notice(item: Decision, assessment: Assessment, wording: Wording) -> Notice:
    plan = assessment.situation.outline.plans[item.plan or ""]
    tasks = Tasks(assessment, wording)
    proposed = item.proposal in PROPOSED
    proposer, approver = people_of(item, assessment)
    actions = [one for one in assessment.actions if _asks(one, item)]
    sure = [one for one in actions if one.certainty != "possible"]
    measures = tuple(tasks.action(one, plan=item.plan) for one in sure)
    leading = tuple(
        row
        for one, row in zip(sure, measures, strict=True)
        if not row.done and _is_leading(one, item, assessment)
    )
    waiting = tuple(
        tasks.action(one, plan=item.plan) for one in actions if one.certainty == "possible"
    )
    reports = [one for one in assessment.reports if _reports(one, item, assessment)]
    sent = tuple(tasks.report(one) for one in reports if one.certainty != "possible")
    matter = matter_of(assessment, wording, only=item.id)
    level = tuple(_level(item, plan, assessment, wording))
    reasons = reasons_said(item, wording)
    duration = _duration(item, assessment, wording)
    links = tuple(links_said(item, plan, assessment, wording))
    title, file = _title(item, wording)
    addressees = dict.fromkeys(one for each in actions for one in each.bodies)
    addressees.update(dict.fromkeys(members_of(assessment, plan)))
    office, headquarters = office_of(assessment, plan), headquarters_of(assessment, plan)
    copies = dict.fromkeys(
        to
        for one in reports
        if one.kind == "report" and one.certainty != "possible"
        for to in one.to
        if to not in {*office, *headquarters}
    )
    sender = "、".join(wording.names(headquarters)) or wording.words.named(plan.jurisdiction)
    disputed = [
        conflict_said(one, assessment, wording)
        for one in assessment.conflicts
        if one.kind not in {"not-covered", "evidence"} and one.subject in {item.id, item.plan}
    ]
    return Notice(
        head=head(
            assessment,
            wording,
            "notice",
            title,
            state="建议稿　未经批准，不得印发，不具效力" if proposed else "已启动",
            file=file,
            addressees=wording.names(addressees),
            copies=wording.names(copies),
            sender=sender,
            warnings=disputed,
            body=(level, reasons, duration, measures, waiting, sent, links),
        ),
        proposed=proposed,
        form=_form(assessment, wording),
        matter=matter,
        level=level,
        reasons=reasons,
        duration=duration,
        leading=leading,
        measures=measures,
        open_measures=waiting,
        reports=sent,
        links=links,
        open=tuple(_open(item, assessment, wording)),
        signatures=tuple(_signatures(item, proposer, approver, assessment, wording)),
        calls=wording.calls(
            [*_persons(proposer), *_persons(approver), *(("agency", one) for one in office)]
        ),
    )


def _asks(action: ActionItem, item: Decision) -> bool:
    return any(
        one.plan == item.plan and one.track in {None, item.track} and one.area == item.area
        for one in action.asked
    )


def _is_leading(action: ActionItem, item: Decision, assessment: Assessment) -> bool:
    """Whether a measure is due at once, or begins with the very level that the notice is about."""
    deadline = action.deadline
    if deadline is not None and (deadline.at_once or deadline.timing.seconds == 0):
        return True
    unit = assessment.situation.outline.unit(item.key)
    rank = assessment.situation.response(unit)
    for one in action.asked:
        written = written_action(assessment, one) if one.plan == item.plan else None
        if written is not None and written.ranks is not None and min(written.ranks) == rank:
            return True
    return False


def _reports(report: ReportItem, item: Decision, assessment: Assessment) -> bool:
    if report.document != item.plan or report.area != item.area:
        return False
    written = written_report(assessment, report)
    return written is None or written.track in {None, item.track}


def _form(assessment: Assessment, wording: Wording) -> Sentence:
    """That these parts are what the law asks for, where that law is in force."""
    text = "启动应急响应，应当明确响应事项、级别、预计期限、应急处置措施等。"
    source = wording.entities.sources.get(FORM[0])
    editions = source.editions if source is not None else ()
    if not any(one.period.contains(assessment.at) for one in editions):
        return Sentence("")
    return Sentence(text, (Clause(wording.quoted(wording.words.source(FORM[0])) + FORM[1]),))


def _title(item: Decision, wording: Wording) -> tuple[str, str]:
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


def _level(
    item: Decision, plan: Plan, assessment: Assessment, wording: Wording
) -> Iterator[Sentence]:
    document = item.plan or ""
    put = running(assessment, item)
    unit = assessment.situation.outline.unit(item.key)
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


def _duration(item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    """For how long, and from when; a blank where neither people nor the plan say it."""
    situation, document = assessment.situation, item.plan or ""
    put = running(assessment, item)
    duties = duties_in_force(situation, situation.outline.unit(item.key), put)
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


def _signatures(
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
            yield Signature("决定", wording.words.named(item.decided_by))
        yield Signature("批准", wording.executor(approver))
    elif put is not None:
        yield Signature("提出", wording.executor(proposer))
        yield Signature("签发", wording.words.named(put.by) if put.by else BLANK)


def _persons(one: Executor | None) -> Iterator[tuple[str, str]]:
    if one is not None:
        yield ("post" if one.kind == "post" else "agency"), one.id
        for other in one.alternates:
            yield from _persons(other)


def _open(item: Decision, assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
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
