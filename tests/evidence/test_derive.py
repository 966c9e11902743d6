"""Derived facts: linear sums, ratios, first-known (SEMANTICS 3, 20), and the arithmetic."""

from __future__ import annotations

from fractions import Fraction
from math import inf
from typing import Any

import pytest
from msgspec.structs import replace

from planengine.evidence.arithmetic import add, maximum, minimum, quotient, scale
from planengine.values.sets import (
    NOT_APPLICABLE_NUMBER,
    Interval,
    NumberSet,
    above,
    at_least,
    below,
    number,
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
    sums,
)


def between(low, high, low_closed=True, high_closed=True) -> NumberSet:
    return NumberSet((Interval(low, high, low_closed, high_closed),))


def test_dead_and_missing_of_2_dead_and_53_missing() -> None:
    found = evidence(said(1, deaths=2, missing=53))
    assert shown(found, "dead-and-missing") == "55"
    assert found.known(cell("dead-and-missing")).statements == tuple(found.journal.statements)


def test_a_stated_total_and_its_derivation_combine() -> None:
    found = evidence(said(1, deaths=(2, 5), missing=53, dead_and_missing=(0, 56)))
    assert shown(found, "dead-and-missing") == "[55..56]"
    partial = evidence(said(1, dead_and_missing=55), said(2, deaths=3))
    assert shown(partial, "dead-and-missing") == "55"
    replaced = evidence(said(1, dead_and_missing=55), said(2, deaths=3, missing=10))
    assert shown(replaced, "dead-and-missing") == "13"


def test_x_minus_x_is_0_and_x_plus_x_is_2x() -> None:
    found = evidence(said(1, deaths=(2, 5), missing=(10, 20)))
    assert shown(found, "nothing-left") == "0"
    assert shown(found, "missing-again") == "[10..20]"
    assert shown(found, "twice") == "[20..40]"
    assert shown(evidence(at=1), "nothing-left") == "0"


def test_a_sum_of_sums_uses_what_is_stated_of_the_inner_sum_too() -> None:
    found = evidence(said(1, dead_and_missing=55, deaths=2))
    assert shown(found, "missing-again") == "53"


@pytest.mark.parametrize(
    ("stated", "killed"),
    [
        ({"killed": 2, "trapped": 53}, "[2..55]"),
        ({"killed": 2, "trapped": (0, 5)}, "[2..7]"),
        ({"killed": (2, 4), "trapped": 1}, "[2..5]"),
        ({"killed": 2, "trapped": at_least(3)}, "[2..∞)"),
        ({"killed": 2, "trapped": None}, "[2..∞)"),
        ({"killed": 2, "trapped": 0}, "2"),
        ({"killed": 2, "trapped": NOT_APPLICABLE_NUMBER}, "2"),
        ({"killed": NOT_APPLICABLE_NUMBER, "trapped": 3}, "n/a"),
        ({"killed": 2}, "2"),
        ({"trapped": 3}, "[0..∞) | n/a"),
    ],
)
def test_what_may_still_be_added_leaves_a_count_open_upwards(
    stated: dict[str, Any], killed: str
) -> None:
    assert shown(evidence(said(1, **stated)), "killed") == killed


def test_what_may_still_be_added_is_that_of_the_same_place_and_counts_once() -> None:
    found = evidence(
        said(1, WEST, killed=2, trapped=3), said(1, EAST, killed=1, trapped=0), said(2, assessed=0)
    )
    assert shown(found, "killed") == "[3..6]"
    assert str(found.known(cell("killed", EAST)).value) == "1"
    assert shown(found, "killed-or-hurt") == "3"
    known = found.known(cell("killed"))
    assert len(known.statements) == 2
    assert (known.oldest, known.newest) == (HOUR, HOUR)


def test_when_it_ends_that_more_may_be_added_is_a_moment_of_change() -> None:
    found = evidence(said(1, killed=2), said(1, trapped=3, valid=(None, 4)), at=2)
    assert shown(found, "killed") == "[2..5]"
    assert found.next_change([cell("killed")]) == 4 * HOUR
    assert shown(found.at_time(4 * HOUR), "killed") == "2"


def test_sums_skip_n_a_and_differences_become_n_a() -> None:
    events = said(1, deaths=3, missing=NOT_APPLICABLE_NUMBER)
    assert shown(evidence(events), "dead-and-missing") == "3"
    assert shown(evidence(events), "balance") == "n/a"
    assert shown(evidence(said(1, deaths=3)), "balance") == "(-∞..3] | n/a"


def test_an_unobserved_operand_leaves_a_sum_open_upwards() -> None:
    known = evidence(said(1, deaths=3)).known(cell("dead-and-missing"))
    assert (str(known.value), known.silent) == ("[3..∞)", (CITY,))


