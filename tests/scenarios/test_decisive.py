"""Which tests of a condition decide it, against turning each of them round."""

from hypothesis import given
from hypothesis import strategies as st

from planengine.domain.ids import Origin
from planengine.rules import walk
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    CalendarCell,
    Case,
    Condition,
    Constant,
    Not,
    Test,
)
from planengine.scenarios.decisive import weigh
from planengine.values.sets import TRUE

LEAVES = 6


def leaf(number: int) -> Test:
    return Test(CalendarCell(str(number)), TRUE)


def conditions() -> st.SearchStrategy[Condition]:
    """Conditions in which no test stands twice."""

    return st.permutations(range(LEAVES)).flatmap(
        lambda order: st.integers(1, LEAVES).flatmap(
            lambda many: tree([leaf(number) for number in order[:many]])
        )
    )


def tree(leaves: list[Condition]) -> st.SearchStrategy[Condition]:
    if len(leaves) == 1:
        return st.sampled_from([leaves[0], Not(leaves[0])])
    return st.integers(1, len(leaves) - 1).flatmap(
        lambda cut: st.tuples(tree(leaves[:cut]), tree(leaves[cut:])).flatmap(joined)
    )


def joined(parts: tuple[Condition, ...]) -> st.SearchStrategy[Condition]:
    one, other = parts
    return st.sampled_from(
        [
            All((one, other)),
            Any((one, other)),
            AtLeast(2, (one, other, Constant(True))),
            AtLeast(1, (one, other, Constant(False))),
            Case(((one, other),), Constant(False)),
            Case(((one, Constant(False)),), other),
            Not(All((one, other))),
        ]
    )


def truth(condition: Condition, true: frozenset[Test]) -> bool:
    """The plain meaning, written once more."""
    match condition:
        case Test():
            return condition in true
        case Constant(value=value):
            return value
        case Not(of=part):
            return not truth(part, true)
        case All(of=parts):
            return all(truth(part, true) for part in parts)
        case Any(of=parts):
            return any(truth(part, true) for part in parts)
        case AtLeast(count=count, of=parts):
            return sum(truth(part, true) for part in parts) >= count
        case Case(branches=branches, otherwise=otherwise):
            for guard, body in branches:
                if truth(guard, true):
                    return truth(body, true)
            return truth(otherwise, true)


@given(conditions(), st.sets(st.integers(0, LEAVES - 1)))
def test_a_test_decides_where_turning_it_alone_turns_the_condition(
    condition: Condition, chosen: set[int]
) -> None:
    true = frozenset(map(leaf, chosen))
    found = weigh(condition, lambda test: test in true)
    assert found.holds == truth(condition, true)
    expected = {
        test for test in walk.tests_of(condition) if truth(condition, true ^ {test}) != found.holds
    }
    assert set(found.deciding) == expected


def test_a_second_reason_takes_the_first_one_its_say() -> None:
    a, b = leaf(0), leaf(1)
    assert weigh(Any((a, b)), lambda test: test == a).deciding == (a,)
    assert weigh(Any((a, b)), lambda _: True).deciding == ()
    assert weigh(Any((a, b)), lambda _: False).deciding == (a, b)


def test_what_is_written_twice_decides_at_both_places() -> None:
    gate, row = (Test(leaf(0).cell, TRUE, (Origin(text),)) for text in ("gate", "row"))
    found = weigh(All((Any((gate, leaf(1))), row)), lambda test: test == leaf(0))
    assert [test.origins for test in found.deciding] == [gate.origins, row.origins]
