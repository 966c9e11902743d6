"""News narrows: SEMANTICS 16, 18, 19 and 20, word for word, with exact values."""

from __future__ import annotations

import pytest

from planengine.domain.vocabulary import Derivation
from planengine.values.sets import NOT_APPLICABLE_NUMBER, NumberDomain, at_least, at_most, below
from tests.evidence.build import (
    CITY,
    EAST,
    ENTITIES,
    HOUR,
    OTHER,
    PROVINCE,
    WEST,
    cell,
    entities,
    evidence,
    fact,
    said,
    shown,
    sums,
)


def told(found, name: str, place: str = CITY, library=ENTITIES) -> tuple[str, bool]:
    known = found.known(cell(name, place, library.facts))
    return str(known.value), known.conflict


# Rules 2 and 3


@pytest.mark.parametrize("name, left", [("missing", "40"), ("deaths", "40")])
def test_a_part_that_becomes_unknown_takes_nothing_from_the_whole(name, left) -> None:
    found = evidence(
        said(1, WEST, **{name: 10}), said(2, **{name: 40}), said(3, WEST, **{name: None})
    )
    assert told(found, name) == (left, False)


def test_an_explicit_unknown_replaces_but_for_a_cumulative_lower_bound() -> None:
    events = said(1, WEST, deaths=9, missing=4), said(2, WEST, deaths=None, missing=None)
    assert shown(evidence(*events), "deaths", WEST) == "[9..∞)"
    assert shown(evidence(*events), "missing", WEST) == "[0..∞) | n/a"
    assert shown(evidence(*events), "dead-and-missing", WEST) == "[9..∞)"


def test_a_flag_false_in_the_city_stays_false_when_a_county_says_so_later() -> None:
    found = evidence(said(1, alarm=False), said(2, WEST, alarm=False))
    assert told(found, "alarm") == ("false", False)
    assert shown(found, "alarm", EAST) == "false | n/a"


def test_a_flag_that_becomes_true_in_a_county_is_true_in_the_city_and_false_again() -> None:
    rising = said(1, WEST, alarm=False), said(2, alarm=False), said(3, WEST, alarm=True)
    assert told(evidence(*rising), "alarm") == ("true", False)
    found = evidence(*rising, said(4, EAST, alarm=False), said(5, WEST, alarm=False))
    assert told(found, "alarm") == ("false", False)
    older = evidence(said(1, alarm=True), said(2, WEST, alarm=False), said(2, EAST, alarm=False))
    assert told(older, "alarm") == ("false", False)
    assert [str(where) for where, _ in older.outdated] == ["alarm@city"]


def test_a_city_that_was_true_may_have_ceased_with_the_county_that_was() -> None:
    events = said(1, WEST, alarm=True), said(2, alarm=True), said(3, WEST, alarm=False)
    assert told(evidence(*events), "alarm") == ("false | true", False)


def test_a_ratio_and_a_difference_keep_not_applicable() -> None:
    either = NOT_APPLICABLE_NUMBER | at_least(4) & at_most(4)
    found = evidence(said(1, evacuated=either, population=8, deaths=3, missing=either))
    assert shown(found, "share") == "50 | n/a"
    assert shown(found, "balance") == "-1 | n/a"
    assert shown(found, "dead-and-missing") == "3 | 7"
    none = evidence(said(1, evacuated=NOT_APPLICABLE_NUMBER, population=8))
    assert shown(none, "share") == "n/a"
    divisor = evidence(said(1, evacuated=4, population=either))
    assert shown(divisor, "share") == "100 | n/a"


# Rule 16


def test_a_figure_beaten_at_its_own_time_leaves_nothing_behind() -> None:
    events = said(1, deaths=9, kind="estimated"), said(1, deaths=4), said(2, deaths=5)
    assert told(evidence(*events), "deaths") == ("5", False)
    assert evidence(*events).outdated == ()


# Rules 18 and 19


def test_city_30_and_county_12_is_30() -> None:
    for first, second in ((1, 1), (1, 2), (2, 1)):
        found = evidence(said(first, trapped=30), said(second, WEST, trapped=12))
        assert told(found, "trapped") == ("30", False)
        assert told(found, "trapped", EAST) == ("18", False)


@pytest.mark.parametrize("name", ["deaths", "trapped"])
def test_a_change_of_a_part_carries_over_to_an_older_whole(name) -> None:
    events = [said(7, WEST, **{name: 6}), said(8, **{name: 28}), said(9, WEST, **{name: 10})]
    assert told(evidence(*events), name) == ("[28..32]", False)
    assert shown(evidence(*events), name, EAST) == "[18..22]"
    assert told(evidence(*events, said(10, EAST, **{name: 20})), name) == ("30", False)


