"""Conditions beyond what one rule, or one rule set, of durable_rules can take."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from planengine.diagnostics.diagnostic import Span
from planengine.domain.ids import Origin
from planengine.engines.contract import layout_of
from planengine.engines.durable import CannotExpress, DurableEngine, packs
from planengine.engines.durable.atoms import comparison, quantity
from planengine.engines.durable.engine import _lowered
from planengine.engines.kernel import Kernel
from planengine.rules.conditions import All, Any, AtLeast, Case, Condition, Test
from planengine.values.sets import FALSE, TRUE, Interval, NumberSet, at_least
from tests.engines.rulesets import BREACH, DEATHS, Rule, Written, built, by_name, level

PLACES = [replace(DEATHS, place=f"p{number}") for number in range(300)]
FLAGS = [replace(BREACH, place=f"p{number}") for number in range(300)]


def over(cells: list[object], rank: int = 1) -> tuple[Test, ...]:
    return tuple(Test(cell, at_least(rank)) for cell in cells)  # type: ignore[arg-type]


def deep() -> Condition:
    condition: Condition = Test(DEATHS, at_least(1))
    for number, (place, flag) in enumerate(zip(PLACES[:60], FLAGS, strict=False)):
        join = All if number % 2 else Any
        condition = join((condition, Test(place, at_least(1)), Test(flag, TRUE)))
    return condition


CONDITIONS: dict[str, Condition] = {
    "long any": Any(over(PLACES)),
    "long all": All(over(PLACES)),
    "many alternatives": All(
        tuple(
            Any((Test(a, at_least(1)), Test(b, TRUE)))
            for a, b in zip(PLACES[:100], FLAGS, strict=False)
        )
    ),
    "many ways": Any(
        tuple(
            All((Test(a, at_least(1)), Test(b, TRUE)))
            for a, b in zip(PLACES[:200], FLAGS, strict=False)
        )
    ),
    "deep": deep(),
    "count": AtLeast(3, over(PLACES[:40])),
    "long case": Case(
        tuple(
            (Test(a, at_least(1)), Test(b, TRUE)) for a, b in zip(PLACES[:30], FLAGS, strict=False)
        ),
        Test(FLAGS[40], FALSE),
    ),
    "many bounds": Any(
        tuple(
            All((Test(DEATHS, at_least(number)), Test(flag, TRUE)))
            for number, flag in enumerate(FLAGS[:250], 1)
        )
    ),
}


def agree(written: Written) -> None:
    ruleset = written.ruleset
    kernel = Kernel(ruleset)
    numbers = [0, 1, 2, None, NumberSet((Interval(0, 1),))]
    flags = [True, False, None]
    with DurableEngine(ruleset) as durable:
        for turn in range(8):
            values = [
                (flags if isinstance(cell, type(BREACH)) and cell.fact == "breach" else numbers)[
                    {0: 0, 1: 1, 2: 2}.get(turn, (place * (turn + 1) // 3 + turn) % 3)
                ]
                for place, cell in enumerate(ruleset.cells)
            ]
            answer = kernel.decide(values)
            assert durable.decide(values) == answer
            assert kernel.decide_facts(by_name(ruleset, values)) == answer


@pytest.mark.parametrize("name", CONDITIONS)
def test_large_conditions_are_taken_apart(name: str):
    agree(built({"one@home": [Rule(2, CONDITIONS[name])]}))


def test_many_units_that_read_one_another():
    rules = {"u0@home": [Rule(rank, Test(DEATHS, at_least(rank))) for rank in (1, 2)]}
    for number in range(1, 30):
        rules[f"u{number}@home"] = [
            Rule(2, level(f"u{number - 1}@home", 2)),
            Rule(1, All((level(f"u{number - 1}@home", 1), Test(FLAGS[number], TRUE)))),
        ]
    agree(built(rules))
    rules["u0@home"].append(Rule(2, All((level("u29@home", 1), Test(FLAGS[0], TRUE)))))
    agree(built(rules))


def test_a_unit_that_reads_very_many():
    rules = {
        f"u{number}@home": [
            Rule(rank, Test(PLACES[number], at_least(rank))) for rank in range(1, 5)
        ]
        for number in range(130)
    }
    others = list(rules)
    rules["all@home"] = [Rule(1, All(tuple(level(other, 1) for other in others)))]
    rules["any@home"] = [Rule(2, Any(tuple(level(other, 2) for other in others)))]
    rules["some@home"] = [Rule(3, AtLeast(2, tuple(level(other, 1) for other in others[:30])))]
    agree(built(rules))


def test_a_count_that_is_too_large_is_refused_with_file_and_line():
    span = Span("plans/flood.yaml", 41, 9, 41, 30)
    tests = tuple(Test(cell, at_least(1), (Origin("≥ 40", span),)) for cell in PLACES)
    ruleset = built({"flood@home": [Rule(1, AtLeast(150, tests))]}).ruleset
    with pytest.raises(CannotExpress, match=r"flood\.yaml:41:9") as caught:
        DurableEngine(ruleset)
    (finding,) = caught.value.diagnostics
    assert finding.code == "durable-cannot-express"
    assert "flood@home" in str(finding)


@pytest.mark.slow
def test_no_pack_is_beyond_a_limit():
    for condition in CONDITIONS.values():
        ruleset = built({"one@home": [Rule(2, condition)]}).ruleset
        component = _lowered(ruleset, layout_of(ruleset), (0,))
        for pack in component.packs:
            assert len(pack.rules) <= packs.TOGETHER
            assert len(pack.quantities) <= packs.PROPERTIES
            tests = {
                (quantity(atom), *comparison(atom))
                for rule in pack.rules.values()
                for group in rule.groups
                for atom in group
            }
            assert len(tests) <= 10 * packs.UNDER_ONE_NODE
            for rule in pack.rules.values():
                assert len(rule.wants) < packs.ANTECEDENTS
                assert sum(len(group) > 1 for group in rule.groups) < packs.GROUPS
