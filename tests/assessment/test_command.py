"""Command handed over, posts acted for, orders and reports acknowledged."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from planengine import PlanError
from tests.assessment.conftest import Small, day, in_force, stated

Observation = dict[str, Any]
PLAN = """
levels:
  - {level: II, when: {deaths: ≥ 3}, propose: office, approve: {post: chief, or: {post: deputy}}}
  - {level: III, when: {level: ≥ 5}, propose: office, approve: {post: chief}}
end: {when: {calm: true}, approve: same}
actions:
  - {id: patrol, from: III, executor: {post: chief}, do: patrol, within: 1 h, of: met}
  - {id: pump, from: III, executor: health, do: pump, within: 2 h, of: met}
reports: [{id: up, from: III, by: office, to: government, within: 1 h, of: met}]
"""
WATER = stated("08:00", level=6)


def handed(clock: str, to: str, by: str | None = None, **what: str) -> Observation:
    said = {**(what or {"plan": "dam"}), "to": to}
    return {"at": day(clock), "hand-over": said if by is None else {**said, "by": by}}


def seen(small: Small, *told: Observation, at: str = "10:00") -> planengine.Assessment:
    small.plan("dam", PLAN)
    return small.assess(WATER, *told, at=at)


def approves(answer: planengine.Assessment) -> tuple[str, ...]:
    (decision,) = answer.decisions
    who = decision.approve
    assert who is not None
    return who.id, *(one.id for one in who.alternates)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((), ("chief",)),
        ((handed("09:00", "government"),), ("government",)),
        ((handed("09:00", "clerk"), handed("09:30", "health")), ("health",)),
        ((handed("09:00", "clerk"), handed("09:30", "none")), ("chief",)),
        ((handed("11:00", "clerk"),), ("chief",)),  # still to come
        ((handed("09:00", "deputy", post="chief"),), ("deputy",)),
        ((handed("09:00", "chief", post="chief"),), ("chief",)),
        (
            (handed("09:00", "deputy", post="chief"), handed("09:30", "clerk", post="deputy")),
            ("clerk",),
        ),
        (
            (handed("09:00", "deputy", post="chief"), handed("09:30", "chief", post="deputy")),
            ("chief",),
        ),
        (
            (handed("09:00", "deputy", post="chief"), handed("09:30", "none", post="chief")),
            ("chief",),
        ),
        ((stated("08:10", deaths=4), handed("09:00", "deputy", post="chief")), ("deputy",)),
        (
            ({**handed("09:00", "clerk"), "id": "a"}, {"at": day("09:10"), "withdraw": "a"}),
            ("chief",),
        ),
        (
            (
                {**handed("09:00", "clerk"), "id": "a"},
                {**handed("09:10", "health"), "correct": "a"},
            ),
            ("health",),
        ),
        (({**handed("09:00", "clerk"), "status": "exercise"},), ("chief",)),
    ],
)
def test_who_approves(
    small: Small, told: tuple[Observation, ...], expected: tuple[str, ...]
) -> None:
    assert approves(seen(small, *told)) == expected


def test_who_commands_is_told_and_has_a_row(small: Small) -> None:
    answer = seen(small, {**handed("09:00", "clerk", "chief"), "id": "a"}, in_force("09:30", "III"))
    (decision,) = answer.decisions
    assert decision.command is not None
    assert (decision.command.to, decision.command.by, decision.command.id) == (
        "clerk",
        "chief",
        "a",
    )
    rows = {one.agency: one.role for one in answer.agencies}
    assert rows["health"] == "command"


def test_the_command_is_of_the_tracks_that_it_was_handed_over_of(small: Small) -> None:
    own = "levels: [{level: III, when: {level: ≥ 5}, approve: {post: chief}}]"
    tracks = "".join(f"  {one}: {{label: {{en: {one}}}, {own}}}\n" for one in ("rain", "river"))
    small.plan("dam", f"tracks:\n{tracks}")
    engine = small.engine()

    def commands(*told: Observation) -> dict[str | None, str | None]:
        incident = {"incident": "x", "hazards": ["flood"], "observations": [WATER, *told]}
        found = engine.assess(incident, at=day("10:00")).decisions
        return {one.track: one.command and one.command.to for one in found}

    river = handed("09:00", "clerk", plan="dam", track="river")
    assert commands(river) == {"rain": None, "river": "clerk"}
    both = handed("09:10", "health")
    assert commands(river, both) == {"rain": "health", "river": "health"}
    back = handed("09:20", "none", plan="dam", track="river")
    assert commands(river, both, back) == {"rain": "health", "river": None}


def test_a_body_that_does_not_command_can_only_be_requested(small: Small) -> None:
    def mode(*told: Observation) -> str:
        return next(one.mode for one in seen(small, *told).actions if one.asked[0].action == "pump")

    assert (mode(), mode(handed("09:00", "north-hq"))) == ("order", "request")


def test_whoever_acts_for_a_post_has_its_duties(small: Small) -> None:
    answer = seen(small, handed("09:00", "clerk", post="chief"))
    patrol = next(one for one in answer.actions if one.asked[0].action == "patrol")
    assert (patrol.executors[0].post, patrol.bodies) == ("clerk", ("health",))
    (acting,) = answer.answer.acting
    assert (acting.post, acting.to, acting.at.isoformat()) == ("chief", "clerk", day("09:00"))


def kinds(answer: planengine.Assessment) -> list[str]:
    return [one.kind for one in answer.conflicts]


def test_who_may_decide_after_a_hand_over(small: Small) -> None:
    over = handed("09:00", "clerk", "chief")
    by_clerk = {"at": day("09:30"), "decide": {"plan": "dam", "level": "III", "by": "clerk"}}
    early = {**by_clerk, "at": day("08:30")}
    assert kinds(seen(small, by_clerk)) == ["authority"]
    assert kinds(seen(small, over, by_clerk)) == []
    assert kinds(seen(small, over, early)) == ["authority"]  # it was not theirs then


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("chief", []),
        ("office", []),
        ("government", []),  # it is above the office
        ("clerk", ["authority"]),
        ("power", ["authority"]),
    ],
)
def test_who_may_hand_over(small: Small, by: str, expected: list[str]) -> None:
    assert kinds(seen(small, handed("09:00", "deputy", by))) == expected
    assert kinds(seen(small, handed("09:00", "deputy", by, post="chief"))) == expected


def receipt(clock: str, by: str | None = None, **what: Any) -> Observation:
    said = {"plan": "dam", **(what or {"action": "patrol"})}
    return {"at": day(clock), "acknowledged": said if by is None else {**said, "by": by}}


def test_an_acknowledged_duty_says_so_and_keeps_its_limit(small: Small) -> None:
    answer = seen(small, receipt("08:30", "chief"), receipt("08:40", "deputy"))
    patrol = next(one for one in answer.answer.actions if one.id.endswith("patrol"))
    assert [(one.by, one.at.isoformat()) for one in patrol.acknowledged] == [
        ("chief", day("08:30")),
        ("deputy", day("08:40")),
    ]
    assert patrol.deadline is not None
    assert (patrol.deadline.overdue, patrol.done_at) == (True, None)
    pump = next(one for one in answer.answer.actions if one.id.endswith("pump"))
    assert pump.acknowledged == ()


def test_a_report_is_acknowledged_by_whoever_got_it(small: Small) -> None:
    told = receipt("08:50", "government", report="up")
    (report,) = seen(small, told).answer.reports
    assert [(one.by, one.at.isoformat()) for one in report.acknowledged] == [
        ("government", day("08:50"))
    ]
    assert kinds(seen(small, told)) == []
    assert kinds(seen(small, receipt("08:50", "power", report="up"))) == ["authority"]


def test_the_source_acknowledges_where_nobody_is_named(small: Small) -> None:
    for source, expected in (("health", "health"), ({"other": "a clerk"}, None)):
        told = {**receipt("08:30", action="pump"), "source": source}
        pump = next(one for one in seen(small, told).actions if one.asked[0].action == "pump")
        assert [one.by for one in pump.acknowledged] == [expected]


def test_a_duty_that_holds_anew_is_not_acknowledged_yet(small: Small) -> None:
    again = stated("08:40", level=2), stated("09:00", level=6)
    answer = seen(small, receipt("08:30", "chief"), *again)
    patrol = next(one for one in answer.actions if one.asked[0].action == "patrol")
    assert patrol.acknowledged == ()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"hand-over": {"to": "clerk"}}, "one-of"),
        ({"hand-over": {"plan": "dam", "post": "chief", "to": "clerk"}}, "one-of"),
        ({"hand-over": {"post": "chief", "track": "x", "to": "clerk"}}, "key-unsuited"),
        ({"hand-over": {"plan": "dam", "to": "clark"}}, "unknown-body"),
        ({"hand-over": {"plan": "damn", "to": "clerk"}}, "unknown-plan"),
        ({"acknowledged": {"plan": "dam", "action": "patrl"}}, "unknown-action"),
        ({"acknowledged": {"plan": "dam"}}, "one-of"),
        ({"acknowledged": {"action": "patrol"}}, "one-of"),
        ({"acknowledged": {"plan": "dam", "action": "patrol", "report": "up"}}, "one-of"),
    ],
)
def test_what_cannot_be_said(small: Small, content: Observation, code: str) -> None:
    small.plan("dam", PLAN)
    with pytest.raises(PlanError) as raised:
        small.assess({"at": day("09:00"), **content}, at="10:00")
    assert [one.code for one in raised.value.diagnostics] == [code]
    assert raised.value.diagnostics[0].span is not None
