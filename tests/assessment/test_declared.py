"""What a document declares shows in the answer: gaps, resources, and what to use instead."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from tests.assessment.conftest import Small, day, in_force, stated

# gaps

GRADES = """standard: hail
label: {en: hail}
scale: response
authority: city
edition: {number: "1", in-force: 2020-01-01}
applies: {hazards: [flood]}
basis: {source: law, clause: "7"}
gaps: [%s]
any: {level: {%s}}
"""


@pytest.mark.parametrize(
    ("missing", "columns", "value", "level", "shown"),
    [
        ("III", "I: ≥ 9, II: ≥ 5 < 9", 1, None, ["III"]),
        ("III", "I: ≥ 9, II: ≥ 5 < 9", 6, "II", []),
        ("III", "I: ≥ 9, II: ≥ 5 < 9", "[1..6]", None, ["III"]),
        ("III", "I: ≥ 9, II: ≥ 5 < 9", "[6..20]", "II", []),
        ("I", "II: ≥ 5, III: ≥ 2 < 5", 8, "II", ["I"]),
        ("I", "II: ≥ 5, III: ≥ 2 < 5", 3, "III", []),
        ("I", "II: ≥ 5, III: ≥ 2 < 5", "[3..7]", "III", ["I"]),
        ("II", "I: ≥ 9, III: ≥ 2 < 9", 8, "III", ["II"]),
        ("II", "I: ≥ 9, III: ≥ 2 < 9", 1, None, []),
        ("III, II", "I: ≥ 9", 1, None, ["III", "II"]),
        ("III, II", "I: ≥ 9", 10, "I", []),
    ],
)
def test_a_gap_is_told_where_the_decision_may_stand_below_it(
    small: Small, missing: str, columns: str, value: Any, level: str | None, shown: list[str]
) -> None:
    (small.folder / "plans" / "hail.yaml").write_text(GRADES % (missing, columns))
    (decision,) = small.assess(stated("08:00", level=value), at="08:00").decisions
    assert decision.level == level
    assert [gap.level for gap in decision.gaps] == shown
    assert all(gap.basis[0].clause == "7" for gap in decision.gaps)


def test_a_gap_is_in_the_json(small: Small) -> None:
    (small.folder / "plans" / "hail.yaml").write_text(GRADES % ("III", "I: ≥ 9, II: ≥ 5 < 9"))
    (found,) = small.assess(stated("08:00", level=1), at="08:00").to_dict()["decisions"]
    assert [(gap["level"], gap["basis"][0]["source"]) for gap in found["gaps"]] == [("III", "law")]


# resources

STOCKS = """
levels: [{level: II, approve: {post: chief}, when: {level: ≥ 5}}]
resources:
  - {id: bags, label: {en: sandbags}, quantity: 500 条, held-by: old-office, at: north}
  - {id: trucks, quantity: 3 辆, held-by: power}
  - {id: rubble, quantity: 20 m³, at: the quarry}