def test_a_fall_carries_over_downwards_but_not_of_a_cumulative_fact() -> None:
    falling = said(7, WEST, trapped=10), said(8, trapped=28), said(9, WEST, trapped=6)
    assert told(evidence(*falling), "trapped") == ("[24..28]", False)
    odd = evidence(said(7, WEST, deaths=10), said(8, deaths=28), said(9, WEST, deaths=6))
    assert told(odd, "deaths") == ("28", True)
    assert [str(where) for where, _ in odd.conflicts] == ["deaths@west"]


def test_a_first_or_more_precise_figure_is_no_change() -> None:
    first = evidence(said(8, trapped=28), said(9, WEST, trapped=10))
    assert told(first, "trapped") == ("28", False)
    finer = said(7, WEST, trapped=(4, 12)), said(8, trapped=28), said(9, WEST, trapped=10)
    assert told(evidence(*finer), "trapped") == ("28", False)
    apart = said(7, WEST, trapped=(4, 6)), said(8, trapped=28), said(9, WEST, trapped=(10, 12))
    assert told(evidence(*apart), "trapped") == ("[28..36]", False)


def test_what_changed_and_changed_back_is_no_change_any_more() -> None:
    back = [said(7, WEST, trapped=6), said(8, trapped=28), said(9, WEST, trapped=10)]
    assert told(evidence(*back, said(10, WEST, trapped=6)), "trapped") == ("28", False)


def test_changes_of_operands_carry_over_too() -> None:
    events = [said(7, deaths=2, missing=(50, 60)), said(8, dead_and_missing=55)]
    found = evidence(*events, said(9, deaths=5))
    assert told(found, "dead-and-missing") == ("[55..58]", False)
    assert shown(found, "missing") == "[50..53]"


def test_changes_carry_over_through_areas_that_said_nothing() -> None:
    events = said(7, WEST, trapped=6), said(8, PROVINCE, trapped=28), said(9, WEST, trapped=10)
    assert told(evidence(*events), "trapped", PROVINCE) == ("[28..32]", False)


def test_county_b_5_city_30_county_a_16_is_30() -> None:
    events = said(7, EAST, deaths=5), said(8, deaths=30), said(9, WEST, deaths=16)
    found = evidence(*events)
    assert told(found, "deaths") == ("30", False)
    assert told(found, "deaths", EAST) == ("14", False)
    assert [(str(where), by) for where, by in found.outdated] == [("deaths@east", (events[0],))]
    assert found.known(cell("deaths")).outdated == (events[0],)


def test_city_20_at_1_h_and_counties_22_at_2_h_is_22_and_the_city_is_outdated() -> None:
    events = said(1, deaths=20), said(2, WEST, deaths=12), said(2, EAST, deaths=10)
    found = evidence(*events)
    assert told(found, "deaths") == ("22", False)
    assert found.outdated == ((cell("deaths"), (events[0],)),)


def test_city_30_at_1_h_and_counties_22_at_2_h_is_a_conflict_in_the_city_only() -> None:
    found = evidence(said(1, deaths=30), said(2, WEST, deaths=12), said(2, EAST, deaths=10))
    assert told(found, "deaths") == ("22 | [30..∞)", True)
    assert told(found, "deaths", WEST) == ("12", False)
    assert told(found, "deaths", EAST) == ("10", False)
    assert found.outdated == ()


def test_an_estimate_yields_to_a_newer_observed_or_judged_figure_without_a_conflict() -> None:
    guess = said(1, deaths=30, kind="estimated")
    for kind in ("observed", "judged"):
        newer = said(2, WEST, deaths=12, kind=kind), said(2, EAST, deaths=10, kind=kind)
        found = evidence(guess, *newer)
        assert told(found, "deaths") == ("22", False)
        assert found.outdated == ((cell("deaths"), (guess,)),)
        own = evidence(guess, said(2, deaths=22, kind=kind))
        assert told(own, "deaths") == ("22", False)
        assert own.outdated == ((cell("deaths"), (guess,)),)
    again = evidence(guess, said(2, deaths=22, kind="estimated"))
    assert told(again, "deaths") == ("22 | [30..∞)", True)
    agreeing = evidence(guess, said(2, WEST, deaths=12))
    assert told(agreeing, "deaths") == ("30", False)


