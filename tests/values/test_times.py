import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.values.durations import format_duration, parse_duration
from planengine.values.times import format_time, parse_date, parse_time
from planengine.values.units import is_unit

is_unit("mile")  # imports pint now, and not within the time of one test


@pytest.mark.parametrize(
    "text, epoch",
    [
        ("1970-01-01T00:00:00Z", 0),
        ("1970-01-01T08:00:00+08:00", 0),
        ("2026-07-20T08:00:00+08:00", 1784505600),
        ("2026-07-20T08:00+08:00", 1784505600),
        ("2026-07-19T17:30:00-06:30", 1784505600),
    ],
)
def test_times(text: str, epoch: int) -> None:
    assert parse_time(text) == epoch


@pytest.mark.parametrize(
    "text",
    [
        "2026-07-20T08:00:00",
        "2026-07-20",
        "2026-02-30T00:00:00Z",
        "2026-07-20T24:00:00Z",
        "",
        "2026-07-20 08:00:00+08:00",
        "2026-07-20T08:00:60Z",
        "0001-01-01T00:00:00+14:00",
        "2026-07-20T08:00:00.5Z",
        "2026-07-20T08:00:00+25:00",
        "20２6-07-20T08:00:00Z",
    ],
)
def test_refused_times(text: str) -> None:
    assert parse_time(text) is None


def test_dates_begin_in_china() -> None:
    assert parse_date("2026-03-01") == parse_time("2026-03-01T00:00:00+08:00")
    assert parse_date("2026-3-1") is None
    assert parse_date("2026-02-29") is None


@given(st.integers(-(2**31), 2**35), st.integers(-12, 14))
def test_formatted_times_come_back(epoch: int, hours: int) -> None:
    assert parse_time(format_time(epoch, hours * 3600)) == epoch


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("30 min", 1800),
        ("2 h", 7200),
        ("3 d", 259200),
        ("48 小时", 172800),
        ("15 分钟", 900),
        ("1 h 30 min", 5400),
        ("1天12小时", 129600),
        ("两小时", 7200),
        ("1.5h", 5400),
        ("0 s", 0),
        ("90秒", 90),
        ("1周", 604800),
    ],
)
def test_durations(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "30", "3 m", "0.3 s", "soon", "24小时内", "-1 h", "3 month", "h"]
)
def test_refused_durations(text: str) -> None:
    assert parse_duration(text) is None


@given(st.integers(0, 10**8))
def test_formatted_durations_come_back(seconds: int) -> None:
    assert parse_duration(format_duration(seconds)) == seconds


@given(st.text(max_size=25))
def test_never_raises(text: str) -> None:
    parse_time(text)
    parse_date(text)
    parse_duration(text)
