"""The task order of each body: what it alone is ordered or asked to do, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.results import ActionItem, Actor, ReportItem
from planengine.papers.heads import head
from planengine.papers.levels import decision_said
from planengine.papers.limits import is_immediate
from planengine.papers.matter import event_of
from planengine.papers.offices import office_of
from planengine.papers.pairs import of_sender
from planengine.papers.parts import BLANK, Sentence, Signature, Task, TaskOrder
from planengine.papers.tasks import Tasks, is_finished, manner
from planengine.papers.wording import Wording


def bodies_with_duties(assessment: Assessment) -> tuple[str, ...]:
    """Every body that an action or report names, in the order of the answer."""
    found = dict.fromkeys(body for one in assessment.actions for body in one.bodies)
    found.update(dict.fromkeys(body for one in assessment.reports for body in one.by))
    return tuple(found)


def order(
    assessment: Assessment,
    wording: Wording,
    body: str,
    post: str | None = None,
    only: str | None = None,
) -> TaskOrder | None:
    """The order to a body, or to one post of it, by all plans or `only` one.

    None where it has nothing to do.
    """
    say, tasks = wording.say, Tasks(assessment, wording)
    actions = [
        one
        for one in assessment.actions
        if _acts(one.executors, one.bodies, body, post)
        and (only is None or any(each.plan == only for each in one.asked))
    ]
    reports = [
        of_sender(one, body)
        for one in assessment.reports
        if _acts(one.senders, one.by, body, post) and only in {None, one.document}
    ]
    rows: list[tuple[ActionItem | ReportItem, Task]] = [
        *((one, tasks.action(one, body=body)) for one in actions),
        *((one, tasks.report(one)) for one in reports),
    ]
    if not rows:
        return None
    done = [row for item, row in rows if is_finished(item)]
    left = [(item, row) for item, row in rows if not is_finished(item)]
    waiting = [row for item, row in left if item.certainty == "possible"]
    sure = [(item, row) for item, row in left if item.certainty != "possible"]
    sure.sort(key=lambda pair: _when(pair[0]))
    standing = tuple(row for _, row in sure if row.footing != "recommended")
    recommended = tuple(row for _, row in sure if row.footing == "recommended")
    ordered, asked = (manner(one, wording) for one in ("order", "request"))
    owed = [
        row for row in (*standing, *recommended, *waiting) if row.manner in {ordered, asked}
    ]  # nobody orders a first response or a report
    requested = bool(owed) and all(row.manner == asked for row in owed)
    name = wording.words.named(post or body)
    documents = {one.plan for item in actions for one in item.asked}
    documents |= {one.document for one in reports}
    levels = tuple(
        decision_said(one, assessment, wording)
        for one in assessment.decisions
        if one.purpose == "level" and one.plan in documents and (one.level or one.in_force)
    )
    askers = dict.fromkeys(who for _, row in rows for who in row.requesters)
    outline = assessment.situation.outline
    plans = (outline.plans.get(document) for document in sorted(documents))
    offices = dict.fromkeys(
        body for plan in plans if plan is not None for body in office_of(assessment, plan)
    )
    told = [("agency", to) for one in reports for to in one.to]
    return TaskOrder(
        head=head(
            assessment,
            wording,
            "order",
            say(f"关于请求{name}协助处置的函", f"Request for help to {name}")
            if requested
            else say(f"{name}应急任务单", f"Task order: {name}"),
            state=_state(standing, recommended, wording),
            file=f"{say('协助请求', 'request') if requested else say('任务单', 'order')}-{name}",
            addressees=[name],
            sender=wording.joined(wording.names(offices)),
            body=(standing, recommended, waiting, done, levels),
        ),
        requested=requested,
        event=(*event_of(assessment, wording), _asked_by(askers, wording)),
        levels=levels,
        standing=standing,
        recommended=recommended,
        open=tuple(waiting),
        done=tuple(done),
        signatures=(
            Signature(say("签发", "signed by"), BLANK),
            Signature(say("接收", "received by"), name),
        ),
        calls=wording.calls([*(("agency", one) for one in offices), *told]),
    )


def _acts(actors: Iterable[Actor], bodies: Iterable[str], body: str, post: str | None) -> bool:
    if post is not None:
        return any(post in posts_of(one) for one in actors)
    return body in bodies


def posts_of(one: Actor) -> Iterator[str]:
    """The posts that act, or may act instead."""
    if one.post is not None:
        yield one.post
    for other in one.others:
        yield from posts_of(other)


def _when(item: ActionItem | ReportItem) -> tuple[int, int]:
    """At once first, then by time, whether that has passed or not; last what has no time yet."""
    deadline = item.deadline
    if deadline is None:
        return 3, 0
    if is_immediate(deadline):
        return 0, deadline.earliest
    return (2 if deadline.due is None else 1), deadline.earliest


def _state(standing: tuple[Task, ...], recommended: tuple[Task, ...], wording: Wording) -> str:
    say = wording.say
    if not standing and not recommended:
        return say("无已生效任务", "no task is in force")
    if not standing:
        return say(
            "建议稿　所依响应尚未启动，未经批准不具效力",
            "DRAFT: its response is not started, no force without approval",
        )
    if recommended:
        return say(
            "第二节的任务已生效；第三节的为建议，批准启动后生效",
            "the tasks of section 2 are in force; those of section 3 are advice until approved",
        )
    return say("已生效", "in force")


def _asked_by(askers: Iterable[str], wording: Wording) -> Sentence:
    names = wording.joined(askers)
    return Sentence(wording.say(f"要求单位：{names}", f"Asked by: {names}"))
