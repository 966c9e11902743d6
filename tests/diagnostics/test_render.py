import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from planengine.diagnostics import Span, Text, finding
from planengine.diagnostics.render import excerpt, render
from planengine.reading.yaml import read_document


def span(line, column, end_column, end_line=None):
    return Span("f", line, column, end_line or line, end_column)


@pytest.mark.parametrize(
    ("line", "columns", "shown", "carets"),
    [
        ("kinds: x", (1, 6), "kinds: x", "^^^^^"),
        ("执行: 应急局", (5, 8), "执行: 应急局", "      ^^^^^^"),
        ("死亡: >= 30", (5, 10), "死亡: >= 30", "      ^^^^^"),
        ("a: 😀x", (5, 6), "a: 😀x", "     ^"),
        ("a: 👨‍👩‍👧x", (9, 10), "a: 👨‍👩‍👧x", "     ^"),
        ("a: 👨‍👩‍👧x", (6, 7), "a: 👨‍👩‍👧x", "   ^^"),
        ("e\u0301: x", (5, 6), "e\u0301: x", "   ^"),
        ("\tx: 1", (1, 2), "    x: 1", "^^^^"),
        ("a\tb", (3, 4), "a   b", "    ^"),
        ("a: ", (3, 3), "a:", "  ^"),
        ("a:", (3, 3), "a:", "  ^"),
        ("", (1, 1), "", "^"),
        ("a: x\x07y", (5, 6), "a: x�y", "    ^"),
        ("a: x\u202ey", (5, 6), "a: x�y", "    ^"),
        ("a: b\r", (4, 5), "a: b", "   ^"),
    ],
)
def test_carets_stand_under_the_place(line, columns, shown, carets):
    assert excerpt(line + "\n", span(1, *columns)) == (shown, carets)


def test_places_over_lines_are_marked_to_the_end_of_the_first():
    assert excerpt("a: [1,\n  2]\n", span(1, 4, 5, 2)) == ("a: [1,", "   ^^^")


def test_a_place_beyond_the_text():
    assert excerpt("a\n", span(9, 1, 1)) == ("", "^")


def test_long_lines_are_shortened_around_the_place():
    line = "长" * 200 + "XYZ" + "尾" * 200
    shown, carets = excerpt(line, span(1, 201, 204), 60)
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert wcswidth(shown) <= 60
    at = len(carets) - 3
    assert carets == " " * at + "^^^"
    assert wcswidth(shown[: shown.index("XYZ")]) == at
    shown, carets = excerpt("x" * 500, span(1, 1, 500), 40)
    assert wcswidth(shown) <= 40
    assert len(carets) <= 40


lines = st.text(st.sampled_from("ab: 中文，😀\t\u0301\u200d👨👩é\x07"), max_size=120)


@given(lines, st.integers(1, 130), st.integers(0, 130), st.integers(20, 80))
def test_excerpts_fit(line, column, length, width):
    shown, carets = excerpt(line, span(1, column, column + length), width)
    assert wcswidth(shown) <= width
    assert "^" in carets
    assert len(carets) <= width + 1
    assert "\t" not in shown


def test_whole():
    text = "any:\n  死亡: 30人以上\n  死亡: >= 3\n"
    findings = []
    read_document(text, "标准.yaml", findings)
    assert render(findings, {"标准.yaml": text}) == (
        "标准.yaml:3:3 error[duplicate-key] the key `死亡` is written twice\n"
        "    3 |   死亡: >= 3\n"
        "      |   ^^^^\n"
        "   help: keep one of them; in `any:` use a list\n"
        "   see 标准.yaml:2:3 first written here\n"
        "    2 |   死亡: 30人以上\n"
        "      |   ^^^^\n"
        "\n"
        "标准.yaml:3:7 error[unquoted-bound] `>= 3` is not YAML: `>` at the beginning of a value "
        "means something else\n"
        "    3 |   死亡: >= 3\n"
        "      |         ^^^^\n"
        "   help: write `≥ 3`"
    )


def test_chinese_and_colour():
    text = "死亡: >= 3\n"
    findings = []
    read_document(text, "f", findings)
    assert render(findings, {"f": text}, language="zh").endswith("   提示: 请写 `≥ 3`")
    coloured = render(findings, {"f": text}, colour=True)
    assert "\x1b[1;31merror[unquoted-bound]\x1b[0m" in coloured


def test_without_a_place_or_source():
    assert render([finding("unknown-key", None, key="x")], {}) == (
        "error[unknown-key] unknown key `x`"
    )
    place = Span("gone", 1, 1, 1, 2)
    found = finding("unknown-key", place, key="x", related=[(Text("see", "见"), place)])
    assert render([found], {}, language="zh") == (
        "gone:1:1 错误[unknown-key] 未知的键 `x`\n   参见 gone:1:1 见"
    )


def test_authors_cannot_break_lines_or_colour_them():
    found = finding("unknown-key", None, key="a\n\x1b[31mb")
    assert render([found], {}) == "error[unknown-key] unknown key `a �[31mb`"
