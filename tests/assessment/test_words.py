"""What things are called, in both languages: every kind of cell, value, time and executor."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.assessment.phrases import Language, plain
from planengine.assessment.words import Words
from planengine.domain.documents import Executor, Timing
from planengine.domain.ids import DoneOf
from planengine.rules.conditions import (
    ActCell,
    AttributeCell,
    CalendarCell,
    Cell,
    ChangeCell,
    DoneCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    LevelCell,
    OverdueCell,
    Test,
)
from planengine.values.sets import (
    COUNT,
    FALSE,
    FLAG,
    NOT_APPLICABLE_NUMBER,
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    above,
    at_least,
    at_most,
    below,
    number,
)
from tests.assessment.conftest import VOCABULARY, Small
from tests.keys import unit_key

HOUR = 3600
METRES = NumberDomain(at_least(0))
DAM = """levels: [{level: III, when: {level: ≥ 5}}]
actions: [{id: patrol, from: III, executor: office, do: {zh: 巡堤, en: patrol the dyke}}]
reports:
  - {id: up, from: III, by: office, to: government, content: [水位, 险情]}
  - {id: aside, from: III, by: office, to: [health, office]}
information:
  - {body: office, first-within: 5 h, conference-within: 24 h}
  - {id: daily, from: III, body: health, conference-within: 24 h, channels: [广播]}
links: [{id: ask, from: III, request: health, matter: 医疗队}, {from: III, report: health}]
tracks: []
"""
TRACKED = """tracks:
  wet: {label: {zh: 防汛, en: flood}, levels: [{level: II, when: {level: ≥ 5}}]}
  dry: {label: {zh: 抗旱, en: drought}, scale: warning, levels: [{level: red, when: {calm: true}}]}
information:
  - {id: damp, track: wet, from: II, body: office, first-within: 1 h}
  - {id: arid, track: dry, from: red, body: office, first-within: 1 h}
"""
MORE = """
calendars: {season: {label: {zh: 汛期, en: flood season}, yearly: [{from: "05-01", until: "10-15"}]}}
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> planengine.Library:
    small = Small(tmp_path_factory.mktemp("words"))
    vocabulary = VOCABULARY.strip() + MORE
    for old, new in (
        ("{en: deaths}", "{zh: 死亡, en: deaths}"),
        ("{en: water level}", "{zh: 水位, en: water level}"),
        ("{en: flood}", "{zh: 洪水, en: flood}"),
        ("{en: condition met}", "{zh: 条件达到, en: condition met}"),
        ("{id: red, label: {en: red}", "{id: red, label: {zh: 红色, en: red}"),
        ("{id: must, label: {en: must}", "{id: must, label: {zh: 应, en: must}"),
        ("{id: county, label: {en: county}}", "{id: county, label: {zh: 县, en: county}}"),
        ("{id: lead, label: {en: lead}}", "{id: lead, label: {zh: 牵头, en: lead}}"),
        (
            "\nscales:",
            (
                "\n  damage: {label: {zh: 损坏, en: damage}, type: category, subject: area, roll-up: none, direction: none,"
                " values: [{id: mild, label: {zh: 轻, en: slight}}, {id: grave, label: {zh: 重, en: grave}}]}\nscales:"
            ),
        ),
    ):
        assert old in vocabulary
        vocabulary = vocabulary.replace(old, new, 1)
    (small.folder / "vocabulary.yaml").write_text(vocabulary)
    small.plan("dam", DAM.replace("tracks: []\n", "")).plan("both", TRACKED)
    _label(small.folder / "plans" / "dam.yaml", "{en: dam plan}", "{zh: 大坝预案, en: dam plan}")
    _label(small.folder / "registry.yaml", "{en: North}", "{zh: 北县, en: North}")
    _label(small.folder / "registry.yaml", "{en: office}", "{zh: 办公室, en: office}")
    _label(small.folder / "sources.yaml", "{en: the law}", "{zh: 法律, en: the law}")
    return planengine.load(small.folder)


def _label(path: Path, old: str, new: str) -> None:
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))


def words(library: planengine.Library, language: Language) -> Words:
    return Words(library.entities, language)


DEATHS = FactCell("deaths", "city", COUNT)
LEVEL = FactCell("level", "city", METRES)
RANKS = NumberDomain(NumberSet((Interval(0, 3),)), integer=True)
RESPONSE = LevelCell(unit_key("city/dam@city"), "recommended", RANKS)
DAMAGE = FactCell("damage", "city", ChoiceDomain(("mild", "grave")))


