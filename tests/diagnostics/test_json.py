import json

import pytest

from planengine.diagnostics import Span, Text, finding
from planengine.diagnostics.json import DIAGNOSTIC_SCHEMA, REPORT_SCHEMA, report, to_json

SPAN = Span("f.yaml", 2, 1, 2, 6)


def conforms(schema, value):
    """As much of JSON Schema as ours use."""
    if "anyOf" in schema:
        return any(conforms(one, value) for one in schema["anyOf"])
    if "const" in schema:
        return value == schema["const"]
    if "enum" in schema:
        return value in schema["enum"]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    types = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "null": type(None),
        "boolean": bool,
    }
    return (
        any(isinstance(value, types[kind]) for kind in kinds)
        and all(key in value for key in schema.get("required", ()))
        and all(
            conforms(inner, value[key])
            for key, inner in schema.get("properties", {}).items()
            if key in value
        )
        and ("items" not in schema or all(conforms(schema["items"], item) for item in value))
        and ("minimum" not in schema or value >= schema["minimum"])
    )


def test_shape():
    related = [(Text("first written here", "首次出现于此"), SPAN)]
    found = finding("duplicate-key", SPAN, key="死亡", related=related)
    place = {"file": "f.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 6}
    assert to_json(found) == {
        "code": "duplicate-key",
        "severity": "error",
        "message": "the key `死亡` is written twice",
        "hint": "keep one of them; in `any:` use a list",
        "place": place,
        "params": {"key": "死亡"},
        "related": [{"message": "first written here", "place": place}],
        "fix": None,
    }
    assert to_json(found, language="zh")["related"][0]["message"] == "首次出现于此"


def test_a_fix_is_data():
    found = finding("unknown-key", SPAN, key="kidn", suggestion="kind")
    place = {"file": "f.yaml", "line": 2, "column": 1, "end_line": 2, "end_column": 6}
    edits = [{"place": place, "old": "kidn", "new": "kind"}]
    assert to_json(found)["fix"] == {"sure": True, "edits": edits}


@pytest.mark.parametrize(
    "found",
    [
        finding("unknown-key", None, key="x"),
        finding("unknown-key", SPAN, key="x", suggestion="y"),
        finding("not-a-choice", SPAN, found=Text("a", "甲"), expected=("b", Text("c", "丙"))),
    ],
)
def test_schema(found):
    written = json.loads(json.dumps(to_json(found)))
    assert conforms(DIAGNOSTIC_SCHEMA, written)
    assert conforms(REPORT_SCHEMA, json.loads(json.dumps(report([found, found]))))
    assert not conforms(DIAGNOSTIC_SCHEMA, {**written, "severity": "fatal"})
    assert not conforms(DIAGNOSTIC_SCHEMA, {k: v for k, v in written.items() if k != "hint"})
