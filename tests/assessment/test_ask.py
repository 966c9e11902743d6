"""What to ask, how far the next level is, what may be invoked, what is assumed."""

from __future__ import annotations

import pytest

from tests.assessment.conftest import Small, day, stated

BODY = """
levels:
  - level: I
    when: {any: [{deaths: ≥ 10}, {breach: true, level: ≥ 5}]}
  - level: II
    when: {any: [{deaths: "[3..10)"}, {judged: {id: looks-bad, what: it looks bad, by: chief}}]}
  - {level: III, verb: may, when: {level: ≥ 5}}
"""


def test_nothing_is_asked_where_all_is_certain(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", deaths=2, level=1), at="08:00")
    assert found.ask == ()


def test_the_most_decisive_fact_comes_first(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", breach=False), at="08:00")
    assert [str(q.cell) for q in found.ask] == ["deaths@city", "level@city"]
    assert found.ask[0].could_give == (("city/dam@city", "I"),)
    assert found.ask[0].provider == ("health",)


def test_the_highest_level_goes_before_a_decision_that_has_one_already(small: Small) -> None:
    """SEMANTICS 30 knows no other order than by what knowing a fact alone could give."""
    small.plan(
        "dam", "\nlevels: [{level: III, when: {deaths: ≥ 1}}, {level: II, when: {level: ≥ 5}}]"
    )
    small.plan("lake", "\nlevels: [{level: I, when: {calm: false}}]")
    found = small.assess(stated("08:00", deaths=1), at="08:00")
    assert {one.level for one in found.decisions} == {"III", None}
    assert [str(one.cell) for one in found.ask] == ["calm@city", "level@city"]


def test_facts_that_matter_only_together_come_last(small: Small) -> None:
    small.plan("pair", "\nlevels: [{level: I, when: {calm: true, level: ≥ 5}}]")
    found = small.assess(stated("08:00", deaths=0), at="08:00")
    assert [(str(q.cell), q.alone) for q in found.ask] == [
        ("calm@city", True),
        ("level@city", True),
    ]
    small.plan("pair", "\nlevels: [{level: I, when: {any: [{calm: true}, {level: ≥ 5}]}}]")
    found = small.assess(stated("08:00", deaths=0), at="08:00")
    assert all(q.alone for q in found.ask)


def test_answering_everything_settles_an_exact_decision(small: Small) -> None:
    small.plan("dam", BODY)
    observations = [stated("08:00", deaths="[2..55]")]
    for _ in range(5):
        found = small.assess(*observations, at="08:00")
        if not found.ask:
            break
        cell = found.ask[0].cell
        name = str(cell).partition("@")[0]
        answer = {"deaths": 7, "level": 4, "calm": True, "breach": False}[name]
        observations.append(stated("08:00", **{name: answer}))
    (decision,) = found.decisions
    assert decision.exact
    assert decision.level == decision.could_reach == "II"


def test_a_silent_county_is_named(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(
        {"at": day("08:00"), "area": "north", "facts": {"deaths": 2, "level": 1}}, at="08:00"
    )
    question = next(q for q in found.ask if str(q.cell) == "deaths@city")
    assert question.silent == ("south",)
    assert str(question.value) == "[2..∞)"


def test_what_is_missing_for_the_next_level(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", deaths=6, level=1), at="08:00")
    (decision,) = found.decisions
    assert decision.level == "II"
    first = decision.next[0]
    assert (first.level, [(str(n.cell), n.missing) for n in first.needs]) == (
        "I",
        [("deaths@city", 4.0)],
    )
    assert len(decision.next[1].needs) == 2


def test_time_alone_can_be_a_way(small: Small) -> None:
    small.plan("dam", "\nlevels: [{level: I, when: {elapsed: {since: occurrence, is: ≥ 2 h}}}]")
    found = small.assess(
        stated("08:00", deaths=0), at="08:30", moments={"occurrence": day("08:00")}
    )
    (decision,) = found.decisions
    assert decision.level is None
    assert decision.next[0].at == found.at + 90 * 60
    assert found.recheck_at == found.at + 90 * 60


def test_an_act_is_offered_and_never_possible(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", deaths=0, level=1), at="08:00")
    (decision,) = found.decisions
    assert (decision.level, decision.could_reach) == (None, None)
    assert [(act.clause, act.by, act.level) for act in found.may_invoke] == [
        ("dam.looks-bad", "chief", "II")
    ]
    made = small.assess(
        stated("08:00", deaths=0, level=1),
        {"at": day("08:10"), "invoke": {"clause": "looks-bad", "by": "chief"}},
        at="08:10",
    )
    assert made.decisions[0].level == "II"
    assert made.may_invoke == ()
    held = made.to_dict()["decisions"][0]["why"][0]["held"]
    said = [(one["kind"], one["source"], one["at"][11:16]) for h in held for one in h["statements"]]
    assert said == [("act", "chief", "08:10")]
    assert made.conflicts == ()


def test_an_act_of_somebody_else_counts_and_is_told(small: Small) -> None:
    small.plan("dam", BODY)
    made = small.assess(
        stated("08:00", deaths=0, level=1),
        {"at": day("08:10"), "invoke": {"clause": "looks-bad", "by": "deputy"}},
        at="08:10",
    )
    assert made.decisions[0].level == "II"
    assert [(one.kind, one.subject) for one in made.conflicts] == [("authority", "city/dam@city")]


def test_what_is_assumed_is_listed(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    assert [str(a.cell) for a in found.assumed] == ["breach@city"]
    assert found.decisions[0].could_reach == "III"
    off = small.assess(
        stated("08:00", deaths=0, level=6), {"at": day("08:00"), "off-watch": "office"}, at="08:00"
    )
    assert off.assumed == ()
    assert off.decisions[0].could_reach == "I"


def test_verbs(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    (decision,) = found.decisions
    assert (decision.level, decision.obliged, decision.verb) == ("III", None, "may")


def test_conflicting_statements_are_told(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", deaths=2, level=1), stated("08:00", deaths=12), at="08:00")
    (decision,) = found.decisions
    assert (decision.level, decision.could_reach) == (None, "I")
    assert [conflict.subject for conflict in found.conflicts] == ["deaths@city"]


def test_what_no_rule_reads_is_told(small: Small) -> None:
    small.plan("dam", BODY)
    found = small.assess(stated("08:00", unrelated=3), at="08:00")
    assert [(one.fact, one.place, one.reason) for one in found.unread] == [
        ("unrelated", "city", "no-rule")
    ]


@pytest.mark.parametrize("status", ["exercise", "test"])
def test_exercise_facts_never_decide_for_real(small: Small, status: str) -> None:
    small.plan("dam", BODY)
    drill = {**stated("08:10", deaths=30), "status": status}
    real = small.assess(stated("08:00", deaths=0, level=1), drill, at="08:10")
    assert real.decisions[0].level is None
    assert not real.tainted
    engine = small.engine()
    incident = {"incident": "x", "hazards": ["flood"], "observations": [drill]}
    seen = engine.assess(incident, at=day("08:10"), status="test")
    assert seen.decisions[0].level == "I"
    assert seen.tainted


def test_several_incidents_are_counted_and_rules_serve_any_single_one(small: Small) -> None:
    small.plan(
        "dam",
        "\nlevels: [{level: I, when: {count: {over: incident, where: {breach: true}, is: ≥ 2}}}]",
    )
    engine = small.engine()

    def level(*incidents: str) -> str | None:
        observations = [
            {"at": day("08:00"), "incident": name, "facts": {"breach": True}} for name in incidents
        ]
        header = {"incident": incidents[0], "hazards": ["flood"], "observations": observations}
        return engine.assess(header).decisions[0].level

    assert level("one") is None
    assert level("one", "two") == "I"
    first = engine.assess(
        {"incident": "a", "hazards": ["flood"], "observations": []}, at=day("08:00")
    )
    second = engine.assess(
        {"incident": "b", "hazards": ["flood"], "observations": []}, at=day("08:00")
    )
    assert first.situation.backend is second.situation.backend
