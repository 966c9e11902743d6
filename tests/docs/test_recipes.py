"""`check` finds nothing in the recipes, and in the mistake of each what its page says it finds."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

import planengine
from tests.checks.test_fixtures import LEFT_OUT
from tests.cli.run import run
from tests.docs.blocks import DOCS, ROOT, Block, blocks
from tests.docs.test_language_reference import as_document

PAGES = [DOCS / "guide" / name for name in ("recipes.md", "recipes.zh-CN.md")]
MISTAKES = {
    "bodies": (
        "[water-bureau, {role: county-flood-hq}]",
        "市水利和湖泊局、市应急管理局",
        "unknown-provider",
    ),
    "not": (
        "{recognised: {id: only-waterlogging, what: 江河水情平稳，积水仅由城区降雨造成, by: flood-office}}",
        "{ponding-depth: ≥ 15 cm}",
        "exclusion-open",
    ),
    "grade": ("较大: III", "较大: 黄色", "unknown-level"),
    "objects": ("water-level@shahe-station: ≥ 30.5 m", "water-level: ≥ 30.5 m", "object-needed"),
    "matrix": (
        "  - {when: {population-density: sparse}, rainfall-24h: {III: 250 mm以上}}",
        "  - {population-density: {I: dense}, rainfall-24h: {I: 250 mm以上}}",
        "row-or",
    ),
    "presumption": (
        "{earthquake-loss-confirmed: false}",
        "{死亡和失踪: unknown}",
        "untestable-unknown",
    ),
    "ladder": ("{deaths: 3人以上}", "{overdue: confirm}", "overdue-elsewhere"),
}


def recipes(page: Path) -> dict[str, tuple[Block, str]]:
    """The block and the text of each recipe, by its anchor."""
    parts = re.split(r'^<a id="(.+)"></a>$', page.read_text("utf-8"), flags=re.MULTILINE)[1:]
    texts = dict(zip(parts[::2], parts[1::2], strict=True))
    found = blocks(page, "yaml")
    return {name: (next(found), text) for name, text in texts.items()}


def checked(text: str, folder: Path) -> set[str]:
    """The codes of what `check` finds in a recipe, as a file of the shipped library.

    A recipe is a part of a plan: what a whole plan must have besides is left out.
    """
    (folder / "recipe.yaml").write_text(text, "utf-8")
    result = run("check", str(folder), "--library", str(ROOT), "--format", "json")
    return {item["code"] for item in json.loads(result.stdout)["diagnostics"]} - LEFT_OUT


def test_both_pages_have_the_same_recipes() -> None:
    ours, theirs = (recipes(page) for page in PAGES)
    assert {name: block.text for name, (block, _) in theirs.items()} == {
        name: block.text for name, (block, _) in ours.items()
    }
    assert set(ours) - set(MISTAKES) == {"tracks", "by-exception"}


@pytest.mark.slow
@pytest.mark.parametrize("name", recipes(PAGES[0]))
def test_check_finds_nothing_in_a_recipe(name: str, tmp_path: Path) -> None:
    block, _ = recipes(PAGES[0])[name]
    assert checked(as_document(block, 1), tmp_path) == set()


@pytest.mark.slow
@pytest.mark.parametrize("name", MISTAKES)
def test_check_finds_the_mistake(name: str, tmp_path: Path) -> None:
    old, new, code = MISTAKES[name]
    block, _ = recipes(PAGES[0])[name]
    assert old in block.text
    assert code in checked(as_document(block, 1).replace(old, new), tmp_path)
    for page in PAGES:
        text = " ".join(recipes(page)[name][1].split())
        assert f"`{code}`" in text
        assert new.removeprefix("  - ").strip("{}") in text or name == "ladder"


@pytest.mark.slow
def test_check_finds_a_decision_without_its_track(tmp_path: Path) -> None:
    block, text = recipes(PAGES[0])["tracks"]
    folder = tmp_path / "library"
    (folder / "plans").mkdir(parents=True)
    shutil.copy(ROOT / "planengine.yaml", folder)
    shutil.copytree(ROOT / "plans", folder / "plans", dirs_exist_ok=True)
    (folder / "plans" / "water.yaml").write_text(block.text, "utf-8")
    written = re.search(r"decide: {.*?}", text)
    assert written is not None
    incident = folder / "incident.yaml"
    incident.write_text(
        "incident: rain\nhazards: [flood]\nobservations:\n"
        f"  - {{at: 2026-07-20T08:00, {written[0]}}}\n",
        "utf-8",
    )
    result = run("check", str(incident), "--library", str(folder), "--format", "json")
    assert [item["code"] for item in json.loads(result.stdout)["diagnostics"]] == ["track-needed"]


@pytest.mark.slow
def test_silence_of_casualties_by_exception_says_zero(tmp_path: Path) -> None:
    """What `check` cannot know: nobody has reported, and the level is excluded all the same."""
    (tmp_path / "planengine.yaml").write_text(
        "library: one\ninclude: [planengine:cn, city.yaml, facts.yaml, plan.yaml]\n"
        "home: somecity\ntime-zone: Asia/Shanghai\n"
    )
    (tmp_path / "city.yaml").write_text(
        "registry: one\njurisdictions:\n  someprovince: {tier: province, in: china}\n"
        "  somecity: {tier: city, in: someprovince}\n"
        "agencies:\n  office: {label: {en: office}, in: somecity}\n"
    )
    (tmp_path / "plan.yaml").write_text(
        "plan: lost\nkind: special\njurisdiction: somecity\nedition: {number: '1'}\n"
        "applies: {hazards: [flood]}\nmembers: [{agency: office, role: lead}]\n"
        "levels: [{level: I, approve: office, when: {lost: ≥ 1}}]\n"
    )

    def could_reach(reported: str) -> str | None:
        (tmp_path / "facts.yaml").write_text(
            "vocabulary: one\nfacts:\n  lost: {label: {en: lost}, type: count, unit: 人,"
            f" provider: office, reported: {reported}}}\n"
        )
        incident = {
            "incident": "rain",
            "hazards": ["flood"],
            "observations": [{"at": "2026-07-20T08:00", "facts": {"flash-flood": True}}],
        }
        found = planengine.load(tmp_path).compile().assess(incident)
        return next(d for d in found.decisions if d.plan == "somecity/lost").could_reach

    assert (could_reach("continuous"), could_reach("by-exception")) == ("I", None)
