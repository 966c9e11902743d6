from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.rules.conditions import (
    All,
    Any,
    Case,
    Cell,
    Condition,
    Constant,
    FactCell,
    Not,
    Test,
)
from planengine.rules.normal import negation, normalise
from planengine.rules.shadows import of_test, shadows
from planengine.values.sets import (
    COUNT,
    FLAG,
    TRUE,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    above,
    at_least,
    below,
    number,
)
from tests.generated import conditions, narrowed, tables, values
from tests.oracle import truths

Known = Mapping[Cell, ValueSet]
CONDITIONS = st.one_of(conditions(), tables())
LEVEL = FactCell("level", "station", NumberDomain())
DEATHS = FactCell("deaths", "city", COUNT)
BREACH = FactCell("breach", "city", FLAG)


@given(CONDITIONS, values())
def test_both_shadows_are_sound(condition: Condition, known: Known) -> None:
    certain, possible = shadows(normalise(condition), known.__getitem__)
    always, sometimes = truths(condition, known)
    assert always or not certain
    assert possible or not sometimes


@given(CONDITIONS, values())
def test_certain_implies_possible(condition: Condition, known: Known) -> None:
    certain, possible = shadows(normalise(condition), known.__getitem__)
    assert possible or not certain


@given(st.data(), CONDITIONS, values())
def test_more_precise_facts_never_flip_a_certain_answer(
    data: st.DataObject, condition: Condition, known: Known
) -> None:
    normal = normalise(condition)
    certain, possible = shadows(normal, known.__getitem__)
    finer = data.draw(narrowed(known))
    later_certain, later_possible = shadows(normal, finer.__getitem__)
    assert later_certain or not certain
    assert possible or not later_possible


@given(CONDITIONS, values())
def test_not_swaps_the_shadows(condition: Condition, known: Known) -> None:
    certain, possible = shadows(normalise(condition), known.__getitem__)
    assert shadows(negation(condition), known.__getitem__) == (not possible, not certain)
    assert shadows(Not(normalise(condition)), known.__getitem__) == (not possible, not certain)


@given(CONDITIONS, CONDITIONS, values())
def test_one_more_reason_never_hurts(one: Condition, more: Condition, known: Known) -> None:
    certain, possible = shadows(normalise(one), known.__getitem__)
    joined = shadows(normalise(Any((one, more))), known.__getitem__)
    assert joined >= (certain, False)
    assert joined[1] >= possible


@given(CONDITIONS, values())
def test_the_shadows_coincide_on_points(condition: Condition, known: Known) -> None:
    first = {
        cell: number(value.point)
        if isinstance(value, NumberSet) and value.point is not None
        else ChoiceSet(frozenset({value.point}))
        if value.point is not None
        else type(value)((), True)
        if isinstance(value, NumberSet)
        else ChoiceSet(frozenset(), True)
        for cell, value in known.items()
    }
    certain, possible = shadows(normalise(condition), first.__getitem__)
    assert (certain, possible) == truths(condition, first)


@pytest.mark.parametrize(
    ("value", "test", "expected"),
    [
        (NumberSet((Interval(100, 200, False, False),)), above(100), (True, True)),
        (NumberSet((Interval(50, 100, True, False),)), at_least(100), (False, False)),
        (NumberSet((Interval(50, 100),)), at_least(100), (False, True)),
        (NumberSet((), True), at_least(0), (False, False)),
        (NumberSet((Interval(3, 5),), True), at_least(3), (False, True)),
        (ChoiceSet(frozenset({False, True})), TRUE, (False, True)),
    ],
)
def test_ends_and_not_applicable_count(
    value: ValueSet, test: ValueSet, expected: tuple[bool, bool]
) -> None:
    assert of_test(value, test) == expected


def test_joined_bands_are_certain_over_a_straddling_value() -> None:
    joined = normalise(Any((Test(LEVEL, at_least(3)), Test(LEVEL, below(3)))))
    assert shadows(joined, lambda _: NumberSet((Interval(0, 9),))) == (True, True)


def test_a_case_is_certain_when_the_branches_still_possible_agree() -> None:
    case = Case(((Test(BREACH, TRUE), Test(DEATHS, at_least(3))),), Test(DEATHS, at_least(5)))
    known: dict[Cell, ValueSet] = {BREACH: FLAG.everything, DEATHS: number(5)}
    assert shadows(case, known.__getitem__) == (True, True)
    known[DEATHS] = number(4)
    assert shadows(case, known.__getitem__) == (False, True)
    known[BREACH] = TRUE
    assert shadows(case, known.__getitem__) == (True, True)


def test_sets_of_different_sorts_do_not_mix() -> None:
    with pytest.raises(TypeError):
        of_test(TRUE, at_least(3))


def test_constants() -> None:
    assert shadows(All((Constant(True),)), lambda _: TRUE) == (True, True)
    assert shadows(Constant(False), lambda _: TRUE) == (False, False)
