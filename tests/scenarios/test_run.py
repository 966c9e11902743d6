"""What tests find, and what they say of why: by the shipped library."""

from __future__ import annotations

import pytest

from planengine.scenarios.run import run
from planengine.scenarios.words import Telling
from tests.scenarios.conftest import Remembering, Run, suite_of

HANKOU = """
test: hankou
hazards: [flood]
at: 2026-07-20T08:00
tables:
  - table: stage
    decision: response.flood/flood
    object: hankou
    rows:
      - {water-level: 25.2 m, level: %s}
      - {water-level: 25.8 m, level: %s}
"""


def test_a_row_passes_where_the_level_is_that_one(results: Run) -> None:
    found = results(HANKOU % ("none", "III"))
    assert [(one.case.name, one.state) for one in found] == [
        ("stage[1] water-level: 25.2 m", "passed"),
        ("stage[2] water-level: 25.8 m", "passed"),
    ]


def test_a_failure_says_which_bound_was_missed_and_by_how_much(
    results: Run, english: Telling, chinese: Telling
) -> None:
    low, high = results(HANKOU % ("IV", "none"))
    assert (low.state, high.state) == ("failed", "failed")
    (failure,) = low.failures
    assert english.failure(failure) == ("response.flood/flood level: expected Level IV, came none")
    assert chinese.failure(failure) == "response.flood/flood 级别：预期 四级，实为 无"
    nearest = failure.because[0]
    assert english.because(nearest) == (
        "water level @ Hankou station 25.2 m is 0.1 m under ≥ 25.3 m"
    )
    assert chinese.because(nearest) == "水位 @ 汉口站 25.2 m，比 ≥ 25.3 m 低 0.1 m"
    assert nearest.origin is not None
    assert nearest.origin.text == "water-level: ≥ @warning-stage"
    assert str(nearest.origin.span).startswith("plans/linjiang/special/flood.yaml:") or (
        str(nearest.origin.span).partition("plans/")[2].startswith("linjiang/special/flood.yaml:")
    )
    (failure,) = high.failures
    assert english.failure(failure) == "response.flood/flood level: expected none, came Level III"
    assert [english.because(one) for one in failure.because] == [
        "water level @ Hankou station 25.8 m is right at the bound of ≥ 25.8 m"
    ]


def test_what_another_decision_gave_is_looked_through(results: Run, english: Telling) -> None:
    found = results(
        """
test: relief
hazards: [mine-accident]
scenarios:
  - scenario: dead
    observations:
      - {at: 2026-07-20T08:00, facts: {accident-occurred: true, deaths: 9}}
    expect: [{at: 2026-07-20T08:00, decisions: {response.production-safety/mine: II}}]
"""
    )
    (failure,) = found[0].failures
    told = [(one.depth, english.because(one)) for one in failure.because]
    assert told[0][0] == 0
    assert (1, "deaths 9 is 1 under [10..29]") in told


