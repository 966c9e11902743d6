"""Who is responsible, what is to be done by when, and what is to be reported."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from planengine.assessment.results import ActionItem, Actor, Asked, ReportItem
from planengine.cli.page import Page
from planengine.cli.screen import BOLD, DIM, GREEN, YELLOW, Cell, Line, Run, width_of

T = TypeVar("T", ActionItem, ReportItem)

FIRST_ROWS = 10
FIRST_LATE = 5
FIRST_REPORTS = 6
FIRST_BODIES = 3
DEADLINE = 21  # columns for when something is due


def show_bodies(page: Page) -> None:
    """Who leads by each plan that reached a level, then the others that have a duty."""
    if not page.assessment.agencies:
        return
    strongest = page.assessment.situation.entities.member_roles
    lead = strongest[0].id if strongest else "lead"
    by_plan: dict[str, list[str]] = {}
    for item in page.assessment.agencies:
        for plan, role in item.plans:
            if role == lead:
                by_plan.setdefault(plan, []).append(page.words.label(item.label))
    reached = dict.fromkeys(
        item.plan for item in page.assessment.decisions if item.plan and page.reached(item)
    )
    plans = {plan: page.words.document(plan) for plan in reached if plan in by_plan}
    page.title("谁牵头", "Who leads")
    widest = max((width_of(name) for name in plans.values()), default=0)
    left = min(widest, page.screen.width * 2 // 5)
    for plan, name in plans.items():
        cells: list[Cell] = [[[(name, DIM)]], [[(page.joined(by_plan[plan]), BOLD)]]]
        page.screen.row(cells, [left, page.screen.width - left - 3])
    others = [item for item in page.assessment.agencies if item.role != lead]
    if others:
        names = [page.words.label(item.label) for item in page.first(others, FIRST_ROWS)]
        note = page.aside(page.more(others, FIRST_ROWS))
        with_ = page.say("配合：", "with: ")
        page.screen.line((with_ + page.joined(names) + note, DIM), indent=1)


def show_actions(page: Page) -> None:
    """The actions: first those that have been overdue for longest, then the next ones."""
    rows = page.assessment.actions
    if not rows:
        return
    late = sorted(filter(_is_late, rows), key=_due_at)
    others = sorted((row for row in rows if not _is_late(row)), key=_is_finished)
    shown = [*page.first(late, FIRST_LATE), *page.first(others, FIRST_ROWS)]
    alarm = _overdue(page, late, page.say("未报完成", "not reported done"))
    page.title("措施", "Actions", page.more(rows, len(shown)), alarm=alarm)
    for item in shown:
        what: Line = [(_who(page, item), ""), (page.say("：", ": "), "")]
        what.append((page.words.label(item.do), BOLD))
        if item.object:
            what.append((page.aside(item.object), ""))
        what += _apart(page, item)
        if item.done_at is not None:
            what.append(_done(page, item, item.done_at))
        _entry(page, _due(page, item), what, _details(page, item))


def _due(page: Page, item: ActionItem | ReportItem) -> Line:
    """When something is due; of what is done for good, when it was due."""
    if _is_finished(item) and item.deadline is not None and item.deadline.due is not None:
        return [(page.words.time(item.deadline.due), DIM)]
    document = item.document if isinstance(item, ReportItem) else item.asked[0].plan
    return page.due(item.deadline, document)


def _done(page: Page, item: ActionItem | ReportItem, time: int) -> Run:
    """When an action was done, or a report made; of one to be done again, when last."""
    if _is_finished(item):
        return (f" ✓ {page.say('已完成', 'done')} {page.words.time(time)}", GREEN)
    return (f" {page.say('上次完成', 'last done')} {page.words.time(time)}", GREEN)


def _entry(page: Page, due: Line, what: Line, details: list[str]) -> None:
    """When something is due, beside what it is, with its details below."""
    parts = [part for part in details if part]
    cell: Cell = [what, [(page.stop.join(parts), DIM)]] if parts else [what]
    page.screen.row([[due], cell], [DEADLINE, page.screen.width - DEADLINE - 3])


def _overdue(page: Page, late: Sequence[T], but: str) -> str:
    """How many rows are overdue, those not shown counted too; '' where none is."""
    if not late:
        return ""
    text = page.say(f"{len(late)} 项已超时，{but}", f"{len(late)} overdue, {but}")
    shown = len(page.first(late, FIRST_LATE))
    if shown == len(late):
        return text
    return text + page.aside(page.say(f"先列最早的 {shown} 项", f"the {shown} oldest first"))


def _is_late(item: ActionItem | ReportItem) -> bool:
    """Whether something is overdue; what is done never is."""
    return item.deadline is not None and item.deadline.overdue


def _due_at(item: ActionItem | ReportItem) -> int:
    return item.deadline.earliest if item.deadline is not None else 0


def _is_finished(item: ActionItem | ReportItem) -> bool:
    """Whether it is done or made, and not to be done again."""
    repeated = item.deadline is not None and item.deadline.timing.repeat
    return item.done_at is not None and not repeated


def _apart(page: Page, item: ActionItem | ReportItem) -> Line:
    """What a duty hangs on that is not certain; nothing where it is."""
    if item.certainty == "possible":
        return [(page.say(" ？条件未明", " ? condition unknown"), YELLOW)]
    if item.certainty == "indicated":
        return [(page.say(" 据报可达", " by what was reported"), YELLOW)]
    return []


def _who(page: Page, item: ActionItem) -> str:
    return page.joined([_actor(page, one) for one in item.executors], FIRST_BODIES)


def _actor(page: Page, actor: Actor) -> str:
    """A person by the post, with its body and whoever may act instead; else the bodies."""
    bodies = page.joined([page.words.named(body) for body in actor.bodies], FIRST_BODIES)
    name = bodies or page.words.named(actor.executor.id)
    if actor.post is not None:
        name = page.words.named(actor.post) + page.aside(bodies)
    others = [_actor(page, one) for one in actor.others]
    between = page.say("、", ", ") if actor.executor.jointly else page.say("或", " or ")
    return between.join([name, *others])


def _details(page: Page, item: ActionItem) -> list[str]:
    """How strongly, by what manner and plan, after what, until when; what shows that it is done."""
    modes = {
        "order": ("", ""),
        "request": ("商请", "by request"),
        "first-response": ("先期处置", "first response"),
    }
    plans = dict.fromkeys(_response(page, one) for one in item.asked)
    after = [page.words.action(*name.rsplit(":", 1)) for name in item.after]
    bound = page.words.label(item.verb_label)
    verbs = page.assessment.situation.entities.verbs
    loose = item.verb in verbs and not verbs[item.verb].obliges
    return [
        bound if loose else "",
        page.say(*modes[item.mode]),
        page.say("、", ", ").join(plans),
        page.say("须先完成：", "after: ") + page.say("、", ", ").join(after) if after else "",
        *page.repetition(item.deadline),
        page.say("完成标志：", "done when: ") + item.done_when if item.done_when else "",
    ]


def _response(page: Page, asked: Asked) -> str:
    """A plan with its level in words, and for where, if that is not the plan's own area."""
    name = page.words.document(asked.plan)
    if asked.level is not None:
        tracks = page.assessment.situation.entities.plans[asked.plan][-1].tracks
        level = page.words.level(tracks[0].scale, asked.level) if tracks else asked.level
        name = f"{name} {level}"
    if asked.area != asked.plan.partition("/")[0]:
        name += f" @ {page.words.place(asked.area)}"
    return name


