"""An assessment in the terminal: the brief view, or with `--all` everything there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.screens.brief_changes import show_changes
from planengine.screens.brief_view import show_brief, show_rest
from planengine.screens.page import Page
from planengine.screens.screen import Screen

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.phrases import Language


def view(
    assessment: Assessment,
    language: Language,
    *,
    before: Assessment | None = None,
    why: bool = False,
    everything: bool = False,
    contacts: bool = False,
    screen: Screen | None = None,
) -> str:
    """An assessment as text; with `everything` all sections whole, else what comes first.

    `before`: tells what changed since then. `why` adds reasons, `contacts` how those whom duties
    name are reached.
    """
    page = Page(assessment, language, screen or Screen.of_terminal())
    if everything:
        _show_everything(page, before, why=why, contacts=contacts)
        return page.screen.text()
    left = show_brief(page, before, contacts=contacts)
    if why:
        _show_reasons(page, whole=False)
        page.screen.blank()
    show_rest(page, left)
    return page.screen.text()


def _show_everything(page: Page, before: Assessment | None, *, why: bool, contacts: bool) -> None:
    from planengine.screens.duties_view import show_actions, show_bodies, show_reports
    from planengine.screens.levels_view import show_head, show_levels
    from planengine.screens.notes_view import show_excluded, show_gaps, show_resources
    from planengine.screens.questions_view import show_caveats, show_conflicts, show_questions

    show_head(page)
    show_levels(page)
    show_excluded(page)
    show_gaps(page)
    show_conflicts(page)
    if before is not None:
        show_changes(page, before)
    if why:
        _show_reasons(page, whole=True)
    show_bodies(page)
    show_actions(page, contacts=contacts)
    show_resources(page)
    show_reports(page, contacts=contacts)
    show_questions(page)
    show_caveats(page)


def _show_reasons(page: Page, *, whole: bool) -> None:
    from planengine.screens.reasons_view import show_reasons

    show_reasons(page, whole=whole)
