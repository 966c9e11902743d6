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
    ],
)
def test_proposal(small: Small, facts: dict[str, object], force: str | None, expected: str) -> None:
    people = [in_force("09:00", force)] if force else []
    assert proposal(small, stated("08:00", **facts), *people) == expected


def test_the_dead_do_not_start_again_what_was_ended(small: Small) -> None:
    facts = stated("08:00", deaths=4, level=2, calm=True)
    assert proposal(small, facts, in_force("09:00", "II"), in_force("11:00", "none")) == "none"


def test_new_danger_after_the_end_starts_again(small: Small) -> None:
    facts = stated("08:00", deaths=4, level=2, calm=True)
    worse = stated("11:30", calm=False)
    people = in_force("09:00", "II"), in_force("11:00", "none")
    assert proposal(small, facts, *people, worse) == "start"


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


def test_ending_names_its_approver_and_its_reason(small: Small) -> None:
    small.plan("dam", APPROVED)
    found = small.assess(stated("08:00", deaths=4, calm=True), in_force("09:00", "II"), at="10:00")
    (decision,) = found.decisions
    assert decision.proposal == "end"
    assert decision.approve is not None
    assert decision.approve.id == "deputy"
    assert [str(held.cell) for held in decision.why_eased] == ["calm@city"]
