from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import pytest
from msgspec.structs import replace

from planengine.engines.contract import Value, layout_of, value_set
from planengine.rules.conditions import Any, Case, Cell, Not, Test
from planengine.values.sets import (
    COUNT,
    FALSE,
    TRUE,
    ChoiceSet,
    Interval,
    NumberSet,
    above,
    at_least,
    number,
)
from tests.engines.rulesets import (
    BREACH,
    DEATHS,
    DENSITY,
    RAIN,
    SHARE,
    Rule,
    built,
    level,
)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (DEATHS, True),
        (DEATHS, "30"),
        (DEATHS, nan),
        (DEATHS, inf),
        (DEATHS, 2**53 + 1),
        (DEATHS, 2.5),
        (DEATHS, -1),
        (DEATHS, TRUE),
        (DEATHS, NumberSet()),
        (DEATHS, NumberSet((Interval(0.5, 1.5),))),
        (DEATHS, NumberSet((Interval(1, 2, False, False),))),
        (DEATHS, Decimal(3)),
        (DEATHS, [3]),
        (RAIN, True),
        (RAIN, -0.5),
        (RAIN, number(-1)),
        (SHARE, 0),
        (SHARE, 100.5),
        (BREACH, 1),
        (BREACH, 0.0),
        (BREACH, "true"),
        (BREACH, at_least(1)),
        (DENSITY, "crowded"),
        (DENSITY, True),
        (DENSITY, ChoiceSet(frozenset({"crowded"}))),
        (DENSITY, 3),
    ],
)
def test_a_wrong_value_is_refused_by_name(cell: Cell, value: Value):
    with pytest.raises(ValueError, match=str(cell)):
        value_set(cell, value)


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        (DEATHS, 3, number(3)),
        (DEATHS, 3.0, number(3)),
        (DEATHS, above(100), at_least(101)),
        (DEATHS, NumberSet((Interval(-5, 3),)), NumberSet((Interval(0, 3),))),
        (DEATHS, NumberSet((Interval(Fraction(3), Fraction(9, 2)),)), NumberSet((Interval(3, 4),))),
        (DEATHS, None, COUNT.everything),
        (RAIN, 0.1, number(Fraction(1, 10))),
        (RAIN, Fraction(1, 3), number(Fraction(1, 3))),
        (BREACH, False, FALSE),
        (DENSITY, "dense", ChoiceSet(frozenset({"dense"}))),
        (DENSITY, ChoiceSet(frozenset({"dense", "crowded"})), ChoiceSet(frozenset({"dense"}))),
    ],
)
def test_what_a_value_means(cell: Cell, value: Value, expected: object):
    assert value_set(cell, value) == expected


@pytest.mark.parametrize(
    "back",
    [
        Not(level("a@home", 2)),
        Case(((level("a@home", 2), Test(DEATHS, at_least(1))),), Test(DEATHS, at_least(2))),
        Test(level("a@home", 2).cell, number(2)),
        Test(level("a@home", 2).cell, NumberSet((Interval(0, 2),))),
    ],
)
def test_units_that_depend_on_each_other_may_only_ask_upwards(back: Test):
    ruleset = built({"a@home": [Rule(1, level("b@home", 1))], "b@home": [Rule(1, back)]}).ruleset
    with pytest.raises(ValueError, match="may only ask whether"):
        layout_of(ruleset)


def test_a_component_cannot_read_a_later_one():
    ruleset = built(
        {"a@home": [Rule(1, Test(DEATHS, at_least(1)))], "b@home": [Rule(1, level("a@home", 1))]}
    ).ruleset
    with pytest.raises(ValueError, match="decided only after"):
        layout_of(replace(ruleset, components=tuple(reversed(ruleset.components))))


def test_every_cell_must_be_listed_and_every_unit_known():
    ruleset = built({"a@home": [Rule(1, Test(DEATHS, at_least(1)))]}).ruleset
    with pytest.raises(ValueError, match="does not list"):
        layout_of(replace(ruleset, cells=()))
    (unit,) = ruleset.units
    stray = replace(unit, at_least=(level("nobody@home", 1),) * 4)
    with pytest.raises(ValueError, match="no such unit"):
        layout_of(replace(ruleset, units=(stray,)))


@pytest.mark.parametrize(
    "bounds",
    [(1, 2**53), (Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**17))],
)
def test_bounds_that_floats_cannot_tell_apart_are_refused(bounds: tuple[int | Fraction, ...]):
    rules = [Rule(rank, Test(RAIN, at_least(bound))) for rank, bound in enumerate(bounds, 1)]
    with pytest.raises(ValueError, match="too"):
        layout_of(built({"a@home": rules}).ruleset)


def test_a_condition_must_be_normal():
    ruleset = built({"a@home": [Rule(1, Test(DEATHS, at_least(1)))]}).ruleset
    (unit,) = ruleset.units
    wrong = replace(unit, at_least=(Any((Not(Test(DEATHS, at_least(1))),)),) * 4)
    with pytest.raises(ValueError, match="normal form"):
        layout_of(replace(ruleset, units=(wrong,)))
