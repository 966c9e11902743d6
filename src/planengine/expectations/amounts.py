"""How far a value is from what is asked of it."""

from __future__ import annotations

from math import isinf

from planengine.rules.conditions import Cell, LevelCell
from planengine.values.sets import Number, NumberSet, ValueSet


def is_amount(cell: Cell, value: ValueSet) -> bool:
    """Whether something is known that one may be short of: ranks are no amounts."""
    if isinstance(cell, LevelCell) or not isinstance(value, NumberSet):
        return False
    every = cell.domain.everything
    return not isinstance(every, NumberSet) or value.intervals != every.intervals


def short_by(value: ValueSet, accepts: ValueSet) -> Number | None:
    """How far a value is from what is asked: above 0 where it must rise, below where it must fall.

    From its certain end; None where nothing is known of it, or it is no amount.
    """
    if not isinstance(value, NumberSet) or not isinstance(accepts, NumberSet):
        return None
    if not value.intervals or not accepts.intervals:
        return None
    found: list[Number] = []
    for item in accepts.intervals:
        if not isinf(item.low) and value.low < item.low and not isinf(value.low):
            found.append(item.low - value.low)
        elif not isinf(item.high) and value.high > item.high and not isinf(value.high):
            found.append(item.high - value.high)
        elif item.low in {value.low, value.high} or item.high in {value.low, value.high}:
            found.append(0)  # right at an end that does not count
    return min(found, key=_size, default=None)


def _size(number: Number) -> Number:
    return max(number, -number)


def over_by(value: ValueSet, accepts: ValueSet) -> Number | None:
    """How far inside what is asked a value lies: from the nearest finite end of it."""
    if not isinstance(value, NumberSet) or not isinstance(accepts, NumberSet):
        return None
    found: list[Number] = []
    for item in accepts.intervals:
        if not isinf(item.low) and not isinf(value.low) and value.low >= item.low:
            found.append(value.low - item.low)
        if not isinf(item.high) and not isinf(value.high) and value.high <= item.high:
            found.append(value.high - item.high)
    return min(found, key=_size, default=None)
