"""Which events count: two clocks, status, corrections, withdrawals (SEMANTICS 15, 29)."""

from __future__ import annotations

from msgspec.structs import replace

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


def test_of_two_that_correct_each_other_neither_vanishes() -> None:
    events = said(1, name="a", corrects="b", trapped=1), said(1, name="b", corrects="a", trapped=2)
    assert shown(evidence(*events), "trapped") == "[1..2]"
    assert shown(evidence(said(1, name="a", corrects="a", trapped=1)), "trapped") == "1"


def test_of_several_corrections_the_newest_by_receipt_counts_wherever_it_points() -> None:
    events = (
        said(1, name="a", trapped=1),
        said(2, name="b", corrects="a", trapped=2, received=6),
        said(3, name="c", corrects="b", trapped=3, received=5),
        said(4, name="d", corrects="a", trapped=4, received=4),
    )
    readings = [shown(evidence(*events, at=1, known_at=h), "trapped") for h in (3, 4, 5, 6)]
    assert readings == ["1", "4", "3", "2"]
    assert shown(evidence(*events, withdrawn(7, "b"), at=8), "trapped") == "4"
    assert shown(evidence(*events, withdrawn(7, "a"), at=8), "trapped") == UNKNOWN


def test_a_correction_counts_from_its_first_version_on() -> None:
    events = said(3, name="a", trapped=1), said(2, name="b", corrects="a", trapped=2)
    assert shown(evidence(*events, at=2.5, known_at=9), "trapped") == UNKNOWN
    assert shown(evidence(*events, at=3, known_at=9), "trapped") == "2"


def test_a_corrected_withdrawal_withdraws_nothing() -> None:
    events = (
        said(1, name="a", trapped=1),
        withdrawn(2, "a", name="w"),
        said(3, name="b", corrects="w", missing=4),
    )
    found = evidence(*events)
    assert (shown(found, "trapped"), shown(found, "missing")) == ("1", "4")
    undone = evidence(*events, withdrawn(4, "b"))
    assert (shown(undone, "trapped"), shown(undone, "missing")) == (UNKNOWN, UNKNOWN)


def test_what_corrects_across_statuses_stands_by_itself() -> None:
    events = (
        said(1, name="real", trapped=1),
        said(0.5, corrects="real", trapped=9, status="exercise"),
        withdrawn(3, "real", status="exercise"),
    )
    assert shown(evidence(*events, status="exercise"), "trapped") == "1"


def test_over_is_over_and_what_was_replaced_does_not_come_back() -> None:
    events = said(1, trapped=1), said(2, trapped=2, valid=(2, 5)), said(6, trapped=6, valid=(3, 4))
    found = evidence(*events, at=9)
    readings = [shown(found.at_time(int(h * HOUR)), "trapped") for h in (1, 2, 3, 4, 5, 7)]
    assert readings == ["1", "2", "6", "2", UNKNOWN, UNKNOWN]


def test_several_events_of_one_observation_go_together() -> None:
    one = said(1, name="a", trapped=1)
    other = said(1, name="a-2", missing=2)
    other = replace(other, stamp=replace(other.stamp, part_of="a"))
    assert shown(evidence(one, other), "missing") == "2"
    assert shown(evidence(one, other, withdrawn(2, "a")), "missing") == UNKNOWN
    fixed = evidence(one, other, said(2, corrects="a", trapped=3))
    assert (shown(fixed, "trapped"), shown(fixed, "missing")) == ("3", UNKNOWN)


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
