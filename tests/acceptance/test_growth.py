"""What one more statement costs does not grow with what was told before."""

from __future__ import annotations

import gc
import sys
import weakref
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any

import pytest

import planengine
from planengine.values.times import format_time

START = 1_784_325_600
GAUGES = ("hankou", "shahe-station", "xikou-station", "dongze-lake-station")


def calls(make: Callable[[], object]) -> int:
    """How many functions are called: unlike time it is the same on every machine."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        make()
    finally:
        sys.setprofile(before)
    return count


def reading(number: int, gauges: Sequence[str], level: float) -> dict[str, Any]:
    at = format_time(START + 60 * number, "Asia/Shanghai")
    facts = {"water-level": f"{level:.1f} m"}
    return {"id": f"r{number}", "at": at, "object": gauges[number % len(gauges)], "facts": facts}


def told(engine: planengine.Engine, gauges: Sequence[str], size: int) -> planengine.Timeline:
    observations = [reading(n, gauges, 20 + n * 37 % 90 / 10) for n in range(size)]
    incident = {"incident": "grow", "hazards": ["flood"], "scope": ["linjiang"]}
    return engine.open({**incident, "observations": observations})


def step(engine: planengine.Engine, gauges: Sequence[str], size: int) -> tuple[int, int]:
    """The calls of telling one more, and of its levels; the step before has warmed all up."""
    timeline = told(engine, gauges, size)
    timeline.assessment.at  # noqa: B018 - decide now
    timeline = timeline.tell(reading(size, gauges, 21))
    timeline.assessment.at  # noqa: B018
    more = reading(size + 1, gauges, 22)
    following: list[planengine.Timeline] = []
    telling = calls(lambda: following.append(timeline.tell(more)))
    return telling, calls(lambda: following[0].assessment)


def test_a_statement_costs_the_same_however_much_was_told(engine: planengine.Engine) -> None:
    """Of gauges that no window looks back at."""
    few, many = (step(engine, GAUGES[1:], size) for size in (30, 300))
    assert many[0] <= few[0] * 1.05
    assert many[1] <= few[1] * 1.05
    assert few[0] + few[1] < 1500


def test_a_window_costs_the_same_however_much_it_holds(engine: planengine.Engine) -> None:
    """Levels of one gauge hang on its last three days."""
    few, many = (step(engine, GAUGES[:1], size) for size in (30, 300))
    assert many[0] <= few[0] * 1.05
    assert many[1] <= few[1] * 1.1


def test_what_a_step_leaves_behind_is_freed_at_once(engine: planengine.Engine) -> None:
    """It does not wait for the collector, whose work would cost more than the step."""
    timeline = told(engine, GAUGES, 10)
    timeline.assessment.at  # noqa: B018 - look at the past, once
    left = []
    collects = gc.isenabled()
    gc.disable()
    try:
        for number in range(10, 16):
            timeline = timeline.tell(reading(number, GAUGES, 22))
            left.append(weakref.ref(timeline.assessment.situation.evidence.journal))
        # what is found later is compared with the step before, and that with the one before it
        assert [one() for one in left[:-3]] == [None] * 3
    finally:
        if collects:
            gc.enable()


@pytest.mark.parametrize("gauges", [GAUGES[:1], GAUGES])
def test_first_levels_grow_no_faster_than_what_was_told(
    engine: planengine.Engine, gauges: Sequence[str]
) -> None:
    few, many = (told(engine, gauges, size) for size in (50, 500))
    few.assessment.at  # noqa: B018 - compile the rules
    again = told(engine, gauges, 50)
    assert calls(lambda: many.assessment) < 12 * calls(lambda: again.assessment)


def test_one_statement_changes_few_cells(engine: planengine.Engine) -> None:
    timeline = told(engine, GAUGES, 40)
    timeline.assessment.at  # noqa: B018
    timeline = timeline.tell(reading(41, GAUGES, 22))
    evidence = timeline.assessment.situation.evidence
    assert sorted(map(str, evidence.renewed or ())) == [
        "elapsed(occurrence)",
        "elapsed(stable)",
        "water-level@shahe-station",
    ]
