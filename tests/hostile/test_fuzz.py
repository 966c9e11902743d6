"""A few of the inputs that `benchmarks/fuzz.py` makes by the million."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def fuzz() -> Iterator[ModuleType]:
    sys.path.insert(0, str(FOLDER))
    try:
        import fuzz

        yield fuzz
    finally:
        sys.path.remove(str(FOLDER))


@pytest.mark.slow
def test_several_hundred_inputs(fuzz: ModuleType) -> None:
    counts, failures = fuzz.fuzz(600, seed=1)
    assert failures == {}
    assert sum(counts.values()) == 600
    assert min(counts.values()) >= 3
    assert len(counts) == 7


def test_a_failure_is_found_and_made_small(
    fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(case: object) -> str | None:
        if case.kind == "bound" and "亿" in case.given:
            raise KeyError(case.given)
        return "silent" if case.kind == "data" else None

    monkeypatch.setattr(fuzz, "run", run)
    counts, failures = fuzz.fuzz(200, seed=1)
    assert failures["data: silent"][0] == counts["data"]
    (found,) = [one for what, one in failures.items() if "KeyError" in what]
    assert found[2].given == "亿"


def test_what_never_ends_is_stopped(fuzz: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_: object) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "run", run)
    monkeypatch.setattr(fuzz, "LIMIT", 0.05)
    assert fuzz.failure_of(fuzz.make(1, 1)).what.endswith("over 0.05 s")
