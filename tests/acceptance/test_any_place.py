"""Three small libraries of other countries, each with a vocabulary of its own.

Each is right on both sides of local midnight, of its season, and of daylight saving.
"""

import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.linking.load import read_library

LIBRARIES = Path(__file__).parents[1] / "fixtures" / "libraries"
HAZARDS = {"louisiana": "radiological", "england": "heat", "japan": "flood"}


@cache
def engine(name: str) -> planengine.Engine:
    return planengine.load(LIBRARIES / name).compile()


def assess(name: str, *observations: dict[str, Any], at: str | None = None) -> Any:
    header = {"incident": "x", "hazards": [HAZARDS[name]], "observations": list(observations)}
    return engine(name).assess(header, at=at)


def level(found: Any, decision: str) -> str | None:
    return next(one.level for one in found.decisions if one.id == decision)


def due(found: Any, action: str) -> str | None:
    """When an action is due, in UTC; None where it is not there."""
    rows = found.to_dict()["actions"]
    times = [
        one["deadline"]["due"] for row in rows for one in row["asked"] if one["action"] == action
    ]
    return times[0] if times else None


def actions(found: Any) -> set[str]:
    return {asked.action for item in found.actions for asked in item.asked}


@pytest.mark.parametrize("name", HAZARDS)
def test_the_library_is_good(name: str) -> None:
    _, findings, _ = read_library(LIBRARIES / name)
    assert [str(found) for found in findings] == []
    assert [str(found) for found in planengine.load(LIBRARIES / name).check()] == []


# Louisiana

NOON = "2026-07-01T12:00:00-05:00"
CLASS = "emergency-class@bayou-bend"
PARISH = "cypress-parish/offsite@cypress-parish"
PLANT = "cypress-parish/onsite@cypress-parish"


def plant(at: str, **facts: Any) -> dict[str, Any]:
    return {
        "at": at,
        "object": "bayou-bend",
        "facts": {k.replace("_", "-"): v for k, v in facts.items()},
    }


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"dose_at_boundary": "1 rem"}, "general"),
        ({"dose_at_boundary": "10 mSv"}, "general"),
        ({"dose_at_boundary": "9.99 mSv"}, "site-area"),
        ({"dose_at_boundary": "100"}, "site-area"),
        ({"dose_at_boundary": "99 mrem"}, "alert"),
        ({"dose_at_boundary": "9 mrem"}, None),
        ({"thyroid_dose": "50 mSv"}, "general"),
        ({"thyroid_dose": "4.9 rem"}, "site-area"),
        ({"coolant_subcooling": "16 K"}, "alert"),  # a difference: 28.8 ℉
        ({"coolant_subcooling": "17 K"}, None),  # 30.6 ℉
        ({"barriers_lost": "2 to 3"}, "site-area"),
        ({"offsite_power_lost": True}, "noue"),
    ],
)
def test_the_emergency_class(facts: dict[str, Any], expected: str | None) -> None:
    assert level(assess("louisiana", plant(NOON, **facts)), CLASS) == expected


@pytest.mark.parametrize(
    ("wind", "expected"), [("74 mph", None), ("75 mph", "noue"), ("33.1 m/s", "noue")]
)
def test_wind_in_miles_per_hour(wind: str, expected: str | None) -> None:
    assert level(assess("louisiana", plant(NOON, wind_speed=wind)), PLANT) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"loss": "$999999"}, None),
        ({"loss": "USD 1 million"}, "alert"),
        ({"loss": "10 million USD"}, "alert"),
        ({"loss": 10_000_001}, "site-area"),
        ({"iodine-in-air": "0.1 kBq/m³"}, "alert"),
        ({"iodine-in-air": "99 Bq/m³"}, None),
    ],
)
def test_money_and_activity(facts: dict[str, Any], expected: str | None) -> None:
    found = assess("louisiana", {"at": NOON, "area": "cypress-parish", "facts": facts})
    assert level(found, PARISH) == expected


@pytest.mark.parametrize(
    ("at", "night"),
    [
        ("2026-07-01T21:59:59-05:00", False),
        ("2026-07-01T22:00:00-05:00", True),
        ("2026-07-01T23:59:59-05:00", True),
        ("2026-07-02T00:00:00-05:00", True),
        ("2026-07-02T05:59:59-05:00", True),
        ("2026-07-02T06:00:00-05:00", False),
        ("2026-01-02T03:59:59+00:00", False),  # 21:59:59 in winter
        ("2026-01-02T04:00:00+00:00", True),
        ("2026-03-08T11:00:00+00:00", False),  # 6:00, four hours after the clocks went forward
        ("2026-03-08T10:59:59+00:00", True),
        ("2026-11-01T11:59:59+00:00", True),  # 5:59:59, after the clocks went back
        ("2026-11-01T12:00:00+00:00", False),
    ],
)
def test_the_night_is_that_of_chicago(at: str, night: bool) -> None:
    found = assess("louisiana", plant(at, dose_at_boundary="1 rem"), at=at)
    assert actions(found) & {"evacuate", "shelter"} == {"shelter" if night else "evacuate"}


