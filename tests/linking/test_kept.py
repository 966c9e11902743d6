"""A library that is being edited: what is kept of it changes nothing, and every name is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from planengine.diagnostics import Edit
from planengine.diagnostics.fixes import edited
from planengine.editor.naming import part_of
from planengine.linking.kept import FilesInMemory, Kept, while_writing
from planengine.linking.load import read_library
from tests.shipped import ROOT

FLOOD = ROOT / "plans/linjiang/special/flood.yaml"
RESCUE = ROOT / "plans/linjiang/departmental/medical-rescue.yaml"
WEATHER = ROOT / "rules/vocabulary/weather.yaml"
AGENCIES = ROOT / "plans/linjiang/registry/agencies.yaml"


RENAMED = {
    ("fact", "deaths"),
    ("fact", "water-level"),
    ("agency", "flood-office"),
    ("post", "flood-commander"),
    ("role", "county-flood-hq"),
    ("object", "hankou"),
    ("jurisdiction", "nanpu-county"),
    ("plan", "medical-rescue"),
    ("standard", "production-accident"),
    ("hazard", "flood"),
    ("action:linjiang/flood", "patrol-dykes"),
    ("track:plan/flood", "drought"),
    ("tier", "county"),
    ("object-kind", "reservoir"),
    ("attribute:station", "warning-stage"),
    ("value:population-density", "fairly-dense"),
    ("source", "decree-493"),
    ("moment", "occurrence"),
    ("calendar", "flood-season"),
    ("verb", "may"),
    ("scale", "grade"),
    ("definition:linjiang/flood", "main-dyke-breach"),
}


@pytest.fixture(scope="module")
def kept() -> Kept:
    made = while_writing(FilesInMemory())
    read_library(ROOT, kept=made, once=False)
    return made


@pytest.mark.parametrize(
    "path, old, new",
    [
        (FLOOD, "duration: 72 h", "duration: 71 h"),
        (RESCUE, "plan: medical-rescue\n", "plan: medical-help\n"),
        (WEATHER, "unit: mm", "unit: cm"),
        (WEATHER, "\nfacts:", "\n\n\nfacts:"),
    ],
    ids=lambda one: one.strip()[:20] if isinstance(one, str) else one.stem,
)
@pytest.mark.slow
def test_what_is_kept_changes_nothing(kept: Kept, path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    contents = {path: text.replace(old, new, 1).encode()}
    again = read_library(ROOT, contents=contents, kept=kept, once=False)
    anew = read_library(ROOT, contents=contents, once=False)
    assert again[0] == anew[0]
    assert again[1] == anew[1]
    assert read_library(ROOT, kept=kept, once=False)[0] == read_library(ROOT)[0]


@pytest.mark.slow
def test_new_names_everywhere_leave_nothing_unknown(kept: Kept) -> None:
    """Every place that names a thing by its id is known: renamed there, none is missed."""
    _, _, texts = read_library(ROOT, kept=kept, once=False)
    lines = {file: tuple(text.split("\n")) for file, text in texts.items()}
    edits: dict[str, dict[Edit, None]] = {}
    for one in kept.mentions:
        more = len(one.text) - len(one.id)
        is_id = one.text == one.id or one.text.endswith(f"/{one.id}")
        if (one.kind, one.id) in RENAMED and is_id:
            span = part_of(one, lines[one.span.file])
            span = span._replace(column=span.column + more)
            edit = Edit(span, one.id, f"{one.id}-anew")
            edits.setdefault(one.span.file, {})[edit] = None
    contents = {
        Path(file): edited(texts[file], several)[0].encode() for file, several in edits.items()
    }
    entities, findings, _ = read_library(ROOT, contents=contents, kept=kept, once=False)
    assert entities is not None
    assert [str(one) for one in findings if one.severity == "error"] == []
    declared = {(one.kind, one.id) for one in kept.mentions if one.declares}
    assert {(kind, f"{item_id}-anew") for kind, item_id in RENAMED} <= declared
    assert declared.isdisjoint(RENAMED)


@pytest.mark.slow
def test_a_broken_file_is_as_it_could_last_be_read(kept: Kept) -> None:
    before, _, _ = read_library(ROOT, kept=kept, once=False)
    text = AGENCIES.read_text(encoding="utf-8")
    contents = {AGENCIES: text.replace("agencies:", "agencies: [", 1).encode()}
    entities, findings, _ = read_library(ROOT, contents=contents, kept=kept, once=False)
    assert entities == before
    assert {one.span.file for one in findings if one.span} == {AGENCIES.as_posix()}
    assert kept.stale == {AGENCIES.as_posix()}


@pytest.mark.slow
def test_without_being_asked_nothing_is_kept() -> None:
    entities, _, _ = read_library(ROOT)
    assert entities is not None
    assert entities.names.mentions is None
