"""Values at corners that larger tests seldom reach: n/a in forecasts, unbounded ends, assumptions."""

from __future__ import annotations

import pytest

from planengine.rules.conditions import FactCell, ForecastCell, LastingCell
from planengine.rules.conditions import Test as Tested
from planengine.values.sets import (
    FALSE,
    FLAG,
    NOT_APPLICABLE_NUMBER,
    TRUE,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    at_least,
)
from tests.evidence.build import (
    CITY,
    EAST,
    ENTITIES,
    HOUR,
    WEST,
    cell,
    entities,
    evidence,
    fact,
    said,
    shown,
)

NONE_OF_IT = ChoiceSet(frozenset(), True)


def library(*more):
    return entities(facts={**ENTITIES.facts, **{one.id: one for one in more}})


def foretold(*events, name: str, within: int = 4, up: bool = True) -> str:
    own = fact(
        name, "category" if name == "state" else "quantity", direction="up" if up else "down"
    )
    own_library = library(own)
    found = evidence(*events, at=0, library=own_library)
    return str(found.known(ForecastCell(name, CITY, within * HOUR, own.domain)).value)


def says(value, start: float, end: float, name: str = "state"):
    return said(0, kind="forecast", valid=(start, end), **{name: value})


@pytest.mark.parametrize(
    ("first", "second", "up", "worst"),
    [
        ("mild", "severe", True, "severe"),
        ("mild", "severe", False, "mild"),
        ({"mild", "severe"}, "middling", True, "middling | severe"),
        ({"mild", "severe"}, "middling", False, "middling | mild"),
        (NONE_OF_IT, "mild", True, "mild"),
        ("mild", NONE_OF_IT, True, "mild"),
        (NONE_OF_IT, NONE_OF_IT, True, "n/a"),
    ],
)
def test_the_worst_of_forecast_categories(first, second, up, worst) -> None:
    found = foretold(says(first, 0, 2), says(second, 2, 5), name="state", up=up)
    assert sorted(found.split(" | ")) == sorted(worst.split(" | "))


@pytest.mark.parametrize(
    ("first", "second", "up", "worst"),
    [
        (3, 9, True, "9"),
        (3, 9, False, "3"),
        ((2, 7), (4, 9), True, "[4..9]"),
        ((2, 7), (4, 9), False, "[2..7]"),
        (NOT_APPLICABLE_NUMBER, 9, True, "9"),
        (9, NOT_APPLICABLE_NUMBER, False, "9"),
        (NOT_APPLICABLE_NUMBER, NOT_APPLICABLE_NUMBER, True, "n/a"),
    ],
)
def test_the_worst_of_forecast_numbers(first, second, up, worst) -> None:
    events = says(first, 0, 2, "depth"), says(second, 2, 5, "depth")
    assert foretold(*events, name="depth", up=up) == worst


def test_at_most_of_facts_that_may_be_negative() -> None:
    everything = NumberDomain()
    inner = fact("inner", "quantity", domain=everything, roll_up="none", at_most=("outer",))
    own = library(inner, fact("outer", "quantity", domain=everything, roll_up="none"))
    found = evidence(said(1, outer=-5), library=own)
    assert str(found.known(FactCell("inner", CITY, everything)).value) == "(-∞..-5] | n/a"
    found = evidence(said(1, inner=-5), library=own)
    # more than none would exclude n/a; this is less
    assert str(found.known(FactCell("outer", CITY, everything)).value) == "[-5..∞) | n/a"


def test_what_parts_report_beyond_the_domain_of_the_whole() -> None:
    narrow = NumberDomain(NumberSet((Interval(0, 100),)))
    own = library(fact("full", "quantity", domain=narrow))
    found = evidence(said(1, WEST, full=60), said(1, EAST, full=60), library=own)
    asked = FactCell("full", CITY, narrow)
    known = found.known(asked)
    assert known.conflict
    reported = found.reported(asked)
    assert str(known.value) == str(reported) == "[0..100] | n/a"  # not as if nobody had spoken


def test_the_latest_part_in_conflict_is_a_conflict() -> None:
    found = evidence(said(1, WEST, signal=3), said(2, EAST, signal=5), said(2, EAST, signal=6))
    known = found.known(cell("signal"))
    assert (str(known.value), known.conflict) == ("5 | 6", True)
    assert (known.oldest, known.newest) == (2 * HOUR, 2 * HOUR)
    older = evidence(said(1, WEST, signal=3), said(1, WEST, signal=4), said(2, EAST, signal=5))
    known = older.known(cell("signal"))
    assert (str(known.value), known.conflict) == ("5", False)


def lasting(hours: float, gaps: float = 0) -> LastingCell:
    return LastingCell(Tested(cell("breach"), FALSE), int(hours * HOUR), int(gaps * HOUR))


def test_what_was_assumed_leaves_the_window_of_what_must_last() -> None:
    """No breach is assumed until somebody says so; the answer rests on that for as long as the
    window reaches back before what was said.
    """
    found = evidence(said(5, breach=False), said(1, deaths=0), at=6)
    asked = lasting(3)
    assert shown(found, "breach") == "false"
    assert str(found.known(asked).value) == "true"
    assert found.next_change([asked]) == 8 * HOUR
    assert found.at_time(8 * HOUR).next_change([asked]) is None
    assert found.at_time(9 * HOUR).next_change([asked]) is None


