"""What is indicated: between level and could_reach, the same from every engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.engines.both import BothEngines
from planengine.engines.durable import DurableEngine
from planengine.engines.kernel import Kernel
from planengine.rules.conditions import All, Any, Case, Cell, Test
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import TRUE, ChoiceSet, Interval, NumberSet, ValueSet, at_least, number
from tests.engines import plain
from tests.engines.rulesets import (
    BREACH,
    DEATHS,
    DENSITY,
    RAIN,
    SHARE,
    Rule,
    built,
    issued_levels,
    level,
    rule_sets,
    set_values,
    sets,
    thorough,
)


@st.composite
def reports(draw: st.DrawFn, ruleset: RuleSet, values: list[ValueSet]) -> list[ValueSet | None]:
    """What was reported of each cell: nothing, all that is known, or a part of it."""
    found: list[ValueSet | None] = []
    for cell, value in zip(ruleset.cells, values, strict=True):
        part = draw(sets(cell, test=False))
        narrower = (value & part) or value  # type: ignore[operator]
        found.append(draw(st.sampled_from((None, value, narrower))))
    return found


@pytest.mark.slow
@thorough(80)
@given(st.data())
def test_every_engine_answers_as_the_plain_definition(data: st.DataObject):
    ruleset = data.draw(rule_sets()).ruleset
    kernel = Kernel(ruleset)
    with DurableEngine(ruleset) as durable:
        both = BothEngines(kernel, durable)
        for _ in range(3):
            values = data.draw(set_values(ruleset))
            issued = data.draw(issued_levels(ruleset))
            reported = data.draw(reports(ruleset, values))
            decided = both.decide(values, issued)
            answer = both.indicate(values, reported, decided, issued)
            assert answer == plain.indicate(ruleset, values, reported, issued)
            for rank, (least, most, _) in zip(answer, decided, strict=True):
                assert least <= rank <= most


def ask(rules: dict[str, list[Rule]], told: dict[Cell, ValueSet]) -> list[tuple[int, int, int]]:
    """(level, indicated, could reach) of each unit, where only `told` was stated."""
    ruleset = built(rules).ruleset
    values = [told.get(cell, cell.domain.everything) for cell in ruleset.cells]
    reported = [told.get(cell) for cell in ruleset.cells]
    with DurableEngine(ruleset) as durable:
        both = BothEngines(Kernel(ruleset), durable)
        decided = both.decide(values)
        found = both.indicate(values, reported, decided)
    return [(low, told, high) for (low, high, _), told in zip(decided, found, strict=True)]


def span(low: int, high: int) -> NumberSet:
    return NumberSet((Interval(low, high),))


GRADE = [Rule(rank, Any((Test(DEATHS, at_least(each)), Test(RAIN, at_least(each)))))
         for rank, each in ((4, 30), (3, 10), (2, 3), (1, 1))]  # fmt: skip


def test_silence_about_another_fact_indicates_nothing():
    assert ask({"grade@home": GRADE}, {DEATHS: span(2, 55)}) == [(1, 4, 4)]
    assert ask({"grade@home": GRADE}, {DEATHS: span(2, 9)}) == [(1, 2, 4)]
    assert ask({"grade@home": GRADE}, {}) == [(0, 0, 4)]


def test_levels_are_read_up_to_what_is_indicated():
    rules = {"grade@home": GRADE, "plan@home": [Rule(4, level("grade@home", 3, "computed"))]}
    assert ask(rules, {DEATHS: span(2, 12)}) == [(1, 3, 4), (0, 4, 4)]
    assert ask(rules, {DEATHS: span(2, 9)}) == [(1, 2, 4), (0, 0, 4)]


def test_guards_follow_the_worlds_of_what_was_reported():
    cases = Case(((Test(RAIN, at_least(200)), Test(SHARE, at_least(30))),
                  (Test(RAIN, at_least(50)), Test(SHARE, at_least(40)))), Test(BREACH, TRUE))  # fmt: skip
    rules = {"load@home": [Rule(2, cases)]}
    assert ask(rules, {RAIN: span(60, 300), SHARE: number(35)}) == [(0, 2, 2)]
    assert ask(rules, {RAIN: span(60, 190), SHARE: number(35)}) == [(0, 0, 0)]
    assert ask(rules, {SHARE: number(35)}) == [(0, 0, 2)]
    assert ask(rules, {SHARE: number(45)}) == [(0, 0, 2)]  # rain may be under 50
    assert ask(rules, {SHARE: number(45), BREACH: TRUE}) == [(2, 2, 2)]  # whatever the rain is
    assert ask(rules, {RAIN: span(0, 300), SHARE: number(45), BREACH: TRUE}) == [(2, 2, 2)]


def test_what_does_not_hang_on_a_silent_cell_is_indicated_beside_it():
    dense, fair = (ChoiceSet(frozenset({name})) for name in ("dense", "fairly-dense"))
    crossing = Any((All((Test(DENSITY, dense), Test(DEATHS, span(1, 1)))),
                    All((Test(DENSITY, fair), Test(DEATHS, span(2, 2)))),
                    Test(DEATHS, span(3, 3))))  # fmt: skip
    rules = {"grade@home": [Rule(1, crossing)]}
    assert ask(rules, {DEATHS: span(3, 5)}) == [(0, 1, 1)]
    assert ask(rules, {DEATHS: span(1, 2)}) == [(0, 0, 1)]
    assert ask(rules, {DEATHS: span(1, 2), DENSITY: dense}) == [(0, 1, 1)]
