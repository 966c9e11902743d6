"""Where a place is in text that is being typed: | marks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.editor.cursor import Cursor, cursor_at


def at(text: str) -> Cursor:
    before = text[: text.index("|")]
    line = before.count("\n") + 1
    return cursor_at(text.replace("|", "", 1), line, len(before) - (before.rfind("\n") + 1) + 1)


@pytest.mark.parametrize(
    "text, path, stands, written",
    [
        ("|", (), "key", ""),
        ("pla|", (), "key", "pla"),
        ("plan: fl|", ("plan",), "value", "fl"),
        ("plan: flood\n|", (), "key", ""),
        ("plan: flood\nki|\nlabel: x", (), "key", "ki"),
        ("applies:\n  |", ("applies",), "either", ""),
        ("applies:\n  haz|", ("applies",), "either", "haz"),
        ("applies:\n  hazards: [fl|", ("applies", "hazards", 0), "either", "fl"),
        ("applies: {hazards: [flood, dr|]}", ("applies", "hazards", 1), "either", "dr"),
        ("applies: {hazards: [flood], wh|}", ("applies",), "key", "wh"),
        ("applies: {hazards: [flood], when: {dea|", ("applies", "when"), "key", "dea"),
        ("applies: {hazards: [flood], when: {deaths: ≥ 3|", ("applies", "when", "deaths"), "value", "≥ 3"),
        ("levels:\n  - level: II\n    |", ("levels", 0), "key", ""),
        ("levels:\n  - level: II\n    when: {a: 1}\n  - lev|", ("levels", 1), "either", "lev"),
        ("levels:\n- level: II\n- level: |", ("levels", 1, "level"), "value", ""),
        ("levels:\n- level: II\nact|", (), "key", "act"),
        ("a:\n  - - b\n    - c|", ("a", 0, 1), "either", "c"),
        ("when:\n  any:\n    - 死亡人数: 30人|", ("when", "any", 0, "死亡人数"), "value", "30人"),
        ("when:\n  all:\n    - {water-level@han|", ("when", "all", 0), "key", "water-level@han"),
        ('when: {"@si|', ("when",), "key", "@si"),
        ('when: {"@size": [me|', ("when", "@size", 0), "either", "me"),
        ("x: {a: {b: 1},\n   c: |}", ("x", "c"), "value", ""),
        ("x: {a: {b: 1}, # {[\n   c: d|}", ("x", "c"), "value", "d"),
        ("note: |\n  text: {\nkind: sp|", ("note",), "value", ""),
        ("members:\n  - {agency: a, role: |}\n  - {agency: b}", ("members", 0, "role"), "value", ""),
        ("a: {b: don't, c: |}", ("a", "c"), "value", ""),
    ],
)  # fmt: skip
def test_path(text: str, path: tuple[str | int, ...], stands: str, written: str) -> None:
    found = at(text)
    assert (found.path, found.stands, found.written) == (path, stands, written)


def test_text_over_lines_is_no_yaml() -> None:
    found = at("note: >\n  text: {\n  more\nkind: sp¦".replace("¦", "|"))
    assert (found.path, found.stands, found.written) == (("kind",), "value", "sp")


def test_what_stands_beside_and_around() -> None:
    found = at("scale: grade\nlevels:\n  - {level: II, verb: may, when: {deaths: ≥ 3, mis|")
    assert found.beside == {"deaths": "≥ 3"}
    assert found.around[0] == {"scale": "grade", "levels": ""}
    assert found.around[1]["verb"] == "may"


def test_a_quote_is_not_of_the_word() -> None:
    found = at('of: "water|')
    assert (found.written, found.start, found.quoted) == ("water", 6, True)


@given(st.text(alphabet="ab: \n-{}[],\"'#|>&@：，死", max_size=60), st.integers(0, 60))
def test_any_text_has_a_place_at_its_every_column(text: str, place: int) -> None:
    before = text[:place]
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    found = cursor_at(text, line, column)
    written = text.split("\n")[line - 1]
    assert 1 <= found.start <= len(written) + 1
    assert written[found.start - 1 :].startswith(found.written)
