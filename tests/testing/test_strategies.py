"""What is drawn can be told, lies at the bounds of the rules, and the laws find what breaks them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import planengine
from planengine.testing import incidents, laws, laws_test, timelines
from planengine.testing.bounds import usual_time, values_asked
from tests.linking.libraries import BASE

ENGINE = planengine.load(BASE).compile()

test_laws_of_the_base_library = laws_test(ENGINE, examples=10)


def test_values_stand_at_the_bounds_and_beside_them() -> None:
    asked = values_asked(ENGINE, ["accident"], usual_time(ENGINE))
    deaths = next(values for cell, values in asked.items() if cell.fact == "deaths")
    assert sorted(map(int, deaths)) == [2, 3, 9, 10]


@settings(max_examples=20)
@given(timelines(ENGINE, hazards=["flood"]))
def test_a_timeline_can_be_told(drawn: tuple[dict[str, Any], list[dict[str, Any]]]) -> None:
    incident, records = drawn
    timeline = ENGINE.open(incident)
    for record in records:
        timeline = timeline.tell(record)
    assert len({event.stamp.observation for event in timeline.incident.events}) == len(records)


class Broken:
    """An engine whose answers are worse by one level than what could be."""

    library = ENGINE.library

    def assess(self, incident: Any, **when: Any) -> Any:
        found = ENGINE.assess(incident, **when)

        class Answer:
            at = found.at
            recheck_at = found.recheck_at
            decisions = tuple(Swapped(one) for one in found.decisions)

        return Answer()


class Swapped:
    def __init__(self, one: planengine.Decision) -> None:
        self.id, self.scale, self.indicated = one.id, one.scale, one.indicated
        self.level, self.could_reach = one.could_reach, one.level


def test_a_law_notices_an_engine_that_breaks_it() -> None:
    seen = []

    @settings(max_examples=30, database=None, phases=[Phase.generate])
    @given(incidents(ENGINE, hazards=["accident"]))
    def law(incident: dict[str, Any]) -> None:
        seen.append(incident)
        laws.levels_in_order(Broken(), incident)

    with pytest.raises(AssertionError, match="accident@river-city: "):
        law()


@given(st.data())
@settings(max_examples=10)
def test_what_is_drawn_is_of_the_hazards_asked_for(data: st.DataObject) -> None:
    drawn = data.draw(incidents(ENGINE, hazards=["flood"], most=2))
    assert drawn["hazards"] == ["flood"]
    assert 1 <= len(drawn["observations"]) <= 2
