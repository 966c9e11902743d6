"""The duties of the default screen: the next ones, and the newest of those that are overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.assessment.results import ActionItem, ReportItem
from planengine.screens.brief_density import Density
from planengine.screens.brief_fit import paragraph, room, width
from planengine.screens.brief_rows import DutyItem
from planengine.screens.contacts_view import contact_lines
from planengine.screens.duty_words import (
    approvers,
    between,
    bound,
    means,
    response,
    which,
    who,
)
from planengine.screens.page import Page
from planengine.screens.screen import (
    BOLD,
    CYAN,
    DIM,
    GREEN,
    RED,
    YELLOW,
    Line,
    Run,
    no_break,
    width_of,
)

WHEN = 15  # columns for when something is due; longer words push the rest
BODIES = 2  # by name, of those who act


def show_duties(
    page: Page,
    following: Sequence[DutyItem],
    late: Sequence[DutyItem],
    all_late: int,
    density: Density,
    *,
    contacts: bool,
) -> None:
    """What is next, apart from it what hangs on something open, and what is overdue.

    `contacts`: how those who act and those who are told are reached, below each.
    """
    sure = [item for item in following if item.certainty != "possible"]
    unsure = following[len(sure) :]

    def show(items: Sequence[DutyItem], lines: int) -> None:
        widths = [width_of(_when(page, item)[0]) for item in items]
        widest = max((one for one in widths if one <= WHEN), default=0)
        for item in items:
            versions = _versions(page, item, widest)
            paragraph(page, versions, indent=1, hang=widest + 3, lines=lines)
            for text in contact_lines(page, item) if contacts else ():
                page.screen.line((text, DIM), indent=widest + 3, hang=widest + 5)

    if sure:
        page.heading(page.say("接下来", "Next"), blank=density.blanks)
        show(sure, density.next_lines)
    if unsure:
        text = page.say("条件未明，尚不能确定须做", "Only if it turns out so")
        page.heading(text, blank=density.blanks, style=YELLOW)
        show(unsure, density.next_lines)
    if late:
        more = len(late) < all_late
        count = f" {len(late)}" if len(late) > 1 else ""
        first = page.say(f"，最新 {len(late)} 项", f", the newest{count}") if more else ""
        text = page.say(
            f"已超时 {all_late} 项，未报完成", f"Overdue: {all_late}, not reported done or made"
        )
        page.heading(text + first, blank=density.blanks, style=RED)
        show(late, density.lines)


def show_all_done(page: Page, done: int, density: Density) -> None:
    """That nothing is left to do of what was asked."""
    zh, en = f"{done} 项任务均已办结", f"All {done} duties are done or over"
    page.heading(page.say(zh, en), blank=density.blanks, style=GREEN)


def _versions(page: Page, item: DutyItem, widest: int) -> Iterator[Line]:
    """When, how strongly and surely, who and what; then what asks it, where that costs no line."""
    text, style = _when(page, item)
    start: Line = [(text + " " * (max(0, widest - width_of(text)) + 2), style), *_marks(page, item)]
    line = [*start, *_work(page, item, BODIES, whole=True)]
    line.append((page.aside(approvers(page, item)), ""))
    if isinstance(item, ActionItem):
        asking = response(page, item.asked[0])
    else:
        asking = page.words.document(item.document)
    one = room(1, widest + 3, 1)
    if width(line) + width_of(asking) + 2 <= one or width(line) > one:
        yield [*line, (f"  {asking}", DIM)]
    yield line
    yield [*start, *_work(page, item, BODIES, whole=False)]
    yield [*start, *_work(page, item, 1, whole=False)]


def _work(page: Page, item: DutyItem, bodies: int, *, whole: bool) -> Line:
    """Who does what, or reports what to whom; `whole`: of what, and by what means."""
    if isinstance(item, ActionItem):
        line: Line = [(who(page, item, bodies), ""), (page.say("：", ": "), "")]
        line.append((page.words.label(item.do), BOLD))
        return [*line, (page.aside(item.object or "") if whole else "", "")]
    told = page.say("：", ": ") + kind_of(page, item)
    return [
        *between(page, item, bodies),
        (told + (page.aside(means(page, item)) if whole else ""), ""),
    ]


def kind_of(page: Page, item: ReportItem) -> str:
    """What kind of report it is, and what it tells."""
    told = which(page, item)
    if item.kind == "information":
        return told
    kind = page.say("请求", "request") if item.kind == "request" else page.say("报告", "report")
    return kind + (page.say("：", ": ") + told if told else "")


def _when(page: Page, item: DutyItem) -> Run:
    deadline = item.deadline
    if deadline is None:
        text, style = page.say("不限时", "no limit"), DIM
    elif deadline.at_once:
        text, style = page.say("立即", "AT ONCE"), YELLOW
    elif deadline.due is None:
        text, style = page.words.timing(deadline.timing), DIM
    else:
        text, style = page.clock(page.limit(deadline.due)), RED if deadline.overdue else CYAN
    if deadline is not None and deadline.due is not None and deadline.timing.repeat:
        length = no_break(page.words.duration(deadline.timing.repeat))
        text += page.say(f" 每{length}", f" every {length}") if not deadline.at_once else ""
    return text, DIM if item.certainty == "possible" else style


def _marks(page: Page, item: DutyItem) -> Line:
    """How strongly it is asked where it does not bind, and what it hangs on if not certain."""
    request = isinstance(item, ActionItem) and item.mode == "request"
    marks = [
        page.say("据报", "by what was reported") if item.certainty == "indicated" else "",
        bound(page, item),
        page.say("商请", "by request") if request else "",
        page.say("已签收", "received") if item.acknowledged else "",
    ]
    text = page.say("、", ", ").join(filter(None, marks))
    return [(page.say(f"（{text}）", f"({text}) "), YELLOW)] if text else []
