import contextlib
from fractions import Fraction

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.values.unit_table import COUNTERS, UNITS
from planengine.values.units import (
    ANY_COUNTER,
    UnitError,
    convert,
    is_unit,
    same_dimension,
    suggest_unit,
)

REGISTRY = pint.UnitRegistry(non_int_type=Fraction)
is_unit("mile")  # builds the registry now, and not within the time of one test
BASE = {
    dimension: min(
        (u for u in UNITS.values() if u.dimension == dimension and u.pint_name),
        key=lambda u: abs(u.factor - 1),
    )
    for dimension in {u.dimension for u in UNITS.values() if u.pint_name}
}


@pytest.mark.parametrize("spelling", [s for s, u in UNITS.items() if u.pint_name])
def test_the_table_agrees_with_pint(spelling: str) -> None:
    unit = UNITS[spelling]
    base = BASE[unit.dimension]
    expected = REGISTRY.Quantity(Fraction(7), unit.pint_name).to(base.pint_name).magnitude
    assert 7 * unit.factor / base.factor == expected


@pytest.mark.parametrize(
    "value, unit, to_unit, expected",
    [
        (5000, "万元", "元", 50_000_000),
        (1, "亿元", "万元", 10_000),
        (30, "亩", "公顷", 2),
        (15, "亩", "m²", 10_000),
        (102, "毫米", "mm", 102),
        (24, "小时", "h", 24),
        (3, "天", "h", 72),
        (1, "周", "天", 7),
        (30, "%", "%", 30),
        (3, "‰", "%", Fraction(3, 10)),
        (500, "万千瓦", "MW", 5000),
        (2, "GW", "MW", 2000),
        (5, "万间", "间", 50_000),
        (2, "个县", "县", 2),
        (3, "立方米每秒", "m³/s", 3),
        (36, "km/h", "m/s", 10),
        (50, "°F", "℃", 10),
        (1, "mile", "公里", Fraction(25146, 15625)),
        (30, "", "人", 30),
        (30, "名", "人", 30),
        (100, "例", "人", 100),
        (2, "座", ANY_COUNTER, 2),
        (1, "mg/L", "mg/m³", 1000),
        (115, "\N{MICRO SIGN}g/m³", "微克/立方米", 115),
        (115, "\N{GREEK SMALL LETTER MU}g/m³", "mg/m³", Fraction(23, 200)),
    ],
)
def test_conversions(value: int, unit: str, to_unit: str, expected: int | Fraction) -> None:
    found = convert(value, unit, to_unit)
    assert found == expected
    assert isinstance(found, int | Fraction)


def test_differences_of_temperature_have_no_offset() -> None:
    assert convert(18, "°F", "℃", difference=True) == 10


@pytest.mark.parametrize(
    "unit, to_unit",
    [
        ("间", "户"),
        ("人", "间"),
        ("m", "mm/h"),
        ("m", "%"),
        ("人", None),
        ("m", ANY_COUNTER),
        ("GW", "人"),
        ("km²", "m"),
        ("℃", "m"),
        ("m", "mile/hour"),
        ("dB", "m"),
    ],
)
def test_other_dimensions_are_refused(unit: str, to_unit: str | None) -> None:
    with pytest.raises(UnitError) as caught:
        convert(1, unit, to_unit)
    assert caught.value.problem == "dimension"


@pytest.mark.parametrize("unit", ["foo", "毫来", "m**9999", "1e9", "os.system", "十"])
def test_unknown_units_are_refused(unit: str) -> None:
    with pytest.raises(UnitError) as caught:
        convert(1, unit, "m")
    assert caught.value.problem == "unknown"
    assert not is_unit(unit)


def test_suggestions() -> None:
    assert suggest_unit("毫来") == "毫米"
    assert suggest_unit("qqqq") is None


def test_every_counter_is_a_dimension_of_its_own_but_people_are_one() -> None:
    assert same_dimension("人", "名")
    assert same_dimension("例", "人")
    assert not same_dimension("间", "座")
    assert all(is_unit(counter) for counter in COUNTERS)


@given(
    st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000),
    st.sampled_from(sorted(UNITS)),
    st.data(),
)
def test_there_and_back(value: Fraction, unit: str, data: st.DataObject) -> None:
    alike = [other for other in UNITS if UNITS[other].dimension == UNITS[unit].dimension]
    other = data.draw(st.sampled_from(sorted(alike)))
    assert convert(convert(value, unit, other), other, unit) == value


@given(st.text(max_size=12))
def test_never_raises_but_unit_errors(text: str) -> None:
    with contextlib.suppress(UnitError):
        convert(1, text, "m")
