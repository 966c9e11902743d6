"""Every level has its reason, and the reason is enough for it."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import planengine
from planengine.rules.conditions import LevelCell
from planengine.rules.shadows import of_test
from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.small import clock
from tests.worlds.telling import stories

TICK = 9


@law(0.6)
@given(st.data())
def test_what_is_cited_for_a_level_is_enough_for_it(data: st.DataObject) -> None:
    """Whoever had stated nothing but what the reasons name would have the same level."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, (TICK,)))
    engine = made.load(drawn, story.stated).compile()
    incident = story.incident()
    found = engine.assess(incident, at=clock(TICK))
    by_id = {one.id: one for one in found.decisions}
    ranks = made.ranks(found)
    for decision in found.decisions:
        assert bool(decision.why) == (decision.level is not None)
        for reason in decision.why:
            assert reason.text
            assert reason.span is not None
            assert all(of_test(held.value, held.accepts)[0] for held in reason.held)
        if decision.level is None:
            continue
        cited = _cited(decision, by_id, set())
        kept = _only(incident["observations"], cited)
        again = made.ranks(engine.assess({**incident, "observations": kept}, at=clock(TICK)))
        assert again[decision.id][0] >= ranks[decision.id][0], decision.id


def _cited(
    decision: planengine.Decision, by_id: dict[str, planengine.Decision], seen: set[str]
) -> set[str]:
    """The statements that the reasons name, with those of the decisions that they rest on."""
    seen.add(decision.id)
    held = [one for reason in decision.why for one in reason.held]
    found = {statement.stamp.id for one in held for statement in one.statements}
    for one in held:
        read = one.cell.unit if isinstance(one.cell, LevelCell) else None
        if read in by_id and read not in seen:
            found |= _cited(by_id[read], by_id, seen)
    return found


def _only(observations: list[dict[str, Any]], cited: set[str]) -> list[dict[str, Any]]:
    """What is cited (with what it corrects), and what people did besides stating facts."""
    corrected = {one.get("correct") for one in observations if one["id"] in cited}
    return [
        one
        for one in observations
        if one["id"] in cited | corrected or not {"facts", "withdraw"} & set(one)
    ]
