"""Exercise and players files: what is wrong in them is told with its place, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planengine.diagnostics import Diagnostic
from planengine.exercises.read import read_exercise
from planengine.exercises.read_players import read_players
from planengine.exercises.virtual import parse_virtual
from tests.linking.libraries import base

FIXTURES = Path(__file__).parents[1] / "fixtures" / "invalid" / "exercises"
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)
PLAIN = b"exercise: x\nhazards: [flood]\nstart: 2026-07-20T08:00\nend: T+4:00\n"


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.yaml")), ids=lambda path: path.name)
def test_what_is_wrong_is_told_with_its_place(path: Path) -> None:
    findings: list[Diagnostic] = []
    if path.name.endswith(".players.yaml"):
        exercise = read_exercise(PLAIN, base(), findings)
        assert exercise is not None
        read_players(path, exercise, base(), findings)
    else:
        read_exercise(path, base(), findings)
    found = [(one.code, one.span.line, one.span.column) for one in findings if one.span]
    expected = EXPECT.findall(path.read_text("utf-8"))
    assert sorted(found) == sorted((code, int(line), int(at)) for code, line, at in expected)
    for one in findings:
        assert one.message_in("zh") != one.message_in("en")


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("T+0:30", 1800),
        ("T + 1d 6:00", 108_000),
        ("T+1天 6:00:30", 108_030),
        ("T+90 min", 5400),
        ("1970-01-01T02:00Z", 7200),
        ("T+", None),
        ("T+0:75", None),
        ("0:30", None),
        ("T-1:00", None),
    ],
)
def test_virtual_times(text: str, at: int | None) -> None:
    assert parse_virtual(text, 0, "UTC") == at


@pytest.mark.parametrize("text", [b"plan: x\n", b"- 3\n", b"players: x\n"])
def test_another_document_is_no_exercise(text: bytes) -> None:
    findings: list[Diagnostic] = []
    assert read_exercise(text, base(), findings) is None
    assert [(one.code, one.span and one.span.line) for one in findings] == [("unknown-document", 1)]


def test_a_missing_file_is_told() -> None:
    findings: list[Diagnostic] = []
    assert read_exercise(Path("nowhere.exercise.yaml"), base(), findings) is None
    assert [one.code for one in findings] == ["unreadable-file"]


def test_what_people_did_in_a_file_is_left_to_players(tmp_path: Path) -> None:
    (tmp_path / "day.yaml").write_text(
        "incident: day\nhazards: [flood]\nstatus: actual\nobservations:\n"
        "  - {id: a, at: 2026-07-20T08:10, status: actual, facts: {deaths: 1}}\n"
        "  - {id: b, at: 2026-07-20T08:20, decide: {plan: flood, level: II}}\n"
        "  - {id: c, at: 2026-07-20T08:30, withdraw: b}\n"
        "  - {id: d, at: 2026-07-20T08:20, received: 2026-07-20T08:40, facts: {deaths: 2}}\n"
        "  - {id: e, at: 2026-07-20T18:00, facts: {deaths: 3}}\n"
    )
    path = tmp_path / "x.exercise.yaml"
    path.write_text("exercise: x\nincident: day.yaml\nstart: 2026-07-20T08:00\nend: T+1:00\n")
    findings: list[Diagnostic] = []
    exercise = read_exercise(path, base(), findings)
    assert findings == []
    assert exercise is not None
    assert exercise.header["status"] == "exercise"
    told = [(one.id, one.at - exercise.start, one.record) for one in exercise.injects]
    assert [(name, at) for name, at, _ in told] == [("a", 600), ("d", 2400)]
    assert all(record is not None and "status" not in record for _, _, record in told)
