from __future__ import annotations

from itertools import islice
from math import inf, nan
from typing import Any as Anything

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from planengine.engines.kernel import Kernel
from planengine.rules.conditions import All, Any, AtLeast, Case, Cell, Condition, FactCell, Test
from planengine.values.sets import (
    FALSE,
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    NumberDomain,
    NumberSet,
    above,
    at_least,
    at_most,
)
from tests import generated
from tests.engines import plain
from tests.engines.rulesets import (
    ACTIVE,
    BREACH,
    DEATHS,
    DENSITY,
    JUDGED,
    RAIN,
    STAGE,
    Rule,
    as_set,
    built,
    by_name,
    issued_levels,
    level,
    points,
    rule_sets,
    set_values,
    thorough,
)

DENSE = ChoiceSet(frozenset({"dense"}))


@thorough(60)
@given(st.data())
def test_it_answers_as_the_plain_definition(data: st.DataObject):
    ruleset = data.draw(rule_sets()).ruleset
    kernel = Kernel(ruleset)
    for _ in range(3):
        values = data.draw(set_values(ruleset))
        issued = data.draw(issued_levels(ruleset))
        assert kernel.decide(values, issued) == plain.decide(ruleset, values, issued)
        facts = by_name(ruleset, values)
        assert kernel.decide_facts(facts) == plain.decide(ruleset, values, {})


@thorough(60)
@given(st.data())
def test_points_get_the_same_answer_on_both_paths(data: st.DataObject):
    ruleset = data.draw(rule_sets()).ruleset
    kernel = Kernel(ruleset)
    values = [data.draw(points(cell)) for cell in ruleset.cells]
    answer = kernel.decide(values)
    assert all(level == could_reach for level, could_reach, _ in answer)
    assert kernel.decide_facts(by_name(ruleset, values)) == answer
    straight = Kernel(ruleset)
    straight._partial = pytest.fail  # type: ignore[assignment]
    assert straight.decide_facts(dict(zip(kernel._names.first, values, strict=True))) == answer


@thorough(60)
@given(st.data())
def test_level_is_never_too_severe_and_could_reach_never_too_mild(data: st.DataObject):
    written = data.draw(rule_sets(cells=generated.CELLS, most=3))
    ruleset = written.ruleset
    values = data.draw(set_values(ruleset))
    issued = data.draw(issued_levels(ruleset))
    answer = Kernel(ruleset).decide(values, issued)
    assert all(obliged <= least <= most for least, most, obliged in answer)
    known = dict(zip(ruleset.cells, values, strict=True))
    for world in islice(plain.worlds(written, known), 300):
        for rank, (least, most, _) in zip(
            plain.two_valued(written, world, issued), answer, strict=True
        ):
            assert least <= rank <= most


@thorough(60)
@given(st.data())
def test_the_order_of_units_makes_no_difference(data: st.DataObject):
    ruleset = data.draw(rule_sets()).ruleset
    values = data.draw(set_values(ruleset))
    order = data.draw(st.permutations(range(len(ruleset.units))))
    shuffled = replace(
        ruleset,
        units=tuple(ruleset.units[index] for index in order),
        components=tuple(
            tuple(reversed([order.index(index) for index in members]))
            for members in ruleset.components
        ),
    )
    answer = Kernel(ruleset).decide(values)
    assert Kernel(shuffled).decide(values) == tuple(answer[index] for index in order)


FACTS = built(
    {
        "flood@home": [
            Rule(4, Any((Test(DEATHS, at_least(30)), Test(JUDGED, TRUE)))),
            Rule(2, All((Test(RAIN, above(100)), Test(DENSITY, DENSE)))),
            Rule(1, Any((Test(BREACH, TRUE), Test(ACTIVE, at_least(1)), Test(STAGE, at_least(9))))),
        ]
    }
).ruleset


