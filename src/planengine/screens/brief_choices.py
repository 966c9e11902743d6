"""What is to be decided now and by whom, and who leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planengine.assessment.decisions import Decision
from planengine.screens.brief_density import Density
from planengine.screens.brief_fit import COLUMNS, fullest, room, width
from planengine.screens.brief_rows import Choice, choices, is_to_issue, leads
from planengine.screens.levels_view import decider, proposed
from planengine.screens.page import Page
from planengine.screens.people_view import show_people
from planengine.screens.screen import BOLD, DIM, YELLOW, Line

APART: Line = [("   ", "")]
LEADS = 4  # bodies that lead, by name
LINES = 2  # the most that one who decides takes
MOST = (None, 8, 4, 2, 1)  # decisions of one level, each fewer where there is no room


def show_choices(
    page: Page, rows: Sequence[Decision], numbers: Mapping[str, int], density: Density
) -> None:
    """A line for each who decides, the most severe first; `packed`: as many as a line holds."""
    every = choices(page.assessment, rows)
    found = every[: density.choices]
    if found:
        page.heading(page.say("待决定", "Decide now"), blank=density.blanks)
    if density.packed:
        short = [list(_versions(page, choice, numbers))[1:] for choice in found]
        _show_packed(page, [fullest(one, room(1, 3, LINES)) for one in short])
    else:
        for choice in found:
            versions = list(_versions(page, choice, numbers))
            one = next((line for line in versions if width(line) < COLUMNS), None)
            page.screen.line(*(one or fullest(versions[1:], room(1, 3, LINES))), indent=1, hang=3)
    show_people(page, list(rows))
    more = sum(len(choice.decisions) for choice in every[len(found) :])
    if more:
        text = page.say(f"另有 {more} 项待决定", f"and {more} more to be decided")
        page.screen.line((text, YELLOW), indent=1)
    plan, bodies = leads(page.assessment, rows)
    if density.leads and plan is not None and bodies:
        names = page.joined([page.words.named(body) for body in bodies], LEADS)
        first = next(one for one in rows if one.plan == plan and one.purpose == "level")
        name = numbered(page, first, numbers)
        head = page.say(f"{name} 牵头：", f"{name} is led by: ")
        page.screen.line((head, DIM), (names, ""), indent=1, hang=3)


def _show_packed(page: Page, choices_: Sequence[Line]) -> None:
    line: Line = []
    for one in choices_:
        if line and width(line) + width(APART) + width(one) >= COLUMNS:
            page.screen.line(*line, indent=1, hang=3)
            line = []
        line = [*line, *APART, *one] if line else one
    if line:
        page.screen.line(*line, indent=1, hang=3)


def _versions(page: Page, choice: Choice, numbers: Mapping[str, int]) -> Iterator[Line]:
    """With the names of the rows; by their numbers alone; with fewer and fewer of them."""
    yield _choice(page, choice, numbers, named=True)
    for most in MOST:
        yield _choice(page, choice, numbers, most=most)


def _choice(
    page: Page,
    choice: Choice,
    numbers: Mapping[str, int],
    *,
    named: bool = False,
    most: int | None = None,
) -> Line:
    """Who decides, and what: rows by number or name, of many of one level `most`."""
    by = decider(page, choice.by) or page.say("（未指明由谁批准）", "(nobody is named to approve)")
    line: Line = [(by, BOLD), (page.say("：", ": "), "")]
    groups: dict[tuple[str, str], list[Decision]] = {}
    for item in choice.decisions:
        groups.setdefault((proposed(page, item), _to(page, item)), []).append(item)
    before = ""
    for (word, level), items in groups.items():
        line.append((page.stop if before else "", ""))
        line.append(((level.strip() if word == before else word + level), BOLD))
        shown = [numbered(page, one, numbers, named=named) for one in items]
        text = page.joined(shown[:most])
        if most is not None and len(shown) > most:
            text += page.say(f"等 {len(shown)} 项", f" and {len(shown) - most} more")
        line.append((page.say("：", ": ") + text, ""))
        before = word
    if choice.by.decided_by and choice.by.meanwhile:
        line.append((page.say("；期间：", "; meanwhile: ") + choice.by.meanwhile, DIM))
    return line


def numbered(page: Page, item: Decision, numbers: Mapping[str, int], *, named: bool = False) -> str:
    """A decision by the number of its row; by its name where it has none, or `named`."""
    number = numbers.get(item.id)
    if number is None:
        return page.name(item)
    return f"{number} {page.name(item)}" if named else f"{number}"


def _to(page: Page, item: Decision) -> str:
    """To which level something is started, raised or lowered.

    Where the facts give no milder level than the one in force, people say to which it is lowered.
    """
    if item.proposal == "end":
        return ""
    if item.proposal == "lower" and not _is_milder(page, item):
        now = page.words.level(item.scale, item.in_force)
        return page.say(f"（现为{now}）", f" from {now}")
    level = page.words.level(item.scale, item.level)
    if item.proposal == "start" or is_to_issue(page.assessment, item):
        return page.say(level, f" {level}")
    return page.say(f"至{level}", f" to {level}")


def _is_milder(page: Page, item: Decision) -> bool:
    """Whether the facts give a level, and a milder one than is in force."""
    levels = page.assessment.situation.entities.scales[item.scale].levels
    ranks = {one.id: one.rank for one in levels}
    return item.level is not None and ranks[item.level] < ranks[item.in_force or item.level]
