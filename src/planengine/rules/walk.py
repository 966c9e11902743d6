"""Walking a condition: its tests and the cells they ask about, in the author's order."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.rules.conditions import All, Any, AtLeast, Case, Cell, Condition, Not, Test


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test in a condition; the body of a lasting cell is not entered."""
    match condition:
        case Test():
            yield condition
        case All() | Any() | AtLeast():
            for child in condition.of:
                yield from tests_of(child)
        case Case():
            for guard, body in condition.branches:
                yield from tests_of(guard)
                yield from tests_of(body)
            yield from tests_of(condition.otherwise)
        case Not():
            yield from tests_of(condition.of)


def cells_of(condition: Condition) -> Iterator[Cell]:
    """Every cell that a condition asks about, once per test."""
    return (test.cell for test in tests_of(condition))
