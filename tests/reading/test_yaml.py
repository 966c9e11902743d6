import json
import math

import pytest

from planengine.diagnostics import Span
from planengine.reading import yaml as reader
from planengine.reading.nodes import MappingNode, ScalarNode, SequenceNode
from planengine.reading.yaml import read_document, read_lines


def read(text):
    findings = []
    return read_document(text, "f.yaml", findings), findings


def value(text):
    node, findings = read(f"a: {text}\n")
    assert not findings
    return node.get("a")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no", "no"),
        ("on", "on"),
        ("yes", "yes"),
        ("010", 10),
        ("-3", -3),
        ("+7", 7),
        ("0o17", 15),
        ("0x1F", 31),
        ("14:00", "14:00"),
        ("12:30:00", "12:30:00"),
        ("2026-03-01", "2026-03-01"),
        ("2026-07-20T08:00:00+08:00", "2026-07-20T08:00:00+08:00"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("0b11", "0b11"),
        ("3.5", 3.5),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("-.inf", -math.inf),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("=", "="),
        ("≥ 30", "≥ 30"),
        ("30人以上", "30人以上"),
        ("< 5", "< 5"),
        ("≥ @warning-stage + 0.5 m", "≥ @warning-stage + 0.5 m"),
        ("(10..30)", "(10..30)"),
        ("30 %", "30 %"),
        ("所谓“洪水”", "所谓“洪水”"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalars(text, expected):
    node = value(text)
    assert node.value == expected
    assert type(node.value) is type(expected)
    assert node.text == text
    assert not node.quoted


@pytest.mark.parametrize("text", ['"010"', "'true'", '"2026"'])
def test_quoted_scalars_are_text(text):
    node = value(text)
    assert node.value == node.text == text[1:-1]
    assert node.quoted


def test_nan():
    assert math.isnan(value(".nan").value)


def place(node):
    span = node.span
    return span.line, span.column, span.end_line, span.end_column


def test_places_count_characters():
    node, findings = read(
        '标签😀: {a: "防汛", b: [一, 二]}\n列:\n  - x: 1\n    y: 2\n\n# end\nz: 3\n'
    )
    assert not findings
    assert isinstance(node, MappingNode)
    key, inner = node.entries[0]
    assert place(key) == (1, 1, 1, 4)
    assert place(inner) == (1, 6, 1, 26)
    assert place(inner.get("a")) == (1, 10, 1, 14)
    assert place(inner.get("b").items[1]) == (1, 23, 1, 24)
    items = node.get("列")
    assert isinstance(items, SequenceNode)
    assert place(items) == (3, 3, 4, 9)
    assert place(items.items[0]) == (3, 5, 4, 9)
    assert place(node) == (1, 1, 7, 5)


def test_byte_order_mark_and_line_ends():
    node, findings = read("\ufeffa: 1\r\nb: 二\r\n".encode())
    assert not findings
    assert place(node.get("b")) == (2, 4, 2, 5)


def test_places_of_texts_over_lines():
    node, _ = read("a: |\n  one\n  two\n\nb: >-\n  three\nc: &x three\nd:\n")
    assert node.get("a").value == "one\ntwo\n"
    assert place(node.get("a")) == (1, 4, 3, 6)
    assert place(node.get("c")) == (7, 7, 7, 12)
    assert place(node.get("d")) == (8, 3, 8, 3)


def test_aliases_are_the_same_node():
    node, findings = read("a: &x {b: 1}\nc: *x\n")
    assert not findings
    assert node.get("c") is node.get("a")


def test_what_was_meant_is_read():
    node, findings = read(
        "deaths: >= 30\nrow: {a: [10..30) 万元, b: > 5, '@c': 1, @d: 2}\nshare: !=3\n死亡：3\n受伤: 4\n"
    )
    assert len(findings) == 6
    assert node.get("deaths").text == "≥ 30"
    assert node.get("row").get("a").text == "[10..30) 万元"
    assert node.get("row").get("b").text == "> 5"
    assert node.get("row").get("@d").text == "2"
    assert node.get("死亡").value == 3
    assert place(node.get("deaths")) == (1, 9, 1, 14)
    assert node.get("share").text == "≠ 3"


def test_hints_say_what_to_write():
    _, findings = read(
        "a: >= 30\nb: > 30\nc: [10..30) 万元\nd: @x\n死亡：3\ne: 4\nf: %\ng: 注意: 水\n"
    )
    assert [d.hint for d in findings] == [
        "write `≥ 30`",
        'write `"> 30"`',
        'write `"[10..30) 万元"`',
        'write `"@x"`',
        "write `死亡: 3`",
        'write `"%"`',
        'write `"注意: 水"`',
    ]
    assert findings[0].hint_in("zh") == "请写 `≥ 30`"


def test_an_entry_of_a_list_that_lacks_its_hyphen_is_read_as_one():
    node, findings = read("levels:\n  - level: I\n    when: a\n    level: II\n    when: b\n")
    assert [(d.code, d.span.line) for d in findings] == [("duplicate-key", 4)]
    assert "write `- level`" in findings[0].hint
    items = node.get("levels").items
    assert [(one.get("level").text, one.get("when").text) for one in items] == [
        ("I", "a"),
        ("II", "b"),
    ]
    assert place(items[0]) == (2, 5, 3, 12)
    assert place(items[1]) == (4, 5, 5, 12)


def test_full_width_brackets_are_read_as_meant():
    node, findings = read("applies: ｛hazards: ［gas-accident］｝\nnote: ［drill］ for all\n")
    assert [d.hint for d in findings] == [
        "write `{hazards: [gas-accident]}`; text in such brackets stands in quotes"
    ]
    assert [one.text for one in node.get("applies").get("hazards").items] == ["gas-accident"]
    assert node.get("note").text == "［drill］ for all"


def test_all_findings_even_beyond_an_error_that_cannot_be_mended():
    node, findings = read("a: 1\na: 2\nb: 3\n   c: 4\nd: >= 5\n")
    assert node is None
    assert [d.code for d in findings] == ["duplicate-key", "mis-indented", "unquoted-bound"]


def test_many_errors_end_with_a_note():
    _, findings = read("".join(f"a{i}: >= {i}\n" for i in range(300)))
    assert len(findings) == 101
    assert findings[-1].code == "too-many-findings"


def test_bad_utf8_is_placed():
    _, findings = read("标签: 防".encode() + b"\xff\n")
    assert (findings[0].code, findings[0].span.line, findings[0].span.column) == ("not-utf8", 1, 6)
    _, findings = read(b"a: 1\n\xef\xbb\xbf" + "b: 防汛预案".encode("gb18030"))
    assert (findings[0].span.line, findings[0].span.column) == (2, 5)
    _, findings = read("# 防汛应急预案\n".encode("gb18030"))
    assert "GB18030" in findings[0].hint
    _, findings = read("a: 1\n".encode("utf-16"))
    assert "UTF-16" in findings[0].hint


@pytest.mark.slow
def test_limits():
    _, findings = read("a: " + "x" * 5_000_001)
    assert findings[0].code == "file-too-large"
    _, findings = read("[" + "a," * 200_001 + "]")
    assert findings[0].code == "too-many-nodes"
    node, findings = read("[" * 50 + "]" * 50)
    assert node
    assert not findings


@pytest.mark.parametrize(
    "text",
    [
        "[" * 60 + "]" * 60,
        "[" * 1_200 + "]" * 1_200,
        "[" * 100_000,
        "{a: " * 2_000,
        "- " * 1_200 + "x",
        "".join(" " * depth + "a:\n" for depth in range(1_200)),
    ],
)
def test_deep_nesting_has_one_finding_whichever_reader_refuses_it(text):
    node, findings = read(text)
    assert node is None
    assert [found.code for found in findings] == ["too-deep"]


def test_unusual_line_breaks_and_surrogates():
    for char in ("\x00", "\x0b", "\x85", "\u2028", "\ud800", "\u200b", "\u202e", "\r"):
        node, findings = read(f"a: x{char}y\n")
        assert node is None
        assert [d.code for d in findings] == ["control-character"]
        assert (findings[0].span.line, findings[0].span.column) == (1, 5)
    node, findings = read("a: 👨‍👩‍👧\n")
    assert node
    assert not findings


def test_json_is_yaml():
    data = {"a": [1, 2.5, None, True, 'x/y\n\t"é😀'], "b": {"c": "≥ 3"}}
    for text in (json.dumps(data), json.dumps(data, indent="\t"), json.dumps(data, indent=2)):
        node, findings = read(text)
        assert not findings
        assert [i.value for i in node.get("a").items] == data["a"]


def test_documents_of_a_stream():
    findings = []
    lines = list(read_lines('{"a": 1}\n\n{"b": [}\n{"c": 3}\n', "s.jsonl", findings))
    assert findings == []
    assert [line.span.line for line in lines] == [1, 3, 4]
    assert [line.node and line.node.entries[0][0].text for line in lines] == ["a", None, "c"]
    assert lines[2].node.span == lines[2].span == Span("s.jsonl", 4, 1, 4, 9)
    assert {d.span.line for line in lines for d in line.findings} == {3}


def test_fallback_without_libyaml(monkeypatch):
    import yaml

    monkeypatch.delattr(yaml, "CLoader", raising=False)
    assert reader._loader() is yaml.Loader
    assert isinstance(value("010"), ScalarNode)