def test_operands_are_rolled_up_and_stated_parts_of_the_total_count_too() -> None:
    found = evidence(said(1, WEST, dead_and_missing=7), said(1, EAST, deaths=2, missing=3))
    assert shown(found, "dead-and-missing") == "12"


def test_a_sum_with_another_roll_up_is_lifted_as_declared() -> None:
    worst = fact("worst", roll_up="max", derived=sums(deaths=1, missing=1))
    library = entities(facts={**ENTITIES.facts, "worst": worst})
    events = said(1, WEST, deaths=5, missing=0), said(1, EAST, deaths=0, missing=4)
    found = evidence(*events, library=library)
    assert str(found.known(cell("worst", facts=library.facts)).value) == "5"
    assert found.conflicts == ()


def test_ratios_come_from_rolled_up_operands_and_are_never_rolled_up() -> None:
    found = evidence(
        said(1, WEST, evacuated=100, population=200, share=50),
        said(1, EAST, evacuated=0, population=800),
    )
    assert shown(found, "share") == "10"
    assert shown(evidence(said(1, WEST, share=50)), "share") == "[0..∞) | n/a"


def test_a_divisor_that_may_be_0_opens_the_end_and_adds_n_a() -> None:
    assert shown(evidence(said(1, evacuated=10, population=(0, 100))), "share") == "[10..∞) | n/a"
    assert shown(evidence(said(1, evacuated=10, population=0)), "share") == "n/a"


def test_ratio_operands_in_other_units_are_converted() -> None:
    facts = dict(ENTITIES.facts)
    facts["evacuated"] = replace(facts["evacuated"], unit="万人")
    facts["population"] = replace(facts["population"], unit="人")
    facts["share"] = replace(facts["share"], unit=None)
    units = pytest.importorskip("planengine.values.units")
    assert units.convert(1, "万人", "人") == 10_000
    found = evidence(said(1, evacuated=2, population=40_000), library=entities(facts=facts))
    assert str(found.known(cell("share", facts=facts)).value) == "0.5"


def test_first_known_uses_the_monitor_until_there_is_an_assessment() -> None:
    monitor, assessment = said(1, monitored=9), said(0, assessed=(4, 6))
    assert shown(evidence(monitor), "affected") == "9"
    assert shown(evidence(monitor, assessment), "affected") == "[4..6]"
    assert shown(evidence(monitor, said(2, assessed=None)), "affected") == "9"
    assert shown(evidence(at=1), "affected") == "[0..∞) | n/a"


def test_operands_outside_the_domain_are_a_conflict() -> None:
    found = evidence(said(1, dead_and_missing=2, deaths=5))
    assert found.known(cell("missing-again")).conflict


def test_sums_and_multiples_of_intervals() -> None:
    assert str(add(above(3), between(1, 2))) == "(4..∞)"
    assert str(add(NumberSet((Interval(0, 1), Interval(10, 11))), number(5))) == "[5..6] | [15..16]"
    assert str(scale(between(1, 2, high_closed=False), -3)) == "(-6..-3]"
    assert str(scale(at_least(2), 0)) == "0"
    assert scale(NumberSet(), 0) == NumberSet()


def test_extremes_of_intervals() -> None:
    assert str(maximum(between(1, 5), between(3, 4))) == "[3..5]"
    assert str(maximum(between(1, 5, False), between(1, 5, True, False))) == "(1..5]"
    assert str(minimum(between(1, 5), at_least(3))) == "[1..5]"
    assert str(maximum(below(3), number(1))) == "[1..3)"


@pytest.mark.parametrize(
    "a, b, expected",
    [
        (between(1, 2), between(2, 4), "[0.25..1]"),
        (between(1, 2), between(0, 4), "[0.25..∞) | n/a"),
        (between(1, 2), between(0, 4, low_closed=False), "[0.25..∞)"),
        (between(1, 2), at_least(4), "(0..0.5]"),
        (number(0), at_least(0), "0 | n/a"),
        (between(1, 2), between(-4, 4), "(-∞..-0.25] | [0.25..∞) | n/a"),
        (between(-1, 1), between(1, 2), "[-1..1]"),
        (between(1, 2), below(0), "(-∞..0)"),
        (number(1), number(0), "n/a"),
    ],
)
def test_quotients(a: NumberSet, b: NumberSet, expected: str) -> None:
    assert str(quotient(a, b)) == expected


def test_quotients_stay_exact() -> None:
    assert quotient(number(1), number(3)) == number(Fraction(1, 3))
    assert quotient(number(6), number(3)).point == 2


def test_very_many_pieces_are_widened_to_their_hull() -> None:
    comb = NumberSet(tuple(Interval(i * 100, i * 100) for i in range(20)))
    fine = NumberSet(tuple(Interval(i, i) for i in range(20)))
    assert str(add(comb, fine)) == "[0..1919]"
    assert add(comb, number(1)).high != inf
