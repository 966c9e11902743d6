"""Units: exact conversion, with Chinese names and counters.

The table holds what emergency plans use and needs no import; `pint` is asked for the rest.
Each counter (间, 户, 座 …) is a dimension of its own; the counters of people are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from planengine.values.unit_table import COUNTERS, UNITS, Unit

if TYPE_CHECKING:
    import pint

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
    value: int | Fraction, unit: str, to_unit: str | None, *, difference: bool = False
) -> int | Fraction:
    """`value` in `unit`, exactly, in `to_unit`.

    An empty `unit` is the target unit. `difference` converts a change or margin, which
    matters for temperatures only. Raises UnitError.

    >>> convert(Fraction(3, 2), "万元", "元"), convert(30, "亩", "公顷")
    (15000, 2)
    """
    unit = unit.strip()
    if not unit or unit == to_unit:
        return value
    source = _look_up(unit)
    if source is None:
        return _with_pint(value, unit, to_unit, difference)
    if to_unit == ANY_COUNTER and source.dimension in _COUNTER_DIMENSIONS:
        return _simple(value * source.factor)
    target = _look_up(to_unit) if to_unit is not None and to_unit != ANY_COUNTER else None
    if target is None and to_unit not in (None, ANY_COUNTER) and source.pint_name:
        return _with_pint(value, source.pint_name, to_unit, difference, shown=unit)
    if target is None or source.dimension != target.dimension:
        raise UnitError("dimension", unit, to_unit)
    return _simple(value * source.factor / target.factor)


def is_unit(text: str) -> bool:
    """Whether facts can be declared in this unit."""
    return _look_up(text) is not None or _parsed_by_pint(text)


def same_dimension(unit: str, other: str) -> bool:
    """Whether amounts in the two units compare."""
    try:
        convert(1, unit, other)
    except UnitError:
        return False
    return True


def suggest_unit(text: str) -> str | None:
    """The known unit nearest to a mistyped one, or None."""
    near = get_close_matches(text, _spellings(), n=1, cutoff=0.5)
    return near[0] if near else None


_COUNTER_DIMENSIONS = frozenset(COUNTERS.values())


@lru_cache(maxsize=512)
def _look_up(text: str) -> Unit | None:
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
    try:
        parsed = str(_registry().parse_units(text))
    except Exception:  # noqa: BLE001 - pint raises of many kinds for what it cannot parse
        return False
    return "month" not in parsed and "year" not in parsed  # of no fixed length


def _with_pint(
    value: int | Fraction, unit: str, to_unit: str | None, difference: bool, shown: str = ""
) -> int | Fraction:
    """The conversion by pint; `shown` is the unit as the author wrote it."""
    if not _parsed_by_pint(unit):
        raise UnitError("unknown", unit, to_unit, suggest_unit(unit))
    target = _look_up(to_unit) if to_unit not in (None, ANY_COUNTER) and to_unit else None
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
