"""`planengine list`: the names that a library declares."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planengine.cli.command import Command
from planengine.cli.common import (
    find_library,
    format_option,
    json_text,
    language_option,
    library_option,
    load_library,
)
from planengine.cli.language import Language, speaker

if TYPE_CHECKING:
    from planengine.cli.list_rows import Row, Value

KINDS = (
    "plans", "standards", "tracks", "facts", "values", "hazards", "agencies", "posts", "roles",
    "functions", "areas", "objects", "scales", "levels", "sources", "ranks", "calendars", "verbs",
    "moments", "member-roles", "plan-kinds", "tiers", "object-kinds", "attributes", "groups",
    "actions", "reports", "clauses", "rules",
)  # fmt: skip
_NARROWEST = 10
_ONLY_IN_JSON = frozenset({"document", "within", "item"})  # a row's id shows them to people
_HEADS = {
    "label": "名称", "also": "也可写", "kind": "种类", "edition": "版本", "tracks": "轨道",
    "hazards": "灾种", "scale": "尺度", "type": "类型", "unit": "单位", "of": "属于",
    "roll-up": "汇总", "provider": "提供单位", "in": "所在", "function": "职能",
    "vertical": "垂直管理", "held by": "担任", "tier": "层级", "levels": "级别", "rank": "位阶",
    "number": "文号", "editions": "版本", "parent": "上级", "agencies": "机构", "colour": "颜色",
    "is": "含义", "plan": "预案", "lead": "牵头", "executor": "执行", "what": "事项",
    "by": "由谁", "reported": "报告方式", "derived": "由何算出", "may-rise-by": "可能增加",
    "at-most": "不超过", "track": "轨道", "level": "级别", "text": "原文", "place": "位置",
}  # fmt: skip


def command(language: Language) -> Command:
    """The command, in one language."""
    say = speaker(language)
    return Command(
        "list",
        language,
        _run,
        about=(
            say(
                "列出库中一种（KIND，默认 plans）名称。"
                "YAML 中可写 id、名称，也可写“也可写”一栏中的任何写法。"
                "rules 可再写一个预案或标准（PLAN），只列它的规则。",
                "List the names of one KIND (default: plans). In YAML you may write the id, the "
                "label, or anything in the column `also`. `rules` takes a plan or standard (PLAN) "
                "and lists what stands there.",
            ),
            say("KIND 可写：", "KIND is one of: ") + ", ".join(KINDS),
        ),
        examples=(
            ("planengine list agencies", say("所有机构", "every agency")),
            (
                "planengine list rules flood",
                say(
                    "一个预案各条规则的编号和位置",
                    "every rule of one plan, and where it is",
                ),
            ),
            (
                "planengine list facts | grep water-level",
                say("查一个指标的各种写法", "how one fact may be written"),
            ),
        ),
        params=[
            click.Argument(["kind"], type=click.Choice(KINDS), default="plans", metavar="[KIND]"),
            click.Argument(["of"], required=False, metavar="[PLAN]"),
            format_option(say),
            library_option(say),
            language_option(language),
        ],
    )


def _run(kind: str, of: str | None, form: str, folder: Path | None, language: Language) -> None:
    from planengine.cli.list_rows import rows
    from planengine.cli.rule_rows import documents_meant, rule_rows

    say = speaker(language)
    if of is not None and kind != "rules":
        raise click.UsageError(
            say(f"PLAN 只用于 list rules，不用于 list {kind}", f"list {kind} takes no PLAN")
        )
    library = load_library(find_library(folder, say), language)
    if kind == "rules":
        documents = None if of is None else documents_meant(library.entities, of, say)
        found = rule_rows(library.entities, documents, language)
    else:
        found = rows(kind, library.entities, language)
    if form == "json":
        click.echo(json_text(found))
    else:
        click.echo(_table(found, language), nl=False)


def _table(rows: list[Row], language: Language) -> str:
    """Rows under their heads; for a terminal wrapped to its width, else a line each."""
    from planengine.screens.screen import BOLD, Cell, Screen, terminal_width, wants_colour, width_of

    if not rows:
        return ""
    names = [name for name in rows[0] if name not in _ONLY_IN_JSON]
    names = [name for name in names if any(row[name] for row in rows)]
    heads = [_HEADS.get(name, name) if language == "zh" else name for name in names]
    texts = [[_text(row[name]) for name in names] for row in rows]
    widths = [max(map(width_of, column)) for column in zip(heads, *texts, strict=True)]
    if sys.stdout.isatty():
        widths = _fitted(widths, terminal_width() - 2 * len(widths))
    screen = Screen(sum(widths), colour=wants_colour(sys.stdout))
    screen.row([[[(head, BOLD)]] for head in heads], widths, indent=0)
    for row in texts:
        cells: list[Cell] = [[[(text, "")]] for text in row]
        screen.row(cells, widths, indent=0)
    return screen.text()


def _text(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _fitted(widths: list[int], room: int) -> list[int]:
    """The widths with the widest made narrower until all fit side by side."""
    fitted = list(widths)
    while sum(fitted) > room and max(fitted) > _NARROWEST:
        widest = fitted.index(max(fitted))
        fitted[widest] -= 1
    return fitted
