"""What people declined, who commands in another's stead, and what was received."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.decisions import Decision
from planengine.assessment.results import Command
from planengine.screens.brief_fit import paragraph
from planengine.screens.brief_rows import DutyItem, is_finished
from planengine.screens.page import Page
from planengine.screens.screen import CYAN, YELLOW, Line, Run


def declined(page: Page, item: Decision) -> Line:
    """What was declined, by whom and why; [] where nothing was."""
    said = item.declined
    if said is None:
        return []
    moves = {"raise": ("", ""), "lower": ("降级", "to lower it"), "end": ("终止", "to end it")}
    what = page.say(*moves[said.move]) or page.words.level(item.scale, said.level)
    time = page.clock(said.at)
    who = page.words.named(said.by) if said.by is not None else page.say("有人", "somebody")
    text = page.say(
        f"{time} {who}已否决{what}：{said.reason}", f"{time} {who} declined {what}: {said.reason}"
    )
    return [(text, YELLOW)]


def commanded(page: Page, item: Decision) -> Line:
    """Who else commands, since when and why; [] where it is as the plan says."""
    if item.command is None:
        return []
    to = page.words.named(item.command.to)
    return [(_since(page, item.command, f"由{to}指挥", f"commanded by {to}"), CYAN)]


def acting(page: Page) -> list[Line]:
    """A line for each post that somebody else acts for."""
    return [[(text, CYAN)] for text in _acting(page)]


def show_people(page: Page, rows: list[Decision]) -> None:
    """Each of these in a line of its own, a decision's after its name."""
    for line in acting(page):
        paragraph(page, [line], indent=1, hang=3)
    for item in rows:
        for said in (commanded(page, item), declined(page, item)):
            if said:
                named: Run = (f"{page.name(item)}  ", "")
                paragraph(page, [[named, *said]], indent=1, hang=3)


def received(page: Page, item: DutyItem) -> Line:
    """By whom a duty is acknowledged; [] where it is done, or nobody said so."""
    if not item.acknowledged or is_finished(item):
        return []
    last = item.acknowledged[-1]
    names = [page.words.named(one.by) for one in item.acknowledged if one.by is not None]
    text = page.say(" 已签收 ", " received ") + page.clock(last.at)
    return [(text + page.aside(page.joined(list(dict.fromkeys(names)))), CYAN)]


def _acting(page: Page) -> Iterator[str]:
    for one in page.assessment.acting:
        to, post = page.words.named(one.to), page.words.named(one.post or "")
        yield _since(page, one, f"{to}代行{post}职责", f"{to} acts for {post}")


def _since(page: Page, one: Command, zh: str, en: str) -> str:
    time = page.clock(one.at)
    why = one.reason or ""
    text = page.say(f"{time} 起{zh}", f"since {time} {en}")
    return text + (page.say("：", ": ") + why if why else "")
