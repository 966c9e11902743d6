"""Forecasts, elapsed, change, lasting and calendars (SEMANTICS 13, 14, 17)."""

from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from planengine.domain.parts import Period
from planengine.domain.statements import MomentStated
from planengine.domain.vocabulary import Calendar
from planengine.evidence.calendars import edges_between, is_running, next_edge, next_turn
from planengine.rules.conditions import (
    Any,
    CalendarCell,
    ChangeCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.conditions import (
    Test as Tested,
)
from planengine.values.sets import COUNT, FALSE, TRUE, NumberDomain, at_least, number
from planengine.values.times import format_time, parse_time
from tests.evidence.build import CITY, ENTITIES, HOUR, LABEL, WEST, cell, evidence, said, stamp
from tests.keys import unit_key

EITHER = "false | true"
CHINA = "Asia/Shanghai"


def moments(at: float, **hours: float) -> MomentStated:
    return MomentStated(stamp(at), {name: int(h * HOUR) for name, h in hours.items()})


def expected(name: str, within: float, place: str = CITY) -> ForecastCell:
    return ForecastCell(name, place, int(within * HOUR), ENTITIES.facts[name].domain)


def text(found, asked) -> str:
    return str(found.known(asked).value)


# Forecasts


def test_forecasts_of_one_time_that_exclude_each_other_are_a_conflict() -> None:
    first, second = (
        said(1, WEST, rainfall=mm, kind="forecast", valid=(2, 20), name=name)
        for name, mm in (("first", 80), ("second", 120))
    )
    found = evidence(first, second, at=3)
    assert text(found, expected("rainfall", 0, WEST)) == "80 | 120"
    assert found.conflicts == ((expected("rainfall", 0, WEST), (first, second)),)
    assert found.outdated == ()


def test_the_newest_forecast_still_valid_is_read() -> None:
    events = (
        said(1, rainfall=80, kind="forecast", valid=(2, 20)),
        said(2, rainfall=120, kind="forecast", valid=(4, 10)),
        said(2, rainfall=5),
    )
    found = evidence(*events, at=3)
    assert text(found, expected("rainfall", 24)) == "[120..∞)"  # nothing covers it from 20:00
    assert text(found, expected("rainfall", 16)) == "120"
    assert text(found, expected("rainfall", 0.5)) == "80"
    assert text(found.at_time(10 * HOUR), expected("rainfall", 24)) == "[80..∞)"
    assert found.known(expected("rainfall", 24)).reach == 20 * HOUR
    assert text(found.at_time(20 * HOUR), expected("rainfall", 24)) == "[0..∞) | n/a"


def test_a_forecast_counts_from_when_it_is_made() -> None:
    found = evidence(said(1, rainfall=80, kind="forecast", valid=(3, 20)), at=2)
    asked = expected("rainfall", 24)
    before = found.at_time(0)
    assert text(before, asked) == "[0..∞) | n/a"
    assert before.next_change([asked]) == HOUR
    assert text(found.at_time(HOUR), asked) == "[80..∞)"
    two = evidence(
        said(1, rainfall=80, kind="forecast", valid=(1, 20)),
        said(2, rainfall=60, kind="forecast", valid=(20, 40)),
    )
    known = two.known(asked)
    assert (str(known.value), known.reach) == ("80", 26 * HOUR)
    assert (known.oldest, known.newest) == (HOUR, 2 * HOUR)
    assert len(known.statements) == 2


def test_what_covers_enough_of_the_window_is_known_until_it_no_longer_does() -> None:
    found = evidence(said(0, rainfall=80, kind="forecast", valid=(2, 20)), at=1)
    asked = replace(expected("rainfall", 20), covering=10 * HOUR)
    assert text(found, asked) == "80"
    assert found.next_change([asked]) == 10 * HOUR + 1
    assert text(found.at_time(10 * HOUR), asked) == "80"
    assert text(found.at_time(10 * HOUR + 1), asked) == "[80..∞)"
    growing = replace(expected("rainfall", 6), covering=3 * HOUR)
    late = evidence(said(0, rainfall=80, kind="forecast", valid=(10, 20)), at=5)
    assert text(late, growing) == "[80..∞)"
    assert late.next_change([growing]) == 7 * HOUR
    assert text(late.at_time(7 * HOUR), growing) == "80"


def test_without_a_forecast_anything_may_come_and_observations_do_not_count() -> None:
    found = evidence(said(1, rainfall=80))
    assert text(found, expected("rainfall", 24)) == "[0..∞) | n/a"


def test_forecasts_roll_up_too() -> None:
    found = evidence(said(1, WEST, rainfall=90, kind="forecast"))
    assert text(found, expected("rainfall", 5)) == "[90..∞)"
    assert text(found, expected("rainfall", 5, WEST)) == "90"


# Elapsed


def test_elapsed_counts_from_a_stated_moment() -> None:
    found = evidence(moments(1, occurrence=1), at=3)
    assert text(found, ElapsedCell("occurrence")) == "7200"


def test_elapsed_since_an_unknown_moment_is_anything() -> None:
    assert text(evidence(at=3), ElapsedCell("occurrence")) == "[0..∞) | n/a"


def test_before_a_planned_moment_nothing_has_elapsed() -> None:
    found = evidence(moments(1, landfall=5), at=3)
    assert text(found, ElapsedCell("landfall")) == "n/a"
    assert text(found.at_time(5 * HOUR), ElapsedCell("landfall")) == "0"


def test_the_newest_statement_of_a_moment_counts_and_a_tie_is_disputed() -> None:
    found = evidence(moments(1, occurrence=0), moments(2, occurrence=1), at=2)
    assert found.moment("occurrence") == number(HOUR)
    tied = evidence(moments(2, occurrence=0), moments(2, occurrence=1), at=2)
    known = tied.known(ElapsedCell("occurrence"))
    assert (str(known.value), known.conflict) == ("3600 | 7200", True)


# Change


def rise(within: float, falling: bool = False) -> ChangeCell:
    domain = NumberDomain()
    return ChangeCell("water-level", "gauge", int(within * HOUR), falling, domain)


def test_a_rise_is_from_the_lowest_of_the_window_to_now() -> None:
    levels = [said(h, "gauge", water_level=v) for h, v in ((0, 5), (2, 3), (4, 7))]
    found = evidence(*levels)
    assert text(found, rise(4)) == "4"
    assert text(found, rise(4, falling=True)) == "0"
    assert text(found, rise(1)) == "4"
    assert text(found.at_time(3 * HOUR), rise(2, falling=True)) == "-2"
    assert found.known(rise(4)).statements == tuple(reversed(levels))


def test_stretches_without_statements_widen_only_the_possible_side() -> None:
    found = evidence(said(2, "gauge", water_level=3), said(4, "gauge", water_level=7))
    assert text(found, rise(24)) == "[4..7]"
    assert text(found, rise(2)) == "4"


def test_a_change_of_something_unknown_is_anything() -> None:
    assert text(evidence(at=4), rise(2)) == "[0..∞) | n/a"
    assert text(evidence(said(1, "gauge", water_level=(3, 5)), at=4), rise(2)) == "[0..2]"


# Lasting

BURNING = Tested(FactCell("alarm", CITY, ENTITIES.facts["alarm"].domain), TRUE)


def lasted(hours: float, gap: float = 0, body=BURNING) -> LastingCell:
    return LastingCell(body, int(hours * HOUR), int(gap * HOUR))


def test_lasting_is_certain_once_the_whole_window_is() -> None:
    found = evidence(said(0, CITY, alarm=False), said(1, CITY, alarm=True), at=4)
    readings = [text(found.at_time(int(h * HOUR)), lasted(2)) for h in (0.5, 1, 2.9, 3, 4)]
    assert readings == ["false", "false", "false", "true", "true"]


def test_a_beginning_before_the_first_report_is_unknown() -> None:
    found = evidence(said(3, CITY, alarm=True), at=4)
    assert text(found, lasted(2)) == EITHER
    assert text(found.at_time(5 * HOUR), lasted(2)) == "true"


def test_unless_it_was_stated() -> None:
    found = evidence(said(3, CITY, alarm=True, began=1), at=4)
    assert text(found, lasted(3)) == "true"
    assert text(found, lasted(3.5)) == EITHER


def test_unknown_stretches_are_possible_and_not_certain() -> None:
    events = (
        said(0, CITY, alarm=True),
        said(1, CITY, alarm=None),
        said(2, CITY, alarm=True),
    )
    found = evidence(*events, at=3)
    assert text(found, lasted(3)) == EITHER
    assert text(found, lasted(1)) == "true"
    assert text(found, lasted(3, gap=1.1)) == "true"


def test_short_gaps_are_bridged_and_longer_ones_are_not() -> None:
    events = (
        said(0, CITY, alarm=True),
        said(2, CITY, alarm=False),
        said(2.5, CITY, alarm=True),
    )
    found = evidence(*events, at=4)
    assert text(found, lasted(4)) == "false"
    assert text(found, lasted(4, gap=0.5)) == "false"  # under, not up to
    assert text(found, lasted(4, gap=0.6)) == "true"
    assert text(found, lasted(1.8, gap=0.6)) == "true"  # the gap began before the window


def test_a_gap_that_still_runs_is_not_bridged() -> None:
    found = evidence(said(0, CITY, alarm=True), said(3.9, CITY, alarm=False), at=4)
    assert text(found, lasted(2, gap=1)) == "false"


def test_when_it_completes() -> None:
    found = evidence(said(0, CITY, alarm=False), said(1, CITY, alarm=True))
    assert found.lasting_completes(lasted(2)) == 3 * HOUR
    assert found.next_change([lasted(2)]) == 3 * HOUR
    assert found.lasting_completes(lasted(2, body=Tested(cell("alarm"), FALSE))) is None


def test_a_lasting_body_may_count_from_a_moment() -> None:
    body = Tested(ElapsedCell("occurrence"), at_least(HOUR))
    found = evidence(moments(0, occurrence=0), at=2)
    assert text(found, lasted(1, body=body)) == "true"
    assert text(found, lasted(1.5, body=body)) == "false"
    assert found.lasting_completes(lasted(1.5, body=body)) == 2.5 * HOUR


def test_levels_of_the_past_come_from_the_engine() -> None:
    level = LevelCell(unit_key("plan@city"), "computed", COUNT)
    body = Tested(level, at_least(2))
    found = evidence(said(1, deaths=2), at=4)
    assert text(found, lasted(2, body=body)) == EITHER
    found = evidence(said(1, deaths=2), at=4)
    found._level_at = lambda _, instant: number(2 if instant >= HOUR else 0)
    assert text(found, lasted(2, body=body)) == "true"
    assert text(found, lasted(3.5, body=body)) == "false"


def test_a_body_of_several_cells_changes_with_each() -> None:
    body = Any((BURNING, Tested(cell("breach"), TRUE)))
    events = (
        said(0, CITY, alarm=True, breach=False),
        said(1, CITY, alarm=True, breach=True),
        said(2, CITY, alarm=False),
    )
    found = evidence(*events, at=3)
    assert text(found, lasted(3, body=body)) == "true"


# Calendars


def local(words: str) -> int:
    return int(datetime.fromisoformat(words + "+08:00").timestamp())


@pytest.mark.parametrize(
    "name, moment, running",
    [
        ("flood-season", "2026-05-01T00:00:00", True),
        ("flood-season", "2026-04-30T23:59:59", False),
        ("flood-season", "2026-10-15T00:00:00", False),
        ("winter", "2026-12-31T12:00:00", True),
        ("winter", "2026-02-28T12:00:00", True),
        ("winter", "2026-03-01T00:00:00", False),
        ("night", "2026-07-01T22:00:00", True),
        ("night", "2026-07-01T05:59:59", True),
        ("night", "2026-07-01T06:00:00", False),
        ("summer-night", "2026-07-01T23:59:59", True),
        ("summer-night", "2026-07-01T00:00:00", False),
        ("summer-night", "2026-12-01T23:00:00", False),
    ],
)
def test_calendars_run_in_their_own_local_time(name: str, moment: str, running: bool) -> None:
    assert is_running(ENTITIES.calendars[name], CHINA, local(moment)) is running


@pytest.mark.parametrize(
    "zone, hours", [("Asia/Shanghai", 8), ("America/Chicago", -5), ("Europe/London", 1)]
)
def test_weekdays_turn_at_the_local_midnight(zone: str, hours: int) -> None:
    """2026-09-11 is a Friday, 2026-09-14 a Monday."""
    working = Calendar("x", LABEL, weekdays=frozenset(range(5)))
    midnight = parse_time("2026-09-12T00:00:00Z") - hours * HOUR
    assert is_running(working, zone, midnight - 1)
    assert not is_running(working, zone, midnight)
    assert not is_running(working, zone, midnight + 48 * HOUR - 1)
    assert is_running(working, zone, midnight + 48 * HOUR)
    turns = set(edges_between(working, zone, midnight - 1, midnight + 48 * HOUR))
    assert {midnight, midnight + 48 * HOUR} <= turns
    assert next_turn(working, zone, midnight) == midnight + 48 * HOUR
    assert next_turn(working, zone, midnight - 1) == midnight


@pytest.mark.parametrize(
    "moment, running",
    [
        ("2026-09-11T06:59:59", False),
        ("2026-09-11T07:00:00", True),  # a Friday in term
        ("2026-09-12T10:00:00", False),  # a Saturday
        ("2026-09-20T10:00:00", True),  # a Sunday worked instead
        ("2026-09-20T20:00:00", False),
        ("2026-09-25T10:00:00", False),  # a Friday that is a holiday
        ("2026-07-24T10:00:00", False),  # a Friday in the holidays
        ("2035-09-03T10:00:00", True),  # a Monday of a year that nobody has listed
    ],
)
def test_dates_join_weekdays_of_the_term_and_exceptions_leave_them(
    moment: str, running: bool
) -> None:
    def day(first: str, until: str | None = None) -> Period:
        return Period(*(one and local(f"{one}T00:00:00") for one in (first, until)))

    school = Calendar(
        "school",
        LABEL,
        yearly=(((9, 1), (1, 23)),),
        clock=((7 * 60, 18 * 60 + 30),),
        weekdays=frozenset(range(5)),
        dates=(day("2026-09-20", "2026-09-21"),),
        excluded=(day("2026-09-25", "2026-09-28"),),
    )
    assert is_running(school, CHINA, local(moment)) is running
    again = Calendar("since", LABEL, dates=(day("2026-09-12"),))
    assert is_running(again, CHINA, local(moment)) is (moment >= "2026-09-12")


def test_calendar_dates_and_cells() -> None:
    found = evidence(at=100)
    assert text(found, CalendarCell("fair")) == "true"
    assert text(found.at_time(110 * HOUR), CalendarCell("fair")) == "false"
    assert text(found, CalendarCell("no-such-calendar")) == "false"


def test_the_next_edge_of_a_calendar() -> None:
    season, night, winter = (ENTITIES.calendars[n] for n in ("flood-season", "night", "winter"))
    assert next_edge(season, CHINA, local("2026-06-01T12:00:00")) == local("2026-10-15T00:00:00")
    assert next_edge(season, CHINA, local("2026-12-01T12:00:00")) == local("2027-05-01T00:00:00")
    assert next_edge(night, CHINA, local("2026-06-01T12:00:00")) == local("2026-06-01T22:00:00")
    assert next_edge(winter, CHINA, local("2026-02-01T00:00:00")) == local("2026-03-01T00:00:00")
    assert next_edge(ENTITIES.calendars["fair"], CHINA, 200 * HOUR) is None
    day = local("2026-06-01T12:00:00")
    assert len(list(edges_between(night, CHINA, day, day + 48 * HOUR))) == 4


@pytest.mark.parametrize(
    "zone, clock, moments",
    [  # London puts its clock forward from 01:00 to 02:00, and back from 02:00 to 01:00
        ("Europe/London", (60, 90), ["2026-03-29T00:30:00Z -", "2026-03-29T01:00:00Z -"]),
        ("Europe/London", (60, 120), ["2026-03-29T01:30:00Z -", "2026-03-30T00:30:00Z +"]),
        ("Europe/London", (60, 90), ["2026-10-25T00:15:00Z +", "2026-10-25T00:45:00Z -"]),
        ("Europe/London", (60, 90), ["2026-10-25T01:15:00Z +", "2026-10-25T01:30:00Z -"]),
        ("America/Chicago", (1320, 360), ["2026-03-08T10:59:59Z +", "2026-03-08T11:00:00Z -"]),
        ("America/Chicago", (1320, 360), ["2026-11-01T11:59:59Z +", "2026-11-01T12:00:00Z -"]),
        ("America/Chicago", (1320, 360), ["2026-07-02T02:59:59Z -", "2026-07-02T03:00:00Z +"]),
    ],
)
def test_a_night_at_daylight_saving(zone: str, clock: tuple[int, int], moments: list[str]) -> None:
    night = Calendar("night", LABEL, clock=(clock,))
    for moment, running in (text.split() for text in moments):
        assert is_running(night, zone, parse_time(moment)) is (running == "+"), moment


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/London", "Asia/Shanghai"])
@pytest.mark.parametrize("clock", [(1320, 360), (60, 90), (30, 150), (0, 1440), (120, 1440)])
@pytest.mark.parametrize("day", ["2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01"])
@pytest.mark.parametrize("weekdays", [(), (0, 6), (5,)])
def test_edges_miss_no_turn(
    zone: str, clock: tuple[int, int], day: str, weekdays: tuple[int, ...]
) -> None:
    days = frozenset(weekdays)
    either = Calendar("x", LABEL, yearly=(((3, 29), (11, 1)),), clock=(clock,), weekdays=days)
    start = parse_time(f"{day}T00:00:00Z") - 24 * HOUR
    edges = set(edges_between(either, zone, start, start + 72 * HOUR))
    was = is_running(either, zone, start)
    for moment in range(start, start + 72 * HOUR, 900):
        running = is_running(either, zone, moment)
        assert running is was or moment in edges, format_time(moment, zone)
        was = running


def test_a_season_begins_at_the_local_midnight_on_both_sides() -> None:
    season = ENTITIES.calendars["flood-season"]
    for zone, hours in (("America/Chicago", 5), ("Europe/London", -1)):
        midnight = parse_time("2026-05-01T00:00:00Z") + hours * HOUR
        assert not is_running(season, zone, midnight - 1)
        assert is_running(season, zone, midnight)
        assert next_edge(season, zone, midnight - 1) == midnight


def test_a_calendar_follows_its_own_clock_else_that_of_who_asks() -> None:
    night = CalendarCell("night")
    found = evidence(at=local("2026-07-02T06:30:00") / HOUR)  # 22:30 in UTC
    assert text(found, night) == "false"
    assert text(found, replace(night, zone="UTC")) == "true"
    own = replace(ENTITIES.calendars["night"], zone="UTC")
    library = replace(ENTITIES, calendars={"night": own})
    found = evidence(at=local("2026-07-02T06:30:00") / HOUR, library=library)
    assert text(found, replace(night, zone=CHINA)) == "true"


def test_a_calendar_turns_only_where_it_starts_or_stops() -> None:
    found = evidence(at=local("2026-03-01T12:00:00") / HOUR)
    assert found.next_change([CalendarCell("summer-night")]) == local("2026-05-01T22:00:00")
    assert found.next_change([CalendarCell("no-such-calendar")]) is None


def test_recheck_passes_over_moments_at_which_nothing_changes() -> None:
    found = evidence(said(1, rainfall=5), said(2, rainfall=9))
    assert found.next_change([cell("rainfall")]) == 8 * HOUR
    nightly = lasted(2, body=Tested(CalendarCell("night"), TRUE))
    noon = evidence(at=local("2026-06-01T12:00:00") / HOUR)
    assert noon.next_change([nightly]) == local("2026-06-02T00:00:00")  # two hours of night


def test_a_change_rests_on_what_was_said_over_its_window() -> None:
    first, second = said(1, rainfall=5), said(3, rainfall=9, kind="estimated")
    found = evidence(first, second, at=4)
    asked = ChangeCell("rainfall", CITY, 4 * HOUR, False, NumberDomain())
    known = found.known(asked)
    assert str(known.value) == "[4..9]"  # before the first nobody knows: it may have been none
    assert known.estimated
    assert known.statements == (second, first)
    assert (known.oldest, known.newest) == (3 * HOUR, 3 * HOUR)
    within = found.known(replace(asked, within=2 * HOUR))
    assert (str(within.value), within.estimated) == ("4", True)
