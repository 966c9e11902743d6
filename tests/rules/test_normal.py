from hypothesis import given
from hypothesis import strategies as st

from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    Constant,
    FactCell,
    LastingCell,
    Not,
    Test,
)
from planengine.rules.normal import all_of, any_of, negation, normalise
from planengine.values.sets import (
    COUNT,
    FALSE,
    FLAG,
    TRUE,
    NumberDomain,
    NumberSet,
    above,
    at_least,
    below,
)
from tests.generated import CELLS, conditions, tables
from tests.oracle import cells_of, holds, worlds

DEATHS = FactCell("deaths", "city", COUNT)
LEVEL = FactCell("level", "station", NumberDomain())
BREACH = FactCell("breach", "city", FLAG)
HEAVY = Test(DEATHS, at_least(10))
BROKEN = Test(BREACH, TRUE)
HIGH = Test(LEVEL, above(27))


CONDITIONS = st.one_of(conditions(), tables())


def _parts(condition: Condition) -> list[Condition]:
    found = [condition]
    for item in found:
        if isinstance(item, All | Any | AtLeast):
            found.extend(item.of)
        elif isinstance(item, Case):
            found.extend(part for branch in item.branches for part in branch)
            found.append(item.otherwise)
    return found


@given(CONDITIONS)
def test_the_two_valued_meaning_is_kept(condition: Condition) -> None:
    normal = normalise(condition)
    for world in worlds([condition, normal], {}):
        assert holds(normal, world.__getitem__) == holds(condition, world.__getitem__)


@given(CONDITIONS)
def test_the_normal_form_is_normal(condition: Condition) -> None:
    normal = normalise(condition)
    assert normalise(normal) == normal
    parts = _parts(normal)
    assert not any(isinstance(part, Not) for part in parts)
    for part in parts:
        if isinstance(part, All | Any):
            assert len(part.of) >= 2
            assert not any(isinstance(item, type(part) | Constant) for item in part.of)
            cells = [item.cell for item in part.of if isinstance(item, Test)]
            assert len(cells) == len(set(cells))
        if isinstance(part, Test):
            assert part.accepts
            assert part.accepts != part.cell.domain.everything
    assert set(cells_of(normal)) <= set(CELLS)


@given(CONDITIONS)
def test_the_negation_of_a_negation_is_the_normal_form(condition: Condition) -> None:
    assert negation(normalise(condition)) == negation(condition)
    assert negation(negation(condition)) == normalise(condition)


def test_bands_of_one_fact_join() -> None:
    low, high = Test(DEATHS, at_least(3) & below(10)), Test(DEATHS, at_least(10))
    assert normalise(Any((low, high))) == Test(DEATHS, at_least(3))
    whole = Any((Test(LEVEL, at_least(3)), Test(LEVEL, below(3))))
    assert normalise(whole) == Test(
        LEVEL, NumberDomain().everything & NumberSet(at_least(3).intervals) | below(3)
    )


def test_bands_join_beside_the_same_other_conditions() -> None:
    low, high = Test(DEATHS, at_least(3) & below(10)), Test(DEATHS, at_least(10))
    joined = normalise(Any((All((BROKEN, low)), HIGH, All((high, BROKEN)))))
    assert joined == Any((All((BROKEN, Test(DEATHS, at_least(3)))), HIGH))


def test_bands_do_not_join_beside_other_conditions() -> None:
    low, high = Test(DEATHS, at_least(3) & below(10)), Test(DEATHS, at_least(10))
    apart = Any((All((BROKEN, low)), All((HIGH, high))))
    assert normalise(apart) == Any((All((BROKEN, normalise(low))), All((HIGH, high))))


def test_bands_join_within_a_case_of_the_same_guards() -> None:
    low, high = Test(DEATHS, at_least(3) & below(10)), Test(DEATHS, at_least(10))
    joined = normalise(Any((Case(((BROKEN, low),), HIGH), Case(((BROKEN, high),), HIGH))))
    assert joined == Case(((BROKEN, Test(DEATHS, at_least(3))),), HIGH)


def test_not_is_the_complement_with_not_applicable() -> None:
    assert normalise(Not(HEAVY)) == Test(
        DEATHS, NumberSet(COUNT.restrict(below(10)).intervals, True)
    )
    assert normalise(Not(AtLeast(2, (HEAVY, BROKEN, HIGH)))) == AtLeast(
        2, (negation(HEAVY), negation(BROKEN), negation(HIGH))
    )


def test_constants_fold() -> None:
    assert normalise(All((HEAVY, Test(DEATHS, below(5))))) == NEVER
    assert normalise(Any((HEAVY, Not(HEAVY)))) == ALWAYS
    assert normalise(AtLeast(2, (ALWAYS, HEAVY, NEVER, BROKEN))) == Any((HEAVY, BROKEN))
    assert normalise(AtLeast(2, (HEAVY, HIGH))) == All((HEAVY, HIGH))
    assert normalise(AtLeast(0, (HEAVY,))) == ALWAYS
    assert normalise(Case(((NEVER, HIGH), (ALWAYS, BROKEN)), HEAVY)) == BROKEN
    assert normalise(Case(((HIGH, NEVER), (BROKEN, NEVER)), NEVER)) == NEVER
    assert normalise(Case(((HIGH, HEAVY), (HIGH, BROKEN)), NEVER)) == Case(((HIGH, HEAVY),), NEVER)
    assert all_of(()) == ALWAYS
    assert any_of(()) == NEVER


def test_equal_parts_of_at_least_count_as_often_as_written() -> None:
    assert normalise(AtLeast(2, (HEAVY, HEAVY, HIGH))) == AtLeast(2, (HEAVY, HEAVY, HIGH))


def test_a_lasting_body_is_normalised_and_folded() -> None:
    body = Any((Test(DEATHS, at_least(3) & below(10)), HEAVY))
    normal = normalise(Test(LastingCell(body, 3600), TRUE))
    assert normal == Test(LastingCell(Test(DEATHS, at_least(3)), 3600), TRUE)
    assert normalise(Test(LastingCell(NEVER, 3600), TRUE)) == NEVER
    assert normalise(Not(Test(LastingCell(ALWAYS, 3600), FALSE))) == ALWAYS