@pytest.mark.parametrize(
    ("cell", "name", "place"),
    [
        (DEATHS, "deaths", ""),
        (FactCell("deaths", "incident", COUNT), "deaths", ""),
        (FactCell("deaths", "north", COUNT), "deaths", "North"),
        (ForecastCell("level", "north", 6 * HOUR, METRES), "water level expected within 6 h", "North"),
        (
            ForecastCell("calm", "north", 6 * HOUR, FLAG, accepts=TRUE),
            "calm = yes expected within 6 h",
            "North",
        ),
        (ChangeCell("level", "north", 6 * HOUR, False, METRES), "rise of water level within 6 h", "North"),
        (LevelCell(unit_key("city/both/dry@north"), "active", RANKS), "both plan·drought (in force)", "North"),
        (ActCell("bad", "north"), "bad", "North"),
        (ActCell("bad"), "bad", ""),
        (OverdueCell("action", "city/dam", "patrol", "north"), "“patrol the dyke” overdue", "North"),
        (ElapsedCell("met"), "time since condition met", ""),
        (CalendarCell("season"), "flood season", ""),
    ],
)  # fmt: skip
def test_name_and_place_of_what_a_cell_asks(
    library: planengine.Library, cell: Cell, name: str, place: str
) -> None:
    assert words(library, "en").name_and_place(cell) == (name, place)


@pytest.mark.parametrize(
    ("cell", "zh", "en"),
    [
        (DEATHS, "死亡", "deaths"),
        (FactCell("deaths", "north", COUNT), "死亡 @ 北县", "deaths @ North"),
        (FactCell("deaths", "incident", COUNT), "死亡", "deaths"),
        (ForecastCell("level", "city", 24 * HOUR, METRES), "1天内预计水位", "water level expected within 1 d"),
        (
            ForecastCell("level", "north", 6 * HOUR, METRES, accepts=at_least(5)),
            "6小时内预计水位 @ 北县 ≥ 5 m",
            "water level @ North ≥ 5 m expected within 6 h",
        ),
        (ChangeCell("level", "city", 1800, False, METRES), "30分钟内水位上涨", "rise of water level within 30 min"),
        (ChangeCell("level", "north", HOUR, True, METRES), "1小时内水位 @ 北县下降", "fall of water level @ North within 1 h"),
        (AttributeCell("stage", "north", METRES), "stage @ 北县", "stage @ North"),
        (AttributeCell("stage", "city", METRES, "level"), "水位 − stage", "water level − stage"),
        (ElapsedCell("met"), "距条件达到", "time since condition met"),
        (
            LastingCell(Test(LEVEL, at_least(5)), 2 * HOUR),
            "持续2小时：水位 ≥ 5 m",
            "for 2 h: water level ≥ 5 m",
        ),
        (
            LastingCell(Test(LEVEL, at_least(5)), 24 * HOUR + 1),
            "持续超过1天：水位 ≥ 5 m",
            "for more than 1 d: water level ≥ 5 m",
        ),
        (RESPONSE, "大坝预案（研判）", "dam plan (recommended)"),
        (LevelCell(unit_key("city/dam@north"), "active", RANKS), "大坝预案 @ 北县（已启动）", "dam plan @ North (in force)"),
        (LevelCell(unit_key("city/both/dry@city"), "obliged", RANKS), "both plan·抗旱（应启动）", "both plan·drought (obliged)"),
        (LevelCell(unit_key("warning:city/dam@city"), "computed", RANKS), "大坝预案", "dam plan"),
        (ActCell("dam.II.judged-1"), "dam.II.judged-1", "dam.II.judged-1"),
        (ActCell("bad", "north"), "bad @ 北县", "bad @ North"),
        (DoneCell("action", "city/dam", "patrol"), "“巡堤”已完成", "“patrol the dyke” done"),
        (OverdueCell("action", "city/dam", "patrol", "north"), "“巡堤”已超时 @ 北县", "“patrol the dyke” overdue @ North"),
        (DoneCell("action", "city/dam", "other"), "“other”已完成", "“other” done"),
        (DoneCell("report", "city/dam", "up"), "“大坝预案报告（报government：水位、险情）”已完成", "“report of dam plan (to government: 水位, 险情)” done"),
        (DoneCell("report", "city/dam", "aside"), "“大坝预案报告（报health、办公室）”已完成", "“report of dam plan (to health, office)” done"),
        (OverdueCell("report", "city/dam", "ask"), "“大坝预案报告（报health：医疗队）”已超时", "“report of dam plan (to health: 医疗队)” overdue"),
        (OverdueCell("report", "city/dam", "link-2"), "“大坝预案报告（报health）”已超时", "“report of dam plan (to health)” overdue"),
        (OverdueCell("report", "city/dam", "lost"), "“大坝预案报告（lost）”已超时", "“report of dam plan (lost)” overdue"),
        (DoneCell("release", "city/dam", "first"), "“大坝预案首次信息发布”已完成", "“first release of dam plan” done"),
        (DoneCell("release", "city/dam", "conference"), "“大坝预案新闻发布会（办公室）”已完成", "“press conference of dam plan (office)” done"),
        (DoneCell("release", "city/dam", "daily"), "“大坝预案新闻发布会（health、三级、广播）”已完成", "“press conference of dam plan (health, level III, 广播)” done"),
        (DoneCell("release", "city/both", "damp"), "“both plan首次信息发布（办公室、二级）”已完成", "“first release of both plan (office, level II)” done"),
        (DoneCell("release", "city/both", "arid"), "“both plan首次信息发布（办公室、红色）”已完成", "“first release of both plan (office, red)” done"),
        (DoneCell("release", "city/dam", "lost"), "“大坝预案信息发布（lost）”已完成", "“release of dam plan (lost)” done"),
        (CalendarCell("season"), "汛期", "flood season"),
        (HazardCell("flood"), "灾种：洪水", "hazard: flood"),
        (HazardCell("unknown"), "灾种：unknown", "hazard: unknown"),
    ],
)  # fmt: skip
def test_cells(library: planengine.Library, cell: Cell, zh: str, en: str) -> None:
    assert words(library, "zh").cell(cell) == zh
    assert words(library, "en").cell(cell) == en


