"""The shipped standards at their edges, as the law's text has them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.shipped import Nation

TOP, HIGH, MID, LOW = "especially-serious", "serious", "large", "ordinary"
ACCIDENT = {"accident-occurred": True}
NOBODY: dict[str, Any] = {
    "deaths": 0,
    "seriously-injured": 0,
    "acute-industrial-poisoned": 0,
    "direct-loss": "0 万元",
}


def accident(nation: Nation, **facts: Any) -> str | None:
    given = {**NOBODY, **ACCIDENT, **{k.replace("_", "-"): v for k, v in facts.items()}}
    level, could_reach = nation.levels("production-accident", "production-accident", given)
    assert level == could_reach
    return level


@pytest.mark.parametrize(
    ("deaths", "level"),
    [(0, LOW), (2, LOW), (3, MID), (9, MID), (10, HIGH), (29, HIGH), (30, TOP), (31, TOP)],
)
def test_decree_493_by_deaths(nation: Nation, deaths: int, level: str) -> None:
    assert accident(nation, deaths=deaths) == level


@pytest.mark.parametrize(
    ("loss", "level"),
    [
        ("999.9 万元", LOW),
        ("1000 万元", MID),
        ("4999 万元", MID),
        ("5000 万元", HIGH),
        ("9999.99 万元", HIGH),
        ("1 亿元", TOP),
        ("100000000 元", TOP),
    ],
)
def test_decree_493_by_loss_in_any_unit(nation: Nation, loss: str, level: str) -> None:
    assert accident(nation, direct_loss=loss) == level


def test_seriously_injured_are_not_all_injured(nation: Nation) -> None:
    """37 seriously injured among 138 injured: 138 would be especially serious, 37 is large."""
    assert accident(nation, seriously_injured=37, injured=138) == MID


def test_without_an_accident_there_is_no_grade(nation: Nation) -> None:
    facts = {**NOBODY, "accident-occurred": False, "deaths": 0}
    found = nation.levels("production-accident", "production-accident", facts)
    assert found == (None, None)


@pytest.mark.parametrize("dead", [{"deaths": 2, "missing": 53}, {"deaths": "[2..55]"}])
def test_two_dead_and_53_missing_may_be_anything(nation: Nation, dead: dict[str, Any]) -> None:
    facts = {**NOBODY, **ACCIDENT, **dead}
    found = nation.levels("production-accident", "production-accident", facts)
    assert found == (LOW, TOP)


def test_what_counts_the_dead_and_the_missing_counts_each_once(nation: Nation) -> None:
    facts = {**RELIEF, "deaths": 2, "missing": 53}
    found = nation.assess("flood", facts)
    relief = next(one for one in found.decisions if "relief" in one.id)
    assert (relief.level, relief.could_reach) == ("III", "III")


def test_bands_join_upwards(nation: Nation) -> None:
    """8..12 deaths straddles two bands, and is at least large for certain."""
    facts = {**NOBODY, **ACCIDENT, "deaths": "[8..12]"}
    found = nation.levels("production-accident", "production-accident", facts)
    assert found == (MID, HIGH)


@pytest.mark.parametrize(
    ("sick", "dead", "level"),
    [
        (29, 0, None),
        (30, 0, LOW),
        (99, 0, LOW),
        (100, 0, None),  # the text leaves exactly 100 in no band
        (101, 0, MID),
        (100, 1, MID),
        (101, 1, HIGH),
        (20, 10, HIGH),
    ],
)
def test_more_than_100_is_strict(nation: Nation, sick: int, dead: int, level: str | None) -> None:
    facts = {"food-poisoned": sick, "food-poisoning-deaths": dead}
    assert nation.level("food-poisoning", "food-poisoning", facts) == level


@pytest.mark.parametrize(
    ("stop", "level"),
    [
        ("119 min", None),
        ("2 h", LOW),
        ("5 h", LOW),
        ("6 h", MID),
        ("23 h", MID),
        ("24 h", HIGH),
        ("3 d", HIGH),
    ],
)
def test_metro_stop(nation: Nation, stop: str, level: str | None) -> None:
    facts = {"deaths": 0, "seriously-injured": 0, "direct-loss": "0 元", "line-interruption": stop}
    assert nation.level("metro-operation", "metro-operation", facts) == level


OUTAGE = [
    # grid, load at the start, share of load shed: below and at each bound of decree 599
    (
        "regional",
        "90000 MW",
        {"3.9": None, "4": LOW, "7": MID, "10": HIGH, "29.9": HIGH, "30": TOP},
    ),
    ("province", "20000 MW", {"4.9": None, "5": LOW, "10": MID, "13": HIGH, "30": TOP}),
    ("province", "19999 MW", {"5.9": None, "6": LOW, "12": MID, "16": HIGH, "39": HIGH, "40": TOP}),
    ("province", "5000 MW", {"6": LOW, "12": MID, "16": HIGH, "40": TOP}),
    ("province", "4999 MW", {"9": None, "10": LOW, "20": MID, "49": MID, "50": HIGH, "99": HIGH}),
    ("province", "1000 MW", {"10": LOW, "20": MID, "50": HIGH}),
    ("province", "999 MW", {"24": None, "25": LOW, "40": MID, "90": MID}),
    ("municipality", "15000 MW", {"5": LOW, "10": MID, "20": HIGH, "49": HIGH, "50": TOP}),
    ("capital", "2000 MW", {"10": LOW, "20": MID, "40": HIGH, "59": HIGH, "60": TOP}),
    ("capital", "1999 MW", {"10": LOW, "20": MID, "40": HIGH, "60": HIGH, "95": HIGH}),
    ("city", "600 MW", {"19": None, "20": LOW, "40": MID, "59": MID, "60": HIGH, "95": HIGH}),
    ("city", "599 MW", {"20": LOW, "40": MID, "60": MID, "95": MID}),
    ("county-city", "150 MW", {"39": None, "40": LOW, "59": LOW, "60": MID, "95": MID}),
    ("county-city", "149 MW", {"40": LOW, "60": LOW, "95": LOW}),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("grid", "load", "share", "level"),
    [(grid, load, share, level) for grid, load, by in OUTAGE for share, level in by.items()],
)
def test_outage_by_grid(
    nation: Nation, grid: str, load: str, share: str, level: str | None
) -> None:
    facts = {"load-shed-share": f"{share} %", "users-cut-share": "0 %", "accident-occurred": False}
    attributes = f"{{grid-class: {grid}, grid-load: {load}}}"
    assert nation.level("power-outage", "power-outage", facts, attributes=attributes) == level


def test_outage_in_a_grid_of_unknown_size(nation: Nation) -> None:
    """60 % is serious in a city grid of 600 MW and more, large in a smaller one."""
    facts = {"load-shed-share": "60 %", "users-cut-share": "0 %", "accident-occurred": False}
    found = nation.levels("power-outage", "power-outage", facts, attributes="{grid-class: city}")
    assert found == (MID, HIGH)


@pytest.mark.parametrize(("at", "level"), [("2022", None), ("2024", "IV")])
def test_relief_by_the_edition_of_its_day(nation: Nation, at: str, level: str | None) -> None:
    """15 dead and 10 missing: the 2016 plan counts the dead, the 2024 one both."""
    facts = {
        "deaths": 15,
        "missing": 10,
        "relocated": 0,
        "need-urgent-relief": 0,
        "rooms-collapsed-or-damaged": 0,
        "households-collapsed-or-damaged": 0,
        "drought-relief-share": "0 %",
        "drought-relief-people": 0,
    }
    found = nation.assess("flood", facts, at=f"{at}-07-20T08:00:00+08:00")
    decision = next(d for d in found.decisions if d.standard == "natural-disaster-relief")
    assert decision.edition == ("2016" if at == "2022" else "2024")
    assert decision.level == level


@pytest.mark.parametrize("day, number", [("2024-01-19", "2016"), ("2024-01-20", "2024")])
def test_the_day_of_a_new_edition_is_its_first(nation: Nation, day: str, number: str) -> None:
    found = nation.assess("flood", {"deaths": 1}, at=f"{day}T00:00:00+08:00")
    decision = next(d for d in found.decisions if d.standard == "natural-disaster-relief")
    assert decision.edition == number


def test_an_unverified_figure_says_so(nation: Nation) -> None:
    """The 2025 earthquake edition's figures were not seen: an answer by them is marked."""
    facts = {"magnitude": 7.2, "population-density": "dense"}
    found = nation.assess("earthquake", facts)
    decision = next(d for d in found.decisions if d.standard == "earthquake")
    assert decision.level == TOP
    assert decision.edition == "2025"
    assert {basis.confidence for basis in decision.basis} == {"unverified"}