SCENARIO = """
test: a-day
hazards: [flood]
scenarios:
  - scenario: river
    moments: {occurrence: 2026-07-20T06:00, receipt: 2026-07-20T06:10}
    observations:
      - {id: a, at: 2026-07-20T08:00, object: hankou, facts: {water-level: 25.8 m}}
      - {at: 2026-07-20T08:30, decide: {plan: flood, track: flood, level: III, by: flood-executive-deputy}}
      - {at: 2026-07-20T10:00, received: 2026-07-20T12:00, object: hankou, facts: {water-level: 27.3 m}}
      - {at: 2026-07-20T13:00, correct: a, object: hankou, facts: {water-level: 25.0 m}}
    expect:
"""


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: III}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: {proposal: start}}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: {in-force: none}}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: {not: [I, II]}}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: {not: III}}}", "failed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: [II, III]}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: ≥ III}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/flood: < III}}", "failed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/drought: not-judged}}", "passed"),
        ("{at: 2026-07-20T08:00, decisions: {response.flood/drought: none}}", "failed"),
        # what had not been received is not known yet, what was said late counts then
        ("{at: 2026-07-20T11:00, decisions: {response.flood/flood: III}}", "passed"),
        ("{at: 2026-07-20T12:00, decisions: {response.flood/flood: {level: II, proposal: raise}}}", "passed"),
        ("{at: 2026-07-20T08:00, actions: {flood.patrol-dykes: {state: possible}}}", "failed"),
        ("{at: 2026-07-20T09:00, actions: {flood.patrol-dykes: owed}}", "passed"),
        ("{at: 2026-07-20T09:00, actions: {flood.patrol-dykes: {due: 2026-07-20T09:30, within: 1 h, overdue: false}}}", "passed"),
        ("{at: 2026-07-20T09:00, actions: {flood.patrol-dykes: {due: 2026-07-20T09:31}}}", "failed"),
        ("{at: 2026-07-20T09:31, actions: {flood.patrol-dykes: {overdue: true, done: false}}}", "passed"),
        ("{at: 2026-07-20T09:00, actions: {flood.mobilise-city: owed}}", "failed"),
        ("{at: 2026-07-20T09:00, actions: {flood.patrol-dykes: {by: [nanpu-flood-hq, jiangbei-flood-hq]}}}", "passed"),
        ("{at: 2026-07-20T09:00, actions: {flood.patrol-dykes: {by: education-bureau}}}", "failed"),
        ("{at: 2026-07-20T09:00, reports: {flood.flood-start-report: {state: owed, to: chujiang-flood-hq, within: 1 h}}}", "passed"),
        ("{at: 2026-07-20T09:00, releases: {flood.first: {due: 2026-07-20T11:00}}}", "passed"),
        ("{at: 2026-07-20T09:00, agencies: {water-bureau: lead, forestry-bureau: none}}", "passed"),
        ("{at: 2026-07-20T09:00, agencies: {water-bureau: support}}", "failed"),
        ("{at: 2026-07-20T09:00, ask: [flood-magnitude]}", "passed"),
        ("{at: 2026-07-20T09:00, ask: {lacks: [flood-magnitude]}}", "failed"),
        ("{at: 2026-07-20T09:00, ask: none}", "failed"),
        ("{at: 2026-07-20T09:00, findings: none}", "passed"),
        ("{at: 2026-07-20T09:00, findings: [evidence]}", "failed"),
        ("{at: 2026-07-20T09:00, may-invoke: {has: flood.ordered-I, lacks: flood.judged-IV}}", "passed"),
    ],
)  # fmt: skip
def test_what_may_be_expected(remembering: Remembering, moment: str, state: str) -> None:
    suite = suite_of(SCENARIO + f"      - {moment}\n", remembering.library)
    (found,) = run([suite], remembering)
    assert found.state == state, found.failures


def test_a_correction_that_came_before_what_it_corrects_counts(results: Run) -> None:
    (found,) = results(
        """
test: late
hazards: [flood]
scenarios:
  - scenario: correction-first
    observations:
      - {id: a, at: 2026-07-20T08:00, received: 2026-07-20T12:00, object: hankou, facts: {water-level: 27.3 m}}
      - {correct: a, at: 2026-07-20T09:00, facts: {water-level: 25.3 m}}
    expect: [{at: 2026-07-20T12:00, decisions: {response.flood/flood: IV}}]
"""
    )
    assert (found.state, found.failures) == ("passed", ())


def test_what_is_proposed_does_not_pass(results: Run) -> None:
    text = HANKOU % ("none", "III, proposed: true")
    assert [one.state for one in results(text)] == ["passed", "unconfirmed"]
    text = HANKOU % ("none", "II, proposed: true")
    assert [one.state for one in results(text)] == ["passed", "failed"]


def test_an_expectation_after_all_that_is_told_says_so(results: Run, english: Telling) -> None:
    (found,) = results(
        """
test: later
hazards: [flood]
scenarios:
  - scenario: quiet
    observations: [{at: 2026-07-20T08:00, object: hankou, facts: {water-level: 25.3 m}}]
    expect: [{at: 2026-07-20T10:00, beyond: true, decisions: {response.flood/flood: IV}}]
"""
    )
    assert found.moment.after_all == 7200
    assert english.beyond(found) == "2 h after the last that was told"


def test_a_report_that_the_plan_of_that_name_does_not_have_is_the_standards(results: Run) -> None:
    listed = """test: two-of-one-name
hazards: [forest-fire]
moments: {occurrence: 2025-12-31T08:00, receipt: 2025-12-31T08:00}
scenarios:
  - scenario: national-border
    observations:
      - {at: 2025-12-31T08:00, facts: {forest-fire-occurred: true, national-border-fire: true}}
    expect:
      - {at: 2025-12-31T08:00, reports: {forest-fire.listed-fire: STATE}}
"""
    owed, not_owed = (results(listed.replace("STATE", state))[0] for state in ("owed", "not-owed"))
    assert (owed.state, not_owed.state) == ("passed", "failed")