def test_60_dead_and_a_later_at_least_2_dead_and_missing_is_at_least_60() -> None:
    events = [said(8, deaths=60), said(11, dead_and_missing=at_least(2), kind="estimated")]
    assert told(evidence(*events), "dead-and-missing") == ("[60..∞)", False)
    found = evidence(said(8, deaths=60), said(11, dead_and_missing=12))
    assert told(found, "dead-and-missing") == ("12 | [60..∞)", True)
    assert told(found, "deaths") == ("60", False)
    grown = evidence(said(7, dead_and_missing=50), said(8, deaths=60))
    assert told(grown, "dead-and-missing") == ("[60..∞)", False)


def test_ends_found_by_subtraction_do_not_stay() -> None:
    """The total less the missing bounded the dead; that bound goes with the total."""
    found = evidence(said(1, dead_and_missing=55), said(1, missing=50), at=1)
    assert shown(found, "deaths") == "5"
    later = evidence(said(1, dead_and_missing=55, missing=50), said(2, dead_and_missing=None))
    assert shown(later, "deaths") == "[0..∞) | n/a"


def test_of_one_time_all_that_could_give_way_do() -> None:
    events = said(1, WEST, deaths=12), said(1, EAST, deaths=10), said(2, deaths=30)
    found = evidence(*events)
    assert told(found, "deaths") == ("30", False)
    assert told(found, "deaths", WEST) == ("[12..20]", False)
    assert told(found, "deaths", EAST) == ("[10..18]", False)
    late = evidence(said(1, deaths=6, missing=8), said(2, dead_and_missing=10))
    assert told(late, "dead-and-missing") == ("10", False)
    assert told(late, "deaths") == ("6", False)
    assert told(late, "missing") == ("4", False)


def test_of_two_times_the_older_gives_way_and_does_not_come_back() -> None:
    events = said(1, WEST, deaths=12), said(2, EAST, deaths=10), said(3, deaths=30)
    found = evidence(*events)
    assert told(found, "deaths", WEST) == ("20", False)
    assert told(found, "deaths", EAST) == ("10", False)
    assert found.known(cell("deaths", WEST)).outdated == (events[0],)


def test_what_gave_way_in_the_whole_is_outdated_in_the_part() -> None:
    events = said(1, WEST, trapped=12), said(1, EAST, trapped=10), said(2, trapped=3)
    found = evidence(*events)
    assert told(found, "trapped") == ("3", False)
    assert told(found, "trapped", WEST) == ("[0..3] | n/a", False)
    outdated = {str(where): by for where, by in found.outdated}
    assert outdated == {"trapped@west": (events[0],), "trapped@east": (events[1],)}


def test_a_conflict_below_is_not_a_conflict_above() -> None:
    events = said(1, OTHER, deaths=1), said(1, deaths=9), said(2, deaths=4)
    found = evidence(*events)
    assert told(found, "deaths", PROVINCE) == ("5 | [10..∞)", True)
    assert [str(where) for where, _ in found.conflicts] == ["deaths@city"]


def test_a_part_in_conflict_keeps_its_own_figures_and_its_whole_too() -> None:
    events = said(1, WEST, deaths=9), said(2, WEST, deaths=4), said(3, deaths=20)
    found = evidence(*events)
    assert told(found, "deaths", WEST) == ("4 | [9..∞)", True)
    assert shown(found, "deaths") == "20"
    assert [str(where) for where, _ in found.conflicts] == ["deaths@west"]


# Rule 20


def test_a_stated_total_bounds_its_operands_and_its_parts() -> None:
    found = evidence(said(1, dead_and_missing=8))
    assert shown(found, "deaths") == "[0..8] | n/a"
    assert shown(found, "missing") == "[0..8] | n/a"
    assert shown(found, "deaths", WEST) == "[0..8] | n/a"
    assert not found.known(cell("deaths")).stated
    parts = evidence(said(1, trapped=8), said(1, WEST, trapped=(3, 5)))
    assert shown(parts, "trapped", EAST) == "[3..5]"
    assert shown(parts, "trapped", OTHER) == "[0..∞) | n/a"
    assert shown(evidence(said(1, killed_or_hurt=4)), "killed") == "[0..4] | n/a"


def test_a_difference_binds_its_operands() -> None:
    found = evidence(said(1, balance=3, missing=2))
    assert shown(found, "deaths") == "5"
    assert shown(evidence(said(1, balance=NOT_APPLICABLE_NUMBER, missing=2)), "deaths") == "n/a"


