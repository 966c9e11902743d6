import pytest
from msgspec.structs import replace

from planengine.domain.terms import At
from planengine.rules.conditions import ALWAYS, NEVER
from planengine.rules.select import select
from planengine.values.sets import at_least
from tests.rules.small import (
    OCCURRED,
    bands,
    clean,
    has,
    library,
    link,
    plan,
    reads,
    rule,
    standard,
    track,
    units,
)


def _plan(name: str, hazard: str, *rules: object, **changes: object) -> object:
    given = {"hazards": (hazard,), "tracks": [track(rules or bands("deaths", 30, 10, 3))]}
    return plan(name, **(given | changes))  # type: ignore[arg-type]


FLOOD = _plan("flood", "flood")
FIRE = _plan("fire", "fire")
POLLUTION = _plan("pollution", "pollution")


def _ids(plans: list[object], *hazards: str, **options: object) -> set[str]:
    ruleset = clean(library(plans=plans))  # type: ignore[arg-type]
    return {str(unit.id).partition("@")[0] for unit in select(ruleset, hazards, **options).units}  # type: ignore[arg-type]


def test_a_plan_applies_to_its_hazards_and_those_below() -> None:
    natural = _plan("relief", "natural")
    general = plan("general", tracks=[track(bands("deaths", 3))], hazards=())
    plans = [FLOOD, FIRE, natural, general]
    assert _ids(plans, "flood") == {"city/flood", "city/relief", "city/general"}
    assert _ids(plans, "natural") == {"city/relief", "city/general"}
    assert _ids(plans, "fire") == {"city/fire", "city/general"}
    assert _ids(plans) == {"city/general"}
    assert _ids(plans, "flood", also=["city/fire"]) >= {"city/fire"}


def test_reading_a_plan_that_does_not_apply_gives_no_level() -> None:
    rules = [rule(4, reads("response", name, 4)) for name in ("flood", "fire")]
    general = plan("general", tracks=[track(rules)], hazards=())
    ruleset = select(clean(library(plans=[FLOOD, FIRE, general])), ["flood"])
    assert {str(unit.id) for unit in ruleset.units} == {"city/flood@city", "city/general@city"}
    top = str(units(ruleset)["city/general@city"].at_least[3])
    assert "recommended(city/flood@city)" in top
    assert "recommended(city/fire@city)" not in top
    assert "active(city/fire@city)" in top


def test_a_grade_that_is_read_applies() -> None:
    grades = standard("grades", track(bands("deaths", 30), on="grade"), hazards=("fire",))
    flood = _plan("flood", "flood", rule(1, reads("computed", "grades", 1)))
    ruleset = clean(library(plans=[flood, FIRE], standards=[grades]))
    found = units(select(ruleset, ["flood"]))
    assert set(found) == {"grades@city", "city/flood@city"}
    assert found["grades@city"] == units(ruleset)["grades@city"]
    assert set(units(select(ruleset, ["pollution"]))) == set()


def test_a_plan_that_grades_does_not_apply_because_it_is_read() -> None:
    fire = plan("fire", tracks=[track(bands("deaths", 30), on="grade")], hazards=("fire",))
    flood = _plan("flood", "flood", rule(1, reads("computed", "fire", 1)), *bands("missing", 3))
    found = units(select(clean(library(plans=[fire, flood])), ["flood"]))
    assert set(found) == {"city/flood@city"}
    assert "fire" not in str(found["city/flood@city"].at_least[0])


def test_a_lifted_plan_has_its_links_only() -> None:
    flood = _plan("flood", "flood", links=(link("activate", 2, "fire", target_rank=2),))
    ruleset = clean(library(plans=[flood, FIRE]))
    fire = units(select(ruleset, ["flood"]))["city/fire@city"]
    assert fire.applies == NEVER
    assert [r.kind for r in fire.rules] == ["link"]
    assert "deaths" not in " ".join(map(str, fire.at_least))
    assert fire.at_least[1] != NEVER
    assert "obliged" in str(fire.obliged_at_least[0])
    alone = units(select(ruleset, ["fire"]))
    assert set(alone) == {"city/fire@city"}
    assert "recommended" not in str(alone["city/fire@city"].at_least)


def test_another_hazard_joins_by_a_cascade() -> None:
    flood = _plan("flood", "flood", links=(link("cascade", None, "pollution", when=OCCURRED),))
    ruleset = clean(library(plans=[flood, POLLUTION]))
    joined = units(select(ruleset, ["flood"]))["city/pollution@city"]
    assert str(joined.applies) == "occurred@city ∈ true"
    assert str(joined.at_least[2]) == "(occurred@city ∈ true and deaths@city ∈ [30..∞))"
    declared = units(select(ruleset, ["flood", "pollution"]))["city/pollution@city"]
    assert declared.applies == ALWAYS
    assert set(units(select(ruleset, ["fire"]))) == set()


def test_what_a_plan_asks_applies_once_its_hazard_has_joined() -> None:
    grades = standard("grades", track(bands("deaths", 30), on="grade"), hazards=("fire",))
    flood = _plan("flood", "flood", links=(link("cascade", None, "pollution", when=OCCURRED),))
    asking = _plan(
        "pollution", "pollution",
        links=(link("cascade", None, "flood", when=reads("computed", "grades", 1)),),
    )  # fmt: skip
    ruleset = clean(library(plans=[flood, asking], standards=[grades]))
    joined = units(select(ruleset, ["flood"]))["grades@city"]
    assert str(joined.applies) == "occurred@city ∈ true"
    declared = units(select(ruleset, ["pollution"]))["grades@city"]
    assert declared == units(ruleset)["grades@city"]


