"""Bounds in English and Japanese: the words of the law, and what is refused as ambiguous."""

import time
from fractions import Fraction

import pytest

from planengine.values.bounds import BoundError, parse_bound
from planengine.values.dialect import Dialect
from planengine.values.sets import (
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    above,
    at_least,
    at_most,
    below,
    number,
)
from planengine.values.unit_table import Unit

REAL = NumberDomain()
ORDERED = ChoiceDomain(("sparse", "over", "dense"), ordered=True)
OWN = Dialect(
    units={
        "USD": Unit("money of USD", Fraction(1), None),
        "$": Unit("money of USD", Fraction(1), None),
        "k-USD": Unit("money of USD", Fraction(1000), None),
        "patients": Unit("count of patients", Fraction(1), None),
    }
)
JAPANESE = Dialect(languages=("ja", "en"))


def span(low: int, high: int, *, closed: bool = True) -> NumberSet:
    return NumberSet((Interval(low, high, closed, closed),))


def read(text: str, unit: str | None = None, dialect: Dialect = OWN) -> object:
    found = parse_bound(text, domain=REAL, unit=unit, dialect=dialect)
    return found.diagnostic.code if isinstance(found, BoundError) else found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at least 10", at_least(10)),
        ("At Least 10", at_least(10)),
        ("10 or more", at_least(10)),
        ("10 and over", at_least(10)),
        ("not less than 10", at_least(10)),
        ("no fewer than 10", at_least(10)),
        ("a minimum of 10", at_least(10)),
        ("greater than or equal to 10", at_least(10)),
        ("more than 10", above(10)),
        ("over 10", above(10)),
        ("above -10", above(-10)),
        ("in excess of 10", above(10)),
        ("at most 10", at_most(10)),
        ("no more than 10", at_most(10)),
        ("not exceeding 10", at_most(10)),
        ("up to 10", at_most(10)),
        ("up to and including 10", at_most(10)),
        ("10 or fewer", at_most(10)),
        ("less than or equal to 10", at_most(10)),
        ("fewer than 10", below(10)),
        ("under 10", below(10)),
        ("up to but not including 10", below(10)),
        ("exactly 10", number(10)),
        ("not equal to 10", NumberSet(number(10).complement().intervals)),
        ("3 to 10", span(3, 10)),
        ("from 3 to 10", span(3, 10)),
        ("-3 to 10", span(-3, 10)),
        ("between 3 and 10", span(3, 10)),
        ("between 3 and 10 inclusive", span(3, 10)),
        ("between 3 and 10 (exclusive)", span(3, 10, closed=False)),
        ("at least 3 but fewer than 10", at_least(3) & below(10)),
        ("3 or more and less than 10", at_least(3) & below(10)),
        ("more than 3, less than 10", span(3, 10, closed=False)),
        ("at least 1.5 million", at_least(1_500_000)),
        ("2 thousand to 3 thousand", span(2000, 3000)),
    ],
)
def test_english(text: str, expected: NumberSet) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("10 days or more", "d", at_least(10)),
        ("10 or more days", "h", at_least(240)),
        ("more than 24 hours", "d", above(1)),
        ("24 hours or longer", "h", at_least(24)),
        ("500 or more patients", "patients", at_least(500)),
        ("10 million USD or more", "USD", at_least(10**7)),
        ("USD 10 million or more", "USD", at_least(10**7)),
        ("at least $5", "USD", at_least(5)),
        ("1 million to 10 million USD", "USD", span(10**6, 10**7)),
        ("10 people or more", "人", at_least(10)),
        ("at least 100 mrem", "mSv", at_least(1)),
        ("at least 1 rem", "mrem", at_least(1000)),
        ("at least 100 Bq/m³", "kBq/m³", at_least(Fraction(1, 10))),
        ("5 m/s²", "cm/s²", number(500)),
        ("2 years", "month", number(24)),
        ("at least 6 feet", "m", at_least(Fraction(18288, 10000))),
    ],
)
def test_english_with_units(text: str, unit: str, expected: NumberSet) -> None:
    assert read(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("about 30", None, "vague-bound"),
        ("several", None, "vague-bound"),
        ("hundreds", None, "vague-bound"),
        ("within 3", None, "unclear-ends"),
        ("3-10", None, "unclear-ends"),
        ("3 or 10", None, "unreadable-bound"),
        ("30+", None, "unreadable-bound"),
        ("3 to less than 10", None, "unreadable-bound"),
        ("3 to 10 or more", None, "unreadable-bound"),
        ("3 to 10 to 12", None, "unreadable-bound"),
        ("at least", None, "unreadable-bound"),
        ("or more", None, "unreadable-bound"),
        ("more than 3 or more", None, "contradictory-wording"),
        ("up to 3 or more", None, "contradictory-wording"),
        ("10 to 3", None, "inverted-bound"),
        ("at least 1,000", None, "thousands-comma"),
        ("less than 3 or more than 10", None, "unreadable-bound"),
        ("at least 3 or at most 1", None, "unreadable-bound"),
        ("under 3 over 10", None, "inverted-bound"),
        ("not at least 10", None, "unreadable-bound"),
        ("never more than 3", None, "unreadable-bound"),
        ("more than 3 to 10", None, "unreadable-bound"),
        ("5 million", "k-USD", "ambiguous-number"),
        ("1 to 10 million USD", "USD", "ambiguous-number"),
        ("1 to 10 million", "USD", "ambiguous-number"),
        ("1 to 10 million", None, "ambiguous-number"),
        ("at least 2 but fewer than 3 hundred", "patients", "ambiguous-number"),
        ("10以上30万以下", "patients", "ambiguous-number"),
        ("[1..10 million]", "USD", "ambiguous-number"),
        ("[1..10 million] USD", "USD", "ambiguous-number"),
        ("[10..30万)", "patients", "ambiguous-number"),
        ("$5 USD", "USD", "unreadable-bound"),
        ("3 patients", "USD", "wrong-unit"),
        ("2 years", "d", "wrong-unit"),
        ("5 EUR", "USD", "unknown-unit"),
    ],
)
def test_what_may_mean_several_things_is_refused(text: str, unit: str | None, code: str) -> None:
    assert read(text, unit) == code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3人以上", at_least(3)),
        ("3人以下", at_most(3)),  # as Japanese law counts, and Chinese law does not
        ("3人未満", below(3)),
        ("3人超", above(3)),
        ("3人を超える", above(3)),
        ("50人以上100人未満", at_least(50) & below(100)),
        ("1億人以上", at_least(10**8)),
        ("at least 3", at_least(3)),
    ],
)
def test_japanese(text: str, expected: NumberSet) -> None:
    assert read(text, "人", JAPANESE) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [("約3人", "vague-bound"), ("3〜5人", "unclear-ends"), ("3人以内", "unclear-ends")],
)
def test_japanese_is_refused_where_it_is_not_clear(text: str, code: str) -> None:
    assert read(text, "人", JAPANESE) == code


