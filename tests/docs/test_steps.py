"""The guides that lead through steps are what happens when their commands are given in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import DOCS
from tests.docs.shown import is_shown, printed, steps

PAGES = {"library": 9, "officer": 10, "session": 14}


@pytest.mark.slow
@pytest.mark.parametrize("language", [".md", ".zh-CN.md"])
@pytest.mark.parametrize("name", PAGES)
def test_the_commands_do_what_the_guide_says(
    name: str, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = DOCS / "guide" / f"{name}{language}"
    assert len(steps(page)) == PAGES[name]
    for block, lines in printed(page):
        assert is_shown(block.text.splitlines()[1:], lines), "\n".join(lines)
