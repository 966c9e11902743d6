"""Which tests of a condition decide it: those that alone would turn it round.

A condition is read with each test as true or false. A test decides where the condition would be
the other way with that test the other way and all others as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from msgspec import Struct

from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    Constant,
    Not,
    Test,
)


class Weighed(Struct, frozen=True):
    """Whether a condition holds, and the tests that decide it."""

    holds: bool
    deciding: tuple[Test, ...] = ()


def weigh(condition: Condition, holds: Callable[[Test], bool]) -> Weighed:
    """Whether a condition holds by its tests, and which of them decide that."""
    match condition:
        case Test():
            return Weighed(holds(condition), (condition,))
        case Constant(value=value):
            return Weighed(value)
        case Not(of=part):
            inner = weigh(part, holds)
            return Weighed(not inner.holds, inner.deciding)
        case All(of=parts):
            return _at_least(len(parts), [weigh(part, holds) for part in parts])
        case Any(of=parts):
            return _at_least(1, [weigh(part, holds) for part in parts])
        case AtLeast(count=count, of=parts):
            return _at_least(count, [weigh(part, holds) for part in parts])
        case Case():
            return _case(condition, holds)


def _at_least(count: int, parts: list[Weighed]) -> Weighed:
    """With just enough parts each that holds decides; with one too few each that does not."""
    number = sum(part.holds for part in parts)
    holds = number >= count
    if number not in {count, count - 1}:
        return Weighed(holds)
    return Weighed(holds, _of(part for part in parts if part.holds == holds))


def _of(parts: Iterator[Weighed]) -> tuple[Test, ...]:
    """The tests of several parts, each once for each place where it is written."""
    found = chain.from_iterable(part.deciding for part in parts)
    return tuple({(test, test.origins): test for test in found}.values())


def _case(case: Case, holds: Callable[[Test], bool]) -> Weighed:
    guards = [weigh(guard, holds) for guard, _ in case.branches]
    bodies = [weigh(body, holds) for _, body in case.branches]
    bodies.append(weigh(case.otherwise, holds))
    chosen = next((n for n, guard in enumerate(guards) if guard.holds), len(guards))
    outcome = bodies[chosen].holds
    deciding = [bodies[chosen]]
    for number, guard in enumerate(guards[: chosen + 1]):
        turned = number  # where this guard holds and did not, the case stops there
        if number == chosen:
            later = range(number + 1, len(guards))
            turned = next((n for n in later if guards[n].holds), len(guards))
        if bodies[turned].holds != outcome:
            deciding.append(guard)
    return Weighed(outcome, _of(iter(deciding)))
