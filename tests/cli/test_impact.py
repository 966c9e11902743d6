"""`impact`: what is told, in which order, and what names mean."""

from __future__ import annotations

import json

import pytest

from tests.cli.run import run
from tests.linking.libraries import BASE

WHERE = ("--library", str(BASE), "--at", "2026-07-01T00:00:00+08:00")


def test_the_text_says_where_and_what_and_how_far() -> None:
    shown = run("impact", "deaths", *WHERE, "--lang", "en").output
    lines = [line.strip() for line in shown.splitlines()]
    assert lines[0] == "deaths  fact:deaths  a fact"
    assert "To abolish it 3 places in 3 files must be written anew:" in lines
    place = f"{BASE}/rules/accident.yaml:10:3"
    assert any(line.startswith(place) for line in lines)
    assert "死亡: {重大: 10人以上, 较大: 3人以上10人以下, 一般: 3人以下}" in lines
    assert "levels that may move  10: 5 at 1 step, 5 at 2 steps" in lines
    assert "1  serious｜accident grade" in lines
    assert "2  Level I｜River city accident plan  tested by  ← serious｜accident grade" in lines


def test_the_same_in_chinese() -> None:
    shown = run("impact", "死亡", *WHERE, "--lang", "zh").output
    assert shown.startswith("死亡人数  fact:deaths  指标\n")
    assert "废止它须改写 3 处（3 个文件）：" in shown
    assert "可能变动的级别  10 项：1 步 5，2 步 5" in shown
    assert "2  一级｜河市事故预案  判定  ← 重大｜事故等级" in shown


def test_json_holds_all_of_it() -> None:
    data = json.loads(run("impact", "deaths", *WHERE, "--format", "json", "--lang", "en").output)
    assert data["thing"] == {"kind": "fact", "id": "deaths", "label": "deaths"}
    use = data["uses"][1]
    assert (use["place"]["line"], use["place"]["column"], use["written"]) == (10, 3, "死亡")
    assert use["text"] == "死亡: {重大: 10人以上, 较大: 3人以上10人以下, 一般: 3人以下}"
    assert [one["kind"] for one in use["in"]] == ["cell", "cell", "cell"]
    assert {
        "id": "level:river-city/accident-response@river-city:I",
        "kind": "level",
        "label": "Level I｜River city accident plan",
        "steps": 2,
        "relation": "tested by",
        "through": "level:accident@river-city:serious",
    } in data["follows"]
    assert data["replaced_by"] is None


def test_a_replacement_is_told_with_what_then_fails() -> None:
    words = ("impact", "rainfall", "--replaced-by", "repair-time", *WHERE, "--lang", "en")
    shown = run(*words).output
    assert "Replaced by repair time (fact:repair-time)" in shown
    assert "5 places can be written anew as they are; 0 by hand." in shown
    assert "unit differs: mm → h" in shown
    assert "Then 5 things would be wrong that are not now:" in shown
    data = json.loads(run(*words, "--format", "json").output)["replaced_by"]
    assert [one["code"] for one in data["findings"]] == ["wrong-unit"] * 5
    assert data["differences"][0] == {"what": "unit", "of": ["mm"], "other": ["h"]}


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("flood", "en", "write one of hazard:flood, "),
        ("flood", "zh", "“flood”有多个所指，请写其中之一：hazard:flood、"),
        ("emergency-burea", "en", "did you mean emergency-bureau?"),
        ("emergency-burea", "zh", "是否要写 emergency-bureau？"),
    ],
)
def test_a_name_of_several_things_or_none_is_wrong_use(name: str, language: str, said: str) -> None:
    result = run("impact", name, *WHERE, "--lang", language)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("flood-hq", "agency:flood-hq cannot stand for fact:deaths: it is of another kind"),
        ("deaths", "fact:deaths is the same thing"),
    ],
)
def test_only_another_thing_of_the_same_kind_replaces(other: str, said: str) -> None:
    result = run("impact", "deaths", "--replaced-by", other, *WHERE, "--lang", "en")
    assert result.exit_code == 2
    assert said in result.output


def test_long_lists_say_what_they_leave_out() -> None:
    shown = run("impact", "deaths", *WHERE, "--lang", "en").output
    assert "4 more: --all" in shown
    whole = run("impact", "deaths", *WHERE, "--all", "--lang", "en").output
    assert "--all" not in whole
    assert "2  Level III｜River city accident plan  tested by  ← ordinary｜accident grade" in whole
