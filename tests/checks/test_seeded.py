"""Mistakes that a review of the shipped plans missed once: each is found, and nothing else is.

One text of one plan is replaced; the check of the whole library has then the expected findings
more, on the changed line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from planengine import Library
from planengine.diagnostics import Diagnostic
from planengine.linking.load import read_library
from tests.shipped import ROOT

SPECIAL, DEPARTMENTAL = "plans/linjiang/special/", "plans/linjiang/departmental/"
FLOOD, RELIEF = f"{SPECIAL}flood.yaml", f"{SPECIAL}disaster-relief.yaml"
QUAKE, AIR = f"{SPECIAL}earthquake.yaml", f"{SPECIAL}heavy-air-pollution.yaml"
FIRE, WATERLOGGING = f"{SPECIAL}forest-fire.yaml", f"{SPECIAL}urban-waterlogging.yaml"
CHEMICALS, ENVIRONMENT = f"{SPECIAL}hazardous-chemicals.yaml", f"{SPECIAL}environmental-events.yaml"
MEDICAL = f"{DEPARTMENTAL}medical-rescue.yaml"
TODAY = "2026-11-28T08:00:00+08:00"


class Slip(NamedTuple):
    """What is replaced where, by what, and which codes are found."""

    file: str
    old: str
    new: str
    codes: tuple[str, ...]


def slip(file: str, old: str, new: str, *codes: str) -> Slip:
    return Slip(file, old, new, codes)


SLIPS = {
    "assessed seven years ago": slip(
        FLOOD, "assessed: 2026-01-10", "assessed: 2019-01-10", "plan-unassessed"
    ),
    "exercised four years ago": slip(
        QUAKE, "exercised: 2025-05-12", "exercised: 2022-05-12", "plan-unexercised"
    ),
    "a member without an action": slip(
        FLOOD,
        "  - {agency: water-company, role: support,",
        "  - {agency: commerce-bureau, role: support, duties: [保供]}\n"
        "  - {agency: water-company, role: support,",
        "member-idle",
    ),
    "the worst level is approved by the lowest post": slip(
        FLOOD,
        "approve: {post: mayor, or: {post: party-secretary}}\n        duration: 72 h",
        "approve: {post: flood-office-director}\n        duration: 72 h",
        "approver-lower",
    ),
    "a basis cites the clause of another plan": slip(
        FLOOD,
        'done-when: 口门闭气, basis: {source: linjiang-flood-plan, clause: "4.3.2"',
        'done-when: 口门闭气, basis: {source: linjiang-earthquake-plan, clause: "4.3.2"',
        "basis-other-plan",
    ),
    "one clause twice": slip(
        FLOOD,
        'basis: {source: linjiang-flood-plan, clause: "4.2.2", own-choice: true}\n        when:',
        'basis: {source: linjiang-flood-plan, clause: "4.2.1", own-choice: true}\n        when:',
        "clause-twice",
    ),
    "a dead alternative": slip(
        FLOOD,
        "            - key-dyke-danger\n            - dyke-breach: true\n",
        "            - key-dyke-danger\n            - dyke-breach: true\n"
        "            - {dyke-breach: true, flash-flood: true}\n",
        "alternative-dead",
    ),
    "the name of another city": slip(
        FLOOD, "do: 封堵决口, object: 决口", "do: 封堵武汉市决口, object: 决口", "other-place"
    ),
    "a looser limit of a report": slip(
        ENVIRONMENT,
        "to: chujiang-ecology-department, within: 2 h, of: receipt",
        "to: chujiang-ecology-department, within: 6 h, of: receipt",
        "report-looser",
    ),
    "no report upward": slip(
        AIR,
        "by: environment-office, to: chujiang-ecology-department, within: 2 h, of: start",
        "by: environment-office, to: linjiang-government, within: 2 h, of: start",
        "no-report-upward",
    ),
    "a release without approver, after two days": slip(
        AIR,
        "  approve: {post: executive-vice-mayor}\n  first-within: 2 h\n",
        "  first-within: 72 h\n",
        "release-late",
        "release-without-approver",
    ),
    "thresholds upside down": slip(
        FLOOD, "- 死亡和失踪: 3人以上10人以下", "- 死亡和失踪: 30人以上", "band-shadowed"
    ),
    "raised by five": slip(
        WATERLOGGING,
        "    otherwise: IV\n    lower:",
        "    otherwise: IV\n    raise-by: {when: {during: night}, by: 5}\n    lower:",
        "raise-too-far",
    ),
    "an end that holds while the level does": slip(
        FLOOD,
        "drought-grade: no-drought, drinking-difficulty-people: 1000人以下",
        "drought-grade: [no-drought, light-drought], drinking-difficulty-people: 1000人以下",
        "end-while-level",
    ),
    "an action without a limit": slip(
        FLOOD,
        "do: 派出抢险兵力, within: 2 h, of: start, to:",
        "do: 派出抢险兵力, to:",
        "action-without-limit",
    ),
    "a prerequisite due later": slip(
        FLOOD,
        "开启24小时会商值守, within: 30 min, of: start",
        "开启24小时会商值守, within: 4 h, of: start",
        "prerequisite-later",
    ),
    "an anchor that cannot come": slip(
        FLOOD,
        "executor: {post: flood-executive-deputy}, do: 派出工作组赴重点县区督导, within: 4 h, of: start",
        "executor: {post: flood-executive-deputy}, do: 派出工作组赴重点县区督导, within: 4 h, of: done.close-breach",
        "anchor-never",
    ),
    "a report to oneself": slip(
        FLOOD,
        "by: flood-office, to: linjiang-government, within: 1 h, of: start, repeat: 2 h",
        "by: flood-office, to: flood-office, within: 1 h, of: start, repeat: 2 h",
        "report-to-oneself",
    ),
    "a repeat without an end": slip(
        FLOOD,
        "within: 2 h, of: start, repeat: 12 h, until: 响应终止, after",
        "within: 2 h, of: start, repeat: 12 h, after",
        "repeat-without-until",
    ),
    "a plan that activates itself": slip(
        FLOOD,
        "track: flood, from: II, activate: medical-rescue, level: III",
        "track: flood, from: II, activate: flood/flood, level: III",
        "activates-itself",
    ),
}  # fmt: skip


HEADS = {"no-report-upward"}  # told where the plan begins
NEAR = 10  # lines: a level is told where it begins, and slips above move what is below


def lines_of(found: Diagnostic) -> list[int]:
    return [
        span.line for span in (found.span, *(at for _, at in found.related)) if span is not None
    ]


def findings(contents: dict[Path, bytes], extra: Sequence[Path] = ()) -> tuple[Diagnostic, ...]:
    entities, found, sources = read_library(ROOT, contents=contents, extra=extra)
    assert entities is not None
    assert [one for one in found if one.severity == "error"] == []
    return Library(entities, tuple(found), sources).check(at=TODAY)


@pytest.fixture(scope="module")
def seeded() -> list[Diagnostic]:
    """All that is found where every slip was made: they are far apart."""
    texts: dict[str, str] = {}
    for one in SLIPS.values():
        text = texts.get(one.file) or (ROOT / one.file).read_text("utf-8")
        assert one.old in text, one
        texts[one.file] = text.replace(one.old, one.new, 1)
    return list(findings({ROOT / file: text.encode() for file, text in texts.items()}))


def test_the_shipped_library_is_clean() -> None:
    assert findings({}) == ()


@pytest.mark.slow
@pytest.mark.parametrize("one", SLIPS.values(), ids=SLIPS)
def test_a_slip_is_found_where_it_is(one: Slip, seeded: list[Diagnostic]) -> None:
    text = (ROOT / one.file).read_text("utf-8")
    line = text.count("\n", 0, text.index(one.old)) + 1
    here = [
        each.code
        for each in seeded
        if each.code in one.codes
        and each.span is not None
        and each.span.file == (ROOT / one.file).as_posix()
        and (each.code in HEADS or any(abs(at - line) <= NEAR for at in lines_of(each)))
    ]
    assert sorted(here) == sorted(one.codes)


@pytest.mark.slow
def test_nothing_else_is_found(seeded: list[Diagnostic]) -> None:
    expected = sorted(code for one in SLIPS.values() for code in one.codes)
    assert sorted(each.code for each in seeded) == expected


@pytest.mark.slow
def test_two_plans_of_one_name_that_contradict(tmp_path: Path) -> None:
    twin = tmp_path / "flood-again.yaml"
    text = (ROOT / FLOOD).read_text("utf-8").replace("plan: flood\n", "plan: flood-again\n")
    text = text.replace("warning.flood/", "warning.flood-again/").replace("20万人", "25万人")
    lines = [line for line in text.split("\n") if "match: above" not in line]
    twin.write_text("\n".join(lines), encoding="utf-8")
    found = findings({}, [twin])
    assert sorted(one.code for one in found) == ["plan-twice", "plans-disagree"]