def test_highest_and_lowest_bind_their_parts() -> None:
    found = evidence(said(1, rainfall=80, visibility=200, damage="middling"))
    assert shown(found, "rainfall", WEST) == "[0..80] | n/a"
    assert shown(found, "visibility", WEST) == "[200..∞) | n/a"
    assert shown(found, "damage", WEST) == "middling | mild | n/a"


def bounded() -> tuple[dict, object]:
    more = (
        fact("hurt"),
        fact("badly-hurt", at_most=("hurt",)),
        fact("poisoned"),
        fact("badly-hurt-or-poisoned", derived=sums(badly_hurt=1, poisoned=1)),
        fact("rain-1", "quantity", roll_up="max", unit="cm", at_most=("rain-3",)),
        fact("rain-3", "quantity", roll_up="max", unit="mm", at_most=("rain-6",)),
        fact("rain-6", "quantity", roll_up="max", unit="mm"),
    )
    library = entities(facts={**ENTITIES.facts, **{one.id: one for one in more}})
    return {"library": library}, library


@pytest.mark.parametrize(
    ("stated", "name", "value"),
    [
        ({"hurt": 5}, "badly-hurt", "[0..5] | n/a"),
        ({"hurt": 5}, "badly-hurt-or-poisoned", "[0..∞) | n/a"),
        ({"hurt": 5, "poisoned": 2}, "badly-hurt-or-poisoned", "[2..7]"),
        ({"badly-hurt": 3}, "hurt", "[3..∞)"),
        ({"badly-hurt": 0}, "hurt", "[0..∞) | n/a"),
        ({"badly-hurt": NOT_APPLICABLE_NUMBER}, "hurt", "[0..∞) | n/a"),
        ({"hurt": NOT_APPLICABLE_NUMBER}, "badly-hurt", "0 | n/a"),
        ({"badly-hurt-or-poisoned": 8}, "badly-hurt", "[0..8] | n/a"),
        ({"badly-hurt-or-poisoned": 8, "hurt": 5}, "poisoned", "[3..8]"),
        ({"rain-1": 20}, "rain-3", "[200..∞)"),
        ({"rain-1": 20}, "rain-6", "[200..∞)"),
        ({"rain-6": 150}, "rain-1", "[0..15] | n/a"),
        ({"rain-6": 150, "rain-1": 15}, "rain-3", "150"),
    ],
)
def test_at_most_binds_both_facts(stated, name, value) -> None:
    limits, library = bounded()
    stated = {key.replace("-", "_"): one for key, one in stated.items()}
    assert told(evidence(said(1, **stated), **limits), name, CITY, library) == (value, False)


def test_a_bound_names_the_statement_that_it_rests_on() -> None:
    limits, library = bounded()
    one = said(2, kind="estimated", rain_1=20)
    known = evidence(one, at=3, **limits).known(cell("rain-3", CITY, library.facts))
    assert (known.statements, known.estimated) == ((one,), True)
    assert (known.oldest, known.newest) == (2 * HOUR, 2 * HOUR)
    most = said(1, hurt=5)
    known = evidence(most, at=3, **limits).known(cell("badly-hurt", CITY, library.facts))
    assert (known.statements, known.estimated) == ((most,), False)


def test_at_most_gives_way_by_age_and_is_a_conflict_at_one_time() -> None:
    limits, library = bounded()
    found = evidence(said(1, hurt=5, badly_hurt=200), **limits)
    assert told(found, "hurt", CITY, library) == ("5 | [200..∞)", True)
    assert told(found, "badly-hurt", CITY, library) == ("200", False)
    assert [str(where) for where, _ in found.conflicts] == ["hurt@city"]
    newer = evidence(said(1, hurt=5), said(2, badly_hurt=8), **limits)
    assert told(newer, "hurt", CITY, library) == ("[8..∞)", False)
    assert [str(where) for where, _ in newer.outdated] == ["hurt@city"]
    older = evidence(said(1, badly_hurt=8), said(2, hurt=5), **limits)
    assert told(older, "hurt", CITY, library) == ("5", False)
    assert told(older, "badly-hurt", CITY, library) == ("[0..5] | n/a", False)


def test_may_rise_by_counts_in_conditions_and_not_in_sums() -> None:
    found = evidence(said(1, killed=2, trapped=5, assessed=1))
    assert shown(found, "killed") == "[2..7]"
    assert shown(found, "killed-or-hurt") == "3"


