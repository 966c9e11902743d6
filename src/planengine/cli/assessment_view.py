"""An assessment in the terminal, readable by a duty officer in ten seconds.

Levels first, each with its colour, what is certain and what is possible, and what to decide;
then contradictions, who leads, the first actions with their deadlines, what to report and what
to ask; reasons on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.cli.duties_view import show_actions, show_bodies, show_reports
from planengine.cli.levels_view import show_head, show_levels
from planengine.cli.notes_view import show_excluded, show_gaps, show_resources
from planengine.cli.page import Page
from planengine.cli.questions_view import show_caveats, show_conflicts, show_questions
from planengine.cli.screen import Screen

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.words import Language


def view(
    assessment: Assessment,
    language: Language,
    *,
    why: bool = False,
    everything: bool = False,
    contacts: bool = False,
    screen: Screen | None = None,
) -> str:
    """An assessment as text; `everything` lifts the limits on rows, `why` adds reasons.

    `contacts` adds how those whom duties name are reached.
    """
    page = Page(assessment, language, everything, screen or Screen.of_terminal())
    show_head(page)
    show_levels(page)
    show_excluded(page)
    show_gaps(page)
    show_conflicts(page)
    if why:
        from planengine.cli.reasons_view import show_reasons

        show_reasons(page)
    show_bodies(page)
    show_actions(page)
    show_resources(page)
    show_reports(page)
    if contacts:
        from planengine.cli.contacts_view import show_contacts

        show_contacts(page)
    show_questions(page)
    show_caveats(page)
    return page.screen.text()
