"""Files of tests: what is wrong in them is told with its place, in both languages."""

import re
from pathlib import Path

import pytest

from planengine.scenarios.read import read_suite
from tests.linking.libraries import base

FILES = sorted((Path(__file__).parents[1] / "fixtures" / "invalid" / "tests").glob("*.yaml"))
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_is_wrong_is_told_with_its_place(path: Path) -> None:
    findings = []
    read_suite(path, base(), findings)
    found = [(one.code, one.span.line, one.span.column) for one in findings]
    expected = EXPECT.findall(path.read_text("utf-8"))
    assert sorted(found) == sorted(
        (code, int(line), int(column)) for code, line, column in expected
    )
    for one in findings:
        assert one.span.file == path.as_posix()
        assert one.message_in("zh") != one.message_in("en")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (b"plan: x\n", "unknown-document", (1, 1)),
        (b"- 3\n", "unknown-document", (1, 1)),
        (b"test: [\n", "unclosed-bracket", (2, 1)),
    ],
)
def test_another_document_is_no_test(text: bytes, code: str, place: tuple[int, int]) -> None:
    findings = []
    assert read_suite(text, base(), findings) is None
    assert [(one.code, one.span.line, one.span.column) for one in findings] == [(code, *place)]


def test_a_missing_file_is_told() -> None:
    findings = []
    assert read_suite(Path("nowhere.test.yaml"), base(), findings) is None
    assert [one.code for one in findings] == ["unreadable-file"]


def test_a_scenario_may_begin_with_an_incident_file(tmp_path: Path) -> None:
    (tmp_path / "day.yaml").write_text(
        "incident: day\nhazards: [flood]\nobservations:\n"
        "  - {id: a, at: 2026-07-20T08:00, facts: {deaths: 1}}\n"
    )
    path = tmp_path / "day.test.yaml"
    path.write_text(
        "test: day\nscenarios:\n"
        "  - scenario: more\n    incident: day.yaml\n"
        "    observations: [{at: 2026-07-20T09:00, facts: {deaths: 2}}]\n"
        "    expect: [{at: 2026-07-20T09:00, decisions: {response.flood/flood: none}}]\n"
    )
    findings = []
    suite = read_suite(path, base(), findings)
    assert findings == []
    (case,) = suite.cases
    assert [told.node.get("at").text for told in case.told] == [
        "2026-07-20T08:00",
        "2026-07-20T09:00",
    ]
    assert case.incident.hazards == {"flood"}
    path.write_text(path.read_text().replace("day.yaml", "night.yaml"))
    findings = []
    read_suite(path, base(), findings)
    assert [(one.code, one.span.line) for one in findings if one.code == "unreadable-file"] == [
        ("unreadable-file", 4)
    ]
