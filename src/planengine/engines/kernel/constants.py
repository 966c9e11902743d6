"""The only way anything but our own words gets into generated source.

Numbers and texts are written by `repr` after a check. Whole sets of numbers, which have no
short literal, are written once into a table of names, and the code uses the names.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import inf, isfinite, nextafter

from planengine.rules.lowered import Bound
from planengine.values.sets import Choice, Number, NumberSet


def number_literal(value: Number) -> str:
    """A finite number as a Python literal: an int, or the nearest float.

    Raises ValueError for anything else, so that nothing but a number can be written.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise ValueError(f"not a number: {value!r}")  # noqa: TRY004  # checks what is written
    if not isfinite(value):
        raise ValueError(f"not finite: {value!r}")
    if isinstance(value, int):
        return repr(int(value))
    if isinstance(value, Fraction) and value.denominator == 1:
        return repr(int(value))
    return repr(float(value))


def float_literal(value: Number) -> str:
    """The same, always as a float: Python compares two floats fastest."""
    return repr(float(number_literal(value)))


def choice_literal(value: Choice) -> str:
    """A text, or the word for a truth value."""
    if value is True or value is False:
        return repr(value)
    return repr(str(value))


def choices_literal(values: Iterable[Choice]) -> str:
    """A set of one or more choices."""
    return f"{{{', '.join(sorted(map(choice_literal, values)))}}}"


def bound_code(bound: Bound) -> float:
    """A bound as a closed float: just beyond one that is open."""
    number = float(bound.number)
    return number if bound.closed else nextafter(number, inf if bound.upward else -inf)


class Constants:
    """The table of names for the sets of numbers that generated source refers to."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def number_set(self, values: NumberSet) -> str:
        """The name of a set, for the tests that need whole sets."""
        text = _number_set_text(values)
        return self._names.setdefault(text, f"K{len(self._names)}")

    def lines(self) -> list[str]:
        """The assignments that make the table, in the order of first use."""
        return [f"{name} = {text}" for text, name in self._names.items()]


def _number_set_text(values: NumberSet) -> str:
    inner = "".join(
        f"Interval({_end_text(item.low)}, {_end_text(item.high)},"
        f" {bool(item.low_closed)!r}, {bool(item.high_closed)!r}), "
        for item in values.intervals
    )
    return f"NumberSet(({inner}), {bool(values.na)!r})"


def _end_text(value: Number) -> str:
    if isinstance(value, float):
        return "inf" if value > 0 else "-inf"
    if isinstance(value, int):
        return number_literal(value)
    return f"Fraction({number_literal(value.numerator)}, {number_literal(value.denominator)})"
