"""The guides show parts of what is tested, say the same in both languages, and work as told."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

import planengine
from planengine.cli.main import group
from tests.docs.blocks import DOCS, ROOT, Block, blocks
from tests.docs.shown import is_shown

GUIDE = DOCS / "guide" / "authors.md"
TRANSLATION = DOCS / "guide" / "authors.zh-CN.md"
TUTORIALS = tuple(DOCS / "guide" / f"tutorial{ending}" for ending in (".md", ".zh-CN.md"))
EXAMPLE = "library heating"
INCIDENTS = {"burst-on-jianshe-road": "burst.yaml", "cold-homes": "cold-homes.yaml"}
MISTAKES = (
    ("lead: heating-company", "lead: heating-compny"),
    ("III: 3处以上10处以下, IV: 1处以上3处以下", "III: 4处以上10处以下, IV: 3处以下"),
)


def worked_example(page: Path) -> list[Block]:
    return [block for block in blocks(page, "yaml") if block.check == EXAMPLE]


@pytest.mark.parametrize("page", [GUIDE, TRANSLATION], ids=lambda page: page.name)
def test_excerpts_are_taken_from_the_whole_plan(page: Path) -> None:
    whole = "\n".join(block.text for block in worked_example(page))
    lines = {line.strip() for line in whole.splitlines()}
    for block in blocks(page, "yaml"):
        if not block.check:
            missing = [
                line for line in dedent(block.text).splitlines() if line.strip() not in lines
            ]
            assert not missing, block


def test_the_translation_has_the_same_documents() -> None:
    assert [block.text for block in worked_example(TRANSLATION)] == [
        block.text for block in worked_example(GUIDE)
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped library with the worked example in it."""
    made = tmp_path_factory.mktemp("guide")
    shutil.copytree(ROOT / "plans", made / "plans")
    shutil.copy(ROOT / "planengine.yaml", made)
    heating = made / "plans" / "linjiang" / "heating"
    heating.mkdir()
    for block in worked_example(GUIDE):
        if block.first_key == "incident":
            path = made / INCIDENTS[block.text.splitlines()[0].removeprefix("incident: ")]
        else:
            path = heating / f"{block.first_key}.yaml"
        path.write_text(block.text, "utf-8")
    return made


@pytest.mark.slow
@pytest.mark.parametrize(
    ("clock", "levels", "proposal"),
    [
        ("06:00", ("IV", "II"), "start"),
        ("06:30", ("II", "II"), "start"),
        ("06:50", ("II", "II"), "keep"),
    ],
)
def test_the_worked_example_gives_what_the_guide_says(
    folder: Path, clock: str, levels: tuple[str, str], proposal: str
) -> None:
    engine = planengine.load(folder).compile()
    found = engine.assess(folder / "burst.yaml", at=f"2026-12-20T{clock}:00+08:00")
    heating = next(d for d in found.decisions if d.id == "linjiang/heating@linjiang")
    assert (heating.level, heating.could_reach) == levels
    assert heating.proposal == proposal


@pytest.mark.slow
def test_what_people_did_gives_what_the_guide_says(folder: Path) -> None:
    """The judgement gives the level, `done` ends what was to be done, `decide` starts it."""
    engine = planengine.load(folder).compile()

    def told(clock: str) -> tuple[str | None, str | None, str, bool]:
        at = f"2026-12-22T{clock}:00+08:00"
        found = engine.assess(folder / "cold-homes.yaml", at=at)
        heating = next(d for d in found.decisions if d.id == "linjiang/heating@linjiang")
        valves = next(a for a in found.actions if a.id == "linjiang/heating:close-valves")
        return heating.level, heating.in_force, heating.proposal, valves.done_at is not None

    assert told("18:10") == (None, None, "none", False)
    assert told("18:20") == ("IV", None, "start", False)
    assert told("18:25") == ("IV", None, "start", True)
    assert told("18:30") == ("IV", "IV", "keep", True)


SHOWN = [
    block
    for page in (GUIDE, TRANSLATION, *TUTORIALS)
    for block in blocks(page, "console")
    if block.text.count("\n") > 1
]


@pytest.mark.slow
@pytest.mark.parametrize("block", SHOWN, ids=str)
def test_the_output_shown_is_what_is_printed(
    block: Block, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines of `…` stand for what is left out, and at the end of a line for the rest of it."""
    command, *lines = block.text.splitlines()
    monkeypatch.chdir(ROOT if block.page in TUTORIALS else folder)
    plan = folder / "plans" / "linjiang" / "heating" / "plan.yaml"
    right = plan.read_text("utf-8")
    wrong = right
    if "unknown-agency" in block.text:
        for old, new in MISTAKES:
            wrong = wrong.replace(old, new)
    plan.write_text(wrong, "utf-8")
    try:
        words = shlex.split(command.removeprefix("$ planengine "))
        result = CliRunner().invoke(group, words, env={"COLUMNS": "90"})
    finally:
        plan.write_text(right, "utf-8")
    excerpt = ["…", *lines, "…"]
    assert is_shown(excerpt, result.output.splitlines()), result.output
