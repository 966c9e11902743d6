"""Breaks the code in small ways and counts how many breaks the tests notice.

    python benchmarks/mutation.py [--mutants 150] [--seed 1] [--children 2]

mutmut makes the mutants and runs the tests of each (`[tool.mutmut]` in pyproject.toml says which);
this draws some of them by seed, and prints what survived.
A mutant that was killed is not tried again until its function changes (it is kept in `mutants/`;
remove that folder to forget); one that survived is, so that a new test can be seen to kill it.
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


def is_killed(exit_code: int | None) -> bool:
    return exit_code is not None and status_by_exit_code[exit_code] in KILLED


def pick(mutants: list[Mutant], count: int, seed: int) -> list[Mutant]:
    """So many mutants by the luck of their names: the same ones while the code stays."""
    return sorted(mutants, key=lambda one: random.Random(f"{seed} {one[1]}").random())[:count]


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
    asked = parser.parse_args()

    def some(**_: object) -> tuple[list[Mutant], dict[str, SourceFileMutationData]]:
        mutants, data = collect(mutant_names=())
        picked = pick(mutants, asked.mutants, asked.seed)
        return [
            (one, name, found if is_killed(found) else None) for one, name, found in picked
        ], data

    mutmut.collect_source_file_mutation_data = some
    mutmut.cli(["run", "--max-children", str(asked.children)], standalone_mode=False)
    picked, data = some()
    found = {name: data[str(one.path)].exit_code_by_key[name] for one, name, _ in picked}
    statuses = Counter(status_by_exit_code[code] for code in found.values())
    for one, name, _ in picked:
        if not is_killed(found[name]):
            line, change = where(Path(one.path), name)
            print(f"{one.path}:{line}: {status_by_exit_code[found[name]]} {name}\n    {change}")
    killed = sum(statuses[status] for status in KILLED)
    print(f"seed {asked.seed}: {killed} of {len(picked)} killed ({killed / len(picked):.0%})")
    print(", ".join(f"{status} {count}" for status, count in sorted(statuses.items())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
