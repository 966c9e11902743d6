"""The default screen: at most 40 lines of 100 columns, to be read in ten seconds.

Levels with the one reason that gives each, what changed, what to decide and by whom, the next
duties, the newest overdue ones, three questions; and one line that counts what is not shown.
What is chosen does not depend on the terminal: a narrower one only breaks the lines.
"""

from __future__ import annotations

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.screens.brief_changes import show_changes
from planengine.screens.brief_choices import show_choices
from planengine.screens.brief_density import Density, densities
from planengine.screens.brief_duties import show_all_done, show_duties
from planengine.screens.brief_fit import COLUMNS, fullest
from planengine.screens.brief_head import show_alarms, show_brief_head
from planengine.screens.brief_levels import show_levels, show_nothing_reached
from planengine.screens.brief_questions import show_questions, show_unread
from planengine.screens.brief_rows import (
    MOST_NEXT,
    DutyItem,
    duty_rows,
    is_over,
    level_rows,
    open_rows,
    question_rows,
    unlike,
)
from planengine.screens.levels_view import measures_of
from planengine.screens.page import Page
from planengine.screens.screen import DIM, Screen

MOST_LINES = 40


class Left(Struct, frozen=True):
    """How many rows of each kind are not shown."""

    levels: int
    not_excluded: int
    overdue: int
    duties: int
    done: int
    questions: int
    assumed: int
    bodies: int
    notes: int


def show_brief(page: Page, before: Assessment | None, *, contacts: bool = False) -> Left:
    """Write the screen, but for its last line; what it left out.

    `contacts` stand below their duties, beyond the forty lines.
    """
    too_many = len(level_rows(page.assessment)) > MOST_LINES
    density = Density()
    for density in densities():
        if too_many and density.levels is None:
            continue  # it cannot fit
        if _fits(page, before, density):
            break
    return _write(page, before, density, contacts=contacts)


def _fits(page: Page, before: Assessment | None, density: Density) -> bool:
    trial = Page(page.assessment, page.words.language, Screen(COLUMNS, colour=False))
    show_rest(trial, _write(trial, before, density, contacts=False))
    return trial.screen.text().count("\n") <= MOST_LINES


def _write(page: Page, before: Assessment | None, density: Density, *, contacts: bool) -> Left:
    assessment = page.assessment
    rows = level_rows(assessment)
    following, late = duty_rows(assessment)
    asked = question_rows(assessment, rows)
    show_brief_head(page)
    notes = show_alarms(page)
    if density.blanks:
        page.screen.blank()
    shown = rows[: density.levels]
    numbers = {item.id: number for number, item in enumerate(shown, 1)}
    if shown:
        show_levels(page, shown, numbers, density)
    else:
        show_nothing_reached(page)
    if before is not None:
        show_changes(page, before, numbers, lines=density.lines, blank=density.blanks)
    show_choices(page, rows, numbers, density)
    first, newest = unlike(following)[:MOST_NEXT], unlike(late)[: density.late]
    every: list[DutyItem] = [*assessment.actions, *assessment.reports]
    done = sum(map(is_over, every))
    if done and done == len(every):
        show_all_done(page, done, density)
    show_duties(page, first, newest, len(late), density, contacts=contacts)
    show_questions(page, asked[: density.questions], numbers, density)
    notes += show_unread(page)
    if density.blanks:
        page.screen.blank()
    return Left(
        levels=len(rows) - len(shown),
        not_excluded=len(open_rows(assessment)),
        overdue=len(late) - len(newest),
        duties=len(every) - done - len(late) - len(first),
        done=done,
        questions=len(assessment.ask) - len(asked[: density.questions]),
        assumed=len(assessment.assumed),
        bodies=len(assessment.agencies),
        notes=notes
        + (0 if density.measures else sum(bool(measures_of(page, item)) for item in shown))
        + len(assessment.may_invoke)
        + len(assessment.resources),
    )


def show_rest(page: Page, left: Left) -> None:
    """The last line: how many rows of each kind `--all` shows besides, and what `--why` does."""
    say = page.say
    parts = [
        (left.levels, say("项级别", "levels")),
        (left.not_excluded, say("项不能排除", "not excluded")),
        (left.overdue, say("项超时", "overdue")),
        (left.duties, say("项任务", "duties")),
        (left.done, say("项已办结", "done")),
        (left.questions, say("项核实", "questions")),
        (left.assumed, say("项默认", "assumed")),
        (left.bodies, say("家单位", "bodies")),
        (left.notes, say("项其他", "notes")),
    ]
    counted = [f"{count}{say('', ' ')}{kind}" for count, kind in parts if count]
    rest = say("、", ", ").join(counted)
    more, why = say("用 --all 查看其余：", "more with --all: "), say("；--why 理由", "; --why")
    short = "--all" + say("：", ": ")
    fewer = ([*counted[:most], say("等", "and others")] for most in range(len(counted) - 1, 0, -1))
    shorter = (short + say("、", ", ").join(one) for one in fewer)
    texts = (more + rest + why, more + rest, short + rest, *shorter)
    page.screen.line(*fullest([[(text, DIM)] for text in texts], COLUMNS))
