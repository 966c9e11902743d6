"""Breaks the code in small ways and counts how many breaks the tests notice.

    python tests/mutation.py [--mutants 150] [--seed 1] [--children 2]

mutmut makes the mutants and runs the tests of each (`[tool.mutmut]` in pyproject.toml says which);
this picks some of them by seed, as many of each module as it has of all, and prints what survived.
What was found of a mutant is kept in `mutants/` until its function changes; `--again` forgets it.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("HYPOTHESIS_PROFILE", "mutation")

import mutmut.__main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import orig_function_and_class_names_from_key

Mutant = tuple[SourceFileMutationData, str, int | None]

KILLED = ("killed", "timeout", "segfault")
collect = mutmut.collect_source_file_mutation_data


def pick(mutants: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """Mutants in a drawn order within each module, every n-th of them."""
    chance = random.Random(seed)
    ordered = sorted(mutants, key=lambda one: one[1])
    drawn = sorted(ordered, key=lambda one: (str(one[0].path), chance.random()))
    step = len(drawn) / count
    start = chance.random()
    return [drawn[int((place + start) * step)] for place in range(min(count, len(drawn)))]


def where(path: Path, name: str) -> tuple[int, str]:
    """The line of a mutant and what it changes there."""
    function, owner = orig_function_and_class_names_from_key(name)
    tree: ast.AST = ast.parse(path.read_text(encoding="utf-8"))
    scopes = (
        [tree]
        if owner is None
        else [one for one in ast.walk(tree) if isinstance(one, ast.ClassDef) and one.name == owner]
    )
    line = next(
        (
            one.lineno
            for scope in scopes
            for one in ast.iter_child_nodes(scope)
            if isinstance(one, ast.FunctionDef) and one.name == function
        ),
        1,
    )
    changed: list[str] = []
    offset = 0
    for text in get_diff_for_mutant(name, path=path).splitlines():
        hunk = re.match(r"@@ -(\d+)", text)
        if hunk:
            offset = int(hunk[1]) - 1
        elif text.startswith(("-", "+")) and not text.startswith(("---", "+++")):
            if not changed:
                line += offset
            changed.append(text[0] + " " + text[1:].strip())
        elif not changed:
            offset += not text.startswith(("---", "+++"))
    return line, "\n    ".join(changed)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mutants", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--children", type=int, default=2)
    parser.add_argument("--again", action="store_true")
    asked = parser.parse_args()

    def some(**_: object) -> tuple[list[Mutant], dict[str, SourceFileMutationData]]:
        mutants, data = collect(mutant_names=())
        picked = pick(mutants, asked.mutants, asked.seed)
        return [(one, name, None if asked.again else found) for one, name, found in picked], data

    mutmut.collect_source_file_mutation_data = some
    mutmut._run((), asked.children)
    picked, data = some()
    found = {name: data[str(one.path)].exit_code_by_key[name] for one, name, _ in picked}
    statuses = Counter(status_by_exit_code[code] for code in found.values())
    for one, name, _ in picked:
        if status_by_exit_code[found[name]] not in KILLED:
            line, change = where(Path(one.path), name)
            print(f"{one.path}:{line}: {status_by_exit_code[found[name]]} {name}\n    {change}")
    killed = sum(statuses[status] for status in KILLED)
    print(f"seed {asked.seed}: {killed} of {len(picked)} killed ({killed / len(picked):.0%})")
    print(", ".join(f"{status} {count}" for status, count in sorted(statuses.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
