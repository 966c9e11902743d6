"""Fixes as data: which are sure, and what they make of a text."""

import pytest

from planengine.diagnostics import Edit, Fix, Span, finding
from planengine.diagnostics.fixes import edited, is_slip, respelt


def span(column: int, end: int, line: int = 1) -> Span:
    return Span("f.yaml", line, column, line, end)


@pytest.mark.parametrize(
    "word, other, slip",
    [
        ("water-ofice", "water-office", True),
        ("water-officce", "water-office", True),
        ("water-offiec", "water-office", True),
        ("wadder-office", "water-office", False),
        ("water_office", "water-office", True),
        ("Water Office", "water-office", True),
        ("hq", "hk", False),  # too short to tell
        ("decree-439", "decree-493", False),  # another law
        ("decree-49", "decree-493", False),
        ("county-hq", "country-hq", True),
        ("市水利局", "市水务局", False),  # another body
        ("水利局", "水利局", True),
    ],
)  # fmt: skip
def test_is_slip(word: str, other: str, slip: bool) -> None:
    assert is_slip(word, other) is slip
    assert is_slip(other, word) is slip


def test_a_name_is_sure_where_one_thing_is_near() -> None:
    place = span(1, 8)
    known = {"flood-hq": ("flood-hq",), "floods-hq": ("floods-hq",), "fire-hq": ("fire-hq",)}
    near_one = respelt("fire-h", "fire-hq", known, place)
    assert near_one == Fix((Edit(place, "fire-h", "fire-hq"),), sure=True)
    near_two = respelt("flod-hq", "flood-hq", known, place)
    assert near_two == Fix((Edit(place, "flod-hq", "flood-hq"),), sure=True)
    between = respelt("floodz-hq", "flood-hq", known, place)
    assert between == Fix((Edit(place, "floodz-hq", "flood-hq"),), sure=False)
    assert respelt("xyz", None, known, place) is None


def test_two_spellings_of_one_thing_are_one_thing() -> None:
    known = {"fire-hq": ("fire-hq",), "fire hq": ("fire-hq",)}
    fix = respelt("fir-hq", "fire-hq", known, span(1, 7))
    assert fix is not None
    assert fix.sure


@pytest.mark.parametrize(
    "found, text, mended",
    [
        (finding("full-width-comma", span(6, 7)), "{a: 1，b: 2}", "{a: 1, b: 2}"),
        (finding("full-width-comma", span(6, 7)), "{a: 1， b: 2}", "{a: 1, b: 2}"),
        (finding("full-width-colon", span(2, 3)), "a：1", "a: 1"),
        (finding("missing-space-after-colon", span(2, 3)), "a:1", "a: 1"),
        (finding("wide-space", span(3, 4)), "a:\u30001", "a: 1"),
        (finding("unquoted-bound", span(4, 9), found=">= 30", mark=">", suggestion="`≥ 30`"), "a: >= 30", "a: ≥ 30"),
        (finding("unquoted-interval", span(4, 12), found="[10..30)", suggestion='`"[10..30)"`'), "a: [10..30)", 'a: "[10..30)"'),
        (finding("unquoted-at", span(1, 6), found="@size", suggestion='`"@size"`'), "@size: large", '"@size": large'),
        (finding("unknown-key", span(1, 5), key="kidn", suggestion="kind"), "kidn: x", "kind: x"),
    ],
)  # fmt: skip
def test_sure_fixes(found, text, mended) -> None:
    fix = found.fix
    assert fix is not None
    assert fix.sure
    assert edited(text, fix.edits)[0] == mended


@pytest.mark.parametrize(
    "found",
    [
        finding("unknown-agency", span(1, 4), name="abc", nearest="abd"),  # who knows what else is near
        finding("wide-space", span(1, 3)),  # what is it indented under?
        finding("another-kind", span(1, 6), name="mayor", found="a post", wanted="an agency", suggestion="{post: mayor}"),
        finding("unknown-key", span(1, 3), key="of", suggestion="on"),
        finding("full-width-bracket", span(4, 5), bracket="［", suggestion="[a]"),
    ],
)  # fmt: skip
def test_what_must_be_looked_at_is_not_sure(found) -> None:
    fix = found.fix
    assert fix is not None
    assert not fix.sure


def test_nothing_is_offered_where_nothing_is_known() -> None:
    assert finding("unknown-agency", span(1, 4), name="abc", nearest=None).fix is None
    assert finding("no-lead", span(1, 4), name="x", role="lead").fix is None


def test_words_that_are_not_there_once_are_left_alone() -> None:
    line = "a: hq, hq"
    assert edited(line, [Edit(span(1, 10), "hq", "x")]) == (line, ())
    assert edited(line, [Edit(span(1, 10), "hk", "x")]) == (line, ())
    assert edited(line, [Edit(span(1, 10, 9), "hq", "x")]) == (line, ())
    assert edited(line, [Edit(span(4, 6), "hq", "x")])[0] == "a: x, hq"


def test_of_edits_that_overlap_the_first_is_made() -> None:
    first, second = Edit(span(1, 4), "abc", "x"), Edit(span(3, 6), "cde", "y")
    assert edited("abcdef", [first, second]) == ("xdef", (first,))
