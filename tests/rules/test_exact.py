from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from planengine.domain.terms import AllOf, AnyOf, At, CaseOf, NotOf, Term
from planengine.rules.conditions import Cell, Condition, LevelCell
from planengine.rules.exact import exact
from planengine.rules.normal import normalise
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.shadows import shadows
from planengine.values.sets import FALSE, Interval, NumberSet, ValueSet, at_least, below, number
from tests.generated import conditions, tables, values
from tests.oracle import truths
from tests.rules.small import (
    OCCURRED,
    clean,
    has,
    library,
    plan,
    reads,
    rule,
    track,
    units,
)

ENTITIES = library(plans=[plan("flood", tracks=[track([rule(1, OCCURRED)])])])
EMPTY = clean(ENTITIES)


def _unit(condition: Condition) -> Unit:
    unit = EMPTY.units[0]
    return replace(unit, at_least=(condition,), obliged_at_least=(condition,))


@given(st.one_of(conditions(), tables()), values())
def test_where_exact_the_shadows_are_the_best_answer(
    condition: Condition, known: Mapping[Cell, ValueSet]
) -> None:
    normal = normalise(condition)
    if exact(_unit(normal), known.__getitem__, EMPTY, ENTITIES, lambda _: False):
        assert shadows(normal, known.__getitem__) == truths(condition, known)


def _exact(term: Term, **known: ValueSet) -> bool:
    entities = library(plans=[plan("flood", tracks=[track([rule(1, term)])])])
    ruleset = clean(entities)
    return _ask(entities, ruleset, "city/flood@city", known)


def _ask(entities: object, ruleset: RuleSet, unit: str, known: Mapping[str, ValueSet]) -> bool:
    def value_of(cell: Cell) -> ValueSet:
        if isinstance(cell, LevelCell):
            return NumberSet((Interval(0, 4),)) if cell.read != "active" else number(0)
        return known.get(str(cell).replace("@city", ""), cell.domain.everything)

    return exact(units(ruleset)[unit], value_of, ruleset, entities, lambda _: False)  # type: ignore[arg-type]


UP, MORE = has("deaths", at_least(3)), has("deaths", at_least(9))
BOTH_WAYS = AnyOf(
    (AllOf((UP, OCCURRED)), AllOf((has("deaths", below(9)), has("missing", at_least(1)))))
)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (UP, True),
        (AnyOf((AllOf((UP, OCCURRED)), AllOf((MORE, has("missing", at_least(2)))))), True),
        (BOTH_WAYS, True),  # each world of one of the two asks the other in one direction
        (AnyOf((AllOf((UP, OCCURRED)), has("deaths", at_least(20), At("north")))), False),
        (AllOf((AnyOf((UP, OCCURRED)), has("dead-and-missing", at_least(5)))), True),
        (AllOf((UP, has("still-there", at_least(5)), has("evacuated", at_least(2)))), False),
        (AllOf((has("still-there", at_least(5)), NotOf(has("evacuated", at_least(2))))), False),
    ],
)
def test_open_facts_are_asked_in_one_direction_or_once(term: Term, expected: bool) -> None:
    assert _exact(term) is expected


def test_a_case_is_exact_where_each_of_its_branches_is() -> None:
    case = CaseOf(((UP, OCCURRED),), has("missing", at_least(9)))
    assert _exact(case)
    assert _exact(case, occurred=FALSE, deaths=number(4))
    # The guard is part of what a body is derived from.
    assert not _exact(CaseOf(((UP, has("dead-and-missing", at_least(9))),), OCCURRED))


def test_what_is_known_is_not_open() -> None:
    assert _exact(BOTH_WAYS, deaths=number(5))
    assert _exact(BOTH_WAYS, missing=number(0), occurred=OCCURRED.bound)  # type: ignore[arg-type]


def test_a_level_that_is_open_asks_what_its_unit_asks() -> None:
    flood = plan("flood", tracks=[track([rule(1, UP)])])
    upward = AllOf((reads("response", "flood", 1), MORE))
    other = AllOf((reads("response", "flood", 1), has("deaths", NumberSet((Interval(5, 9),)))))
    for term, expected in ((upward, True), (other, False)):
        entities = library(plans=[flood, plan("above", tracks=[track([rule(1, term)])])])
        assert _ask(entities, clean(entities), "city/above@city", {}) is expected


def test_open_circles_are_not_exact() -> None:
    one = plan("one", tracks=[track([rule(1, AnyOf((reads("response", "two", 1), UP)))])])
    two = plan("two", tracks=[track([rule(1, AnyOf((reads("response", "one", 1), MORE)))])])
    entities = library(plans=[one, two])
    assert not _ask(entities, clean(entities), "city/one@city", {})
