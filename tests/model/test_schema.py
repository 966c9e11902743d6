import json
import re

import pytest

from planengine.model.schema import KINDS, document_schema
from tests.linking.libraries import base


def references(value):
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        for item in value.values():
            yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("library", [False, True])
def test_schema_is_complete(kind, library):
    schema = document_schema(kind, base() if library else None)
    defined = {f"#/$defs/{name}" for name in schema["$defs"]}
    assert set(references(schema)) == defined
    text = json.dumps(schema)
    assert not re.search(r'"x-|"null"', text)
    assert schema["additionalProperties"] is False
    assert schema["required"]


def test_names_of_the_library_are_listed():
    schema = document_schema("plan", base())
    agencies = schema["$defs"]["names-agency"]["enum"]
    assert {"emergency-bureau", "市应急局", "应急局"} <= set(agencies)
    keys = schema["$defs"]["entries"]["properties"]
    assert {"deaths", "死亡", "grade.accident", "response.flood/flood", "any"} <= set(keys)


def test_levels_are_those_of_every_scale():
    schema = document_schema("standard", base())
    assert {"I", "特别重大", "重大", "red"} - set(schema["$defs"]["names-level"]["enum"]) == {
        "特别重大"
    }


def test_names_say_what_else_a_thing_is_called():
    definitions = document_schema("plan", base())["$defs"]
    levels = definitions["names-level"]
    described = dict(zip(levels["enum"], levels["enumDescriptions"], strict=True))
    assert described["II"] == "II · 二级 · Level II · Ⅱ级 (response)"
    assert described["重大"] == "serious · 重大 (grade)"
    facts = definitions["entries"]["properties"]
    assert (
        facts["死亡"]["description"] == facts["deaths"]["description"] == "deaths · 死亡人数 · 死亡"
    )


def test_rows_of_tables_have_facts():
    definitions = document_schema("standard", base())["$defs"]
    columns = {"$ref": "#/$defs/table-columns"}
    assert definitions["fact-rows"]["properties"]["deaths"] == columns | {
        "description": "deaths · 死亡人数 · 死亡"
    }
    assert definitions["graded-table"]["anyOf"][0]["allOf"] == [{"$ref": "#/$defs/fact-rows"}]


def test_what_may_be_named_is_offered_and_nothing_refused():
    definitions = document_schema("plan", base())["$defs"]
    offered, free = definitions["LinkModel"]["properties"]["activate"]["anyOf"]
    assert "flood" in definitions[offered["$ref"].rpartition("/")[2]]["enum"]
    assert free["type"] == ["string", "number", "boolean"]


def test_without_a_library_names_are_free():
    assert not [n for n in document_schema("plan")["$defs"] if n.startswith("names-")]


def test_keys_are_spelled_as_in_documents():
    schema = document_schema("plan")
    assert {"raise-by", "from", "not"} <= set(schema["properties"]) | set(
        schema["$defs"]["AppliesModel"]["properties"]
    )
    assert "in-force" in schema["$defs"]["EditionModel"]["properties"]


def test_unknown_kind():
    with pytest.raises(KeyError):
        document_schema("novel")
