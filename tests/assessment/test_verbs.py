"""One level with several verbs: 应 by numbers, 可 by judgement; and what each entry carries."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from tests.assessment.conftest import Small, day, stated

LEVELS = """
levels:
  - {level: I, when: {deaths: ≥ 30}, approve: {post: chief}}
  - level: II
    approve: {post: chief}
    propose: office
    duration: 72 h
    basis: {source: law, clause: "2"}
    when: {deaths: ≥ 10}
  - level: II
    verb: should
    approve: {post: deputy}
    when: {level: ≥ 9}
  - level: II
    verb: may
    approve: {post: clerk}
    propose: health
    duration: 24 h
    basis: {source: law, clause: "3"}
    when: {any: [{level: ≥ 7}, {judged: {id: looks-bad, what: looks bad, by: office}}]}
  - {level: III, verb: may, approve: {post: deputy}, when: {deaths: ≥ 3 < 10}}
end: {when: {calm: true}}
"""


def decision(
    small: Small, *observations: dict[str, Any], levels: str = LEVELS, at: str = "12:00"
) -> Any:
    small.plan("dam", levels)
    (found,) = small.assess(*observations, at=at).decisions
    return found


def test_the_same_level_again_with_another_verb_is_no_finding(small: Small) -> None:
    small.plan("dam", LEVELS)
    assert [str(one) for one in planengine.load(small.folder).diagnostics] == []


@pytest.mark.parametrize(
    ("facts", "verb", "obliged", "approver", "clause"),
    [
        ({"deaths": 12, "level": 1}, "must", "II", "chief", "2"),
        ({"deaths": 0, "level": 7}, "may", None, "clerk", "3"),
        ({"deaths": 0, "level": 9}, "should", None, "deputy", "1"),
        ({"deaths": 12, "level": 9}, "must", "II", "chief", "2"),
    ],
)
def test_the_strongest_verb_that_certainly_holds_speaks(
    small: Small,
    facts: dict[str, Any],
    verb: str,
    obliged: str | None,
    approver: str,
    clause: str,
) -> None:
    found = decision(small, stated("08:00", **facts))
    assert (found.level, found.verb, found.obliged) == ("II", verb, obliged)
    assert found.approve.id == approver
    assert [basis.clause for basis in found.basis] == [clause]


def test_an_act_gives_its_own_verb(small: Small) -> None:
    act = {"at": day("09:00"), "invoke": {"clause": "looks-bad", "by": "office"}}
    found = decision(small, stated("08:00", deaths=4, level=1), act)
    assert (found.level, found.verb, found.obliged) == ("II", "may", None)
    assert (found.approve.id, found.propose.id, found.duration) == ("clerk", "health", 24 * 3600)
    assert [reason.verb for reason in found.why] == ["may"]


def test_where_bands_of_different_verbs_meet_the_weaker_is_sure(small: Small) -> None:
    """8 to 12 dead is surely at least III: by the `may` of III or by the `must` of II."""
    found = decision(small, stated("08:00", deaths="[8..12]", level=1))
    assert (found.level, found.verb, found.obliged) == ("III", "may", None)


def test_where_binding_bands_meet_they_oblige_together(small: Small) -> None:
    """An act makes III possible at will, but the numbers oblige: the verb is theirs."""
    levels = """
levels:
  - {level: II, approve: {post: chief}, when: {deaths: ≥ 10}}
  - {level: III, approve: {post: deputy}, when: {deaths: ≥ 3 < 10}}
  - {level: III, verb: may, approve: {post: clerk}, when: {level: ≥ 5}}
"""
    found = decision(small, stated("08:00", deaths="[8..12]", level=6), levels=levels)
    assert (found.level, found.obliged, found.verb) == ("III", "III", "must")
    assert found.approve.id == "deputy"


def test_the_entry_without_a_condition_speaks_for_the_table(small: Small) -> None:
    levels = """
any: {deaths: {II: ≥ 10}}
levels:
  - {level: II, verb: may, approve: {post: clerk}, when: {level: ≥ 7}}
  - {level: II, approve: {post: chief}}
"""
    found = decision(small, stated("08:00", deaths=12, level=1), levels=levels)
    assert (found.level, found.verb, found.obliged) == ("II", "must", "II")
    assert found.approve.id == "chief"


def test_what_may_be_started_is_not_raised_into_a_duty(small: Small) -> None:
    levels = """
levels:
  - {level: I, approve: {post: chief}, when: {deaths: ≥ 30}}
  - {level: II, approve: {post: chief}, when: {deaths: ≥ 10}}
  - {level: II, verb: may, approve: {post: clerk}, when: {level: ≥ 7}}
raise-by: {when: {breach: true}}
"""
    may = decision(small, stated("08:00", deaths=0, level=8, breach=True), levels=levels)
    assert (may.level, may.verb, may.obliged) == ("I", "may", None)
    must = decision(small, stated("08:00", deaths=11, level=8, breach=True), levels=levels)
    assert (must.level, must.verb, must.obliged) == ("I", "must", "I")
    both = decision(small, stated("08:00", deaths=11, level=1, breach=True), levels=levels)
    assert (both.level, both.verb, both.obliged) == ("I", "must", "I")


def test_a_raised_level_says_no_more_than_its_own_entry(small: Small) -> None:
    levels = """
levels:
  - {level: I, verb: may, approve: {post: chief}}
  - {level: II, approve: {post: chief}, when: {deaths: ≥ 10}}
raise-by: {when: {breach: true}}
"""
    found = decision(small, stated("08:00", deaths=11, breach=True), levels=levels)
    assert (found.level, found.verb, found.obliged) == ("I", "may", "II")


@pytest.mark.parametrize(("by", "approver"), [("chief", "chief"), ("clerk", "clerk")])
def test_whoever_started_it_ends_it(small: Small, by: str, approver: str) -> None:
    started = {"at": day("09:00"), "decide": {"plan": "dam", "level": "II", "by": by}}
    found = decision(small, stated("08:00", deaths=12, level=8, calm=True), started)
    assert found.proposal == "end"
    assert found.approve.id == approver


def test_the_duration_is_that_of_whoever_started_it(small: Small) -> None:
    small.plan("dam", LEVELS)
    for by, expected in (("clerk", ["overdue"]), ("chief", [])):
        people = {"at": day("09:00"), "decide": {"plan": "dam", "level": "II", "by": by}}
        found = small.engine().assess(
            {
                "incident": "x",
                "hazards": ["flood"],
                "observations": [stated("08:00", deaths=12, level=8), people],
            },
            at="2026-07-02T09:00:00+08:00",
        )
        assert [one.kind for one in found.conflicts] == expected


@pytest.mark.parametrize("deaths", [0, 5, 12, 31, "[8..12]", "[0..31]"])
@pytest.mark.parametrize("level", [1, 7, 9, "[5..8]"])
def test_both_engines_agree(small: Small, deaths: Any, level: Any) -> None:
    pytest.importorskip("durable_rules_engine")
    small.plan("dam", LEVELS + "raise-by: {when: {breach: true}}\n")
    engine = planengine.load(small.folder).compile(engine="both")
    facts = {"deaths": deaths, "level": level, "breach": True}
    incident = {
        "incident": "x",
        "hazards": ["flood"],
        "observations": [{"at": day("08:00"), "facts": facts}],
    }
    (found,) = engine.assess(incident, at=day("08:00")).decisions
    ranks = [None, "III", "II", "I"]
    assert ranks.index(found.obliged) <= ranks.index(found.level)
