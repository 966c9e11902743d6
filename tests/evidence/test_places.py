"""Roll-ups, supersession and conflicts: the examples of SEMANTICS 18 and 19, word for word."""

from __future__ import annotations

import pytest

from tests.evidence.build import CITY, EAST, OTHER, PROVINCE, WEST, cell, evidence, said, shown


def test_city_30_and_county_12_is_30_not_42() -> None:
    found = evidence(said(1, CITY, deaths=30), said(1, WEST, deaths=12))
    assert shown(found, "deaths") == "30"
    assert found.conflicts == ()


def test_a_silent_county_leaves_a_sum_open_upwards() -> None:
    found = evidence(said(1, WEST, deaths=12))
    known = found.known(cell("deaths"))
    assert str(known.value) == "[12..∞)"
    assert known.silent == (EAST,)


def test_until_it_reports_zero() -> None:
    found = evidence(said(1, WEST, deaths=12), said(1, EAST, deaths=0))
    known = found.known(cell("deaths"))
    assert (str(known.value), known.silent) == ("12", ())


def test_or_is_outside_the_scope() -> None:
    found = evidence(said(1, WEST, deaths=12), scope=[WEST])
    assert shown(found, "deaths") == "12"
    assert shown(found, "deaths", EAST) == "n/a"


def test_city_20_at_1_h_counties_12_and_10_at_2_h_is_22() -> None:
    found = evidence(said(1, CITY, deaths=20), said(2, WEST, deaths=12), said(2, EAST, deaths=10))
    assert shown(found, "deaths") == "22"
    assert found.conflicts == ()


def test_city_30_at_1_h_counties_22_at_2_h_is_a_conflict() -> None:
    events = [said(1, CITY, deaths=30), said(2, WEST, deaths=12), said(2, EAST, deaths=10)]
    found = evidence(*events)
    known = found.known(cell("deaths"))
    assert known.conflict
    assert str(known.value) == "22 | [30..∞)"
    [(where, statements)] = found.conflicts
    assert str(where) == "deaths@city"
    assert set(map(id, statements)) == set(map(id, events))


def test_a_newer_city_figure_replaces_older_counties() -> None:
    found = evidence(said(1, WEST, trapped=12), said(1, EAST, trapped=10), said(2, CITY, trapped=3))
    assert shown(found, "trapped") == "3"


def test_evidence_that_overlaps_in_time_combines_and_the_oldest_gives_way() -> None:
    parts = [said(1, WEST, trapped=12), said(3, EAST, trapped=10)]
    assert shown(evidence(*parts, said(2, CITY, trapped=(20, 25))), "trapped") == "22"
    found = evidence(*parts, said(2, CITY, trapped=30))
    known = found.known(cell("trapped"))
    assert (str(known.value), known.conflict, known.outdated) == ("30", False, (parts[0],))
    assert [(str(where), by) for where, by in found.outdated] == [("trapped@west", (parts[0],))]
    together = evidence(said(1, WEST, trapped=12), said(1, EAST, trapped=10), said(1, trapped=30))
    known = together.known(cell("trapped"))
    assert (str(known.value), known.conflict) == ("22 | 30", True)


def test_newer_news_of_a_part_leaves_an_older_total_as_long_as_both_can_be_true() -> None:
    older = said(1, CITY, trapped=30)
    assert shown(evidence(older, said(2, WEST, trapped=12)), "trapped") == "30"
    overtaken = evidence(older, said(2, WEST, trapped=35))
    assert shown(overtaken, "trapped") == "[35..∞)"
    assert overtaken.conflicts == ()


def test_maximum_and_minimum_stay_open_on_their_own_side() -> None:
    found = evidence(said(1, WEST, rainfall=80, visibility=500))
    assert shown(found, "rainfall") == "[80..∞)"
    assert shown(found, "visibility") == "[0..500]"
    older = evidence(said(1, CITY, visibility=200), said(2, WEST, visibility=500))
    assert shown(older, "visibility") == "200"


