"""Whatever is in the files, reading, linking, compiling and assessing end with findings."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import planengine
from tests.examples import examples
from tests.shipped import ROOT

BASE = ROOT / "tests" / "fixtures" / "valid" / "base"
FILES = sorted(path.relative_to(BASE) for path in BASE.rglob("*.yaml"))
PIECES = [
    ":", "- ", "{", "}", "[", "]", "@", "≥ ", ">= 30", "[10..30)", "30人以上", "&a", "*a", "!x", "\t",
    "null", "unknown", "n/a", "2026-13-01", "9" * 20, "0.1e400", "any:", "not:", "：", "“", "\x00", "any: [",
    "when: {deaths: ≥ 1}", "level: none", "done.x", "per: city", "from: grade.x", "in: city",
]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        end = min(len(text), at + draw(st.integers(0, 30)))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=6))
        text = text[:at] + piece + text[end:]
    return text


@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_a_spoilt_library(tmp_path_factory, data: st.DataObject) -> None:
    folder: Path = tmp_path_factory.mktemp("spoilt")
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    chosen = folder / data.draw(st.sampled_from(FILES))
    text = data.draw(mutated(chosen.read_text(encoding="utf-8")))
    chosen.write_text(text, encoding="utf-8", errors="surrogatepass")
    try:
        library = planengine.load(folder)
        library.check()
        library.compile()
    except planengine.PlanError as error:
        assert error.diagnostics
    finally:
        shutil.rmtree(folder)


INCIDENTS = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.mark.slow
@settings(max_examples=examples(60), suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_a_spoilt_incident(engine: planengine.Engine, data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from(INCIDENTS))
    lines = chosen.read_text(encoding="utf-8").splitlines(keepends=True)
    text = data.draw(mutated("".join(lines[: data.draw(st.integers(12, 30))])))
    try:
        assessment = engine.assess(text)
        assert assessment.to_dict()["schema"] == 1
    except planengine.PlanError as error:
        assert error.diagnostics
    except ValueError as error:
        assert "time of its own" in str(error)
