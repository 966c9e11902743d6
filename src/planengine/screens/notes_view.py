"""What documents declare of themselves: when to use another, levels they lack, what they hold."""

from __future__ import annotations

from planengine.assessment.results import Excluded, HeldResource
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, DIM, YELLOW, no_break


def show_excluded(page: Page) -> None:
    """Plans that do not apply, or may not, and the plans to use instead."""
    for item in page.assessment.excluded:
        page.screen.line(("! ", YELLOW), (excluded_words(page, item), YELLOW), hang=2)


def excluded_words(page: Page, item: Excluded) -> str:
    """That a plan does not apply or may not, why, and what to use instead."""
    why = page.stop.join(page.words.cell(held.cell) for held in item.held)
    return _excluded(page, item, page.aside(why))


def excluded_briefly(page: Page, item: Excluded) -> str:
    """The same without the reason."""
    return _excluded(page, item, "")


def _excluded(page: Page, item: Excluded, why: str) -> str:
    words = page.words
    plan = words.document(item.plan)
    if item.area != page.assessment.situation.entities.home:
        plan += f" @ {words.place(item.area)}"
    if item.certainty == "certain":
        text = page.say(f"{plan}不适用", f"{plan} does not apply")
    else:
        text = page.say(f"{plan}可能不适用", f"{plan} may not apply")
    text += why
    if item.instead is None:
        return text
    other = words.document(item.instead)
    return text + page.say(f"，改用{other}", f": use {other}")


def show_gaps(page: Page) -> None:
    """Levels that a document declares not to have, where a decision shown stands below one."""
    for item in page.assessment.decisions:
        if not (page.reached(item) or item.could_reach):
            continue
        for gap in item.gaps:
            level = page.words.level(item.scale, gap.level)
            sources = [
                f"{page.words.source(one.source)} {one.clause or ''}".strip() for one in gap.basis
            ]
            name = page.name(item)
            text = page.say(f"{name}没有{level}一级", f"{name} has no level {level}")
            page.screen.line((text + page.aside(page.joined(sources)), DIM), hang=2)


def show_resources(page: Page) -> None:
    """What the plans that are at a level hold ready, and who holds it."""
    rows = page.assessment.resources
    if not rows:
        return
    texts = [_resource(page, item) for item in rows]
    page.screen.line(
        (page.say("储备：", "held ready: "), BOLD),
        (page.stop.join(texts), DIM),
        indent=1,
        hang=3,
    )


def _resource(page: Page, item: HeldResource) -> str:
    """A resource with its quantity, its holder and place, and whether it must be requested."""
    words = page.words
    where = [words.named(name) for name in item.held_by]
    where += [words.named(item.at)] if item.at else []
    if item.mode == "request":
        where.append(page.say("商请", "by request"))
    label = words.label(item.label, item.resource)
    return f"{label} {no_break(item.quantity)}" + page.aside(page.joined(where))