def test_contradicting_totals_of_one_operand_are_a_conflict() -> None:
    more = fact("deaths-and-trapped", derived=sums(deaths=1, trapped=1))
    library = entities(facts={**ENTITIES.facts, more.id: more})
    found = evidence(
        said(1, dead_and_missing=10, missing=(0, 2), deaths_and_trapped=3), library=library
    )
    for name in ("deaths", "dead-and-missing", "deaths-and-trapped"):
        assert found.known(cell(name, CITY, library.facts)).value
    assert found.conflicts


def test_conflicts_and_what_is_outdated_are_told_however_late_they_are_asked_for() -> None:
    events = said(1, WEST, trapped=12), said(2, EAST, trapped=10), said(3, trapped=30)
    found = evidence(*events)
    found.known(cell("trapped", EAST))
    assert [by for _, by in found.outdated] == [(events[0],)]


def test_a_lower_end_that_yielded_contradicts_nothing_of_its_own_time_either() -> None:
    """East's estimate of 29 yields to the city's 23, so the province's 13 of its hour may be true."""
    found = evidence(
        said(1, PROVINCE, deaths=(12, 13)),
        said(1, EAST, deaths=29, kind="estimated"),
        said(4, deaths=23),
    )
    assert [told(found, "deaths", place) for place in (PROVINCE, CITY, EAST)] == [
        ("[23..∞)", False),
        ("23", False),
        ("[0..23]", False),
    ]
    assert found.conflicts == ()


def test_facts_are_coupled_by_a_stated_whole_only() -> None:
    free = evidence(said(1, deaths=2, missing=(0, 9)))
    assert not free.coupled([cell("deaths"), cell("missing")])
    bound = evidence(said(1, dead_and_missing=10))
    assert bound.coupled([cell("deaths"), cell("missing")])
    assert bound.coupled([cell("trapped"), cell("deaths", WEST), cell("missing", EAST)])
    assert not bound.coupled([cell("deaths")])
    assert not bound.coupled([cell("deaths"), cell("trapped")])
    assert not bound.coupled([cell("deaths"), cell("deaths", OTHER)])
    parts = evidence(said(1, WEST, trapped=(0, 3)))
    assert not parts.coupled([cell("trapped", WEST), cell("trapped", EAST)])
    whole = evidence(said(1, trapped=8))
    assert whole.coupled([cell("trapped", WEST), cell("trapped", EAST)])


def test_facts_of_another_incident_are_coupled_among_themselves() -> None:
    found = evidence(said(1, dead_and_missing=10, incident="crash"), said(1, deaths=1))
    deaths, missing = cell("deaths", "crash"), cell("missing", "crash")
    assert found.coupled([deaths, missing])
    assert not found.coupled([cell("deaths"), cell("missing")])
    assert not found.coupled([cell("deaths"), missing])
    assert not found.coupled([deaths, cell("missing", "fire")])
    here = evidence(said(1, dead_and_missing=10))
    assert not here.coupled([deaths, missing])
    assert not here.coupled([cell("deaths"), missing])


def test_a_ratio_is_not_bound_backwards() -> None:
    assert shown(evidence(said(1, share=50, population=8)), "evacuated") == "[0..∞) | n/a"


def test_a_sum_of_many_silent_parts_of_a_limited_fact_reaches_up_to_all_of_them() -> None:
    full = fact("full", "quantity", domain=NumberDomain(at_least(0) & at_most(10)))
    total = fact(
        "total", derived=Derivation("sum", (("full", 1),)), domain=NumberDomain(at_least(0))
    )
    library = entities(facts={**ENTITIES.facts, "full": full, "total": total})
    found = evidence(said(1, OTHER, full=3), library=library)
    assert told(found, "full", PROVINCE, library) == ("[3..10]", False)


# What was reported (rule 30)


