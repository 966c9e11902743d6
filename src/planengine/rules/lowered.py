"""Conditions as two-valued formulas over what is known: worked out once, printed by every engine.

A reading of a condition (certain, possible, indicated: `rules/shadows.py`) comes down to *and*,
*or* and *at least so many* of atoms; there is no *not*. An atom compares an end of a cell's numbers
with a bound, or asks whether a cell's value lies in a set. What an engine compares with what,
and where it keeps it, is the engine's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Cell,
    Condition,
    Constant,
    Test,
    is_computed,
)
from planengine.rules.normal import complemented, restricted
from planengine.rules.worlds import Split, Worlds, worlds_of
from planengine.values.sets import ChoiceSet, Interval, Number, NumberDomain, NumberSet, ValueSet

Reading: TypeAlias = Literal["certain", "possible", "indicated"]
Side: TypeAlias = Literal["low", "high", "told"]


class Bound(Struct, frozen=True, cache_hash=True):
    """An end of the numbers that a cell may be lies beyond a bound.

    `upward`: it is more than `number`, else less; or equal, where `closed`. With `sure` no bound
    holds of a cell that may be n/a; without numbers none ever does. The end `told` is a level's:
    the rank that is indicated.
    """

    cell: Cell
    side: Side
    upward: bool
    number: Number
    closed: bool = True
    sure: bool = False


class Member(Struct, frozen=True, cache_hash=True):
    """A cell's value lies in a set (certain), shares a member with it (possible), or what was
    reported of it does (indicated).

    `hull` says the same of numbers without a gap among them, by their ends.
    """

    cell: Cell
    accepts: ValueSet
    reading: Reading
    hull: Formula | None = None


class Silent(Struct, frozen=True, cache_hash=True):
    """Nobody stated a cell."""

    cell: Cell


class And(Struct, frozen=True, cache_hash=True):
    of: tuple[Formula, ...]


class Or(Struct, frozen=True, cache_hash=True):
    of: tuple[Formula, ...]


class Threshold(Struct, frozen=True, cache_hash=True):
    """At least `count` of `of`."""

    count: int
    of: tuple[Formula, ...]


Atom: TypeAlias = Bound | Member | Silent
Formula: TypeAlias = Atom | And | Or | Threshold

TRUE = And(())
FALSE = Or(())


def bands(conditions: Iterable[Condition], reading: Reading) -> tuple[Formula, ...]:
    """One reading of the conditions of a unit's ranks, which are in normal form."""
    return tuple(lowered(worlds_of(condition), reading) for condition in conditions)


@lru_cache(maxsize=1 << 15)
def lowered(split: Split, reading: Reading) -> Formula:
    """One reading of a condition that is split into its worlds."""
    match split:
        case Test():
            return _test(split.cell, split.accepts, reading)
        case Constant():
            return TRUE if split.value else FALSE
        case All():
            return all_of([lowered(part, reading) for part in split.of])
        case Any():
            return any_of([lowered(part, reading) for part in split.of])
        case AtLeast():
            return threshold(split.count, [lowered(part, reading) for part in split.of])
        case Worlds():
            return _worlds(split, reading)
    raise ValueError(f"a condition is not in the normal form: {split}")


def _worlds(worlds: Worlds, reading: Reading) -> Formula:
    """The body of each branch must (or may) hold where its guard may."""
    if reading == "certain":
        return all_of(
            [
                any_of([_impossible(guard), lowered(body, reading)])
                for guard, body in worlds.branches
            ]
        )
    parts = [
        all_of([lowered(guard, reading), lowered(body, reading)]) for guard, body in worlds.branches
    ]
    if reading == "indicated":
        parts.append(_worlds(worlds, "certain"))
        if worlds.cell is not None:
            parts.append(all_of([Silent(worlds.cell), lowered(worlds.silent, reading)]))
    return any_of(parts)


