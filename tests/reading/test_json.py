"""JSON read directly gives the nodes that it gives as YAML, or nothing."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planengine.reading import yaml as reader
from planengine.reading.json import read_json
from planengine.reading.source import Source
from tests.examples import examples

texts = st.text(st.characters(min_codepoint=32, exclude_categories=["C", "Z"]), max_size=8)
scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
values = st.recursive(
    scalars | texts, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=12
)


def as_yaml(text, monkeypatch):
    findings = []
    with monkeypatch.context() as patch:
        patch.setattr(reader, "read_json", lambda _: None)
        return reader.read_document(text, "f", findings), findings


@settings(max_examples=examples(200), deadline=None)
@given(st.dictionaries(texts, values), st.sampled_from([None, 1]), st.booleans())
def test_any_json(data, indent, ascii_only):
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    with pytest.MonkeyPatch.context() as patch:
        expected, findings = as_yaml(text, patch)
    found = read_json(Source(text, "f"))
    if not findings and "\\ud" not in text:
        assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 2}',
        '{"a": 1,}',
        '{"a": [1 2]}',
        "{a: 1}",
        '{"a": NaN}',
        '{"a": 01}',
        '{"a": "\\u202e"}',
        '{"a": "\\u0000"}',
        '{"a": "\\x"}',
        '{"a"}',
        '{"a": 1} x',
        '{"a": >= 30}',
        '{"a": ',
        '{"a": "b',
        "[" * 60 + "]" * 60,
        "",
    ],
)
def test_what_must_be_told_of_is_left_to_the_reader_of_yaml(text):
    assert read_json(Source(text, "f")) is None


def test_places_of_a_line():
    node = read_json(Source(' {"a": ["é\\u4e34", -1.50e3]}', "s", 7))
    key, listed = node.entries[0]
    assert str(key.span) == "s:7:3"
    one, two = listed.items
    assert (one.text, one.quoted, one.span[1:5]) == ("é临", True, (7, 9, 7, 18))
    assert (two.text, two.value, two.quoted, two.span[1:5]) == (
        "-1.50e3",
        -1500.0,
        False,
        (7, 20, 7, 27),
    )


def test_a_string_that_does_not_end_takes_no_time():
    with pytest.MonkeyPatch.context() as patch:
        for text in ('{"a": "' + "a" * 100_000, '{"a": "' + "\\n" * 100_000, '{"' + "é" * 100_000):
            assert as_yaml(text, patch)[1]
            assert read_json(Source(text, "f")) is None
