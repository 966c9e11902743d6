"""How long until planengine answers: loading, compiling, first assessments, the command line.

`python benchmarks/startup.py [--plans 40 400 2000] [--rounds 5] [--json FILE]`; see README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from shutil import copytree, ignore_patterns
from statistics import median
from typing import Any

from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parent))

from clock import interleaved, peak_mebibytes
from forms import facts_of
from grown import write_grown
from workload import AT, events, plans, write_library

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
BARE = "python -c pass"
GROWN = 112  # plans of a city that has "1+39+N" of them


def child(library: Path, incident: Path) -> dict[str, float]:
    """Seconds of processor time for each step, in a process that has done nothing before."""
    times = [time.process_time()]

    def passed() -> float:
        times.append(time.process_time())
        return times[-1] - times[-2]

    import planengine

    found = {"import": passed()}
    engine_of = planengine.load(library)
    found["load"] = passed()
    engine = engine_of.compile()
    found["compile"] = passed()
    read = engine_of.read_incident(incident)
    found["read an incident"] = passed()
    engine.assess(read).to_dict()
    found["first assessment"] = passed()
    engine.assess(read).to_dict()
    found["the same again"] = passed()
    engine.assess(named(read, "another")).to_dict()
    found["another incident"] = passed()
    engine.assess(replace(read, id="third")).to_dict()  # what it states is of the first
    found["one that speaks of another"] = passed()
    engine.assess(replace(read, scope=another_scope(read, engine_of.entities))).to_dict()
    found["one of another scope"] = passed()
    return found | {"peak MiB": peak_mebibytes()}


def named(incident: Any, name: str) -> Any:
    """The same incident under another name: what it states is of itself, and of no other."""
    from planengine.domain.statements import Statement

    events = tuple(
        replace(event, incident=name) if isinstance(event, Statement) else event
        for event in incident.events
    )
    return replace(incident, id=name, events=events)


def another_scope(incident: Any, entities: Any) -> frozenset[str] | None:
    """A scope that an incident does not have: one area; where there is no other, all of them."""
    alone = (frozenset({area}) for area in entities.jurisdictions)
    return next((scope for scope in alone if scope != incident.scope), None)


def kept(library: Path, rounds: int) -> dict[str, float]:
    """Seconds to load and compile a copy of a library whose reading is kept, in fresh processes.

    Cold: nothing is kept; then nothing has changed; then the longest plan has a line more at its
    beginning, so that all in it has moved.
    """
    found: dict[str, list[float]] = {}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            copy, cache = Path(name) / "library", Path(name) / "cache"
            copytree(library, copy, ignore=ignore_patterns(".git", "src", "tests", "docs"))
            plans = (path for path in copy.rglob("plans/**/*.yaml") if _is_plan(path))
            edited = max(plans, key=lambda path: (path.stat().st_size, path))
            for case in ("cold", "warm", "one file edited"):
                if case == "one file edited":
                    text = edited.read_text(encoding="utf-8")
                    edited.write_text(f"# a line more\n{text}", encoding="utf-8")
                done = _told("--kept", copy, cache)
                found.setdefault(f"load, {case}", []).append(float(done))
    return {case: median(times) for case, times in found.items()}


def _is_plan(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith("plan:")


def _told(*arguments: str | Path) -> str:
    """What this script says in a process of its own, which keeps byte code as usual."""
    command = [sys.executable, __file__, *map(str, arguments)]
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=kept).stdout


def load_kept(library: Path, cache: Path) -> float:
    """Seconds of processor time to load and compile, imports included."""
    import planengine

    started = time.process_time()
    planengine.load(library, cache=cache).compile()
    return time.process_time() - started


def libraries(counts: Sequence[int], rounds: int) -> dict[str, dict[str, float]]:
    """The median of each step, over fresh processes, for generated libraries and the shipped."""
    with tempfile.TemporaryDirectory() as name:
        cases = {f"{count} plans": _generated(count, Path(name) / str(count)) for count in counts}
        shipped = sorted(EXAMPLES.glob("*.yaml"))
        if shipped:
            cases["the shipped library"] = (ROOT, shipped[0])
            grown = write_grown(Path(name) / "grown", GROWN)
            cases[f"the shipped library, {GROWN} plans"] = (grown, shipped[0])
        return {
            case: {**_steps(*paths, rounds), **kept(paths[0], rounds)}
            for case, paths in cases.items()
        }


def _generated(count: int, folder: Path) -> tuple[Path, Path]:
    folder.mkdir()
    made = plans(count)
    hazard, facts = facts_of(events(made, count=1), name=str)[0]
    incident = folder.with_suffix(".json")
    document = {
        "incident": "event",
        "hazards": [hazard],
        "observations": [{"at": AT, "facts": facts}],
    }
    incident.write_text(json.dumps(document), encoding="utf-8")
    return write_library(made, folder), incident


def _steps(library: Path, incident: Path, rounds: int) -> dict[str, float]:
    done = [json.loads(_told("--child", library, incident)) for _ in range(rounds)]
    return {step: median(each[step] for each in done) for step in done[0]}


def command_line(rounds: int) -> dict[str, dict[str, float]]:
    """Wall-clock and processor seconds of whole commands, from start to exit.

    `planengine assess` keeps what it compiled in the user's cache: each example is measured
    with an empty cache and with one that an earlier run has filled.
    """
    with tempfile.TemporaryDirectory() as name:
        kept = Path(name) / "kept"
        runs: dict[str, Callable[[], tuple[float, float]]] = {
            BARE: lambda: _whole([sys.executable, "-c", "pass"], {}),
            "planengine --help": lambda: _whole(_planengine("--help"), {}),
        }
        for example in sorted(EXAMPLES.glob("*.yaml")):
            command = _planengine("assess", str(example))
            _whole(command, _cache(kept))
            title = f"planengine assess {example.name}"
            runs[title] = lambda command=command: _whole(command, _cache(kept))
            runs[f"{title}, empty cache"] = lambda command=command: _uncached(command)
        return _medians(runs, rounds)


def _medians(
    runs: Mapping[str, Callable[[], tuple[float, float]]], rounds: int
) -> dict[str, dict[str, float]]:
    processor: dict[str, list[float]] = {name: [] for name in runs}

    def wall(name: str) -> float:
        elapsed, used = runs[name]()
        processor[name].append(used)
        return elapsed

    walls = interleaved({name: lambda name=name: wall(name) for name in runs}, rounds)
    return {
        name: {"wall": median(walls[name]), "processor": median(processor[name])} for name in runs
    }


def _planengine(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "planengine", *arguments]


def _cache(folder: Path) -> dict[str, str]:
    """Where user caches lie, on Linux and on macOS."""
    return {"HOME" if sys.platform == "darwin" else "XDG_CACHE_HOME": str(folder)}


def _uncached(command: Sequence[str]) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as empty:
        return _whole(command, _cache(Path(empty)))


def _whole(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, float]:
    """Wall-clock and processor seconds of one process, which keeps byte code as usual."""
    kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **environment}
    before, started = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, capture_output=True, check=True, env=kept)
    elapsed, after = time.perf_counter() - started, getrusage(RUSAGE_CHILDREN)
    return elapsed, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def report(found: Mapping[str, Any]) -> None:
    """The figures as text."""
    print("seconds of processor time, each in a fresh process")
    for case, steps in found["libraries"].items():
        print(f"  {case}")
        for step, value in steps.items():
            print(f"    {step:24}{value:12.4f}")
    print("\ncommand line: seconds over a bare Python start-up (wall clock; processor)")
    bare = found["command line"][BARE]
    for name, times in found["command line"].items():
        over = {clock: times[clock] - bare[clock] for clock in times}
        print(f"  {name:56}{over['wall']:8.3f}{over['processor']:8.3f}")
    print(f"  (a bare start-up: {bare['wall']:.3f}; {bare['processor']:.3f})")


def main() -> int:
    """The command line; gives the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--plans", type=int, nargs="*", default=[40, 400, 2000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there")
    parser.add_argument("--child", type=Path, nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--kept", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.kept:
        print(load_kept(*options.kept))
        return 0
    if options.child:
        print(json.dumps(child(*options.child)))
        return 0
    found = {
        "rounds": options.rounds,
        "command line": command_line(options.rounds),
        "libraries": libraries(options.plans, options.rounds),
    }
    report(found)
    if options.json:
        options.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