def test_a_grade_at_a_place_that_only_other_hazards_ask_for_is_left_out_there() -> None:
    grades = standard("grades", track(bands("deaths", 30), on="grade"), hazards=("fire",))
    there = rule(1, reads("computed", "grades", 1, At("north")))
    flood = _plan("flood", "flood", there)
    ruleset = clean(library(plans=[FIRE, flood], standards=[grades]))
    assert {"grades@city", "grades@north"} <= set(units(ruleset))
    assert set(units(select(ruleset, ["fire"]))) == {"city/fire@city", "grades@city"}
    both = units(select(ruleset, ["fire", "flood"]))
    assert both["grades@north"] == units(ruleset)["grades@north"]
    assert "grades@north" in units(select(ruleset, ["flood"]))


def test_cascades_chain_and_may_be_circular() -> None:
    one = _plan("flood", "flood", links=(link("cascade", None, "fire", when=OCCURRED),))
    two = _plan(
        "fire", "fire",
        links=(
            link("cascade", None, "pollution", when=has("missing", at_least(1))),
            link("cascade", None, "flood", when=has("missing", at_least(9))),
        ),
    )  # fmt: skip
    ruleset = clean(library(plans=[one, two, POLLUTION]))
    found = units(select(ruleset, ["flood"]))
    assert str(found["city/pollution@city"].applies) == (
        "(occurred@city ∈ true and missing@city ∈ [1..∞))"
    )
    back = units(select(ruleset, ["fire"]))
    assert str(back["city/flood@city"].applies) == "missing@city ∈ [9..∞)"
    assert set(units(select(ruleset, ["pollution"]))) == {"city/pollution@city"}


def test_a_cascade_from_a_level_reads_that_level() -> None:
    flood = _plan("flood", "flood", links=(link("cascade", 2, "pollution"),))
    found = select(clean(library(plans=[flood, POLLUTION])), ["flood"])
    order = [str(unit.id) for unit in found.units]
    assert order == ["city/flood@city", "city/pollution@city"]
    assert "recommended(city/flood@city)" in str(found.units[1].applies)
    assert "obliged(city/flood@city)" in str(found.units[1].obliged_at_least[0])


def test_a_link_by_condition_works_where_its_plan_applies() -> None:
    flood = _plan(
        "flood", "flood", links=(link("activate", None, "fire", when=OCCURRED, target_rank=1),)
    )
    ruleset = clean(library(plans=[flood, FIRE]))
    lifted = units(select(ruleset, ["flood"]))["city/fire@city"]
    assert [str(r.condition) for r in lifted.rules] == ["occurred@city ∈ true"]
    alone = units(select(ruleset, ["fire"]))["city/fire@city"]
    assert [r.kind for r in alone.rules] == ["rule"] * 3
    assert "occurred" not in str(alone.at_least)


def test_selecting_is_deterministic_and_complete() -> None:
    flood = _plan("flood", "flood", links=(link("activate", 2, "fire", target_rank=2),))
    ruleset = clean(library(plans=[POLLUTION, flood, FIRE]))
    one = select(ruleset, ["flood"])
    assert one == select(ruleset, ["flood"])
    assert sorted(place for group in one.components for place in group) == [0, 1]
    assert sorted(map(str, one.cells)) == ["active(city/flood@city)", "deaths@city"]


TRACKS = plan(
    "water",
    hazards=("flood", "fire"),
    tracks=[
        track(bands("deaths", 30), name="wet", hazards=("flood",)),
        track(bands("missing", 30), name="dry", hazards=("fire",)),
        track(bands("deaths", 3), name="both"),
    ],
)


def test_a_track_with_hazards_of_its_own_applies_to_those() -> None:
    assert _ids([TRACKS], "flood") == {"city/water/wet", "city/water/both"}
    assert _ids([TRACKS], "fire") == {"city/water/dry", "city/water/both"}
    assert _ids([TRACKS], "pollution") == set()


def test_a_track_that_people_started_applies_and_brings_no_other() -> None:
    every = {"city/water/wet", "city/water/dry", "city/water/both"}
    assert _ids([TRACKS], "flood", also=["city/water", "city/water/dry"]) == every
    assert _ids([TRACKS], "flood", also=["city/water", "city/water/wet"]) == every - {
        "city/water/dry"
    }


@pytest.mark.parametrize(("track_of_link", "hazard"), [("wet", "flood"), ("dry", "fire")])
def test_a_cascade_of_a_track_needs_the_hazards_of_the_track(
    track_of_link: str, hazard: str
) -> None:
    links = (link("cascade", None, "pollution", track=track_of_link, when=OCCURRED),)
    water = replace(TRACKS, links=links)
    ruleset = clean(library(plans=[water, POLLUTION]))
    for declared in ("flood", "fire"):
        joined = "city/pollution@city" in units(select(ruleset, [declared]))
        assert joined is (declared == hazard)


def test_a_level_that_a_superior_started_is_followed_whatever_the_hazard() -> None:
    above = plan("water", "province", [track(name="dry")], external=True, hazards=("fire",))
    links = (link("match-above", track="dry"),)
    ruleset = clean(library(plans=[replace(TRACKS, links=links), above]))
    assert "city/water/dry@city" not in units(select(ruleset, ["flood"]))
    used = ["province/water", "province/water/dry"]
    dry = units(select(ruleset, ["flood"], also=used))["city/water/dry@city"]
    assert dry.applies == NEVER
    assert {rule.kind for rule in dry.rules} == {"link"}
