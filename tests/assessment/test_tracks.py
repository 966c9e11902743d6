"""A track with hazards of its own: another hazard of the plan neither shows nor starts it."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from tests.assessment.conftest import Small, day, stated

PLAN = """
tracks:
  wet:
    label: {en: wet}
    hazards: [flood]
    warnings: [{level: red, when: {breach: true}}]
    levels: [{level: II, approve: {post: chief}, when: {level: ≥ 5}}]
  dry:
    label: {en: dry}
    hazards: [drought]
    warnings: [{level: red, when: {deaths: ≥ 3}}]
    levels: [{level: II, approve: {post: chief}, when: {deaths: ≥ 3}}]
actions:
  - {id: any-track, mode: first-response, executor: office, do: look}
  - {id: patrol, track: wet, mode: first-response, executor: office, do: patrol}
  - {id: wet-on, track: wet, on: {breach: false}, executor: office, do: wet}
  - {id: dry-on, track: dry, on: {breach: false}, executor: office, do: dry}
  - {id: haul-water, track: dry, from: III, executor: office, do: haul}
"""


@pytest.fixture
def water(small: Small) -> planengine.Engine:
    vocabulary = small.folder / "vocabulary.yaml"
    text = vocabulary.read_text()
    hazards = "hazards: {flood: {label: {en: flood}}, drought: {label: {en: drought}}, fire: {label: {en: fire}}}"
    vocabulary.write_text(text.replace("hazards: {flood: {label: {en: flood}}}", hazards))
    small.plan("dam", PLAN)
    plan = small.folder / "plans" / "dam.yaml"
    plan.write_text(plan.read_text().replace("hazards: [flood]}", "hazards: [flood, drought]}", 1))
    small.plan(
        "fire", "levels: [{level: III, approve: {post: chief}, when: {warning.dam/wet: red}}]\n"
    )
    fire = small.folder / "plans" / "fire.yaml"
    fire.write_text(fire.read_text().replace("hazards: [flood]}", "hazards: [fire]}", 1))
    return small.engine()


def assess(
    engine: planengine.Engine, hazard: str, *observations: dict[str, Any]
) -> planengine.Assessment:
    incident = {"incident": "x", "hazards": [hazard], "observations": list(observations)}
    return engine.assess(incident, at=day("12:00"))


def ids(found: planengine.Assessment) -> set[str]:
    return {decision.id.removeprefix("city/").partition("@")[0] for decision in found.decisions}


def actions(found: planengine.Assessment) -> set[str]:
    return {action.id.partition(":")[2] for action in found.actions}


FACTS = stated("08:00", level=6)


def test_a_flood_does_not_show_drought(water: planengine.Engine) -> None:
    found = assess(water, "flood", FACTS)
    assert ids(found) == {"warning:city/dam/wet", "dam/wet"}
    assert actions(found) == {"any-track", "patrol", "wet-on"}
    assert {str(question.cell) for question in found.ask} == set()


def test_a_drought_does_not_patrol(water: planengine.Engine) -> None:
    found = assess(water, "drought", FACTS, stated("08:00", deaths=4))
    assert ids(found) == {"warning:city/dam/dry", "dam/dry"}
    assert actions(found) == {"any-track", "dry-on", "haul-water"}


def test_both_hazards_have_both_tracks(water: planengine.Engine) -> None:
    incident = {"incident": "x", "hazards": ["flood", "drought"], "observations": [FACTS]}
    found = water.assess(incident, at=day("12:00"))
    assert {"dam/wet", "dam/dry"} <= ids(found)


def test_starting_one_track_does_not_bring_the_other(water: planengine.Engine) -> None:
    put = {"at": day("09:00"), "decide": {"plan": "dam", "track": "wet", "level": "II"}}
    assert "dam/dry" not in ids(assess(water, "flood", FACTS, put))
    other = {"at": day("09:00"), "decide": {"plan": "dam", "track": "dry", "level": "II"}}
    found = assess(water, "flood", FACTS, other)
    dry = next(d for d in found.decisions if d.track == "dry" and d.purpose == "level")
    assert (dry.in_force, dry.proposal) == ("II", "keep")


def test_a_plan_of_which_only_a_warning_is_read_orders_nothing(water: planengine.Engine) -> None:
    """A fire reads the flood warning; nobody patrols a dyke for that."""
    found = assess(water, "fire", FACTS)
    assert ids(found) == {"warning:city/dam/wet", "fire"}
    assert actions(found) == set()


def test_a_warning_issued_on_one_track_is_not_issued_on_the_other(
    water: planengine.Engine,
) -> None:
    issue = {"at": day("09:00"), "issued": {"warning.dam/wet": "red"}}
    incident = {"incident": "x", "hazards": ["flood", "drought"], "observations": [FACTS, issue]}
    found = water.assess(incident, at=day("12:00"))
    warnings = {one.track: one.issued for one in found.decisions if one.purpose == "warning"}
    assert warnings == {"wet": "red", "dry": None}


def test_a_warning_for_an_area_for_which_nothing_is_decided_is_not_passed_over(
    water: planengine.Engine,
) -> None:
    """The city decides it as a whole; a county's warning is no reason for the city's level."""

    def told(area: str, level: str = "red") -> list[tuple[str, str]]:
        issue = {"at": day("09:00"), "area": area, "issued": {"warning.dam/wet": level}}
        found = assess(water, "flood", FACTS, issue)
        return [(one.kind, one.subject) for one in found.conflicts]

    assert told("north") == [("unheard", "city/dam@north")]
    assert told("north", "none") == []
    assert "unheard" not in dict(told("city"))


def test_a_warning_of_one_of_several_plans_elsewhere_must_say_which(small: Small) -> None:
    body = "warnings: [{level: red, when: {breach: true}}]\nlevels: [{level: II, when: {level: ≥ 5}}]\n"
    for county in ("north", "south"):
        small.plan(county, body)
        path = small.folder / "plans" / f"{county}.yaml"
        text = path.read_text().replace("jurisdiction: city", f"jurisdiction: {county}")
        path.write_text(text.replace(f"plan: {county}", "plan: dyke"))

    def told(name: str, **where: str) -> list[str]:
        issue = {"at": day("09:00"), "issued": {f"warning.{name}": "red"}, **where}
        found = small.assess(FACTS, issue, at="12:00")
        return [one.id for one in found.decisions if one.issued]

    assert told("dyke", area="north") == ["warning:north/dyke@north"]
    assert told("south/dyke") == ["warning:south/dyke@south"]
    with pytest.raises(planengine.PlanError, match="ambiguous"):
        told("dyke")


REPORTS = """
reports:
  - {id: any-hazard, on: {breach: true}, by: office, to: government}
  - {id: flooded, hazards: [flood], on: {breach: true}, by: office, to: government}
  - {id: not-flooded, not-hazards: [flood], on: {breach: true}, by: office, to: government}
  - {id: dry, hazards: [drought], on: {breach: true}, by: office, to: government}
  - {id: neither, not-hazards: [flood, drought], on: {breach: true}, by: office, to: government}
