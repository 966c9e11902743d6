"""One slip is one finding: what only follows from it is not told beside it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from planengine.facade import Library
from planengine.linking.load import read_library

BASE = Path(__file__).parents[1] / "fixtures" / "valid" / "base"


def found(folder: Path) -> list[tuple[str, str, int]]:
    entities, findings, sources = read_library(folder)
    if entities is not None and not any(one.severity == "error" for one in findings):
        findings = list(Library(entities, tuple(findings), sources).check())
    places = [(one.code, one.span) for one in findings]
    return [(c, Path(s.file).name, s.line) for c, s in places if s is not None]


KNOWN = found(BASE)

SLIPS = [
    # the file, what is written, what is meant, the code and its line
    ("planengine.yaml", "rules,", "rlues,", "unreadable-file", 3),
    ("rules/vocabulary.yaml", "verbs:", "vrebs:", "unknown-key", 60),
    ("rules/vocabulary.yaml", "type: flag", "tyep: flag", "unknown-key", 17),
    ("rules/registry.yaml", "  flood-hq: {label", "  floodh-q: {label", "unknown-agency", 22),
    ("rules/registry.yaml", "until: 2024-01-01", "until: 2024-31-01", "bad-date", 15),
    ("rules/accident.yaml", "standard: accident", "standard: acciednt", "unknown-standard", 8),
    ("rules/accident.yaml", "3人以上10人以下", "30人以上10人以下", "inverted-bound", 10),
    ("rules/accident.yaml", "重大: 10人以上", "重大: 100人以上", "not-monotone", 10),
    ("rules/sources.yaml", "  decree:", "  dercee:", "unknown-source", 7),
    ("plans/accident.yaml", "role: lead", "role: leda", "unknown-member-role", 12),
    (
        "plans/flood.yaml",
        "jurisdiction: river-city",
        "jurisdiction: riber-city",
        "unknown-jurisdiction",
        4,
    ),
]


@pytest.mark.parametrize(("file", "good", "bad", "code", "line"), SLIPS, ids=lambda x: str(x)[:24])
def test_one_slip_is_one_finding(
    tmp_path: Path, file: str, good: str, bad: str, code: str, line: int
) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    path = folder / file
    text = path.read_text("utf-8")
    assert good in text
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    new = [one for one in found(folder) if one not in KNOWN]
    assert [(one[0], one[2]) for one in new if one[0] != "band-includes-zero"] == [(code, line)]


def test_two_slips_are_two_findings(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    path = folder / "plans" / "accident.yaml"
    text = path.read_text("utf-8").replace("一般", "一班").replace("dyke-breach", "dike-breech")
    path.write_text(text, encoding="utf-8")
    assert [code for code, _, _ in found(folder)] == ["unknown-level", "unknown-fact"]


def test_a_name_declared_otherwise_shows_where(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(BASE, folder)
    path = folder / "rules" / "registry.yaml"
    text = path.read_text("utf-8").replace("  flood-hq: {label", "  floodh-q: {label", 1)
    path.write_text(text, encoding="utf-8")
    _, findings, _ = read_library(folder)
    [one] = findings
    words = [(text.en, text.zh, span.line) for text, span in one.related]
    assert words[0][0].startswith("it stands in ")
    assert words[0][2] == 27
    assert words[-1] == ("`floodh-q` is declared here", "`floodh-q` 声明于此", 21)
