"""What an exercise of 24 hours costs: to play, to score, to write as a page; and how that grows.

`python benchmarks/exercises.py [--injects 12 24 48] [--json FILE]`: see README.md.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import planengine
from planengine import exercises

ROOT = Path(__file__).parents[1]
DAY = 24 * 60
PLAYERS = """\
players: all
habits:
  decisions: {delay: 10 min}
  duties: {delay: [10 min, 1 h], omits: 0.1}
"""


def script(injects: int) -> str:
    """A day in which the water rises to its warning stage and over it, by so many readings."""
    lines = ["exercise: day", "hazards: [flood]", "start: 2026-07-18T06:00", "end: T+24:00"]
    lines.append("injects:")
    for number in range(injects):
        minute = 10 + number * (DAY - 20) // injects
        level = 24.5 + 2.5 * number / injects
        at = f"T+{minute // 60}:{minute % 60:02d}"
        lines.append(
            f"  - {{id: i{number}, at: {at}, object: hankou, kind: observed, "
            f"facts: {{water-level: {level:.2f} m}}}}"
        )
    return "\n".join(lines) + "\n"


def measured(
    injects: int, folder: Path, library: planengine.Library, engine: planengine.Engine
) -> dict[str, float]:
    """Processor seconds of each part, by players with habits."""
    (folder / "day.exercise.yaml").write_text(script(injects))
    (folder / "day.players.yaml").write_text(PLAYERS)
    found: dict[str, float] = {"injects": injects}
    clock = time.process_time
    began = clock()
    exercise = exercises.read_exercise(folder / "day.exercise.yaml", library)
    cast = exercises.read_players(folder / "day.players.yaml", exercise, library)
    found["read"] = clock() - began
    began = clock()
    exercises.play_exercise(exercise, engine)
    found["injects alone"] = clock() - began
    began = clock()
    played = exercises.play_exercise(exercise, engine, cast, seed=1)
    found["play"] = clock() - began
    found["told"] = played.stream.count("\n") - 1
    began = clock()
    report = exercises.score_exercise(played, engine)
    found["score"] = clock() - began
    found["expected"] = len(report.expected)
    began = clock()
    exercises.report_page(report, library, "zh")
    found["page"] = clock() - began
    return found


def main() -> None:
    """Measures, and prints a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--injects", type=int, nargs="+", default=[12, 24, 48])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    library = planengine.load(ROOT)
    engine = library.compile()
    rows: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory() as name:
        measured(2, Path(name), library, engine)  # what is compiled once
        for injects in options.injects:
            rows.append(measured(injects, Path(name), library, engine))
            print(" ".join(f"{key} {value:.4g}" for key, value in rows[-1].items()), flush=True)
    if options.json is not None:
        options.json.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
