from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.values.numbers import is_exact, number_text, parse_number, plain_text

_DIGITS = "零一二三四五六七八九"


def chinese(value: int) -> str:
    """A whole number under 10^12 in formal Chinese numerals, written independently."""
    if value == 0:
        return "零"
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if value >= size:
            head, rest = divmod(value, size)
            text = chinese(head) + unit
            if not rest:
                return text
            return text + ("" if rest * 10 >= size else "零") + chinese(rest)
    return _DIGITS[value]


@pytest.mark.parametrize(
    "text, value",
    [
        ("30", 30),
        ("30.0", 30),
        ("25.3", Fraction(253, 10)),
        ("-3", -3),
        ("−3", -3),
        ("３０", 30),
        ("1e5", 100000),
        ("2.5e-3", Fraction(1, 400)),
        ("三十", 30),
        ("十二", 12),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千", 2000),
        ("二百万", 2_000_000),
        ("百万", 1_000_000),
        ("3000万", 30_000_000),
        ("1.5亿", 150_000_000),
        ("1亿5000万", 150_000_000),
        ("3万亿", 3 * 10**12),
        ("七点五", Fraction(15, 2)),
        ("〇", 0),
        ("007", 7),
    ],
)
def test_reads(text: str, value: int | Fraction) -> None:
    found = parse_number(text)
    assert found == value
    assert isinstance(found, int) == (Fraction(value).denominator == 1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5,000",
        "一百五",
        "三万五",
        "3万500",
        "万",
        "百",
        "千百",
        "一二",
        "1/3",
        "0x10",
        "1_000",
        "∞",
        "nan",
        "inf",
        "12a",
        "٣",
        "-",
        "1.",
        "1e999",
        "9" * 60,
        "1亿2亿",
    ],
)
def test_refuses(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(0, 10**12 - 1))
def test_formal_chinese_numerals_are_read(value: int) -> None:
    text = chinese(value)
    if len(text) <= 40:
        assert parse_number(text) == value


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_decimals_come_back(value: object) -> None:
    number = Fraction(str(value))
    assert parse_number(number_text(number)) == number


@given(st.text(max_size=20))
def test_never_raises(text: str) -> None:
    parse_number(text)
    plain_text(text)


@pytest.mark.parametrize(
    "number, exact",
    [
        (999_999_999_999_999, True),
        (1_000_000_000_000_001, False),
        (9 * 10**15, True),
        (2**53, False),
        (-(2**53), False),
        (Fraction("0.123456789012345"), True),
        (Fraction("0.1234567890123456"), False),
        (Fraction(2000, 3), True),
    ],
)
def test_exactness(number: int | Fraction, exact: bool) -> None:
    assert is_exact(number) is exact


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 15))
def test_fifteen_digits_survive_a_float(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)
    assert is_exact(number)
    assert Fraction(f"{float(number):.15g}") == number
