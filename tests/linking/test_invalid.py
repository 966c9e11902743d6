"""Every file under fixtures/invalid/library, added to the valid base library, has exactly the
findings that its first lines say."""

import re
from pathlib import Path

import pytest

from planengine.linking.load import read_library

FIXTURES = Path(__file__).parents[1] / "fixtures"
BASE = FIXTURES / "valid" / "base"
FILES = sorted((FIXTURES / "invalid" / "library").glob("*.yaml"))
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_invalid_document(path):
    expected = EXPECT.findall(path.read_text("utf-8"))
    assert expected, "say what is expected"
    _, findings, _ = read_library(BASE, extra=[path])
    # Most fixtures write the shortest plan there is: advice counts only where it is expected.
    wanted = {code for code, _, _ in expected}
    findings = [d for d in findings if d.severity != "advice" or d.code in wanted]
    found = [(d.code, d.span.line, d.span.column) for d in findings]
    assert sorted(found) == sorted((c, int(line), int(column)) for c, line, column in expected)
    for diagnostic in findings:
        assert diagnostic.span.file == path.as_posix()
        assert diagnostic.message_in("zh") != diagnostic.message_in("en")
        assert None not in [span for _, span in diagnostic.related]
