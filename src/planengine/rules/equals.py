"""Equal conditions as one: what is kept stands for what the authors of all wrote.

Where something is written is no part of what a condition means, so equals differ in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

from msgspec.structs import replace

from planengine.domain.ids import Origin
from planengine.rules.conditions import All, Any, AtLeast, Case, Cell, Condition, LastingCell, Test


def standing_for_all(equals: Sequence[Condition]) -> Condition:
    """The first of some equal conditions, standing for all of them."""
    return reduce(_standing_for_both, equals)


def _standing_for_both(a: Condition, b: Condition) -> Condition:
    if a is b:
        return a
    if isinstance(a, Test) and isinstance(b, Test):
        return Test(cell_of_both(a.cell, b.cell), a.accepts, origins_of_both(a, b))
    if isinstance(a, All | Any | AtLeast) and isinstance(b, All | Any | AtLeast):
        return replace(a, of=tuple(map(_standing_for_both, a.of, b.of)))
    if isinstance(a, Case) and isinstance(b, Case):
        branches = tuple(
            (_standing_for_both(guard, other_guard), _standing_for_both(body, other_body))
            for (guard, body), (other_guard, other_body) in zip(a.branches, b.branches, strict=True)
        )
        return Case(branches, _standing_for_both(a.otherwise, b.otherwise))
    return a


def cell_of_both(a: Cell, b: Cell) -> Cell:
    """The first of two equal cells; the body of a lasting one stands for both bodies."""
    if a is not b and isinstance(a, LastingCell) and isinstance(b, LastingCell):
        return replace(a, body=_standing_for_both(a.body, b.body))
    return a


def origins_of_both(a: Test, b: Test) -> tuple[Origin, ...]:
    """What two tests of one cell stand for, each once."""
    return a.origins + tuple(origin for origin in b.origins if origin not in a.origins)
