"""A started response is kept until `lower` or `end` holds."""

from __future__ import annotations

import pytest

from tests.assessment.conftest import Small, day, in_force, stated

BODY = """
levels:
  - {level: I, when: {deaths: ≥ 10}}
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {level: ≥ 5}}
lower: {when: {all: [{calm: true}, {level: < 5}]}}
end: {when: {all: [{calm: true}, {level: < 3}]}}
"""


def proposal(small: Small, *observations: object, at: str = "12:00") -> str:
    small.plan("dam", BODY)
    found = small.assess(*observations, at=at)  # type: ignore[arg-type]
    (decision,) = found.decisions
    return decision.proposal


@pytest.mark.parametrize(
    ("facts", "force", "expected"),
    [
        ({"deaths": 0, "level": 1}, None, "none"),
        ({"deaths": 0, "level": 6}, None, "start"),
        ({"deaths": 4, "level": 6}, "III", "raise"),
        ({"deaths": 4, "level": 6}, "II", "keep"),
        ({"deaths": 0, "level": 6}, "II", "keep"),
        ({"deaths": 0, "level": 4, "calm": True}, "II", "lower"),
        ({"deaths": 0, "level": 2, "calm": True}, "II", "end"),
        ({"deaths": 4, "level": 2, "calm": True}, "II", "end"),
        ({"deaths": 4, "level": 4, "calm": True}, "II", "lower"),  # equal to what is in force
        ({"deaths": 12, "level": 4, "calm": True}, "II", "lower"),  # before `raise`
        ({"deaths": 12, "level": 2, "calm": True}, "II", "end"),
        ({"deaths": 0, "level": 4, "calm": True}, "III", "keep"),  # the mildest is not lowered
        ({"deaths": 4, "level": 4, "calm": True}, "III", "raise"),
    ],
)
def test_proposal(small: Small, facts: dict[str, object], force: str | None, expected: str) -> None:
    people = [in_force("09:00", force)] if force else []
    assert proposal(small, stated("08:00", **facts), *people) == expected


def test_the_mildest_level_that_a_plan_has_is_not_lowered(small: Small) -> None:
    """Without III, what is in force at II is kept until it ends."""
    small.plan(
        "dam",
        """
levels: [{level: I, when: {deaths: ≥ 10}}, {level: II, when: {deaths: ≥ 3}}]
gaps: [III]
lower: {when: {calm: true}}
""",
    )
    for force, expected in (("I", "lower"), ("II", "keep")):
        found = small.assess(
            stated("08:00", deaths=0, calm=True), in_force("09:00", force), at="12:00"
        )
        assert [one.proposal for one in found.decisions] == [expected]


def test_the_dead_do_not_start_again_what_was_ended(small: Small) -> None:
    facts = stated("08:00", deaths=4, level=2, calm=True)
    assert proposal(small, facts, in_force("09:00", "II"), in_force("11:00", "none")) == "none"


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ((stated("11:30", calm=False),), "none"),  # the old dead are no new danger
        ((stated("11:30", deaths=12),), "start"),  # I became certain anew
        ((stated("11:30", level=6),), "start"),  # III by the water
        ((stated("10:30", level=6), stated("10:40", level=2)), "none"),  # gone before the end
        ((stated("10:30", level=6), stated("11:30", level=7)), "none"),  # held all the while
        ((stated("10:30", level=6), stated("11:20", level=2), stated("11:30", level=6)), "start"),
        # What had held before the end was told only afterwards: people did not ease on it.
        (({**stated("10:30", level=6), "received": day("11:30")},), "start"),
    ],
)
def test_after_people_ended_only_what_is_certain_anew_starts_again(
    small: Small, news: tuple[dict[str, object], ...], expected: str
) -> None:
    facts = stated("08:00", deaths=4, level=2, calm=True)
    people = in_force("09:00", "II"), in_force("11:00", "none")
    assert proposal(small, facts, *people, *news) == expected


