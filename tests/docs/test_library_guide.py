"""The guide to a library of one's own is what happens when its commands are given in turn."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from planengine.cli import times
from planengine.values.times import parse_time
from tests.cli.run import run
from tests.docs.blocks import DOCS, blocks

NOW = parse_time("2026-07-20T10:00:00+08:00")


@pytest.mark.parametrize("name", ["library.md", "library.zh-CN.md"])
def test_the_commands_do_what_the_guide_says(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(times, "now", lambda: NOW)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    shown = list(blocks(DOCS / "guide" / name, "console"))
    assert len(shown) == 9
    for block in shown:
        command, *lines = block.text.splitlines()
        result = run(*shlex.split(command.removeprefix("$ planengine ")), columns=90)
        assert result.exit_code == 0, result.output
        printed = [_comparable(line) for line in result.stdout.splitlines()]
        for line in map(_comparable, lines):
            start = line.removesuffix("…")
            assert any(one == start or (start != line and one.startswith(start)) for one in printed)


def _comparable(line: str) -> str:
    """Without how many files the national part has."""
    return re.sub(r"^\d+(?= files| 个文件)", "#", line.rstrip())
