"""One thing written for another, in memory: what then fails, and what is declared otherwise."""

from __future__ import annotations

import shutil
from pathlib import Path

from planengine.cli.read_library import read
from planengine.impact.replaced import Difference
from planengine.impact.things import Thing
from tests.impact.conftest import Bench
from tests.linking.libraries import BASE


def test_bounds_that_do_not_fit_are_told_where_they_stand(bench: Bench) -> None:
    trial = bench.replaced("rainfall", "repair-time")
    assert len(trial.rewritten) == 5
    assert trial.by_hand == ()
    told = [(one.code, str(one.span).rpartition("/")[2]) for one in trial.findings]
    assert told == [
        ("wrong-unit", "rain.yaml:9:38"),
        ("wrong-unit", "rain.yaml:10:64"),
        ("wrong-unit", "flood.yaml:29:100"),
        ("wrong-unit", "flood.yaml:31:33"),
        ("wrong-unit", "flood.yaml:32:31"),
    ]
    assert trial.differences == (
        Difference("unit", ("mm",), ("h",)),
        Difference("provider", ("weather-bureau",), ()),
    )


def test_two_that_stand_in_one_rule_would_be_one(bench: Bench) -> None:
    trial = bench.replaced("commander", "deputy")
    owners = [one.id for one in trial.both if not isinstance(one, Thing)]
    assert owners == ["river-city/flood@2026-1#level.flood.I.must"]
    assert bench.replaced("deaths", "missing").both == (Thing("fact", "dead-and-missing"),)


def test_a_body_of_another_function_is_told_so(bench: Bench) -> None:
    trial = bench.replaced("flood-hq", "emergency-bureau")
    assert trial.differences == (Difference("function", ("flood-hq",), ("emergency",)),)
    assert trial.findings == ()


def test_no_file_is_changed_and_what_was_read_stays(bench: Bench) -> None:
    before = {path: path.read_bytes() for path in BASE.rglob("*.yaml")}
    first = bench.replaced("rainfall", "repair-time")
    assert {path: path.read_bytes() for path in BASE.rglob("*.yaml")} == before
    assert bench.replaced("rainfall", "repair-time") == first


def test_the_trial_is_what_writing_it_would_be(bench: Bench, tmp_path: Path) -> None:
    """Written to a copy of the library, the same is found wrong."""
    copy = tmp_path / "base"
    shutil.copytree(BASE, copy)
    trial = bench.replaced("flood-hq", "emergency-bureau")
    for use in reversed(trial.rewritten):
        path = copy / Path(use.span.file).relative_to(BASE)
        lines = path.read_text("utf-8").split("\n")
        line, begin = lines[use.span.line - 1], use.span.column - 1
        assert line[begin:].startswith("flood-hq")
        lines[use.span.line - 1] = line[:begin] + "emergency-bureau" + line[begin + 8 :]
        path.write_text("\n".join(lines), "utf-8")
    found = read(copy, "en").library.check()
    codes = sorted(one.code for one in found)
    now = sorted(one.code for one in bench.read.library.check())
    assert codes == sorted([*now, *(one.code for one in trial.findings)])


def test_plans_are_compared_by_their_hazards_and_tracks(bench: Bench) -> None:
    trial = bench.replaced("accident-response", "plan:river-city/flood")
    assert trial.differences == (
        Difference("hazards", ("accident",), ("drought", "flood")),
        Difference("tracks", ("response",), ("flood", "drought")),
    )