def test_what_holds_only_together_is_old_too(small: Small) -> None:
    """3 to 12 dead are II or I: no rule is certain, both together are."""
    facts = stated("08:00", deaths="[3..12]", level=2)
    people = in_force("09:00", "II"), in_force("11:00", "none")
    assert proposal(small, facts, *people) == "none"
    assert proposal(small, facts, *people, stated("11:30", deaths="[10..12]")) == "start"


WITH_ACTIONS = """
levels:
  - {level: I, when: {deaths: ≥ 10}}
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {level: ≥ 5}}
end: {when: {calm: true}}
actions:
  - {id: patrol, from: III, executor: office, do: patrol}
  - {id: rescue, from: II, executor: office, do: rescue}
"""


def test_old_reasons_bring_no_duties(small: Small) -> None:
    small.plan("dam", WITH_ACTIONS)
    facts = stated("08:00", deaths=4, level=2, calm=True)
    people = in_force("09:00", "II"), in_force("11:00", "none")

    def duties(*more: dict[str, object], at: str) -> list[str]:
        return sorted(item.asked[0].action for item in small.assess(facts, *more, at=at).actions)

    assert duties(at="10:00") == ["patrol", "rescue"]
    assert duties(*people, at="10:00") == ["patrol", "rescue"]
    assert duties(*people, at="12:00") == []
    assert duties(*people, stated("11:30", level=6), at="12:00") == ["patrol"]
    (decision,) = small.assess(facts, *people, at="12:00").decisions
    assert (decision.level, decision.proposal) == ("II", "none")  # the facts say what they say


APPROVED = """
levels:
  - {level: I, when: {deaths: ≥ 10}, approve: {post: chief}, duration: 24 h}
  - {level: II, when: {deaths: ≥ 3}, approve: {post: deputy}, duration: 2 h}
end: {when: {calm: true}, approve: same}
"""


def test_who_started_what_and_for_how_long(small: Small) -> None:
    small.plan("dam", APPROVED)
    facts = stated("08:00", deaths=4, level=1)

    def conflicts(by: str, at: str) -> list[str]:
        people = {"at": day("09:00"), "decide": {"plan": "dam", "level": "II", "by": by}}
        return [one.kind for one in small.assess(facts, people, at=at).conflicts]

    assert conflicts("deputy", "10:00") == []
    assert conflicts("chief", "10:00") == []  # who may start level I may start level II
    assert conflicts("clerk", "10:00") == ["authority"]
    assert conflicts("deputy", "11:00") == ["overdue"]


def test_what_held_only_together_when_people_eased_is_old_too(small: Small) -> None:
    """A count that straddles two bands meets the milder level by both rules, neither alone."""
    small.plan(
        "dam",
        'levels: [{level: I, when: {deaths: ≥ 10}}, {level: II, when: {deaths: "[3..10)"}}]\n'
        "actions: [{id: go, from: II, executor: office, do: go}]\n",
    )
    both = stated("08:00", deaths="[5..12]")
    people = (in_force("08:30", "II"), in_force("09:00", "none"))

    def answer(*more: dict[str, object]) -> tuple[str | None, str, int]:
        found = small.assess(both, *people, *more, at="10:00")
        (decision,) = found.decisions
        return decision.level, decision.proposal, len(found.actions)

    assert answer() == ("II", "none", 0)
    assert answer(stated("09:30", deaths=11)) == ("I", "start", 1)


def test_ending_names_its_approver_and_its_reason(small: Small) -> None:
    small.plan("dam", APPROVED)
    found = small.assess(stated("08:00", deaths=4, calm=True), in_force("09:00", "II"), at="10:00")
    (decision,) = found.decisions
    assert decision.proposal == "end"
    assert decision.approve is not None
    assert decision.approve.id == "deputy"
    assert [str(held.cell) for held in decision.why_eased] == ["calm@city"]