"""


def test_the_resources_of_a_plan_at_a_level_are_listed_with_their_holders(small: Small) -> None:
    small.plan("dam", STOCKS)
    found = small.assess(stated("08:00", level=6), at="08:00")
    assert [
        (one.plan, one.resource, one.quantity, one.held_by, one.at, one.mode)
        for one in found.resources
    ] == [
        ("city/dam", "bags", "500 条", ("office",), "north", "order"),
        ("city/dam", "trucks", "3 辆", ("power",), None, "request"),
        ("city/dam", "rubble", "20 m³", (), "the quarry", None),
    ]
    data = found.to_dict()["resources"]
    assert data[0] == {
        "plan": "city/dam", "resource": "bags", "label": {"en": "sandbags"},
        "quantity": "500 条", "held_by": ["office"], "at": "north", "mode": "order",
    }  # fmt: skip


def test_a_plan_at_no_level_offers_nothing_until_people_start_it(small: Small) -> None:
    small.plan("dam", STOCKS)
    assert small.assess(stated("08:00", level=1), at="12:00").resources == ()
    started = small.assess(stated("08:00", level=1), in_force("09:00", "II"), at="12:00")
    assert [one.resource for one in started.resources] == ["bags", "trucks", "rubble"]


# instead

TOWN = "levels: [{level: II, approve: {post: chief}, when: {deaths: ≥ 1}}]\n"


def excluding(small: Small, condition: str) -> planengine.Engine:
    small.plan("dam", "levels: [{level: II, approve: {post: chief}, when: {level: ≥ 5}}]\n")
    small.plan("town", TOWN)
    path = small.folder / "plans" / "dam.yaml"
    path.write_text(
        path.read_text().replace(
            "applies: {hazards: [flood]}",
            f"applies: {{hazards: [flood], not: {{when: {condition}, else: town}}}}",
        )
    )
    return small.engine()


def assess(engine: planengine.Engine, *observations: dict[str, Any]) -> planengine.Assessment:
    incident = {"incident": "x", "hazards": ["flood"], "observations": list(observations)}
    return engine.assess(incident, at=day("12:00"))


@pytest.mark.parametrize(
    ("calm", "level", "could_reach", "certainty"),
    [
        (False, "II", "II", []),
        (True, None, None, ["certain"]),
        (None, None, "II", ["possible"]),
    ],
)
def test_the_plan_to_use_instead_is_named(
    small: Small,
    calm: bool | None,
    level: str | None,
    could_reach: str | None,
    certainty: list[str],
) -> None:
    engine = excluding(small, "{calm: true}")
    facts = {"level": 6} if calm is None else {"level": 6, "calm": calm}
    found = assess(engine, stated("08:00", **facts))
    dam = next(one for one in found.decisions if one.plan == "city/dam")
    assert (dam.level, dam.could_reach) == (level, could_reach)
    assert [one.certainty for one in found.excluded] == certainty
    for one in found.excluded:
        assert (one.plan, one.area, one.instead) == ("city/dam", "city", "city/town")
        assert one.text == "calm: true"
        assert one.span is not None
        assert [str(held.cell) for held in one.held] == (["calm@city"] if calm else [])
    data = found.to_dict()["excluded"]
    assert [(one["instead"], one["certainty"]) for one in data] == [
        ("city/town", each) for each in certainty
    ]


def test_an_act_excludes_only_once_it_is_made(small: Small) -> None:
    engine = excluding(small, "{judged: {id: only-rain, what: only rain, by: office}}")
    facts = stated("08:00", level=6)
    assert assess(engine, facts).excluded == ()
    made = {"at": day("09:00"), "invoke": {"clause": "only-rain", "by": "office"}}
    (one,) = assess(engine, facts, made).excluded
    assert (one.instead, one.certainty) == ("city/town", "certain")


@pytest.mark.parametrize(
    ("links", "excluded"),
    [("", []), ("links: [{from: III, activate: dam, level: II}]\n", ["city/dam"])],
)
def test_of_a_plan_for_another_hazard_it_is_told_only_where_that_is_called(
    small: Small, links: str, excluded: list[str]
) -> None:
    vocabulary = small.folder / "vocabulary.yaml"
    hazards = "hazards: {fire: {label: {en: fire}}, flood:"
    vocabulary.write_text(vocabulary.read_text().replace("hazards: {flood:", hazards))
    small.plan("fire", TOWN + links)
    fire = small.folder / "plans" / "fire.yaml"
    fire.write_text(fire.read_text().replace("hazards: [flood]", "hazards: [fire]"))
    engine = excluding(small, "{calm: true}")
    facts = stated("08:00", deaths=2, level=6, calm=True)
    incident = {"incident": "x", "hazards": ["fire"], "observations": [facts]}
    found = engine.assess(incident, at=day("12:00"))
    assert [one.plan for one in found.decisions if one.level] == ["city/fire"]
    assert [one.plan for one in found.excluded] == excluded


ORDERS = """levels: [{level: II, approve: {post: chief}, when: {level: ≥ 5}}]
actions:
  - {id: at-once, mode: first-response, executor: office, do: look}
  - {id: on-breach, on: {breach: false}, executor: office, do: patrol}
reports: [{id: told, on: {breach: false}, by: office, to: government}]
links: [{when: {breach: false}, report: health}]
"""


@pytest.mark.parametrize(
    "applies", ["not: {when: {calm: true}}", "when: {calm: false}"], ids=["not", "when"]
)
@pytest.mark.parametrize(
    ("calm", "certainty"), [(False, {"certain"}), (True, set()), (None, {"possible"})]
)
def test_a_plan_that_does_not_apply_orders_nothing(
    small: Small, applies: str, calm: bool | None, certainty: set[str]
) -> None:
    small.plan("dam", ORDERS)
    path = small.folder / "plans" / "dam.yaml"
    text = path.read_text()
    path.write_text(
        text.replace("applies: {hazards: [flood]}", f"applies: {{hazards: [flood], {applies}}}")
    )
    engine = small.engine()
    facts = {"deaths": 0} if calm is None else {"deaths": 0, "calm": calm}
    found = assess(engine, stated("08:00", **facts))
    assert {one.certainty for one in (*found.actions, *found.reports)} == certainty
    assert len(found.actions) == 2 * len(certainty)
    assert len(found.reports) == 2 * len(certainty)
    started = assess(engine, stated("08:00", **facts), in_force("09:00", "II"))
    assert {one.certainty for one in started.actions} == {"certain"}


def test_what_is_due_on_a_condition_is_due_in_every_area_where_it_holds(small: Small) -> None:
    small.plan(
        "dam",
        """per: county
levels: [{level: II, approve: {post: chief}, when: {deaths: ≥ 10}}]
actions: [{id: warn, on: {level: ≥ 5}, executor: {role: county-hq}, do: warn}]
""",
    )
    here = {"at": day("08:00"), "area": "south", "facts": {"level": 6}}
    there = {"at": day("08:00"), "area": "north", "facts": {"level": 1}}
    (action,) = assess(small.engine(), here, there).actions
    assert action.bodies == ("south-hq",)
    assert [(one.plan, one.area) for one in action.asked] == [("city/dam", "south")]
