"""`check`: plans and incidents, their findings and how they are counted and written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from planengine.diagnostics.json import REPORT_SCHEMA
from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT

INCIDENT = (
    "incident: x\nhazards: [flood]\nobservations:\n"
    "  - {at: 2026-07-01T08:00:00+08:00, facts: {deaths: 1}}\n"
)
FORMS = {
    "block.yaml": INCIDENT,
    "commented.yaml": f"# what happened\n---\n{INCIDENT}",
    "flow.yaml": "{incident: x, hazards: [flood]}",
    "quoted.yaml": '"incident": x\nhazards: [flood]\n',
    "data.json": '{\n  "incident": "x",\n  "hazards": ["flood"]\n}',
    "stream.jsonl": '{"incident": "x", "hazards": ["flood"]}\n{"at": "2026-07-01T08:00:00+08:00", "facts": {"deaths": 1}}\n',
}  # fmt: skip


def test_the_examples_are_checked_as_incidents() -> None:
    result = run("check", str(ROOT / "examples"), "--lang", "en")
    assert result.exit_code == 0, result.output
    assert "4 files: 0 errors, 0 warnings, 0 pieces of advice" in result.output


@pytest.mark.parametrize("name", FORMS)
def test_an_incident_file_is_read_by_the_library(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(FORMS[name], encoding="utf-8")
    good = run("check", str(path), *LIBRARY)
    assert good.exit_code == 0, good.output
    path.write_text(FORMS[name].replace("flood", "floood"), encoding="utf-8")
    bad = run("check", str(path), "--lang", "en", *LIBRARY)
    assert bad.exit_code == 1
    assert "error[unknown-hazard] unknown hazard `floood`" in bad.output
    line = FORMS[name][: FORMS[name].index("flood")].count("\n") + 1
    column = FORMS[name].splitlines()[line - 1].index("flood") + 1
    column -= FORMS[name].splitlines()[line - 1][column - 2] == '"'
    assert f"{path.as_posix()}:{line}:{column} " in bad.output


def test_a_folder_may_hold_plans_and_incidents(tmp_path: Path) -> None:
    for name, text in FORMS.items():
        (tmp_path / name).write_text(text.replace("flood", "floood"), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"name": "x"}')
    (tmp_path / "plan.yaml").write_text("plan: x\nkind: specal\n", encoding="utf-8")
    result = run("check", str(tmp_path), "--format", "json", *LIBRARY)
    found = json.loads(result.output)["diagnostics"]
    hazards = [item for item in found if item["code"] == "unknown-hazard"]
    assert {Path(item["place"]["file"]).name for item in hazards} == set(FORMS)
    assert {Path(item["place"]["file"]).name for item in found} == {*FORMS, "plan.yaml"}


def test_an_incident_is_not_judged_by_a_library_with_errors(tmp_path: Path) -> None:
    (tmp_path / "planengine.yaml").write_text(
        "library: x\ninclude: [plans]\nhome: nowhere\ntime-zone: Asia/Shanghai\n"
    )
    (tmp_path / "plans").mkdir()
    (tmp_path / "day.yaml").write_text(INCIDENT, encoding="utf-8")
    result = run("check", str(tmp_path / "day.yaml"), "--lang", "en")
    assert result.exit_code == 1
    assert "planengine.yaml:3:7 error[unknown-jurisdiction]" in result.output
    assert "day.yaml" not in result.output


@pytest.mark.slow
def test_a_plan_in_a_library_with_errors_is_not_called_good(tmp_path: Path) -> None:
    (tmp_path / "planengine.yaml").write_text("library: x\ninclude: [rules, more.yaml]\nhome: a\n")
    shutil.copytree(ROOT / "rules", tmp_path / "rules")
    more = "registry: x\njurisdictions: {p: {tier: province, in: china}, a: {tier: city, in: p}}\n"
    (tmp_path / "more.yaml").write_text(more.replace("province", "provance"))
    (tmp_path / "good.yaml").write_text("vocabulary: good\nhazards: {gas: {label: {en: gas}}}\n")
    result = run("check", str(tmp_path / "good.yaml"), "--lang", "en")
    assert result.exit_code == 1
    assert "more.yaml:2:27 error[library-fails]" in result.output
    assert "errors (1), the first of them here: unknown-tier" in result.output
    assert "1 error," in result.output
    (tmp_path / "more.yaml").write_text(more)
    assert run("check", str(tmp_path / "good.yaml"), "--lang", "en").exit_code == 0


PLAN_WITHOUT_LIMIT = """plan: x
kind: special
label: {en: x}
jurisdiction: linjiang
edition: {number: "1", in-force: 2026-01-01}
applies: {hazards: [flood]}
members: [{agency: water-bureau, role: lead}]
actions: [{id: go, mode: first-response, executor: water-bureau, do: 去}]
levels: [{level: I, approve: {post: flood-commander}, when: {deaths: 30人以上}}]
"""


@pytest.mark.slow
def test_advice_is_for_the_authors_own_files_only(tmp_path: Path) -> None:
    """A folder with a manifest of its own is another's library."""
    shutil.copytree(ROOT / "plans", tmp_path / "plans")
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "x.yaml").write_text(PLAN_WITHOUT_LIMIT, encoding="utf-8")
    manifest = (ROOT / "planengine.yaml").read_text(encoding="utf-8")
    (tmp_path / "planengine.yaml").write_text(manifest.replace("plans]", "plans, theirs]"))
    assert "[action-without-limit]" in run("check", str(tmp_path), "--lang", "en").output
    (theirs / "planengine.yaml").write_text("library: theirs\ninclude: [x.yaml]\nhome: linjiang\n")
    assert "[action-without-limit]" not in run("check", str(tmp_path), "--lang", "en").output