def _impossible(split: Split) -> Formula:
    """Holds where a condition that is split into its worlds is not possible."""
    match split:
        case Test():
            return _test(split.cell, complemented(split.cell, split.accepts), "certain")
        case Constant():
            return FALSE if split.value else TRUE
        case All():
            return any_of([_impossible(part) for part in split.of])
        case Any():
            return all_of([_impossible(part) for part in split.of])
        case AtLeast():
            parts = [_impossible(part) for part in split.of]
            return threshold(len(parts) - split.count + 1, parts)
        case Worlds():
            return all_of([any_of(map(_impossible, branch)) for branch in split.branches])
    raise ValueError(f"a condition is not in the normal form: {split}")


def _test(cell: Cell, accepts: ValueSet, reading: Reading) -> Formula:
    level = is_computed(cell)
    accepts = restricted(cell, accepts)
    if isinstance(accepts, ChoiceSet) or (reading == "indicated" and not level):
        return Member(cell, accepts, reading)
    assert isinstance(cell.domain, NumberDomain)
    welcome = accepts.na and not level
    sure = reading == "certain" and not welcome and not level
    lower, upper = _SIDES[reading]
    whole = whole_of(cell.domain)
    parts: list[Formula] = []
    for item in accepts.intervals:
        ends: list[Formula] = []
        if (item.low, item.low_closed) != (whole[0].low, whole[0].low_closed):
            ends.append(Bound(cell, lower, True, item.low, item.low_closed, sure))
        if (item.high, item.high_closed) != (whole[-1].high, whole[-1].high_closed):
            ends.append(Bound(cell, upper, False, item.high, item.high_closed, sure))
        if not ends and cell.domain.na and not level and not welcome:
            ends.append(Member(cell, NumberSet((item,)), reading))  # any number, but not n/a
        parts.append(all_of(ends))
    # A gap in the value may hold the test, or hold what lies between two parts of it.
    gaps = len(parts) > 1 or (reading == "possible" and any(map(_two_sided, parts)))
    if welcome:
        parts.insert(0, Member(cell, NumberSet((), True), reading))
    hull = any_of(parts)
    return Member(cell, accepts, reading, hull) if gaps and not level else hull


def _two_sided(part: Formula) -> bool:
    return isinstance(part, And) and len(part.of) > 1


_SIDES: dict[Reading, tuple[Side, Side]] = {
    "certain": ("low", "high"),
    "possible": ("high", "low"),
    "indicated": ("told", "low"),
}
"""Which end must be over a test's lower bound, and which under its upper bound."""


@lru_cache
def whole_of(domain: NumberDomain) -> tuple[Interval, ...]:
    """All numbers of a domain: a test need not ask for an end that it shares with them."""
    return domain.restrict(domain.whole).intervals


def all_of(parts: Iterable[Formula]) -> Formula:
    """The conjunction, flat and without constants."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == FALSE:
            return FALSE
        found.update(dict.fromkeys(part.of if isinstance(part, And) else (part,)))
    return next(iter(found)) if len(found) == 1 else And(tuple(found))


def any_of(parts: Iterable[Formula]) -> Formula:
    """The disjunction, flat and without constants."""
    found: dict[Formula, None] = {}
    for part in parts:
        if part == TRUE:
            return TRUE
        found.update(dict.fromkeys(part.of if isinstance(part, Or) else (part,)))
    return next(iter(found)) if len(found) == 1 else Or(tuple(found))


def threshold(count: int, parts: Iterable[Formula]) -> Formula:
    """At least `count` of the parts, which count as often as they are given."""
    given = list(parts)
    count -= sum(1 for part in given if part == TRUE)
    rest = tuple(part for part in given if part not in (TRUE, FALSE))
    if count <= 0:
        return TRUE
    if count > len(rest):
        return FALSE
    if count == 1:
        return any_of(rest)
    if count == len(rest):
        return all_of(rest)
    return Threshold(count, rest)


def rewritten(formula: Formula, change: Callable[[Atom], Formula]) -> Formula:
    """The formula with something else for each atom."""
    match formula:
        case And(parts):
            return all_of([rewritten(part, change) for part in parts])
        case Or(parts):
            return any_of([rewritten(part, change) for part in parts])
        case Threshold(count, parts):
            return threshold(count, [rewritten(part, change) for part in parts])
        case _:
            return change(formula)


def size(formula: Formula) -> int:
    """How many atoms a formula has."""
    return sum(map(size, formula.of)) if isinstance(formula, And | Or | Threshold) else 1
