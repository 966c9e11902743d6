"""Text on a terminal: widths, line breaks, columns, colours."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

import planengine
from planengine.screens.screen import (
    BADGES,
    BOLD,
    RED,
    Line,
    Screen,
    no_break,
    terminal_width,
    wants_colour,
    width_of,
    wrap,
)

CHINESE = "临江市自然资源和规划局：巡查山洪沟和滑坡隐患点，达到临灾征兆的先撤人（地质灾害隐患点）"
ENGLISH = "Linjiang supplies-and-shelter plan: must start, approved by deputy director of reserves"


def plain(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


@pytest.mark.slow
@given(
    st.text(alphabet="临江市，。（）“”Ⅰab-/ 0", max_size=60),
    st.integers(min_value=4, max_value=30),
    st.integers(min_value=0, max_value=60),
)
def test_nothing_is_lost_and_nothing_is_too_wide(text: str, width: int, at: int) -> None:
    lines = wrap([(text[:at], BOLD), (text[at:], "")], width)
    shown = plain(lines)
    assert "".join(shown).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line.rstrip()) <= width for line in shown)
    bold = "".join(part for line in lines for part, style in line if style)
    assert bold.replace(" ", "") == text[:at].replace(" ", "")


def test_a_line_does_not_begin_with_a_closing_mark_nor_end_with_an_opening_one() -> None:
    for width in range(8, 60):
        for line in plain(wrap([(CHINESE, "")], width)):
            assert line[0] not in "，。）：、", (width, line)
            assert line[-1] != "（", (width, line)


def test_english_breaks_at_blanks_and_after_hyphens() -> None:
    shown = plain(wrap([(ENGLISH, "")], 20))
    words = {*ENGLISH.replace("-", "- ").split()}
    assert all(set(line.replace("-", "- ").split()) <= words for line in shown), shown
    assert plain(wrap([("07-18 12:30", "")], 8)) == ["07-18", "12:30"]


def test_words_kept_together() -> None:
    assert plain(wrap([("at " + no_break("Level IV"), "")], 9)) == ["at", "Level\u00a0IV"]
    screen = Screen(9, colour=False)
    screen.line(("at " + no_break("Level IV"), ""))
    assert screen.text() == "at\nLevel IV\n"


def test_width_is_that_of_a_terminal(shipped: planengine.Library) -> None:
    for known in shipped.entities.spellings.values():
        for text in known:
            assert width_of(text) == wcswidth(text), text


def test_columns_stand_under_each_other() -> None:
    screen = Screen(40, colour=False)
    screen.row([[[("三级", "")]], [[("a plan", "")], [("more of it", "")]]], [6, 30], indent=0)
    screen.row([[[("Level", "")]], [[("b", "")]]], [6, 30], indent=0)
    assert screen.text() == "三级    a plan\n        more of it\nLevel   b\n"


def test_a_paragraph_hangs() -> None:
    screen = Screen(12, colour=False)
    screen.line(("one two three four", ""), indent=1, hang=3)
    assert screen.text() == " one two\n   three\n   four\n"


def test_no_text_can_colour_or_break_the_lines() -> None:
    screen = Screen(40, colour=True)
    screen.line(("a\x1b[31mb\nc", ""))
    assert screen.text() == "a�[31mb c\n"


def test_colours_stand_around_their_own_text_alone() -> None:
    screen = Screen(12, colour=True)
    screen.line(("one two ", RED), ("three", ""), ("four", BADGES["orange"]), indent=1)
    screen.row([[[("a", BOLD)], [("b", "")]], [[("c", BOLD)]]], [3, 3])
    assert screen.text() == (
        " \x1b[1;31mone two\x1b[0m\n"
        " three\x1b[1;30;48;5;208mfour\x1b[0m\n"
        " \x1b[1ma\x1b[0m    \x1b[1mc\x1b[0m\n"
        " b\n"
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "settings", "coloured"),
    [
        (Terminal(), {}, True),
        (io.StringIO(), {}, False),
        (Terminal(), {"NO_COLOR": "1"}, False),
        (Terminal(), {"TERM": "dumb"}, False),
        (Terminal(), {"FORCE_COLOR": ""}, False),
        (io.StringIO(), {"FORCE_COLOR": "1"}, True),
        (io.StringIO(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ],
)
def test_colours_only_where_they_are_wanted(
    stream: io.StringIO,
    settings: dict[str, str],
    coloured: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert wants_colour(stream) is coloured


def test_the_width_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal_width() == 77
    monkeypatch.setenv("COLUMNS", "3")
    assert terminal_width() == 40