def test_nothing_assumed_leaves_no_window() -> None:
    asked = LastingCell(Tested(cell("deaths"), at_least(5)), HOUR)
    told = evidence(said(1, deaths=5), at=1)
    assert told.next_change([asked]) == 2 * HOUR


@pytest.mark.parametrize(
    ("way", "west", "east", "whole"),
    [
        ("max", "mild", "severe", "severe"),
        ("min", "mild", "severe", "mild"),
        ("min", "severe", "middling", "middling"),
        ("min", NONE_OF_IT, "severe", "severe"),
        ("max", NONE_OF_IT, NONE_OF_IT, "n/a"),
    ],
)
def test_categories_roll_up_to_the_worst_or_the_mildest(way, west, east, whole) -> None:
    own = library(fact("state", "category", roll_up=way))
    found = evidence(said(1, WEST, state=west), said(1, EAST, state=east), library=own)
    asked = FactCell("state", CITY, own.facts["state"].domain)
    assert str(found.known(asked).value) == whole


def test_flags_roll_up_as_declared() -> None:
    own = library(fact("every", "flag", roll_up="min"), fact("some", "flag"))
    found = evidence(
        said(1, WEST, every=True, some=True), said(1, EAST, every=False, some=False), library=own
    )
    values = [found.known(FactCell(name, CITY, FLAG)).value for name in ("every", "some")]
    assert values == [FALSE, TRUE]


def test_a_lowest_value_follows_the_part_that_had_it() -> None:
    """The older whole may have been what a part has changed from since."""
    found = evidence(
        said(1, WEST, visibility=50),
        said(2, visibility=50),
        said(3, WEST, visibility=400),
        said(3, EAST, visibility=300),
    )
    assert shown(found, "visibility") == "300"
    kept = evidence(
        said(1, WEST, visibility=900), said(2, visibility=50), said(3, WEST, visibility=400)
    )
    assert shown(kept, "visibility") == "50"


UNKNOWN = "[0..∞) | n/a"


@pytest.mark.parametrize(
    ("statement", "at", "name", "place", "value"),
    [
        (said(1, alarm=True), 1, "alarm", CITY, "true"),
        (said(1, missing=3), 1, "missing", CITY, "3"),
        (said(1, missing=3), 0.5, "missing", CITY, UNKNOWN),
        (said(1, missing=3, valid=(2, None)), 1, "missing", CITY, UNKNOWN),
        (said(1, missing=3, valid=(2, None)), 2, "missing", CITY, "3"),
        (said(1, missing=3, valid=(None, 2)), 1, "missing", CITY, "3"),
        (said(1, missing=3, valid=(None, 2)), 2, "missing", CITY, UNKNOWN),
        (said(1, WEST, missing=3), 1, "missing", CITY, "[3..∞)"),
        (said(1, WEST, missing=3), 1, "missing", EAST, UNKNOWN),
        (said(1, missing=3), 1, "missing", WEST, "[0..3] | n/a"),
        (said(1, missing=(2, 4)), 1, "missing", CITY, "[2..4]"),
        (said(1, missing=None), 1, "missing", CITY, UNKNOWN),
        (said(1, missing=NOT_APPLICABLE_NUMBER), 1, "missing", CITY, "n/a"),
        (said(1, missing=3, kind="forecast"), 1, "missing", CITY, UNKNOWN),
        (said(1, rainfall=5), 6.99, "rainfall", CITY, "5"),
        (said(1, rainfall=5), 7, "rainfall", CITY, UNKNOWN),
        (said(1, dead_and_missing=5), 1, "deaths", CITY, "[0..5] | n/a"),
        (said(1, missing=5), 1, "dead-and-missing", CITY, "[5..∞)"),
        (said(1, magnitude=7), 1, "magnitude", WEST, "7"),
        (said(1, WEST, magnitude=7), 1, "magnitude", CITY, "7"),
        (said(1, visibility=50), 1, "visibility", WEST, "[50..∞) | n/a"),
        (said(1, temperature=5), 1, "temperature", WEST, "(-∞..∞) | n/a"),
        (said(1, temperature=5), 1, "temperature", CITY, "5"),
        (said(1, breach=True), 1, "breach", CITY, "true"),
    ],
)
def test_what_one_statement_tells(statement, at, name, place, value) -> None:
    found = evidence(statement, at=at)
    assert shown(found, name, place) == value


@pytest.mark.parametrize(
    ("kind", "estimated"), [("observed", False), ("judged", False), ("estimated", True)]
)
def test_how_sure_one_statement_is(kind: str, estimated: bool) -> None:
    statement = said(1, missing=3, kind=kind)
    known = evidence(statement, at=2).known(cell("missing"))
    assert (known.estimated, known.assumed, known.conflict, known.silent) == (
        estimated,
        False,
        False,
        (),
    )
    assert (known.statements, known.oldest, known.newest) == ((statement,), HOUR, HOUR)


def test_outside_the_scope_nothing_applies() -> None:
    found = evidence(said(1, WEST, missing=3), at=1, scope=[EAST])
    assert [shown(found, "missing", place) for place in (WEST, EAST)] == ["n/a", UNKNOWN]
    found = evidence(said(1, WEST, missing=3), at=1, scope=[WEST])
    assert [shown(found, "missing", place) for place in (WEST, EAST)] == ["3", "n/a"]
    assert shown(found, "missing", CITY) == "3"  # whoever is out of scope is skipped
