"""Every file under fixtures/invalid/conditions has exactly the findings of its first lines."""

import re
from pathlib import Path

import pytest

from planengine.linking.load import read_library

FIXTURES = Path(__file__).parents[1] / "fixtures"
LIBRARY = FIXTURES / "libraries" / "conditions"
FILES = sorted((FIXTURES / "invalid" / "conditions").glob("*.yaml"))
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)


def test_the_library_itself_is_good():
    _, findings, _ = read_library(LIBRARY)
    assert [str(found) for found in findings] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_invalid_file(path):
    expected = [
        (code, int(line), int(column))
        for code, line, column in EXPECT.findall(path.read_text("utf-8"))
    ]
    assert expected, "say what is expected"
    _, findings, _ = read_library(LIBRARY, extra=[path])
    assert [(d.code, d.span.line, d.span.column) for d in findings if d.span] == expected
    assert all(found.message_in("zh") for found in findings)
