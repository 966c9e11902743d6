"""Generated time lines against plain computations: met, known, in force, and what is an exercise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planengine
from tests.assessment.conftest import Small
from tests.assessment.test_editions import edition

START = datetime(2026, 6, 30, 18, tzinfo=timezone(timedelta(hours=8)))
CHANGE = 6  # hours after the start the other edition is in force
LAST = 12
OLD = "levels:\n  - {level: I, when: {level: ≥ 9}}\n  - {level: III, when: {level: ≥ 5}}\n"
NEW = "levels:\n  - {level: I, when: {level: ≥ 7}}\n  - {level: III, when: {level: ≥ 3}}\n"
BANDS = {False: {3: 9, 2: 9, 1: 5}, True: {3: 7, 2: 7, 1: 3}}


class Said(NamedTuple):
    """A reading (or a level put in force), heard later perhaps, taken back perhaps."""

    at: int
    received: int
    value: int
    withdrawn: int | None
    exercise: bool = False

    def counts(self, by: int) -> bool:
        return self.received <= by and (self.withdrawn is None or self.withdrawn > by)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> planengine.Engine:
    folder: Path = tmp_path_factory.mktemp("timelines")
    small = Small(folder)
    edition(small, "1", "2020-01-01", "2026-07-01", OLD, "old")
    edition(small, "2", "2026-07-01", None, NEW, "new")
    return small.engine()


def clock(hour: int) -> str:
    return (START + timedelta(hours=hour)).isoformat()


def seconds(hour: int) -> int:
    return int((START + timedelta(hours=hour)).timestamp())


def written(readings: Sequence[Said], puts: Sequence[Said] = ()) -> dict[str, Any]:
    found: list[dict[str, Any]] = []
    for number, one in enumerate((*readings, *puts)):
        head = {"id": f"e{number}", "at": clock(one.at), "received": clock(one.received)}
        status = {"status": "exercise"} if one.exercise else {}
        if number < len(readings):
            found.append({**head, **status, "facts": {"level": one.value}})
        else:
            level = ("none", "III", "II", "I")[one.value]
            found.append({**head, **status, "decide": {"plan": "dam", "level": level}})
        if one.withdrawn is not None:
            taken = {"id": f"w{number}", "at": clock(one.withdrawn), "withdraw": f"e{number}"}
            found.append({**taken, **status})
    return {"incident": "x", "hazards": ["flood"], "observations": found}


def rank_at(readings: Sequence[Said], hour: int, by: int) -> int:
    """The level at an hour by what had been heard by another."""
    told = [one for one in readings if one.at <= hour and one.counts(by)]
    if not told:
        return 0
    value = max(told, key=lambda one: one.at).value
    bands = BANDS[hour >= CHANGE]
    return next((rank for rank in (3, 2, 1) if value >= bands[rank]), 0)


def since(readings: Sequence[Said], rank: int, known: bool) -> int | None:
    found = None
    for hour in range(LAST, -1, -1):
        if rank_at(readings, hour, hour if known else LAST) < rank:
            break
        found = hour
    return found


hours = st.integers(0, LAST)


@st.composite
def timelines(draw: st.DrawFn, most: int, *, exercise: bool = False) -> list[Said]:
    """Readings at different hours: of one hour nothing hangs on which comes last."""
    found: list[Said] = []
    for at in draw(st.lists(hours, unique=True, min_size=1, max_size=6)):
        received = draw(st.integers(at, LAST))
        withdrawn = draw(st.none() | st.integers(received, LAST))
        found.append(Said(at, received, draw(st.integers(0, most)), withdrawn, exercise))
    return found


@given(timelines(12))
def test_met_and_known_are_what_a_plain_walk_gives(
    engine: planengine.Engine, readings: list[Said]
) -> None:
    found = engine.assess(written(readings), at=clock(LAST))
    history = found.situation.history
    (unit,) = found.situation.rules.units
    rank = rank_at(readings, LAST, LAST)
    assert found.situation.outcome(unit.id)[0] == rank
    for asked in range(1, rank + 1):
        for known in (False, True):
            expected = since(readings, asked, known)
            assert expected is not None
            assert history.met_since(unit.id, asked, known=known) == seconds(expected)


@given(timelines(3), hours)
def test_what_is_in_force_is_the_newest_decision_heard_by_then(
    engine: planengine.Engine, puts: list[Said], hour: int
) -> None:
    told = [one for one in puts if one.at <= hour and one.counts(hour)]
    expected = max(told, key=lambda one: one.at).value if told else 0
    found = engine.assess(written([], puts), at=clock(hour))
    ranks = {None: 0, "III": 1, "II": 2, "I": 3}
    assert [ranks[one.in_force] for one in found.decisions] == [expected]


@given(
    timelines(12),
    timelines(3),
    timelines(12, exercise=True),
    timelines(3, exercise=True),
    st.booleans(),
)
def test_exercise_statements_change_no_actual_answer(
    engine: planengine.Engine,
    readings: list[Said],
    puts: list[Said],
    played: list[Said],
    decided: list[Said],
    correcting: bool,
) -> None:
    actual = written(readings, puts)
    mixed = {**actual, "observations": [*actual["observations"]]}
    for number, one in enumerate(written(played, decided)["observations"]):
        more = {**one, "id": f"x{number}", "status": "exercise"}
        if "withdraw" in more:
            more["withdraw"] = "e0"
        elif correcting and "facts" in more:
            more["correct"] = "e0"
        mixed["observations"].append(more)
    try:
        before = engine.assess(actual, at=clock(LAST)).to_dict()
        after = engine.assess(mixed, at=clock(LAST), status="actual").to_dict()
    except planengine.PlanError as error:  # a circle of corrections and the like is refused whole
        pytest.fail(str(error))
    for answer in (before, after):
        for decision in answer["decisions"]:
            decision.pop("why")  # where things are written is not the same
    assert before["decisions"] == after["decisions"]
    assert before["actions"] == after["actions"]
    assert before["tainted"] is after["tainted"] is False