def test_duties_count_from_the_declaration() -> None:
    declared = {
        "at": "2026-07-01T22:05:00-05:00",
        "decide": {"plan": "onsite", "level": "general", "by": "shift-manager"},
    }
    found = assess(
        "louisiana", plant("2026-07-01T22:00:00-05:00", dose_at_boundary="1 rem"), declared
    )
    assert found.conflicts == ()
    assert {one.obliged for one in found.decisions} == {"general"}  # `shall` is declared to bind
    times = {row["report"]: row["deadline"]["due"] for row in found.to_dict()["reports"]}
    assert times == {
        "notify-state": "2026-07-01T22:20:00-05:00",
        "notify-nrc": "2026-07-01T23:05:00-05:00",
    }
    assert due(found, "staff-tsc") == "2026-07-01T23:20:00-05:00"


@pytest.mark.parametrize(
    ("residents", "expected"), [("499 residents", False), ("500 people", True)]
)
def test_a_counter_of_ones_own(residents: str, expected: bool) -> None:
    told = {"at": NOON, "area": "cypress-parish", "facts": {"residents-to-move": residents}}
    found = assess("louisiana", plant(NOON, dose_at_boundary="10 mrem"), told)
    assert ("buses" in actions(found)) is expected


# England

MATRIX = {  # likelihood from very low to high, by impact
    "very-low": [None, None, None, None],
    "low": [None, None, "yellow", "yellow"],
    "medium": ["yellow", "yellow", "amber", "amber"],
    "high": ["yellow", "amber", "amber", "red"],
}
LIKELIHOODS = ["very-low", "low", "medium", "high"]
ALERT = "heat-alert@westshire"
HEAT = "westshire/heat@westshire"


@pytest.mark.parametrize("impact", MATRIX)
def test_the_matrix(impact: str) -> None:
    facts = [{"impact": impact, "likelihood": one} for one in LIKELIHOODS]
    told = [assess("england", {"at": "2026-07-01T12:00:00+01:00", "facts": one}) for one in facts]
    assert [level(found, ALERT) for found in told] == MATRIX[impact]


def test_the_matrix_is_exact_over_ranges() -> None:
    facts = {"impact": "medium to high", "likelihood": "medium or above"}
    found = assess("england", {"at": "2026-07-01T12:00:00+01:00", "facts": facts})
    (alert,) = (one for one in found.decisions if one.id == ALERT)
    assert (alert.level, alert.could_reach, alert.exact) == ("amber", "red", True)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-05-31T23:59:59+01:00", None),
        ("2026-05-31T23:00:00+00:00", "amber"),  # midnight in London
        ("2026-06-01T00:00:00+01:00", "amber"),
        ("2026-09-15T23:59:59+01:00", "amber"),
        ("2026-09-16T00:00:00+01:00", None),
    ],
)
def test_the_season_is_from_1_june_to_15_september(at: str, expected: str | None) -> None:
    told = {"at": at, "facts": {"impact": "medium", "likelihood": "medium"}}
    assert level(assess("england", told), ALERT) == expected


@pytest.mark.parametrize(
    ("at", "calls"),
    [
        ("2026-03-27T08:59:59+00:00", False),
        ("2026-03-27T09:00:00+00:00", True),
        ("2026-03-29T09:00:00+01:00", False),  # a Sunday, the day on which the clocks go forward
        ("2026-03-30T07:59:59+00:00", False),
        ("2026-03-30T08:00:00+00:00", True),  # 9:00 in summer time
        ("2026-10-26T08:59:59+00:00", False),
        ("2026-10-26T09:00:00+00:00", True),  # 9:00 in winter time again
    ],
)
def test_working_hours_follow_daylight_saving(at: str, calls: bool) -> None:
    found = assess("england", {"at": at, "facts": {"excess-patients": "100 patients"}}, at=at)
    assert level(found, HEAT) == "amber"
    assert ("call-icb" in actions(found)) is calls


def test_deadlines_over_daylight_saving() -> None:
    at = "2026-03-28T10:00:00+00:00"
    found = assess("england", {"at": at, "facts": {"excess-patients": 120}}, at=at)
    assert due(found, "brief") == "2026-03-29T09:00:00+01:00"  # 9:00 by the clock
    assert due(found, "cool-spaces") == "2026-03-29T11:00:00+01:00"  # 24 hours that pass


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"excess-patients": "99 patients"}, None),
        ({"temperature": "86 °F"}, "yellow"),  # 30 ℃
        ({"temperature": "85 °F"}, None),
    ],
)
def test_the_plan_of_the_county(facts: dict[str, Any], expected: str | None) -> None:
    found = assess("england", {"at": "2026-07-01T12:00:00+01:00", "facts": facts})
    assert level(found, HEAT) == expected


# Japan

TOWN = "kawabe/flood@kawabe"
DAY = "2026-07-01T12:00:00+09:00"


def gauge(at: str, metres: float) -> dict[str, Any]:
    return {"at": at, "object": "川辺橋", "facts": {"水位": f"{metres} m"}}