@pytest.mark.parametrize(
    ("standard", "hazard", "facts", "level"),
    [
        ("food-poisoning", "food-poisoning", {"food-poisoned": 50}, LOW),
        ("food-poisoning", "food-poisoning", {"food-poisoned": 29}, None),
        ("occupational-poisoning", "occupational-poisoning", {"occupational-poisoned": 5}, LOW),
    ],
)
def test_the_sick_alone_give_a_grade_while_deaths_are_unknown(
    nation: Nation, standard: str, hazard: str, facts: dict[str, Any], level: str | None
) -> None:
    """With a death it is worse, without one it is ordinary: either way at least ordinary."""
    found = nation.levels(standard, hazard, facts)
    assert found[0] == level
    assert found[1] == HIGH


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"radiation-source-1-2-lost": True, "radiation-wide-contamination": True}, TOP),
        ({"radiation-source-1-2-lost": True}, HIGH),
        ({"radiation-source-3-lost": True}, MID),
        ({"radiation-source-4-5-lost": True}, LOW),
        ({"radiation-overdose": True}, LOW),
        ({}, None),
    ],
)
def test_a_lost_source_is_graded_before_anything_is_polluted(
    nation: Nation, facts: dict[str, Any], level: str | None
) -> None:
    """The plan grades the loss itself; "pollution occurred" gates the rows with no lower limit."""
    nobody = {
        "pollution-occurred": False,
        "pollution-deaths": 0,
        "pollution-poisoned-or-injured": 0,
        "pollution-evacuated": 0,
        "pollution-loss": "0 元",
    }
    given = {**nobody, **facts}
    assert nation.level("environmental-event", "environmental-pollution", given) == level


