"""The JSON shapes as documented are those that come out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.diagnostics.json import DIAGNOSTIC_SCHEMA
from planengine.facade import moment
from planengine.graph.build import dependency_graph
from planengine.graph.text import to_data
from planengine.graph.views import outline
from tests.cli.run import LIBRARY, run
from tests.docs.blocks import DOCS, ROOT, blocks

PAGE = DOCS / "reference" / "json.md"
TEXT = PAGE.read_text(encoding="utf-8")
ASSESSMENT, DIAGNOSTIC, IMPACT, GRAPH = (json.loads(block.text) for block in blocks(PAGE, "json"))
BY_LANGUAGE = {"label", "do"}  # objects whose keys are languages


def paths(value: Any, path: str = "") -> Iterator[str]:
    """The keys of a JSON value with where they stand."""
    if isinstance(value, list):
        for item in value:
            yield from paths(item, f"{path}[]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield f"{path}.{key}"
            if key not in BY_LANGUAGE:
                yield from paths(item, f"{path}.{key}")


@pytest.fixture(scope="module")
def real(engine: planengine.Engine) -> set[str]:
    found: set[str] = set()
    for name in sorted(Path(ROOT / "examples").glob("*.yaml")):
        incident = engine.library.read_incident(name)
        found.update(paths(engine.assess(incident).to_dict()))
    found.update(
        paths(engine.assess(ROOT / "examples" / "flood-day.yaml", at=ASSESSMENT["at"]).to_dict())
    )
    return found


@pytest.mark.slow
def test_the_example_has_keys_that_there_are(real: set[str]) -> None:
    assert set(paths(ASSESSMENT)) - real == set()


@pytest.mark.slow
def test_every_key_is_described(real: set[str]) -> None:
    described = set(re.findall(r"`(\w+)`", TEXT)) | {"file", "line", "column"}
    assert {path.rpartition(".")[2] for path in real} - described == set()


def test_the_diagnostic_is_of_the_promised_shape() -> None:
    assert list(DIAGNOSTIC) == list(DIAGNOSTIC_SCHEMA["required"])  # type: ignore[call-overload]
    finding = planengine.Diagnostic("unknown-agency", None, tuple(DIAGNOSTIC["params"].items()))
    assert finding.message == DIAGNOSTIC["message"]
    assert finding.hint == DIAGNOSTIC["hint"]


def test_the_graph_is_of_that_shape(engine: planengine.Engine) -> None:
    rules = engine.rules_at(moment(ASSESSMENT["at"]))
    whole = dependency_graph(engine.library.entities, rules)
    data = to_data(outline(whole), lambda key, _: key)
    assert set(paths(GRAPH)) == set(paths(data))
    assert all(edge in data["edges"] for edge in GRAPH["edges"])
    everything = to_data(whole, lambda key, _: key)
    words = {node["kind"] for node in everything["nodes"]}
    words |= {edge["relation"] for edge in everything["edges"]}
    assert [word for word in words if f"`{word}`" not in TEXT.replace("\n", " ")] == []


@pytest.mark.slow
def test_the_impact_is_what_the_library_gives() -> None:
    words = ("impact", "deaths", *LIBRARY, "--at", IMPACT["at"], "--format", "json", "--lang", "en")
    data = json.loads(run(*words).output.replace(f"{ROOT}/", ""))
    assert set(data) == set(IMPACT)
    for key in ("thing", "at", "declared", "empty_roles", "replaced_by"):
        assert data[key] == IMPACT[key]
    assert all(use in data["uses"] for use in IMPACT["uses"])
    assert all(one in data["follows"] for one in IMPACT["follows"])
