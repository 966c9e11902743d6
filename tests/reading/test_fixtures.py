"""Every file under fixtures/invalid/reading has exactly the findings that its first lines say."""

import re
from pathlib import Path

import pytest
import yaml

from planengine.diagnostics.codes import CODES, FAMILIES
from planengine.reading import yaml as reader

FILES = sorted((Path(__file__).parents[1] / "fixtures" / "invalid" / "reading").glob("*.yaml"))
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)


@pytest.fixture(params=["C", "pure"])
def loader(request, monkeypatch):
    if request.param == "pure":
        monkeypatch.setattr(reader, "_loader", lambda: yaml.Loader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_invalid_file(path):
    raw = path.read_bytes()
    expected = [(c, int(line), int(col)) for c, line, col in EXPECT.findall(raw.decode())]
    assert expected, "say what is expected"
    findings = []
    reader.read_document(raw, path.name, findings)
    assert [(d.code, d.span.line, d.span.column) for d in findings] == expected
    assert all(d.message_in("zh") and d.span.file == path.name for d in findings)


YAML_CODES = [
    code
    for code in FAMILIES["reading"]
    if code.id in {c for p in FILES for c, _, _ in EXPECT.findall(p.read_text("utf-8"))}
    and code.id not in {"control-character", "too-deep", "too-many-nodes"}
]


@pytest.mark.parametrize("code", YAML_CODES, ids=lambda code: code.id)
def test_examples_of_codes(code):
    findings = []
    reader.read_document(code.bad, "bad", findings)
    assert code.id in [d.code for d in findings]
    findings = []
    reader.read_document(code.good, "good", findings)
    assert not findings


def test_every_yaml_code_has_a_fixture():
    seen = {code for path in FILES for code, _, _ in EXPECT.findall(path.read_text("utf-8"))}
    from planengine.diagnostics.codes import reading_marks, reading_yaml

    declared = {code.id for code in (*reading_marks.CODES, *reading_yaml.CODES)}
    assert declared - seen == {"yaml-syntax"}
    assert seen <= CODES.keys()