RELIEF = {
    "deaths": 0,
    "missing": 0,
    "relocated": 0,
    "need-urgent-relief": 0,
    "rooms-collapsed-or-damaged": 0,
    "households-collapsed-or-damaged": 0,
    "drought-relief-share": "0 %",
    "drought-relief-people": 0,
}


@pytest.mark.parametrize(
    ("year", "dead", "level", "confidence"),
    [
        ("2022", 19, None, set()),
        ("2022", 20, "IV", {"high"}),
        ("2022", 50, "III", {"read"}),
        ("2022", 200, "I", {"read"}),
        ("2026", 20, "IV", {"high"}),
        ("2026", 199, "II", {"high"}),
        ("2026", 200, "I", {"read"}),
    ],
)
def test_a_relief_figure_has_the_confidence_of_its_own_row(
    nation: Nation, year: str, dead: int, level: str | None, confidence: set[str]
) -> None:
    at = f"{year}-07-20T08:00:00+08:00"
    found = nation.assess("flood", {**RELIEF, "deaths": dead}, at=at)
    decision = next(d for d in found.decisions if d.standard == "natural-disaster-relief")
    assert decision.level == level
    assert {basis.confidence for basis in decision.basis} == confidence


@pytest.mark.parametrize(
    # no such clause of level IV is known: none is made up
    ("dead", "level"),
    [(160, "I"), (159, None), (80, "II"), (40, "III"), (16, None)],
)
def test_a_neighbouring_province_may_join_below_its_own_bound(
    nation: Nation, dead: int, level: str | None
) -> None:
    found = nation.assess("flood", {**RELIEF, "deaths": dead})
    joining = [one.level for one in found.may_invoke if "neighbour-reached" in one.clause]
    assert joining == ([level] if level else [])
