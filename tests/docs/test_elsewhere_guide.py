"""The guide to a library of another country: its files are a library that answers as it says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import planengine
from tests.cli.run import run
from tests.docs.blocks import DOCS, blocks

PAGE = DOCS / "guide" / "elsewhere.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The library with its incident, each file as its first line names it."""
    for block in blocks(PAGE, "yaml"):
        path = tmp_path / block.text.splitlines()[0].removeprefix("# ")
        path.parent.mkdir(exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
    return tmp_path


def test_the_commands_print_what_the_guide_shows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    shown = list(blocks(PAGE, "console"))
    assert len(shown) == 3
    for block in shown:
        command, *lines = block.text.splitlines()
        result = run(*shlex.split(command.removeprefix("$ planengine ")), columns=90)
        assert result.exit_code == 0, result.output
        printed = [line.rstrip() for line in result.output.splitlines()]
        assert [line for line in lines if line != "…" and line not in printed] == []


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"homes-lost": 0}, None),
        ({"homes-lost": 1}, "level-1"),
        ({"homes-lost": 9}, "level-1"),
        ({"homes-lost": 10}, "level-2"),
        ({"homes-lost": 49}, "level-2"),
        ({"homes-lost": 50}, "level-3"),
        ({"homes-lost": 0, "loss": "$9999999.99"}, None),
        ({"homes-lost": 0, "loss": "$10 million"}, "level-2"),
        ({"homes-lost": 0, "loss": "AUD 100 million"}, "level-3"),
    ],
)
def test_each_band_begins_where_the_plan_says(
    folder: Path, facts: dict[str, object], level: str | None
) -> None:
    known = {"fire-burning": True, "contained": True, "FBI": 0, "loss": 0, **facts}
    observation = {"at": "2026-12-01T12:00", "facts": known}
    incident = {"incident": "x", "hazards": ["bushfire"], "observations": [observation]}
    found = planengine.load(folder).compile().assess(incident)
    (plan,) = (one for one in found.decisions if one.id == "banksia/bushfire@banksia")
    assert (plan.level, plan.could_reach) == (level, level)


def test_nothing_of_it_is_chinese(folder: Path) -> None:
    text = planengine.load(folder).compile().assess(folder / "ridge.yaml").to_text("en")
    assert re.findall("[\u4e00-\u9fff]", text) == []