def test_any_is_true_if_a_part_is_and_unknown_while_one_is_silent() -> None:
    assert shown(evidence(said(1, WEST, alarm=True)), "alarm") == "true"
    assert evidence(said(1, WEST, alarm=True)).known(cell("alarm")).silent == ()
    silent = evidence(said(1, WEST, alarm=False)).known(cell("alarm"))
    assert (str(silent.value), silent.silent) == ("false | true", (EAST,))
    both = evidence(said(1, WEST, alarm=False), said(1, EAST, alarm=False))
    assert shown(both, "alarm") == "false"


def test_categories_roll_up_to_the_most_severe() -> None:
    found = evidence(said(1, WEST, damage="middling"), said(1, EAST, damage="mild"))
    assert shown(found, "damage") == "middling"
    assert shown(evidence(said(1, WEST, damage="middling")), "damage") == "middling | severe"


def test_latest_takes_the_part_spoken_of_last() -> None:
    found = evidence(said(1, WEST, signal=5), said(2, EAST, signal=3))
    assert shown(found, "signal") == "3"
    assert shown(evidence(said(1, WEST, signal=5), said(2, CITY, signal=1)), "signal") == "1"
    newer = evidence(said(1, CITY, signal=5), said(2, WEST, signal=7))
    assert (shown(newer, "signal"), newer.outdated, newer.conflicts) == ("7", (), ())


def test_none_is_never_lifted() -> None:
    assert shown(evidence(said(1, WEST, temperature=40)), "temperature") == "(-∞..∞) | n/a"


def test_sums_skip_what_is_not_applicable() -> None:
    from planengine.values.sets import NOT_APPLICABLE_NUMBER

    west = said(1, WEST, trapped=NOT_APPLICABLE_NUMBER)
    assert shown(evidence(west, said(1, EAST, trapped=4)), "trapped") == "4"
    none = evidence(west, said(1, EAST, trapped=NOT_APPLICABLE_NUMBER))
    assert shown(none, "trapped") == "n/a"


def test_a_province_holds_its_cities_and_out_of_scope_ones_are_skipped() -> None:
    events = [said(1, CITY, deaths=3)]
    assert shown(evidence(*events), "deaths", PROVINCE) == "[3..∞)"
    assert evidence(*events).known(cell("deaths", PROVINCE)).silent == (OTHER,)
    assert shown(evidence(*events, scope=[CITY]), "deaths", PROVINCE) == "3"


@pytest.mark.parametrize("place", [None, CITY])
def test_without_a_place_the_home_area_is_meant(place: str | None) -> None:
    assert shown(evidence(said(1, place, deaths=2)), "deaths") == "2"


def test_objects_roll_up_to_their_areas() -> None:
    found = evidence(said(1, "gauge-west", water_level=25))
    assert shown(found, "water_level", "gauge-west") == "25"
    assert shown(found, "water_level", WEST) == "25"
    assert shown(found, "water_level", CITY) == "[25..∞)"
    assert found.known(cell("water_level")).silent == ("gauge",)
    both = evidence(said(1, "gauge-west", water_level=25), said(1, "gauge", water_level=26))
    assert shown(both, "water_level") == "26"
    assert shown(both, "water_level", EAST) == "[0..∞) | n/a"


def test_an_open_registry_may_hold_more() -> None:
    found = evidence(said(1, "mill", stage=False))
    assert shown(found, "stage", "mill") == "false"
    assert shown(found, "stage", WEST) == "false | true"


def test_an_area_fact_stated_of_an_object_bounds_its_area() -> None:
    found = evidence(said(1, "mill", deaths=3))
    assert shown(found, "deaths", WEST) == "[3..∞)"
    assert shown(found, "deaths", CITY) == "[3..∞)"


def test_a_conflict_in_a_county_is_recorded_there_and_flagged_above() -> None:
    found = evidence(said(1, WEST, trapped=3), said(1, WEST, trapped=4), said(1, EAST, trapped=0))
    assert found.known(cell("trapped")).conflict
    assert [str(where) for where, _ in found.conflicts] == ["trapped@west"]
    assert shown(found, "trapped") == "[3..4]" or shown(found, "trapped") == "3 | 4"
