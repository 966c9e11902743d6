"""The limits of a chain of reports add up against what the law gives from the event."""

from __future__ import annotations

from pathlib import Path

import pytest

from planengine import Library
from planengine.diagnostics import Diagnostic
from planengine.linking.load import read_library
from tests.linking.libraries import BASE

LAW = """standard: reporting
label: {zh: 报送规定, en: reporting rules}
scale: grade
authority: hill-province
edition: {number: "1", in-force: 2007-06-01}
applies: {hazards: [drought]}
basis: {source: decree, clause: 第八条}
any: {evacuated: {重大: 100人以上, 较大: 50人以上100人以下, 一般: 10人以上50人以下}}
reports:
  - {id: county, from: 一般, by: {role: county-flood-hq}, to: {role: city-flood-hq}, within: 2 h, of: receipt, basis: {source: decree, clause: 第二条}}
  - {id: city, from: 一般, by: {role: city-flood-hq}, to: province-flood-hq, within: 2 h, of: receipt, basis: {source: decree, clause: 第三条}}
"""
UNIT = "  - {id: unit, from: 一般, by: hospital, to: {role: county-flood-hq}, within: 1 h, of: receipt, basis: {source: decree, clause: 第一条}}\n"
OUTER = "  - {id: outer, from: 重大, by: province-flood-hq, to: government, within: 4 h, of: occurrence, basis: {source: decree, clause: 第四条}}\n"
TO_ALL = "  - {id: outer, from: 重大, to: province-flood-hq, within: 4 h, of: receipt, basis: {source: decree, clause: 第四条}}\n"
CHAIN = (
    "hospital → county-flood-hq 1 h（事故条例（第1号，2007） 第一条）、"
    "county-flood-hq → city-flood-hq 2 h（事故条例（第1号，2007） 第二条）、"
    "city-flood-hq → province-flood-hq 2 h（事故条例（第1号，2007） 第三条）：合计 5 h，"
)


def chains(tmp_path: Path, *texts: str) -> list[Diagnostic]:
    paths = []
    for number, text in enumerate(texts):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, "utf-8")
        paths.append(path)
    entities, findings, sources = read_library(BASE, extra=paths)
    assert entities is not None
    assert [one for one in findings if one.severity == "error"] == []
    found = Library(entities, tuple(findings), sources).check(at="2026-06-01T00:00:00+08:00")
    return [one for one in found if one.code == "report-chain-late"]


def test_one_and_twice_two_hours_against_four(tmp_path: Path) -> None:
    (found,) = chains(tmp_path, LAW + UNIT + OUTER)
    assert found.message_in("zh") == CHAIN + (
        "而`province-flood-hq` 须报 `government`（自 `occurrence` 起 4 h 内，"
        "事故条例（第1号，2007） 第四条）"
    )
    assert found.message_in("en").endswith(
        ": 5 h in all, but `province-flood-hq` must report to `government` within 4 h of "
        "`occurrence` (accident decree (第1号, 2007) 第四条)"
    )
    assert found.span is not None
    assert found.span.line == 13
    assert [at.line for _, at in found.related] == [12, 10, 11]


def test_a_limit_without_sender_is_for_the_addressee(tmp_path: Path) -> None:
    (found,) = chains(tmp_path, LAW + UNIT + TO_ALL)
    assert found.message_in("zh") == CHAIN + (
        "而须报到 `province-flood-hq`（自 `receipt` 起 4 h 内，事故条例（第1号，2007） 第四条）"
    )


def test_the_longest_step_of_a_plan_is_what_to_mend(tmp_path: Path) -> None:
    plan = """plan: local
kind: special
label: {zh: 试, en: local}
jurisdiction: river-city
edition: {number: "1", in-force: 2026-01-01}
applies: {hazards: [drought]}
levels:
  - {level: III, approve: {post: commander}, when: {evacuated: 10人以上}}
reports:
  - {id: mine, from: III, by: hospital, to: {role: county-flood-hq}, within: 1 h, of: receipt}
"""
    (found,) = chains(tmp_path, LAW + OUTER, plan)
    assert found.span is not None
    assert (Path(found.span.file).name, found.span.line) == ("1.yaml", 10)


@pytest.mark.parametrize(
    "more",
    [
        pytest.param(OUTER, id="a chain that begins with the county is four hours"),
        pytest.param(UNIT + OUTER.replace("4 h", "5 h"), id="just in time"),
        pytest.param(
            UNIT + OUTER + "  - {id: straight, on: {deaths: 3人以上}, by: hospital,"
            " to: province-flood-hq, within: 1 h, of: receipt}\n",
            id="told straight, if only sometimes",
        ),
        pytest.param(
            UNIT.replace("from: 一般", "levels: [一般]") + OUTER,
            id="no step where the limit is",
        ),
        pytest.param(UNIT + OUTER.replace("occurrence", "receipt"), id="from its own receipt"),
    ],
)  # fmt: skip
def test_no_chain_is_too_long(tmp_path: Path, more: str) -> None:
    assert chains(tmp_path, LAW + more) == []


def test_a_step_for_another_hazard_is_no_step(tmp_path: Path) -> None:
    law = LAW.replace("applies: {hazards: [drought]}", "applies: {hazards: [drought, flood]}")
    unit = UNIT.replace("by: hospital", "hazards: [flood], by: hospital")
    assert chains(tmp_path, law + unit + OUTER.replace("by:", "hazards: [drought], by:")) == []
    (found,) = chains(tmp_path, law + unit + OUTER)
    assert found.message_in("zh").startswith(CHAIN)
