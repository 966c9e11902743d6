"""The first facts to ask for, and what nothing reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planengine.assessment.results import Question
from planengine.screens.brief_density import Density
from planengine.screens.brief_fit import COLUMNS, counted, paragraph, room, width
from planengine.screens.brief_reasons import value_words
from planengine.screens.page import Page
from planengine.screens.questions_view import provider, says_a_test, settles, unread_names
from planengine.screens.screen import BOLD, DIM, YELLOW, Line, width_of

WHOLE = 2  # lines for what is to be asked of whom, which is not cut
SETTLED = 2  # decisions that a question may name


def show_questions(
    page: Page, rows: Sequence[Question], numbers: Mapping[str, int], density: Density
) -> None:
    """What to ask whom, and what that could settle as far as there is room."""
    if rows:
        page.heading(page.say("先核实", "Ask first"), blank=density.blanks)
    for item in rows:
        versions = list(_versions(page, item, numbers))
        has_room = width(versions[-1]) <= room(1, 3, density.lines)
        paragraph(page, versions, indent=1, hang=3, lines=density.lines if has_room else WHOLE)


def _versions(page: Page, item: Question, numbers: Mapping[str, int]) -> Iterator[Line]:
    known = value_words(page, item.cell, item.value)
    told = (": " if says_a_test(item.cell) else " ") + known
    line: Line = [("? ", YELLOW), (page.words.cell(item.cell), BOLD), (told, "")]
    asked: Line = [*line, (page.say("，问", ", ask ") + provider(page, item), "")]
    for most in range(SETTLED, 0, -1):
        gives = settles(page, item, numbers, most)
        if gives:
            yield [*asked, (page.say("；可定 ", "; could settle ") + gives, DIM)]
    yield asked


def show_unread(page: Page) -> int:
    """The stated facts that nothing reads, as many as a line holds; how many it does not."""
    names = unread_names(page)
    if not names:
        return 0
    head = page.say("未被读取：", "read by no decision: ")
    text, hidden = counted(page, names, COLUMNS - width_of(head))
    paragraph(page, [[(head, BOLD), (text, "")]], indent=0, hang=2)
    return hidden