def test_facts_go_by_their_bare_name_at_home():
    kernel = Kernel(FACTS)
    calm = {"deaths": 0, "rain": 0.5, "density": "dense", "breach": False, "stage": 3}
    assert kernel.decide_facts(calm) == ((0, 0, 0),)
    assert kernel.decide_facts({**calm, "deaths": 30}) == ((4, 4, 4),)
    assert kernel.decide_facts({**calm, "rain": 100.5}) == ((2, 2, 2),)
    assert kernel.decide_facts({**calm, "stage@hankou": 9}) == ((0, 0, 0),)  # bare goes first
    assert kernel.decide_facts({"stage": 3, "stage@hankou": 9, "deaths": 0}) == ((0, 2, 0),)
    del calm["stage"]
    assert kernel.decide_facts({**calm, "stage@hankou": 9}) == ((1, 1, 1),)
    assert kernel.decide_facts({**calm, "stage@hankou": 3, "no-such-fact": 1}) == ((0, 0, 0),)


def test_a_missing_fact_is_unknown_and_a_missing_act_not_made():
    kernel = Kernel(FACTS)
    assert kernel.decide_facts({}) == ((0, 4, 0),)
    assert kernel.decide_facts({"deaths": 0, "rain": 0}) == ((0, 1, 0),)
    assert kernel.decide_facts({"deaths": 30}) == ((4, 4, 4),)
    assert kernel.decide_facts({"deaths": 3, str(JUDGED): True}) == ((4, 4, 4),)
    assert kernel.decide_facts({"deaths": at_least(30)}) == ((4, 4, 4),)
    assert kernel.decide_facts({"deaths": None, "breach": True}) == ((1, 4, 1),)


class Hostile:
    """A value that must not be compared."""

    def __eq__(self, other: object) -> bool:
        raise AssertionError

    __hash__ = None  # type: ignore[assignment]
    __bool__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__


