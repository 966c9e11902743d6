"""What tests cover in words: on a terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from planengine.scenarios.coverage import Coverage, Covered, Mark
from planengine.scenarios.words import Telling
from planengine.screens.screen import BOLD, DIM, GREEN, RED, YELLOW, Screen, width_of

VERSION = 1
_KINDS = {
    "level": ("级别", "level"), "cell": ("表格单元", "table cell"), "mapping": ("对应", "mapping"),
    "raise": ("提级", "raise"), "link": ("联动", "link"), "action": ("措施", "action"),
    "report": ("报告", "report"), "release": ("发布", "release"), "leaf": ("条件", "condition"),
}  # fmt: skip
_MOST_NAMES = 44


def mark_text(telling: Telling, written_kind: str, mark: Mark) -> str:
    """What a mark says."""
    is_duty = written_kind in {"action", "report", "release"}
    if mark.side in {"true", "false"}:
        if is_duty:
            words = ("应办", "owed") if mark.side == "true" else ("不应办", "not owed")
        else:
            words = ("成立", "held") if mark.side == "true" else ("不成立", "did not hold")
        return telling.say(*words)
    if is_duty:
        if mark.side == "at":
            return telling.say("最低级别应办", "owed at its mildest level")
        return telling.say("再低一级不应办", "not owed one level milder")
    zh, en = ("下限", "lower end") if mark.number % 2 else ("上限", "upper end")
    if mark.side == "at":
        return telling.say(f"{zh}值", f"at its {en}")
    return telling.say(f"{zh}旁", f"beside its {en}")


def kind_text(telling: Telling, one: Covered) -> str:
    """What kind of thing is covered."""
    kind = one.written.kind
    return telling.say(*_KINDS.get(kind, (kind, kind)))


def by_document(coverage: Coverage) -> dict[tuple[str, str], Coverage]:
    """The coverage of each edition of a document, in the order of the library."""
    found: dict[tuple[str, str], list[Covered]] = {}
    for one in coverage.items:
        found.setdefault((one.written.document, one.written.edition), []).append(one)
    return {key: Coverage(tuple(items)) for key, items in found.items()}


def percent_text(one: Coverage) -> str:
    """A share that reads 100 only where nothing is missing."""
    percent = one.percent
    return f"{min(percent, 99.9) if one.made < one.marks else percent:.1f} %"


def show_coverage(coverage: Coverage, telling: Telling, screen: Screen) -> None:
    """One line for each document, and the sum."""
    rows = by_document(coverage)
    screen.blank()
    screen.line((telling.say("规则覆盖", "Rule coverage"), BOLD))
    editions = _editions(rows)
    names = [_name(telling, key, editions) for key in rows]
    width = min(max(map(width_of, names), default=0), _MOST_NAMES)
    for name, one in zip(names, rows.values(), strict=True):
        style = GREEN if one.made == one.marks else YELLOW if one.made else RED
        screen.row(
            [
                [[(name, "")]],
                [[(percent_text(one).rjust(8), style)]],
                [[(f"{one.made}/{one.marks}", DIM)]],
            ],
            [width, 8, 12],
        )
    total = telling.say(
        f"共 {coverage.marks} 处，已覆盖 {coverage.made} 处：{percent_text(coverage)}",
        f"{coverage.made} of {coverage.marks} covered: {percent_text(coverage)}",
    )
    screen.line((total, BOLD))


def _editions(keys: Iterable[tuple[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for document, _ in keys:
        found[document] = found.get(document, 0) + 1
    return found


def _name(telling: Telling, key: tuple[str, str], editions: dict[str, int]) -> str:
    document, edition = key
    label = telling.words.document(document)
    return f"{label} {edition}" if editions[document] > 1 else label


def as_data(coverage: Coverage) -> dict[str, Any]:
    """Coverage as plain data: counts, and each thing written with what it has and lacks."""
    return {
        "schema": VERSION,
        "marks": coverage.marks,
        "covered": coverage.made,
        "percent": round(coverage.percent, 2),
        "documents": [
            {
                "document": document,
                "edition": edition,
                "marks": one.marks,
                "covered": one.made,
                "items": [_item(item) for item in one.items],
            }
            for (document, edition), one in by_document(coverage).items()
        ],
    }


def _item(one: Covered) -> dict[str, Any]:
    written, span = one.written, one.written.span
    place = None
    if span is not None:
        place = {"file": span.file, "line": span.line, "column": span.column}
    return {
        "id": written.id,
        "kind": written.kind,
        "level": written.level,
        "text": written.text,
        "place": place,
        "covered": _marks(mark for mark in one.marks if mark in one.made),
        "missing": _marks(one.missing),
    }


def _marks(marks: Iterable[Mark] | Sequence[Mark]) -> list[str]:
    return [f"{one.side}:{one.number}" if one.number else one.side for one in marks]
