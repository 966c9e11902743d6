"""Who is responsible, what is to be done by when, and what is to be reported: all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from planengine.assessment.results import ActionItem, ReportItem
from planengine.screens.brief_rows import DutyItem, is_finished, is_overdue
from planengine.screens.contacts_view import contact_lines
from planengine.screens.duty_words import approvers, bound, done, due, means, response, what, which
from planengine.screens.page import Page
from planengine.screens.people_view import received
from planengine.screens.screen import BOLD, DIM, Cell, Line, width_of

T = TypeVar("T", ActionItem, ReportItem)

DEADLINE = 22  # columns for when something is due: a time with seconds that has passed


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
        names = [page.words.label(item.label) for item in others]
        with_ = page.say("配合：", "with: ")
        page.screen.line((with_ + page.joined(names), DIM), indent=1)


def show_actions(page: Page, *, contacts: bool) -> None:
    """The actions: what is due at once and next, then what is overdue, then what is done.

    `contacts`: how those whom each names are reached.
    """
    rows = page.assessment.actions
    if not rows:
        return
    page.title("措施", "Actions", alarm=_overdue(page, rows, "未报完成", "not reported done"))
    for item in _in_turn(rows):
        _entry(page, item, _details(page, item), contacts=contacts)


def show_reports(page: Page, *, contacts: bool) -> None:
    """The reports, requests and public information, in the order of the actions."""
    rows = page.assessment.reports
    if not rows:
        return
    page.title("报告与发布", "Reports", alarm=_overdue(page, rows, "未报送", "not reported made"))
    for item in _in_turn(sorted(rows, key=lambda row: not row.governs)):
        details = [
            page.say("商请", "request") if item.kind == "request" else "",
            bound(page, item),
            " ".join(filter(None, (page.words.document(item.document), which(page, item)))),
            means(page, item),
            approvers(page, item),
            *page.repetition(item.deadline),
            "" if item.governs else page.say("对其另有更紧时限", "another to them is due sooner"),
        ]
        _entry(page, item, details, contacts=contacts)


def _in_turn(rows: Iterable[T]) -> list[T]:
    """What is to come in its order, then what has been overdue for longest, then what is done."""

    def turn(item: T) -> tuple[int, int]:
        if is_overdue(item) and item.deadline is not None:
            return 1, item.deadline.earliest
        return (2 if is_finished(item) else 0), 0

    return sorted(rows, key=turn)


def _entry(page: Page, item: DutyItem, details: list[str], *, contacts: bool) -> None:
    """When something is due, beside what it is, with its details below."""
    line: Line = what(page, item)
    if item.done_at is not None:
        line.append(done(page, item, item.done_at))
    line += received(page, item)
    parts = [part for part in details if part]
    cell: Cell = [line, [(page.stop.join(parts), DIM)]] if parts else [line]
    if contacts:
        cell += [[(text, DIM)] for text in contact_lines(page, item)]
    page.screen.row([[due(page, item)], cell], [DEADLINE, page.screen.width - DEADLINE - 3])


def _overdue(page: Page, rows: Sequence[DutyItem], zh: str, en: str) -> str:
    """How many rows are overdue; '' where none is."""
    late = sum(map(is_overdue, rows))
    return page.say(f"{late} 项已超时，{zh}", f"{late} overdue, {en}") if late else ""


def _details(page: Page, item: ActionItem) -> list[str]:
    """How strongly, by what manner and plan, after what, until when; what shows that it is done."""
    modes = {
        "order": ("", ""),
        "request": ("商请", "by request"),
        "first-response": ("先期处置", "first response"),
    }
    plans = list(dict.fromkeys(response(page, one) for one in item.asked))
    after = [page.words.action(one.plan, one.action) for one in item.after]
    return [
        bound(page, item),
        page.say(*modes[item.mode]),
        page.joined(plans),
        approvers(page, item),
        page.say("须先完成：", "after: ") + page.joined(after) if after else "",
        *page.repetition(item.deadline),
        page.say("完成标志：", "done when: ") + item.done_when if item.done_when else "",
    ]
