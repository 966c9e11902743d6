"""What both engines require of a rule set and of the values they are given.

Only the checks are shared: how conditions are answered is each engine's own.
"""
# ruff: noqa: TRY004  # what is wrong is what callers pass as data: always ValueError

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import inf, isinf, nextafter
from typing import TypeAlias

from msgspec import Struct

from planengine.diagnostics import ArgumentError
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    LevelCell,
    Not,
    Test,
)
from planengine.rules.ruleset import RuleSet, Unit
from planengine.values.sets import (
    Choice,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    number,
)

Decision: TypeAlias = tuple[int, int, int]
"""(level, could_reach, obliged) of one unit, as ranks of its scale; 0 is none."""

Value: TypeAlias = ValueSet | int | float | Fraction | str | bool | None
"""What a cell may be given: a set, a known point, or None for "nothing is known"."""

LIMIT = 2**53
"""Numbers beyond this are not exact as floats, so no bound and no point may exceed it."""


class Layout(Struct, frozen=True):
    """Where everything of a rule set stands, by what conditions call it."""

    units: Mapping[UnitKey, int]
    cells: Mapping[Cell, int]
    component: tuple[int, ...]  # of each unit, as an index into the rule set's components
    cyclic: tuple[bool, ...]  # of each component


def layout_of(ruleset: RuleSet) -> Layout:
    """Checks a rule set and says where its units and cells stand.

    Raises ValueError where a condition reads an unknown cell or unit, where a component
    reads a later one, where units of one component read one another by a test that is not
    upward, and where two bounds of a cell are too large or too close for floats.
    """
    units = {unit.id: index for index, unit in enumerate(ruleset.units)}
    cells = {cell: index for index, cell in enumerate(ruleset.cells)}
    component = [-1] * len(ruleset.units)
    for place, members in enumerate(ruleset.components):
        for member in members:
            component[member] = place
    if len(units) != len(ruleset.units) or -1 in component:
        raise ValueError("every unit must have its own id and stand in one component")
    cyclic = [len(members) > 1 for members in ruleset.components]
    for index, unit in enumerate(ruleset.units):
        for test, positive in unit_tests(unit):
            cell = test.cell
            if not (isinstance(cell, LevelCell) and cell.read != "active"):
                if cell not in cells:
                    raise ValueError(f"{unit.id} reads {cell}, which the rule set does not list")
                continue
            if cell.unit not in units:
                raise ValueError(f"{unit.id} reads {cell}, and there is no such unit")
            if not isinstance(test.accepts, NumberSet):
                raise ValueError(f"{unit.id} must test {cell} against ranks, not {test}")
            there = component[units[cell.unit]]
            if there > component[index]:
                raise ValueError(f"{unit.id} reads {cell}, which is decided only after it")
            if there == component[index]:
                cyclic[there] = True
                if not (positive and is_upward(test, ruleset.units[units[cell.unit]])):
                    raise ValueError(
                        f"{unit.id} and {cell.unit} depend on each other, so {unit.id} may"
                        f" only ask whether {cell} is at least a level: {test}"
                    )
    for cell, ends in finite_bounds(ruleset).items():
        _check_bounds(cell, sorted(ends))
    return Layout(units, cells, tuple(component), tuple(cyclic))


def unit_tests(unit: Unit) -> Iterator[tuple[Test, bool]]:
    """Every test that decides a unit, and whether its truth can only help; each object once."""
    seen: set[tuple[int, bool]] = set()
    waiting = [(item, True) for item in (*unit.at_least, *unit.obliged_at_least)]
    while waiting:
        condition, positive = waiting.pop()
        if (id(condition), positive) in seen:  # the ranks of a unit share most of their parts
            continue
        seen.add((id(condition), positive))
        match condition:
            case Test():
                yield condition, positive
            case All() | Any() | AtLeast():
                waiting += [(part, positive) for part in condition.of]
            case Case():
                waiting += [(guard, False) for guard, _ in condition.branches]
                waiting += [(body, positive) for _, body in condition.branches]
                waiting.append((condition.otherwise, positive))
            case Not():
                raise ValueError(f"a condition is not in the normal form: {condition}")


def rank_domain(unit: Unit) -> NumberDomain:
    """The ranks that a unit can have: 0, which is none, to its scale's most severe."""
    return NumberDomain(NumberSet((Interval(0, len(unit.scale.levels)),)), integer=True)


def is_upward(test: Test, unit: Unit) -> bool:
    """Whether a test of a unit's level asks for a rank or worse."""
    domain = rank_domain(unit)
    return isinstance(test.accepts, NumberSet) and (
        domain.direction(domain.restrict(NumberSet(test.accepts.intervals))) == "up"
    )


