"""Reading and checking a library takes time in proportion to what is in it, and to its mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

import planengine
from planengine.diagnostics.allowance import allowances
from planengine.diagnostics.render import render
from planengine.linking.load import read_library
from planengine.reading.collecting import no_collecting
from tests.linking.libraries import BASE

PLAN = (
    "plan: many\nkind: special\njurisdiction: river-city\n"
    "edition: {number: '1', in-force: 2026-01-01}\napplies: {hazards: [flood]}\n"
)
MANY: dict[str, tuple[str, Callable[[int], str]]] = {
    "unknown keys": (PLAN, lambda n: f"unknown-key-{n}: 3\n"),
    "unknown facts": (
        f"{PLAN}levels:\n  - level: I\n    when:\n      any:\n",
        lambda n: f"        - unknown-fact-{n}: 3\n",
    ),
    "unknown agencies": (
        f"{PLAN}members:\n",
        lambda n: f"  - {{agency: bureau-{n}, role: lead}}\n",
    ),
    "areas": (
        "registry: many\njurisdictions:\n",
        lambda n: f"  t-{n}: {{tier: county, in: river-city}}\n",
    ),
    "objects": (
        "registry: many\nobjects:\n",
        lambda n: f"  r-{n}: {{kind: reservoir, in: north-county}}\n",
    ),
    "alternatives": (
        f"{PLAN}levels:\n  - level: I\n    approve: {{post: commander}}\n    when:\n      any:\n",
        lambda n: f"        - {{deaths: ≥ {n + 2}, missing: ≥ {n + 2}}}\n",
    ),
    "actions": (
        f"{PLAN}levels: [{{level: II, approve: {{post: commander}}, when: {{deaths: 3人以上}}}}]\nactions:\n",
        lambda n: (
            f"  - {{id: a-{n}, from: II, executor: {{role: county-flood-hq}}, do: 通知受威胁群众转移避险{n}, within: 1 h{f', after: [a-{n - 1}]' if n else ''}}}\n"
        ),
    ),
    "reports": (
        f"{PLAN}levels: [{{level: II, approve: {{post: commander}}, when: {{deaths: 3人以上}}}}]\nreports:\n",
        lambda n: (
            f"  - {{id: r-{n}, from: II, by: flood-office, to: province-flood-hq, within: 1 h}}\n"
        ),
    ),
    "facts": (
        "vocabulary: many\nfacts:\n",
        lambda n: f"  f-{n}: {{type: count, subject: area, direction: up, roll-up: sum}}\n",
    ),
}


def seconds(folder: Path, name: str, count: int) -> float:
    head, line = MANY[name]
    document = folder / "many.yaml"
    document.write_text(head + "".join(line(n) for n in range(count)), "utf-8")
    with no_collecting():  # whose work grows with all that other tests keep
        return _of_reading(document)


def _of_reading(document: Path) -> float:
    start = process_time()
    entities, findings, sources = read_library(BASE, extra=[document])
    if entities is not None and not any(one.severity == "error" for one in findings):
        findings = list(planengine.Library(entities, tuple(findings), sources).check())
    render(findings, sources)
    return process_time() - start


@pytest.mark.slow
@pytest.mark.parametrize("name", MANY)
def test_many_of_a_kind(tmp_path: Path, name: str) -> None:
    nothing = min(seconds(tmp_path, name, 1) for _ in range(2))
    small = min(seconds(tmp_path, name, 400) for _ in range(2)) - nothing
    large = min(seconds(tmp_path, name, 1600) for _ in range(2)) - nothing
    assert large < 8 * max(small, 0.05)  # four times as many; a square would be sixteen


def test_many_comments_that_let_something_stand() -> None:
    count = 30_000
    start = process_time()
    found = allowances("# planengine: allow x\n" * count + "\na: 1\n# planengine: allow y", "f")
    assert process_time() - start < 2  # a square takes half a minute
    assert {one.line for one in found[:-1]} == {count + 2}
    assert (found[-1].line, len(found)) == (count + 3, count + 1)
