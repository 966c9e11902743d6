"""Times on the command line: now, a time of the day alone, and by the library's clock."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import click
import pytest

import planengine
from planengine.cli import times
from planengine.cli.language import speaker
from planengine.values.times import format_time, parse_time
from tests.cli.run import FLOOD, run

ZONE = "Asia/Shanghai"


def at(text: str) -> int:
    found = parse_time(text, ZONE)
    assert found is not None
    return found


def clock(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(times, "time", SimpleNamespace(time=lambda: at(text) + 0.9))


@pytest.mark.parametrize(
    ("text", "latest", "earliest", "expected"),
    [
        ("23:00", "2026-07-20T23:30", None, "2026-07-20T23:00"),
        ("23:00", "2026-07-20T23:00", None, "2026-07-20T23:00"),
        ("23:50", "2026-07-20T00:40", None, "2026-07-19T23:50"),  # past midnight
        ("0:00", "2026-07-20T00:00", None, "2026-07-20T00:00"),
        ("8时30分", "2026-07-20T12:00", None, "2026-07-20T08:30"),
        ("24:00", "2026-07-20T12:00", None, "2026-07-20T00:00"),
        ("08:00", "2026-07-20T12:00", "2026-07-20T07:00", "2026-07-20T08:00"),
        ("08:00", "2026-07-20T12:00", "2026-07-20T09:00", "2026-07-21T08:00"),  # not begun by then
        ("20:00", "2026-07-20T12:00", "2026-07-20T12:01", "2026-07-20T20:00"),
        ("2026-07-20T08:00", "2026-07-19T00:00", None, "2026-07-20T08:00"),
        ("2026-07-20T00:00Z", "2026-07-19T00:00", None, "2026-07-20T08:00"),
    ],
)
def test_a_time_of_the_day_is_the_last_one(
    text: str, latest: str, earliest: str | None, expected: str
) -> None:
    first = None if earliest is None else at(earliest)
    found = times.time_of(text, "--at", ZONE, speaker("en"), latest=at(latest), earliest=first)
    assert format_time(found, ZONE) == f"{expected}:00+08:00"


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        ("2026-03-29T12:00+02:00", "2026-03-29T03:00:00+02:00"),  # put forward over 2:30: the jump
        ("2026-10-25T12:00+01:00", "2026-10-25T02:30:00+01:00"),  # shown twice: the last
        ("2026-10-25T02:40+02:00", "2026-10-25T02:30:00+02:00"),
    ],
)
def test_where_the_clock_is_changed(latest: str, expected: str) -> None:
    limit = parse_time(latest)
    assert limit is not None
    found = times.time_of("2:30", "--at", "Europe/Berlin", speaker("en"), latest=limit)
    assert format_time(found, "Europe/Berlin") == expected


@pytest.mark.parametrize("text", ["yesterday", "25:00", "8", "每日8时", "8:00, 9:00", ""])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_no_time_is_wrong_use(text: str, language: str) -> None:
    with pytest.raises(click.UsageError, match="--at"):
        times.time_of(text, "--at", ZONE, speaker(language), latest=0)


@pytest.mark.parametrize("text", ["23:00", "2026-07-20T08:00"])
def test_without_a_declared_zone_there_is_no_clock(text: str) -> None:
    with pytest.raises(click.UsageError):
        times.time_of(text, "--at", "UTC", speaker("en"), latest=0)


@pytest.fixture(scope="module")
def flood(shipped: planengine.Library) -> planengine.Incident:
    """Its newest statement is of 18:00."""
    return shipped.read_incident(Path(FLOOD))


@pytest.mark.parametrize(
    ("present", "text", "expected"),
    [
        ("2026-11-28T12:00", "9:30", "2026-07-19T09:30"),  # long past: its last day
        ("2026-11-28T12:00", "23:00", "2026-07-19T23:00"),
        ("2026-07-19T18:10", "17:00", "2026-07-19T17:00"),  # it goes on
        ("2026-07-19T18:10", "23:00", "2026-07-18T23:00"),
        ("2026-07-20T00:10", "0:05", "2026-07-20T00:05"),
        ("2026-07-20T00:10", "23:50", "2026-07-19T23:50"),
        ("2026-01-01T12:00", "9:30", "2026-07-19T09:30"),  # an exercise that lies ahead
        ("2026-11-28T12:00", "now", "2026-11-28T12:00"),
        ("2026-11-28T12:00", "2026-07-18T12:30", "2026-07-18T12:30"),
    ],
)
def test_assess_at_a_time_of_the_day(
    flood: planengine.Incident,
    monkeypatch: pytest.MonkeyPatch,
    present: str,
    text: str,
    expected: str,
) -> None:
    clock(monkeypatch, present)
    found = times.time_to_assess(text, flood, None, ZONE, speaker("en"))
    assert found is not None
    assert format_time(found, ZONE) == f"{expected}:00+08:00"


def test_the_first_line_says_which_time_was_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, "2026-07-20T08:00")
    shown = run("assess", FLOOD, "--at", "7:00", "--lang", "en").output.splitlines()[0]
    assert "  2026-07-20 07:00+08:00  " in shown


def test_changes_since_a_time_of_the_day_are_before_the_assessed_one() -> None:
    shown = run("assess", FLOOD, "--at", "2026-07-19T09:30", "--since", "20:00", "--lang", "en")
    whole = "2026-07-18T20:00:00+08:00"
    spelled = run("assess", FLOOD, "--at", "2026-07-19T09:30", "--since", whole, "--lang", "en")
    assert shown.exit_code == 0
    assert shown.output == spelled.output


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "2026-10-25T02:30",
            (
                "--at: the clock shows `2026-10-25T02:30` twice, for it is put back that day; "
                "write 2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"
            ),
        ),
        (
            "2026-03-29T02:30",
            (
                "--at: the clock never shows `2026-03-29T02:30`, for it is put forward to "
                "2026-03-29T03:00:00+02:00; write what the clock showed, or the time with its offset"
            ),
        ),
    ],
)
def test_a_time_of_an_hour_that_is_changed_says_so(text: str, said: str) -> None:
    with pytest.raises(click.UsageError) as error:
        times.time_of(text, "--at", "Europe/Berlin", speaker("en"), latest=at("2026-07-20T08:00"))
    assert error.value.message == said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "as of the newest statement (07-19 18:00); since 07-19 18:30:01 it may have changed: --at now shows the present",
        ),
        (
            "zh",
            "以上截至最新一条信息（07-19 18:00），07-19 18:30:01起可能已有变化；看现在的情况：--at now",
        ),
    ],
)
def test_time_that_has_passed_since_the_newest_statement_is_told(
    monkeypatch: pytest.MonkeyPatch, language: str, line: str
) -> None:
    words = ("assess", FLOOD, "--lang", language)
    clock(monkeypatch, "2026-07-19T18:30:01")
    assert run(*words).output.splitlines()[-1] == line
    clock(monkeypatch, "2026-07-19T18:30")  # nothing has changed by itself so far
    assert line not in run(*words).output


def test_it_is_not_told_where_a_time_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    clock(monkeypatch, "2026-07-20T08:00")
    for time in ("2026-07-19T18:00", "7:00"):
        assert "--at now" not in run("assess", FLOOD, "--at", time, "--lang", "en").output
