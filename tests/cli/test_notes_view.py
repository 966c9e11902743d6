"""What documents declare of themselves stands in the text: exclusions, gaps, resources."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from planengine.screens.assessment_view import view
from planengine.screens.screen import Screen

AT = "2026-07-18T12:30:00+08:00"
HIGH = {"at": AT, "object": "hankou", "facts": {"water-level": "28.4 m"}}
ONLY_RAIN = {"at": AT, "invoke": {"clause": "flood.only-waterlogging", "by": "flood-office"}}


def shown(
    engine: planengine.Engine, *observations: dict[str, Any], language: Any = "en", **options: Any
) -> str:
    incident = {"incident": "x", "hazards": ["flood", "fog"], "observations": list(observations)}
    text = view(engine.assess(incident), language, screen=Screen(1000, colour=False), **options)
    return text.replace("\u00a0", " ")


def test_a_plan_that_does_not_apply_names_the_one_to_use(engine: planengine.Engine) -> None:
    text = shown(engine, HIGH, ONLY_RAIN)
    assert (
        "! Linjiang flood and drought plan does not apply (江河湖库水情平稳，积水仅由城区降雨造成"
        in text
    )
    assert "): use Linjiang urban-waterlogging plan" in text
    assert "临江市防汛抗旱应急预案不适用（" in shown(engine, HIGH, ONLY_RAIN, language="zh")
    assert "does not apply" not in shown(engine, HIGH)


def test_a_declared_gap_is_told_with_its_basis(engine: planengine.Engine) -> None:
    text = shown(engine, HIGH, everything=True)
    assert "fog warning signal has no level blue (Measures on weather-warning signals)" in text
    clear = {"at": AT, "facts": {"visibility": "40 m"}}
    text = shown(engine, HIGH, clear, everything=True)
    assert "fog warning signal has no level blue" not in text
    assert "haze warning signal has no level blue (Notice on warnings of haze)" in text


def test_the_resources_of_a_started_plan_say_who_holds_them(engine: planengine.Engine) -> None:
    text = shown(engine, HIGH, everything=True)
    assert "sandbags 500000 条 (grain and reserves bureau, Jiangbei district)" in text
    assert (
        "generator trucks 6 台 (Linjiang power supply company, Jiangbei district, by request)"
        in text
    )
    assert "held ready:" not in shown(engine, HIGH)
    low = {"at": AT, "object": "hankou", "facts": {"water-level": "20 m"}}
    assert "sandbags" not in shown(engine, low, everything=True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_decision_for_a_part_of_the_area_says_where(
    engine: planengine.Engine, language: Any
) -> None:
    ponding = {"at": AT, "area": "jiangbei-district", "facts": {"ponding-points": 25}}
    incident = {"incident": "x", "hazards": ["urban-waterlogging"], "observations": [ponding]}
    text = view(
        engine.assess(incident), language, everything=True, screen=Screen(1000, colour=False)
    )
    where = {"en": "response @ Jiangbei district", "zh": "响应 @ 江北区"}[language]
    assert where in text.partition({"en": "Actions", "zh": "措施"}[language])[0]