def test_an_incident_inside_a_library_is_still_told_where_it_belongs(tmp_path: Path) -> None:
    (tmp_path / "planengine.yaml").write_text(
        "library: x\ninclude: [day.yaml]\nhome: linjiang\ntime-zone: Asia/Shanghai\n"
    )
    (tmp_path / "day.yaml").write_text(INCIDENT, encoding="utf-8")
    result = run("check", str(tmp_path), "--lang", "en")
    assert "[incident-in-library]" in result.output


def test_json_is_the_promised_object() -> None:
    written = json.loads(run("check", FLOOD, "--format", "json").output)
    assert list(written) == list(REPORT_SCHEMA["required"])  # type: ignore[call-overload]
    assert written == {"version": 1, "diagnostics": []}


def test_one_is_not_many(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(INCIDENT.replace("flood", "floood"), encoding="utf-8")
    result = run("check", str(path), "--lang", "en", *LIBRARY)
    assert "1 file: 1 error, 0 warnings, 0 pieces of advice" in result.output
    result = run("check", str(path), "--lang", "zh", *LIBRARY)
    assert "1 个文件：1 个错误，0 个警告，0 条建议" in result.output


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("plans/linjiang/special/flood.yaml", ("a plan", "预案")),
        ("rules/vocabulary/calendars.yaml", ("vocabulary", "词汇")),
        ("planengine.yaml", ("a library's manifest", "预案库清单")),
    ],
)
def test_assess_tells_what_a_document_is_and_what_to_use(path: str, words: tuple[str, str]) -> None:
    for language, word in zip(("en", "zh"), words, strict=True):
        result = run("assess", str(ROOT / path), "--lang", language)
        assert result.exit_code == 2
        assert word in result.output
        assert "planengine check" in result.output


def test_other_forms_tell_the_same(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("plan: x\nkind: specal\n", encoding="utf-8")
    path = str(tmp_path / "plan.yaml")
    found = json.loads(run("check", path, "--format", "json", *LIBRARY).output)["diagnostics"]
    log = json.loads(run("check", path, "--format", "sarif", *LIBRARY).output)
    results = log["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == [one["code"] for one in found]
    lines = run("check", path, "--format", "github", *LIBRARY).output.splitlines()
    assert len(lines) == len(found)
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines)


def test_a_day_may_be_given() -> None:
    flood = str(ROOT / "plans" / "linjiang" / "special" / "flood.yaml")
    assert "plan-unassessed" not in run("check", flood, "--at", "2029-01-10", *LIBRARY).output
    assert "plan-unassessed" in run("check", flood, "--at", "2029-01-11", *LIBRARY).output
    assert run("check", flood, "--at", "soon", *LIBRARY).exit_code == 2
