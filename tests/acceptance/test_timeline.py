"""Folding statement by statement equals assessing the whole, at every moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import planengine
from planengine.rules.conditions import ElapsedCell, OverdueCell
from planengine.values.times import format_time, parse_time
from tests.shipped import ROOT
from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.small import HALF_HOUR, TICKS, clock
from tests.worlds.telling import stories

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
Observation = Mapping[str, Any]


def as_received(observations: Sequence[Observation]) -> list[Observation]:
    """Observations in the order of receipt, none before what it corrects or withdraws."""
    ids = {one["id"]: one for one in observations if "id" in one}

    def received(one: Observation) -> int:
        own = parse_time(str(one.get("received", one["at"])), "Asia/Shanghai")
        assert own is not None
        target = ids.get(one.get("correct") or one.get("withdraw"))
        return own if target is None else max(own, received(target))

    return sorted(observations, key=lambda one: (received(one), "withdraw" in one))


def assert_same(
    engine: planengine.Engine,
    timeline: planengine.Timeline,
    told: Mapping[str, Any],
    times: Sequence[Any] = (None,),
) -> None:
    """At the newest time (None) and at others, in their order: each is taken over from the last."""
    whole = engine.library.read_incident(told)
    assert timeline.incident.events == whole.events
    for at in times:
        if at is not None:
            assert timeline.at(at).to_json() == engine.assess(whole, at=at).to_json()
        elif told["observations"]:
            assert timeline.assessment.to_json() == engine.assess(whole).to_json()


def branch_off(timeline: planengine.Timeline, others: Sequence[Observation]) -> None:
    """Tell another observation first, and look: what is told then must know nothing of it."""
    for other in others:
        if not {"correct", "withdraw"} & other.keys():
            timeline.tell(other).assessment.to_json()
            break


@law(0.4)
@given(st.data())
def test_folding_equals_assessing_the_whole(data: st.DataObject) -> None:
    """Late arrivals, corrections, withdrawals, forecasts, decisions and the watch are among them."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, (5, 9)))
    engine = made.load(drawn, story.stated).compile()
    incident = story.incident()
    arriving = as_received(incident["observations"])
    first = data.draw(st.integers(0, len(arriving)))
    times = [clock(data.draw(st.integers(0, TICKS)), data.draw(st.sampled_from([0, 1, 600])))]
    told = {**incident, "observations": arriving[:first]}
    timeline = engine.open(told)
    for number in range(first, len(arriving)):
        newest_first = data.draw(st.booleans())
        both = [None, *times] if newest_first else [*times, None]
        assert_same(engine, timeline, told, both if number % 2 else [None])
        branch_off(timeline, arriving[number + 1 :])
        timeline = timeline.tell(arriving[number])
        told = {**incident, "observations": arriving[: number + 1]}
    assert_same(engine, timeline, told, [*times, None, clock(TICKS, HALF_HOUR)])


def told_of_the_past(found: planengine.Assessment) -> dict[Any, Any]:
    """What is known, and what was known, of every cell and decision at every quarter of an hour.

    From the first moment of which there is anything to tell: nothing asks of one before.
    """
    told: dict[Any, Any] = {}
    situation = found.situation
    first = parse_time(clock(-2), "Asia/Shanghai")
    assert first is not None
    for known in (False, True):
        chronicle = situation.chronicle(known=known)
        for moment in range(first, found.at + 1, HALF_HOUR // 2):
            if moment < chronicle.first:
                continue
            stretch = chronicle.stretch(moment)
            for cell in stretch.outline.rules.cells:
                if not isinstance(cell, ElapsedCell | OverdueCell):
                    told[known, moment, cell] = (
                        stretch.value(cell).at(moment)[1],
                        stretch.reported(cell).at(moment)[1],
                    )
            for unit in stretch.outline.rules.units:
                told[known, moment, unit.id] = stretch.ranks(unit.id).at(moment)[1]
    return told


@pytest.mark.slow
@law(1)
@given(st.data())
def test_what_is_carried_over_of_the_past_is_what_is_found_anew(data: st.DataObject) -> None:
    """In whatever order it is told: late news and what is taken back above all."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, (5, 9)))
    engine = made.load(drawn, story.stated).compile()
    incident = story.incident()
    said = data.draw(st.permutations(incident["observations"]))
    arriving = [one for one in said if "correct" not in one and "withdraw" not in one]
    arriving += as_received([one for one in said if "correct" in one or "withdraw" in one])
    end = {"id": "end", "at": clock(TICKS), "moments": {"occurrence": clock(-4)}}
    place = data.draw(st.integers(0, len(arriving)))
    timeline = engine.open({**incident, "observations": []})
    for one in (*arriving[:place], end, *arriving[place:]):
        timeline = timeline.tell(one)
        anew = engine.assess(timeline.incident)
        assert told_of_the_past(timeline.assessment) == told_of_the_past(anew)


@pytest.mark.slow
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_shipped_examples_can_be_told_one_by_one(
    engine: planengine.Engine, example: Path
) -> None:
    document = yaml.load(example.read_text(encoding="utf-8"), yaml.BaseLoader)
    arriving = as_received(document["observations"])
    timeline = engine.open({**document, "observations": []})
    for number, one in enumerate(arriving, 1):
        timeline = timeline.tell(one)
        told = {**document, "observations": arriving[:number]}
        if number % 20 == 1 or number == len(arriving):
            assert_same(engine, timeline, told)
        else:
            assert timeline.assessment.at


@pytest.mark.slow
def test_of_an_answer_only_what_the_news_touch_is_worked_out_again(
    engine: planengine.Engine,
) -> None:
    """A reading of a gauge is read by the flood plan, and by no decision after an explosion."""

    def kept(example: str) -> dict[str, bool]:
        """Whether the answer of each decision is the very one of before."""
        timeline = engine.open(ROOT / "examples" / f"{example}.yaml")
        before = {one.id: one.answer for one in timeline.assessment.decisions}
        assert timeline.assessment.to_json()
        at = format_time(timeline.assessment.at + 60, "Asia/Shanghai")
        reading = {"at": at, "object": "hankou", "facts": {"water-level": "25.9 m"}}
        after = timeline.tell(reading).assessment
        return {one.id: one.answer is before[one.id] for one in after.decisions}

    assert set(kept("chemical-explosion").values()) == {True}
    flood = kept("flood-day")
    assert not flood["linjiang/flood/flood@linjiang"]
    assert flood["medical-rescue-event@linjiang"]
