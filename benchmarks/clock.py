"""Measuring: interleaved rounds, fresh processes, peak memory."""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

SHORTEST = 0.02  # seconds: no single measurement is shorter


def interleaved(
    measurements: Mapping[str, Callable[[], float]], rounds: int
) -> dict[str, list[float]]:
    """What each gives, once per round, in an order shuffled anew for every round.

    So a slow stretch of the machine hits all alike.
    """
    found: dict[str, list[float]] = {name: [] for name in measurements}
    chance = random.Random(1)
    gc.collect()
    gc.freeze()  # what was built stays: collecting before each measurement is then quick
    try:
        for _ in range(rounds):
            for name in chance.sample(list(measurements), len(measurements)):
                found[name].append(measurements[name]())
    finally:
        gc.unfreeze()
    return found


def seconds_each(answer: Callable[[int], object], count: int) -> float:
    """Seconds of processor time per call, for the arguments 0 … count - 1 in turn.

    Processor time, because on a shared machine other processes must not count.
    """
    repeats = 1
    gc.collect()
    gc.disable()
    try:
        while True:
            started = time.process_time()
            for _ in range(repeats):
                for index in range(count):
                    answer(index)
            passed = time.process_time() - started
            if passed > SHORTEST:
                return passed / (repeats * count)
            repeats *= 4
    finally:
        gc.enable()


def peak_mebibytes() -> float:
    """The most memory this process has held."""
    status = Path("/proc/self/status")
    if status.exists():  # the other call counts what the parent held when it forked
        lines = status.read_text(encoding="ascii").splitlines()
        kibibytes = next(line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(kibibytes) / 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)
