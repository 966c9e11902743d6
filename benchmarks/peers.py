"""planengine beside other engines: the same events on the same thresholds.

`python benchmarks/peers.py [--plans 40 400 2000] [--rounds 15] [--json FILE]`; see README.md.
Exits with 1 when two contestants disagree about an event.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from clock import interleaved, peak_mebibytes, seconds_each
from contestants import BARE, CONTESTANTS, FULL, LIMIT, TABLE
from forms import Answer
from incomplete import incomplete
from incomplete import show as show_incomplete
from workload import events, plans

ALONE = "Python and the events alone"


def measure(count: int, rounds: int, names: Sequence[str]) -> dict[str, Any]:
    """Microseconds per event of each contestant at `count` plans, and who disagrees.

    Contestants that are not installed are named under `missing`, with the reason.
    """
    made = plans(count)
    listed = events(made)
    built: dict[str, Answer] = {}
    build_seconds: dict[str, float] = {}
    missing: dict[str, str] = {}
    for name in names:
        started = time.process_time()
        try:
            built[name] = CONTESTANTS[name].build(made, listed)
        except ImportError as error:
            missing[name] = str(error)
            continue
        build_seconds[name] = time.process_time() - started
    ranks = {
        name: [_ranks(answer(index)) for index in range(len(listed))]
        for name, answer in built.items()
    }
    wanted = CONTESTANTS[LIMIT].build(made, listed)
    expected = [_ranks(wanted(index)) for index in range(len(listed))]
    found = interleaved(
        {name: lambda answer=answer: seconds_each(answer, len(listed))
         for name, answer in built.items()},
        rounds,
    )  # fmt: skip
    return {
        "plans": count,
        "events": len(listed),
        "rounds": rounds,
        "microseconds": {name: median(values) * 1e6 for name, values in found.items()},
        "build_seconds": build_seconds,
        "disagree": {
            name: sum(a != b for a, b in zip(expected, given, strict=True))
            for name, given in ranks.items()
            if given != expected
        },
        "missing": missing,
        "incomplete": incomplete(made, listed, rounds, list(built)),
    }


def _ranks(answer: Sequence[Any]) -> tuple[int, ...]:
    """The levels: planengine's bare decision holds (level, could_reach, obliged) of each plan."""
    return tuple(int(item[0] if isinstance(item, tuple) else item) for item in answer)


def peak_memory(name: str, count: int) -> float:
    """Peak MiB of a fresh process that builds one contestant and answers every event."""
    command = [sys.executable, __file__, "--only", name, "--plans", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def _only(name: str, count: int) -> float:
    made = plans(count)
    listed = events(made)
    if name != ALONE:
        answer = CONTESTANTS[name].build(made, listed)
        for index in range(len(listed)):
            answer(index)
    return peak_mebibytes()


def ratios(results: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The figures that planengine holds itself to, by what they say."""
    found: dict[str, float] = {}
    for result in results:
        times, at = result["microseconds"], f"at {result['plans']} plans"
        if BARE not in times:
            continue
        if LIMIT in times:
            text = f"bare decision as a multiple of unchecked Python, {at}"
            found[text] = times[BARE] / times[LIMIT]
        for prepared, start in ((False, "the same mapping"), (True, "prepared events")):
            peers = [
                name
                for name in times
                if CONTESTANTS[name].kind == "peer" and CONTESTANTS[name].prepared == prepared
            ]
            if peers:
                name = min(peers, key=lambda peer: times[peer])
                text = f"fastest peer from {start} ({name}) as a multiple of a bare decision, {at}"
                found[text] = times[name] / times[BARE]
        unknown = result["incomplete"]["microseconds"].get(BARE, {})
        whole = [
            times[name]
            for name in times
            if CONTESTANTS[name].kind == "peer" and not CONTESTANTS[name].prepared
        ]
        for case, value in unknown.items():
            if whole and case != "all known":
                text = f"bare decision with {case} as a multiple of the fastest peer on all, {at}"
                found[text] = value / min(whole)
        if TABLE in times and FULL in times:
            found[f"full assessment as a multiple of a ZEN table, {at}"] = (
                times[FULL] / times[TABLE]
            )
    first, last = results[0], results[-1]
    for name in (BARE, FULL):
        if first is not last and name in first["microseconds"]:
            growth = last["microseconds"][name] / first["microseconds"][name]
            found[f"{name}: growth from {first['plans']} to {last['plans']} plans"] = growth
    return found


def show(result: dict[str, Any]) -> None:
    """One table, as text."""
    times = result["microseconds"]
    limit = times.get(LIMIT)
    print(f"\n{result['plans']} plans, µs per event (median of {result['rounds']} rounds)")
    for name, value in sorted(times.items(), key=lambda item: item[1]):
        memory = result["memory"].get(name)
        print(
            f"  {name:40}{value:10.2f}"
            + (f"{value / limit:9.1f}x" if limit else "")
            + (f"{memory:8.0f} MiB" if memory else "")
            + f"{result['build_seconds'][name]:9.2f} s to build"
        )
    if ALONE in result["memory"]:
        print(f"  {ALONE:40}{'':20}{result['memory'][ALONE]:8.0f} MiB")
    for name, count in result["disagree"].items():
        print(f"  DISAGREES on {count} events: {name}")
    for name, why in result["missing"].items():
        print(f"  not installed: {name} ({why})")
    show_incomplete(result["incomplete"])
    sys.stdout.flush()


def main() -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plans", type=int, nargs="+", default=[40, 400, 2000])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--no-memory", action="store_true", help="no process to each contestant")
    parser.add_argument("--contestants", nargs="+", choices=[*CONTESTANTS], default=[*CONTESTANTS])
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(_only(options.only, options.plans[0]))
        return 0
    results = []
    for count in options.plans:
        result = measure(count, options.rounds, options.contestants)
        measured = [] if options.no_memory else [ALONE, *result["microseconds"]]
        result["memory"] = {name: peak_memory(name, count) for name in measured}
        results.append(result)
        show(result)
    found = ratios(results)
    for text, value in found.items():
        print(f"{value:8.2f}  {text}")
    if options.json:
        figures = {"results": results, "ratios": found}
        options.json.write_text(
            json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    return 1 if any(result["disagree"] for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
