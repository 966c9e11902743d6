"""Values as the two-shadow program reads them: closed floats, bit masks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import inf, nan, nextafter
from typing import TypeAlias

from planengine.engines.contract import LIMIT, Value, value_set
from planengine.rules.conditions import Cell
from planengine.values.sets import ChoiceDomain, ChoiceSet, Number, NumberDomain, NumberSet

NumberCode: TypeAlias = tuple[float, float, float, float, bool, NumberSet | None]
Code: TypeAlias = NumberCode | int
Encoder: TypeAlias = Callable[[Value], Code]


def masks(domain: ChoiceDomain) -> Mapping[object, int]:
    """The bit of each choice, and of n/a under None."""
    bits: dict[object, int] = {}
    for choice in (*domain.values, None):
        bits.setdefault(choice, 1 << len(bits))
    return bits


def encoder(cell: Cell, bounds: frozenset[Fraction | int]) -> Encoder:
    """How the values of a cell are encoded, where its tests have these finite bounds.

    The encoder raises ValueError, naming the cell, for a value that the cell cannot have.
    """
    encode: Encoder = (
        _number_encoder(cell, cell.domain, bounds)
        if isinstance(cell.domain, NumberDomain)
        else _choice_encoder(cell, cell.domain)
    )
    unknown = encode(None)
    return lambda value: unknown if value is None else encode(value)


def _choice_encoder(cell: Cell, domain: ChoiceDomain) -> Encoder:
    bits = masks(domain)

    def encode(value: Value) -> int:
        if value.__class__ is str or value.__class__ is bool:
            bit = bits.get(value)
            if bit is not None:
                return bit
        found = value_set(cell, value)
        assert isinstance(found, ChoiceSet)
        mask = bits[None] if found.na else 0
        for choice in found.members:
            mask |= bits[choice]
        return mask

    return encode


def _number_encoder(cell: Cell, domain: NumberDomain, bounds: frozenset[Fraction | int]) -> Encoder:
    near: dict[float, Fraction | int] = {}
    for bound in bounds:
        here = float(bound)
        for float_near in (nextafter(here, -inf), here, nextafter(here, inf)):
            near[float_near] = bound

    def end(number: Number, closed: bool, inward: float) -> float:
        # Only the order among values and bounds counts. A float that is no bound and no
        # neighbour of one keeps it; beside a bound the exact numbers decide.
        if isinstance(number, float):
            return number  # infinite
        if not -LIMIT <= number <= LIMIT:
            return inf if number > 0 else -inf  # beyond every bound
        here = float(number)
        bound = near.get(here)
        if bound is None:
            return here
        if number != bound:
            return nextafter(float(bound), inf if number > bound else -inf)
        return float(bound) if closed else nextafter(float(bound), inward)

    within = _float_ends(domain)

    def encode(value: Value) -> NumberCode:
        if value.__class__ is int or (value.__class__ is float and not domain.integer):
            # A point: as a float it stands for the decimal number that Python prints.
            assert isinstance(value, int | float)
            if within[0] < value < within[1]:
                point = float(value)
                return point, point, point, point, False, None
        found = value_set(cell, value)
        assert isinstance(found, NumberSet)
        if not found.intervals:
            return nan, nan, nan, nan, True, None
        first, last = found.intervals[0], found.intervals[-1]
        low = end(first.low, first.low_closed, inf)
        high = end(last.high, last.high_closed, -inf)
        holes = found if len(found.intervals) > 1 else None
        if found.na:
            return nan, nan, low, high, True, holes
        return low, high, low, high, False, holes

    return encode


def _float_ends(domain: NumberDomain) -> tuple[float, float]:
    """Between these two, both excluded, every point surely lies in the domain."""
    whole = domain.restrict(domain.whole).intervals
    if len(whole) != 1:
        return inf, -inf
    low, high = float(whole[0].low), float(whole[0].high)
    return max(low, float(-LIMIT)), min(high, float(LIMIT))
