"""A timeline: what can be told of an incident, and that a mistake changes nothing."""

from __future__ import annotations

import pickle
from typing import Any

import pytest

import planengine

FLOOD = "linjiang/flood/flood@linjiang"
HEAD: dict[str, Any] = {
    "incident": "test",
    "hazards": ["flood"],
    "moments": {"occurrence": "2026-07-18T08:00:00+08:00"},
    "observations": [],
}


def gauge(number: int, clock: str, level: str, **more: str) -> dict[str, Any]:
    head = {"id": f"g{number}", "at": f"2026-07-18T{clock}:00+08:00", "source": "hydrology-bureau"}
    return {**head, "object": "hankou", "facts": {"water-level": level}, **more}


def level(found: planengine.Assessment) -> str | None:
    return next(one.level for one in found.decisions if one.id == FLOOD)


def told(engine: planengine.Engine, *observations: object) -> planengine.Timeline:
    timeline = engine.open(HEAD)
    for one in observations:
        timeline = timeline.tell(one)
    return timeline


def test_each_statement_gives_another_timeline(engine: planengine.Engine) -> None:
    high = told(engine, gauge(1, "12:00", "27.4 m"))
    low = high.tell(gauge(2, "13:00", "24.0 m"))
    other = high.tell(gauge(2, "13:00", "27.5 m"))
    assert [level(one.assessment) for one in (high, low, other)] == ["II", None, "II"]
    assert level(low.at("2026-07-18T12:30:00+08:00")) == "II"
    assert len(high.incident.events) == 2  # the header's moment, and the reading


def test_an_observation_may_be_text(engine: planengine.Engine) -> None:
    written = '{at: "2026-07-18T12:00:00+08:00", object: hankou, facts: {water-level: 27.4 m}}'
    assert level(told(engine, written).assessment) == "II"


def test_a_late_correction_keeps_the_place_and_is_carried_back(engine: planengine.Engine) -> None:
    timeline = told(
        engine,
        gauge(1, "12:00", "24.0 m"),
        {
            "id": "c1",
            "at": "2026-07-18T14:00:00+08:00",
            "correct": "g1",
            "facts": {"water-level": "27.4 m"},
        },
    )
    corrected = timeline.incident.events[-1]
    assert (corrected.place, corrected.stamp.source) == ("hankou", "hydrology-bureau")
    assert level(timeline.assessment) == "II"
    found = next(one for one in timeline.assessment.decisions if one.id == FLOOD)
    assert found.met_at == timeline.incident.events[1].stamp.at
    withdrawn = timeline.tell({"at": "2026-07-18T15:00:00+08:00", "withdraw": "g1"})
    assert level(withdrawn.assessment) is None


def test_what_was_told_late_is_earlier_than_the_moments_of_the_header(
    engine: planengine.Engine,
) -> None:
    timeline = told(engine, gauge(1, "12:00", "24.0 m"), gauge(2, "07:00", "24.0 m"))
    moment, first, late = timeline.incident.events
    assert moment.stamp.at == late.stamp.at == first.stamp.at - 5 * 3600


@pytest.mark.parametrize(
    ("observation", "code"),
    [
        ({**gauge(2, "13:00", "27.4 m"), "object": "hankuo"}, "unknown-object"),
        (gauge(1, "13:00", "27.4 m"), "duplicate-id"),
        (gauge(2, "13:00", "27.4 m", correct="g7"), "unknown-observation"),
        ({"at": "2026-07-18T15:00:00+08:00", "withdraw": "g7"}, "unknown-observation"),
        ("- 1", "wrong-type"),
        ("", "empty-document"),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(
    engine: planengine.Engine, observation: object, code: str
) -> None:
    timeline = told(engine, gauge(1, "12:00", "27.4 m"))
    before = timeline.incident.events
    with pytest.raises(planengine.PlanError) as raised:
        timeline.tell(observation)
    assert [one.code for one in raised.value.diagnostics] == [code]
    assert timeline.incident.events == before
    assert level(timeline.assessment) == "II"


def test_a_mistake_in_data_is_told_with_its_place_in_the_list(engine: planengine.Engine) -> None:
    timeline = told(engine, gauge(1, "12:00", "27.4 m"))
    with pytest.raises(planengine.PlanError) as raised:
        timeline.tell({**gauge(2, "13:00", "27.4 m"), "object": "hankuo"})
    (found,) = raised.value.diagnostics
    assert found.span is not None
    assert found.span.path == "observations[1].object"


def test_nothing_told_is_no_time(engine: planengine.Engine) -> None:
    with pytest.raises(planengine.ArgumentError):
        engine.open({**HEAD, "moments": {}}).assessment  # noqa: B018 - asking raises


def test_a_timeline_can_be_pickled(engine: planengine.Engine) -> None:
    timeline = told(engine, gauge(1, "12:00", "27.4 m"))
    again = pickle.loads(pickle.dumps(timeline))
    assert again.tell(gauge(2, "13:00", "24.0 m")).assessment == (
        timeline.tell(gauge(2, "13:00", "24.0 m")).assessment
    )
    assert repr(again) == "<Timeline of test: 1 observations up to 2026-07-18T04:00:00+00:00>"
