"""`planengine new`: what is written is valid, says what it says, and overwrites nothing."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

import planengine
from planengine.cli import times
from planengine.values.times import parse_time
from tests.cli.run import LIBRARY, run

FILES = [
    "incidents/example.yaml",
    "planengine.yaml",
    "plans/production-safety.yaml",
    "registry.yaml",
    "sources.yaml",
]


NOW = parse_time("2026-07-20T23:30:00+08:00")
RECEIPT = parse_time("2026-07-20T08:20:00+08:00")
HOUR = 3600
REPORTS = {
    (name, by, to, RECEIPT + hours * HOUR)
    for name, by, to, hours in (
        ("unit-to-county", "example-works-management", "example-county-emergency-bureau", 1),
        ("county-to-city", "example-county-emergency-bureau", "emergency-bureau", 2),
        ("city-to-province", "emergency-bureau", "provincial-emergency-department", 2),
        ("unit-to-province", "example-works-management", "provincial-emergency-department", 1),
        ("city-flash-to-province", "emergency-bureau", "provincial-emergency-department", 1),
    )
}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(times, "time", SimpleNamespace(time=lambda: NOW))


@pytest.fixture(params=["zh", "en"])
def city(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A new library, in each language."""
    folder = tmp_path / "xinghai"
    result = run("new", "library", str(folder), "--label", "星海：市", "--lang", request.param)
    assert result.exit_code == 0, result.output
    return folder


def checked(folder: Path) -> str:
    result = run("check", str(folder), "--lang", "en")
    assert result.exit_code == 0, result.output
    return result.output.split(": ", 1)[1].strip()


@pytest.mark.slow
def test_a_new_library_has_no_finding_and_answers(city: Path) -> None:
    written = sorted(path.relative_to(city).as_posix() for path in city.rglob("*.yaml"))
    assert written == FILES
    assert checked(city) == "0 errors, 0 warnings, 0 pieces of advice"
    library = planengine.load(city)
    assert library.entities.jurisdictions["xinghai"].label.texts[0][1] == "星海：市"
    incident = library.read_incident(city / "incidents" / "example.yaml")
    assert incident.warnings == ()
    found = library.compile().assess(incident)
    levels = {decision.id: decision.level for decision in found.decisions}
    assert levels["production-accident@xinghai"] == "large"
    assert levels["xinghai/production-safety@xinghai"] == "III"
    assert found.unread == ()
    assert {
        (report.report, *report.by, *report.to, report.deadline and report.deadline.due)
        for report in found.reports
        if report.document == "production-accident"
    } >= REPORTS


def test_a_library_by_universal_time_has_times_that_say_so(tmp_path: Path) -> None:
    folder = tmp_path / "greenwich"
    assert run("new", "library", str(folder), "--time-zone", "UTC").exit_code == 0
    incident = planengine.load(folder).read_incident(folder / "incidents" / "example.yaml")
    assert incident.newest == parse_time("2026-07-20T09:00:00Z")


