"""What must make no difference: the order of arrival and of files, and what is only exercised."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.small import clock
from tests.worlds.telling import stories
from tests.worlds.whole import unbelievable

TICKS = (5, 9)


def unplaced(value: Any) -> Any:
    """An answer without the places in files, which move with what is written around them."""
    if isinstance(value, dict):
        return {key: unplaced(one) for key, one in value.items() if key != "place"}
    return [unplaced(one) for one in value] if isinstance(value, list) else value


@law(0.3)
@given(st.data())
def test_the_order_of_arrival_is_irrelevant(data: st.DataObject) -> None:
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, TICKS))
    engine = made.load(drawn, story.stated).compile()
    incident = story.incident()
    turned = data.draw(st.permutations(incident["observations"]))
    tick = data.draw(st.sampled_from(TICKS))
    answers = [
        engine.assess({**incident, "observations": told}, at=clock(tick)).to_dict()
        for told in (incident["observations"], turned)
    ]
    assert unplaced(answers[0]) == unplaced(answers[1])


@pytest.mark.slow
@law(0.3)
@given(st.data())
def test_the_order_of_documents_is_irrelevant(data: st.DataObject) -> None:
    """Plans lift each other in circles; the least fixpoint is one, however it is approached."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, TICKS))
    orders = [drawn, drawn.reordered(data.draw(st.permutations(range(len(drawn.plans)))))]
    found = []
    for order in orders:
        engine = made.load(order, story.stated).compile()
        found.append(made.ranks(engine.assess(story.incident(), at=clock(TICKS[1]))))
    assert found[0] == found[1]


@law(0.6)
@given(st.data())
def test_exercise_statements_never_change_an_actual_answer(data: st.DataObject) -> None:
    """Not even the time that is assessed when none is given."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, TICKS))
    untrue = data.draw(st.composite(lambda draw: unbelievable(draw, drawn, story))())
    engine = made.load(drawn, story.stated).compile()
    incident = story.incident()
    mixed = {**incident, "observations": [*incident["observations"], *untrue]}
    at = data.draw(st.sampled_from([None, *map(clock, TICKS)]))
    if at is None and not incident["observations"]:
        at = clock(TICKS[0])
    answers = [engine.assess(told, at=at).to_dict() for told in (incident, mixed)]
    assert answers[0] == answers[1]
