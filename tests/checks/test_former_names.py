"""A former name is told with what it rests on, and with the doubt that there is about it."""

from pathlib import Path

import pytest

from planengine import Library
from planengine.linking.load import read_library
from tests.linking.libraries import BASE

FORMER = Path(__file__).parents[1] / "fixtures" / "invalid" / "checks" / "former-name.yaml"


def test_a_former_name_says_that_its_basis_is_unverified() -> None:
    entities, findings, sources = read_library(BASE, extra=[FORMER])
    assert entities is not None
    found = Library(entities, tuple(findings), sources).check(at="2026-06-01T00:00:00+08:00")
    (told,) = (one for one in found if one.code == "former-name")
    assert told.message_in("zh") == (
        "“河管局”自 2019-04-01 起为水利局（事故条例（第1号，2007），未核实）"
    )
    assert told.message_in("en") == (
        "河管局 has been 水利局 since 2019-04-01 (accident decree (第1号, 2007), unverified)"
    )


REGISTRY = """registry: more
agencies:
  river-works-office: {label: {zh: 河市河管局务中心, en: river works office}, in: river-city}
  old-river-bureau: {label: {zh: 河市河道管理局, en: old river bureau}, in: river-city, until: 2019-04-01}
  kept-name: {label: {zh: 湖市河管局, en: lake bureau}, in: lake-city}
"""
FORMER_NAMES = """vocabulary: more
former-names:
  - {name: 水务局, aliases: [Water Office], now: 河湖水务局（厅）, until: 2019-04-01, basis: {source: decree}}
"""
PLAN = FORMER.read_text("utf-8").split("\n", 1)[1]


def told(tmp_path: Path, do: str) -> list[str]:
    """The names that are told of an action, and of the registry."""
    paths = []
    parts = (REGISTRY, FORMER_NAMES, PLAN.replace("会同河管局封闭闸口", do))
    for number, text in enumerate(parts):
        paths.append(tmp_path / f"{number}.yaml")
        paths[-1].write_text(text, "utf-8")
    entities, findings, sources = read_library(BASE, extra=paths)
    assert entities is not None
    assert [one for one in findings if one.severity == "error"] == []
    found = Library(entities, tuple(findings), sources).check(at="2026-06-01T00:00:00+08:00")
    return [str(dict(one.params)["name"]) for one in found if one.code == "former-name"]


@pytest.mark.parametrize(
    ("do", "names"),
    [
        pytest.param("请河市河管局务中心关闸", [], id="a part of a present name"),
        pytest.param("请河管局务中心关闸", [], id="a part of it without its place"),
        pytest.param("请河管局务员关闸", ["河管局"], id="of no name that is known"),
        pytest.param("请河市河道管理局关闸", ["河道管理局"], id="with the place before it"),
        pytest.param("请湖市河管局关闸", ["河管局"], id="in the registry all the same"),
        pytest.param("请河湖水务局关闸", [], id="a part of what it is called now"),
        pytest.param("请河湖水务厅关闸，水务局配合", ["水务局"], id="beside what it is called now"),
        pytest.param("ask the Water Officer", [], id="no whole word"),
        pytest.param("ask the Water Office", ["Water Office"], id="a whole word"),
    ],
)  # fmt: skip
def test_the_longest_name_at_a_place_counts(tmp_path: Path, do: str, names: list[str]) -> None:
    registry = ["河管局"]  # of the lake city, which has kept it; the works office is another body
    assert sorted(told(tmp_path, do)) == sorted([*names, *registry])
