"""Bounds as authors write them, each with what it means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

from tests.oracle import NA, NotApplicable, Point
from tests.worlds.draws import pick, rarely, some_of, upto
from tests.worlds.small import FACTS, LEVELS, Fact

Number = int | Fraction


@dataclass(frozen=True)
class Bound:
    """A bound as YAML has it, and which points meet it; n/a meets none but `n/a`."""

    written: object
    meets: Callable[[Point], bool]


def applicable(meets: Callable[[Number], bool]) -> Callable[[Point], bool]:
    """A test of numbers, as a test of points."""
    return lambda point: not isinstance(point, NotApplicable | str) and meets(point)


def shown(number: Number) -> str:
    return str(number) if Fraction(number).denominator == 1 else f"{float(number):g}"


def one_of(*choices: object) -> Callable[[Point], bool]:
    return lambda point: not isinstance(point, NotApplicable) and point in choices


def number_bounds(draw: st.DrawFn, fact: Fact, *, upward: bool = False) -> Bound:
    """Any spelling of a bound of a number; `upward` ones hold for everything larger."""
    unit = fact.unit
    step: Number = 20 if unit == "%" else 1 if fact.type == "count" else Fraction(1, 2)
    a: Number = 1 + upto(draw, 6) * step
    b: Number = a + upto(draw, 4, 2) * step
    low, high = shown(a), shown(b)
    rising = [
        (f"≥ {low}", lambda x: x >= a),
        (f"> {low} {unit}", lambda x: x > a),
        (f"{low}{unit}以上", lambda x: x >= a),
        (f"超过{low}{unit}", lambda x: x > a),
        (f"[{low}..)", lambda x: x >= a),
    ]
    others = [
        (f"< {low}", lambda x: x < a),
        (f"≤ {low} {unit}", lambda x: x <= a),
        (f"{low}{unit}以下", lambda x: x < a),
        (f"不足{low}{unit}", lambda x: x < a),
        (f"{low}{unit}及以下", lambda x: x <= a),
        (f"[{low}..{high})", lambda x: a <= x < b),
        (f"({low}..{high}]", lambda x: a < x <= b),
        (f"({low}..{high})", lambda x: a < x < b),
        (f"{low}{unit}以上{high}{unit}以下", lambda x: a <= x < b),
        (f"= {low}", lambda x: x == a),
        (f"≠ {low}", lambda x: x != a),
        ({"exactly": a if isinstance(a, int) else low}, lambda x: x == a),
        ([low, high], lambda x: x in (a, b)),
    ]
    written, meets = pick(draw, rising if upward else [*rising, *rising, *others])
    return Bound(written, applicable(meets))


def choice_bounds(draw: st.DrawFn, fact: Fact, *, upward: bool = False) -> Bound:
    """A bound of a category: a value, several, or a comparison in its order."""
    values = fact.values
    place = upto(draw, len(values) - 1, 1)
    worse = Bound(f"≥ {values[place]}", one_of(*values[place:]))
    if upward:
        return worse
    one = pick(draw, values)
    few = some_of(draw, values, 1, 2)
    found = [Bound(one, one_of(one)), Bound(few, one_of(*few))]
    if fact.ordered:
        found += [worse, Bound(f"< {values[place]}", one_of(*values[:place]))]
    return pick(draw, found)


def fact_bounds(draw: st.DrawFn, name: str, *, upward: bool = False) -> Bound:
    """A bound that the fact can meet; rarely `n/a`."""
    fact = FACTS[name]
    if not upward and rarely(draw, 20):
        return Bound("n/a", lambda point: point is NA)
    if fact.type == "flag":
        yes = [Bound(True, one_of(True)), Bound("是", one_of(True))]
        return pick(draw, yes if upward else [*yes, Bound(False, one_of(False))])
    if fact.type == "category":
        return choice_bounds(draw, fact, upward=upward)
    return number_bounds(draw, fact, upward=upward)


def level_bounds(
    draw: st.DrawFn, scale: str, *, upward: bool
) -> tuple[object, Callable[[int], bool]]:
    """A bound of a level and which ranks meet it; a bare level is that or worse."""
    levels = LEVELS[scale]
    rank = upto(draw, len(levels), 1)
    name = levels[rank - 1]
    found: list[tuple[object, Callable[[int], bool]]] = [(name, lambda r: r >= rank)]
    if not upward:
        found += [
            ({"exactly": name}, lambda r: r == rank),
            ({"exactly": "none"}, lambda r: r == 0),
            ([name, "none"], lambda r: r in (rank, 0)),
            (f"< {name}", lambda r: r < rank),
        ]
    return pick(draw, found)