def finite_bounds(ruleset: RuleSet) -> Mapping[Cell, frozenset[Fraction | int]]:
    """The finite ends of all tests and of the domain, of every given cell that is tested."""
    found: dict[Cell, set[Fraction | int]] = {}
    for unit in ruleset.units:
        for test, _ in unit_tests(unit):
            cell = test.cell
            if isinstance(cell, LevelCell) and cell.read != "active":
                continue
            if cell not in found:
                domain = cell.domain
                found[cell] = (
                    set(_finite_ends(domain.whole)) if isinstance(domain, NumberDomain) else set()
                )
            if isinstance(test.accepts, NumberSet):
                found[cell].update(_finite_ends(test.accepts))
    return {cell: frozenset(ends) for cell, ends in found.items()}


def _finite_ends(numbers: NumberSet) -> Iterator[Fraction | int]:
    for item in numbers.intervals:
        for end in (item.low, item.high):
            if not isinstance(end, float):  # the only floats in a set are the infinities
                yield end


def _check_bounds(cell: Cell, ends: Sequence[Fraction | int]) -> None:
    before = -inf
    for end in ends:
        if not -LIMIT < end < LIMIT:
            raise ValueError(f"{cell}: the bound {end} is too large to be compared exactly")
        here = float(end)
        if _steps_up(before, 4) > here:
            raise ValueError(f"{cell}: the bounds {before} and {here} are too close to tell apart")
        before = here


def _steps_up(value: float, steps: int) -> float:
    if isinf(value):
        return value
    for _ in range(steps):
        value = nextafter(value, inf)
    return value


def value_set(cell: Cell, value: Value) -> ValueSet:
    """The set of what a cell may be, within its domain.

    A float is the decimal number that Python prints for it. Raises ArgumentError naming the
    cell where the value has a wrong type, is not finite, or lies outside the domain.
    """
    domain = cell.domain
    if value is None:
        return domain.everything
    if isinstance(domain, NumberDomain):
        found: ValueSet = _number_set(cell, domain, value)
    else:
        found = _choice_set(cell, domain, value)
    if not found:
        raise ArgumentError(f"{cell}: {value!r} is not among the values it can have")
    return found


def _number_set(cell: Cell, domain: NumberDomain, value: Value) -> NumberSet:
    if isinstance(value, NumberSet):
        for item in value.intervals:
            for end in (item.low, item.high):
                if isinstance(end, float) and not isinf(end):
                    raise ArgumentError(f"{cell}: the ends of a set must be exact, not {end!r}")
        return value if _inside(domain, value) else domain.restrict(value)
    if isinstance(value, bool) or not isinstance(value, int | float | Fraction):
        raise ArgumentError(f"{cell}: expected a number or a set of numbers, not {value!r}")
    if not -LIMIT <= value <= LIMIT:  # as is neither infinity nor what is not a number
        raise ArgumentError(f"{cell}: expected a finite number up to 2^53, not {value!r}")
    if isinstance(value, float):
        value = int(value) if value.is_integer() else Fraction(repr(float(value)))
    elif not isinstance(value, Fraction):
        value = int(value)
    return domain.restrict(number(value))


def _inside(domain: NumberDomain, value: NumberSet) -> bool:
    """Whether a set surely lies in a domain in its canonical form (False: it may still)."""
    whole = domain.whole.intervals
    if len(whole) != 1:
        return False
    (around,) = whole
    for item in value.intervals:
        low, high = item.low, item.high
        if low < around.low or (low == around.low and item.low_closed > around.low_closed):
            return False
        if high > around.high or (high == around.high and item.high_closed > around.high_closed):
            return False
        if domain.integer:
            if not (isinstance(low, float) or (item.low_closed and isinstance(low, int))):
                return False
            if not (isinstance(high, float) or (item.high_closed and isinstance(high, int))):
                return False
    return True


def _choice_set(cell: Cell, domain: ChoiceDomain, value: Value) -> ChoiceSet:
    if isinstance(value, ChoiceSet):
        return domain.restrict(value)
    if not isinstance(value, bool | str):
        raise ArgumentError(f"{cell}: expected {_choices(domain)} or a set of them, not {value!r}")
    for choice in domain.values:
        if choice == value:  # a truth value never equals a text
            return ChoiceSet(frozenset({choice}))
    raise ArgumentError(f"{cell}: expected {_choices(domain)} or a set of them, not {value!r}")


def _choices(domain: ChoiceDomain) -> str:
    return ", ".join(choice_text(choice) for choice in domain.values)


def choice_text(choice: Choice) -> str:
    """A choice as people write it."""
    return str(choice).lower() if isinstance(choice, bool) else choice


def check_issued(ruleset: RuleSet, issued: Mapping[int, int]) -> None:
    """Raises ValueError where an issued level is not a rank of the unit it is given for."""
    for index, rank in issued.items():
        if not 0 <= index < len(ruleset.units):
            raise ValueError(f"there is no unit {index} to have an issued level")
        unit = ruleset.units[index]
        if isinstance(rank, bool) or not isinstance(rank, int):
            raise ValueError(f"{unit.id}: an issued level is a rank, not {rank!r}")
        if not 0 <= rank <= len(unit.scale.levels):
            raise ValueError(f"{unit.id}: its scale has no rank {rank}")
