"""Figures of papers: words that fit the quantity, threes from five digits on, nothing rounded."""

from __future__ import annotations

from fractions import Fraction

import pytest

import planengine
from planengine.assessment.phrases import grouped
from planengine.domain.vocabulary import ComparedBy
from planengine.papers.figures import figure
from planengine.values.sets import Interval

INF = float("inf")


@pytest.mark.parametrize(
    ("one", "compared_by", "zh", "en"),
    [
        (Interval(27, INF), "height", "不低于27m", "at least 27 m"),
        (Interval(27, INF), "amount", "不少于27m", "at least 27 m"),
        (Interval(27, INF), "size", "不小于27m", "at least 27 m"),
        (Interval(27, INF, low_closed=False), "size", "超过27m", "more than 27 m"),
        (Interval(-INF, 27), "height", "不超过27m", "at most 27 m"),
        (Interval(-INF, 27, high_closed=False), "height", "低于27m", "less than 27 m"),
        (Interval(-INF, 27, high_closed=False), "amount", "少于27m", "less than 27 m"),
        (Interval(-INF, 27, high_closed=False), "size", "小于27m", "less than 27 m"),
        (Interval(9400, 14200), "amount", "9400至14,200m", "9400 to 14,200 m"),
        (
            Interval(1, 2, low_closed=False, high_closed=False),
            "amount",
            "1（不含）至2m（不含）",
            "1 (excluded) to 2 (excluded) m",
        ),
    ],
)
def test_bounds_read_as_their_quantity_does(
    one: Interval, compared_by: ComparedBy, zh: str, en: str
) -> None:
    assert figure(one, "m", compared_by, "zh") == zh
    assert figure(one, "m", compared_by, "en") == en


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (9999, "9999"),
        (14200, "14,200"),
        (-14200, "-14,200"),
        (100000000, "100,000,000"),
        (Fraction(123456, 10), "12,345.6"),
        (Fraction(12345, 10000), "1.2345"),
    ],
)
def test_five_digits_and_more_stand_in_threes(number: int | Fraction, text: str) -> None:
    assert grouped(number) == text


def test_money_past_ten_thousand_wan_is_in_yi() -> None:
    assert figure(Interval(60000, 150000), "万元", "amount", "zh") == "6至15亿元"
    assert figure(Interval(9999, 150000), "万元", "amount", "zh") == "9999至150,000万元"
    assert figure(Interval(123456, 123456), "万元", "amount", "zh") == "12.3456亿元"


def test_each_quantity_of_the_library_has_the_word_that_people_use(
    shipped: planengine.Library,
) -> None:
    facts = shipped.entities.facts
    by = {
        name: facts[name].compared_by
        for name in ("water-level", "deaths", "rainfall-3h", "ponding-depth", "magnitude", "flow")
    }
    assert by == {
        "water-level": "height",
        "deaths": "amount",
        "rainfall-3h": "amount",
        "ponding-depth": "size",
        "magnitude": "height",
        "flow": "size",
    }
