"""Lowered formulas are read here once more, atom by atom, and must say what the definition says."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    FactCell,
    LevelCell,
    Test,
)
from planengine.rules.lowered import (
    FALSE,
    TRUE,
    And,
    Bound,
    Formula,
    Member,
    Or,
    Silent,
    Threshold,
    lowered,
)
from planengine.rules.normal import normalise
from planengine.rules.shadows import Reported, ValueOf, indicated, of_reported, of_test, shadows
from planengine.rules.worlds import worlds_of
from planengine.values import sets
from planengine.values.sets import (
    COUNT,
    FLAG,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    at_least,
    at_most,
    below,
)
from tests.generated import conditions, narrowed, tables, values
from tests.keys import unit_key

Known = Mapping[Cell, ValueSet]
DEATHS = FactCell("deaths", "city", COUNT)
RAIN = FactCell("rain", "city", NumberDomain(at_least(0)))
BREACH = FactCell("breach", "city", FLAG)
FLOOD: UnitKey = unit_key("flood@city")
LEVEL = LevelCell(FLOOD, "computed", NumberDomain(NumberSet((Interval(0, 4),)), integer=True))


def true(formula: Formula, value_of: ValueOf, reported: Reported) -> bool:
    match formula:
        case And(parts):
            return all(true(part, value_of, reported) for part in parts)
        case Or(parts):
            return any(true(part, value_of, reported) for part in parts)
        case Threshold(count, parts):
            return sum(true(part, value_of, reported) for part in parts) >= count
        case Silent(cell):
            return reported(cell) is None
        case Bound():
            value = value_of(formula.cell)
            assert isinstance(value, NumberSet)
            return beyond(formula, value)
        case Member(cell, accepts, reading, hull):
            value = value_of(cell)
            if reading == "indicated":
                return of_reported(value, reported(cell), accepts)
            found = of_test(value, accepts)[reading == "possible"]
            if hull is not None and isinstance(value, NumberSet) and len(value.intervals) < 2:
                assert true(hull, value_of, reported) == found
            return found


def beyond(bound: Bound, value: NumberSet) -> bool:
    if not value.intervals or (bound.sure and value.na):
        return False
    low = bound.side == "low"
    item = value.intervals[0 if low else -1]
    end, closed = (item.low, item.low_closed) if low else (item.high, item.high_closed)
    if end == bound.number:
        # An open end stands on the inner side of its number.
        return (bound.closed and closed) or (not closed and low == bound.upward)
    return (end > bound.number) == bound.upward


@given(st.one_of(conditions(), tables()), values(), st.data())
def test_every_reading_is_that_of_the_definition(
    condition: Condition, known: Known, data: st.DataObject
) -> None:
    normal, value_of = normalise(condition), known.__getitem__
    finer = data.draw(narrowed(known))
    told = {cell: data.draw(st.sampled_from((None, known[cell], finer[cell]))) for cell in known}
    certain, possible, allowed = (
        true(lowered(worlds_of(normal), reading), value_of, told.__getitem__)
        for reading in ("certain", "possible", "indicated")
    )
    assert (certain, possible) == shadows(normal, value_of)
    assert (certain or (possible and allowed)) == indicated(normal, value_of, told.__getitem__)


def test_a_test_is_what_it_asks_of_the_ends() -> None:
    many, few = Test(DEATHS, at_least(30)), Test(DEATHS, at_most(2))
    assert lowered(many, "certain") == Bound(DEATHS, "low", upward=True, number=30, sure=True)
    assert lowered(many, "possible") == Bound(DEATHS, "high", upward=True, number=30)
    assert lowered(many, "indicated") == Member(DEATHS, at_least(30), "indicated")
    assert lowered(few, "certain") == Bound(DEATHS, "high", upward=False, number=2, sure=True)
    assert lowered(Test(RAIN, below(50)), "possible") == Bound(
        RAIN, "low", upward=False, number=50, closed=False
    )


def test_what_may_be_not_applicable_is_asked_for_where_it_is_welcome() -> None:
    welcome = NumberSet(at_least(30).intervals, True)
    over = Bound(DEATHS, "low", upward=True, number=30)
    nothing = sets.NOT_APPLICABLE_NUMBER
    assert lowered(Test(DEATHS, welcome), "certain") == Or(
        (Member(DEATHS, nothing, "certain"), over)
    )
    any_number = Test(DEATHS, COUNT.whole)
    assert lowered(any_number, "possible") == Member(DEATHS, COUNT.whole, "possible")


def test_a_gap_is_asked_for_only_where_it_could_hold_the_test() -> None:
    band = NumberSet((Interval(3, 9),))
    over = Bound(DEATHS, "low", upward=True, number=3, sure=True)
    under = Bound(DEATHS, "high", upward=False, number=9, sure=True)
    assert lowered(Test(DEATHS, band), "certain") == And((over, under))
    possible = lowered(Test(DEATHS, band), "possible")
    assert possible == Member(
        DEATHS,
        band,
        "possible",
        And(
            (
                Bound(DEATHS, "high", upward=True, number=3),
                Bound(DEATHS, "low", upward=False, number=9),
            )
        ),
    )


def test_a_level_has_a_told_end_and_neither_gaps_nor_what_does_not_apply() -> None:
    at_least_two = Test(LEVEL, at_least(2))
    assert [lowered(at_least_two, reading) for reading in ("certain", "possible", "indicated")] == [
        Bound(LEVEL, side, upward=True, number=2) for side in ("low", "high", "told")
    ]
    between = Test(LEVEL, NumberSet((Interval(1, 1), Interval(3, 3)), True))
    assert lowered(between, "possible") == Or(
        tuple(
            And(
                (
                    Bound(LEVEL, "high", upward=True, number=rank),
                    Bound(LEVEL, "low", upward=False, number=rank),
                )
            )
            for rank in (1, 3)
        )
    )
    assert lowered(Test(LEVEL, at_least(0)), "certain") == TRUE
    assert lowered(Test(LEVEL, at_least(5)), "possible") == FALSE


def test_a_guard_must_be_impossible_where_its_branch_need_not_hold() -> None:
    case = Case(((Test(BREACH, sets.TRUE), Test(DEATHS, at_least(1))),), Test(RAIN, at_least(9)))
    excluded = [
        Member(BREACH, ChoiceSet(frozenset({False}), True), "certain"),
        Member(BREACH, sets.TRUE, "certain"),
    ]
    bodies = [
        Bound(cell, "low", upward=True, number=number, sure=True)
        for cell, number in ((DEATHS, 1), (RAIN, 9))
    ]
    assert lowered(worlds_of(normalise(case)), "certain") == And(
        tuple(Or(pair) for pair in zip(excluded, bodies, strict=True))
    )


def test_two_of_four_are_impossible_where_three_of_them_are() -> None:
    flags = [FactCell(name, "city", FLAG) for name in "abcd"]
    guard = AtLeast(2, tuple(Test(flag, sets.TRUE) for flag in flags))
    case = Case(((guard, Test(DEATHS, at_least(1))),), Test(RAIN, at_least(9)))
    branches = lowered(worlds_of(normalise(case)), "certain")
    assert isinstance(branches, And)
    first = branches.of[0]
    assert isinstance(first, Or)
    not_true = ChoiceSet(frozenset({False}), True)
    assert first.of[0] == Threshold(3, tuple(Member(flag, not_true, "certain") for flag in flags))


def test_constants_and_nesting_are_gone() -> None:
    one, two, three = (Test(DEATHS, at_least(number)) for number in (1, 2, 3))
    atoms = [lowered(test, "certain") for test in (one, two, three)]
    assert lowered(All((one, All((two, one)))), "certain") == And((atoms[0], atoms[1]))
    assert lowered(Any((one, Any((two, three)))), "certain") == Or(tuple(atoms))
    assert lowered(AtLeast(2, (one, one, two)), "certain") == Threshold(
        2, (atoms[0], atoms[0], atoms[1])
    )
