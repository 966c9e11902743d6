"""Random true histories (SEMANTICS, laws): growing counts, every change told at once.

Each county tells its figure at the start and again whenever it changes; the city tells its
own now and then. Nothing told is wrong, so nothing may contradict it or exclude the truth.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from planengine.values.sets import NumberSet, number
from tests.evidence.build import CITY, EAST, HOUR, PROVINCE, WEST, cell, evidence, said
from tests.examples import examples

LAW = settings(deadline=None, max_examples=examples(150))
COUNTED = ("deaths", "missing", "trapped")


@st.composite
def histories(draw: st.DrawFn):
    """What was told, and the true figures of each hour, by fact and place."""
    true = {(name, place): draw(st.integers(0, 5)) for name in COUNTED for place in (WEST, EAST)}
    start = {WEST: {}, EAST: {}}
    for (name, place), value in true.items():
        start[place][name] = value
    events = [said(0, place, **facts) for place, facts in start.items()]
    hours = []
    for hour in range(1, draw(st.integers(2, 8))):
        change = draw(st.sampled_from(["west", "east", "city", "city", "total", "nothing"]))
        if change in (WEST, EAST):
            name = draw(st.sampled_from(COUNTED))
            falls = -true[name, change] if name != "deaths" else 1
            more = draw(st.integers(falls, 4).filter(bool))
            true[name, change] += more
            events.append(said(hour, change, **{name: true[name, change]}))
        elif change == "city":
            name = draw(st.sampled_from(COUNTED))
            events.append(said(hour, CITY, **{name: true[name, WEST] + true[name, EAST]}))
        elif change == "total":
            place = draw(st.sampled_from([WEST, EAST, CITY]))
            whole = (WEST, EAST) if place == CITY else (place,)
            both = sum(true[name, one] for name in ("deaths", "missing") for one in whole)
            events.append(said(hour, place, dead_and_missing=both))
        hours.append((hour, dict(true)))
    return events, hours


def truth(true, name: str, place: str) -> int:
    names = ("deaths", "missing") if name == "dead-and-missing" else (name,)
    places = (WEST, EAST) if place == CITY else (place,)
    return sum(true[one, where] for one in names for where in places)


@LAW
@given(histories())
def test_a_true_history_never_conflicts_nor_excludes_the_truth(history) -> None:
    events, hours = history
    for hour, true in hours:
        known_by_then = [event for event in events if event.stamp.at <= hour * HOUR]
        found = evidence(*known_by_then, at=hour)
        for name in (*COUNTED, "dead-and-missing"):
            for place in (WEST, EAST, CITY):
                known = found.known(cell(name, place))
                assert number(truth(true, name, place)).issubset(known.value), (name, place, hour)
                assert not known.conflict
        assert found.conflicts == ()


@LAW
@given(histories())
def test_reported_lies_within_what_is_known(history) -> None:
    events, hours = history
    found = evidence(*events, at=hours[-1][0])
    for name in (*COUNTED, "dead-and-missing"):
        for place in (WEST, EAST, CITY, PROVINCE):
            reported = found.reported(cell(name, place))
            known = found.known(cell(name, place)).value
            assert reported is None or (reported and reported.issubset(known))


@LAW
@given(histories(), st.data())
def test_a_first_observation_narrows(history, data) -> None:
    """Of a fact and place that nobody told of before, whatever it tells that can be true."""
    events, _ = history
    kept = [event for event in events if event.place != EAST]
    name = data.draw(st.sampled_from(COUNTED))
    before = evidence(*kept, at=9)
    free = before.known(cell(name, EAST)).value
    assert isinstance(free, NumberSet)
    low = int(free.low)
    value = data.draw(st.integers(low, int(min(free.high, low + 9))))
    after = evidence(*kept, said(9, EAST, **{name: value}), at=9)
    for one in (*COUNTED, "dead-and-missing"):
        for place in (WEST, EAST, CITY):
            asked = cell(one, place)
            assert after.known(asked).value.issubset(before.known(asked).value), asked
