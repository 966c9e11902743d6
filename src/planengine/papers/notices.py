"""The notice that a response is in force, or is advised: matter, level, duration, measures."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.entries import duties_in_force
from planengine.assessment.results import ActionItem, ReportItem
from planengine.domain.documents import Executor
from planengine.papers.command import duties_now
from planengine.papers.cover import annexes, cover_of, parts_of
from planengine.papers.footing import written_action, written_report
from planengine.papers.heads import head
from planengine.papers.law import of_law
from planengine.papers.levels import PROPOSED, reasons_said, running
from planengine.papers.limits import is_immediate
from planengine.papers.links import links_said
from planengine.papers.matter import conflict_said, matter_of
from planengine.papers.notice_parts import (
    duration_said,
    level_said,
    open_said,
    persons,
    signatures_of,
    title_of,
)
from planengine.papers.offices import headquarters_of, members_of, office_of
from planengine.papers.parts import Notice
from planengine.papers.tasks import Tasks
from planengine.papers.wording import Wording


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
    unit = situation.outline.unit(item.key)
    written = duties_in_force(situation, unit, put)
    duties = None if written is None else duties_now(situation, unit, written)
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
    rows = [
        (one, row, _is_new(one, item, assessment)) for one, row in zip(sure, measures, strict=True)
    ]
    leading = tuple(
        row for one, row, new in rows if not row.done and (new or is_immediate(one.deadline))
    )
    waiting = tuple(
        tasks.action(one, plan=item.plan) for one in actions if one.certainty == "possible"
    )
    reports = [one for one in assessment.reports if _reports(one, item, assessment)]
    sent = tuple(tasks.report(one) for one in reports if one.certainty != "possible")
    matter = matter_of(assessment, wording, only=item.id)
    level = tuple(level_said(item, plan, assessment, wording))
    reasons = reasons_said(item, wording)
    duration = duration_said(item, assessment, wording)
    links = tuple(links_said(item, plan, assessment, wording))
    title, file = title_of(item, wording)
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
    sender = wording.joined(wording.names(headquarters)) or wording.words.named(plan.jurisdiction)
    disputed = [
        conflict_said(one, assessment, wording)
        for one in assessment.conflicts
        if one.kind not in {"not-covered", "evidence"} and one.subject in {item.id, item.plan}
    ]
    has_measures = bool(measures or waiting or addressees)
    top = head(
        assessment,
        wording,
        "notice",
        title,
        state=wording.say(
            "建议稿　未经批准，不得印发，不具效力", "DRAFT: no force before it is approved"
        )
        if proposed
        else wording.say("已启动", "IN FORCE"),
        file=file,
        addressees=wording.names(addressees),
        copies=wording.names(copies),
        sender=sender,
        warnings=disputed,
        body=(level, reasons, duration, measures, waiting, sent, links),
    )
    signatures = tuple(signatures_of(item, proposer, approver, assessment, wording))
    return Notice(
        head=top,
        proposed=proposed,
        cover=cover_of(item, plan, duration, rows, (top, signatures), assessment, wording),
        annexes=annexes(tuple(parts_of(measures=has_measures, reports=bool(sent))), wording),
        form=of_law(
            "第七十二条",
            wording.say(
                "启动应急响应，应当明确响应事项、级别、预计期限、应急处置措施等。",
                "A response that is started states its matter, level, duration and measures.",
            ),
            wording,
        ),
        matter=matter,
        level=level,
        reasons=reasons,
        duration=duration,
        leading=leading,
        measures=measures,
        open_measures=waiting,
        reports=sent,
        links=links,
        open=tuple(open_said(item, assessment, wording)),
        signatures=signatures,
        calls=wording.calls(
            [*persons(proposer), *persons(approver), *(("agency", one) for one in office)]
        ),
    )


def _asks(action: ActionItem, item: Decision) -> bool:
    return any(
        one.plan == item.plan and one.track in {None, item.track} and one.area == item.area
        for one in action.asked
    )


def _is_new(action: ActionItem, item: Decision, assessment: Assessment) -> bool:
    """Whether a measure begins with the very level that the notice is about."""
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
