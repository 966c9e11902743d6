"""What one more statement costs, and how the cost grows with the history.

`python benchmarks/step.py [--sizes 1000 10000] [--gauges 1 4] [--rounds 3] [--json FILE]`: the
levels and the rest of the answer, at first and after one more statement, of the shipped examples
and of histories of a few gauges, with their growth; see README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import planengine

ROOT = Path(__file__).parents[1]
START = datetime(2026, 7, 18, 6, tzinfo=timezone(timedelta(hours=8)))
MINUTE = timedelta(minutes=1)
T = TypeVar("T")


def timed(make: Callable[[], T]) -> tuple[float, T]:
    """Milliseconds of processor time, and what was made."""
    gc.collect()
    started = time.process_time()
    made = make()
    return (time.process_time() - started) * 1000, made


def example(engine: planengine.Engine, path: Path, rounds: int) -> dict[str, float]:
    """A shipped incident without its last statement, and with it."""
    whole = engine.library.read_incident(path)
    last = max(whole.events, key=lambda event: event.stamp.at).stamp.at + 60
    more = reading(len(whole.events), datetime.fromtimestamp(last, START.tzinfo), "hankou", 24.5)
    engine.open(whole).tell(more).assessment.to_json()  # compile the rules
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        for name, passed in stepped(engine.open(whole), more).items():
            found.setdefault(name, []).append(passed)
    return {name: median(times) for name, times in found.items()}


def run_on(engine: planengine.Engine, path: Path, steps: int = 60) -> dict[str, float]:
    """Microseconds of a step in a row of them: told, its levels, those after a correction.

    The gauges take turns, one reading a minute; every tenth corrects the one before it.
    """
    whole = engine.library.read_incident(path)
    last = max(event.stamp.at for event in whole.events)
    told, gauges = engine.open(whole), gauges_of(engine, 4)
    told.assessment.situation.outcomes  # noqa: B018 - decide now
    found: dict[str, list[float]] = {}
    for number in range(steps):
        at = datetime.fromtimestamp(last + 60 * (number + 1), START.tzinfo)
        corrects = number > 0 and number % 10 == 0
        gauge = gauges[(number - corrects) % len(gauges)]
        more = reading(10_000 + number, at, gauge, 24 + number % 7 / 2)
        if corrects:
            more["correct"] = f"r{10_000 + number - 1}"
        started = time.process_time()
        told = told.tell(more)
        between = time.process_time()
        told.assessment.situation.outcomes  # noqa: B018
        passed = time.process_time() - between
        found.setdefault("tell", []).append(between - started)
        name = "levels first" if not number else "a correction" if corrects else "levels"
        found.setdefault(name, []).append(passed)
    times = {name: median(values) * 1e6 for name, values in found.items()}
    return {**times, "steps a second": 1e6 / times["levels"]}


def stepped(told: planengine.Timeline, more: Mapping[str, Any]) -> dict[str, float]:
    """Levels, then the rest of the answer; one statement is told; and both again."""
    found: dict[str, float] = {}
    found["levels"], _ = timed(lambda: told.assessment.situation.outcomes)
    found["the rest"], _ = timed(told.assessment.to_json)
    found["tell"], after = timed(lambda: told.tell(more))
    found["levels after"], _ = timed(lambda: after.assessment.situation.outcomes)
    found["the rest after"], _ = timed(after.assessment.to_json)
    return found


def reading(number: int, at: datetime, gauge: str, level: float) -> dict[str, Any]:
    facts = {"water-level": f"{level:.2f} m"}
    return {"id": f"r{number}", "at": at.isoformat(), "object": gauge, "facts": facts}


def gauges_of(engine: planengine.Engine, count: int) -> list[str]:
    """So many of the library's stations, or all it has."""
    objects = engine.library.entities.objects.values()
    return [one.id for one in objects if one.kind == "station"][:count]


def history(gauges: Sequence[str], size: int) -> dict[str, Any]:
    """A reading each minute, of each gauge in turn, now over its stages and now under them."""
    told = [
        reading(n, START + n * MINUTE, gauges[n % len(gauges)], 24 + n * 37 % 500 / 100)
        for n in range(size)
    ]
    return {"incident": "grow", "hazards": ["flood"], "scope": ["linjiang"], "observations": told}


def grown(engine: planengine.Engine, gauges: Sequence[str], size: int) -> dict[str, float]:
    incident = history(gauges, size)
    passed, told = timed(lambda: engine.open(incident))
    more = reading(size, START + size * MINUTE, gauges[0], 25.0)
    return {"read": passed, **stepped(told, more)}


def shown(title: str, rows: Mapping[str, Mapping[str, float]]) -> None:
    names = list(next(iter(rows.values())))
    print(f"\n{title:<28}" + "".join(f"{name:>20}" for name in names))
    for row, values in rows.items():
        print(f"{row:<28}" + "".join(f"{values[name]:>20.1f}" for name in names))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1000, 10000])
    parser.add_argument("--gauges", type=int, nargs="*", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    engine = planengine.load(ROOT).compile()
    examples = {
        path.stem: example(engine, path, asked.rounds)
        for path in sorted((ROOT / "examples").glob("*.yaml"))
    }
    shown("milliseconds", examples)
    rows = {path.stem: run_on(engine, path) for path in sorted((ROOT / "examples").glob("*.yaml"))}
    shown("microseconds of a step", rows)
    growth: dict[str, dict[str, dict[str, float]]] = {}
    for count in asked.gauges:
        gauges = gauges_of(engine, count)
        grown(engine, gauges, 20)  # compile the rules
        sizes = {str(size): grown(engine, gauges, size) for size in asked.sizes}
        if len(sizes) > 1:
            first, *_, last = sizes.values()
            sizes["growth"] = {name: last[name] / max(first[name], 0.01) for name in last}
        shown(f"statements of {len(gauges)} gauges", sizes)
        growth[str(len(gauges))] = sizes
    if asked.json is not None:
        asked.json.write_text(
            json.dumps({"examples": examples, "steps": rows, "growth": growth}, indent=2)
        )


if __name__ == "__main__":
    main()
