"""What is not asked: of an issued level, and of a hazard that has not joined (SEMANTICS 35)."""

from __future__ import annotations

from time import process_time
from typing import Any

import planengine
from planengine.assessment.words import Words
from planengine.rules.conditions import FactCell
from tests.assessment.conftest import VOCABULARY, Small, day, stated
from tests.shipped import ROOT, engine, shipped

__all__ = ["engine", "shipped"]

QUAKE = "hazards: {flood: {label: {en: flood}}, quake: {label: {en: earthquake}}}"
QUAKES = f"{QUAKE[:-1]}, wave: {{label: {{en: wave}}}}}}"
POWER = (
    "  power: {label: {en: power lost}, type: flag, subject: area, direction: up, roll-up: any}\n"
)


def cells(found: planengine.Assessment) -> list[str]:
    return [str(one.cell).partition("@")[0] for one in found.ask]


def test_nothing_is_asked_of_what_an_issued_level_answers(small: Small) -> None:
    warned = "warnings: [{level: red, when: {level: ≥ 9}}]\nlevels: [{level: I, when: {warning.dam: red}}]\n"
    small.plan("dam", "\n" + warned)
    assert cells(small.assess(stated("08:00", deaths=0), at="09:00")) == ["level"]
    issued = {"at": day("08:30"), "issued": {"warning.dam": "blue"}}
    found = small.assess(stated("08:00", deaths=0), issued, at="09:00")
    assert [one.issued for one in found.decisions if one.purpose == "warning"] == ["blue"]
    assert cells(found) == []


def test_of_a_hazard_that_has_not_joined_only_what_lets_it_join_is_asked(small: Small) -> None:
    text = VOCABULARY.replace("hazards: {flood: {label: {en: flood}}}", QUAKE)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan(
        "dam",
        "\nlevels: [{level: I, when: {level: ≥ 9}}]\nlinks: [{when: {calm: false}, cascade: quake}]\n",
    )
    small.plan("shake", "\nlevels: [{level: I, when: {deaths: ≥ 3}}]\n")
    path = small.folder / "plans" / "shake.yaml"
    path.write_text(path.read_text().replace("[flood]", "[quake]"))
    assert sorted(cells(small.assess(stated("08:00", level=1), at="09:00"))) == ["calm"]
    joined = small.assess(stated("08:00", level=1, calm=False), at="09:00")
    assert cells(joined) == ["deaths"]
    assert cells(small.assess(stated("08:00", level=1, calm=True), at="09:00")) == []


def test_of_a_plan_that_is_read_and_cannot_join_now_nothing_is_asked(small: Small) -> None:
    """Where the quake cannot join, neither can what it brings in, whatever the level is."""
    text = VOCABULARY.replace("hazards: {flood: {label: {en: flood}}}", QUAKES)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    links = "\nlinks: [{when: {%s}, cascade: %s}]\n"
    reads = "\nlevels: [{level: I, when: {any: [{deaths: ≥ 3}, {response.wave: I}]}}]"
    small.plan("dam", reads + links % ("calm: false", "quake"))
    own = "\nlevels: [{level: I, when: {deaths: ≥ 9}}]"
    small.plan("shake", own + links % ("level: ≥ 9", "wave"))
    small.plan("wave", own + "\n")
    for plan, hazard in (("shake", "quake"), ("wave", "wave")):
        path = small.folder / "plans" / f"{plan}.yaml"
        path.write_text(path.read_text().replace("[flood]", f"[{hazard}]"))
    assert set(cells(small.assess(stated("08:00"), at="09:00"))) == {"calm", "deaths", "level"}
    assert cells(small.assess(stated("08:00", calm=True), at="09:00")) == ["deaths"]


def test_nothing_is_asked_of_what_is_only_read_beside_the_incident(
    engine: planengine.Engine,
) -> None:
    """In an earthquake the rain signal stands, and could be red; in a flood it is asked for."""
    found = engine.assess(ROOT / "examples" / "earthquake.yaml", at="2026-09-12T03:45:00+08:00")
    assert {one.id: one.could_reach for one in found.decisions}["rainstorm@linjiang"] == "red"
    asked = set(cells(found))
    assert {"dead-and-missing", "seismic-intensity", "rooms-collapsed-or-damaged"} <= asked
    assert {one for one in asked if "rain" in one or "water-level" in one} == set()
    assert "accident-occurred" not in asked
    flood = engine.assess(ROOT / "examples" / "flood-day.yaml", at="2026-07-18T08:00:00+08:00")
    assert "rainfall-3h" in cells(flood)


def test_what_the_province_knows_is_asked_of_the_province(engine: planengine.Engine) -> None:
    found = engine.assess(ROOT / "examples" / "earthquake.yaml", at="2026-09-12T06:30:00+08:00")
    who = {
        (one.cell.fact, one.cell.place): one.provider
        for one in found.ask
        if isinstance(one.cell, FactCell)
    }
    fact = "households-collapsed-or-damaged"
    assert who[fact, "chujiang-province"] == ("chujiang-emergency-department",)
    assert who[fact, "linjiang"] == ("emergency-bureau",)


def test_a_fact_is_named_as_a_fact_whatever_else_has_its_id(small: Small) -> None:
    """`power` is also an agency here."""
    text = VOCABULARY.replace("\nscales:", f"\n{POWER}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan("dam", "\nlevels: [{level: I, when: {power: true}}]\n")
    found = small.assess(stated("08:00", deaths=0), at="09:00")
    (question,) = found.ask
    assert Words(found.situation.entities, "en").cell(question.cell) == "power lost"
    assert found.to_dict()["ask"][0]["text"] == {"zh": "power lost", "en": "power lost"}


def test_a_level_that_a_link_gives_has_a_basis(small: Small) -> None:
    small.plan(
        "dam",
        "\nlevels: [{level: II, when: {deaths: ≥ 1}}]\nlinks: [{from: II, activate: other, level: II}]\n",
    )
    small.plan("other", "\nlevels: [{level: II, when: {calm: false}}]\n")
    found = small.assess(stated("08:00", deaths=1), at="09:00")
    assert [(one.level, [basis.source for basis in one.basis]) for one in found.decisions] == [
        ("II", ["law"]),
        ("II", ["law"]),
    ]


def _time(small: Small, observation: dict[str, Any]) -> float:
    found = small.assess(observation, at="09:00")
    before = process_time()
    for one in found.decisions:
        assert one.exact is not None
        assert one.why is not None
        assert one.next is not None
    return process_time() - before


def test_plans_that_lift_each_other_are_explained_in_bounded_time(small: Small) -> None:
    for place in range(60):
        after = (place + 1) % 60
        when = f"{{any: [{{deaths: ≥ {3 + place}}}, {{response.p{after}: III}}]}}"
        small.plan(f"p{place}", f"\nlevels: [{{level: III, when: {when}}}]\n")
    assert _time(small, stated("08:00", deaths=3)) < 1


def test_layers_of_plans_that_read_both_below_are_judged_in_bounded_time(small: Small) -> None:
    for place in range(16):
        for side in "ab":
            below = f"{{response.a{place - 1}: III}}, {{response.b{place - 1}: III}}"
            below = below if place else "{deaths: ≥ 3}, {level: ≥ 5}"
            small.plan(f"{side}{place}", f"\nlevels: [{{level: III, when: {{all: [{below}]}}}}]\n")
    assert _time(small, stated("08:00", deaths="[0..50]")) < 1
