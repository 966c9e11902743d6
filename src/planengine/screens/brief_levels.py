"""The levels of the default screen: a numbered row for each, with the one reason that gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planengine.assessment.decisions import Decision
from planengine.screens import brief_reasons
from planengine.screens.brief_density import Beside, Density
from planengine.screens.brief_fit import COLUMNS, paragraph, room, width
from planengine.screens.brief_rows import open_rows, standing
from planengine.screens.levels_view import (
    how_given,
    in_force,
    is_covered,
    level_notes,
    measures_of,
    proposed,
)
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, DIM, YELLOW, Line, width_of

NUMBER = 3  # columns for the number of a row


def show_nothing_reached(page: Page) -> None:
    """That no level is reached, where that can be said, and the worst that is not excluded."""
    if is_covered(page):
        page.screen.line(
            (page.say("没有预案或标准达到任何级别。", "No plan or standard reaches a level."), "")
        )
    rows = open_rows(page.assessment)
    if rows:
        worst = rows[0]
        name = f"{page.name(worst)} {page.words.level(worst.scale, worst.could_reach)}"
        more = page.say(f"等 {len(rows)} 项", f" and {len(rows) - 1} more") if rows[1:] else ""
        head = page.say("尚不能排除：", "Not excluded: ")
        page.screen.line((head, YELLOW), (name + more, ""))


def show_levels(
    page: Page, rows: Sequence[Decision], numbers: Mapping[str, int], density: Density
) -> None:
    """The rows with the level that stands, what it may be besides, what is in force, and why."""
    badges = [page.badge(item, standing(page.assessment, item)) for item in rows]
    widest = max((width_of(text) for text, _ in badges), default=0)
    left = NUMBER + widest + 1
    for item, badge in zip(rows, badges, strict=True):
        line: Line = [(f"{numbers[item.id]:>2} ", DIM), badge]
        line.append((" " * (widest - width_of(badge[0]) + 1), ""))
        line += [*how_given(page, item), (page.name(item), BOLD)]
        line += [*level_notes(page, item), *_in_force(page, item)]
        why = brief_reasons.versions(page, item, numbers)
        beside = _beside(item, line, why, numbers, density.beside)
        if not beside and density.reason_lines == 1 and width(line) > COLUMNS:  # on its second line
            beside = _joined(line, why, room(0, left, 2))
        if beside:
            page.screen.line(*beside, hang=left)
        else:
            paragraph(page, [line], indent=0, hang=left, lines=2)
            if why:
                paragraph(page, why, indent=left, hang=left + 2, lines=density.reason_lines)
        if measures := measures_of(page, item) if density.measures else []:
            paragraph(page, [measures], indent=left, hang=left + 2, lines=density.reason_lines)


def _beside(
    item: Decision,
    line: Line,
    why: Sequence[Line],
    numbers: Mapping[str, int],
    beside: Beside,
) -> Line:
    """A level with its reason on one line; [] where the reason is to have its own."""
    if not why or beside is Beside.NONE:
        return []
    if brief_reasons.is_short(item):
        shown = why[:1] if beside is Beside.LEVELS else [*why, *_number_of(item, numbers)]
    else:
        shown = why if beside is Beside.ALL else []
    return _joined(line, shown, COLUMNS)


def _joined(line: Line, why: Sequence[Line], columns: int) -> Line:
    """A level with the fullest version of its reason that fits; [] where none does."""
    both = ([*line, ("  ", ""), *one] for one in why)
    return next((one for one in both if width(one) <= columns), [])


def _number_of(item: Decision, numbers: Mapping[str, int]) -> list[Line]:
    """The bare number of the row that a level follows from."""
    unit = brief_reasons.followed(item)
    return [[(f"← {numbers[unit]}", "")]] if unit in numbers else []


def _in_force(page: Page, item: Decision) -> Line:
    """What is in force where the row does not begin with it, and that it is to be kept."""
    line = in_force(page, item)
    kept = proposed(page, item) if item.proposal == "keep" else ""
    between = [(page.stop if line else "  ", "")] if kept else []
    return [*([("  ", "")] if line else []), *line, *between, *([(kept, "")] if kept else [])]