def show_reports(page: Page) -> None:
    """The reports, requests and public information: the overdue first, then the next ones."""
    rows = page.assessment.reports
    if not rows:
        return
    late = sorted(filter(_is_late, rows), key=lambda item: (_due_at(item), not item.governs))
    others = sorted(
        (row for row in rows if not _is_late(row)),
        key=lambda row: (_is_finished(row), not row.governs),
    )
    shown = [*page.first(late, FIRST_LATE), *page.first(others, FIRST_REPORTS)]
    alarm = _overdue(page, late, page.say("未报送", "not reported made"))
    page.title("报告与发布", "Reports", page.more(rows, len(shown)), alarm=alarm)
    for item in shown:
        to = page.joined([page.words.named(name) for name in item.to], FIRST_BODIES)
        if not to:
            public = item.kind == "information"
            to = page.say("公众", "the public") if public else page.words.named(item.to_label)
        what: Line = [(f"{_sender(page, item)} → ", ""), (to, BOLD)]
        what += _apart(page, item)
        if item.done_at is not None:
            what.append(_done(page, item, item.done_at))
        details = [
            page.say("商请", "request") if item.kind == "request" else "",
            " ".join(filter(None, (page.words.document(item.document), _which(page, item)))),
            item.means or "",
            *page.repetition(item.deadline),
            "" if item.governs else page.say("对其另有更紧时限", "another to them is due sooner"),
        ]
        _entry(page, _due(page, item), what, details)


def _which(page: Page, item: ReportItem) -> str:
    """Which of its document's reports it is: its id, a link's matter, or what is released."""
    if item.kind == "information":
        conference = item.report == "conference"
        zh, en = ("新闻发布会", "press conference") if conference else ("首次发布", "first release")
        return page.say(zh, en)
    if item.report.startswith("link-"):
        return page.say("、", ", ").join(item.content)
    return item.report


def _sender(page: Page, item: ReportItem) -> str:
    """Who reports: persons by their posts, else the bodies that are meant."""
    names = [_actor(page, one) for one in item.senders]
    return page.joined(names, FIRST_BODIES) or page.say("未指定", "unassigned")
