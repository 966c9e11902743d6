"""What the page holds, by value; and that nothing in a library can break out of it."""

from __future__ import annotations

import json
import re
import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from planengine.atlas.matter import Matter
from planengine.atlas.page import page_data, to_page
from planengine.cli.read_library import read
from planengine.rules.walk import cells_of
from tests.atlas.conftest import matter_of
from tests.linking.libraries import BASE

FLOOD = "level:river-city/flood/flood@river-city"
DROUGHT = "level:river-city/flood/drought@river-city"
ACCIDENT = "level:accident@river-city"
PLAN = "level:river-city/accident-response@river-city"


@pytest.fixture(scope="module")
def data(matter: Matter) -> dict[str, Any]:
    return page_data(matter)


def asked(scene: dict[str, Any], language: str) -> set[tuple[str, str, str]]:
    """From what to what its lines run, and what is asked."""
    return {(one["a"], one["b"], one["text"][language]) for one in scene["lines"]}


def test_every_threshold_of_a_plan_is_on_a_line_of_its_picture(data: dict[str, Any]) -> None:
    high = "≥ 25.3 m (Bridge station)"
    assert asked(data["scenes"]["plan=river-city/flood"], "en") == {
        ("fact:dyke-breach", f"{FLOOD}:I", "= yes"),
        ("fact:dyke-breach", f"{FLOOD}:II", "= yes"),
        ("fact:water-level", f"{FLOOD}:I", high),
        ("fact:water-level", f"{FLOOD}:II", high),
        ("fact:rainfall", f"{FLOOD}:I", "≥ 50 mm"),
        ("fact:rainfall", f"{FLOOD}:II", "≥ 50 mm"),
        ("clause:flood.I.judged-1", f"{FLOOD}:I", ""),
        ("clause:flood.I.judged-1", f"{FLOOD}:II", ""),
        ("other:festival", f"{FLOOD}:I", "festival = yes"),
        ("other:festival", f"{FLOOD}:II", "festival = yes"),
        (f"{ACCIDENT}:serious", f"{DROUGHT}:I", "serious"),
        (f"{ACCIDENT}:large", f"{DROUGHT}:II", "large"),
        ("level:rain@north-county:red", "level:warning:river-city/flood/flood@river-city:red", "red"),
        (f"{FLOOD}:II", f"{PLAN}:III", "≥ Level II"),
    }  # fmt: skip


def test_forecasts_and_places_are_told_in_both_languages(data: dict[str, Any]) -> None:
    rain = data["scenes"]["plan=rain"]
    level = "level:rain@north-county:blue"
    assert ("fact:rainfall", level, "expected within 12 h ≥ 50 mm (North county)") in asked(
        rain, "en"
    )
    assert ("fact:rainfall", level, "12小时内预计 ≥ 50 mm（北县）") in asked(rain, "zh")


def test_every_level_is_there_in_its_colour(data: dict[str, Any], matter: Matter) -> None:
    levels = {
        f"level:{unit.id}:{level.id}"
        for group in matter.groups
        for unit in [group.unit]
        for level in unit.scale.levels
    }
    assert set(data["levels"]) == levels
    for key in matter.of_document:
        scene = data["scenes"][f"plan={key}"]
        own = {level for group in matter.of_document[key] for level in group.levels}
        assert own <= {box["key"] for box in scene["boxes"]}
    rain = [data["levels"][f"level:rain@north-county:{one}"]["colour"] for one in ("red", "blue")]
    assert rain == ["#c62828", "#2f6fb7"]
    grades = [data["levels"][f"{ACCIDENT}:{one}"]["colour"] for one in ("serious", "large", "ordinary")]  # fmt: skip
    assert grades == ["#c62828", "#ef8a17", "#f7d038"]


def test_every_fact_that_rules_read_has_a_view_with_all_its_readers(
    data: dict[str, Any], matter: Matter
) -> None:
    for group in matter.groups:
        for rule in group.unit.rules:
            level = group.unit.scale.by_rank(rule.rank)
            assert level is not None
            for cell in cells_of(rule.condition):
                fact = getattr(cell, "fact", None)
                if fact is not None:
                    lines = data["scenes"][f"source=fact:{fact}"]["lines"]
                    assert f"level:{group.unit.id}:{level.id}" in {one["b"] for one in lines}


def test_a_click_on_a_level_opens_its_text_its_basis_and_its_meaning(data: dict[str, Any]) -> None:
    level = data["levels"][f"{FLOOD}:I"]
    rule = level["rules"][0]
    assert rule["text"].splitlines()[0] == "- level: I"
    assert rule["text"].splitlines()[-1].strip() == (
        "when: {any: [danger, {judged: {what: 认定需要启动, by: flood-hq}}]}"
    )
    assert rule["place"] == "plans/flood.yaml:24:16"
    assert rule["words"]["en"] == [
        (0, "any of:"),
        (1, "dyke breach = yes"),
        (1, "water level @ Bridge station ≥ 25.3 m"),
        (1, "认定需要启动 = yes"),
    ]
    assert [one["source"]["en"] for one in rule["basis"]] == ["city flood plan"]
    assert [one["label"]["zh"] for one in level["brings"]] == ["加密巡堤"]
    fact = data["sources"]["fact:deaths"]
    assert fact["text"].startswith("deaths: {label: {zh: 死亡人数, en: deaths}")
    assert "\n" not in fact["text"]


