"""Two values decide the same where no test of any decision tells them apart."""

from __future__ import annotations

from fractions import Fraction

import pytest

from planengine.assessment.regions import Regions
from planengine.values.sets import Interval, NumberSet, number
from tests.assessment.conftest import Small, stated

BODY = """
levels:
  - {level: I, when: {level: ≥ 8}}
  - {level: II, when: {level: "[5..7)"}}
"""
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (number(6), number(6), True),
        (number(6), number(6 + HALF), True),
        (number(6), number(5), False),  # on an end, which nothing but itself is like
        (number(6), number(7), False),
        (number(7), number(7 + HALF), False),
        (number(7 + HALF), number(7 + HALF / 2), True),
        (number(9), number(100), True),
        (NumberSet((Interval(6, 6 + HALF),)), number(6), True),
        (NumberSet((Interval(6, 7),)), NumberSet((Interval(6, 9),)), False),
        (number(6), NumberSet((Interval(6, 6),), na=True), False),
    ],
)
def test_values_between_the_same_bounds_are_alike(
    small: Small, one: NumberSet, other: NumberSet, alike: bool
) -> None:
    situation = small.plan("dam", BODY).assess(stated("08:00", level=6), at="09:00").situation
    (cell,) = (c for c in situation.rules.cells if str(c) == "level@city")
    regions = situation.outline.kept(Regions)
    assert regions.are_alike(cell, one, other) is alike
    assert regions.are_alike(cell, other, one) is alike