@pytest.mark.parametrize(
    ("metres", "expected"),
    [
        (5.2, "level-4"),
        (5.19, "level-3"),
        (4.6, "level-3"),
        (4.59, "level-2"),
        (3.8, "level-2"),
        (3.79, None),
    ],
)
def test_levels_by_the_gauge(metres: float, expected: str | None) -> None:
    assert level(assess("japan", gauge(DAY, metres)), TOWN) == expected


def test_a_broken_levee_is_level_5() -> None:
    found = assess("japan", {"at": DAY, "area": "北地区", "facts": {"堤防決壊": True}})
    assert level(found, TOWN) == "level-5"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-07-01T17:59:59+09:00", "level-3"),
        ("2026-07-01T18:00:00+09:00", "level-4"),
        ("2026-07-01T23:59:59+09:00", "level-4"),
        ("2026-07-02T00:00:00+09:00", "level-4"),
        ("2026-07-01T20:59:59+00:00", "level-4"),  # 5:59:59 in Tokyo
        ("2026-07-01T21:00:00+00:00", "level-3"),
    ],
)
def test_at_night_people_are_moved_earlier(at: str, expected: str) -> None:
    assert level(assess("japan", gauge(at, 4.95)), TOWN) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-05-31T23:59:59+09:00", None),
        ("2026-05-31T15:00:00+00:00", "level-1"),
        ("2026-10-31T23:59:59+09:00", "level-1"),
        ("2026-11-01T00:00:00+09:00", None),
    ],
)
def test_the_flood_season(at: str, expected: str | None) -> None:
    found = assess("japan", {"at": at, "area": "kawabe", "facts": {"1時間雨量": "20ミリ"}})
    assert level(found, TOWN) == expected


@pytest.mark.parametrize(
    ("by", "findings"), [("mayor", []), ("副町長", []), ("消防団", ["authority"])]
)
def test_the_mayor_or_the_deputy_orders_the_evacuation(by: str, findings: list[str]) -> None:
    ordered = {
        "at": "2026-07-01T12:10:00+09:00",
        "decide": {"plan": "flood", "level": "避難指示", "by": by},
    }
    found = assess("japan", gauge(DAY, 5.3), ordered)
    assert [one.kind for one in found.conflicts] == findings
    (decision,) = found.decisions
    assert (decision.in_force, decision.proposal) == ("level-4", "keep")
    assert due(found, "radio") == "2026-07-01T12:20:00+09:00"
    assert found.to_dict()["reports"][0]["deadline"]["due"] == "2026-07-01T12:40:00+09:00"


def test_labels_keep_their_language() -> None:
    (decision,) = assess("japan", gauge(DAY, 5.3)).to_dict()["decisions"]
    assert decision["label"] == {"ja": "川辺町水害対応計画"}


MUNICIPAL = {
    "at": "2026-07-20T08:00:00+08:00",
    "area": "east-district",
    "facts": {"accident-occurred": True, "deaths": 4},
}


def municipal(**more: Any) -> Any:
    moments = {"occurrence": "2026-07-20T07:50:00+08:00", "receipt": "2026-07-20T08:00:00+08:00"}
    header = {"incident": "x", "hazards": ["production-accident"], "moments": moments, **more}
    return engine("municipality").assess(
        {**header, "observations": [MUNICIPAL]}, at="2026-07-20T08:10:00+08:00"
    )


def test_a_municipality_does_the_citys_part_too() -> None:
    found = municipal()
    assert level(found, "haiyang/production-safety@haiyang") == "III"  # deaths@city are its own
    bodies = {row.id.rpartition(":")[2]: row.bodies for row in found.actions}
    assert bodies == {"rescue": ("haiyang-emergency",), "shelter": ("east-government",)}
    deaths = next(one for one in found.ask if str(one.cell) == "deaths@haiyang")
    assert deaths.provider == ("haiyang-emergency",)


def test_no_report_of_a_municipality_goes_to_itself_or_to_nobody_for_want_of_a_city() -> None:
    told = {row.report: (row.by, row.to) for row in municipal().reports}
    assert told["county-to-city"] == (("east-emergency",), ("haiyang-emergency",))
    assert [name for name, (by, to) in told.items() if by and by == to] == []
    cities = engine("municipality").library.entities.roles
    unresolved = {
        role
        for row in municipal().reports
        for actor in (*row.senders, *row.addressees)
        for role in (actor.executor.id,)
        if role in cities
        and cities[role].tier == "city"
        and cities[role].function in {"emergency", "government", "health"}
        and not actor.bodies
    }
    assert unresolved == set()


def test_an_area_plays_the_part_of_tiers_below_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    shutil.copytree(LIBRARIES / "municipality", folder)
    path = folder / "registry.yaml"
    path.write_text(
        path.read_text("utf-8").replace("serves-as: city", "serves-as: nation"), "utf-8"
    )
    with pytest.raises(planengine.PlanError) as raised:
        planengine.load(folder)
    assert [one.message for one in raised.value.diagnostics if one.code == "key-unsuited"] == [
        "`serves-as` does not fit here: nation is not below province"
    ]