"""


@pytest.mark.parametrize(
    ("hazards", "made"),
    [
        (["flood"], {"any-hazard", "flooded"}),
        (["tide"], {"any-hazard", "flooded"}),  # below a flood
        (["drought"], {"any-hazard", "not-flooded", "dry"}),
        (["flood", "drought"], {"any-hazard", "flooded", "dry"}),
    ],
)
def test_a_report_for_some_of_the_hazards(small: Small, hazards: list[str], made: set[str]) -> None:
    assert reported(reporting(small), hazards, stated("08:00", breach=True)) == {
        (name, "certain") for name in made
    }


def test_a_report_for_a_hazard_that_may_join(small: Small) -> None:
    """A drought becomes a flood at level 5: until the level is told, either report may be due."""
    engine = reporting(small, "links: [{when: {level: ≥ 5}, cascade: flood}]\n")
    breach = stated("08:00", breach=True)
    always = {("any-hazard", "certain"), ("dry", "certain")}
    assert reported(engine, ["drought"], breach) == always | {
        ("flooded", "possible"),
        ("not-flooded", "possible"),
    }
    high, low = stated("09:00", level=6), stated("09:00", level=4)
    assert reported(engine, ["drought"], breach, high) == always | {("flooded", "certain")}
    assert reported(engine, ["drought"], breach, low) == always | {("not-flooded", "certain")}


@pytest.mark.parametrize(
    ("level", "shown"), [(None, False), (4, False), (6, True)], ids=["may join", "not", "joined"]
)
def test_a_plan_is_shown_once_its_hazard_has_joined(
    water: planengine.Engine, small: Small, level: int | None, shown: bool
) -> None:
    small.plan("ward", "levels: [{level: III, approve: {post: chief}, when: {deaths: ≥ 3}}]\n")
    ward = small.folder / "plans" / "ward.yaml"
    ward.write_text(ward.read_text().replace("[flood]", "[fire]"))
    small.plan("yard", "links: [{when: {level: ≥ 5}, cascade: fire}]\n")
    told = stated("08:00", deaths=0) if level is None else stated("08:00", deaths=0, level=level)
    found = small.assess(told, at="09:00")
    assert ("city/ward" in {one.plan for one in found.decisions}) == shown


def reporting(small: Small, links: str = "") -> planengine.Engine:
    vocabulary = small.folder / "vocabulary.yaml"
    hazards = "hazards: {flood: {label: {en: flood}}, tide: {label: {en: tide}, in: flood}, drought: {label: {en: drought}}}"
    text = vocabulary.read_text().replace("hazards: {flood: {label: {en: flood}}}", hazards)
    vocabulary.write_text(text)
    small.plan("dam", "levels: [{level: I, approve: {post: chief}, when: {level: ≥ 9}}]\n" + REPORTS + links)  # fmt: skip
    plan = small.folder / "plans" / "dam.yaml"
    plan.write_text(plan.read_text().replace("hazards: [flood]}", "hazards: [flood, drought]}", 1))
    return small.engine()


def reported(
    engine: planengine.Engine, hazards: list[str], *observations: dict[str, Any]
) -> set[tuple[str, str]]:
    incident = {"incident": "x", "hazards": hazards, "observations": list(observations)}
    found = engine.assess(incident, at=day("12:00"))
    return {(item.report, item.certainty) for item in found.reports}


def test_a_plan_that_only_warns_gives_no_empty_level(small: Small) -> None:
    text = """warnings:
  - {level: red, when: {level: ≥ 9}}
  - {level: blue, when: {level: ≥ 5}}
"""
    actions = "actions: [{id: look, on: {level: ≥ 5}, executor: office, do: look}]\n"

    def shown(body: str) -> list[tuple[str, str | None]]:
        found = small.plan("dam", body).assess(stated("08:00", level=6), at="09:00")
        assert [row.do.text("en") for row in found.actions] == ["look"]
        return [(one["id"], one["level"]) for one in found.to_dict()["decisions"]]

    warning = ("warning:city/dam@city", "blue")
    assert shown(text + actions) == [warning]
    # nothing says when level III is reached, but people may start it
    started = (
        text + "levels: [{level: III, approve: {post: chief}, when: {calm: true}}]\n" + actions
    )
    assert shown(started) == [warning, ("city/dam@city", None)]
