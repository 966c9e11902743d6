"""The JSON Schema for editors says of shapes what the reader says: no more and no less.

What people write well must please the schema; what has a wrong shape must not. The documents
under fixtures/shapes write every key there is; one change to one of them at a time shows the
schema and the reader side by side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from planengine.diagnostics import Diagnostic
from planengine.domain.entities import Entities
from planengine.exercises.read import read_exercise
from planengine.exercises.read_players import read_players
from planengine.linking.incidents.incident import read_incident
from planengine.linking.load import load_library, read_library
from planengine.model.schema import KINDS, document_schema
from planengine.reading.nodes import MappingNode, Node, SequenceNode
from planengine.reading.yaml import read_document
from planengine.scenarios.read import read_suite
from tests.docs.blocks import ROOT, WITH_YAML, blocks

FIXTURES = ROOT / "tests" / "fixtures"
BASE = FIXTURES / "valid" / "base"
CONDITIONS = FIXTURES / "libraries" / "conditions"
EXPECT = re.compile(r"^# expect: (\S+) (\d+):(\d+)$", re.MULTILINE)

SHAPE = {
    *("unknown-key", "key-misplaced", "missing-key", "wrong-type", "not-a-choice", "too-few"),
    *("too-many", "one-of", "empty-key"),
    *("condition-list", "condition-not-value", "empty-condition", "clause-shape", "needs-list"),
    *("text-needed", "missing-bound", "bound-shape", "plain-value-needed", "not-forecastable"),
    *("table-shape", "columns-needed", "condition-as-row", "row-key-outside-list"),
    *("variants-shape", "beside-variants", "variant-basis"),
}
"""The codes of a wrong shape, whatever names and values there are."""

SEEN_BY_FORM = {"bad-date", "bad-calendar", "thousands-comma"}
"""What the schema may see too: the form of a date, and what a comma makes of an amount."""

EXERCISE = b"exercise: x\nhazards: [flood]\nstart: 2026-07-20T08:00\nend: T+4:00\n"
SHIPPED = [
    ROOT / "planengine.yaml",
    *sorted(path for folder in ("rules", "plans") for path in (ROOT / folder).rglob("*.yaml")),
    *sorted((ROOT / "examples").glob("*.yaml")),
    *sorted((ROOT / "examples" / "exercises").glob("*.yaml")),
]
VALID = sorted(BASE.rglob("*.yaml")) + sorted(CONDITIONS.rglob("*.yaml"))
SHAPES = sorted((FIXTURES / "shapes").glob("*.yaml"))
INVALID = [
    *((path, BASE) for path in sorted((FIXTURES / "invalid" / "library").glob("*.yaml"))),
    *((path, CONDITIONS) for path in sorted((FIXTURES / "invalid" / "conditions").glob("*.yaml"))),
]


def plain(node: Node) -> Any:
    """A document as JSON."""
    if isinstance(node, MappingNode):
        return {key.text: plain(value) for key, value in node.entries}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return node.value


def parsed(text: str) -> Any:
    findings: list[Diagnostic] = []
    node = read_document(text, "document.yaml", findings)
    assert node is not None, findings
    return plain(node)


def document(path: Path) -> Any:
    return parsed(path.read_text("utf-8"))


@cache
def entities(*paths: Path) -> Entities:
    """A library, with one more document."""
    library, findings, _ = read_library(paths[0], extra=paths[1:])
    assert library is not None, findings
    return library


@cache
def validator(kind: str, library: tuple[Path, ...] = ()) -> Draft202012Validator:
    schema = document_schema(kind, entities(*library) if library else None)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def complaints(data: Any, library: tuple[Path, ...] = ()) -> list[str]:
    kind = next(iter(data))
    found = validator(kind, library).iter_errors(data)
    return [f"{'/'.join(map(str, one.absolute_path))}: {one.message[:200]}" for one in found]


def within(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# What is well written


@pytest.mark.slow
@pytest.mark.parametrize("path", SHIPPED, ids=within)
def test_what_is_shipped_pleases_the_schema(path: Path) -> None:
    assert complaints(document(path)) == []
    assert complaints(document(path), (ROOT,)) == []


@pytest.mark.parametrize("path", VALID, ids=within)
def test_every_valid_fixture_pleases_the_schema(path: Path) -> None:
    assert complaints(document(path)) == []
    assert complaints(document(path), (BASE if path.is_relative_to(BASE) else CONDITIONS,)) == []


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_shape_there_is_pleases_the_reader_and_the_schema(path: Path) -> None:
    data = document(path)
    assert complaints(data) == []
    assert [str(one) for one in findings_of(data)] == []
    if path.stem in ("plan", "standard", "vocabulary", "registry", "sources"):
        assert complaints(data, (BASE, path)) == []


def test_the_examples_of_the_documentation_please_the_schema() -> None:
    every = [block for page in WITH_YAML for block in blocks(page, "yaml")]
    whole = [block for block in every if block.first_key in KINDS and block.check]
    assert len(whole) > 6
    for block in whole:
        assert complaints(parsed(block.text)) == [], str(block)


def test_the_shapes_write_every_key_there_is() -> None:
    written = {key for path in SHAPES for key in _keys(document(path))}
    for path in SHAPES:
        schema = document_schema(path.stem)
        models = {"": schema, **schema["$defs"]}
        for name, model in models.items():
            if name[:1].isupper() or not name:
                assert set(model["properties"]) - written == set(), (path.stem, name)


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


# What is not


@pytest.mark.parametrize(("path", "library"), INVALID, ids=lambda path: path.stem)
def test_an_invalid_fixture_fails_where_its_shape_is_wrong(path: Path, library: Path) -> None:
    codes = {code for code, _, _ in EXPECT.findall(path.read_text("utf-8"))}
    if next(iter(document(path))) not in KINDS:
        assert codes == {"unknown-document"}
        return
    found = complaints(document(path))
    if codes & SHAPE:
        assert found
    elif not codes & SEEN_BY_FORM:
        assert found == []
    assert complaints(document(path), (library,)) or not codes & SHAPE


# Conditions and tables, one by one

PLAN = {
    "plan": "one-thing",
    "kind": "special",
    "jurisdiction": "river-city",
    "edition": {"number": "1"},
    "applies": {"hazards": ["flood"]},
    "define": {"high": {"rainfall": "≥ 9 mm"}},
}


def of_condition(text: str) -> Any:
    level = {"level": "I", "approve": {"post": "deputy"}, "when": parsed(f"x: {text}")["x"]}
    return {**PLAN, "levels": [level]}


def of_table(text: str) -> Any:
    level = {"level": "I", "approve": {"post": "deputy"}}
    return {**PLAN, "any": parsed(f"x: {text}")["x"], "levels": [level]}


RIGHT_CONDITIONS = (
    "high",
    "{not: high}",
    "{use: high}",
    "{any: [high, {deaths: 3}]}",
    "{deaths: {exactly: 3}, missing: [1, 2], dyke-breach: true}",
    "{at-least: {count: 1, of: [high]}}",
    "{count: {over: station, where: {water-level: ≥ 3 m}, is: ≥ 1}}",
    "{expected: {within: 12 h, rainfall: ≥ 9 mm, not: {rainfall: ≥ 90 mm}}}",
    "{lasting: {where: high, is: ≥ 3 h}}",
    "{case: [{when: high, then: {deaths: 1}}, {otherwise: high}]}",
)
WRONG_CONDITIONS = (
    "{}",
    "[high]",
    "3",
    "true",
    "{any: []}",
    "{any: high}",
    "{not: []}",
    "{deaths: []}",
    "{deaths: {at-least: 3}}",
    "{deaths: [[1]]}",
    "{deaths: {exactly: [3]}}",
    "{at-least: [high]}",
    "{at-least: {count: 1}}",
    "{at-least: {count: 1, of: high}}",
    "{count: {over: station, is: ≥ 1}}",
    "{count: {where: high, is: ≥ 1}}",
    "{count: {over: station, where: high}}",
    "{count: {over: station, where: high, is: ≥ 1, within: river-city}}",
    "{expected: {within: 12 h}}",
    "{expected: {rainfall: ≥ 9 mm}}",
    "{expected: {within: 12 h, any: [high]}}",
    "{expected: {within: 12 h, any: [{lasting: {where: high, is: ≥ 3 h}}]}}",
    "{expected: {within: 12 h, during: festival}}",
    "{lasting: {where: high}}",
    "{lasting: {is: ≥ 3 h}}",
    "{elapsed: {is: ≥ 3 h}}",
    "{change: {of: rainfall, is: ≥ 3 mm}}",
    "{judged: {by: flood-hq}}",
    "{judged: approved}",
    "{use: []}",
    "{during: []}",
    "{case: []}",
    "{case: [{when: high}]}",
    "{case: [{when: high, then: high}, {otherwise: high, then: high}]}",
)
RIGHT_TABLES = (
    "{deaths: {I: ≥ 9}}",
    "[{deaths: {I: ≥ 9}, missing: {I: ≥ 9}}, {row: x, I: high}, {when: high, deaths: {I: ≥ 3}}]",
    "[{when: high, variants: [{when: high, deaths: {I: 3}}, {otherwise: true, row: x, I: high}]}]",
)
WRONG_TABLES = (
    "{}",
    "[]",
    "x",
    "[x]",
    "{deaths: 3}",
    "{deaths: {}}",
    "{deaths: {I: {x: y}}}",
    "{any: {I: high}}",
    "[{when: high}]",
    "[{count: {I: high}}]",
    "{when: high}",
    "{row: x, I: high}",
    "[{row: [x], I: high}]",
    "[{row: x, I: []}]",
    "[{variants: []}]",
    "[{variants: [{deaths: {I: 3}}]}]",
    "[{variants: [{when: high, otherwise: true, deaths: {I: 3}}]}]",
    "[{variants: [{when: high, basis: {source: decree}, deaths: {I: 3}}]}]",
    "[{variants: [{when: high, deaths: {I: 3}}], deaths: {I: 4}}]",
    "[{deaths: {I: 3}, basis: {clause: x}}]",
)


@pytest.mark.parametrize(
    "data",
    [*map(of_condition, RIGHT_CONDITIONS), *map(of_table, RIGHT_TABLES)],
    ids=[*RIGHT_CONDITIONS, *RIGHT_TABLES],
)
def test_a_good_shape_pleases_both(data: Any) -> None:
    assert [str(one) for one in findings_of(data) if one.severity == "error"] == []
    assert complaints(data) == []
    assert complaints(data, (BASE,)) == []


@pytest.mark.parametrize(
    "data",
    [*map(of_condition, WRONG_CONDITIONS), *map(of_table, WRONG_TABLES)],
    ids=[*WRONG_CONDITIONS, *WRONG_TABLES],
)
def test_a_bad_shape_pleases_neither(data: Any) -> None:
    assert {one.code for one in findings_of(data)} & SHAPE
    assert complaints(data)


# One change at a time


class Change(NamedTuple):
    kind: str
    path: tuple[str | int, ...]
    what: str
    value: Any = None

    def made(self) -> Any:
        data = document(FIXTURES / "shapes" / f"{self.kind}.yaml")
        holder = data
        for step in self.path[:-1]:
            holder = holder[step]
        last = self.path[-1]
        if self.what == "drop":
            del holder[last]
        elif self.what == "add":
            holder[last]["xyzzy"] = "q"
        else:
            holder[last] = self.value
        return data


VALUES: Sequence[Any] = ("x", 3, [], {}, ["x"], {"x": "y"}, [["x"]], {"exactly": 3})


def changes() -> Iterator[Change]:
    """Every change of one place of one document; what a document is stays."""
    for file in SHAPES:
        kind, data = file.stem, document(file)
        for path, value in _places(data, ()):
            if path != (kind,):
                yield Change(kind, path, "drop")
                yield from (Change(kind, path, "put", other) for other in VALUES)
            if isinstance(value, dict):
                yield Change(kind, path, "add")


def _places(value: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, Any]]:
    if path:
        yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _places(item, (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _places(item, (*path, number))


def findings_of(data: Any) -> list[Diagnostic]:
    """What the reader and the linker say of a document, in the base library."""
    text = json.dumps(data, ensure_ascii=False)
    kind = next(iter(data))
    findings: list[Diagnostic] = []
    if kind == "incident":
        read_incident(text, load_base(), findings)
        return findings
    if kind == "test":
        shape = (FIXTURES / "shapes" / "test.yaml").as_posix()
        read_suite(text.encode(), load_base(), findings, shape)
        return findings
    if kind in {"exercise", "players"}:
        name = (FIXTURES / "shapes" / f"{kind}.yaml").as_posix()
        if kind == "exercise":
            read_exercise(text.encode(), load_base(), findings, name)
            return findings
        exercise = read_exercise(EXERCISE, load_base(), [])
        assert exercise is not None
        read_players(text.encode(), exercise, load_base(), findings, name)
        return findings
    if kind == "library":
        from planengine.model.manifest import ManifestModel
        from planengine.reading.validate import build

        node = read_document(text, "planengine.yaml", findings)
        assert node is not None
        build(node, ManifestModel, findings)
        return findings
    path = _folder() / "document.yaml"
    path.write_text(text, encoding="utf-8")
    _, findings, _ = read_library(BASE, extra=[path])
    return [one for one in findings if one.severity != "advice"]


@cache
def load_base() -> Entities:
    return load_library(BASE)


@cache
def _folder() -> Path:
    import tempfile

    return Path(tempfile.mkdtemp())


@given(st.sampled_from(list(changes())))
def test_schema_and_reader_agree_on_every_change(change: Change) -> None:
    data = change.made()
    codes = {one.code for one in findings_of(data)}
    found = complaints(data)
    assert found or not codes & SHAPE, f"looser than the reader: {codes & SHAPE}"
    assert codes or not found, f"stricter than the reader: {found}"
