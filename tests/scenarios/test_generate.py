"""What is proposed: every bound of the base library, and tests that notice when one is moved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import planengine
from planengine.scenarios.coverage import coverage, times_of_editions
from planengine.scenarios.generate import Generated, generate
from planengine.scenarios.recorder import Recorder
from planengine.scenarios.run import run
from tests.linking.libraries import BASE
from tests.scenarios.conftest import suite_of
from tests.scenarios.test_coverage import compiled, covered, library

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def proposed() -> Generated:
    nothing = "test: x\nhazards: [flood]\nat: 2026-07-20T08:00\ntables: [{table: t, decision: grade.accident, rows: [{deaths: 3, level: none}]}]\n"
    engine = compiled()
    times = times_of_editions(library().entities)
    return generate(covered(nothing), engine, times, "all", "proposed")


def confirmed(text: str) -> str:
    kept = (line for line in text.splitlines() if line.strip() != "proposed: true")
    return "\n".join(kept).replace(", proposed: true", "") + "\n"


def test_every_mark_of_a_library_can_be_made(proposed: Generated) -> None:
    assert proposed.missing == 0
    found = covered(confirmed(proposed.text))
    assert [(one.written.id, one.missing) for one in found.items if one.missing] == []
    assert found.made == found.marks


def test_what_is_proposed_does_not_pass_and_covers_nothing(proposed: Generated) -> None:
    recorder = Recorder(library().entities)
    results = [*run([suite_of(proposed.text, library())], compiled(), recorder)]
    assert {one.state for one in results} == {"unconfirmed"}
    assert len(results) == proposed.cases
    assert recorder.made == {}


def test_bounds_stand_in_a_table_with_the_values_beside_them(proposed: Generated) -> None:
    table = proposed.text[proposed.text.index("# 死亡: 10人以上") :].split("- table")[1]
    assert table.split("rows:")[1].splitlines()[1:5] == [
        "      - {deaths: 2, level: ordinary, proposed: true}",
        "      - {deaths: 3, level: large, proposed: true}",
        "      - {deaths: 9, level: large, proposed: true}",
        "      - {deaths: 10, level: serious, proposed: true}",
    ]


CHANGES = [
    ("rules/accident.yaml", "10人以上, 较大: 3人以上10人以下", "11人以上, 较大: 3人以上11人以下"),
    ("rules/accident.yaml", "10人以上, 较大: 3人以上10人以下", "9人以上, 较大: 3人以上9人以下"),
    ("rules/accident.yaml", "3人以上10人以下, 一般: 3人以下", "4人以上10人以下, 一般: 4人以下"),
    ("rules/accident.yaml", "from: 较大", "from: 一般"),
    ("rules/rain.yaml", "rainfall: ≥ 100 mm", "rainfall: 超过100 mm"),
    ("rules/rain.yaml", "rainfall: ≥ 50 mm", "rainfall: ≥ 49 mm"),
    ("rules/high-water.yaml", "≥ @warning-stage + 2 m", "≥ @warning-stage + 1.9 m"),
    ("plans/flood.yaml", "rainfall: 50 mm以上", "rainfall: 超过50 mm"),
    ("plans/flood.yaml", "lower: {when: {rainfall: < 10 mm}}", "lower: {when: {rainfall: ≤ 10 mm}}"),
    ("plans/flood.yaml", "{rainfall: < 1 mm}", "{rainfall: < 2 mm}"),
    ("plans/flood.yaml", "{from: II, track: flood, activate: accident-response, level: III}",
     "{from: I, track: flood, activate: accident-response, level: III}"),
    ("plans/flood.yaml", "{when: {dyke-breach: true}, cascade", "{when: {dyke-breach: false}, cascade"),
    ("plans/flood.yaml", "on: {warning.rain: red}", "on: {warning.rain: blue}"),
    ("plans/flood.yaml", "reports: [{from: II,", "reports: [{from: III,"),
    ("plans/flood.yaml", "during: festival", "during: night"),
    ("plans/accident.yaml", "grade.accident: 重大", "grade.accident: 较大"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new"), CHANGES, ids=[new for _, _, new in CHANGES])
def test_a_figure_that_is_moved_is_noticed(
    proposed: Generated, tmp_path: Path, file: str, old: str, new: str
) -> None:
    shutil.copytree(BASE, tmp_path / "library")
    path = tmp_path / "library" / file
    text = path.read_text("utf-8")
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    changed = planengine.load(tmp_path / "library")
    results = run([suite_of(confirmed(proposed.text), changed)], changed.compile())
    assert "failed" in {one.state for one in results}


def test_what_no_file_has_is_not_asked_for() -> None:
    engine, entities = compiled(), library().entities
    rules = [engine.rules_at(at) for at in times_of_editions(entities)]
    assert coverage(entities, {}, rules, frozenset()).items == ()