def between(low: Any, high: Any, *closed: bool) -> NumberSet:
    return NumberSet((Interval(low, high, *closed),))


@pytest.mark.parametrize(
    ("cell", "value", "zh", "en"),
    [
        (DEATHS, number(3), "3 人", "3"),
        (DEATHS, COUNT.everything, "不详", "unknown"),
        (DEATHS, at_least(3), "≥ 3 人", "≥ 3"),
        (DEATHS, between(3, 9), "[3..9] 人", "[3..9]"),
        (DEATHS, number(3) | number(5), "3 或 5 人", "3 or 5"),
        (DEATHS, NOT_APPLICABLE_NUMBER, "不适用", "n/a"),
        (LEVEL, above(Fraction(51, 2)), "> 25.5 m", "> 25.5 m"),
        (LEVEL, below(5), "< 5 m", "< 5 m"),
        (LEVEL, at_most(5), "≤ 5 m", "≤ 5 m"),
        (LEVEL, between(3, 9, False, False), "(3..9) m", "(3..9) m"),
        (ElapsedCell("met"), at_least(2 * HOUR), "≥ 2小时", "≥ 2 h"),
        (ElapsedCell("met"), number(90), "90秒", "90 s"),
        (CalendarCell("season"), TRUE, "是", "yes"),
        (CalendarCell("season"), FALSE, "否", "no"),
        (CalendarCell("season"), FLAG.everything, "不详", "unknown"),
        (CalendarCell("season"), ChoiceSet(frozenset({True, False})), "不详", "unknown"),
        (DAMAGE, ChoiceSet(frozenset({"grave"})), "重", "grave"),
        (DAMAGE, ChoiceSet(frozenset({"grave", "mild"})), "轻 或 重", "slight or grave"),
        (DAMAGE, ChoiceSet(frozenset(), True), "不适用", "n/a"),
        (DAMAGE, DAMAGE.domain.everything, "不详", "unknown"),
        (LevelCell(unit_key("city/lost@city"), "active", RANKS), number(2), "2", "2"),
        (RESPONSE, number(0), "无", "none"),
        (RESPONSE, number(1), "level III", "level III"),
        (RESPONSE, number(3), "一级", "level I"),
        (RESPONSE, between(2, 3), "≥ 二级", "≥ level II"),
        (RESPONSE, between(0, 1), "无 或 level III", "none or level III"),
        (RESPONSE, between(0, 3), "不详", "unknown"),
        (LevelCell(unit_key("city/both/wet@city"), "active", RANKS), number(1), "level III", "level III"),
        (LevelCell(unit_key("city/both/dry@city"), "active", RANKS), number(2), "红色", "red"),
    ],
)  # fmt: skip
def test_values(library: planengine.Library, cell: Cell, value: Any, zh: str, en: str) -> None:
    zh = zh.replace("level III", "三级")
    assert words(library, "zh").value(cell, value) == zh
    assert words(library, "en").value(cell, value) == en


def test_what_is_known_of_a_level_and_what_is_asked(library: planengine.Library) -> None:
    zh, en = words(library, "zh"), words(library, "en")
    assert en.known(RESPONSE, between(1, 3)) == "certain level III, could reach level I"
    assert zh.known(RESPONSE, between(1, 3)) == "确定三级，可能达到一级"
    assert en.known(RESPONSE, number(2)) == "level II"
    assert en.known(DEATHS, at_least(2)) == "≥ 2"
    assert en.test(DEATHS, at_least(30)) == "deaths ≥ 30"
    assert en.test(DEATHS, number(3)) == "deaths = 3"
    assert zh.test(DAMAGE, ChoiceSet(frozenset({"mild"}))) == "损坏 = 轻"
    assert en.test(LEVEL, below(5)) == "water level < 5 m"