def test_the_library_shows_every_document_and_which_move_which(data: dict[str, Any]) -> None:
    scene = data["scenes"]["library"]
    assert {box["key"] for box in scene["boxes"]} == set(data["documents"])
    assert {(one["a"], one["b"], one["kind"]) for one in scene["lines"]} == {
        ("accident", "river-city/accident-response", "levels"),
        ("accident", "river-city/flood", "levels"),
        ("rain", "river-city/flood", "levels"),
        ("quake", "river-city/quake", "levels"),
        ("river-city/flood", "river-city/accident-response", "levels"),
        ("river-city/flood", "river-city/accident-response", "cascade"),
        ("river-city/flood", "accident", "cascade"),
    }


def test_no_two_boxes_of_a_view_overlap(data: dict[str, Any]) -> None:
    for name, scene in data["scenes"].items():
        for one, two in combinations(scene["boxes"], 2):
            apart = (
                one["x"] + one["w"] <= two["x"] + 0.2
                or two["x"] + two["w"] <= one["x"] + 0.2
                or one["y"] + one["h"] <= two["y"] + 0.2
                or two["y"] + two["h"] <= one["y"] + 0.2
            )
            assert apart, (name, one["key"], two["key"])


def test_the_page_holds_its_data_and_nothing_from_elsewhere(data: dict[str, Any]) -> None:
    page = to_page(data, language="zh", view="plan=river-city/flood")
    held = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert held is not None
    again = json.loads(held[1])
    assert (again["language"], again["view"]) == ("zh", "plan=river-city/flood")
    assert again["levels"][f"{FLOOD}:I"]["label"] == {"zh": "一级", "en": "Level I"}
    program = page.replace(held[0], "").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|\bsrc=|\bimport\b|innerHTML|eval\(|fetch\(", program)
    assert "default-src 'none'" in page


def test_a_view_that_there_is_not_is_the_library(data: dict[str, Any]) -> None:
    assert '"view":"library"' in to_page(data, language="en", view="plan=nowhere")


@pytest.mark.parametrize(
    "label", ["</script><script>alert(1)</script>", "<!--<script>", "&lt;b&gt;'\""]
)
def test_labels_cannot_break_out_of_the_page(tmp_path: Path, label: str) -> None:
    copy = tmp_path / "base"
    shutil.copytree(BASE, copy)
    path = copy / "rules" / "vocabulary.yaml"
    text = path.read_text("utf-8")
    written = json.dumps(label, ensure_ascii=True)
    path.write_text(text.replace("zh: 死亡人数", f"zh: {written}"), "utf-8")
    page = to_page(page_data(matter_of(read(copy, "en"))), language="zh")
    assert page.count("<script") == page.count("</script>") == 2
    assert "<!--" not in page
    held = page.split('id="data">')[1].split("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(held)
    assert json.loads(held)["sources"]["fact:deaths"]["label"]["zh"] == label


def test_the_same_page_every_time(data: dict[str, Any]) -> None:
    again = page_data(matter_of(read(BASE, "en")))
    assert to_page(again, language="en") == to_page(data, language="en")


def test_no_threshold_is_cut_in_its_box(data: dict[str, Any]) -> None:
    for scene in data["scenes"].values():
        lines = [one for one in scene["lines"] if one["kind"] == "asks"]
        for box in scene["boxes"]:
            for language in ("zh", "en"):
                shown = {"".join(row["lines"][language]) for row in box.get("rows", ())}
                told = {one["text"][language] for one in lines if one["a"] == box["key"]}
                if box.get("rows"):
                    assert {one.replace(" ", "") for one in shown} == {
                        one.replace(" ", "") for one in told
                    }


def test_duties_stand_with_their_level_or_with_their_plan(
    data: dict[str, Any], matter: Matter
) -> None:
    plan = data["documents"]["river-city/flood"]
    assert [one["label"]["zh"] for one in plan["others"]] == ["停课", "救人"]
    held = [one for level in data["levels"].values() for one in level["brings"]]
    ruled = matter.ruled("river-city/flood")
    for report in ruled.reports:
        label = matter.words.zh.report("river-city/flood", report.id)
        assert label in [one["label"]["zh"] for one in held]
    patrol = data["levels"][f"{FLOOD}:III"]["brings"]
    assert [one["label"]["en"] for one in patrol] == ["patrol"]
