"""Units: exact conversion, with Chinese names and counters.

The table holds what emergency plans use and needs no import; `pint` is asked for the rest.
Each counter (间, 户, 座 …) is a dimension of its own; the counters of people are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from planengine.values.unit_table import COUNTED, UNITS, Unit

if TYPE_CHECKING:
    import pint

NONE_DECLARED: Mapping[str, Unit] = MappingProxyType({})

ANY_COUNTER = "#"
"""As a target unit: any counter will do (the `is:` of a count)."""

_PREFIXES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10**4,
    "十万": 10**5,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}
_FOR_PINT = re.compile(r"[A-Za-zµμ°Ωℓ%][A-Za-zµμ°Ω²³⁻¹/*·0-9 _]{0,29}|1/[A-Za-z]{1,12}")
_MOST_PARSED = 1000
_POWER = re.compile(r"\*\*|[0-9]{2}")
_OF_NO_FIXED_LENGTH = frozenset({"month", "year", "decade", "century", "millennium"})


class UnitError(Exception):
    """A unit that is not known, or that measures something else than `expected`."""

    def __init__(
        self,
        problem: Literal["unknown", "dimension"],
        unit: str,
        expected: str | None,
        suggestion: str | None = None,
    ) -> None:
        super().__init__(problem, unit, expected, suggestion)
        self.problem: Literal["unknown", "dimension"] = problem
        self.unit = unit
        self.expected = expected
        self.suggestion = suggestion

    def __str__(self) -> str:
        return f"{self.problem}: {self.unit} for {self.expected}"


def convert(
    value: int | Fraction,
    unit: str,
    to_unit: str | None,
    *,
    difference: bool = False,
    declared: Mapping[str, Unit] = NONE_DECLARED,
) -> int | Fraction:
    """`value` in `unit`, exactly, in `to_unit`.

    An empty `unit` is the target unit. `difference` converts a change or margin, which
    matters for temperatures only. `declared` are the units of the library. Raises UnitError.

    >>> convert(Fraction(3, 2), "万元", "元"), convert(30, "亩", "公顷")
    (15000, 2)
    """
    unit = unit.strip()
    if not unit or unit == to_unit:
        return value
    source = unit_of(unit, declared)
    if source is None:
        return _with_pint(value, unit, to_unit, difference, declared=declared)
    if to_unit == ANY_COUNTER and source.dimension.startswith(COUNTED):
        return _simple(value * source.factor)
    target = unit_of(to_unit, declared) if to_unit not in (None, ANY_COUNTER) else None
    if target is None and to_unit not in (None, ANY_COUNTER) and source.pint_name:
        return _with_pint(value, source.pint_name, to_unit, difference, shown=unit)
    if target is None or source.dimension != target.dimension:
        raise UnitError("dimension", unit, to_unit)
    return _simple(value * source.factor / target.factor)


def is_unit(text: str, declared: Mapping[str, Unit] = NONE_DECLARED) -> bool:
    """Whether facts can be declared in this unit."""
    return unit_of(text, declared) is not None or _parsed_by_pint(text)


def same_dimension(unit: str, other: str, declared: Mapping[str, Unit] = NONE_DECLARED) -> bool:
    """Whether amounts in the two units compare."""
    try:
        convert(1, unit, other, declared=declared)
    except UnitError:
        return False
    return True


@lru_cache(maxsize=512)
def is_time_unit(unit: str) -> bool:
    """Whether amounts in the unit are times of a fixed length."""
    found = _of_table(unit)
    if found is not None:
        return found.dimension == "time"
    return same_dimension(unit, "s")


def factor(
    unit: str | None,
    other: str | None,
    *,
    difference: bool = False,
    declared: Mapping[str, Unit] = NONE_DECLARED,
) -> Fraction | None:
    """How many of the other unit one of this unit is; None where there is no such number.

    There is none between units of different dimensions, nor between scales whose zeros differ
    (℃ and ℉), unless the amounts are differences.
    """
    if unit == other:
        return Fraction(1)
    if unit is None or other is None:
        return None
    try:
        zero, one = (
            convert(amount, unit, other, difference=difference, declared=declared)
            for amount in (0, 1)
        )
    except UnitError:
        return None
    return Fraction(one) if zero == 0 else None


def suggest_unit(text: str, declared: Mapping[str, Unit] = NONE_DECLARED) -> str | None:
    """The known unit nearest to a mistyped one, or None."""
    near = get_close_matches(text, (*declared, *_spellings()), n=1, cutoff=0.5)
    return near[0] if near else None


def unit_of(text: str | None, declared: Mapping[str, Unit]) -> Unit | None:
    """A unit that the library declares, or one of the table; None for another."""
    if text is None:
        return None
    return declared.get(text.strip()) or _of_table(text)


@lru_cache(maxsize=512)
def _of_table(text: str) -> Unit | None:
    """A unit of the table, or a Chinese one with a multiplier: 万间, 亿立方米."""
    text = text.strip().replace("每", "/").replace("㎡", "m²").replace("㎥", "m³")
    found = UNITS.get(text) or UNITS.get(text.replace(" ", ""))
    if found is not None:
        return found
    for length in (2, 1):
        size, rest = _PREFIXES.get(text[:length]), UNITS.get(text[length:])
        if size is not None and rest is not None and "\u4e00" <= text[length] <= "\u9fff":
            return Unit(rest.dimension, rest.factor * size, None)
    if text.startswith("个"):
        return UNITS.get(text[1:])
    return None


def _spellings() -> Iterator[str]:
    yield from UNITS
    yield from ("万元", "亿元", "万人", "万间", "万户", "万千瓦", "万亩")


def _simple(value: int | Fraction) -> int | Fraction:
    return int(value) if value.denominator == 1 else value


@lru_cache(maxsize=1)
def _registry() -> pint.UnitRegistry[Fraction]:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction, cache_folder=None)


@lru_cache(maxsize=1024)
def _parsed_by_pint(text: str) -> bool:
    if _parsed_by_pint.cache_info().misses % _MOST_PARSED == 0:
        _registry.cache_clear()  # pint forgets nothing that it parsed
    if not _FOR_PINT.fullmatch(text) or _POWER.search(text):
        return False
    registry = _registry()
    try:
        names = {name for name, _ in registry.Quantity(Fraction(1), text).unit_items()}
    except Exception:  # noqa: BLE001 - pint raises of many kinds for what it cannot parse
        return False
    return not names & _OF_NO_FIXED_LENGTH


def _with_pint(
    value: int | Fraction,
    unit: str,
    to_unit: str | None,
    difference: bool,
    shown: str = "",
    declared: Mapping[str, Unit] = NONE_DECLARED,
) -> int | Fraction:
    """The conversion by pint; `shown` is the unit as the author wrote it."""
    if not _parsed_by_pint(unit):
        raise UnitError("unknown", unit, to_unit, suggest_unit(unit, declared))
    target = unit_of(to_unit, declared) if to_unit not in (None, ANY_COUNTER) else None
    name = target.pint_name if target is not None else to_unit
    if name is None or not _parsed_by_pint(name):
        raise UnitError("dimension", shown or unit, to_unit)
    try:
        converted = _by_pint(value, unit, name, difference)
    except Exception as error:  # pint raises of many kinds for what does not fit
        raise UnitError("dimension", shown or unit, to_unit) from error
    if isinstance(converted, float):  # a unit without an exact factor
        raise UnitError("dimension", shown or unit, to_unit)
    return _simple(Fraction(converted))


def _by_pint(
    value: int | Fraction, unit: str, to_unit: str, difference: bool
) -> int | float | Fraction:
    registry = _registry()
    source, target = registry.parse_units(unit), registry.parse_units(to_unit)
    converted: Fraction = registry.Quantity(Fraction(value), source).to(target).magnitude
    if difference:
        converted = converted - registry.Quantity(Fraction(0), source).to(target).magnitude
    return converted