@pytest.mark.parametrize(
    ("timing", "zh", "en"),
    [
        (Timing("within", HOUR, "met"), "条件达到后1小时内", "within 1 h of condition met"),
        (Timing("within", 0, "met"), "条件达到后立即", "at once on condition met"),
        (Timing("before", 1800, "met"), "条件达到前30分钟", "30 min before condition met"),
        (Timing("times", 0, "met", times=3), "条件达到后3次", "3 times from condition met"),
        (Timing("within", HOUR, DoneOf("city/dam", "patrol")), "“巡堤”完成后1小时内", "within 1 h of the end of “patrol the dyke”"),
        (Timing("clock", 0, "met", clock=(8 * HOUR, 72000)), "条件达到后的8:00、20:00", "8:00, 20:00 after condition met"),
        (Timing("clock", 0, "met", repeat=86_400, clock=(8 * HOUR,)), "每日8:00", "every day at 8:00"),
        (Timing("within", HOUR, "met", repeat=2 * HOUR), "条件达到后1小时内，每2小时一次", "within 1 h of condition met, every 2 h"),
    ],
)  # fmt: skip
def test_limits(library: planengine.Library, timing: Timing, zh: str, en: str) -> None:
    assert words(library, "zh").timing(timing) == zh
    assert words(library, "en").timing(timing) == en


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (1, "1秒", "1 s"), (60, "1分钟", "1 min"), (90, "90秒", "90 s"), (HOUR, "1小时", "1 h"),
        (36 * HOUR, "36小时", "36 h"), (24 * HOUR, "1天", "1 d"), (172_800, "2天", "2 d"),
    ],
)  # fmt: skip
def test_lengths_of_time(library: planengine.Library, seconds: int, zh: str, en: str) -> None:
    assert words(library, "zh").duration(seconds) == zh
    assert words(library, "en").duration(seconds) == en


def test_who_acts(library: planengine.Library) -> None:
    zh, en = words(library, "zh"), words(library, "en")
    office, chief = Executor("agency", "office"), Executor("post", "chief")
    assert (zh.executor(office), en.executor(office)) == ("办公室", "office")
    either = Executor("agency", "office", (chief,))
    assert (zh.executor(either), en.executor(either)) == ("办公室 或 chief", "office or chief")
    both = Executor("agency", "office", (chief,), jointly=True)
    assert (zh.executor(both), en.executor(both)) == ("办公室、chief", "office, chief")
    counties = Executor("areas", "county")
    assert zh.executor(counties) == "受影响的各县政府"
    assert en.executor(counties) == "the government of each affected county"
    leads, members = Executor("members", "lead"), Executor("members", "")
    assert (zh.executor(leads), en.executor(leads)) == (
        "各成员单位（牵头）",
        "each member body (lead)",
    )
    assert (zh.executor(members), en.executor(members)) == ("各成员单位", "each member body")


@pytest.mark.parametrize(
    ("name", "zh"),
    [
        ("office", "办公室"), ("chief", "chief"), ("county-hq", "county headquarters"),
        ("north", "北县"), ("deaths", "死亡"), ("flood", "洪水"), ("must", "应"),
        ("response", "response"), ("law", "法律"), ("season", "汛期"), ("met", "条件达到"),
        ("city/dam", "大坝预案"), ("lead", "牵头"), ("county", "县"), ("nobody", "nobody"),
    ],
)  # fmt: skip
def test_names(library: planengine.Library, name: str, zh: str) -> None:
    assert words(library, "zh").named(name) == zh


def test_levels_sources_times(library: planengine.Library) -> None:
    zh = words(library, "zh")
    assert (zh.level("warning", "red"), zh.level("warning", "blue")) == ("红色", "blue")
    assert (zh.level("warning", None), zh.level("warning", "pink")) == ("无", "pink")
    assert [zh.source(name) for name in ("law", "dam", "lost")] == ["法律", "大坝预案", "lost"]
    assert [zh.verb("must"), zh.moment("met"), zh.place("north")] == ["应", "条件达到", "北县"]
    assert zh.time(None) == "—"
    assert zh.time(1_782_864_000) == "07-01 08:00"
    assert zh.time(1_782_864_001) == "07-01 08:00:01"
    assert zh.full_time(1_782_864_000) == "2026-07-01T08:00:00+08:00"
    assert [plain(one) for one in (12, Fraction(253, 10), 50_000_000, 2.5)] == [
        "12",
        "25.3",
        "50000000",
        "2.5",
    ]
    assert plain(Fraction(1, 3)) == "0.3333333333"
    assert plain(inf) == "inf"
