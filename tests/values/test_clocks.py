import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.values.clocks import ClockTimes, format_clock, parse_clock

HOUR = 3600


@pytest.mark.parametrize(
    ("text", "seconds", "daily"),
    [
        ("8:00", (8 * HOUR,), False),
        ("08:05", (8 * HOUR + 300,), False),
        ("20时", (20 * HOUR,), False),
        ("８：３０", (8 * HOUR + 1800,), False),
        ("八时半", (8 * HOUR + 1800,), False),
        ("十二点十五分", (12 * HOUR + 900,), False),
        ("24:00", (0,), False),
        ("每日8时、20时", (8 * HOUR, 20 * HOUR), True),
        ("每天 20:00 和 8:00", (8 * HOUR, 20 * HOUR), True),
        ("Every day at 8:00 and 20:00", (8 * HOUR, 20 * HOUR), True),
        ("daily 6:00, 6:00", (6 * HOUR,), True),
        ("daily at 6 pm", (18 * HOUR,), True),
        ("6:30 a.m. and 11PM", (6 * HOUR + 1800, 23 * HOUR), False),
    ],
)
def test_times_of_the_day(text: str, seconds: tuple[int, ...], daily: bool) -> None:
    assert parse_clock(text) == ClockTimes(seconds, daily)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "8",
        "8 h",
        "8小时",
        "2 h",
        "25:00",
        "12 pm",  # noon, or midnight
        "12:30 am",
        "0 am",
        "13 pm",
        "6:75 pm",
        "24:01",
        "8:60",
        "8:5",
        "noon",
        "每日",
        "8:00、",
        "8:00:30",
        "-8:00",
    ],
)
def test_other_texts_are_none(text: str) -> None:
    assert parse_clock(text) is None


@given(st.sets(st.integers(0, 24 * 60 - 1), min_size=1, max_size=4), st.booleans())
def test_what_is_shown_is_read_again(minutes: set[int], daily: bool) -> None:
    times = sorted(60 * one for one in minutes)
    text = ("每日" if daily else "") + "、".join(map(format_clock, times))
    assert parse_clock(text) == ClockTimes(tuple(times), daily)
