"""Comments that let a finding stand: for a reason, until a day, and only what is found there."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import planengine
from planengine import Library
from planengine.linking.load import read_library

BASE = Path(__file__).parents[1] / "fixtures" / "valid" / "base"
CODE = "action-without-limit"
PLAN = """\
plan: patrols
kind: special
label: {{zh: 巡查, en: patrols}}
jurisdiction: river-city
edition: {{number: "1", in-force: 2026-01-01}}
applies: {{hazards: [quake]}}
members: [{{agency: emergency-bureau, role: lead, duties: [统筹]}}]
levels:
  - {{level: II, approve: {{post: commander}}, when: {{deaths: 10人以上}}}}
reports:
  - {{from: II, by: emergency-bureau, to: province-flood-hq, within: 1 h, of: start}}
information: {{body: government, approve: {{post: commander}}, first-within: 5 h}}
end: {{when: {{dyke-breach: false}}}}
actions:
{above}  - {{id: patrol, from: II, executor: emergency-bureau, do: 巡堤}}{beside}
  - {{id: call, from: II, executor: emergency-bureau, do: 叫应, within: 1 h, of: start}}{later}
"""
Found = list[tuple[str, int]]
Check = Callable[..., Found]


@cache
def of_base() -> frozenset[planengine.Diagnostic]:
    return frozenset(planengine.load(BASE).check(at="2026-06-01T00:00:00+08:00"))


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def checked(at: str = "2026-06-01", **parts: str) -> Found:
        path = tmp_path / "patrols.yaml"
        text = PLAN.format(**{"above": "", "beside": "", "later": "", **parts})
        path.write_text(text, encoding="utf-8")
        entities, findings, sources = read_library(BASE, extra=[path])
        assert entities is not None
        found = Library(entities, tuple(findings), sources).check(at=f"{at}T00:00:00+08:00")
        return [(d.code, d.span.line) for d in found if d.span and d.span.file == path.as_posix()]

    return checked


UNTIL = f"# planengine: allow {CODE} until 2027-01-01 because 时限待修订"


def test_without_a_comment_it_is_found(check: Check) -> None:
    assert check() == [(CODE, 15)]


@pytest.mark.parametrize("parts", [{"beside": f"  {UNTIL}"}, {"above": f"  {UNTIL}\n  # why\n"}])
def test_a_comment_on_the_line_or_above_it_lets_it_stand(
    check: Check, parts: dict[str, str]
) -> None:
    assert check(**parts) == []


def test_it_is_about_no_other_line(check: Check) -> None:
    assert check(later=f"  {UNTIL}") == [(CODE, 15), ("allow-unused", 16)]


def test_it_is_about_no_other_code(check: Check) -> None:
    beside = UNTIL.replace(CODE, "vague-duty")
    assert check(beside=f"  {beside}") == [(CODE, 15), ("allow-unused", 15)]


@pytest.mark.parametrize(
    ("at", "found"),
    [
        ("2026-12-31", []),
        ("2027-01-01", [(CODE, 15), ("allow-expired", 15)]),
    ],
)
def test_it_ends_with_its_day(check: Check, at: str, found: Found) -> None:
    assert check(at, beside=f"  {UNTIL}") == found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (f"allow {CODE}", "allow-unclear"),
        (f"allow {CODE} until 2027-01-01", "allow-unclear"),
        (f"allow {CODE} because 时限待修订", "allow-unclear"),
        (f"allow {CODE} until soon because 时限待修订", "allow-unclear"),
        ("ignore this line", "allow-unclear"),
        ("allow action-without-limt until 2027-01-01 because x", "allow-unknown"),
    ],
)
def test_what_is_not_said_whole_lets_nothing_stand(check: Check, words: str, code: str) -> None:
    assert check(beside=f"  # planengine: {words}") == [(CODE, 15), (code, 15)]


def test_an_error_cannot_be_let_stand(check: Check) -> None:
    beside = "  # planengine: allow contradiction until 2027-01-01 because x"
    bad = ", when: {all: [{rainfall: ≥ 50 mm}, {rainfall: < 20 mm}]}}"
    found = check(later=f"\n  - {{id: x, from: II, executor: emergency-bureau, do: 做{bad}{beside}")
    assert ("contradiction", 17) in found


def test_what_is_in_quotes_is_no_comment(check: Check) -> None:
    quoted = f'  - {{id: q, from: II, executor: emergency-bureau, do: "做 {UNTIL}", within: 1 h}}\n'
    assert check(above=quoted) == [(CODE, 16)]


def test_a_kept_library_knows_them_too(tmp_path: Path) -> None:
    import shutil

    folder = tmp_path / "library"
    shutil.copytree(BASE, folder)
    text = PLAN.format(above="", beside=f"  {UNTIL}", later="")
    (folder / "plans" / "patrols.yaml").write_text(text, encoding="utf-8")
    codes = []
    for _ in range(2):
        library = planengine.load(folder, cache=tmp_path / "cache")
        codes.append([d.code for d in library.check(at="2026-06-01T00:00:00+08:00")])
    assert CODE not in codes[0]
    assert sorted(codes[0]) == sorted(codes[1])
