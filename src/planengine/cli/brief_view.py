"""The default screen: at most 40 lines of 100 columns, to be read in ten seconds.

Levels with the one reason that gives each, what changed, what to decide and by whom, the next
duties, the newest overdue ones, three questions; and one line that counts what is not shown.
What is chosen does not depend on the terminal: a narrower one only breaks the lines.
"""

from __future__ import annotations

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.cli.brief_changes import show_changes
from planengine.cli.brief_choices import show_choices
from planengine.cli.brief_density import Density, densities
from planengine.cli.brief_duties import show_duties
from planengine.cli.brief_fit import COLUMNS, fullest
from planengine.cli.brief_levels import show_levels, show_nothing_reached
from planengine.cli.brief_questions import show_questions, show_unread
from planengine.cli.brief_rows import MOST_NEXT, duty_rows, level_rows, open_rows, question_rows
from planengine.cli.levels_view import show_head
from planengine.cli.notes_view import excluded_words
from planengine.cli.page import Page
from planengine.cli.questions_view import conflict_words
from planengine.cli.screen import DIM, RED, YELLOW, Screen

MOST_LINES = 40
ALARMS = 2


class Left(Struct, frozen=True):
    """How many rows of each kind are not shown."""

    levels: int
    not_excluded: int
    overdue: int
    duties: int
    questions: int
    assumed: int
    bodies: int
    notes: int


def show_brief(page: Page, before: Assessment | None, *, contacts: bool = False) -> Left:
    """Write the screen, but for its last line; what it left out.

    `contacts` stand below their duties, beyond the forty lines.
    """
    density = Density()
    for density in densities():
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
    _show_head(page)
    notes = _show_alarms(page)
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
    first, newest = following[:MOST_NEXT], late[: density.late]
    show_duties(page, first, newest, len(late), density, contacts=contacts)
    show_questions(page, asked[: density.questions], numbers, density)
    notes += show_unread(page)
    if density.blanks:
        page.screen.blank()
    every = len(assessment.actions) + len(assessment.reports)
    return Left(
        levels=len(rows) - len(shown),
        not_excluded=len(open_rows(assessment)),
        overdue=len(late) - len(newest),
        duties=every - len(late) - len(first),
        questions=len(assessment.ask) - len(asked[: density.questions]),
        assumed=len(assessment.assumed),
        bodies=len(assessment.agencies),
        notes=notes + len(assessment.may_invoke) + len(assessment.resources),
    )


def show_rest(page: Page, left: Left) -> None:
    """The last line: how many rows of each kind `--all` shows besides, and what `--why` does."""
    say = page.say
    parts = [
        (left.levels, say("项级别", "levels")),
        (left.not_excluded, say("项不能排除", "not excluded")),
        (left.overdue, say("项超时", "overdue")),
        (left.duties, say("项任务", "duties")),
        (left.questions, say("项核实", "questions")),
        (left.assumed, say("项默认", "assumed")),
        (left.bodies, say("家单位", "bodies")),
        (left.notes, say("项其他", "notes")),
    ]
    counted = [f"{count}{say('', ' ')}{kind}" for count, kind in parts if count]
    fewer = [*counted[:-3], say("等", "and others")]
    rest, shorter = (say("、", ", ").join(one) for one in (counted, fewer))
    more, why = say("用 --all 查看其余：", "more with --all: "), say("；--why 理由", "; --why")
    short = "--all" + say("：", ": ")
    texts = (more + rest + why, more + rest, short + rest, short + shorter)
    page.screen.line(*fullest([[(text, DIM)] for text in texts], COLUMNS))


def _show_head(page: Page) -> None:
    recheck = page.assessment.recheck_at
    time = page.clock(recheck + -recheck % 60) if recheck is not None else ""
    again = page.say(f"  下次复核 {time}", f"  look again {time}")
    show_head(page, (again if time else "", DIM))


def _show_alarms(page: Page) -> int:
    """Contradictions, and plans that do not apply; how many notes of their like are left out."""
    assessment = page.assessment
    conflicts = [item for item in assessment.conflicts if item.kind != "not-covered"]
    for item in conflicts[:ALARMS]:
        page.screen.line((conflict_words(page, item), RED), hang=2)
    for excluded in assessment.excluded[:ALARMS]:
        page.screen.line((f"! {excluded_words(page, excluded)}", YELLOW), hang=2)
    gaps = sum(
        len(item.gaps) for item in assessment.decisions if page.reached(item) or item.could_reach
    )
    more, unfit = len(conflicts[ALARMS:]), len(assessment.excluded[ALARMS:])
    hidden = [
        page.say(f"矛盾 {more} 项", f"{more} conflicts") if more else "",
        page.say(f"不适用的预案 {unfit} 项", f"{unfit} plans that do not apply") if unfit else "",
    ]
    if any(hidden):
        text = page.joined([one for one in hidden if one])
        page.screen.line((page.say(f"! 另有{text}", f"! besides: {text}"), RED if more else YELLOW))
    return len(assessment.outdated) + gaps
