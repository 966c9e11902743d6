"""Which authors' leaves the tests of a compiled condition stand for."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import planengine
from planengine.domain.ids import Origin, RuleId
from planengine.domain.terms import HERE, AllOf, AttributeTerm
from planengine.linking.identity.documents import identify
from planengine.linking.identity.naming import Namer
from planengine.rules import walk
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    FactCell,
    LastingCell,
    Not,
    Test,
)
from planengine.rules.leaves import constant_leaves, leaves_at, leaves_in, leaves_of
from planengine.rules.normal import normalise
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import COUNT, TRUE, NumberSet, at_least, below, number
from tests.rules import small

AT_LEAST_3 = at_least(3)
A, B, C = (FactCell(name, "city", COUNT) for name in ("a", "b", "c"))


def asks(cell: Cell, name: str, accepts: NumberSet = AT_LEAST_3) -> Test:
    return Test(cell, accepts, (Origin(name, None, RuleId(name)),))


def leaves_by_cell(condition: Condition) -> dict[str, tuple[str, ...]]:
    return {str(one.cell): tuple(leaves_of(one)) for one in walk.tests_of(condition)}


def test_tests_that_become_one_stand_for_both() -> None:
    merged = normalise(All((asks(A, "low"), asks(A, "high", below(10)))))
    assert leaves_by_cell(merged) == {"a@city": ("low", "high")}


def test_what_is_written_twice_stands_for_both() -> None:
    """`b and a ≥ 3 or b and a is 1` is `b and a is 1 or ≥ 3`, whose places all count."""
    first = All((asks(B, "b1"), asks(A, "a1")))
    second = All((asks(B, "b2"), asks(A, "a2", number(1))))
    assert leaves_by_cell(normalise(Any((first, second)))) == {
        "b@city": ("b1", "b2"),
        "a@city": ("a1", "a2"),
    }


def test_equal_alternatives_stand_for_both() -> None:
    one = All((asks(B, "b1"), Any((asks(A, "a1"), asks(C, "c1")))))
    other = All((asks(B, "b2"), Any((asks(A, "a2"), asks(C, "c2")))))
    assert leaves_by_cell(normalise(Any((one, other)))) == {
        "b@city": ("b1", "b2"),
        "a@city": ("a1", "a2"),
        "c@city": ("c1", "c2"),
    }


def test_cases_with_equal_guards_stand_for_both() -> None:
    one = Case(((asks(A, "guard1"), asks(B, "body1")),), asks(C, "else1"))
    other = Case(((asks(A, "guard2"), asks(B, "body2", number(1))),), asks(C, "else2"))
    assert leaves_by_cell(normalise(Any((one, other)))) == {
        "a@city": ("guard1", "guard2"),
        "b@city": ("body1", "body2"),
        "c@city": ("else1", "else2"),
    }


def test_the_body_of_what_lasts_stands_for_its_leaves() -> None:
    def lasting(name: str) -> Test:
        body = LastingCell(asks(A, f"{name}-body"), 3600)
        return Test(body, TRUE, (Origin(name, None, RuleId(name)),))

    assert leaves_of(normalise(Any((lasting("x"), lasting("y"))))) == (
        "x", "y", "x-body", "y-body",
    )  # fmt: skip


def test_a_denied_test_stands_for_what_was_written() -> None:
    denied = normalise(Not(Any((asks(A, "a"), asks(B, "b")))))
    assert leaves_by_cell(denied) == {"a@city": ("a",), "b@city": ("b",)}


# Of conditions that chance wrote

_plain = st.builds(
    lambda cell, low, n: asks(cell, f"{cell.fact}.{n}", at_least(low)),
    st.sampled_from([A, B, C]), st.integers(1, 4), st.integers(0, 99),
)  # fmt: skip


def _joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        parts.map(All),
        parts.map(Any),
        parts.map(lambda of: AtLeast(2, of)),
        inner.map(Not),
        st.builds(lambda one, two, last: Case(((one, two),), last), inner, inner, inner),
    )


conditions = st.recursive(_plain, _joined, max_leaves=8)


@settings(max_examples=60)
@given(conditions)
def test_every_test_of_a_normal_form_stands_for_leaves_that_ask_the_same(
    condition: Condition,
) -> None:
    written = {(origin.id, one.cell) for one in walk.tests_of(condition) for origin in one.origins}
    for one in walk.tests_of(normalise(condition)):
        assert one.origins
        assert {(origin.id, one.cell) for origin in one.origins} <= written


@settings(max_examples=60)
@given(conditions, st.integers(0, 99))
def test_who_wrote_it_changes_nothing_but_the_leaves(condition: Condition, n: int) -> None:
    other = _renamed(condition, n)
    assert normalise(other) == normalise(condition)
    both = normalise(Any((condition, other)))
    assert set(leaves_of(both)) >= set(leaves_of(normalise(condition)))


def _renamed(condition: Condition, n: int) -> Condition:
    match condition:
        case Test(cell=cell, accepts=accepts):
            return Test(cell, accepts, (Origin("other", None, RuleId(f"{cell}.other.{n}")),))
        case All(of=of):
            return All(tuple(_renamed(one, n) for one in of))
        case Any(of=of):
            return Any(tuple(_renamed(one, n) for one in of))
        case AtLeast(count=count, of=of):
            return AtLeast(count, tuple(_renamed(one, n) for one in of))
        case Not(of=one):
            return Not(_renamed(one, n))
        case Case(branches=branches, otherwise=otherwise):
            pairs = tuple((_renamed(one, n), _renamed(two, n)) for one, two in branches)
            return Case(pairs, _renamed(otherwise, n))
        case _:
            return condition


# Of rule sets


def test_a_leaf_that_the_registry_answers_is_told_as_constant() -> None:
    known = small.has("deaths", at_least(3))
    size = AttributeTerm("city-size", HERE, at_least(2), small.origin("@city-size: ≥ 2"))
    made = small.plan("flood", tracks=[small.track([small.rule(2, AllOf((known, size)))])])
    namer = Namer()
    entities = small.library(plans=[identify(made, "city/flood", small.SCALES, namer)])
    entities = replace(entities, written=namer.named)
    rules = small.clean(entities)
    (unit,) = rules.units
    (deaths,) = leaves_at(unit, 2)
    assert leaves_at(unit, 3) == ()
    assert namer.named[deaths].text == known.origin.text
    assert [one.text for one in constant_leaves(entities, rules)] == ["@city-size: ≥ 2"]


def _conditions(rules: RuleSet) -> Iterator[Condition]:
    for unit in rules.units:
        yield from (one.condition for one in unit.rules)
        yield from (*unit.at_least, *unit.obliged_at_least)
    yield from rules.conditions.values()


def test_every_test_of_the_shipped_rules_stands_for_what_is_written(
    shipped: planengine.Library, engine: planengine.Engine
) -> None:
    written = shipped.entities.written
    rules = engine.rules_at(1_790_000_000)
    bare = [
        str(one) for each in _conditions(rules) for one in walk.tests_of(each) if not leaves_of(one)
    ]
    assert bare == []
    assert leaves_in(rules) <= written.keys()
    kinds = {written[one].kind for one in leaves_in(rules)}
    assert kinds <= {"leaf", "link", "document", "count"}
    assert all(rule.rule_id in written for unit in rules.units for rule in unit.rules)


def test_every_shipped_leaf_is_stood_for_or_answered_by_the_registry(
    shipped: planengine.Library, engine: planengine.Engine
) -> None:
    """What nothing stands for is an attribute that is known, or stands in one that is not met."""
    entities = shipped.entities
    rules = engine.rules_at(1_790_000_000)
    constant = constant_leaves(entities, rules)
    standing = leaves_in(rules)
    in_force = {(unit.document, unit.edition) for unit in rules.units}
    leaves = {
        one.id
        for one in entities.written.values()
        if one.kind == "leaf" and (one.document, one.edition) in in_force
    }
    assert leaves == {one.id for one in constant} | (leaves & standing)
    asked_of_registry = {one.within for one in constant if one.text.startswith("@")}
    others = [one for one in constant if not one.text.startswith("@")]
    beside = [one.text for one in others if one.within not in asked_of_registry]
    assert beside == [
        "plague-anthrax-cases-6d: 1例以上",  # in two provinces, and the registry has one
        "epidemic-spreading: true",
        "unexplained-cases: 1例以上",
        "epidemic-spreading: true",
    ]
