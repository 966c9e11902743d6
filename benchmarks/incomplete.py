"""Events of which something is not known: the usual case, of which peers are given null.

What planengine answers is certain, or possible; what a peer answers to null may be neither. So
each peer is given its best form of it, and its answers are held against what is certain.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from fractions import Fraction
from statistics import median
from typing import Any

from clock import interleaved, seconds_each
from contestants import BARE, CONTESTANTS
from forms import Answer, facts_of, grouped
from workload import AT, Event, Plan

CASES: dict[str, int | None] = {
    "all known": 0,
    "1 of 11 missing": 1,
    "5 of 11 missing": 5,
    "1 of 11 a range": None,
}
RANGED = "rainfall"


def dropped(events: Sequence[Event], count: int) -> list[Event]:
    """The events with so many of their fields null, from a fixed seed."""
    chance = random.Random(5)
    found: list[Event] = []
    for event in events:
        gone = chance.sample(sorted(event.keys() - {"hazard"}), count)
        found.append({**event, **dict.fromkeys(gone)})
    return found


def incomplete(
    plans: Sequence[Plan], events: Sequence[Event], rounds: int, names: Sequence[str]
) -> dict[str, Any]:
    """Microseconds per event by contestant and case, and on how many events a peer is wrong.

    A peer is wrong where it raises, or gives another level than is certain. The range has no
    peer: none of them takes one.
    """
    decide = _decide(plans)
    answers: dict[tuple[str, str], Answer] = {}
    wrong: dict[str, dict[str, int]] = {}
    for case, count in CASES.items():
        if count is None:
            answers[BARE, case] = _own(decide, _ranged(events))
            continue
        given = dropped(events, count)
        answers[BARE, case] = own = _own(decide, given)
        certain = [[level for level, _, _ in own(index)] for index in range(len(events))]
        for name in names:
            if CONTESTANTS[name].kind != "peer":
                continue
            try:
                built = CONTESTANTS[name].build(plans, given)
            except Exception:  # noqa: BLE001 - not installed, or it takes no null at all
                continue
            answers[name, case] = answer = _caught(built)
            false = sum(answer(index) != levels for index, levels in enumerate(certain))
            wrong.setdefault(name, {})[case] = false
    times = interleaved(
        {key: lambda answer=answer: seconds_each(answer, len(events))
         for key, answer in answers.items()},
        rounds,
    )  # fmt: skip
    found: dict[str, dict[str, float]] = {}
    for (name, case), values in times.items():
        found.setdefault(name, {})[case] = median(values) * 1e6
    return {"microseconds": found, "not what is certain": wrong}


def _decide(plans: Sequence[Plan]) -> dict[str, Callable[[Any], Sequence[Any]]]:
    from own import engine_of

    engine = engine_of(plans)
    return {hazard: engine.decider([hazard], at=AT).decide for hazard in grouped(plans)}


def _own(decide: dict[str, Callable[[Any], Sequence[Any]]], events: Sequence[Event]) -> Answer:
    given = [
        (hazard, {name: value for name, value in facts.items() if value is not None})
        for hazard, facts in facts_of(events, name=str)
    ]

    def answer(index: int) -> Sequence[Any]:
        hazard, facts = given[index]
        return decide[hazard](facts)

    return answer


def _ranged(events: Sequence[Event]) -> list[Event]:
    """The events with one number known to a tenth up or down."""
    from planengine.values.sets import Interval, NumberSet

    def around(value: float) -> NumberSet:
        exact = Fraction(str(value))
        return NumberSet((Interval(exact * Fraction(9, 10), exact * Fraction(11, 10)),))

    return [{**event, RANGED: around(event[RANGED])} for event in events]


def _caught(answer: Answer) -> Answer:
    """The levels as a list, or nothing where it raises."""

    def caught(index: int) -> Sequence[Any]:
        try:
            return [int(rank) for rank in answer(index)]
        except Exception:  # noqa: BLE001 - each peer has errors of its own
            return ()

    return caught


def show(found: dict[str, Any]) -> None:
    """One table, as text."""
    print("\nnot all known: µs per event; in brackets how many events are not what is certain")
    print(f"  {'':40}" + "".join(f"{case:>22}" for case in CASES))
    for name, times in found["microseconds"].items():
        wrong = found["not what is certain"].get(name, {})
        cells = [
            f"{times[case]:.2f}" + (f" ({wrong[case]})" if case in wrong else "")
            if case in times
            else ""
            for case in CASES
        ]
        print(f"  {name:40}" + "".join(f"{cell:>22}" for cell in cells))
