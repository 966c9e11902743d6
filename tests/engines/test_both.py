from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from planengine.engines.both import BothEngines, EnginesDisagree, compare
from planengine.engines.contract import Decision, Value
from planengine.engines.durable import DurableEngine
from planengine.engines.kernel import Kernel
from planengine.rules.conditions import Test
from planengine.values.sets import at_least
from tests.engines.rulesets import DEATHS, Rule, built

RULESET = built(
    {
        "flood@home": [Rule(2, Test(DEATHS, at_least(3)))],
        "quake@home": [Rule(4, Test(DEATHS, at_least(30)))],
    }
).ruleset


class Mistaken(Kernel):
    def decide(
        self, values: Sequence[Value], issued: Mapping[int, int] = {}
    ) -> tuple[Decision, ...]:
        first, *rest = super().decide(values, issued)
        return ((first[0], 4, first[2]), *rest)


def test_one_answer_where_both_agree():
    with DurableEngine(RULESET) as durable:
        both = BothEngines(Kernel(RULESET), durable)
        assert both.decide([5]) == ((2, 2, 2), (0, 0, 0))
        assert both.cells == RULESET.cells


def test_no_answer_where_they_differ():
    both = BothEngines(Kernel(RULESET), Mistaken(RULESET))
    with pytest.raises(EnginesDisagree, match="flood@home: level 2, could reach 2") as caught:
        both.decide([5])
    assert [str(item.unit) for item in caught.value.differences] == ["flood@home"]
    assert caught.value.differences[0].second == (2, 4, 2)
    assert str(caught.value) == caught.value.text.en
    assert caught.value.text.zh == (
        "两个引擎的答案不一致，因此不作答："
        "flood@home：级别 2、可能达到 2、应启动 2，或级别 2、可能达到 4、应启动 2"
    )


def test_both_must_have_the_same_rules():
    other = built({"flood@home": [Rule(1, Test(DEATHS, at_least(3)))]}).ruleset
    with pytest.raises(ValueError, match="same rule set"):
        BothEngines(Kernel(RULESET), Kernel(other))


def test_compare_lists_the_units_that_differ():
    same = ((1, 2, 0), (0, 0, 0))
    assert compare(RULESET, same, same) == ()
    (found,) = compare(RULESET, same, ((1, 2, 0), (0, 1, 0)))
    assert str(found.unit) == "quake@home"
