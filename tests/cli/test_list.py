"""`list`: every kind of name that may stand in a file, and how else it may be written."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

import planengine
from planengine.cli.list_command import KINDS
from tests.cli.run import LIBRARY, run
from tests.shipped import ROOT


def rows(kind: str, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        run("list", kind, "--format", "json", *words, *LIBRARY).output
    )
    return found


def row(kind: str, item_id: str, *words: str) -> dict[str, Any]:
    return next(one for one in rows(kind, *words) if one["id"] == item_id)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_rows_of_one_shape(kind: str) -> None:
    found = rows(kind)
    assert found
    assert {tuple(one) for one in found} == {tuple(found[0])}
    assert all(one["id"] for one in found)
    printed = run("list", kind, *LIBRARY)
    assert printed.exit_code == 0
    assert len(printed.output.splitlines()) == len(found) + 1  # a line each, for grep


def test_the_moments_have_the_names_that_the_guide_calls_them_by(
    shipped: planengine.Library,
) -> None:
    moments = {"启动": "start", "接报": "receipt", "发生": "occurrence", "达到标准": "met"}
    for name, moment in moments.items():
        assert shipped.entities.names.find("moment", name) == (moment,)


def test_every_kind_that_the_library_names_can_be_listed(shipped: planengine.Library) -> None:
    """Only kinds that hold other kinds' names have no list of their own."""
    joined = {"place", "provider", "authority", "body", "plan-key"}
    known = {kind.partition(":")[0] for kind in shipped.entities.spellings} - joined
    listed = {"areas": "jurisdiction", "agencies": "agency"}
    assert known <= {listed.get(kind, kind.removesuffix("s")) for kind in KINDS}


def test_every_spelling_of_a_fact_is_in_its_row(shipped: planengine.Library) -> None:
    found = {one["id"]: one for one in rows("facts", "--lang", "zh")}
    for text, ids in shipped.entities.spellings["fact"].items():
        for item_id in ids:
            one = found[item_id]
            assert text in {one["id"], one["label"], *one["also"]}


def test_what_a_row_says() -> None:
    fact = row("facts", "deaths", "--lang", "zh")
    assert fact["label"] == "死亡人数"
    assert "死亡" in fact["also"]
    assert row("agencies", "housing-bureau", "--lang", "en")["also"] == ["临江市住房和城乡建设局", "市住建局"]  # fmt: skip
    assert "flood" in row("plans", "linjiang/flood")["also"]
    assert row("functions", "agriculture")["agencies"][0] == "agriculture-bureau"
    assert [one["id"] for one in rows("ranks")][:2] == ["law", "regulation"]
    assert {one["scale"] for one in rows("levels") if one["id"] == "red"} == {"warning"}
    assert row("attributes", "@city-class")["of"] == "area"
    assert {one["plan"] for one in rows("tracks") if one["id"] == "drought"} >= {"linjiang/flood"}
    assert row("actions", "decontaminate")["plan"] == "linjiang/hazardous-chemicals"


def test_a_fact_says_what_silence_means_and_what_it_follows_from() -> None:
    found = {one["id"]: one for one in rows("facts")}
    assert found["serious-pollution"]["reported"] == "by-exception"
    assert found["deaths"]["reported"] == ""
    assert found["deaths"]["may-rise-by"] == "missing"
    assert found["deaths"]["derived"] == ""
    assert found["rainfall-1h"]["at-most"] == "rainfall-3h"
    assert found["dead-and-missing"]["derived"] == "sum: deaths + missing"
    assert found["load-shed-share"]["derived"] == "ratio: load-shed / load-before-event"
    table = run("list", "facts", "--lang", "zh", *LIBRARY).output
    assert re.split(r"\s{2,}", table.splitlines()[0])[-4:] == [
        "报告方式",
        "由何算出",
        "可能增加",
        "不超过",
    ]


def test_a_plan_is_told_its_own_names_only() -> None:
    """Three jurisdictions have a plan `flood`; the bare id means the city's."""
    found = {one["id"]: one for one in rows("plans", "--lang", "zh")}
    assert found["linjiang/flood"]["also"] == ["flood", "Linjiang flood and drought plan"]
    assert found["nanpu-county/flood"]["also"] == ["Nanpu flood plan"]
    assert found["chujiang-province/flood"]["also"] == ["Chujiang flood and drought plan"]
    texts = [text for one in found.values() for text in (one["id"], one["label"], *one["also"])]
    assert len(texts) == len(set(texts))


def test_the_clauses_that_may_be_invoked_are_those_listed(engine: planengine.Engine) -> None:
    listed = {one["id"] for one in rows("clauses")}
    found = engine.assess(ROOT / "examples" / "flood-day.yaml")
    assert {item.clause for item in found.may_invoke} <= listed


def test_the_heads_are_in_the_language_asked_for() -> None:
    chinese = run("list", "agencies", "--lang", "zh", *LIBRARY).output.splitlines()[0]
    english = run("list", "agencies", "--lang", "en", *LIBRARY).output.splitlines()[0]
    assert re.split(r"\s{2,}", chinese) == ["id", "名称", "也可写", "所在", "职能", "垂直管理"]
    assert re.split(r"\s{2,}", english) == ["id", "label", "also", "in", "function", "vertical"]


def test_a_floor_is_listed_with_the_levels() -> None:
    england = ROOT / "tests" / "fixtures" / "libraries" / "england"
    words = ("--format", "json", "--lang", "en", "--library", str(england))
    found = json.loads(run("list", "levels", *words).output)
    assert [(one["id"], one["is"]) for one in found] == [
        ("red", ""),
        ("amber", ""),
        ("yellow", ""),
        ("green", "none"),
    ]


def test_the_rules_of_one_plan_with_their_place_and_words() -> None:
    flood = rows("rules", "flood")
    assert {one["document"] for one in flood} == {
        "chujiang-province/flood", "linjiang/flood", "nanpu-county/flood",
    }  # fmt: skip
    own = {one["id"]: one for one in rows("rules", "linjiang/flood", "--lang", "zh")}
    level = own["linjiang/flood@2026-1#level.flood.II.must"]
    leaf = next(one for one in own.values() if one["within"] == level["id"] and one["kind"] == "leaf")  # fmt: skip
    assert leaf["label"] == "条件"
    assert (leaf["track"], leaf["level"], leaf["edition"]) == ("flood", "II", "2026-1")
    file, line, column = leaf["place"].rsplit(":", 2)
    written = (ROOT / file).read_text("utf-8").splitlines()[int(line) - 1][int(column) - 1 :]
    assert written.startswith(leaf["text"].partition(":")[0])
    assert row("rules", level["id"], "--lang", "en")["label"] == "level"


def test_the_rules_of_a_standard_and_of_nothing() -> None:
    standard = {one["document"] for one in rows("rules", "production-accident")}
    assert standard == {"production-accident"}
    unknown = run("list", "rules", "floood", *LIBRARY, "--lang", "en")
    assert unknown.exit_code == 2
    assert "there is no plan or standard `floood`: did you mean flood?" in unknown.output
    other = run("list", "agencies", "flood", *LIBRARY, "--lang", "zh")
    assert other.exit_code == 2
    assert "PLAN 只用于 list rules，不用于 list agencies" in other.output
