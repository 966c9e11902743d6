"""Ways to the next level hold when they are told, and a cut list says what it omits."""

from __future__ import annotations

from math import comb
from time import process_time

import pytest

import planengine
from tests.assessment.conftest import Small, day, stated


def decision(small: Small, body: str, *told: dict[str, object]) -> planengine.Decision:
    (found,) = small.plan("dam", body).assess(*told, at="09:00").decisions
    return found


def told_by(way: planengine.Way) -> list[tuple[str, float | None]]:
    return [(str(need.cell), need.missing) for need in way.needs]


def north(clock: str, **facts: object) -> dict[str, object]:
    return {"at": day(clock), "area": "north", "facts": facts}


def south(clock: str, **facts: object) -> dict[str, object]:
    return {"at": day(clock), "area": "south", "facts": facts}


def test_a_way_through_a_roll_up_gives_the_level_when_told(small: Small) -> None:
    body = "levels: [{level: I, when: {deaths: ≥ 10}}, {level: II, when: {deaths@north: ≥ 5}}]\n"
    told = (north("08:00", deaths=3), south("08:00", deaths=4))
    found = decision(small, body, *told)
    assert [told_by(way) for way in found.next] == [[("deaths@city", 3.0)], [("deaths@north", 2.0)]]
    assert decision(small, body, *told, north("08:30", deaths=5)).level == "II"
    assert decision(small, body, *told, stated("08:30", deaths=10)).level == "I"


def test_what_told_does_not_give_the_level_is_no_way(small: Small) -> None:
    """The band ends at 5, and both counties together are over it already."""
    body = "levels: [{level: I, when: {all: [{deaths@north: ≥ 3}, {deaths: '[1..5]'}]}}]\n"
    found = decision(small, body, north("08:00", deaths=1), south("08:00", deaths=4))
    assert found.next == ()
    found = decision(small, body, north("08:00", deaths=1), south("08:00", deaths=1))
    assert [told_by(way) for way in found.next] == [[("deaths@north", 2.0)]]


def test_a_way_through_a_window(small: Small) -> None:
    body = "levels: [{level: I, when: {change: {of: level, is: ≥ 1 m, within: 2 h}}}]\n"
    told = (stated("07:30", level=20), stated("08:00", level="20.4"))
    found = decision(small, body, *told)
    assert [told_by(way) for way in found.next] == [[("rise(level@city, 7200 s)", 0.6)]]
    assert decision(small, body, *told, stated("09:00", level=21)).level == "I"


def test_a_way_is_replayed_with_all_that_a_stretch_of_time_asks(small: Small) -> None:
    """That the level has lasted is as well known a second later, whoever tells of the dead."""
    lasting = "{lasting: {where: {any: [{level: ≥ 5}, {deaths: ≥ 9}]}, is: ≥ 2 h}}"
    body = f"levels: [{{level: I, when: {{all: [{lasting}, {{deaths: ≥ 2}}]}}}}]\n"
    found = decision(small, body, stated("06:00", level=6), stated("08:00", deaths=1))
    assert [told_by(way) for way in found.next] == [[("deaths@city", 1.0)]]
    assert (
        small.assess(stated("06:00", level=6), stated("08:30", deaths=2), at="09:00")
        .decisions[0]
        .level
        == "I"
    )


def test_a_way_opens_when_a_break_has_grown_too_long_to_be_bridged(small: Small) -> None:
    """Nothing is told meanwhile, and no answer but the way turns."""
    lasting = "{lasting: {where: {level: ≥ 5}, is: ≥ 2 h, gaps-under: 1 h}}"
    body = f"levels: [{{level: I, when: {{all: [{{level: ≥ 5}}, {{not: {lasting}}}]}}}}]\n"
    told = [stated("05:00", level=6), stated("08:00", level=4)]
    incident = {"incident": "x", "hazards": ["flood"], "observations": told}
    timeline = small.plan("dam", body).engine().open(incident)
    assert timeline.assessment.answer.decisions[0].next == ()
    assert timeline.at(day("08:59")).answer.decisions[0].next == ()
    (way,) = timeline.at(day("09:00")).answer.decisions[0].next
    assert [(need.cell, need.missing) for need in way.needs] == [("level@city", 1)]


FLAGS = "".join(
    f"  f{n}: {{label: {{en: f{n}}}, type: flag, subject: area, direction: up, roll-up: any}}\n"
    for n in range(24)
)


def test_a_cut_list_says_how_many_it_omits_and_what_all_need(small: Small) -> None:
    vocabulary = small.folder / "vocabulary.yaml"
    vocabulary.write_text(vocabulary.read_text().replace("scales:", f"{FLAGS}scales:", 1))
    flags = ", ".join(f"{{f{n}: true}}" for n in range(24))
    judged = ", ".join(f"{{judged: {{id: j{n}, what: j{n}}}}}" for n in range(17))
    body = f"levels: [{{level: I, when: {{at-least: {{count: 8, of: [{flags}, {judged}]}}}}}}]\n"
    found = decision(small, body, stated("08:00", deaths=0))
    before = process_time()
    assert (found.next, found.next_omitted, found.next_fewest) == ((), comb(24, 8), 8)
    assert process_time() - before < 1
    five = stated("08:00", **{f"f{n}": True for n in range(5)})
    found = decision(small, body, five)
    assert len(found.next) == 6
    assert {len(way.needs) for way in found.next} == {3}
    assert (found.next_omitted, found.next_fewest) == (comb(19, 3) - 6, 3)


@pytest.mark.parametrize("most", [1, 6, 7])
def test_nothing_is_omitted_where_all_are_shown(small: Small, most: int) -> None:
    vocabulary = small.folder / "vocabulary.yaml"
    vocabulary.write_text(vocabulary.read_text().replace("scales:", f"{FLAGS}scales:", 1))
    flags = ", ".join(f"{{f{n}: true}}" for n in range(most))
    found = decision(small, f"levels: [{{level: I, when: {{any: [{flags}]}}}}]\n")
    assert len(found.next) == min(most, 6)
    assert (found.next_omitted, found.next_fewest) == ((1, 1) if most == 7 else (0, None))
