"""Whether past the end of a bound a level is reached by something else, just as within it."""

from __future__ import annotations

from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Not,
    Test,
)
from planengine.rules.normal import any_of, normalise
from planengine.rules.walk import tests_of
from planengine.values.sets import Interval, Number, NumberSet
from planengine.witnesses.steps import End


def taken_over(reached: Condition, own: Condition, test: Test, end: End) -> bool:
    """Whether nothing hangs on an end of a test's bound in one rule of a level.

    `reached` is when the level is reached at all, `own` the rule's own condition.
    """
    past = end.beside if end.closed else end.at
    if not any(other.cell == test.cell and _takes(other, past) for other in tests_of(reached)):
        return False
    there = _where(reached, test.cell, past, None)
    within = _where(own, test.cell, past, test)
    return any_of([there, within]) == there


def _where(condition: Condition, cell: Cell, value: Number, held: Test | None) -> Condition:
    """A condition with a value for one of its cells; one test is held to be met."""

    def put(part: Condition) -> Condition:
        match part:
            case Test():
                if part.cell != cell:
                    return part
                return ALWAYS if part is held or _takes(part, value) else NEVER
            case All() | Any():
                return type(part)(tuple(put(one) for one in part.of))
            case AtLeast():
                return AtLeast(part.count, tuple(put(one) for one in part.of))
            case Case():
                branches = tuple((put(guard), put(body)) for guard, body in part.branches)
                return Case(branches, put(part.otherwise))
            case Not():
                return Not(put(part.of))
            case _:
                return part

    return normalise(put(condition))


def _takes(test: Test, value: Number) -> bool:
    only = NumberSet((Interval(value, value, True, True),))
    return isinstance(test.accepts, NumberSet) and only.issubset(test.accepts)
