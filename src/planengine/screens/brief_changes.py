"""What is otherwise than at an earlier time, in a paragraph for each kind of change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from planengine.assessment.assessment import Assessment
from planengine.assessment.results import ActionItem
from planengine.screens.brief_choices import numbered
from planengine.screens.brief_duties import kind_of
from planengine.screens.brief_fit import counted, paragraph, room
from planengine.screens.brief_rows import DutyItem
from planengine.screens.changes import Levels, changes
from planengine.screens.duty_words import between
from planengine.screens.page import Page
from planengine.screens.screen import BOLD, width_of

Kind: TypeAlias = tuple[tuple[str, str], list[str]]
"""A kind of change, by its name in both languages, with what changed."""


def show_changes(
    page: Page,
    before: Assessment,
    numbers: Mapping[str, int] | None = None,
    *,
    lines: int = 2,
    blank: bool = True,
) -> None:
    """What changed since `before`; of `lines` one, duties and questions are only counted.

    Decisions that have `numbers` are told by them; the worst are told first.
    """
    found = changes(before, page.assessment)
    known = numbers or {}

    def moved(rows: Sequence[Levels]) -> list[str]:
        last = len(known) + 1
        ordered = sorted(rows, key=lambda row: known.get(row[0].id, last))
        return [_moved(page, row, known) for row in ordered]

    time = page.words.time(before.at)
    page.heading(page.say(f"{time} 以来", f"Since {time}"), blank=blank)
    levels: list[Kind] = [
        (("研判级别", "levels"), moved(found.levels)),
        (("启动和发布", "in force and issued"), moved(found.in_force)),
    ]
    duties: list[Kind] = [
        (("新任务", "new duties"), [_brief(page, item) for item in found.new]),
        (("已完成", "done"), [_brief(page, item) for item in found.done]),
        (("不再需要", "no longer owed"), [_brief(page, item) for item in found.ended]),
        (("新超时", "newly overdue"), [_brief(page, item) for item in found.overdue]),
    ]
    cells = [page.words.cell(row.cell) for row in found.questions]
    asked: Kind = ("新问题", "new questions"), cells
    told = [*levels, *duties, asked] if lines > 1 else levels
    for kind in told:
        if kind[1]:
            head = _how_many(page, kind) + page.say("：", ": ")
            text, _ = counted(page, kind[1], room(1, 3, lines) - width_of(head))
            paragraph(page, [[(head, BOLD), (text, "")]], indent=1, hang=3, lines=lines)
    others = [kind for kind in (*duties, asked) if kind not in told]
    only_counted = [_how_many(page, kind) for kind in others if kind[1]]
    if only_counted:
        page.screen.line((page.joined(only_counted), BOLD), indent=1, hang=3)
    if not any(items for _, items in (*levels, *duties, asked)):
        page.screen.line((page.say("没有变化", "nothing changed"), ""), indent=1)


def _how_many(page: Page, kind: Kind) -> str:
    (zh, en), items = kind
    return page.say(f"{zh} {len(items)} 项", f"{len(items)} {en}")


def _moved(page: Page, row: Levels, numbers: Mapping[str, int]) -> str:
    item, then, now = row
    old, new = page.words.level(item.scale, then), page.words.level(item.scale, now)
    return f"{numbered(page, item, numbers)} {old} → {new}"


def _brief(page: Page, item: DutyItem) -> str:
    """A duty in few words."""
    if isinstance(item, ActionItem):
        return page.words.label(item.do)
    told = page.say("：", ": ") + kind_of(page, item)
    return "".join(text for text, _ in between(page, item, 1)) + told
