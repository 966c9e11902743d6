"""`planengine new` in libraries that have their own scales, kinds of plans and moments."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import planengine
from tests.cli.run import run
from tests.shipped import ROOT

LIBRARIES = ROOT / "tests" / "fixtures" / "libraries"


def copied(name: str, folder: Path) -> Path:
    return Path(shutil.copytree(LIBRARIES / name, folder / name))


def new(*words: str, library: Path) -> str:
    result = run("new", *words, "--library", str(library), "--lang", "en")
    assert result.exit_code == 0, result.output
    return result.output


def errors(library: Path) -> list[str]:
    return [str(one) for one in planengine.load(library).check() if one.severity == "error"]


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("england", ["red", "amber", "yellow"]),
        ("louisiana", ["general", "site-area", "alert", "noue"]),
        ("japan", ["level-5", "level-4", "level-3", "level-2", "level-1"]),
    ],
)
def test_a_new_plan_is_on_the_librarys_own_scale_and_of_its_own_kind(
    name: str, levels: list[str], tmp_path: Path
) -> None:
    library = copied(name, tmp_path)
    hazard = next(iter(planengine.load(library).entities.hazards))
    new("plan", "fresh", "--hazard", hazard, library=library)
    text = (library / "fresh.yaml").read_text(encoding="utf-8")
    assert errors(library) == []
    entities = planengine.load(library).entities
    assert f"kind: {entities.plan_kinds[0].id}\n" in text
    assert f"role: {entities.member_roles[0].id}}}" in text
    assert re.findall(r"  - level: (\S+)", text) == levels


def test_a_new_standard_is_on_a_scale_that_is_for_grades(tmp_path: Path) -> None:
    library = copied("england", tmp_path)
    words = ("new", "standard", "fresh", "--hazard", "heat", "--library", str(library))
    result = run(*words, "--lang", "en")
    assert result.exit_code == 2
    assert "--scale: `grade` is not in the library, which has heat-alert" in " ".join(
        result.output.split()
    )
    new("standard", "fresh", "--hazard", "heat", "--scale", "heat-alert", library=library)
    text = (library / "fresh.yaml").read_text(encoding="utf-8")
    assert '# FACT: {red: ≥ 30, amber: "[10..30)", …}.' in text
    assert errors(library) == []


def test_what_an_unknown_name_could_be_is_listed_where_nothing_is_near(tmp_path: Path) -> None:
    library = copied("england", tmp_path)
    words = ("new", "plan", "x", "--hazard", "heat", "--kind", "special")
    result = run(*words, "--library", str(library), "--lang", "en")
    assert result.exit_code == 2
    said = " ".join(result.output.split())
    assert "--kind: `special` is not in the library, which has heat" in said


def test_a_new_incident_has_the_librarys_own_moments(tmp_path: Path) -> None:
    library = copied("england", tmp_path)
    vocabulary = library / "vocabulary.yaml"
    words = ("incident", str(tmp_path / "a.yaml"), "--hazard", "heat", "--at", "2026-07-20T08:00")
    new(*words, library=library)
    assert "moments" not in (tmp_path / "a.yaml").read_text(encoding="utf-8")
    text = vocabulary.read_text(encoding="utf-8")
    called = "moments:\n  called: {label: {en: first call}, is: receipt}\n"
    vocabulary.write_text(text.replace("moments:\n", called), encoding="utf-8")
    new(*words[:1], str(tmp_path / "b.yaml"), *words[2:], library=library)
    written = (tmp_path / "b.yaml").read_text(encoding="utf-8")
    assert "\n# moments: {called: 2026-07-20T08:00:00+01:00}      # first call\n" in written
    (tmp_path / "b.yaml").write_text(written.replace("# moments", "moments"), encoding="utf-8")
    result = run("check", str(tmp_path / "b.yaml"), "--library", str(library), "--lang", "en")
    assert result.output == "1 file: 0 errors, 0 warnings, 0 pieces of advice\n"
