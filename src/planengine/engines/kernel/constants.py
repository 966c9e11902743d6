"""The only way anything but our own words gets into generated source.

Numbers are written by `repr` after a check; texts and sets are written once, by `repr` of
checked strings, into a table of names, and the code uses the names.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, isfinite, nextafter

from planengine.values.sets import Choice, ChoiceSet, Interval, Number, NumberSet, ValueSet


def number_text(value: Number) -> str:
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


def low_code(item: Interval) -> float:
    """The lower end of a test as a closed float: just above an end that is open."""
    low = float(item.low)
    return low if item.low_closed else nextafter(low, inf)


def high_code(item: Interval) -> float:
    """The upper end of a test as a closed float: just below an end that is open."""
    high = float(item.high)
    return high if item.high_closed else nextafter(high, -inf)


class Constants:
    """The table of names for texts and sets that generated source refers to."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._lines: list[str] = []

    def choice(self, value: Choice) -> str:
        """The name of a text, or the word for a truth value."""
        if value is True:
            return "True"
        if value is False:
            return "False"
        return self._name("text", "S", repr(str(value)))

    def choices(self, values: frozenset[Choice]) -> str:
        """The name of a frozenset of choices."""
        ordered = sorted(values, key=lambda value: (isinstance(value, str), str(value)))
        inner = ", ".join(map(self.choice, ordered))
        return self._name("choices", "T", f"frozenset(({inner}{',' if ordered else ''}))")

    def value_set(self, values: ValueSet) -> str:
        """The name of a set, for the tests that need whole sets."""
        if isinstance(values, ChoiceSet):
            return self._name(
                "set", "K", f"ChoiceSet({self.choices(values.members)}, {values.na!r})"
            )
        return self._name("set", "K", _number_set_text(values))

    def lines(self) -> list[str]:
        """The assignments that make the table, in the order of first use."""
        return list(self._lines)

    def _name(self, kind: str, prefix: str, text: str) -> str:
        key = (kind, text)
        name = self._names.get(key)
        if name is None:
            name = f"{prefix}{len(self._names)}"
            self._names[key] = name
            self._lines.append(f"{name} = {text}")
        return name


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
        return number_text(value)
    return f"Fraction({number_text(value.numerator)}, {number_text(value.denominator)})"
