"""What the author's guide says an editor sees, and what only `check` finds, is so.

An editor with the schema is a JSON Schema validator over the YAML it reads; broken YAML it sees by itself.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from planengine.linking.load import read_library
from planengine.model.schema import document_schema
from tests.cli.run import run
from tests.docs.blocks import DOCS, ROOT, blocks
from tests.model.test_schema_law import parsed

PLAN, VOCABULARY, REGISTRY = (
    next(
        block.text
        for block in blocks(DOCS / "guide" / "authors.md", "yaml")
        if block.check == "library heating" and block.first_key == key
    )
    for key in ("plan", "vocabulary", "registry")
)
SEEN = {
    "unknown-key": ("    duration: 48 h", "    durations: 48 h"),
    "missing-key": ("jurisdiction: linjiang\n", ""),
    "one-of": ("{id: repair, from: IV,", "{id: repair, from: IV, levels: [II],"),
    "unknown-agency": ("agency: civil-affairs-bureau", "agency: civil-affair-bureau"),
    "unknown-post": ("{post: mayor,", "{post: mayr,"),
    "unknown-role": ("{role: county-government}", "{role: county-governments}"),
    "unknown-hazard": ("[heating-failure]", "[heating-failures]"),
    "unknown-level": ("  - level: III\n", "  - level: VI\n"),
}
UNSEEN = {
    "unknown-fact": ("{trunk-main-burst: true,", "{trunk-main-brust: true,"),
    "unknown-place": ("停热户数@nanpu-county", "停热户数@nanpo-county"),
    "unknown-plan": ("activate: information-release", "activate: information-releases"),
    "unknown-moment": ("within: 5 h, of: occurrence", "within: 5 h, of: occurence"),
    "unknown-action": ("[warm-care-sites]", "[warm-care-site]"),
    "unknown-group": ("{group: heating-repair}", "{group: heating-repairs}"),
    "unknown-definition": ("use: hard-frost", "use: hard-forst"),
    "unknown-level": ("  - level: III\n", "  - level: red\n"),
    "vague-bound": ("24小时以上", "大量"),
    "wrong-unit": ("停热户数: 1000户以上", "停热户数: 1000人以上"),
    "bad-date": ("in-force: 2026-11-01", "in-force: 2026-13-01"),
    "bad-duration": ("within: 12 h", "within: 12 hx"),
    "band-gap": ("II: 5万户以上10万户以下", "II: 6万户以上10万户以下"),
    "band-order": ("{II: 10处以上, III: 3处以上10处以下", "{III: 10处以上, II: 3处以上10处以下"),
    "agency-outlived": (
        "in: linjiang, reports-to: housing-bureau",
        "in: linjiang, until: 2026-12-01",
    ),
}


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Draft202012Validator:
    folder = tmp_path_factory.mktemp("names")
    written = write(folder, PLAN, REGISTRY)
    entities, findings, _ = read_library(ROOT, extra=written)
    assert entities is not None, findings
    return Draft202012Validator(document_schema("plan", entities))


def write(folder: Path, plan: str, registry: str) -> list[Path]:
    texts = {"plan": plan, "registry": registry, "vocabulary": VOCABULARY}
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    return [folder / f"{name}.yaml" for name in texts]


def checked(paths: list[Path]) -> set[str]:
    """The codes of what `check` finds in these files."""
    names = [str(path) for path in paths]
    result = run("check", *names, "--library", str(ROOT), "--format", "json")
    return {item["code"] for item in json.loads(result.stdout)["diagnostics"]}


def changed(old: str, new: str) -> tuple[str, str]:
    """The plan and the registry of the guide with one mistake."""
    assert old in PLAN + REGISTRY
    return PLAN.replace(old, new, 1), REGISTRY.replace(old, new, 1)


@pytest.mark.slow
def test_neither_finds_anything_in_the_plan_of_the_guide(
    editor: Draft202012Validator, tmp_path: Path
) -> None:
    assert list(editor.iter_errors(parsed(PLAN))) == []
    assert checked(write(tmp_path, PLAN, REGISTRY)) == set()


@pytest.mark.slow
@pytest.mark.parametrize("code", SEEN)
def test_both_find_what_the_editor_underlines(
    code: str, editor: Draft202012Validator, tmp_path: Path
) -> None:
    plan, registry = changed(*SEEN[code])
    assert list(editor.iter_errors(parsed(plan))) != []
    assert code in checked(write(tmp_path, plan, registry))


@pytest.mark.slow
@pytest.mark.parametrize("code", UNSEEN)
def test_only_check_finds_the_rest(code: str, editor: Draft202012Validator, tmp_path: Path) -> None:
    plan, registry = changed(*UNSEEN[code])
    assert list(editor.iter_errors(parsed(plan))) == []
    assert code in checked(write(tmp_path, plan, registry))


@pytest.mark.slow
def test_a_name_in_other_capitals_is_underlined_and_right(
    editor: Draft202012Validator, tmp_path: Path
) -> None:
    plan, registry = changed("agency: civil-affairs-bureau", "agency: Civil-Affairs-Bureau")
    assert list(editor.iter_errors(parsed(plan))) != []
    assert checked(write(tmp_path, plan, registry)) == set()
