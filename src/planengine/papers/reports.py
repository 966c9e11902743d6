"""The information report upward: the first one, or a later one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.bodies import Bodies
from planengine.assessment.duties.merging import bodies_of
from planengine.assessment.duties.pairing import own_addressees
from planengine.assessment.results import Actor, ReportItem
from planengine.domain.statements import DutyDone
from planengine.papers.deeds import deeds
from planengine.papers.heads import head
from planengine.papers.levels import advised, levels_said
from planengine.papers.matter import matter_of
from planengine.papers.pairs import of_sender
from planengine.papers.parts import BLANK, Report, Sentence, Signature, Task
from planengine.papers.tasks import Tasks, is_finished, label_of
from planengine.papers.wording import UNKNOWN, Wording

MOST_GOING_ON = 8


def reports(
    assessment: Assessment, wording: Wording
) -> Iterator[tuple[str | None, tuple[ReportItem, ...], Report]]:
    """One for each sender and addressees between whom a report is owed, with what rules ask it."""
    groups: dict[tuple[str | None, tuple[str, ...], str], list[ReportItem]] = {}
    for item in assessment.reports:
        if item.kind == "report" and item.certainty != "possible":
            for sender in item.by or (None,):
                own = item if sender is None else of_sender(item, sender)
                groups.setdefault((sender, own.to, "" if own.to else own.to_label), []).append(own)
    for (sender, _, _), items in groups.items():
        yield sender, tuple(items), _report(tuple(items), sender, assessment, wording)


def _report(
    items: tuple[ReportItem, ...], by: str | None, assessment: Assessment, wording: Wording
) -> Report:
    tasks = Tasks(assessment, wording)
    first = items[0]
    times = times_reported(assessment, by, first.to) if by is not None else ()
    which = "首报" if not times else f"续报{len(times)}"
    sender = wording.words.named(by) if by is not None else BLANK
    to = wording.names(first.to) or (wording.words.named(first.to_label),)
    event = label_of(assessment.incident.label, assessment.incident.id, wording.language)
    rules = tuple(tasks.report(one) for one in items)
    levels = levels_said(assessment, wording)
    done = list(deeds(assessment, wording))
    if times:
        told = "、".join(map(wording.time, times))
        done.append(Sentence(f"此前已向主送单位报告{len(times)}次：{told}"))
    return Report(
        head=head(
            assessment,
            wording,
            "report",
            f"关于{event}的情况报告（{which}）",
            state=_state(items, rules),
            file=f"情况报告-{which}-{sender}-报{'、'.join(to)}",
            addressees=to,
            sender=sender,
            body=(rules, levels),
        ),
        which=which,
        rules=rules,
        matter=matter_of(assessment, wording),
        account=tuple(_account(assessment, wording)),
        levels=levels,
        done=tuple(done),
        going_on=tuple(_going_on(assessment, tasks)),
        planned=tuple(_planned(assessment, wording)),
        requests=tuple(_requests(first, assessment, tasks)),
        signatures=(Signature("拟稿", BLANK), Signature("签发", BLANK)),
        calls=wording.calls(
            ("agency", one) for one in (*first.to, *((by,) if by is not None else ()))
        ),
    )


def _account(assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
    """Who the news is from, and what only people can tell: cause, course, trend."""
    journal = assessment.situation.evidence.journal
    told = sorted(journal.statements, key=journal.order_of)
    own = (one for one in told if one.incident == journal.incident and one.facts)
    sources = dict.fromkeys(wording.who_said(one) for one in own)
    yield Sentence(f"信息来源：{'、'.join(sources) or UNKNOWN}")
    for name in ("起因（初步判断）", "简要经过和现场情况", "发展趋势", "现场负责人和联系方式"):
        yield Sentence(f"{name}：{BLANK}", marks=("待填",))


def _planned(assessment: Assessment, wording: Wording) -> Iterator[Sentence]:
    """What is advised and not decided; the rest is for whoever drafts it."""
    for one in assessment.decisions:
        advice = advised(one, wording)
        if advice and one.purpose == "level":
            yield Sentence(f"{wording.decision(one)}：{advice}", marks=("建议",))
    yield Sentence(f"拟采取的其他措施和下一步工作：{BLANK}", marks=("待填",))


def _state(items: Sequence[ReportItem], rules: Sequence[Task]) -> str:
    """What the draft is worth now: whether it is owed, due, or waits for a start."""
    pending = [one for one in items if not is_finished(one)]
    if not pending:
        return "草拟，待签发；规定的报告均已报出，有新情况再报"
    limits = [one.deadline for one in pending if one.deadline is not None]
    if any(one.overdue for one in limits):
        return "草拟，待签发；报告时限已超，立即报出"
    if any(one.at_once or (one.due is not None and not one.timing.seconds) for one in limits):
        return "草拟，待签发；须立即报出"
    if all(row.footing == "recommended" for row in rules):
        return "草拟；所依响应尚未启动，启动后报出"
    return "草拟，待签发"


def times_reported(assessment: Assessment, by: str, to: tuple[str, ...]) -> tuple[int, ...]:
    """When a body was said to have reported to the same bodies, whatever report it was."""
    situation = assessment.situation
    evidence, bodies = situation.evidence, Bodies(situation)
    times: set[int] = set()
    for told in evidence.journal.done:
        if told.kind == "report":
            senders, addressees = _parties(told, assessment, bodies)
            if by in senders and bodies_of(own_addressees(addressees, by, situation)) == to:
                times.update(evidence.done_times("report", told.document, told.item, told.area))
    return tuple(sorted(times))


def _parties(
    told: DutyDone, assessment: Assessment, bodies: Bodies
) -> tuple[tuple[str, ...], tuple[Actor, ...]]:
    """From whom to whom a report that was made goes; nobody of one that no document has now."""
    situation = assessment.situation
    found = situation.owed.catalogue.items.get(("report", told.document, told.item), ())
    plan = situation.outline.plans.get(told.document)
    area = told.area or (plan.jurisdiction if plan is not None else situation.entities.home)
    senders = tuple(body for one in found[:1] for body in bodies.resolve(one.by, area, plan))
    return senders, tuple(to for one in found[:1] for to in bodies.actors(one.to, area, plan))


def _going_on(assessment: Assessment, tasks: Tasks) -> Iterator[Sentence]:
    """What stands as decided and was not reported done, the most urgent first; the rest counted."""
    rows = [
        tasks.action(one)
        for one in assessment.actions
        if one.certainty != "possible" and not is_finished(one)
    ]
    standing = [one for one in rows if one.footing != "recommended"]
    standing.sort(key=lambda one: not one.late)  # a stable sort: within each by time
    for one in standing[:MOST_GOING_ON]:
        marks = ("已超时",) if one.late else ()
        text = f"{one.who}：{one.do}，{one.deadline}；未报完成"
        yield Sentence(text, one.clauses, (*one.marks, *marks), one.footing_text)
    more = len(standing) - MOST_GOING_ON
    if more > 0:
        late = sum(one.late for one in standing[MOST_GOING_ON:])
        yield Sentence(f"另有{more}项未报完成（其中{late}项已超时），见各单位任务单")
    waiting = len(rows) - len(standing)
    if waiting:
        text = f"另有{waiting}项任务所依响应尚未启动，待批准后执行"
        yield Sentence(text, marks=("建议",))


def _requests(item: ReportItem, assessment: Assessment, tasks: Tasks) -> Iterator[Sentence]:
    """What is asked of the addressees."""
    for one in assessment.reports:
        if one.kind == "request" and set(one.to) & set(item.to) and one.certainty != "possible":
            row = tasks.report(one)
            yield Sentence(f"{row.who}：{row.do}", row.clauses, row.marks, row.footing_text)
    for action in assessment.actions:
        asked = set(action.to) | (set(action.bodies) if action.mode == "request" else set())
        if asked & set(item.to) and not is_finished(action) and action.certainty != "possible":
            row = tasks.action(action)
            text = f"{row.who}（{row.verb}）：{row.do}"
            yield Sentence(text, row.clauses, row.marks, row.footing_text)
