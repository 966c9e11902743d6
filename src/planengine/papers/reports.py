"""The information report upward: the first one, a later one, or the last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.results import ReportItem
from planengine.papers.deeds import deeds
from planengine.papers.final import Ended, is_final, last_ones, reports_made
from planengine.papers.heads import head
from planengine.papers.law import of_law
from planengine.papers.levels import levels_said, planned_said
from planengine.papers.limits import is_immediate
from planengine.papers.matter import matter_of
from planengine.papers.pairs import of_sender
from planengine.papers.parts import BLANK, Report, Sentence, Signature, Task
from planengine.papers.tasks import Tasks, is_finished, label_of
from planengine.papers.wording import Wording

MOST_GOING_ON = 8


def reports(
    assessment: Assessment, wording: Wording
) -> Iterator[tuple[str | None, tuple[ReportItem, ...], Report]]:
    """One for each sender and addressees between whom a report is owed, with what rules ask it.

    After the end of a response also the last one of whoever reported while it ran.
    """
    groups: dict[tuple[str | None, tuple[str, ...], str], list[ReportItem]] = {}
    for item in assessment.reports:
        if item.kind == "report" and item.certainty != "possible":
            for sender in item.by or (None,):
                own = item if sender is None else of_sender(item, sender)
                groups.setdefault((sender, own.to, "" if own.to else own.to_label), []).append(own)
    made = reports_made(assessment)

    def times(by: str | None, to: tuple[str, ...]) -> tuple[int, ...]:
        return tuple(sorted({one.at for one in made if (one.by, one.to) == (by, to)}))

    for (sender, to, label), items in groups.items():
        rows = tuple(items)
        named = wording.names(to) or (wording.words.named(label),)
        parties = sender, to, named
        yield sender, rows, _report(rows, parties, times(sender, to), None, assessment, wording)
    for sender, to, end in last_ones(assessment, made):
        if (sender, to, "") not in groups:
            parties = sender, to, wording.names(to)
            yield sender, (), _report((), parties, times(sender, to), end, assessment, wording)


def _report(
    items: tuple[ReportItem, ...],
    parties: tuple[str | None, tuple[str, ...], tuple[str, ...]],
    times: tuple[int, ...],
    end: Ended | None,
    assessment: Assessment,
    wording: Wording,
) -> Report:
    """`parties`: who reports to whom, and how those are called."""
    say, (by, to, named) = wording.say, parties
    tasks = Tasks(assessment, wording)
    final = is_final(items, times, assessment)
    which = say("首报", "first") if not times else say(f"续报{len(times)}", f"update {len(times)}")
    which = say("终报", "final") if final else which
    sender = wording.words.named(by) if by is not None else BLANK
    event = label_of(assessment.incident.label, assessment.incident.id, wording.language)
    rules = tuple(tasks.report(one) for one in items)
    levels = levels_said(assessment, wording)
    done = list(deeds(assessment, wording))
    if times:
        told = say("、", ", ").join(map(wording.time, times))
        text = say(
            f"此前已向主送单位报告{len(times)}次：{told}",
            f"reported to the addressee before, {len(times)} times: {told}",
        )
        done.append(Sentence(text))
    joint = say("、", ", ").join(named)
    return Report(
        head=head(
            assessment,
            wording,
            "report",
            say(f"关于{event}的情况报告（{which}）", f"Report on {event} ({which})"),
            state=_state(items, rules, end, wording),
            file=say(f"情况报告-{which}-{sender}-报{joint}", f"report-{which}-{sender}-to-{joint}"),
            addressees=named,
            sender=sender,
            body=(rules, levels),
        ),
        which=which,
        final=final,
        rules=rules,
        matter=matter_of(assessment, wording),
        account=tuple(_account(assessment, wording, final=final)),
        levels=levels,
        done=tuple(done),
        going_on=tuple(_going_on(assessment, tasks, wording)),
        planned=planned_said(assessment, wording),
        requests=tuple(_requests(to, assessment, tasks, wording)),
        signatures=(
            Signature(say("拟稿", "drafted by"), BLANK),
            Signature(say("签发", "signed by"), BLANK),
        ),
        calls=wording.calls(("agency", one) for one in (*to, *((by,) if by is not None else ()))),
    )


_TO_TELL = (
    ("起因（初步判断）", "Cause (as first judged)"),
    ("简要经过和现场情况", "Course, and how the scene stands"),
    ("发展趋势", "Trend"),
    ("现场负责人和联系方式", "Who is in charge on the scene, and how to call them"),
)
_TO_TELL_LAST = (
    ("起因（查明或者正在调查）", "Cause (found, or under investigation)"),
    ("处置经过和结果", "Course of the response, and its outcome"),
    ("人员伤亡和损失（核定）", "Casualties and losses (as verified)"),
    ("善后和恢复重建", "Aftercare and recovery"),
    ("经验教训和改进措施", "Lessons, and what is changed"),
)


def _account(assessment: Assessment, wording: Wording, *, final: bool) -> Iterator[Sentence]:
    """Who the news is from, and what only people can tell: cause, course, trend or outcome."""
    say = wording.say
    journal = assessment.situation.evidence.journal
    told = sorted(journal.statements, key=journal.order_of)
    own = (one for one in told if one.incident == journal.incident and one.facts)
    sources = dict.fromkeys(wording.who_said(one) for one in own)
    names = say("、", ", ").join(sources) or wording.unknown
    yield Sentence(say(f"信息来源：{names}", f"Source of the news: {names}"))
    for zh, en in _TO_TELL_LAST if final else _TO_TELL:
        text = say(f"{zh}：{BLANK}", f"{en}: {BLANK}")
        yield Sentence(text, marks=(wording.to_fill_in,))
    if final:
        yield from filter(
            lambda one: one.text,
            (
                of_law(
                    "第九十二条",
                    say(
                        "应急处置结束后，及时查明经过和原因，总结经验教训，向上一级人民政府报告。",
                        "After the end the course and the cause are found, lessons drawn, and "
                        "both reported to the government above.",
                    ),
                    wording,
                ),
            ),
        )


def _state(
    items: Sequence[ReportItem], rules: Sequence[Task], end: Ended | None, wording: Wording
) -> str:
    """What the draft is worth now: whether it is owed, due, or waits for a start."""
    say = wording.say
    draft = say("草拟，待签发", "DRAFT, not signed")
    if end is not None:
        at = wording.time(end.at)
        return draft + say(
            f"；响应已于{at}终止，预案未规定终报时限",
            f"; the response ended on {at}, the plan sets no limit for a final report",
        )
    pending = [one for one in items if not is_finished(one)]
    if not pending:
        return draft + say(
            "；规定的报告均已报出，有新情况再报",
            "; all reports that are asked were made: again when there is news",
        )
    limits = [one.deadline for one in pending if one.deadline is not None]
    if any(one.overdue for one in limits):
        return draft + say("；报告时限已超，立即报出", "; OVERDUE: send at once")
    if any(one.due is not None and is_immediate(one) for one in limits):
        return draft + say("；须立即报出", "; to be sent at once")
    if all(row.footing == "recommended" for row in rules):
        return say(
            "草拟；所依响应尚未启动，启动后报出",
            "DRAFT; its response is not started: to be sent then",
        )
    return draft


def _going_on(assessment: Assessment, tasks: Tasks, wording: Wording) -> Iterator[Sentence]:
    """What stands as decided and was not reported done, the most urgent first; the rest counted."""
    say = wording.say
    rows = [
        tasks.action(one)
        for one in assessment.actions
        if one.certainty != "possible" and not is_finished(one)
    ]
    standing = [one for one in rows if one.footing != "recommended"]
    standing.sort(key=lambda one: not one.late)  # a stable sort: within each by time
    for one in standing[:MOST_GOING_ON]:
        marks = (say("已超时", "OVERDUE"),) if one.late else ()
        text = say(
            f"{one.who}：{one.do}，{one.deadline}；未报完成",
            f"{one.who}: {one.do}, {one.deadline}; not reported done",
        )
        yield Sentence(text, one.clauses, (*one.marks, *marks), one.footing_text)
    more = len(standing) - MOST_GOING_ON
    if more > 0:
        late = sum(one.late for one in standing[MOST_GOING_ON:])
        text = say(
            f"另有{more}项未报完成（其中{late}项已超时），见各单位任务单",
            f"{more} more are not reported done ({late} of them overdue): see the task orders",
        )
        yield Sentence(text)
    waiting = len(rows) - len(standing)
    if waiting:
        text = say(
            f"另有{waiting}项任务所依响应尚未启动，待批准后执行",
            f"{waiting} more hang on a response that is not started",
        )
        yield Sentence(text, marks=(wording.advice,))


def _requests(
    to: Sequence[str], assessment: Assessment, tasks: Tasks, wording: Wording
) -> Iterator[Sentence]:
    """What is asked of the addressees."""
    say = wording.say
    for one in assessment.reports:
        if one.kind == "request" and set(one.to) & set(to) and one.certainty != "possible":
            row = tasks.report(one)
            text = say(f"{row.who}：{row.do}", f"{row.who}: {row.do}")
            yield Sentence(text, row.clauses, row.marks, row.footing_text)
    for action in assessment.actions:
        asked = set(action.to) | (set(action.bodies) if action.mode == "request" else set())
        if asked & set(to) and not is_finished(action) and action.certainty != "possible":
            row = tasks.action(action)
            text = say(f"{row.who}（{row.verb}）：{row.do}", f"{row.who} ({row.verb}): {row.do}")
            yield Sentence(text, row.clauses, row.marks, row.footing_text)
