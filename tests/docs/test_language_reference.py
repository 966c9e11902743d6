"""Every example of the language in the documentation reads, and fits the shipped library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import indent

import pytest

from planengine.diagnostics import Diagnostic
from planengine.linking.incidents.incident import read_incident
from planengine.linking.load import read_library
from planengine.model.exercise import ExerciseModel, PlayersModel
from planengine.model.incident import IncidentModel
from planengine.model.manifest import ManifestModel
from planengine.model.plan import PlanModel
from planengine.model.registry import RegistryModel
from planengine.model.scenario import TestModel
from planengine.model.sources import SourcesModel
from planengine.model.standard import StandardModel
from planengine.model.vocabulary import VocabularyModel
from planengine.reading.validate import build
from planengine.reading.yaml import read_document
from planengine.scenarios.read import read_suite
from tests.docs.blocks import ROOT, WITH_YAML, Block, blocks

MODELS = {
    "vocabulary": VocabularyModel,
    "sources": SourcesModel,
    "registry": RegistryModel,
    "standard": StandardModel,
    "plan": PlanModel,
    "incident": IncidentModel,
    "test": TestModel,
    "exercise": ExerciseModel,
    "players": PlayersModel,
    "library": ManifestModel,
}
YAML = [block for page in WITH_YAML for block in blocks(page, "yaml")]
DOCUMENTS = [block for block in YAML if block.first_key in MODELS]
CHECKED = [block for block in YAML if block.check and not block.check.startswith("append")]
GROUPS = sorted({b.check for b in CHECKED if b.check.startswith("library")})

HEAD = """\
plan: checked-{number}
kind: special
jurisdiction: linjiang
edition: {{number: "1", in-force: 2026-01-01}}
applies: {{hazards: [flood]}}
"""


def as_document(block: Block, number: int) -> str:
    """A block as a document of the library."""
    head = HEAD.format(number=number)
    if block.check == "part of plan":
        return head + block.text
    if block.check == "condition":
        return f"{head}levels:\n  - level: I\n    when:\n{indent(block.text, ' ' * 6)}"
    return block.text


def complaints(checked: Sequence[Block], folder: Path) -> list[str]:
    """What the shipped library with these blocks added has to say of them."""
    files: dict[str, Block] = {}
    seen: set[str] = set()
    for number, block in enumerate(checked):
        text = as_document(block, number)
        if block.first_key in {"incident", "test"} or text in seen:  # a page and its translation
            continue
        seen.add(text)
        path = folder / f"block-{number}.yaml"
        path.write_text(text, encoding="utf-8")
        files[path.as_posix()] = block
    entities, findings, _ = read_library(ROOT, extra=[Path(name) for name in files])
    assert entities is not None
    incidents = [block for block in checked if block.first_key == "incident"]
    for block in incidents:
        read_incident(block.text, entities, findings, file=str(block))
    for block in (block for block in checked if block.first_key == "test"):
        read_suite(block.text.encode(), entities, findings, str(block))
    errors = [item for item in findings if item.severity == "error"]
    return [f"{files.get(item.span.file if item.span else '')}: {item}" for item in errors]


@pytest.mark.parametrize("block", DOCUMENTS, ids=str)
def test_documents_read(block: Block) -> None:
    findings: list[Diagnostic] = []
    node = read_document(block.text, str(block), findings)
    assert node is not None
    assert build(node, MODELS[block.first_key], findings) is not None, findings
    assert not findings


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS)
def test_documents_fit_the_shipped_library(group: str, tmp_path: Path) -> None:
    assert complaints([b for b in CHECKED if b.check == group], tmp_path) == []


def test_parts_and_conditions_fit_the_shipped_library(tmp_path: Path) -> None:
    assert complaints([b for b in CHECKED if not b.check.startswith("library")], tmp_path) == []


def test_there_is_something_to_check() -> None:
    assert {block.first_key for block in DOCUMENTS} == set(MODELS)
    assert len(CHECKED) > 15
    assert all(
        block.check in ("part of plan", "condition") or block.first_key in MODELS
        for block in CHECKED
    )
