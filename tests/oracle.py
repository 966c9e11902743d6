"""A plain two-valued evaluator, independent of the package's normal form and shadows.

It reads un-normalised conditions over *worlds*: one point (a number, a choice, or `NA`)
for every cell. The laws compare both shadows with it over all worlds that fit a value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise, product

from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Constant,
    Not,
    Test,
)
from planengine.values.sets import ChoiceSet, NumberDomain, NumberSet, ValueSet


class NotApplicable:
    """The point *n/a*."""

    def __repr__(self) -> str:
        return "NA"


NA = NotApplicable()
Point = int | Fraction | str | bool | NotApplicable


def contains(accepts: ValueSet, point: Point) -> bool:
    """Whether a point is a member of a set, by comparing ends one by one."""
    if isinstance(point, NotApplicable):
        return accepts.na
    if isinstance(accepts, ChoiceSet):
        return any(point == member and type(point) is type(member) for member in accepts.members)
    assert not isinstance(point, str)
    for item in accepts.intervals:
        over = point > item.low or (point == item.low and item.low_closed)
        under = point < item.high or (point == item.high and item.high_closed)
        if over and under:
            return True
    return False


def holds(condition: Condition, point_of: Callable[[Cell], Point]) -> bool:
    """Whether a condition, normal or not, is true in one world."""
    if isinstance(condition, Constant):
        return condition.value
    if isinstance(condition, Test):
        return contains(condition.accepts, point_of(condition.cell))
    if isinstance(condition, Not):
        return not holds(condition.of, point_of)
    if isinstance(condition, Case):
        for guard, body in condition.branches:
            if holds(guard, point_of):
                return holds(body, point_of)
        return holds(condition.otherwise, point_of)
    true = [part for part in condition.of if holds(part, point_of)]
    if isinstance(condition, All):
        return len(true) == len(condition.of)
    if isinstance(condition, Any):
        return len(true) > 0
    assert isinstance(condition, AtLeast)
    return len(true) >= condition.count


def points(value: ValueSet, thresholds: Iterable[int | Fraction], integer: bool) -> list[Point]:
    """One point of each region of a value that the thresholds can tell apart.

    With integer cells every integer between the outermost thresholds (and one beyond) counts.
    """
    found: list[Point] = [NA] if value.na else []
    if isinstance(value, ChoiceSet):
        return [*found, *sorted(value.members, key=str)]
    ends = {
        end
        for item in value.intervals
        for end in (item.low, item.high)
        if not isinstance(end, float)
    }
    marks: list[int | Fraction] = sorted(ends | set(thresholds)) or [0]
    if integer:
        candidates: list[int | Fraction] = list(range(int(marks[0]) - 1, int(marks[-1]) + 2))
    else:
        halves = [Fraction(a + b) / 2 for a, b in pairwise(marks)]
        candidates = sorted({marks[0] - 1, *marks, *halves, marks[-1] + 1})
    return [*found, *(point for point in candidates if contains(value, point))]


def cells_of(condition: Condition) -> dict[Cell, set[int | Fraction]]:
    """Every cell that a condition tests, with the finite ends of its tests."""
    found: dict[Cell, set[int | Fraction]] = {}
    waiting: list[Condition] = [condition]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Test):
            ends = found.setdefault(item.cell, set())
            if isinstance(item.accepts, NumberSet):
                for interval in item.accepts.intervals:
                    for end in (interval.low, interval.high):
                        if not isinstance(end, float):
                            ends.add(end)
        elif isinstance(item, Not):
            waiting.append(item.of)
        elif isinstance(item, Case):
            waiting.extend(part for branch in item.branches for part in branch)
            waiting.append(item.otherwise)
        elif isinstance(item, All | Any | AtLeast):
            waiting.extend(item.of)
    return found


def worlds(
    conditions: Iterable[Condition], values: Mapping[Cell, ValueSet]
) -> Iterator[Mapping[Cell, Point]]:
    """Every world that fits the values, up to what the conditions can tell apart.

    A cell without a value may be all its domain holds. Lasting cells are plain flags here.
    """
    thresholds: dict[Cell, set[int | Fraction]] = {}
    for condition in conditions:
        for cell, ends in cells_of(condition).items():
            thresholds.setdefault(cell, set()).update(ends)
    cells = list(thresholds)
    choices = [
        points(
            values.get(cell, cell.domain.everything),
            thresholds[cell],
            isinstance(cell.domain, NumberDomain) and cell.domain.integer,
        )
        for cell in cells
    ]
    for combination in product(*choices):
        yield dict(zip(cells, combination, strict=True))


def truths(condition: Condition, values: Mapping[Cell, ValueSet]) -> tuple[bool, bool]:
    """The exact answer by brute force: (true in every world, true in some world)."""
    answers = {holds(condition, world.__getitem__) for world in worlds([condition], values)}
    return answers == {True}, True in answers


__all__ = [
    "NA",
    "NotApplicable",
    "Point",
    "cells_of",
    "contains",
    "holds",
    "points",
    "truths",
    "worlds",
]
