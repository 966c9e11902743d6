"""Random and mutated inputs by the thousand: no traceback, none slow, none without a position.

    python benchmarks/fuzz.py --cases 1000000 --seed 1

Prints how many of each kind were tried, and every failure once, made as small as it still
fails. The exit status is 1 where there is one. `--case N` runs a single one again.
"""

from __future__ import annotations

import argparse
import gc
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time
from types import FrameType
from typing import Any, NamedTuple

from fuzz_cases import Case, make, run

LIMIT = 2.0  # seconds of processor time that a case may take
PATIENCE = 20.0  # seconds of processor time to make a failure smaller
PROGRESS = 10_000
WARM = 200


class TooSlow(BaseException):
    """A case took longer than it may."""


class Failure(NamedTuple):
    """What went wrong, in words by which it is told from others, and where."""

    what: str
    trace: str = ""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what takes longer, where it runs in Python."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def failure_of(case: Case) -> Failure | None:
    """How a case fails; None where it does not."""
    start = process_time()
    try:
        with limited(LIMIT):
            wrong = run(case)
    except TooSlow:
        return Failure(f"{case.kind}: over {LIMIT:g} s", traceback.format_exc())
    except Exception as error:  # noqa: BLE001 - whatever it is
        frames = traceback.extract_tb(error.__traceback__)
        own = [frame for frame in frames if "planengine" in frame.filename] or frames
        place = f"{own[-1].filename.rpartition('planengine/')[2]}:{own[-1].lineno}"
        return Failure(f"{case.kind}: {type(error).__name__} at {place}", traceback.format_exc())
    if process_time() - start > LIMIT:
        return Failure(f"{case.kind}: over {LIMIT:g} s")
    return Failure(f"{case.kind}: {wrong}") if wrong else None


def smaller(given: Any) -> Iterator[Any]:
    """The same input with something left out, the largest parts first."""
    if isinstance(given, str):
        size = len(given) // 2
        while size:
            yield from (given[:at] + given[at + size :] for at in range(0, len(given), size))
            size //= 2
    elif isinstance(given, dict):
        for key, value in given.items():
            yield {k: v for k, v in given.items() if k != key}
            yield from ({**given, key: less} for less in smaller(value))
    elif isinstance(given, list):
        for at, value in enumerate(given):
            yield [*given[:at], *given[at + 1 :]]
            yield from ([*given[:at], less, *given[at + 1 :]] for less in smaller(value))
    elif isinstance(given, tuple):
        yield from ((given[0], less) for less in smaller(given[1]))


def minimised(case: Case, failure: Failure) -> Case:
    """The smallest case found that fails in the same way."""
    end = process_time() + PATIENCE
    found = True
    while found and process_time() < end:
        found = False
        for less in smaller(case.given):
            again = failure_of(Case(case.kind, less))
            if again is not None and again.what == failure.what:
                case, found = Case(case.kind, less), True
                break
            if process_time() > end:
                break
    return case


def fuzz(cases: int, seed: int, *, tell: bool = False) -> tuple[Counter[str], dict[str, list[Any]]]:
    """How many cases of each kind ran; of each failure its count, first number and example."""
    counts: Counter[str] = Counter()
    failures: dict[str, list[Any]] = {}
    slowest = 0.0
    for number in range(cases):
        case = make(seed, number)
        start = process_time()
        failure = failure_of(case)
        slowest = max(slowest, process_time() - start)
        counts[case.kind] += 1
        if failure is not None and failure.what in failures:
            failures[failure.what][0] += 1
        elif failure is not None:
            failures[failure.what] = [1, number, minimised(case, failure), failure.trace]
            if tell:
                show(failure.what, failures[failure.what])
        if number == WARM:
            gc.freeze()  # what the library is made of needs no looking through
        if tell and (number + 1) % PROGRESS == 0:
            failed = sum(found[0] for found in failures.values())
            print(f"{number + 1} cases, {failed} failed, slowest {slowest:.2f} s", flush=True)
    return counts, failures


def show(what: str, found: list[Any]) -> None:
    count, number, case, trace = found
    print(f"\n{what} ({count} times; first --case {number}):\n{case.given!r}"[:3000])
    print(trace[-3000:], flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--case", type=int, help="only the case of this number")
    asked = parser.parse_args()
    if asked.case is not None:
        case = make(asked.seed, asked.case)
        print(f"{case.kind}: {case.given!r}\n{failure_of(case)}")
        return
    counts, failures = fuzz(asked.cases, asked.seed, tell=True)
    print("\n" + ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
    for what, (count, number, *_) in failures.items():
        print(f"{count} × {what} (--case {number})")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
