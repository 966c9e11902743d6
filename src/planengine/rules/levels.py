"""Tests of a decision's level: what a level term, or "this rank or worse", means for a unit."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.domain.ids import UnitKey
from planengine.domain.terms import LevelTerm
from planengine.domain.vocabulary import Scale
from planengine.rules.conditions import LevelCell, Read, Test
from planengine.values.sets import Interval, NumberDomain, NumberSet


def level_tests(term: LevelTerm, unit: UnitKey, scale: Scale) -> Iterator[Test]:
    """The tests of a unit's level that a term means; a response is recommended or active."""
    reads: tuple[Read, ...] = ("recommended", "active")
    if term.read != "response":
        reads = (term.read,)
    for read in reads:
        yield Test(level_cell(unit, scale, read), rank_set(term.ranks), (term.origin,))


def level_cell(unit: UnitKey, scale: Scale, read: Read) -> LevelCell:
    """The cell of a unit's level as a rank on its scale."""
    whole = NumberSet((Interval(0, len(scale.levels)),))
    return LevelCell(unit, read, NumberDomain(whole, integer=True))


def rank_set(ranks: frozenset[int]) -> NumberSet:
    """Ranks as a set of numbers."""
    return NumberDomain(integer=True).restrict(
        NumberSet(tuple(Interval(rank, rank) for rank in sorted(ranks)))
    )
