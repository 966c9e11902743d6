"""Duties that are told one statement after the other are those of the whole, byte for byte."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.assessment.duty_oracle import Case, Plan
from tests.assessment.duty_stories import incident, library, lines, plans, written
from tests.examples import examples

WATCH = """levels:
  - {level: II, when: {stage: ≥ 3}}
actions:
  - {id: urge, on: {overdue: {plan: dam, action: a}}, executor: [office], do: urge, within: 30 min, of: met}
  - {id: ask, from: II, when: {overdue: {plan: dam, action: b}}, executor: [office], do: ask}
reports:
  - {id: tell, on: {overdue: {plan: dam, report: r}}, by: [office], to: [government], content: [late]}
"""


@st.composite
def stories(draw: st.DrawFn) -> tuple[tuple[Plan, ...], list[Case]]:
    """Plans, and time lines that are told of them."""
    drawn = draw(plans())
    keys = tuple(dict.fromkeys(item.key for plan in drawn for item in plan.items))
    told = draw(st.lists(lines(keys), min_size=3, max_size=3))
    return drawn, [Case(drawn, *line) for line in told]


@pytest.mark.slow
@settings(
    max_examples=examples(30),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(story=stories(), by_receipt=st.booleans())
def test_duties_that_are_told_one_by_one_are_those_of_the_whole(
    story: tuple[tuple[Plan, ...], list[Case]], by_receipt: bool
) -> None:
    drawn, cases = story
    with tempfile.TemporaryDirectory() as folder:
        engine = library(Path(folder), drawn, {"watch": WATCH})
    for case in cases:
        whole = incident(case)
        arriving = sorted(
            whole["observations"], key=lambda one: one["received" if by_receipt else "id"]
        )
        timeline = engine.open({**whole, "observations": []})
        for number, observation in enumerate(arriving, start=1):
            timeline = timeline.tell(observation)
            told = {**whole, "observations": arriving[:number]}
            assert timeline.assessment.to_json() == engine.assess(told).to_json()
            if number % 2:
                at = written(case.at)
                assert timeline.at(at).to_json() == engine.assess(told, at=at).to_json()