WRONG = [
    ("deaths", True),
    ("deaths", "31"),
    ("deaths", nan),
    ("deaths", 30.5),
    ("deaths", -1),
    ("deaths", 2**60),
    ("deaths", [31]),
    ("rain", False),
    ("rain", nan),
    ("rain", inf),
    ("rain", -0.5),
    ("rain", "102 mm"),
    ("density", "crowded"),
    ("density", 3),
    ("breach", 1),
    ("breach", 0.0),
    ("breach", "yes"),
    ("breach", {"yes"}),
    *((name, Hostile()) for name in ("deaths", "rain", "density", "breach")),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_fact_is_refused_by_name(name: str, value: object):
    # Facts are read only where they can still matter, so the others must not decide.
    rain = 101 if name == "density" else 0
    facts = {"deaths": 0, "rain": rain, "density": "dense", "breach": False, "stage": 3}
    kernel = Kernel(FACTS)
    with pytest.raises(ValueError, match=f"{name}@home"):
        kernel.decide_facts({**facts, name: value})
    values = [
        value if str(cell) == f"{name}@home" else facts.get(str(cell).split("@")[0])
        for cell in FACTS.cells
    ]
    with pytest.raises(ValueError, match=f"{name}@home"):
        kernel.decide(values)


@pytest.mark.parametrize("facts", [[3], None, 3, "deaths", {"deaths"}])
@pytest.mark.parametrize("cell", [DEATHS, JUDGED])
def test_facts_must_be_a_mapping(cell: Cell, facts: Anything):
    test = Test(cell, TRUE if cell == JUDGED else at_least(1))
    kernel = Kernel(built({"a@home": [Rule(1, test)]}).ruleset)
    with pytest.raises(ValueError, match="facts by name"):
        kernel.decide_facts(facts)


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_fact_counts_only_where_an_answer_needs_it(name: str, value: object):
    tests = (Test(RAIN, above(100)), Test(BREACH, TRUE), Test(DENSITY, DENSE))
    rules = [Rule(4, Test(STAGE, at_least(9))), Rule(2, Any((*tests, Test(DEATHS, at_least(3)))))]
    kernel = Kernel(built({"a@home": rules}).ruleset)
    facts = {"deaths": 0, "rain": 0, "density": "sparse", "breach": False, name: value}
    for some in (facts, {name: value}, {f"{name}@home": value}):
        assert kernel.decide_facts({**some, "stage": 9}) == ((4, 4, 4),)
        with pytest.raises(ValueError, match=f"{name}@home"):
            kernel.decide_facts({**some, "stage": 0})


def test_a_name_that_is_read_in_two_places_needs_its_place():
    away = replace(DEATHS, place="away")
    there = replace(DEATHS, place="there")
    ruleset = built(
        {"a@home": [Rule(1, Test(away, at_least(3))), Rule(2, Test(there, at_least(3)))]}
    ).ruleset
    with pytest.raises(ValueError, match="write deaths@away"):
        Kernel(ruleset).decide_facts({"deaths": 3})
    assert Kernel(ruleset).decide_facts({"deaths@away": 3, "deaths@there": 0}) == ((1, 1, 1),)
    assert Kernel(ruleset, home="there").decide_facts({"deaths": 3})[0][0] == 2


def test_the_number_of_values_must_fit():
    with pytest.raises(ValueError, match="expected 7 values"):
        Kernel(FACTS).decide([3])


def test_a_rule_set_without_units_decides_nothing():
    kernel = Kernel(built({}).ruleset)
    assert kernel.decide([]) == kernel.decide_facts({"deaths": 3}) == ()


class Programs(dict[str, object]):
    put = dict.__setitem__


def test_kept_programs_are_not_written_again(monkeypatch: pytest.MonkeyPatch):
    programs = Programs()
    first = Kernel(FACTS, programs=programs)
    facts = ({"deaths": 30}, {"deaths": 0, "rain": 0}, {})
    answers = [first.decide_facts(some) for some in facts]
    assert first.source
    for name in ("point_program", "partial_program", "shadow_program"):
        monkeypatch.setattr(f"planengine.engines.kernel.program.{name}", pytest.fail)
    again = Kernel(FACTS, programs=programs)
    assert [again.decide_facts(some) for some in facts] == answers
    assert again.source == first.source


def test_the_source_can_be_read():
    source = Kernel(FACTS).source
    assert "# 0: 'deaths@home'" in source
    assert source.count("def decide(") == 2
    assert source.count("def part") == len(FACTS.components)


def test_decisions_in_a_row_are_those_decided_alone() -> None:
    """Only what reads a changed cell or level is decided again; nothing may be forgotten."""
    chained = built(
        {
            "a@home": [Rule(1, Test(DEATHS, at_least(3))), Rule(2, Test(DEATHS, at_least(9)))],
            "b@home": [Rule(rank, level("a@home", rank, "computed")) for rank in (1, 2)],
            "c@home": [Rule(1, level("b@home", 2, "computed"))],
        }
    ).ruleset
    steps = [(None, {}), (3, {}), (3, {0: 2}), (9, {0: 1}), (9, {}), (2, {}), (2, {1: 2}), (2, {})]
    kernel = Kernel(chained)
    for deaths, issued in steps:
        values = [deaths for _ in chained.cells]
        assert kernel.decide(values, issued) == Kernel(chained).decide(values, issued)


def test_no_name_can_break_out_of_the_source():
    evil = "x\"\n'\\); import os; os.abort()  # \u2028"
    cell = FactCell(evil, evil, ChoiceDomain((evil, "calm")))
    ruleset = built({evil: [Rule(1, Test(cell, ChoiceSet(frozenset({evil}))))]}).ruleset
    kernel = Kernel(ruleset)
    assert kernel.decide_facts({evil: evil}) == ((1, 1, 1),)
    assert kernel.decide_facts({}) == ((0, 1, 0),)
    assert "os.abort()" in kernel.source


@pytest.mark.slow
def test_conditions_may_be_deep_and_long():
    condition: Condition = Test(DEATHS, at_least(1))
    for place in range(120):
        other = Test(replace(DEATHS, place=f"p{place}"), at_least(1))
        condition = (All if place % 2 else Any)((condition, other))
    cells = [replace(DEATHS, place=f"q{place}") for place in range(3_000)]
    long = AtLeast(2, tuple(Test(cell, at_least(1)) for cell in cells))
    guards = tuple((Test(cell, at_least(1)), Test(BREACH, TRUE)) for cell in cells[:150])
    case = Case(guards, Test(BREACH, FALSE))
    ruleset = built({"a@home": [Rule(1, condition), Rule(2, long), Rule(3, case)]}).ruleset
    kernel = Kernel(ruleset)
    for values in (
        [0 if isinstance(cell.domain, NumberDomain) else True for cell in ruleset.cells],
        [1 if isinstance(cell.domain, NumberDomain) else True for cell in ruleset.cells],
        [None] * len(ruleset.cells),
    ):
        sets = [
            cell.domain.everything if value is None else as_set(cell, value)
            for cell, value in zip(ruleset.cells, values, strict=True)
        ]
        answer = plain.decide(ruleset, sets, {})
        assert kernel.decide(values) == kernel.decide_facts(by_name(ruleset, values)) == answer


def test_many_units_compile_in_parts():
    rules = {
        f"u{place}@home": [
            Rule(rank, Test(DEATHS, at_least(place % 7 + rank))) for rank in range(1, 5)
        ]
        for place in range(400)
    }
    rules["last@home"] = [Rule(4, level("u0@home", 3)), Rule(1, level("u399@home", 1))]
    ruleset = built(rules).ruleset
    kernel = Kernel(ruleset)
    assert kernel.source.count("def part1(") == 3
    for value in (3, at_least(5), None):
        known = value if isinstance(value, NumberSet) else at_least(0) if value is None else None
        sets = [as_set(DEATHS, 3) if known is None else known]
        if value is None:
            sets = [DEATHS.domain.everything]
        answer = plain.decide(ruleset, sets, {})
        assert kernel.decide([value]) == kernel.decide_facts({"deaths": value}) == answer


def test_a_fact_is_read_wherever_the_way_there_did_not_read_it():
    first = Any((All((Test(BREACH, TRUE), Test(JUDGED, TRUE))), Test(DEATHS, at_least(3))))
    then = Any((Test(DEATHS, at_most(1)), Test(RAIN, above(100))))
    kernel = Kernel(built({"a@home": [Rule(2, All((first, then)))]}).ruleset)
    for breach, judged, deaths, rain, rank in (
        (True, True, 0, 0, 2),
        (True, False, 0, 0, 0),
        (False, True, 3, 0, 0),
        (False, False, 3, 101, 2),
    ):
        facts = {"breach": breach, str(JUDGED): judged, "deaths": deaths, "rain": rain}
        assert kernel.decide_facts(facts) == ((rank, rank, rank),)


@pytest.mark.parametrize("lost", range(5))
def test_a_kernel_of_which_some_entries_are_lost_answers_the_same(lost: int):
    """Entries are forgotten one by one, and other processes write theirs in between."""
    programs = Programs()
    first = Kernel(FACTS, programs=programs)
    values = [None] * len(FACTS.cells)
    decided = first.decide(values)
    reported = [cell.domain.everything for cell in FACTS.cells]
    wanted = first.indicate(values, reported, decided)
    assert any(wanted)
    first.decide_facts({})
    names = sorted(programs)
    assert names == ["bounds", "facts", "indicated", "partial", "two shadows"]
    del programs[names[lost]]
    again = Kernel(FACTS, programs=programs)
    assert again.decide(values) == decided
    assert again.indicate(values, reported, decided) == wanted
    assert again.decide_facts({}) == first.decide_facts({})
