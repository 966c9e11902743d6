"""Which events count: two clocks, status, corrections, withdrawals (SEMANTICS 15, 29)."""

from __future__ import annotations

from planengine.rules.conditions import FactCell
from tests.evidence.build import HOUR, WEST, cell, evidence, said, shown, withdrawn

UNKNOWN = "[0..∞) | n/a"


def test_both_clocks() -> None:
    late = said(2, trapped=5, received=4)
    assert shown(evidence(late, at=3), "trapped") == UNKNOWN
    assert shown(evidence(late, at=3, known_at=4), "trapped") == "5"
    assert shown(evidence(late, at=1.9, known_at=9), "trapped") == UNKNOWN


def test_a_withdrawal_removes_its_target_at_all_times_once_it_is_known() -> None:
    events = said(1, trapped=5), said(2, name="wrong", trapped=9), withdrawn(4, "wrong")
    before = evidence(*events, at=3)
    assert shown(before, "trapped") == "9"
    after = evidence(*events, at=4)
    assert [shown(after.at_time(h * HOUR), "trapped") for h in (1, 3, 4)] == ["5", "5", "5"]


def test_a_withdrawal_not_yet_received_removes_nothing() -> None:
    events = said(1, name="wrong", trapped=9), withdrawn(2, "wrong", received=5)
    assert shown(evidence(*events, at=3), "trapped") == "9"
    assert shown(evidence(*events, at=3, known_at=5), "trapped") == UNKNOWN


def test_a_correction_stands_where_its_target_stood() -> None:
    events = (
        said(1, WEST, name="first", trapped=9),
        said(2, WEST, trapped=12),
        said(3, name="fix", corrects="first", trapped=8),
    )
    found = evidence(*events)
    readings = [shown(found.at_time(h * HOUR), "trapped", WEST) for h in (1, 2, 3)]
    assert readings == ["8", "12", "12"]


def test_a_correction_lifts_a_cumulative_lower_bound() -> None:
    events = said(1, name="high", deaths=30), said(2, deaths=22)
    assert evidence(*events).known(cell("deaths")).conflict
    corrected = evidence(*events, said(3, corrects="high", deaths=20))
    assert shown(corrected, "deaths") == "22"
    assert corrected.conflicts == ()


def test_a_corrected_correction_and_a_withdrawn_one() -> None:
    first, second = said(1, name="a", trapped=1), said(2, name="b", corrects="a", trapped=2)
    assert shown(evidence(first, second, said(3, corrects="b", trapped=3)), "trapped") == "3"
    assert shown(evidence(first, second, withdrawn(3, "b")), "trapped") == "1"
    undone = withdrawn(3, "b", name="w"), withdrawn(4, "w")
    assert shown(evidence(first, second, *undone), "trapped") == "2"


def test_two_that_correct_each_other_do_no_harm() -> None:
    events = said(1, name="a", corrects="b", trapped=1), said(1, name="b", corrects="a", trapped=2)
    assert shown(evidence(*events), "trapped") == UNKNOWN
    assert shown(evidence(said(1, name="a", corrects="a", trapped=1)), "trapped") == "1"


def test_status_is_filtered_before_anything_else() -> None:
    events = (
        said(1, name="real", trapped=1),
        said(2, corrects="real", trapped=9, status="exercise"),
        withdrawn(3, "real", status="test"),
        said(4, missing=4, status="exercise"),
    )
    actual = evidence(*events)
    assert (shown(actual, "trapped"), shown(actual, "missing")) == ("1", UNKNOWN)
    assert not actual.tainted
    exercise = evidence(*events, status="exercise")
    assert (shown(exercise, "trapped"), shown(exercise, "missing")) == ("9", "4")
    assert exercise.tainted
    assert shown(evidence(*events, status="test"), "trapped") == "9"


def test_an_undeclared_fact_is_open() -> None:
    odd = FactCell("no-such-fact", "city", cell("deaths").domain)
    assert str(evidence(at=1).known(odd).value) == UNKNOWN


def test_the_moments_of_change_include_those_of_what_was_removed_since() -> None:
    events = (
        said(1, trapped=5, name="first", valid=(1, 2)),
        said(3, corrects="first", trapped=6, valid=(1, 9)),
    )
    hours = [moment / HOUR for moment in evidence(*events, at=4).moments_of_change()]
    assert hours == [1, 2, 3]
