"""What the recipes say of the answers that they give is so."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

import planengine
from tests.docs.blocks import ROOT
from tests.docs.test_language_reference import as_document
from tests.docs.test_recipes import PAGES, recipes

HOUR = "2026-07-20T{:02d}:{:02d}:00+08:00"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> planengine.Engine:
    """The shipped library with all recipes in it; parts of a plan are plans named by their anchor."""
    folder = tmp_path_factory.mktemp("recipes")
    shutil.copy(ROOT / "planengine.yaml", folder)
    shutil.copytree(ROOT / "plans", folder / "plans")
    for number, (name, (block, _)) in enumerate(recipes(PAGES[0]).items()):
        text = as_document(block, number).replace(f"plan: checked-{number}\n", f"plan: {name}\n")
        (folder / "plans" / f"{name}.yaml").write_text(text, "utf-8")
    return planengine.load(folder).compile()


def assess(
    engine: planengine.Engine,
    *said: dict[str, Any],
    hazard: str = "flood",
    at: str = HOUR.format(8, 0),
) -> planengine.Assessment:
    observations = [{"at": HOUR.format(8, 0), **one} for one in said]
    return engine.assess(
        {"incident": "x", "hazards": [hazard], "observations": observations}, at=at
    )


def levels(found: planengine.Assessment, name: str) -> tuple[str | None, str | None]:
    decision = next(d for d in found.decisions if d.id == f"linjiang/{name}@linjiang")
    return decision.level, decision.could_reach


def water(station: str, level: str) -> dict[str, Any]:
    return {"object": station, "facts": {"water-level": level}}


def test_a_plan_stands_until_people_recognise_that_another_is_meant(
    engine: planengine.Engine,
) -> None:
    high = water("shahe-station", "31.5 m")
    act = {"invoke": {"clause": "river-flood.only-waterlogging", "by": "flood-office"}}
    assert levels(assess(engine, high), "river-flood") == ("III", "III")
    recognised = assess(engine, high, act)
    assert levels(recognised, "river-flood") == (None, None)
    (excluded,) = (e for e in recognised.excluded if e.plan == "linjiang/river-flood")
    assert (excluded.instead, excluded.certainty) == ("linjiang/urban-waterlogging", "certain")


@pytest.mark.parametrize(("deaths", "expected"), [(2, "IV"), (3, "III"), (10, "II"), (30, "I")])
def test_levels_follow_the_grade(engine: planengine.Engine, deaths: int, expected: str) -> None:
    facts = {"accident-occurred": True, "deaths": deaths, "missing": 0}
    found = assess(engine, {"facts": facts}, hazard="trade-accident")
    assert levels(found, "accidents")[0] == expected


def test_a_flood_neither_shows_nor_asks_about_the_drought_track(engine: planengine.Engine) -> None:
    found = assess(engine, {"facts": {"deaths": 0}})
    assert [d.id for d in found.decisions if d.id.startswith("linjiang/water/")] == [
        "linjiang/water/river@linjiang"
    ]
    assert not [question for question in found.ask if "linjiang/water/dry" in str(question)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("shahe-station", "30.6 m")], "IV"),
        ([("xikou-station", "58.3 m")], "III"),
        ([("shahe-station", "40 m"), ("xikou-station", "70 m")], "II"),
    ],
)
def test_each_object_is_compared_with_its_own_attributes(
    engine: planengine.Engine, said: list[tuple[str, str]], expected: str
) -> None:
    assert levels(assess(engine, *(water(*one) for one in said)), "objects")[0] == expected


@pytest.mark.parametrize(
    ("density", "rain", "expected"),
    [
        ("dense", "260 mm", ("I", "I")),
        ("sparse", "260 mm", ("III", "III")),
        ("sparse", "200 mm", (None, None)),
        (["fairly-dense", "dense"], "120 mm", ("III", "II")),
        (["sparse", "fairly-dense", "dense"], "260 mm", ("III", "I")),
    ],
)
def test_a_matrix_is_exact_over_ranges(
    engine: planengine.Engine, density: Any, rain: str, expected: tuple[str | None, str | None]
) -> None:
    found = assess(engine, {"facts": {"population-density": density, "rainfall-24h": rain}})
    assert levels(found, "matrix") == expected
    assert next(d for d in found.decisions if d.id == "linjiang/matrix@linjiang").exact


def test_magnitude_presumes_until_the_losses_are_confirmed(engine: planengine.Engine) -> None:
    first = {"facts": {"magnitude": 7.1}}
    lost = {"facts": {"deaths": 6, "missing": 0}}
    confirmed = {"facts": {"earthquake-loss-confirmed": True}}
    told = [
        assess(engine, *said, hazard="earthquake") for said in ([first], [first, lost, confirmed])
    ]
    assert levels(told[0], "quake") == ("I", "I")
    assert levels(told[1], "quake") == ("III", "III")


def test_a_rung_begins_when_the_one_before_is_overdue(engine: planengine.Engine) -> None:
    dead = {"facts": {"deaths": 3, "missing": 0}}
    done = {"at": HOUR.format(8, 12), "done": {"plan": "ladder", "action": "confirm"}}

    def rungs(minute: int, *said: dict[str, Any]) -> list[str]:
        found = assess(engine, dead, *said, at=HOUR.format(8, minute))
        actions = [d.id for d in found.actions if d.done_at is None]
        reports = [f"{d.document}:{d.report}" for d in found.reports]
        mine = [name for name in (*actions, *reports) if name.startswith("linjiang/ladder:")]
        return sorted(name.partition(":")[2] for name in mine)

    assert rungs(5) == ["confirm"]
    assert rungs(11) == ["confirm", "confirm-instead"]
    assert rungs(25) == ["confirm", "confirm-instead", "nobody-answers"]
    assert rungs(15, done) == []
