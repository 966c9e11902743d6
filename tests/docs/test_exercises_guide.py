"""The guide to exercises: its files can be read, and its commands do what it says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import planengine
from planengine import exercises
from tests.docs.blocks import DOCS, ROOT, blocks
from tests.docs.shown import is_shown, printed, steps
from tests.shipped import engine, shipped

__all__ = ["engine", "shipped"]

PAGES = [DOCS / "guide" / f"exercises{language}" for language in (".md", ".zh-CN.md")]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_do_what_the_guide_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("examples", "plans", "rules"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "planengine.yaml", tmp_path)
    before = {*tmp_path.iterdir()}
    monkeypatch.chdir(tmp_path)
    assert len(steps(page)) == 4
    for block, lines in printed(page):
        assert is_shown(block.text.splitlines()[1:], lines), "\n".join(lines)
    written = {path.name for path in {*tmp_path.iterdir()} - before if path.is_file()}
    assert written == {"poor.md", "surprise.exercise.yaml", "msel.csv", "back.exercise.yaml"}


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_of_the_guide_are_played(
    page: Path, shipped: planengine.Library, engine: planengine.Engine, tmp_path: Path
) -> None:
    script, players = blocks(page, "yaml")
    path, cast_path = tmp_path / "x.exercise.yaml", tmp_path / "x.players.yaml"
    path.write_text(script.text)
    cast_path.write_text(players.text)
    exercise = exercises.read_exercise(path, shipped)
    cast = exercises.read_players(cast_path, exercise, shipped)
    report = exercises.score_exercise(exercises.play_exercise(exercise, engine, cast), engine)
    start = next(one for one in report.expected if one.what == "start")
    assert (start.document, start.level) == ("linjiang/flood", "IV")
    assert (start.outcome, str(start.done_at)[11:16]) == ("met", "20:45")
    assert {one.id: one.left_out for one in report.messages} == {
        "gauge": False, "journalist": True,
    }  # fmt: skip
