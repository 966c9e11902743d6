"""The simplest worlds: a city whose facts lie in a range, from the mildest point to the worst."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from tests.oracle import NA, NotApplicable, Point
from tests.worlds.bounds import shown
from tests.worlds.documents import Drawn
from tests.worlds.draws import pick, upto
from tests.worlds.small import FACTS, TICKS, clock, leaves
from tests.worlds.told import Observation
from tests.worlds.world import World

MOST = 14  # more than any bound that is drawn: it stands for everything above
Range = tuple[int, int]  # places in `points_of`, both included
Told = Mapping[str, Range]


def points_of(name: str) -> list[Point]:
    """All that a fact may be, as far as bounds can tell it apart, from the mildest on."""
    fact = FACTS[name]
    if fact.type == "flag":
        return [NA, False, True]
    if fact.type == "category":
        return [NA, *fact.values]
    if fact.type == "count":
        return [NA, *range(MOST + 1)]
    return [NA, *(Fraction(half, 2) for half in range(MOST * 2 + 1))]


def range_of(name: str, told: Range) -> list[Point]:
    """What a fact may still be."""
    return points_of(name)[told[0] : told[1] + 1]


@st.composite
def ranges(draw: st.DrawFn, drawn: Drawn) -> Told:
    """For each fact what is told of it: nothing, n/a, a point or a range."""
    return {name: _range(draw, name) for name in sorted(drawn.facts - {"leak"})}


def _range(draw: st.DrawFn, name: str) -> Range:
    last = len(points_of(name)) - 1
    how = pick(draw, ["nothing", "n/a", "point", "range", "range", "at least"])
    if how == "nothing":
        return (1, 1) if FACTS[name].by_exception else (0, last)
    if how == "n/a" and not FACTS[name].by_exception:
        return (0, 0)
    low = upto(draw, last, 1)
    if how == "at least":
        return (low, last)
    return (low, low if how == "point" else min(low + upto(draw, 5), last))


@st.composite
def worse(draw: st.DrawFn, told: Told) -> Told:
    """Ranges whose ends are each as bad as before or worse."""
    found: dict[str, Range] = {}
    for name, (low, high) in told.items():
        last = len(points_of(name)) - 1
        if not FACTS[name].ordered:
            found[name] = (low, high)
            continue
        upper = upto(draw, last, high)
        lower = upto(draw, upper, low)
        found[name] = (max(lower, 1) if upper not in (0, last) else lower, upper)
    return found


def incident(told: Told, tick: int) -> Observation:
    """What is told of the city at one time, as `Engine.assess` takes it."""
    facts = {name: _stated(name, limits) for name, limits in told.items()}
    stated = {name: value for name, value in facts.items() if value is not None}
    observation = {"id": "told", "at": clock(tick), "area": "city", "facts": stated}
    return {"incident": "x", "hazards": ["flood"], "observations": [observation] if stated else []}


def _stated(name: str, told: Range) -> object:
    points = range_of(name, told)
    if len(points) == len(points_of(name)):
        return None
    if len(points) == 1:
        only = points[0]
        if isinstance(only, NotApplicable):
            return "n/a"
        return only if isinstance(only, bool | str) else shown(only)
    if FACTS[name].type in ("flag", "category"):
        return points
    low, high = points[0], points[-1]
    assert isinstance(low, int | Fraction)
    assert isinstance(high, int | Fraction)
    return f"≥ {shown(low)}" if high == MOST else f"[{shown(low)}..{shown(high)}]"


def world(facts: Mapping[str, Point]) -> World:
    """A world of one county, in which the city's facts are these."""
    values: dict[tuple[str, str], list[Point]] = {}
    for name, point in facts.items():
        places = leaves(name)  # the first one has it, or is all there is
        for place in places:
            values[name, place] = [point if place == places[0] else NA] * (TICKS + 1)
    return World(values)