def test_nothing_is_written_over(city: Path) -> None:
    (city / "sources.yaml").write_text("mine", encoding="utf-8")
    (city / "registry.yaml").unlink()
    result = run("new", "library", str(city), "--lang", "en")
    assert result.exit_code == 2
    assert "is there already" in result.output
    assert (city / "sources.yaml").read_text(encoding="utf-8") == "mine"
    assert not (city / "registry.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("library", "x", "--name", "A B"), "`A B` is no id"),
        (("library", "china"), "give another --name"),
        (("library", "x", "--time-zone", "Beijing"), "there is no time zone Beijing"),
        (("plan", "x", *LIBRARY, "--hazard", "fload"), "did you mean flood?"),
        (("plan", "X/y", *LIBRARY, "--hazard", "flood"), "`X/y` is no id"),
        (("plan", "x", *LIBRARY, "--hazard", "flood", "--kind", "specal"), "did you mean special?"),
        (
            ("plan", "x", *LIBRARY, "--hazard", "flood", "--area", "hexi-city"),
            "has no post in hexi-city",
        ),
        (
            ("standard", "x", *LIBRARY, "--hazard", "flood", "--scale", "grad"),
            "did you mean grade?",
        ),
        (("incident", *LIBRARY, "--hazard", "flood", "--area", "溪口"), "--area: `溪口`"),
        (("letter",), "there is no `planengine new letter`"),
    ],
)
def test_wrong_use_writes_nothing(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("new", *words, "--lang", "en")
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_new_plan_and_standard_have_no_finding_and_no_figure(city: Path) -> None:
    for words in (
        ("plan", "hail", "--hazard", "冰雹", "--label", "冰雹: 预案"),
        ("plan", "fog", "--hazard", "大雾", "--lang", "zh"),
        ("standard", "gas", "--hazard", "gas-accident", "--lang", "en"),
        ("standard", "hail-warning", "--hazard", "hail", "--scale", "warning"),
    ):
        result = run("new", *words, "--library", str(city))
        assert result.exit_code == 0, result.output
    assert checked(city) == "0 errors, 0 warnings, 0 pieces of advice"
    library = planengine.load(city)
    plan = library.entities.plans["xinghai/hail"][-1]
    assert plan.label.texts[0][1] == "冰雹: 预案"
    named = library.entities.plans["xinghai/fog"][-1].label.texts
    assert named == (("zh", "星海：市大雾应急预案"),)
    named = library.entities.standards["gas"][-1].label.texts
    assert named[0][0] == "en"
    assert named[0][1].endswith(" gas accident grades")
    engine = library.compile()
    said = {"at": "2027-07-01T08:00", "invoke": {"clause": "hail-II", "by": "emergency-bureau"}}
    quiet = {"at": "2027-07-01T08:00", "facts": {"deaths": 50}}
    for observation, level in ((said, "II"), (quiet, None)):
        incident = {"incident": "x", "hazards": ["hail"], "observations": [observation]}
        found = engine.assess(incident)
        (decision,) = (one for one in found.decisions if one.id == "xinghai/hail@xinghai")
        assert (decision.level, decision.could_reach) == (level, level)


def test_a_document_that_the_library_does_not_take_is_not_written(city: Path) -> None:
    words = ("new", "plan", "production-safety", "--hazard", "fire", "--lang", "en")
    result = run(*words, "--library", str(city), "--output", str(city / "plans" / "b.yaml"))
    assert result.exit_code == 1
    assert "error[duplicate-id]" in result.output
    assert not (city / "plans" / "b.yaml").exists()


@pytest.mark.slow
def test_a_document_beside_the_library_is_said_to_be_missing_from_it(city: Path) -> None:
    words = ("new", "plan", "hail", "--hazard", "hail", "--output", str(city / "hail.yaml"))
    result = run(*words, "--library", str(city), "--lang", "en")
    assert result.exit_code == 0
    assert "not part of the library yet" in result.output


# Incidents


def incident_file(folder: Path, *words: str) -> Path:
    path = folder / "day.yaml"
    result = run("new", "incident", str(path), "--at", "2026-07-20T08:00", *words)
    assert result.exit_code == 0, result.output
    return path


def facts_of(path: Path) -> set[str]:
    return set(re.findall(r"facts: \{([a-z0-9-]+): unknown\}", path.read_text(encoding="utf-8")))


def test_the_facts_of_an_accident_are_those_that_its_rules_read(city: Path) -> None:
    path = incident_file(city, "--hazard", "production-accident", "--library", str(city))
    assert facts_of(path) == {
        "accident-occurred",
        "acute-industrial-poisoned",
        "critical-patients",
        "deaths",
        "direct-loss",
        "evacuated",
        "key-site-threatened",
        "major-social-impact",
        "missing",
        "people-at-risk",
        "serious-pollution",
        "seriously-injured",
        "slightly-injured",
        "trapped",
    }
    assert run("check", str(path), "--library", str(city)).exit_code == 0


@pytest.mark.parametrize(
    ("hazard", "area"),
    [("flood", "溪口县"), ("earthquake", "linjiang"), ("危化品事故", "xinhe-town")],
)
def test_without_the_mark_each_line_is_a_statement_that_is_read(
    engine: planengine.Engine, hazard: str, area: str, tmp_path: Path
) -> None:
    path = incident_file(tmp_path, "--hazard", hazard, "--area", area, *LIBRARY, "--lang", "zh")
    text = path.read_text(encoding="utf-8")
    assert engine.library.read_incident(path).events == ()
    lines = re.findall(r"^  # - .*$", text, re.MULTILINE)
    assert lines
    stated = re.sub(r"^  # - ", "  - ", text, flags=re.MULTILINE)
    path.write_text(re.sub(r"^# (scope|moments)", r"\1", stated, flags=re.MULTILINE), "utf-8")
    incident = engine.library.read_incident(path)
    assert incident.warnings == ()
    assert len([event for event in incident.events if hasattr(event, "facts")]) == len(lines)
    assert engine.assess(incident).unread == ()


def test_a_line_says_the_unit_and_who_knows(tmp_path: Path) -> None:
    path = incident_file(
        tmp_path, "--hazard", "flood", "--area", "溪口县", *LIBRARY, "--lang", "zh"
    )
    text = path.read_text(encoding="utf-8")
    at = "at: 2026-07-20T08:00:00+08:00"
    assert (
        f"- {{{at}, area: xikou-county, facts: {{死亡人数: unknown}}}}  # 死亡人数；单位 人；问"
        in text
    )
    assert f"- {{{at}, object: xikou-station, facts: {{水位: unknown}}}}  # 水位；单位 m；" in text
    assert "水库垮坝: unknown}}  # 水库垮坝；是 / 否；不报即为没有发生；问" in text
    assert "# 24小时雨量；单位 mm；预报另加 kind: forecast" in text
    fire = tmp_path / "fire"
    fire.mkdir()
    path = incident_file(fire, "--hazard", "forest-fire", *LIBRARY, "--lang", "zh")
    assert "# 火势未受控制时间；单位 小时；" in path.read_text(encoding="utf-8")
    assert "reservoir: " not in text
    assert "水库: longtan-reservoir 龙潭水库、baishuiyan-reservoir 白水岩水库" in text
    assert "radiation" not in text  # of a hazard that has not joined
