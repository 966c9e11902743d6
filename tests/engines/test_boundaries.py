"""Hand-made cases where engines usually go wrong, asked of every engine."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf

import pytest

from planengine.engines.contract import Value
from planengine.engines.durable import DurableEngine
from planengine.engines.kernel import Kernel
from planengine.rules.conditions import ALWAYS, All, Any, AtLeast, Case, Cell, Condition, Not, Test
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import (
    FALSE,
    NOT_APPLICABLE_CHOICE,
    NOT_APPLICABLE_NUMBER,
    TRUE,
    ChoiceSet,
    Interval,
    NumberSet,
    ValueSet,
    above,
    at_least,
    at_most,
    below,
    number,
)
from tests.engines import plain
from tests.engines.rulesets import (
    ACTIVE,
    BREACH,
    CELLS,
    DEATHS,
    DENSITY,
    JUDGED,
    RAIN,
    SHARE,
    STAGE,
    Rule,
    as_set,
    built,
    by_name,
    level,
)

Ask = Callable[[Condition, Cell, Value], tuple[int, int, int]]


def interval(low: int | Fraction, high: Fraction | float, ends: str = "[]") -> NumberSet:
    return NumberSet((Interval(low, high, ends[0] == "[", ends[1] == "]"),))


def with_na(values: NumberSet) -> NumberSet:
    return NumberSet(values.intervals, True)


def _one(condition: Condition, cell: Cell) -> RuleSet:
    return built({"one@home": [Rule(1, Any((condition, Test(cell, NOTHING[cell]))))]}).ruleset


def _kernel(condition: Condition, cell: Cell, value: Value) -> tuple[int, int, int]:
    ruleset = _one(condition, cell)
    return Kernel(ruleset).decide([value] * len(ruleset.cells))[0]


def _kernel_by_name(condition: Condition, cell: Cell, value: Value) -> tuple[int, int, int]:
    return Kernel(_one(condition, cell)).decide_facts({str(cell): value})[0]


def _durable(condition: Condition, cell: Cell, value: Value) -> tuple[int, int, int]:
    ruleset = _one(condition, cell)
    with DurableEngine(ruleset) as engine:
        return engine.decide([value] * len(ruleset.cells))[0]


NOTHING: dict[Cell, ValueSet] = {
    cell: ChoiceSet() if cell in (DENSITY, BREACH, JUDGED) else NumberSet() for cell in CELLS
}


@pytest.fixture(
    params=[_kernel, _kernel_by_name, _durable], ids=["kernel", "kernel by name", "durable"]
)
def ask(request: pytest.FixtureRequest) -> Ask:
    return request.param


NO, MAYBE, YES = (0, 0, 0), (0, 1, 0), (1, 1, 1)


@pytest.mark.parametrize(
    ("accepts", "value", "expected"),
    [
        (at_least(30), 29, NO),
        (at_least(30), 30, YES),
        (at_least(30), 31, YES),
        (at_least(30), 30.0, YES),
        (above(100), 100, NO),
        (above(100), 101, YES),
        (below(3), 3, NO),
        (below(3), 2, YES),
        (at_most(3), 3, YES),
        (at_least(30), interval(0, 29), NO),
        (at_least(30), interval(0, 30), MAYBE),
        (at_least(30), interval(30, 31), YES),
        (at_least(30), interval(0, 30, "[)"), NO),  # whole numbers: 29 is the most
        (at_least(30), interval(29, 40, "(]"), YES),
        (above(100), interval(100, 200, "()"), YES),
        (interval(3, 10, "[)"), 10, NO),
        (interval(3, 10, "[)"), interval(3, 9), YES),
        (interval(3, 10, "[)"), interval(0, 3), MAYBE),
        (interval(5, 7), interval(0, 3) | interval(10, 12), NO),
        (interval(5, 7), interval(0, 5) | interval(10, 12), MAYBE),
        (number(2) | number(7), interval(3, 6), NO),
        (number(2) | number(7), interval(2, 7), MAYBE),
        (at_least(30), NOT_APPLICABLE_NUMBER, NO),
        (at_least(30), with_na(interval(30, 40)), MAYBE),
        (at_least(30), with_na(interval(0, 3)), NO),
        (with_na(at_most(29)), NOT_APPLICABLE_NUMBER, YES),
        (with_na(at_most(29)), with_na(interval(3, 4)), YES),
        (with_na(at_most(29)), with_na(interval(3, 40)), MAYBE),
        (NOT_APPLICABLE_NUMBER, NOT_APPLICABLE_NUMBER, YES),
        (NOT_APPLICABLE_NUMBER, with_na(number(3)), MAYBE),
        (NOT_APPLICABLE_NUMBER, 3, NO),
        (at_least(0), 3, YES),
        (at_least(0), None, MAYBE),
        (at_least(30), None, MAYBE),
    ],
)
def test_counts(ask: Ask, accepts: NumberSet, value: Value, expected: tuple[int, int, int]):
    assert ask(Test(DEATHS, accepts), DEATHS, value) == expected


@pytest.mark.parametrize(
    ("accepts", "value", "expected"),
    [
        (above(100), 100, NO),
        (above(100), 100.0, NO),
        (above(100), 100.000001, YES),
        (above(100), interval(100, 200, "(]"), YES),
        (above(100), interval(100, 200), MAYBE),
        (above(100), interval(0, 100), NO),
        (at_least(100), interval(50, 100, "[)"), NO),
        (at_least(100), interval(50, 100), MAYBE),
        (at_least(100), interval(100, inf, "[)"), YES),
        (at_least(Fraction(3, 10)), 0.3, YES),
        (at_least(Fraction(3, 10)), number(Fraction(3, 10)), YES),
        (at_least(Fraction(1, 3)), number(Fraction(1, 3)), YES),
        (at_least(Fraction(1, 3)), number(Fraction(333333333333333, 10**15)), NO),
        # A value that only exact arithmetic tells from the bound: its float is the same.
        (above(Fraction(3, 10)), number(Fraction(3, 10) + Fraction(1, 10**30)), YES),
        (at_least(Fraction(3, 10)), number(Fraction(3, 10) - Fraction(1, 10**30)), NO),
        (
            at_least(Fraction(3, 10)),
            interval(Fraction(3, 10) - Fraction(1, 10**30), 1, "(]"),
            MAYBE,
        ),
        (at_least(Fraction(1, 10**7)), 1e-07, YES),
        (at_least(Fraction(1, 10**7)), 9.9e-08, NO),
        (below(Fraction(1, 10**7)), 0, YES),
        (at_least(123456789012345), 123456789012344, NO),
        (at_least(123456789012345), 123456789012345, YES),
        (number(2), 2, YES),
        (number(2), interval(2, 3, "(]"), NO),
        (number(2), interval(1, 3), MAYBE),
    ],
)
def test_quantities(ask: Ask, accepts: NumberSet, value: Value, expected: tuple[int, int, int]):
    assert ask(Test(RAIN, accepts), RAIN, value) == expected


@pytest.mark.parametrize(
    ("cell", "accepts", "value", "expected"),
    [
        (BREACH, TRUE, True, YES),
        (BREACH, TRUE, False, NO),
        (BREACH, FALSE, False, YES),
        (BREACH, FALSE, NOT_APPLICABLE_CHOICE, NO),
        (BREACH, TRUE, None, MAYBE),
        (DENSITY, ChoiceSet(frozenset({"dense"})), "dense", YES),
        (DENSITY, ChoiceSet(frozenset({"dense"})), "sparse", NO),
        (
            DENSITY,
            ChoiceSet(frozenset({"dense"})),
            ChoiceSet(frozenset({"dense", "sparse"})),
            MAYBE,
        ),
        (DENSITY, ChoiceSet(frozenset({"dense", "sparse"})), "sparse", YES),
        (DENSITY, ChoiceSet(frozenset({"dense"}), True), NOT_APPLICABLE_CHOICE, YES),
        (JUDGED, TRUE, False, NO),
        (JUDGED, TRUE, True, YES),
        (ACTIVE, NumberSet((Interval(2, 4),)), 1, NO),
        (ACTIVE, NumberSet((Interval(2, 4),)), 2, YES),
        (STAGE, at_most(-2), -2, YES),
        (STAGE, at_most(-2), -1.5, NO),
        (STAGE, below(-2), interval(-3, -2, "[)"), YES),
        (SHARE, at_least(50), 50.0, YES),
        (SHARE, at_most(10), NumberSet((Interval(0, 10, False, True),)), YES),
    ],
)
def test_other_cells(
    ask: Ask, cell: Cell, accepts: ValueSet, value: Value, expected: tuple[int, int, int]
):
    assert ask(Test(cell, accepts), cell, value) == expected


def test_a_value_can_lie_in_a_joined_band_and_in_neither_part(ask: Ask):
    both = Any((Test(DEATHS, at_least(10)), Test(DEATHS, interval(3, 10, "[)"))))
    assert ask(both, DEATHS, interval(8, 12)) == YES


def test_negation_swaps_the_shadows(ask: Ask):
    test = Test(DEATHS, at_least(30))
    assert ask(Not(test), DEATHS, interval(0, 29)) == YES
    assert ask(Not(test), DEATHS, NOT_APPLICABLE_NUMBER) == YES
    assert ask(Not(test), DEATHS, interval(29, 30)) == MAYBE


def test_a_case_is_certain_where_all_branches_that_are_possible_agree(ask: Ask):
    guard = Test(DEATHS, at_least(10))
    body = Test(DEATHS, at_least(30))
    assert ask(Case(((guard, body),), ALWAYS), DEATHS, interval(0, 9)) == YES
    assert ask(Case(((guard, body),), ALWAYS), DEATHS, interval(0, 10)) == MAYBE
    assert ask(Case(((guard, body),), ALWAYS), DEATHS, interval(10, 29)) == NO


_FLAG = Test(BREACH, TRUE)


@pytest.mark.parametrize(
    "condition",
    [
        Any(tuple(All((Test(DEATHS, number(place)), _FLAG)) for place in range(0, 80, 2))),
        AtLeast(3, tuple(Any((Test(DEATHS, at_least(place)), _FLAG)) for place in range(9))),
    ],
    ids=["long any", "at least"],
)
def test_long_conditions(condition: Condition):
    ruleset = built({"one@home": [Rule(2, condition)]}).ruleset
    kernel = Kernel(ruleset)
    with DurableEngine(ruleset) as durable:
        for deaths in (None, 3, interval(2, 5)):
            for flag in (None, True, False):
                values = [deaths if cell == DEATHS else flag for cell in ruleset.cells]
                sets = [
                    cell.domain.everything
                    if value is None
                    else value
                    if isinstance(value, NumberSet)
                    else as_set(cell, value)
                    for cell, value in zip(ruleset.cells, values, strict=True)
                ]
                expected = plain.decide(ruleset, sets, {})
                assert kernel.decide(values) == expected
                assert kernel.decide_facts(by_name(ruleset, values)) == expected
                assert durable.decide(values) == expected


def test_levels_lift_one_another_round_a_cycle():
    written = built(
        {
            "flood@home": [
                Rule(2, Test(DEATHS, at_least(3))),
                Rule(3, level("rescue@home", 3)),
            ],
            "rescue@home": [Rule(3, All((level("flood@home", 2), Test(BREACH, TRUE))))],
        }
    )
    for values, expected in (
        ([3, True], ((3, 3, 3), (3, 3, 3))),
        ([3, None], ((2, 3, 2), (0, 3, 0))),
        ([0, True], ((0, 0, 0), (0, 0, 0))),
    ):
        assert [str(cell) for cell in written.ruleset.cells] == ["deaths@home", "breach@home"]
        assert Kernel(written.ruleset).decide(values) == expected
        assert Kernel(written.ruleset).decide_facts(by_name(written.ruleset, values)) == expected
        with DurableEngine(written.ruleset) as durable:
            assert durable.decide(values) == expected


def test_an_issued_grade_is_read_in_place_of_the_computed_one():
    written = built(
        {
            "grade@home": [Rule(2, Test(DEATHS, at_least(3)))],
            "plan@home": [Rule(4, level("grade@home", 4, "computed"))],
            "own@home": [Rule(1, level("grade@home", 2, "recommended"))],
        },
        purposes=("standard", "level", "level"),
    )
    ruleset = written.ruleset
    with DurableEngine(ruleset) as durable:
        for engine in (Kernel(ruleset), durable):
            assert engine.decide([3]) == ((2, 2, 2), (0, 0, 0), (1, 1, 1))
            assert engine.decide([3], {0: 4})[:2] == ((2, 2, 2), (4, 4, 4))
            assert engine.decide([3], {0: 0})[1] == (0, 0, 0)
            with pytest.raises(ValueError, match="rank 5"):
                engine.decide([3], {0: 5})


def test_only_what_must_be_done_obliges():
    ruleset = built(
        {
            "plan@home": [
                Rule(1, Test(DEATHS, at_least(1))),
                Rule(3, Test(DEATHS, at_least(10)), binding=False),
            ],
            "other@home": [Rule(2, level("plan@home", 3))],
        }
    ).ruleset
    with DurableEngine(ruleset) as durable:
        for engine in (Kernel(ruleset), durable):
            assert engine.decide([10]) == ((3, 3, 1), (2, 2, 0))
            assert engine.decide([interval(1, 10)]) == ((1, 3, 1), (0, 2, 0))


def test_a_guard_may_count(ask: Ask):
    some = (number(1), at_least(1), at_most(2), at_least(0))  # three of them: 1 and 2
    guard = AtLeast(3, tuple(Test(DEATHS, accepts) for accepts in some))
    case = Case(((guard, Test(DEATHS, at_least(1))),), Test(DEATHS, at_least(5)))
    assert ask(case, DEATHS, interval(1, 2)) == YES
    assert ask(case, DEATHS, interval(3, 4)) == NO
    assert ask(case, DEATHS, interval(5, 9)) == YES
    assert ask(case, DEATHS, interval(0, 1)) == MAYBE


def test_two_questions_about_one_level_need_the_higher_rank():
    both = All((level("grade@home", 3, "computed"), level("grade@home", 2, "obliged")))
    grades = [Rule(rank, Test(DEATHS, at_least(rank))) for rank in (2, 3)]
    ruleset = built({"grade@home": grades, "plan@home": [Rule(1, both)]}).ruleset
    with DurableEngine(ruleset) as durable:
        for engine in (Kernel(ruleset), durable):
            assert engine.decide([interval(0, 2)]) == ((0, 2, 0), (0, 0, 0))
            assert engine.decide([interval(0, 3)]) == ((0, 3, 0), (0, 1, 0))
            assert engine.decide([3])[1] == (1, 1, 1)


def test_an_issued_grade_stays_what_it_is_round_a_cycle():
    ruleset = built(
        {
            "grade@home": [Rule(3, Test(DEATHS, at_least(3))), Rule(1, level("plan@home", 1))],
            "plan@home": [Rule(1, level("grade@home", 3, "computed"))],
        },
        purposes=("standard", "level"),
    ).ruleset
    with DurableEngine(ruleset) as durable:
        for engine in (Kernel(ruleset), durable):
            assert engine.decide([3]) == ((3, 3, 3), (1, 1, 1))
            assert engine.decide([3], {0: 1}) == ((3, 3, 3), (0, 0, 0))
            assert engine.decide([0], {0: 4}) == ((1, 1, 1), (1, 1, 1))
