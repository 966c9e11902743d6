"""The long run of `benchmarks/crash.py`, made short."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import planengine
from benchmarks import crash


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it forks")
def test_killed_writers_lose_nothing(engine: planengine.Engine, tmp_path: Path) -> None:
    counts = crash.run(engine, tmp_path, kills=8, seed=4)
    assert counts["kills"] == 8
    assert counts["acknowledged"] >= 8
    assert counts["compared"] == 2
    assert counts["bytes found"] + counts.get("bytes that hold nothing", 0) == 8


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="it forks")
def test_the_run_notices_what_is_lost(engine: planengine.Engine, tmp_path: Path) -> None:
    trial = crash.Trial(engine, tmp_path, seed=1)
    trial.acknowledged[0]["never-told"] = 2
    with pytest.raises(crash.PromiseError, match="acknowledged and lost"):
        trial._check(0)