@pytest.mark.parametrize(
    ("events", "name", "place", "value"),
    [
        ((said(1, trapped=at_least(5)),), "trapped", CITY, "5"),
        ((said(1, trapped=(3, 8)),), "trapped", CITY, "[3..8]"),
        ((said(1, WEST, trapped=(12, 15)),), "trapped", CITY, "[12..15]"),
        ((said(1, WEST, trapped=12), said(1, trapped=30)), "trapped", CITY, "30"),
        ((said(1, WEST, trapped=12), said(1, trapped=at_least(30))), "trapped", CITY, "30"),
        (
            (said(1, WEST, trapped=(12, 15)), said(1, trapped=at_least(10))),
            "trapped",
            CITY,
            "[12..15]",
        ),
        # an open end yields to what is closed, whichever of whole, part and operand has it
        (
            (said(1, WEST, trapped=at_least(5)), said(1, trapped=(0, 100))),
            "trapped",
            CITY,
            "[5..100]",
        ),
        ((said(1, WEST, trapped=(2, 7)), said(1, trapped=at_least(3))), "trapped", CITY, "[3..7]"),
        (
            (said(1, deaths=(2, 7), missing=0), said(1, dead_and_missing=at_least(3))),
            "dead-and-missing",
            CITY,
            "[3..7]",
        ),
        ((said(1, trapped=30),), "trapped", WEST, "None"),
        ((said(1, trapped=None),), "trapped", CITY, "None"),
        ((said(1, deaths=9), said(2, deaths=None)), "deaths", CITY, "9"),
        ((said(1, deaths=2),), "dead-and-missing", CITY, "2"),
        ((said(1, deaths=2, missing=53),), "dead-and-missing", CITY, "55"),
        ((said(1, dead_and_missing=8),), "deaths", CITY, "None"),
        ((said(1, killed=2, trapped=53),), "killed", CITY, "[2..55]"),
        ((said(1, killed=2, trapped=1),), "killed", CITY, "[2..3]"),
        ((said(1, killed=2, trapped=at_least(53)),), "killed", CITY, "[2..55]"),
        ((said(1, WEST, alarm=False),), "alarm", CITY, "false"),
        ((said(1, WEST, visibility=500),), "visibility", CITY, "500"),
        ((said(1, evacuated=5, population=50),), "share", CITY, "10"),
        ((said(1, evacuated=5),), "share", CITY, "None"),
        ((said(1, monitored=9),), "affected", CITY, "9"),
        (
            (said(1, deaths=30), said(2, WEST, deaths=12), said(2, EAST, deaths=10)),
            "deaths",
            CITY,
            "22 | 30",
        ),
        ((said(1, OTHER, deaths=3),), "deaths", CITY, "None"),
    ],
)
def test_what_was_reported(events, name, place, value) -> None:
    found = evidence(*events)
    reported = found.reported(cell(name, place))
    assert str(reported) == value
    if reported is not None:
        assert reported.issubset(found.known(cell(name, place)).value)


@pytest.mark.parametrize(
    ("stated", "name", "value"),
    [
        ({"badly-hurt": 3}, "hurt", "3"),  # at least so many
        ({"badly-hurt": (3, 5)}, "hurt", "[3..5]"),
        ({"badly-hurt": 3, "hurt": (2, 9)}, "hurt", "[3..9]"),
        ({"rain-1": 20}, "rain-3", "200"),
        ({"hurt": 5}, "badly-hurt", "None"),
        ({"poisoned": 2}, "hurt", "None"),
    ],
)
def test_what_was_reported_of_what_bounds_another(stated, name, value) -> None:
    how, library = bounded()
    events = said(1, **{k.replace("-", "_"): v for k, v in stated.items()})
    found = evidence(events, **how)
    assert str(found.reported(cell(name, CITY, library.facts))) == value


def test_an_end_that_is_not_reached_counts_just_beside_its_bound() -> None:
    reported = evidence(said(1, visibility=below(500))).reported(cell("visibility"))
    assert reported.issubset(below(500))
    assert reported.issubset(at_least(499))


@pytest.mark.parametrize(
    ("events", "value", "outdated"),
    [
        # an estimate of the whole, then observed parts
        ((said(1, deaths=30, kind="estimated"), said(2, WEST, deaths=12), said(2, EAST, deaths=10)), "22", ["deaths@city"]),
        # an estimated range, of which only the upper part fits
        ((said(1, deaths=(25, 30), kind="estimated"), said(2, WEST, deaths=12), said(2, EAST, deaths=10)), "22", ["deaths@city"]),
        # parts estimated, then the whole observed
        ((said(1, WEST, deaths=20, kind="estimated"), said(1, EAST, deaths=10), said(2, deaths=22)), "22", ["deaths@west"]),
        # the same estimate beside an observation of its own time that agrees with it
        ((said(1, WEST, deaths=20, kind="estimated"), said(1, EAST, deaths=2), said(2, deaths=22)), "22", []),
    ],
)  # fmt: skip
def test_an_estimate_yields_to_newer_observations_without_a_conflict(
    events, value, outdated
) -> None:
    found = evidence(*events)
    assert shown(found, "deaths") == value
    for place in (WEST, EAST):
        shown(found, "deaths", place)
    assert found.conflicts == ()
    assert [str(where) for where, _ in found.outdated] == outdated
