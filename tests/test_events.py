"""Events told on: what shares a beginning, and what of it is found without looking at it all."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from planengine.domain.events import Events
from planengine.domain.revisions import newest_time
from planengine.domain.statements import Event, MomentStated, Stamp, Statement, Withdrawal

DAY = 86_400


def said(name: str, at: int, corrects: str | None = None) -> Statement:
    return Statement(Stamp(name, at, at), None, "x", "observed", {}, corrects=corrects)


def taken(name: str, at: int, target: str) -> Withdrawal:
    return Withdrawal(Stamp(name, at, at), target)


def test_what_is_told_on_shares_what_came_before() -> None:
    first = Events([said("a", 1)])
    both = first.and_then((said("b", 2),))
    assert ([e.stamp.id for e in first], [e.stamp.id for e in both]) == (["a"], ["a", "b"])
    assert both[:1] == tuple(first)
    assert both.goes_on(first)
    assert not first.goes_on(both)
    assert both.after(first) == (both[1],)


def test_two_that_go_on_from_one_know_nothing_of_each_other() -> None:
    first = Events([said("a", 1), said("b", 2)])
    one, other = first.and_then((said("c", 3),)), first.and_then((said("d", 4),))
    assert [[e.stamp.id for e in events] for events in (first, one, other)] == [
        ["a", "b"],
        ["a", "b", "c"],
        ["a", "b", "d"],
    ]
    assert [other.goes_on(events) for events in (first, one, Events(first))] == [True, False, False]
    assert list(other.observations) == ["a", "b", "d"]
    assert "c" not in other.observations
    assert len(other.observations) == 3


def test_many_threads_may_tell_on_from_one() -> None:
    first = Events([said("a", 1)])
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda n: first.and_then((said(f"b{n}", n),)), range(64)))
    assert [[e.stamp.id for e in events] for events in told] == [["a", f"b{n}"] for n in range(64)]


def test_they_are_equal_and_pickled_by_what_they_hold() -> None:
    events = Events([said("a", 1)]).and_then((taken("b", 2, "a"),))
    assert events == tuple(events) == pickle.loads(pickle.dumps(events))
    assert events != events[:1]


def test_the_header_is_no_observation() -> None:
    header = MomentStated(Stamp("moment-x", 1, 1), {"x": 1}, in_header=True)
    events = Events([header, said("a", 2)])
    assert list(events.observations) == ["a"]
    assert newest_time(Events([header]), 0) == (1, None)
    assert newest_time(Events([header]).and_then((said("a", 0),)), 0) == (0, None)


@pytest.mark.parametrize(
    "told",
    [
        [said("a", 5), said("b", 3), said("c", 9), said("d", 9)],
        [said("a", 5), said("b", 5 + 2 * DAY), said("c", 6), said("d", 7 + 2 * DAY)],
        [said("a", 5), said("b", 9), taken("c", 10, "b"), said("d", 7)],
        [said("a", 5), taken("b", 8, "d"), said("d", 9), said("e", 1)],
        [said("a", 5), said("b", 9, corrects="a"), said("c", 7), taken("d", 8, "b")],
        [taken("a", 1, "zz"), said("b", 3 * DAY), said("c", 9), said("zz", 4 * DAY)],
    ],
)
def test_the_newest_time_is_kept_as_events_are_told(told: list[Event]) -> None:
    events = Events()
    for place, event in enumerate(told):
        events = events.and_then((event,))
        assert newest_time(events, 0) == newest_time(tuple(told[: place + 1]), 0)
