"""Whatever the bytes, reading reports and never raises."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine.diagnostics.json import report
from planengine.diagnostics.render import render
from planengine.reading import yaml as reader
from tests.examples import examples

ROOT = Path(__file__).parents[2]
VALID = sorted(p for folder in ("rules", "plans") for p in (ROOT / folder).rglob("*.yaml"))
TEXTS = [p.read_text("utf-8") for p in VALID] or ["plan: flood\nany: [{deaths: 30人以上}]\n"]
SCRAPS = [
    *"[]{}:,-?|>&*!%@`\"'#\t\n \\：，“”。　",
    ">= 30",
    "[10..30)",
    "!= 3",
    ": ",
    "- ",
    "\n---\n",
    "<<: *a",
    "&a ",
    "死亡：",
    "😀",
    "\u2028",
    "\x00",
]
yamlish = st.lists(
    st.one_of(st.sampled_from(SCRAPS), st.sampled_from(["a", "键", "1", "\n  ", "\n", "a: "])),
    max_size=40,
).map("".join)


def check(raw, *, loader=None):
    findings = []
    before, reader._loader = reader._loader, loader or reader._loader
    try:
        node = reader.read_document(raw, "f", findings)
        list(reader.read_lines(raw, "f", []))
    finally:
        reader._loader = before
    assert node is not None or any(d.severity == "error" for d in findings)
    text = raw if isinstance(raw, str) else raw.decode(errors="replace")
    lines = text.removeprefix("\ufeff").split("\n")
    for found in findings:
        assert 1 <= found.span.line <= len(lines) + 1
        assert found.span.column >= 1
        assert (found.span.end_line, found.span.end_column) >= (found.span.line, found.span.column)
    render(findings, {"f": text}, language="zh")
    report(findings)


@given(st.binary(max_size=200))
def test_any_bytes(raw):
    check(raw)


@given(st.text(max_size=100))
def test_any_text(text):
    check(text)


@settings(max_examples=examples(300))
@given(yamlish)
def test_scraps_of_yaml(text):
    check(text)


@settings(max_examples=examples(100))
@given(yamlish)
def test_scraps_of_yaml_without_libyaml(text):
    check(text, loader=lambda: yaml.Loader)


@settings(max_examples=examples(150), deadline=None)
@given(st.data())
def test_mutated_files(data):
    text = data.draw(st.sampled_from(TEXTS))
    start = data.draw(st.integers(0, max(len(text) - 800, 0)))
    text = text[text.rfind("\n", 0, start) + 1 : start + 800]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 4))
        text = text[:at] + data.draw(st.sampled_from(["", *SCRAPS])) + text[at + cut :]
    check(text.encode(errors="surrogatepass"))


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_our_own_files_are_read_without_findings(path):
    findings = []
    assert reader.read_document(path.read_bytes(), str(path), findings)
    assert not findings
