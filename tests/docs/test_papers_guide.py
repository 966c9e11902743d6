"""The guide of papers: its template works as shown, and is the same in both languages."""

from __future__ import annotations

from pathlib import Path

import planengine
from planengine.papers.papers import Choice, papers_of
from planengine.papers.rendering import Templates
from tests.docs.blocks import DOCS, ROOT, blocks

GUIDE = DOCS / "guide" / "papers.md"
TRANSLATION = DOCS / "guide" / "papers.zh-CN.md"


def test_the_template_shown_makes_a_notice(engine: planengine.Engine, tmp_path: Path) -> None:
    (shown,) = blocks(GUIDE, "jinja")
    assert [one.text for one in blocks(TRANSLATION, "jinja")] == [shown.text]
    (tmp_path / "notice.html.j2").write_text(shown.text, "utf-8")
    assessment = engine.assess(ROOT / "examples" / "flood-day.yaml", at="2026-07-19T10:15:00+08:00")
    (notice,) = papers_of(assessment, Choice(kinds=("notice",), plan="linjiang/flood"))
    markdown = Templates(tmp_path).rendered(notice, "md").decode()
    assert [line for line in markdown.splitlines() if line.startswith("#")] == [
        "# 关于启动《临江市防汛抗旱应急预案》防汛应急响应（一级）的通知",
        "## 响应级别",
        "## 预计期限",
        "## 措施",
    ]


def test_the_templates_named_are_those_there_are() -> None:
    folder = ROOT / "src" / "planengine" / "papers" / "templates"
    for page in (GUIDE, TRANSLATION):
        text = page.read_text("utf-8")
        assert all(f"`{path.name}`" in text for path in folder.glob("*.j2"))


def test_the_marks_explained_are_the_same_in_both_languages() -> None:
    marks = (
        "已启动",
        "建议",
        "据报可达",
        "待核实",
        "待人决定",
        "（未核实）",
        "估计",
        "预报",
        "矛盾",
        "不详",
        "推定",
    )
    for page in (GUIDE, TRANSLATION):
        text = page.read_text("utf-8")
        assert [mark for mark in marks if mark not in text] == []
