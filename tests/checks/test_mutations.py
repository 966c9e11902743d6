"""The shipped plans with one slip put in have one finding more: that slip, on its line.

Each mutation is tried where the shipped plans first offer a place for it, in several files.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from planengine.checks import Checked, check_entities
from planengine.diagnostics import Diagnostic
from planengine.linking.load import read_library

ROOT = Path(__file__).parents[2]
FILES = 2  # in how many files each mutation is tried


class Mutation(NamedTuple):
    """What is sought, in which parts, and what is put in its place."""

    code: str
    pattern: str
    replacement: str


MUTATIONS = {
    "the worst band is closed": Mutation(
        "band-closed",
        r"(^  - [\w-]+: \{I: (\d+)人以上)(?=, II: \d+人以上\2人以下)",
        r"\g<1>\g<2>0人以下",
    ),
    "two levels are exchanged": Mutation(
        "band-order",
        r"(^  - [\w-]+: \{)I: ((\d+)人以上), II: (\d+人以上\3人以下)",
        r"\1II: \2, I: \4",
    ),
    "a band begins too late": Mutation(
        "band-gap",
        r"(^  - [\w-]+: \{I: )(\d+)(人以上)(?=, II: \d+人以上\2人以下)",
        r"\g<1>\g<2>5\3",
    ),
    "a count is an equality": Mutation(
        "equality", r"(count: \{over: [\w-]+, where: \{[^{}]*\}, is: )≥ (?=[2-9])", r"\1"
    ),
    "an action loses its limit": Mutation(
        "action-without-limit",
        r"(^  - \{id: [\w-]+, from: IV,[^{}]*), within: [^,]+, of: \w+(?=, done-when|, basis)",
        r"\1",
    ),
    "a share is no percentage": Mutation(
        "percent-below-one", r"(\{[\w-]+: ≥ )(\d\d) ?%(?=\})", r"\g<1>0.\2"
    ),
    "two parts exclude each other": Mutation(
        "contradiction", r"(all: \[[^\[\]]*\{(\w+): )(\d+人以上\})(?=\])", r"\1\3, {\2: 1人以下}"
    ),
}


def places(mutation: Mutation) -> Iterator[tuple[Path, re.Match[str]]]:
    """The first place in each plan that has one."""
    for path in sorted((ROOT / "plans").rglob("*.yaml")):
        match = re.search(mutation.pattern, path.read_text("utf-8"), re.MULTILINE)
        if match is not None:
            yield path.relative_to(ROOT), match


CASES = [
    pytest.param(mutation, path, match, id=f"{name} in {path.stem}")
    for name, mutation in MUTATIONS.items()
    for path, match in [*places(mutation)][:FILES]
]


def findings(folder: Path) -> list[Diagnostic]:
    entities, found, _ = read_library(folder)
    assert entities is not None
    if any(one.severity == "error" for one in found):
        return found
    return [*found, *check_entities(Checked(entities))]


@cache
def known() -> frozenset[tuple[str, str]]:
    return frozenset((one.code, one.message) for one in findings(ROOT))


def test_every_mutation_has_a_place() -> None:
    tried = {case.values[0] for case in CASES}
    assert tried == set(MUTATIONS.values())


@pytest.mark.slow
@pytest.mark.parametrize(("mutation", "path", "match"), CASES)
def test_one_slip_is_seen(
    tmp_path: Path, mutation: Mutation, path: Path, match: re.Match[str]
) -> None:
    for name in ("rules", "plans"):
        shutil.copytree(ROOT / name, tmp_path / name)
    manifest = (ROOT / "planengine.yaml").read_text("utf-8")
    (tmp_path / "planengine.yaml").write_text(manifest.replace("planengine:cn", "rules"), "utf-8")
    text = (ROOT / path).read_text("utf-8")
    changed = text[: match.start()] + match.expand(mutation.replacement) + text[match.end() :]
    (tmp_path / path).write_text(changed, encoding="utf-8")
    new = [one for one in findings(tmp_path) if (one.code, one.message) not in known()]
    line = text.count("\n", 0, match.end()) + 1
    assert [(one.code, one.span and one.span.line) for one in new] == [(mutation.code, line)]
