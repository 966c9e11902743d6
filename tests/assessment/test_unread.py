"""Every stated fact is read, or listed with the reason why not (SEMANTICS 34)."""

from __future__ import annotations

from typing import Any

from tests.assessment.conftest import VOCABULARY, Small, day, stated

QUAKE = "hazards: {flood: {label: {en: flood}}, quake: {label: {en: earthquake}}}"
GAUGE = "  stage: {label: {en: stage}, type: quantity, unit: m, subject: area, direction: up, roll-up: none}\n"


def reasons(small: Small, *observations: dict[str, Any]) -> list[tuple[Any, ...]]:
    text = VOCABULARY.replace("hazards: {flood: {label: {en: flood}}}", QUAKE)
    text = text.replace("\nscales:", f"\n{GAUGE}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan("dam", "\nlevels: [{level: I, when: {any: [{deaths: ≥ 3}, {stage: ≥ 5 m}]}}]")
    small.plan("shake", "\nlevels: [{level: I, when: {breach: true}}]")
    path = small.folder / "plans" / "shake.yaml"
    path.write_text(path.read_text().replace("[flood]", "[quake]"))
    found = small.assess(*observations, at="09:00")
    written = [
        (one["fact"], one["place"], one["reason"], tuple(one["hazards"]))
        for one in found.to_dict()["unread"]
    ]
    assert written == [(one.fact, one.place, one.reason, one.hazards) for one in found.unread]
    return written


def test_each_with_its_reason(small: Small) -> None:
    north = {"at": day("08:00"), "area": "north", "facts": {"stage": 4, "deaths": 1}}
    assert reasons(small, stated("08:00", breach=True, unrelated=3, stage=1), north) == [
        ("breach", "city", "other-hazards", ("quake",)),
        ("unrelated", "city", "no-rule", ()),
        ("stage", "north", "place", ()),
    ]


def test_nothing_where_all_is_read(small: Small) -> None:
    assert reasons(small, stated("08:00", deaths=1, stage=1)) == []


SUMMED = (
    "  missing: {label: {en: missing}, type: count, unit: 人, subject: area, direction: up, roll-up: sum}\n"
    "  toll: {label: {en: toll}, type: count, unit: 人, subject: area, direction: up, roll-up: sum, derived: {sum: [deaths, missing]}}\n"
)


def test_what_a_read_fact_is_derived_from_is_read(small: Small) -> None:
    text = VOCABULARY.replace("\nscales:", f"\n{SUMMED}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan("dam", "\nlevels: [{level: I, when: {toll: ≥ 3}}]")
    found = small.assess(stated("08:00", deaths=1, missing=1, unrelated=1), at="09:00")
    assert [(one.fact, one.reason) for one in found.unread] == [("unrelated", "no-rule")]


FELT = "  felt: {label: {en: felt}, type: flag, subject: incident, direction: up, roll-up: none}\n"


def test_a_fact_of_the_incident_is_read_wherever_it_is_stated(small: Small) -> None:
    text = VOCABULARY.replace("\nscales:", f"\n{FELT}scales:", 1)
    (small.folder / "vocabulary.yaml").write_text(text.strip() + "\n")
    small.plan("dam", "\nlevels: [{level: I, when: {felt: true}}]")
    north = {"at": day("08:00"), "area": "north", "facts": {"felt": True}}
    for told in (stated("08:00", felt=True), north):
        found = small.assess(told, at="09:00")
        assert found.unread == ()
        assert [one.level for one in found.decisions] == ["I"]


def test_what_is_stated_out_of_scope_is_not_read(small: Small) -> None:
    small.plan("dam", "\nlevels: [{level: I, when: {deaths: ≥ 3}}]")

    def told(area: str) -> list[tuple[str, str, str]]:
        event = {"at": day("08:00"), "area": area, "facts": {"deaths": 1}}
        found = small.assess(event, at="09:00", scope=["north"])
        return [(one.fact, one.place, one.reason) for one in found.unread]

    assert told("north") == told("city") == []  # the city holds what is in scope
    assert told("south") == [("deaths", "south", "scope")]
