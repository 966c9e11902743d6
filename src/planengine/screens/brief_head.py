"""The head of the default screen: the incident, and what must be known before anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.screens.brief_fit import COLUMNS, counted, fullest, paragraph, room
from planengine.screens.levels_view import show_rejected, show_taint, title
from planengine.screens.notes_view import excluded_briefly, excluded_words
from planengine.screens.page import Page
from planengine.screens.questions_view import conflict_words
from planengine.screens.screen import DIM, RED, YELLOW, Line, clip, width_of

ALARMS = 2  # of one kind
LINES = 2  # the most that one of them takes
NOT_COVERED = 4  # the most that a hazard takes that nothing is for
HAZARDS = 3  # by name, where not all have room
NAME = 50  # columns for the incident's name where it is long


def show_brief_head(page: Page) -> None:
    """The incident, the times, whether it is real, and the hazards that no document is for."""
    recheck = page.assessment.recheck_at
    time = page.clock(recheck + -recheck % 60) if recheck is not None else ""
    again = (page.say(f"  下次复核 {time}", f"  look again {time}") if time else "", DIM)
    page.screen.line(*fullest([[*one, again] for one in _titles(page)], COLUMNS), hang=2)
    show_taint(page)
    _show_not_covered(page)
    show_rejected(page)


def _titles(page: Page) -> Iterator[Line]:
    yield title(page)
    few = title(page, HAZARDS)
    yield few
    yield [*clip(few[:1], NAME), *few[1:2]]


def _show_not_covered(page: Page) -> None:
    """Each hazard that nothing in force is for; of many only their names."""
    found = [item for item in page.assessment.conflicts if item.kind == "not-covered"]
    if len(found) <= ALARMS:
        for item in found:
            text = page.say(item.text.zh, item.text.en)
            paragraph(page, [[(f"! {text}", RED)]], indent=0, hang=2, lines=NOT_COVERED)
        return
    bare = [one for one in page.assessment.coverage if not one.covered]
    unjudged = [page.words.hazard(one.hazard) for one in bare if not one.judges]
    others = [page.words.hazard(one.hazard) for one in bare if one.judges]
    _show_hazards(page, unjudged, "未予研判", "not judged")
    _show_hazards(page, others, "只研判其后果", "only consequences judged")


def _show_hazards(page: Page, hazards: Sequence[str], zh: str, en: str) -> None:
    if not hazards:
        return
    count = len(hazards)
    head = page.say(
        f"! 有 {count} 个灾种没有专门的有效标准或预案，{zh}：",
        f"! {count} hazards that nothing in force is for, {en}: ",
    )
    names, _ = counted(page, hazards, room(0, 2, LINES) - width_of(head))
    page.screen.line((head + names, RED), hang=2)


def show_alarms(page: Page) -> int:
    """Contradictions, and plans that do not apply; how many notes of their like are left out."""
    assessment = page.assessment
    conflicts = [item for item in assessment.conflicts if item.kind != "not-covered"]
    for item in conflicts[:ALARMS]:
        text = conflict_words(page, item)
        paragraph(page, [[(text, RED)]], indent=0, hang=2, lines=LINES)
    for excluded in assessment.excluded[:ALARMS]:
        words = excluded_words(page, excluded), excluded_briefly(page, excluded)
        versions: list[Line] = [[(f"! {text}", YELLOW)] for text in words]
        paragraph(page, versions, indent=0, hang=2, lines=LINES)
    more, unfit = len(conflicts[ALARMS:]), len(assessment.excluded[ALARMS:])
    hidden = [
        page.say(f"矛盾 {more} 项", f"{more} conflicts") if more else "",
        page.say(f"不适用的预案 {unfit} 项", f"{unfit} plans that do not apply") if unfit else "",
    ]
    if any(hidden):
        text = page.joined([one for one in hidden if one])
        page.screen.line((page.say(f"! 另有{text}", f"! besides: {text}"), RED if more else YELLOW))
    gaps = sum(
        len(item.gaps) for item in assessment.decisions if page.reached(item) or item.could_reach
    )
    return len(assessment.outdated) + gaps
