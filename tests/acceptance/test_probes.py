"""Small cases that once were answered wrongly, and their neighbours, through the public doors."""

from __future__ import annotations

import pytest

from planengine.values.times import parse_time
from tests.assessment.conftest import Small, day, stated

GRADE = """standard: harm
label: {en: harm}
scale: response
authority: city
edition: {number: "1", in-force: 2020-01-01}
applies: {hazards: [flood]}
any: {deaths: {I: ≥ 3}}
"""


def test_what_only_the_binding_rules_read_is_decided_first(small: Small) -> None:
    """The level is always given by a `may` rule; only the obliged level reads the grade."""
    (small.folder / "plans" / "harm.yaml").write_text(GRADE)
    body = """
levels:
  - {level: III, verb: may, when: {count: {over: county, where: {deaths: ≥ 1}, is: ≤ 2}}}
from: {decision: response.harm, map: {I: III}}
"""
    found = small.plan("dam", body).assess(stated("08:00", deaths=3), at="09:00")
    decision = next(one for one in found.decisions if one.plan == "city/dam")
    assert (decision.level, decision.obliged) == ("III", "III")
    found = small.assess(stated("08:00", deaths=0), at="09:00")
    decision = next(one for one in found.decisions if one.plan == "city/dam")
    assert (decision.level, decision.obliged) == ("III", None)


def test_a_level_that_may_be_started_is_not_obliged_because_it_was_raised_to(small: Small) -> None:
    body = """
levels:
  - {level: III, when: {deaths: ≥ 3}}
  - {level: II, verb: may, when: {deaths: ≥ 100}}
raise-by: {when: {calm: false}, by: 1}
"""
    found = small.plan("dam", body).assess(stated("08:00", deaths=3, calm=False), at="09:00")
    (decision,) = found.decisions
    assert (decision.level, decision.obliged, decision.verb) == ("II", "III", "may")


def test_a_later_exercise_statement_does_not_move_the_assessed_time(small: Small) -> None:
    """The default time is the newest statement's of those that count (SEMANTICS 15, 29)."""
    engine = small.plan("dam", "levels: [{level: III, when: {deaths: ≥ 3}}]\n").engine()
    actual = [stated("08:00", deaths=3)]
    drill = {**stated("20:00", deaths=0), "status": "exercise"}
    incident = {"incident": "x", "hazards": ["flood"], "observations": [*actual, drill]}
    assert engine.assess(incident).at == engine.assess({**incident, "observations": actual}).at
    assert (
        engine.assess(incident, status="exercise").at == engine.assess(incident, at=day("20:00")).at
    )
    with pytest.raises(ValueError, match="no time of its own"):
        engine.assess({**incident, "observations": [drill]})


def test_an_exercise_statement_does_not_move_since_when_a_level_is_met(small: Small) -> None:
    """Nothing is stated of the breach: from the first thing that counts on it is assumed."""
    engine = small.plan("dam", "levels: [{level: III, when: {breach: false}}]\n").engine()
    drill = {**stated("06:00", deaths=0), "status": "exercise"}
    for told in ([stated("08:00", deaths=3)], [drill, stated("08:00", deaths=3)]):
        incident = {"incident": "x", "hazards": ["flood"], "observations": told}
        (decision,) = engine.assess(incident, at=day("09:00")).decisions
        assert decision.level == "III"
        assert decision.met_at == parse_time(day("08:00"))


def test_a_level_that_its_bands_give_whatever_is_so_names_them(small: Small) -> None:
    """Nothing is known, and nothing needs to be: the two bands together leave nothing out."""
    body = """
levels:
  - {level: II, when: {deaths: ≥ 3}, basis: {source: law, clause: "2"}}
  - {level: III, when: {not: {deaths: ≥ 3}}, basis: {source: law, clause: "3"}}
"""
    (decision,) = small.plan("dam", body).assess(at="09:00").decisions
    (reason,) = decision.why
    assert decision.level == "III"
    assert reason.span is not None
    assert reason.text
    assert [basis.clause for basis in reason.basis] == ["3"]
