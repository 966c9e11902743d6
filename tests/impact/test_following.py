"""What follows from a thing, how far away, and through what."""

from __future__ import annotations

from tests.impact.conftest import Bench

ACCIDENT = "level:accident@river-city"
PLAN = "level:river-city/accident-response@river-city"
FLOOD = "level:river-city/flood/flood@river-city"
DROUGHT = "level:river-city/flood/drought@river-city"
QUAKE = "level:quake@river-city"
QUAKE_PLAN = "level:river-city/quake@river-city"


def levels(follows: dict[str, tuple[int, str | None]]) -> dict[str, tuple[int, str | None]]:
    return {key: value for key, value in follows.items() if key.startswith("level:")}


def test_levels_that_test_a_fact_and_those_that_read_them(bench: Bench) -> None:
    assert levels(bench.follows("deaths")) == {
        f"{ACCIDENT}:serious": (1, None),
        f"{ACCIDENT}:large": (1, None),
        f"{ACCIDENT}:ordinary": (1, None),
        f"{QUAKE}:serious": (1, None),
        f"{QUAKE}:large": (1, None),
        f"{PLAN}:I": (2, f"{ACCIDENT}:serious"),
        f"{DROUGHT}:I": (2, f"{ACCIDENT}:serious"),
        f"{DROUGHT}:II": (2, f"{ACCIDENT}:large"),
        f"{PLAN}:III": (2, f"{ACCIDENT}:ordinary"),
        f"{QUAKE_PLAN}:II": (2, f"{QUAKE}:serious"),
    }


def test_reports_and_bodies_follow_the_level_that_brings_them(bench: Bench) -> None:
    follows = bench.follows("deaths")
    reports = {key: value for key, value in follows.items() if key.startswith("report:")}
    assert list(reports.values()) == [(2, f"{ACCIDENT}:large"), (2, f"{QUAKE}:serious")]
    assert follows["agency:province-flood-hq"] == (2, f"{ACCIDENT}:large")
    assert follows["fact:dead-and-missing"] == (1, None)


def test_an_abolished_body_leaves_its_actions_and_not_their_other_bodies(bench: Bench) -> None:
    follows = bench.follows("south-flood-hq")
    assert follows == {
        "action:river-city/flood:patrol": (1, None),
        "action:river-city/flood:close-schools": (2, "action:river-city/flood:patrol"),
        "action:river-city/flood:save-people": (2, "action:river-city/flood:patrol"),
        "agency:emergency-bureau": (3, "action:river-city/flood:close-schools"),
        "agency:flood-hq": (3, "action:river-city/flood:save-people"),
    }


def test_a_body_is_missed_where_a_role_finds_nobody_else(bench: Bench) -> None:
    def empty(name: str) -> list[tuple[str, str]]:
        return [(one.role, one.area) for one in bench.impact(name).empty_roles]

    assert empty("north-flood-hq") == [
        ("county-flood-hq", "north-county"),
        ("nearest-flood-hq", "north-county"),
    ]
    assert empty("hospital") == []


def test_a_source_is_missed_by_every_level_that_rests_on_it(bench: Bench) -> None:
    """Also by those whose document says it once for all of them."""
    for name in ("decree", "decree 第三条"):
        near = {key for key, (steps, _) in bench.follows(name).items() if steps == 1}
        assert {f"{ACCIDENT}:{one}" for one in ("serious", "large", "ordinary")} <= near
        assert "standard:accident" in near
        assert ("action:river-city/flood:patrol" in near) is (name == "decree")


def test_raising_reaches_the_levels_that_it_gives_and_no_warning(bench: Bench) -> None:
    near = {key for key, (steps, _) in bench.follows("festival").items() if steps == 1}
    assert near == {f"{FLOOD}:I", f"{FLOOD}:II"}


def test_a_plan_stands_for_its_levels(bench: Bench) -> None:
    follows = bench.follows("plan:river-city/flood")
    assert follows[f"{PLAN}:III"] == (1, None)
    assert not any(key.startswith(FLOOD) for key in follows)


def test_a_clause_that_people_invoke_reaches_its_level(bench: Bench) -> None:
    assert bench.follows("认定需要启动")[f"{FLOOD}:I"] == (1, None)


def test_what_hangs_on_a_declaration_hangs_on_what_it_needs(bench: Bench) -> None:
    follows = bench.follows("station")
    assert follows["object:bridge-station"] == (1, None)
    assert follows[f"{FLOOD}:I"] == (2, "fact:water-level")


def test_nothing_follows_from_what_nothing_uses(bench: Bench) -> None:
    impact = bench.impact("magnitude")
    assert (impact.uses, impact.follows) == ((), ())


def test_what_a_document_says_once_is_said_of_all_its_levels(bench: Bench) -> None:
    """A hazard that goes takes the levels of its plans, or of the track that it has."""
    near = {key for key, (steps, _) in bench.follows("accident-response").items() if steps == 1}
    assert not any(key.startswith("level:") for key in near)
    hazard = bench.follows("hazard:accident")
    assert {key: steps for key, (steps, _) in levels(hazard).items() if steps == 1} == {
        **{f"{ACCIDENT}:{one}": 1 for one in ("serious", "large", "ordinary")},
        **{f"{PLAN}:{one}": 1 for one in ("I", "III")},
    }
    assert {f"{DROUGHT}:I", f"{DROUGHT}:II"} <= set(bench.follows("hazard:drought"))


def test_what_was_passed_on_a_short_way_is_walked_again_on_a_longer(bench: Bench) -> None:
    """A body is both where a report goes and whose declaration is gone; an action is both what a
    body carries out and what its level brings.
    """
    follows = bench.follows("river-city")
    assert follows["agency:emergency-bureau"][0] == 1
    assert "action:river-city/flood:close-schools" in follows
    assert "agency:north-flood-hq" in follows
