"""Papers in English: the same papers, marked as translations, a plan's own words in quotes."""

from __future__ import annotations

import re

import pytest

import planengine
from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import ActionCard, Notice, Paper, Report, Sentence, TaskOrder
from planengine.papers.rendering import Templates
from tests.assessment.conftest import Small, in_force, stated
from tests.shipped import ROOT

NOTE = (
    "Working translation. The Chinese paper is the one that is signed; what stands in quotes in "
    "Chinese is in the plan's own words."
)
DAM = """levels: [{level: III, propose: office, approve: {post: chief}, duration: 48 h, basis: {source: law, clause: "4"}, when: {deaths: ≥ 1}}]
actions:
  - {id: watch, from: III, executor: health, do: 观察, within: 1 h, of: start, done-when: 报平安}
reports:
  - {id: news, from: III, by: office, to: government, within: 1 h, of: start}
"""
CHINESE = re.compile(r"[一-鿿]+")
QUOTED = re.compile(r"“[^”]*”|《[^》]*》")


def of_dam(small: Small) -> tuple[Paper, ...]:
    assessment = small.plan("dam", DAM).assess(
        stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10"
    )
    return papers_of(assessment, Choice(), "en")


def test_a_translation_says_what_the_chinese_paper_says(small: Small) -> None:
    every = of_dam(small)
    notice = next(one for one in every if isinstance(one, Notice))
    order = next(one for one in every if isinstance(one, TaskOrder) and "health" in one.head.title)
    report = next(one for one in every if isinstance(one, Report))
    assert notice.head.translation == NOTE
    assert notice.head.title == "Notice: dam plan: response is started (level III)"
    assert notice.level[0].text == "level III is in force, decided by chief on 1 Jul 2026 08:00."
    assert notice.duration.text == ("＿＿＿＿＿＿ (not told with the decision; the plan: 2 d)")
    (task,) = order.standing
    assert (task.do, task.deadline, task.verb, task.manner, task.footing_text) == (
        "“观察”",
        "by 1 Jul 09:00",
        "must",
        "order",
        "level III is in force",
    )
    assert task.details == ("done when: “报平安”",)
    assert (report.head.title, report.which) == ("Report on x (first)", "first")
    assert report.levels == (
        Sentence(
            "dam plan: in force: level III (decided by chief on 1 Jul 2026 08:00)",
            notice.level[0].clauses,
        ),
    )


def test_every_page_of_a_translation_is_marked(small: Small) -> None:
    for paper in of_dam(small):
        html = Templates().html(paper)
        assert '<html lang="en">' in html
        assert '<p class="translation">Working translation.' in html
        assert '"page " counter(page) " of " counter(pages)' in html


@pytest.mark.slow
def test_only_what_is_in_quotes_is_left_in_chinese(engine: planengine.Engine) -> None:
    incident = engine.library.read_incident(ROOT / "examples" / "flood-day.yaml")
    assessment = engine.assess(incident, at="2026-07-18T20:15:00+08:00")
    choices = (
        Choice(kinds=("notice", "warning"), plan="linjiang/flood"),
        Choice(kinds=("order", "report", "card"), plan="linjiang/flood", whose="flood-office"),
    )
    every = [paper for choice in choices for paper in papers_of(assessment, choice, "en")]
    assert {type(one) for one in every} >= {Notice, TaskOrder, Report, ActionCard}
    for paper in every:
        text = Templates().rendered(paper, "md").decode()
        left = {one for line in text.splitlines() for one in CHINESE.findall(QUOTED.sub("", line))}
        assert left == set(), (paper.head.title, sorted(left)[:10])


def test_a_chinese_paper_is_no_translation(small: Small) -> None:
    assessment = small.plan("dam", DAM).assess(
        stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10"
    )
    for paper in papers_of(assessment):
        assert paper.head.translation == ""
        assert "translation" not in Templates().html(paper).partition("</style>")[2]
