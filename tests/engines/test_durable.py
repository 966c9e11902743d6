from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from planengine.engines.durable import DurableEngine
from planengine.engines.kernel import Kernel
from tests.engines.rulesets import (
    issued_levels,
    rule_sets,
    set_values,
    thorough,
)


@thorough(60)
@given(st.data())
def test_it_answers_as_the_kernel(data: st.DataObject):
    ruleset = data.draw(rule_sets()).ruleset
    kernel = Kernel(ruleset)
    with DurableEngine(ruleset) as durable:
        for _ in range(3):
            values = data.draw(set_values(ruleset))
            issued = data.draw(issued_levels(ruleset))
            assert durable.decide(values, issued) == kernel.decide(values, issued)