def test_one_word_may_mean_two_limits() -> None:
    assert read("3人以下", "人") == below(3)
    assert read("3人以下", "人", JAPANESE) == at_most(3)
    assert read("3人未満", "人") == "unknown-unit"


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("at least over", {"over", "dense"}),
        ("over or above", {"over", "dense"}),
        ("sparse to over", {"sparse", "over"}),
        ("below dense", {"sparse", "over"}),
        ("over", {"over"}),
    ],
)
def test_values_that_are_called_like_words_of_bounds(text: str, members: set[str]) -> None:
    assert parse_bound(text, domain=ORDERED, unit=None) == ChoiceSet(frozenset(members))


@pytest.mark.parametrize(
    "unit", ["", " and ", " to ", "or more ", "up to ", "以上", "between ", "1 "]
)
def test_no_bound_takes_long_to_read(unit: str) -> None:
    started = time.perf_counter()
    for text in (unit * 200, f"3 {unit * 60}4"[:200], f"between {unit * 30}"[:200]):
        parse_bound(text, domain=REAL, unit=None)
    assert time.perf_counter() - started < 0.5
    assert read("9" * 201) == "bound-too-long"


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("at least two hours", "h", at_least(2)),
        ("more than twenty-four hours", "h", above(24)),
        ("twenty four hours or longer", "h", at_least(24)),
        ("ten or more", None, at_least(10)),
        ("fewer than three people", "people", below(3)),
        ("between three and ten", None, span(3, 10)),
        ("three to ten exclusive", None, span(3, 10, closed=False)),
        ("at least three but fewer than ten", None, at_least(3) & below(10)),
        ("at least two million", None, at_least(2_000_000)),
        ("at least one hundred", None, at_least(100)),
        ("ninety-nine", None, number(99)),
        ("Exactly Nineteen", None, number(19)),
        ("at least one hundred and fifty", None, "unreadable-bound"),
        ("one hundred and fifty", None, "unreadable-bound"),
        ("two and a half", None, "unreadable-bound"),
        ("three or ten", None, "unreadable-bound"),
        ("one to two million", None, "ambiguous-number"),
        ("twenty ten", None, "ambiguous-number"),
        ("three point five", None, "unreadable-bound"),
        ("at least one-way", None, "unreadable-bound"),
    ],
)
def test_small_numbers_in_words(text: str, unit: str | None, expected: object) -> None:
    assert read(text, unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1000 to 1 million", span(1000, 10**6)),  # 1000 million would be more than 1 million
        ("0 to 10 million", span(0, 10**7)),
        ("1 million to 10 million", span(10**6, 10**7)),
        ("1000以上1万以下", at_least(1000) & below(10_000)),
        ("[0..10 million]", span(0, 10**7)),
        ("[1000..1万)", at_least(1000) & below(10_000)),
    ],
)
def test_a_multiple_that_only_the_last_number_can_have_is_clear(
    text: str, expected: NumberSet
) -> None:
    assert read(text, "USD") == expected


def test_number_words_are_no_numbers_of_a_category() -> None:
    domain = ChoiceDomain(("one", "two"), ordered=True)
    assert parse_bound("two", domain=domain, unit=None) == ChoiceSet(frozenset({"two"}))
    found = parse_bound("≥ one", domain=domain, unit=None)
    assert found == ChoiceSet(frozenset({"one", "two"}))


@pytest.mark.parametrize("text", ["24-49", "24 - 49", "24–49"])
def test_a_dash_is_unclear_where_only_english_is_written(text: str) -> None:
    assert read(text, dialect=Dialect(languages=("en",))) == "unclear-ends"
