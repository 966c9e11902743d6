"""The commands as a user runs them: output, exit status, errors without tracebacks."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from planengine import answers
from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT


def test_assess_shows_levels_leads_duties_and_questions() -> None:
    result = run("assess", FLOOD, "--at", "2026-07-18T12:30:00+08:00", "--lang", "zh", *LIBRARY)
    assert result.exit_code == 0
    for words in ("三级", "临江市防汛抗旱应急预案", "提级", "牵头", "接下来", "先核实", "下次复核"):
        assert words in result.output


def test_assess_says_why_with_file_line_and_clause() -> None:
    result = run(
        "assess", FLOOD, "--at", "2026-07-18T08:00:00+08:00", "--why", "--lang", "en", *LIBRARY
    )
    assert "special/flood.yaml:" in result.output
    assert "basis:" in result.output
    assert "o1 07-18 06:00 weather bureau" in result.output


def test_assess_json_from_standard_input() -> None:
    text = Path(FLOOD).read_text("utf-8")
    result = run("assess", "-", "--format", "json", *LIBRARY, stdin=text)
    assert json.loads(result.output)["incident"] == "flood-day"


STREAM = """\
{"incident": "feed", "label": {"zh": "报汛"}, "hazards": ["flood"]}
{"at": "2026-07-18T12:00:00+08:00", "object": "hankou", "facts": {"water-level": 27.5}}
{"at": "2026-07-18T12:10:00+08:00", "id": "x", "object": "hankou", "facts": {"water-level": -999999}}
{"at": "2026-07-18T12:20:00
"""


def test_lenient_counts_what_can_be_read_and_lists_the_rest() -> None:
    strict = run("assess", "-", "--lang", "en", *LIBRARY, stdin=STREAM)
    assert strict.exit_code == 1
    assert "facts:3:93 error[outside-domain]" in strict.stderr
    assert "facts:4:8 error[unclosed-quote]" in strict.stderr
    assert strict.stdout == ""
    told = run("assess", "-", "--lenient", "--lang", "en", *LIBRARY, stdin=STREAM)
    assert told.exit_code == 0
    assert told.stderr.startswith(
        "facts:3:1 warning[records-rejected] 2 of 3 records could not be read and do not count; "
        "the first has outside-domain\n"
    )
    assert told.stdout.splitlines()[1:2] == [
        "! 2 unreadable records do not count; the first: facts:3:1 `-999999` is not possible: the fact lies in [-500..9000]",
    ]
    assert "Level II " in told.stdout
    data = json.loads(
        run("assess", "-", "--lenient", "--format", "json", *LIBRARY, stdin=STREAM).stdout
    )
    assert [
        (one["number"], one["id"], one["place"], [reason["code"] for reason in one["reasons"]])
        for one in data["rejected"]
    ] == [
        (2, "x", {"file": "facts", "line": 3, "column": 1}, ["outside-domain"]),
        (3, None, {"file": "facts", "line": 4, "column": 1}, ["unclosed-quote"]),
    ]
    assert data["rejected"][0]["reasons"][0]["place"]["column"] == 93


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh", '错误：durable 引擎需要 durable_rules：pip install "planengine[durable]"'),
        ("en", 'error: the durable engine needs durable_rules: pip install "planengine[durable]"'),
    ],
)
def test_an_engine_that_refuses_says_why_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    result = run("assess", FLOOD, "--engine", "durable", "--lang", language, *LIBRARY)
    assert result.exit_code == 1
    assert result.output.startswith(says)


@pytest.mark.slow
def test_both_engines_by_option() -> None:
    pytest.importorskip("durable_rules_engine")
    at = ("--at", "2026-07-18T08:00:00+08:00", "--format", "json")
    one = json.loads(run("assess", FLOOD, *at, *LIBRARY).output)
    two = json.loads(run("assess", FLOOD, *at, "--engine", "both", *LIBRARY).output)
    assert one == two


@pytest.mark.slow
def test_a_second_run_answers_the_same_from_the_store() -> None:
    words = ("assess", FLOOD, "--format", "json", *LIBRARY)
    assert run(*words).output == run(*words).output


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("incident: x\nhazards: [floood]\nobservations: []\n", "unknown-hazard"),
        ("incident: x\nhazards: [flood]\nobservations:\n  - {at: yesterday, facts: {deaths: 1}}\n", "bad-time"),
        ("incident: x\nhazards: [flood]\nobservations:\n  - {at: 2026-07-01T08:00:00+08:00, facts: {deths: 1}}\n", "unknown-fact"),
        ("incident: x\nhazards: [flood]\nobservations:\n  - {at: 2026-07-01T08:00:00+08:00, facts: {deaths: 1 m}}\n", "wrong-unit"),
        ("incident: [", "unclosed-bracket"),
        ("", "empty-document"),
    ],
)  # fmt: skip
def test_bad_facts_are_findings_not_tracebacks(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(text, encoding="utf-8")
    result = run("assess", str(path), "--lang", "en", *LIBRARY)
    assert result.exit_code == 1
    assert f"[{code}]" in result.output
    assert "Traceback" not in result.output


def test_wrong_use_ends_with_2(tmp_path: Path) -> None:
    assert run("assess", FLOOD, "--at", "noon", *LIBRARY).exit_code == 2
    assert run("explain", "no-such-code").exit_code == 2
    assert run("graph", "--around", "nothing-like-it", *LIBRARY).exit_code == 2
    assert run("frobnicate").exit_code == 2
    facts = tmp_path / "facts.yaml"
    facts.write_text("incident: x\nhazards: [flood]\nobservations: []\n")
    assert run("assess", str(facts), *LIBRARY).exit_code == 2  # no time of its own, no --at


@pytest.mark.slow
def test_check_is_quiet_about_the_shipped_library() -> None:
    result = run("check", str(ROOT), "--lang", "en")
    assert result.exit_code == 0
    assert ": 0 errors, 0 warnings" in result.output


@pytest.mark.slow
def test_check_one_file_that_is_not_yet_part_of_a_library(tmp_path: Path) -> None:
    plan = (
        "plan: heat-two\nkind: special\nlabel: {zh: 高温预案, en: heat plan}\n"
        "jurisdiction: linjiang\nedition: {number: '1', in-force: 2026-01-01}\n"
        "applies: {hazards: [heat]}\nlevels:\n"
        "  - {level: IV, approve: {post: mayor}, when: {warning.heat: red}}\n"
    )
    path = tmp_path / "plan.yaml"
    path.write_text(plan, encoding="utf-8")
    good = run("check", str(path), *LIBRARY)
    assert good.exit_code == 0, good.output
    path.write_text(plan.replace("linjiang", "linjang"), encoding="utf-8")
    bad = run("check", str(path), "--format", "json", *LIBRARY)
    assert bad.exit_code == 1
    assert "unknown-jurisdiction" in bad.output


@pytest.mark.parametrize(
    "kind",
    ["plans", "standards", "facts", "hazards", "agencies", "posts", "roles", "areas", "objects",
     "scales", "sources", "calendars"],
)  # fmt: skip
def test_list(kind: str) -> None:
    rows = json.loads(run("list", kind, "--format", "json", *LIBRARY).output)
    assert rows
    assert all(row["label"] for row in rows)
    assert run("list", kind, *LIBRARY).exit_code == 0


@pytest.mark.parametrize("kind", ["plan", "standard", "vocabulary", "registry", "sources", "incident", "library"])  # fmt: skip
def test_schema(kind: str) -> None:
    assert json.loads(run("schema", kind, *LIBRARY).output)["type"] == "object"
    assert json.loads(run("schema", kind, "--plain").output)["type"] == "object"


def test_schema_of_an_assessment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # where there is no library
    assert json.loads(run("schema", "assessment").output) == answers.json_schema()
    for needless in (["--plain"], LIBRARY):
        result = run("schema", "assessment", *needless, "--lang", "en")
        assert result.exit_code == 2
        assert "--plain and --library are not for assessment" in result.output


def test_explain_in_both_languages() -> None:
    assert "## What it means" in run("explain", "unquoted-bound", "--lang", "en").output
    assert "## 含义" in run("explain", "unquoted-bound", "--lang", "zh").output
    assert "unquoted-bound" in run("explain", "--lang", "en").output


def test_no_library_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("list", "plans")
    assert result.exit_code == 2
    assert "planengine.yaml" in result.output
