"""What a session costs: a step, its effects, a commit, an open incident, a long history.

`python benchmarks/sessions.py [--sizes 100 1000 10000] [--incidents 200] [--folder DIR]
[--json FILE]`: see README.md.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import planengine

ROOT = Path(__file__).parents[1]
HEAD = {"incident": "flood", "hazards": ["flood"], "scope": ["linjiang"]}
BEGIN = 1_784_325_600  # 2026-07-18, 6:00 in Linjiang
MINUTE = 60
THREADS = (1, 8, 32)


def reading(number: int) -> dict[str, Any]:
    """A gauge's reading, a minute after the one before; every tenth is of another gauge."""
    gauge = "xikou-station" if number % 10 == 9 else "hankou"
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(BEGIN + number * MINUTE))
    level = f"{24 + number % 30 / 10:.1f} m"
    return {"id": f"r{number}", "at": at, "object": gauge, "facts": {"water-level": level}}


def rate(
    step: Callable[[int], object],
    seconds: float,
    clock: Callable[[], float] = time.process_time,
) -> float:
    """How many steps there are in a second, of processor time unless by another clock."""
    gc.collect()
    started, number = clock(), 0
    while clock() - started < seconds:
        step(number)
        number += 1
    return number / (clock() - started)


def steps(engine: planengine.Engine, seconds: float) -> dict[str, float]:
    """Told, with levels, and with effects, by one core and without a journal."""
    found: dict[str, float] = {}
    timeline = engine.open(HEAD)

    def tell(number: int) -> None:
        nonlocal timeline
        timeline = timeline.tell(reading(number))

    def levels(number: int) -> None:
        tell(number)
        for one in timeline.assessment.decisions:
            _ = one.level

    before: list[planengine.Assessment] = []

    def effects(number: int) -> None:
        from planengine.sessions.difference import difference

        tell(number)
        after = timeline.assessment
        difference(before[-1] if before else None, after)
        before[:] = [after]

    for name, step in (("told", tell), ("and levels", levels), ("and effects", effects)):
        timeline = engine.open(HEAD)
        step(0)  # compile the rules
        timeline = engine.open(HEAD)
        found[f"steps/s, {name}"] = rate(step, seconds)
    return found


def durable(engine: planengine.Engine, folder: Path, seconds: float) -> dict[str, float]:
    """Entries a second that are on the disk: of the disk, of one session told by threads."""
    found: dict[str, float] = {}
    bare = planengine.Journal.create(folder / "bare.journal", 1, "{}")

    def commit(number: int) -> None:
        with bare.writing() as writer:
            writer.append("told", number, json.dumps(reading(number)))

    found["commits/s of the disk"] = rate(commit, seconds, time.perf_counter)
    for threads in THREADS:
        session = engine.begin(folder / f"{threads}.journal", HEAD, now=BEGIN)
        told, busy = _told_by(session, threads, seconds)
        found[f"told/s, durable, {threads} threads"] = told
        found[f"the same, per second of processor time, {threads} threads"] = busy
    session = engine.begin(folder / "batch.journal", HEAD, now=BEGIN)

    def batch(number: int) -> None:
        told = [reading(number * 100 + each) for each in range(100)]
        session.tell_all(told, now=BEGIN + 10**6)

    own = time.process_time()
    found["told/s, durable, a hundred at a time"] = 100 * rate(batch, seconds, time.perf_counter)
    own = time.process_time() - own
    busy = (session.number - 1) / own
    found["the same, per second of processor time, a hundred at a time"] = busy
    return found


def _told_by(session: planengine.Session, count: int, seconds: float) -> tuple[float, float]:
    """How many were told in a second: of real time, and of processor time."""
    numbers = iter(range(10**9))
    until = time.perf_counter() + seconds

    def tell() -> None:
        while time.perf_counter() < until:
            session.tell(reading(next(numbers)), now=BEGIN + 10**6)

    threads = [Thread(target=tell) for _ in range(count)]
    own = time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    own = time.process_time() - own
    return (session.number - 1) / seconds, (session.number - 1) / own


def memory(engine: planengine.Engine, folder: Path, count: int) -> dict[str, float]:
    """Kilobytes for each incident that is open, with ten readings told; each was assessed once."""
    found: dict[str, float] = {}
    readings = [reading(number) for number in range(10)]

    def timeline(_: int) -> object:
        opened = engine.open({**HEAD, "observations": readings})
        assert opened.at(BEGIN + 3600).decisions
        return opened

    def session(number: int) -> object:
        opened = engine.begin(folder / f"m{number}.journal", HEAD, now=BEGIN)
        opened.tell_all(readings, now=BEGIN + 3600)
        assert opened.at(BEGIN + 3600).decisions
        opened.close()
        return opened

    for name, make in (("timeline", timeline), ("session", session)):
        tracemalloc.start()
        sizes: list[int] = []
        kept: list[object] = []
        for first in (0, count):  # the second half pays only for itself, not for what all share
            kept += [make(first + each) for each in range(count)]
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
        tracemalloc.stop()
        found[f"kB of an open {name}"] = (sizes[1] - sizes[0]) / count / 1024
        del kept
    return found


def growth(engine: planengine.Engine, folder: Path, sizes: list[int]) -> dict[str, float]:
    """Milliseconds of processor time: one more reading, opening the journal anew."""
    found: dict[str, float] = {}
    session = engine.begin(folder / "long.journal", HEAD, now=BEGIN)
    number = 0
    for size in sizes:
        while number < size:
            until = min(number + 500, size)
            session.tell_all(map(reading, range(number, until)), now=BEGIN + size * MINUTE)
            number = until
        times: list[float] = []
        for _ in range(20):
            started = time.process_time()
            session.tell(reading(number), now=BEGIN + number * MINUTE)
            times.append((time.process_time() - started) * 1000)
            number += 1
        found[f"ms of a reading after {size}"] = sorted(times)[len(times) // 2]
        started = time.process_time()
        again = engine.session(session.journal.path)
        assert again.number == session.number
        found[f"ms to open {size}"] = (time.process_time() - started) * 1000
    return found


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000])
    parser.add_argument("--incidents", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--folder", type=Path, help="on the disk that is to be measured")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        engine = planengine.load(ROOT, cache=folder / "cache").compile()
        found = steps(engine, given.seconds)
        found |= durable(engine, folder, given.seconds)
        found |= growth(engine, folder, given.sizes)
        found |= memory(engine, folder, given.incidents)
    for what, value in found.items():
        print(f"{value:10.1f}  {what}")
    if given.json is not None:
        given.json.write_text(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
