"""The rows of `planengine list rules`: what authors wrote, by the ids that answers give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from planengine.diagnostics import Text

if TYPE_CHECKING:
    from planengine.cli.language import Language, Say
    from planengine.cli.list_rows import Row
    from planengine.domain.entities import Entities
    from planengine.domain.written import WrittenKind

KIND_WORDS: dict[WrittenKind, Text] = {
    "document": Text("document", "文件"),
    "level": Text("level", "级别"),
    "measure": Text("measure", "预警措施"),
    "cell": Text("table cell", "表格单元"),
    "mapping": Text("levels from another decision", "按对应关系定级"),
    "raise": Text("raising", "提级"),
    "provided": Text("precondition", "前提"),
    "lower": Text("lowering", "降级"),
    "end": Text("ending", "终止"),
    "applies": Text("applies when", "适用条件"),
    "exclusion": Text("does not apply when", "不适用情形"),
    "action": Text("action", "措施"),
    "report": Text("report", "报告"),
    "release": Text("release", "信息发布"),
    "link": Text("link", "联动"),
    "alternative": Text("alternative", "并列情形"),
    "count": Text("count", "计数"),
    "leaf": Text("condition", "条件"),
}


def rule_rows(
    entities: Entities, documents: frozenset[str] | None, language: Language
) -> list[Row]:
    """One row to everything that has a rule id, in the authors' order.

    `documents` are those that are asked for; None: all.
    """
    return [
        {
            "id": one.id,
            "label": KIND_WORDS[one.kind].zh if language == "zh" else KIND_WORDS[one.kind].en,
            "kind": one.kind,
            "document": one.document,
            "edition": one.edition,
            "track": one.track or "",
            "level": one.level or "",
            "item": one.item or "",
            "text": one.text,
            "place": "" if one.span is None else str(one.span),
            "within": one.within or "",
        }
        for one in entities.written.values()
        if documents is None or one.document in documents
    ]


def documents_meant(entities: Entities, text: str, say: Say) -> frozenset[str]:
    """The plans or the standard that a name means; raises `UsageError` where it means none."""
    from planengine.domain.plan_names import PLAN, plans_named

    names = entities.names
    found = frozenset((*plans_named(names, text), *names.find("standard", text)))
    if found:
        return found
    nearest = names.suggest(PLAN, text) or names.suggest("standard", text)
    hint = say(f"；是否要写 {nearest}？", f": did you mean {nearest}?") if nearest else ""
    raise click.UsageError(
        say(f"没有预案或标准“{text}”", f"there is no plan or standard `{text}`") + hint
    )
