"""What is kept from one command to the next changes nothing, and is not linked again."""

from __future__ import annotations

from pathlib import Path

import pytest

from planengine.linking.kept import between_commands
from planengine.linking.library import link as linking
from planengine.linking.load import read_library
from planengine.store import Store
from tests.shipped import ROOT

KEY = bytes(32)
FLOOD = ROOT / "plans/linjiang/special/flood.yaml"
RESCUE = ROOT / "plans/linjiang/departmental/medical-rescue.yaml"

REGISTRY = """registry: town
jurisdictions: {town: {tier: city, label: {en: Town}}}
agencies:
  fire: {label: {en: Fire}, in: town}
"""
VOCABULARY = """vocabulary: words
tiers: [{id: city}]
scales:
  response: {levels: [{id: I}, {id: II}]}
hazards: {fire: {label: {en: fire}}}
facts:
  dead: {type: count, direction: up, label: {en: dead}}
verbs: [{id: must, is: must}]
plan-kinds: [{id: special}]
moments: {met: {is: met}}
"""
PLAN = """plan: {name}
kind: special
label: {{en: Plan {name}}}
jurisdiction: town
edition: {{number: 1}}
applies: {{hazards: [fire]}}
command: {{headquarters: fire}}
levels:
  - level: II
    when: {{dead: ≥ 3}}
actions:
  - {{id: go, from: II, executor: {executor}, do: go, within: 1 h, of: met}}
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "planengine.yaml").write_text(
        "library: tiny\ninclude: [words.yaml, places.yaml, one.yaml, two.yaml]\n"
        "home: town\ntime-zone: Asia/Shanghai\n"
    )
    (folder / "words.yaml").write_text(VOCABULARY)
    (folder / "places.yaml").write_text(REGISTRY)
    for name in ("one", "two"):
        text = PLAN.format(name=name, executor="fire")
        (folder / f"{name}.yaml").write_text(text)
    return folder


@pytest.fixture
def linked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The plans that are linked, as they are."""
    found: list[str] = []
    link_plan = linking.link_plan

    def noted(model, document):  # type: ignore[no-untyped-def]
        found.append(str(model.plan))
        return link_plan(model, document)

    monkeypatch.setattr(linking, "link_plan", noted)
    return found


def read_as_kept(folder: Path, store: Store, linked: list[str]) -> list[str]:
    """The plans that are linked for the next command, which finds what all others would."""
    anew = read_library(folder)
    linked.clear()
    kept = read_library(folder, kept=between_commands(store))
    again = [*linked]
    assert kept == anew
    return again


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize(
    "file, old, new, again",
    [
        ("one.yaml", "≥ 3", "≥ 4", ["one"]),
        ("one.yaml", "plan:", "# a line more\nplan:", ["one"]),
        ("one.yaml", "id: go", "id: leave", ["one", "two"]),
        ("one.yaml", "Plan one", "Plan first", ["one", "two"]),
        ("words.yaml", "type: count", "type: count, unit: 人", ["one", "two"]),
        ("places.yaml", "{en: Fire}", "{en: Fire brigade}", ["one", "two"]),
        ("planengine.yaml", "Asia/Shanghai", "Asia/Urumqi", ["one", "two"]),
    ],
)
def test_after_an_edit_only_what_it_bears_on_is_linked_again(
    town: Path, tmp_path: Path, linked: list[str], file: str, old: str, new: str, again: list[str]
) -> None:
    store = Store(tmp_path / "kept", KEY)
    assert read_as_kept(town, store, linked) == ["one", "two"]
    assert read_as_kept(town, store, linked) == []
    change(town / file, old, new)
    assert read_as_kept(town, store, linked) == again
    change(town / file, new, old)
    assert len(read_as_kept(town, store, linked)) == len(again)


def test_a_place_in_another_file_that_moves_is_told_where_it_is(
    town: Path, tmp_path: Path, linked: list[str]
) -> None:
    """A plan that an ambiguous name stands in is told where both things are declared."""
    (town / "three.yaml").write_text(PLAN.format(name="three", executor="fire"))
    change(town / "planengine.yaml", "two.yaml", "two.yaml, three.yaml")
    for name in ("one", "three"):
        change(town / f"{name}.yaml", f"{{en: Plan {name}}}", "{en: Same}")
    change(town / "two.yaml", "dead: ≥ 3", "response.Same: II")
    store = Store(tmp_path / "kept", KEY)
    read_as_kept(town, store, linked)
    change(town / "one.yaml", "plan:", "# a line more\nplan:")
    assert read_as_kept(town, store, linked) == ["one", "two"]


def test_the_same_edition_twice_has_ids_of_its_own(
    town: Path, tmp_path: Path, linked: list[str]
) -> None:
    change(town / "two.yaml", "plan: two", "plan: one")
    change(town / "two.yaml", "jurisdiction: town", "jurisdiction: Town")
    store = Store(tmp_path / "kept", KEY)
    read_as_kept(town, store, linked)
    change(town / "one.yaml", "≥ 3", "≥ 4")
    read_as_kept(town, store, linked)
    entities, _, _ = read_library(town, kept=between_commands(store))
    assert entities is not None
    ids = [one.rule_id for one in entities.plans["town/one"]]
    assert ids == ["town/one@1", "town/one@1~2"]
    assert [name for name, one in entities.written.items() if one.kind == "document"] == ids


@pytest.mark.parametrize(
    "path, old, new",
    [
        (RESCUE, "plan: medical-rescue\n", "plan: medical-help\n"),
        (FLOOD, "plan: flood", "\n\n\nplan: flood"),
    ],
    ids=lambda one: one.strip()[:20] if isinstance(one, str) else one.stem,
)
@pytest.mark.slow
def test_what_is_kept_changes_nothing(tmp_path: Path, path: Path, old: str, new: str) -> None:
    store = Store(tmp_path / "kept", KEY)
    read_library(ROOT, kept=between_commands(store))
    text = path.read_text(encoding="utf-8")
    assert old in text
    contents = {path: text.replace(old, new, 1).encode()}
    again = read_library(ROOT, contents=contents, kept=between_commands(store))
    assert again == read_library(ROOT, contents=contents)
