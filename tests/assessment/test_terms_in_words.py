"""Conditions in words of both languages: nothing that was written is left out."""

from __future__ import annotations

import pytest

from planengine.assessment.terms_in_words import told
from planengine.assessment.words import Words
from planengine.domain.ids import Origin
from planengine.domain.terms import HERE, AttributeTerm
from planengine.values.sets import ChoiceSet, ValueSet, above
from tests.assessment.conftest import Small

# what was written, and how it is told in Chinese and in English
CONDITIONS = {
    "{level: '> 2 m'}": (
        "water level＞2m", "water level >2 m"),
    "{level@north: ≥ 2 m}": (
        "Northwater level≥2m", "North water level ≥2 m"),
    "{any: [{deaths: ≥ 3}, {all: [{breach: true}, {calm: false}]}]}": (
        "deaths≥3人，或（breach，且无“calm”）", "deaths ≥3 or (breach and no “calm”)"),
    "{at-least: {count: 2, of: [{breach: true}, {calm: true}, {at-least: {count: 1, of: [{deaths: ≥ 3}, {level: ≥ 2 m}]}}]}}": (
        "下列至少2项：breach；calm；（下列至少1项：deaths≥3人；water level≥2m）",
        "at least 2 of: breach; calm; (at least 1 of: deaths ≥3; water level ≥2 m)"),
    "{expected: {within: 24 h, covering: 18 h, level: ≥ 2 m}}": (
        "预计1天内water level（有18小时的预报即可）≥2m",
        "water level expected within 1 d (forecasts for 18 h are enough) ≥2 m"),
    "{expected: {days: 2, level: ≥ 2 m}}": (
        "第1天（今天为第1天）预计water level≥2m，且第2天（今天为第1天）预计water level≥2m",
        "water level expected on day 1 (today is 1) ≥2 m and water level expected on day 2 (today is 1) ≥2 m"),
    "{deaths: n/a}": (
        "deaths不适用",
        "deaths n/a"),
    "{not: {active.dam/dry: {exactly: II}}}": (
        "不属于“dam plandrought已启动二级”",
        "not “dam plan drought in force level II”"),
    "{active.dam/dry: {exactly: none}}": (
        "dam plandrought已启动无",
        "dam plan drought in force none"),
    "{lasting: {where: {breach: true}, is: '> 2 h'}}": (
        "持续超过2小时：breach",
        "for more than 2 h: breach"),
    "{done: a0}": (
        "“act”已完成",
        "“act” done"),
    "{lasting: {where: {breach: true}, is: ≥ 2 h, gaps-under: 10 min}}": (
        "持续2小时以上（中断不足10分钟不计）：breach",
        "for 2 h or more (gaps under 10 min do not count): breach"),
    "{elapsed: {since: occurrence, is: ≥ 24 h}}": (
        "occurrence后满1天", "1 d after occurrence"),
    "{elapsed: {since: occurrence, is: '> 24 h'}}": (
        "距occurrence＞1天", "time since occurrence >1 d"),
    "{elapsed: {since: occurrence, is: < 24 h}}": (
        "距occurrence＜1天", "time since occurrence <1 d"),
    "{change: {of: level, is: ≥ 1 m, within: 24 h}}": (
        "1天内water level上涨≥1m", "water level rises by ≥1 m within 1 d"),
    "{active.dam: II}": (
        "dam plan已启动二级以上", "dam plan in force level II or worse"),
    "{active.dam/dry: II}": (
        "dam plandrought已启动二级以上", "dam plan drought in force level II or worse"),
    "{response.dam/dry: II}": (
        "dam plandrought研判或已启动二级以上",
        "dam plan drought recommended or in force level II or worse"),
    "{active.dam/dry: {exactly: II}}": (
        "dam plandrought已启动二级", "dam plan drought in force level II"),
    "{count: {over: county, in: north, where: {deaths: ≥ 1}, is: ≥ 2}}": (
        "不少于2处Northcounty有：deaths≥1人", "at least 2 of North county with: deaths ≥1"),
    "{count: {over: county, where: {deaths: ≥ 1}, is: < 2}}": (
        "不少于0且≤1处county有：deaths≥1人", "at least 0 and ≤1 of county with: deaths ≥1"),
}  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    return Small(tmp_path_factory.mktemp("terms"))


@pytest.fixture(scope="module")
def terms(small: Small) -> dict[str, tuple[str, str]]:
    """Every condition as it is told, from one library."""
    level = "levels: [{level: II, duration: 48 h, approve: {post: chief}, when: {deaths: ≥ 1}}]"
    actions = "\n".join(
        f"  - {{id: a{number}, on: {written}, executor: health, do: act, within: 1 h, of: met}}"
        for number, written in enumerate(CONDITIONS)
    )
    small.plan(
        "dam",
        f"""tracks:
  wet: {{label: {{en: flood}}, {level}}}
  dry: {{label: {{en: drought}}, {level}}}
actions:
{actions}
""",
    )
    entities = small.engine().library.entities
    made = entities.plans["city/dam"][-1].actions
    return {
        written: (told(one.on, Words(entities, "zh")), told(one.on, Words(entities, "en")))
        for written, one in zip(CONDITIONS, made, strict=True)
        if one.on is not None
    }


@pytest.mark.parametrize("written", CONDITIONS)
def test_a_condition_is_told_whole(terms: dict[str, tuple[str, str]], written: str) -> None:
    assert terms[written] == CONDITIONS[written]


@pytest.mark.parametrize(
    ("bound", "zh", "en"),
    [
        (ChoiceSet(frozenset({True})), "gated", "gated"),
        (ChoiceSet(frozenset({False})), "非gated", "not gated"),
        (ChoiceSet(frozenset({True}), na=True), "gated为是或不适用", "gated yes or n/a"),
        (ChoiceSet(frozenset({"a", "b"})), "gated为a或b", "gated a or b"),
        (above(12000), "gated＞12,000", "gated >12,000"),
    ],
)
def test_an_attribute_is_told_whole(small: Small, bound: ValueSet, zh: str, en: str) -> None:
    entities = small.engine().library.entities
    term = AttributeTerm("gated", HERE, bound, Origin(""))
    assert (told(term, Words(entities, "zh")), told(term, Words(entities, "en"))) == (zh, en)
