"""What people declined is not proposed again until the facts change for the worse."""

from __future__ import annotations

from typing import Any

import pytest

from planengine import PlanError
from tests.assessment.conftest import Small, day, in_force, stated
from tests.assessment.test_proposals import BODY

Observation = dict[str, Any]
LATE = {**stated("08:50", deaths=4), "received": day("11:30")}


def declined(clock: str, what: str, by: str = "chief", **more: object) -> Observation:
    said = {"plan": "dam", "decline": what, "by": by, "reason": "we wait for the crest"}
    return {"at": day(clock), "decide": said, **more}


def found(small: Small, *observations: Observation, at: str = "12:00", **header: Any) -> Any:
    small.plan("dam", BODY)
    (decision,) = small.assess(*observations, at=at, **header).decisions
    return decision


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((), "keep"),
        ((stated("11:00", level=9),), "keep"),  # the same rule holds on
        ((stated("11:00", deaths=5),), "keep"),
        ((stated("11:00", deaths=12),), "raise"),  # I was not certain then
        ((stated("11:00", level=2), stated("11:20", deaths=5)), "keep"),
        ((LATE,), "keep"),  # what was known already
    ],
)
def test_a_raise_that_was_declined(
    small: Small, told: tuple[Observation, ...], expected: str
) -> None:
    facts = stated("08:00", deaths=4, level=6)
    one = found(small, facts, in_force("08:30", "III"), declined("09:00", "II"), *told)
    assert (one.proposal, one.level in {"I", "II"}) == (expected, True)
    refusal = one.declined
    if expected == "keep":
        assert (refusal.move, refusal.level, refusal.by) == ("raise", "II", "chief")
        assert refusal.reason == "we wait for the crest"
    else:
        assert refusal is None


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((), "none"),
        ((stated("10:00", level=2), stated("11:00", level=6)), "start"),  # lapsed, and again
        ((stated("11:00", deaths=4),), "start"),  # II was not declined
        (({**stated("08:30", deaths=4), "received": day("11:00")},), "start"),  # heard of later
        (({"at": day("11:00"), "withdraw": "no"},), "start"),
        (({**declined("11:00", "II"), "correct": "no"},), "none"),
        ((in_force("11:00", "III"), in_force("11:30", "none")), "none"),
    ],
)
def test_a_start_that_was_declined(
    small: Small, told: tuple[Observation, ...], expected: str
) -> None:
    no = declined("09:00", "III", id="no")
    assert found(small, stated("08:00", deaths=0, level=6), no, *told).proposal == expected


def test_declining_a_milder_level_declines_no_worse_one(small: Small) -> None:
    facts = stated("08:00", deaths=4, level=6)
    one = found(small, facts, declined("09:00", "III"))
    assert (one.proposal, one.level, one.declined) == ("start", "II", None)


def test_a_decline_counts_from_when_it_was_said_and_received(small: Small) -> None:
    facts, no = stated("08:00", deaths=0, level=6), declined("09:00", "III")
    assert found(small, facts, no, at="08:59").proposal == "start"
    assert found(small, facts, no, at="09:00").proposal == "none"
    late = {**no, "received": day("10:00")}
    engine = small.engine()
    told = {"incident": "x", "hazards": ["flood"], "observations": [facts, late]}
    for known, expected in (("09:59", "start"), ("10:00", "none")):
        (one,) = engine.assess(told, at=day("09:30"), known_at=day(known)).decisions
        assert one.proposal == expected


@pytest.mark.parametrize("status", ["exercise", "test"])
def test_what_was_declined_in_an_exercise_is_proposed(small: Small, status: str) -> None:
    facts, no = stated("08:00", deaths=0, level=6), declined("09:00", "III", status=status)
    assert found(small, facts, no).proposal == "start"
    assert found(small, facts, no).declined is None


@pytest.mark.parametrize(
    ("what", "level", "more", "expected"),
    [
        ("end", 2, (), "lower"),  # it may still be lowered
        ("end", 2, ("lower",), "keep"),
        ("lower", 4, (), "keep"),
        ("end", 4, (), "lower"),
    ],
)
def test_lowering_and_ending_can_be_declined(
    small: Small, what: str, level: int, more: tuple[str, ...], expected: str
) -> None:
    facts = stated("08:00", deaths=0, level=level, calm=True)
    said = [declined("09:00", one) for one in (what, *more)]
    told = facts, in_force("08:30", "II"), *said
    assert found(small, *told).proposal == expected
    worse, again = stated("10:00", calm=False), stated("11:00", calm=True)
    assert found(small, *told, worse).proposal == "keep"
    assert found(small, *told, worse, again).proposal == ("end" if level == 2 else "lower")


def test_duties_and_the_level_stay_as_the_facts_say(small: Small) -> None:
    small.plan(
        "dam",
        "levels: [{level: III, when: {level: ≥ 5}}]\n"
        "actions: [{id: patrol, from: III, executor: office, do: patrol, within: 1 h, of: met}]\n",
    )
    told = stated("08:00", level=6), declined("08:30", "III")
    answer = small.assess(*told, at="10:00")
    (decision,), (action,) = answer.decisions, answer.actions
    assert (decision.level, decision.proposal, action.deadline.overdue) == ("III", "none", True)
    assert decision.answer.declined is not None
    assert decision.answer.declined.at.isoformat() == day("08:30")


def test_who_may_not_decline_is_told(small: Small) -> None:
    small.plan(
        "dam",
        "levels: [{level: III, when: {level: ≥ 5}, approve: {post: chief}, propose: office}]\n",
    )

    def kinds(by: str) -> list[str]:
        told = stated("08:00", level=6), declined("08:30", "III", by)
        return [one.kind for one in small.assess(*told, at="10:00").conflicts]

    assert (kinds("chief"), kinds("office"), kinds("clerk")) == ([], [], ["authority"])


def test_who_may_not_end_is_told(small: Small) -> None:
    small.plan("dam", "levels: [{level: III, when: {level: ≥ 5}, approve: {post: chief}}]\n")

    def kinds(by: str) -> list[str]:
        over = {"at": day("09:00"), "decide": {"plan": "dam", "level": "none", "by": by}}
        told = stated("08:00", level=6), in_force("08:30", "III"), over
        return [one.kind for one in small.assess(*told, at="10:00").conflicts]

    assert (kinds("chief"), kinds("clerk")) == ([], ["authority"])


@pytest.mark.parametrize(
    ("decide", "code"),
    [
        ({"decline": "III", "by": "chief"}, "key-needed"),
        ({"decline": "III", "level": "II", "reason": "x"}, "one-of"),
        ({"by": "chief"}, "one-of"),
        ({"decline": "none", "reason": "x"}, "unknown-level"),
        ({"decline": "III", "reason": " "}, "key-needed"),
        ({"decline": "III", "reason": "x", "duration": "1 h"}, "key-unsuited"),
    ],
)
def test_what_cannot_be_declined(small: Small, decide: Observation, code: str) -> None:
    small.plan("dam", BODY)
    with pytest.raises(PlanError) as raised:
        small.assess({"at": day("09:00"), "decide": {"plan": "dam", **decide}}, at="10:00")
    assert [one.code for one in raised.value.diagnostics] == [code]
    assert raised.value.diagnostics[0].span is not None
