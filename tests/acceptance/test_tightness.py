"""Where nothing better can be known, nothing better is said (SEMANTICS 6, 23, 27)."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

import planengine
from tests.worlds import city, made
from tests.worlds.drawing import libraries, rising
from tests.worlds.laws import law
from tests.worlds.levels import Ranks
from tests.worlds.small import clock

TICK = 9
FEW = ("deaths", "missing", "alarm", "damage", "ground", "lost")


@law(0.3)
@given(st.data())
def test_an_exact_level_is_that_of_some_world(data: st.DataObject) -> None:
    """Of all worlds that fit, the mildest has `level` and the worst `could_reach`."""
    drawn = data.draw(libraries(timed=False, simple=True, facts=FEW, most=2))
    told = data.draw(city.ranges(drawn))
    engine = made.load(drawn, {}).compile()
    found = engine.assess(city.incident(told, TICK), at=clock(TICK))
    exact = {one.id for one in found.decisions if one.exact}
    reached: dict[str, set[int]] = {unit: set() for unit in exact}
    names = sorted(told)
    for points in product(*(city.range_of(name, told[name]) for name in names)):
        world = city.world(dict(zip(names, points, strict=True)))
        ranks = Ranks(drawn, world, TICK).by_name()
        for unit in exact:
            reached[unit].add(ranks[unit])
    for unit, (level, could_reach, _) in made.ranks(found).items():
        if unit in exact:
            assert (level, could_reach) == (min(reached[unit]), max(reached[unit])), unit


@law(0.3)
@given(st.data())
def test_levels_of_rising_rules_are_those_of_the_mildest_and_the_worst_world(
    data: st.DataObject,
) -> None:
    """Plans that lift each other in circles have the least fixpoint at both ends."""
    drawn = data.draw(rising())
    told = data.draw(city.ranges(drawn))
    engine = made.load(drawn, {}).compile()
    found = made.ranks(engine.assess(city.incident(told, TICK), at=clock(TICK)))
    ends = []
    for place in (0, -1):
        world = city.world({name: city.range_of(name, told[name])[place] for name in told})
        ends.append(Ranks(drawn, world, TICK).by_name())
    for unit, (level, could_reach, _) in found.items():
        assert (level, could_reach) == (ends[0][unit], ends[1][unit]), unit


@law(0.3)
@given(st.data())
def test_what_is_accepted_as_monotone_is(data: st.DataObject) -> None:
    """Any standard that may call itself monotone: worse facts never give a milder answer."""
    drawn = data.draw(st.one_of(rising(), libraries(timed=False, simple=True, facts=FEW)))
    drawn = drawn.as_monotone()
    mild = data.draw(city.ranges(drawn))
    try:
        engine = made.load(drawn, {}).compile()
    except planengine.PlanError as refused:
        assert {one.code for one in refused.diagnostics if one.severity == "error"} == {
            "not-monotone"
        }
        return
    worse = data.draw(city.worse(mild))
    before = made.ranks(engine.assess(city.incident(mild, TICK), at=clock(TICK)))
    after = made.ranks(engine.assess(city.incident(worse, TICK), at=clock(TICK)))
    for unit in before:
        if unit.startswith(("harm", "signal")):
            assert before[unit] <= after[unit], unit
