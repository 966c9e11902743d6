from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.values.durations import format_duration, parse_duration
from planengine.values.times import (
    clock_times,
    format_time,
    is_finer,
    is_shown_twice,
    parse_date,
    parse_time,
)
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
        "2026-07-20T08:00:00+25:00",
        "20２6-07-20T08:00:00Z",
    ],
)
def test_refused_times(text: str) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    "text, zone, time",
    [
        ("2026-07-20T08:00", "Asia/Shanghai", "2026-07-20T08:00:00+08:00"),
        ("2026-07-20T08:00:30", "Europe/London", "2026-07-20T08:00:30+01:00"),
        ("2026-07-20T08:00Z", "Asia/Shanghai", "2026-07-20T08:00:00+00:00"),
        ("2026-03-29T03:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"),
        ("2026-03-29T02:30", "Europe/Berlin", None),  # put forward over it
        ("2026-10-25T02:30", "Europe/Berlin", None),  # shown twice
        ("2026-10-25T02:30+01:00", "Europe/Berlin", "2026-10-25T02:30:00+01:00"),
        ("2026-07-20T08:00", "UTC", None),  # no zone declared
        ("2026-07-20T24:00", "Asia/Shanghai", None),
        ("1899-07-20T08:00", "Asia/Shanghai", None),
    ],
)
def test_times_by_the_clock_of_a_zone(text: str, zone: str, time: str | None) -> None:
    assert parse_time(text, zone) == (None if time is None else parse_time(time))


@pytest.mark.parametrize("text", ["1970-01-01T00:00:01.999Z", "1970-01-01T00:00:01,5Z"])
def test_finer_times_are_cut(text: str) -> None:
    assert parse_time(text) == 1
    assert is_finer(text)
    assert not is_finer("1970-01-01T00:00:01Z")


@pytest.mark.parametrize(
    "date, zone, start",
    [
        ("2026-03-01", "Asia/Shanghai", "2026-03-01T00:00:00+08:00"),
        ("2026-03-08", "America/Chicago", "2026-03-08T00:00:00-06:00"),
        ("2026-03-09", "America/Chicago", "2026-03-09T00:00:00-05:00"),
        ("2026-07-01", "Europe/London", "2026-07-01T00:00:00+01:00"),
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"),  # it has no midnight
    ],
)
def test_dates_begin_where_the_local_day_does(date: str, zone: str, start: str) -> None:
    assert parse_date(date, zone) == parse_time(start)
    assert format_time(parse_date(date, zone), zone) == start


def test_what_is_no_date() -> None:
    assert parse_date("2026-3-1", "UTC") is None
    assert parse_date("2026-02-29", "UTC") is None


ZONES = st.sampled_from(["UTC", "Asia/Shanghai", "America/Chicago", "Europe/London"])


@given(st.integers(-(2**30), 2**35), ZONES)
def test_formatted_times_come_back(epoch: int, zone: str) -> None:
    assert parse_time(format_time(epoch, zone)) == epoch


@pytest.mark.parametrize(
    "clock, shown",
    [
        ("01:30", ["2026-11-01T01:30:00-05:00", "2026-11-01T01:30:00-06:00"]),
        ("03:00", ["2026-11-01T03:00:00-06:00"]),
    ],
)
def test_an_hour_that_comes_twice_shows_each_time_twice(clock: str, shown: list[str]) -> None:
    hours, minutes = map(int, clock.split(":"))
    found = clock_times(date(2026, 11, 1), hours * 3600 + minutes * 60, "America/Chicago")
    assert [format_time(one, "America/Chicago") for one in found] == shown


def test_a_time_that_is_skipped_is_at_the_jump() -> None:
    found = clock_times(date(2026, 3, 8), 2 * 3600 + 1800, "America/Chicago")
    assert [format_time(one, "America/Chicago") for one in found] == ["2026-03-08T03:00:00-05:00"]


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
    parse_date(text, "UTC")
    parse_duration(text)


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("2027-04-04T01:59:59+11:00", False),
        ("2027-04-04T02:00:00+11:00", True),
        ("2027-04-04T02:59:59+11:00", True),
        ("2027-04-04T02:00:00+10:00", True),
        ("2027-04-04T02:59:59+10:00", True),
        ("2027-04-04T03:00:00+10:00", False),
        ("2026-10-04T03:00:00+11:00", False),  # put forward, nothing is shown twice
    ],
)
def test_what_a_clock_shows_twice(text: str, twice: bool) -> None:
    epoch = parse_time(text)
    assert epoch is not None
    assert is_shown_twice(epoch, "Australia/Melbourne") is twice
    assert is_shown_twice(epoch, "Australia/Brisbane") is False
