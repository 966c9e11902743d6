"""Every file under fixtures/invalid/checks, added to the valid base library, has exactly the
findings of its first lines when the library is checked; every file under valid/checks has none."""

import re
from functools import cache
from pathlib import Path

import pytest

import planengine
from planengine import Library
from planengine.diagnostics.codes import FAMILIES
from planengine.linking.load import read_library

FIXTURES = Path(__file__).parents[1] / "fixtures"
BASE = FIXTURES / "valid" / "base"
INVALID = sorted((FIXTURES / "invalid" / "checks").glob("*.yaml"))
VALID = sorted((FIXTURES / "valid" / "checks").glob("*.yaml"))
# What a short example leaves out: looked at only in the files that are named after it.
LEFT_OUT = frozenset(
    {
        "executor-no-member",
        "member-idle",
        "member-without-duties",
        "no-end",
        "no-lower",
        "no-release",
        "no-report-upward",
        "repeat-without-until",
    }
)
AT = "2026-06-01T00:00:00+08:00"
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)


def checked(path):
    """What the check of the base library finds more with the file than without."""
    entities, findings, sources = read_library(BASE, extra=[path])
    if entities is None or any(found.severity == "error" for found in findings):
        return findings
    found = Library(entities, tuple(findings), sources).check(at=AT)
    left_out = LEFT_OUT - {path.stem}
    return [d for d in found if d not in of_base() and d.code not in left_out]


@cache
def of_base():
    return planengine.load(BASE).check(at=AT)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_each_slip_is_found_once_and_where_it_is(path):
    expected = EXPECT.findall(path.read_text("utf-8"))
    assert expected, "say what is expected"
    findings = checked(path)
    found = [(d.code, d.span.line, d.span.column) for d in findings]
    assert sorted(found) == sorted((c, int(line), int(column)) for c, line, column in expected)
    for diagnostic in findings:
        assert diagnostic.span.file == path.as_posix()
        assert diagnostic.message_in("zh") != diagnostic.message_in("en")


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_is_meant_is_left_alone(path):
    assert [str(found) for found in checked(path)] == []


def test_every_check_has_a_fixture_for_and_one_against():
    codes = {code.id for code in FAMILIES["checks"]}
    assert codes <= {path.stem for path in INVALID}
    assert codes <= {path.stem for path in VALID}
