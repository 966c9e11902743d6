"""Acts that people may make: what each would give as the facts stand."""

from __future__ import annotations

from typing import Any

import planengine.facade
from tests.assessment.conftest import Small, day, in_force, stated

PLAN = """
levels:
  - {level: I, when: {judged: {id: grave, what: grave, by: office}, deaths: "[3..5]"}}
  - {level: II, when: {all: [{judged: {id: one, what: one}}, {judged: {id: other, what: other}}]}}
  - {level: III, when: {deaths: ≥ 1}}
lower: {when: {all: [{calm: true}, {recognised: {id: calmer, what: calmer}}]}}
end: {when: {all: [{level: < 2}, {on-order: {id: over, what: over}}]}}
"""


def offered(small: Small, *told: dict[str, Any]) -> dict[str, str | None]:
    found = small.plan("dam", PLAN).assess(*told, at="09:00")
    return {item.clause.removeprefix("dam."): item.level for item in found.may_invoke}


def test_an_act_that_the_facts_leave_without_effect_is_not_offered(small: Small) -> None:
    assert offered(small, stated("08:00", deaths=0)) == {"one": "II", "other": "II"}
    assert offered(small, stated("08:00", deaths=4)) == {"grave": "I", "one": "II", "other": "II"}


def test_an_act_whose_effect_is_unknown_is_offered(small: Small) -> None:
    assert offered(small) == {"grave": "I", "one": "II", "other": "II"}
    assert "grave" in offered(small, stated("08:00", deaths="[0..9]"))


def test_acts_that_lower_or_end_are_offered_while_a_level_is_in_force(small: Small) -> None:
    told = (stated("08:00", deaths=1, level=1), in_force("08:10", "III"))
    assert offered(small, *told) == {"one": "II", "other": "II", "calmer": None, "over": None}
    high = (stated("08:00", deaths=1, level=3, calm=False), in_force("08:10", "III"))
    assert offered(small, *high) == {"one": "II", "other": "II"}
    listed = small.assess(*told, at="09:00").may_invoke
    assert [(one.what, one.changes, one.level) for one in listed] == [
        ("one", "gives", "II"),
        ("other", "gives", "II"),
        ("calmer", "eases", None),
        ("over", "eases", None),
    ]
    made = {"at": day("08:20"), "invoke": {"clause": "dam.over"}}
    assert "over" not in offered(small, *told, made)
    assert "over" not in offered(small, told[0])


def test_the_reason_to_end_is_the_act_that_was_offered(small: Small) -> None:
    told = [stated("08:00", deaths=1, level=1), in_force("08:10", "III")]
    made = {"at": day("08:20"), "invoke": {"clause": "dam.over"}}
    (decision,) = small.plan("dam", PLAN).assess(*told, made, at="09:00").decisions
    assert decision.proposal == "end"


ELSEWHERE = "not: {when: {judged: {id: elsewhere, what: handled elsewhere, by: office}}}"
DENIED = """
levels:
  - level: I
    when: {all: [{deaths: ≥ 3}, {not: {judged: {id: minor, what: it is minor, by: chief}}}]}
  - {level: III, when: {deaths: ≥ 1}}
end: {when: {all: [{calm: true}, {not: {on-order: {id: hold, what: hold on, by: chief}}}]}}
"""


def changed(small: Small, *told: dict[str, Any]) -> list[tuple[str, str, str | None, str | None]]:
    path = small.plan("dam", DENIED).folder / "plans" / "dam.yaml"
    text = path.read_text().replace("{hazards: [flood]}", f"{{hazards: [flood], {ELSEWHERE}}}")
    path.write_text(text)
    found = small.assess(*told, at="09:00").may_invoke
    return [(one.clause.removeprefix("dam."), one.changes, one.level, one.by) for one in found]


def test_acts_under_not_are_listed_with_what_making_them_changes(small: Small) -> None:
    """SEMANTICS 10: a level that is lost, a plan that is excluded, a response that is kept."""
    found = changed(small, stated("08:00", deaths=5, calm=False))
    assert sorted(found) == [
        ("elsewhere", "excluded", None, "office"),
        ("minor", "lost", "III", "chief"),
    ]
    found = changed(small, stated("08:00", deaths=5, calm=True), in_force("08:10", "I"))
    assert ("hold", "keeps", "I", "chief") in found
    assert [one[0] for one in changed(small, stated("08:00", deaths=2))] == ["elsewhere"]


OWED = """
levels: [{level: II, when: {deaths: ≥ 3}}, {level: III, when: {deaths: ≥ 1}}]
actions:
  - {id: divert, from: II, executor: office, do: divert, within: 1 h, of: met, when: {all: [{on-order: {id: order, what: divert, by: chief}}, {calm: false}]}}
reports:
  - {id: spread, to: government, within: 1 h, of: met, on: {judged: {id: spreads, what: it may spread, by: office}}}
"""


def test_acts_that_only_duties_ask_about_are_listed_where_a_duty_would_be_owed(
    small: Small,
) -> None:
    """SEMANTICS 10: not below the level of the duty, nor where its other conditions fail."""

    def owing(*told: dict[str, Any]) -> list[tuple[str, str, str | None]]:
        found = small.plan("dam", OWED).assess(*told, at="09:00").may_invoke
        return [(one.clause, one.changes, one.by) for one in found]

    spread, order = ("dam.spreads", "owes", "office"), ("dam.order", "owes", "chief")
    assert set(owing(stated("08:00", deaths=3, calm=False))) == {spread, order}
    assert set(owing(stated("08:00", deaths=3))) == {spread, order}
    assert owing(stated("08:00", deaths=3, calm=True)) == [spread]
    assert owing(stated("08:00", deaths=1, calm=False)) == [spread]
    made = {"at": day("08:20"), "invoke": {"clause": "dam.order"}}
    told = stated("08:00", deaths=3, calm=False)
    assert owing(told, made) == [spread]
    (action,) = small.assess(told, made, at="09:00").actions
    assert (action.certainty, action.deadline.due if action.deadline else None) == (
        "certain",
        planengine.facade.moment(day("09:20")),
    )


EACH = """per: county
levels: [{level: III, when: {deaths: ≥ 1}}]
actions: [{id: go, from: III, executor: office, do: go, when: {all: [{level: ≥ 5}, {judged: {id: bad, what: bad, by: office}}]}}]
"""


def test_an_act_asked_of_each_area_is_offered_where_it_would_make_a_duty(small: Small) -> None:
    small.plan("dam", EACH)

    def told(area: str, **facts: Any) -> dict[str, Any]:
        return {**stated("08:00", **facts), "area": area}

    def offered_in(*events: dict[str, Any]) -> list[tuple[str | None, str, str]]:
        found = small.assess(*events, at="09:00").may_invoke
        return sorted((one.place, one.changes, one.decision) for one in found)

    both = told("north", deaths=1, level=6), told("south", deaths=1, level=6)
    everywhere = [(area, "owes", f"city/dam@{area}") for area in ("north", "south")]
    assert offered_in(*both) == everywhere
    assert offered_in(both[0], told("south", deaths=1, level=1)) == everywhere[:1]
    assert offered_in(told("north", deaths=0, level=6), both[1]) == everywhere[1:]
    made = {"at": day("08:20"), "invoke": {"clause": "dam.bad"}, "area": "north"}
    assert offered_in(*both, made) == everywhere[1:]
    assert [row.asked[0].area for row in small.assess(*both, made, at="09:00").actions] == ["north"]
