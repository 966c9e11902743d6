"""Conditions in Chinese, as a card tells them: nothing is left out, and no id shows."""

from __future__ import annotations

import pytest

import planengine
from planengine.assessment.terms_in_words import told
from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import ActionCard
from planengine.papers.wording import Wording
from tests.assessment.conftest import Small, stated
from tests.shipped import ROOT


@pytest.fixture(scope="module")
def wording(engine: planengine.Engine) -> Wording:
    return Wording(engine.assess(ROOT / "examples" / "flood-day.yaml"))


@pytest.mark.parametrize(
    ("action", "text"),
    [
        (
            "evacuate-polders",
            (
                "（不少于1处堤防有：（堤防类别为干流重要堤防或主要支流堤防，且（堤防险情，或堤防重大险情）），或不少于1处堤防有：管涌处数≥3处），"
                "或不少于1处堤防有：（堤防类别为干流重要堤防或主要支流堤防，且堤防决口），或汉口站水位≥保证水位−0.5m"
            ),
        ),
        ("breach-rescue", "堤防决口"),
        (
            "use-polder",
            (
                "（汉口站水位≥保证水位+0.2m，或不少于1处堤防有：（堤防类别为干流重要堤防或主要支流堤防，且堤防决口），"
                "或不少于1处堤防有：（堤防类别为干流重要堤防，且堤防重大险情）），且市防指指挥长批准运用民垸（由市防指指挥长认定）"
            ),
        ),
    ],
)
def test_conditions_of_the_flood_plan(
    engine: planengine.Engine, wording: Wording, action: str, text: str
) -> None:
    (found,) = [
        one
        for one in engine.library.entities.plans["linjiang/flood"][-1].actions
        if one.id == action
    ]
    assert found.when is not None
    assert told(found.when, wording.words) == text


CONDITIONS = {
    "{deaths: 3人以上10人以下}": "deaths≥3且≤9人",
    "{breach: false}": "无“breach”",
    "{any: [{deaths: ≥ 3}, {all: [{breach: true}, {level: < 2 m}]}]}": "deaths≥3人，或（breach，且water level＜2m）",
    "{at-least: {count: 2, of: [{deaths: ≥ 3}, {breach: true}, {calm: true}]}}": "下列至少2项：deaths≥3人；breach；calm",
    "{not: {breach: true}}": "不属于“breach”",
    "{expected: {within: 6 h, level: ≥ 2 m}}": "预计6小时内water level≥2m",
    "{lasting: {where: {breach: true}, is: ≥ 2 h}}": "持续2小时以上：breach",
    "{change: {of: level, is: ≥ 1 m, within: 24 h}}": "1天内water level上涨≥1m",
    "{elapsed: {since: occurrence, is: ≥ 24 h}}": "occurrence后满1天",
    "{judged: {what: it is bad, by: office}}": "it is bad（由office认定）",
    "{active.dam: II}": "dam plan已启动二级以上",
    "{count: {over: county, where: {deaths: ≥ 1}, is: ≥ 2}}": "不少于2处county有：deaths≥1人",
}


@pytest.mark.parametrize("written", CONDITIONS, ids=lambda written: written)
def test_every_kind_of_condition(small: Small, written: str) -> None:
    small.plan(
        "dam",
        f"""tracks:
  dam:
    label: {{en: dam}}
    levels: [{{level: II, duration: 48 h, approve: {{post: chief}}, when: {{deaths: ≥ 1}}}}]
actions: [{{id: watch, on: {written}, executor: health, do: watch, within: 1 h, of: met}}]
""",
    )
    assessment = small.assess(stated("08:00", deaths=1), at="08:10")
    (found,) = papers_of(assessment, Choice(kinds=("card",), whose="health"))
    assert isinstance(found, ActionCard)
    assert found.groups[0].steps[0].details == (f"情形：{CONDITIONS[written]}",)
