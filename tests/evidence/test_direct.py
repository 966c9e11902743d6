"""Statements of one fact at one place (SEMANTICS 2, 12, 16, 19)."""

from __future__ import annotations

from planengine.values.sets import ChoiceSet
from tests.evidence.build import CITY, cell, evidence, said, shown


def test_unobserved_is_the_whole_domain_and_not_applicable() -> None:
    known = evidence(at=1).known(cell("deaths"))
    assert str(known.value) == "[0..∞) | n/a"
    assert (known.statements, known.silent, known.stated) == ((), (CITY,), False)


def test_two_dead_and_fifty_three_missing() -> None:
    found = evidence(said(1, deaths=(2, 55), missing=53))
    assert shown(found, "deaths") == "[2..55]"


def test_the_newest_wins_then_the_better_kind() -> None:
    old, new = said(1, trapped=9), said(2, trapped=4, kind="estimated")
    known = evidence(old, new).known(cell("trapped"))
    assert (str(known.value), known.statements, known.estimated) == ("4", (new,), True)
    observed = said(2, trapped=5)
    judged = said(2, trapped=6, kind="judged")
    assert evidence(new, judged, observed).known(cell("trapped")).statements == (observed,)
    assert evidence(new, judged).known(cell("trapped")).statements == (judged,)


def test_ties_intersect_and_an_empty_intersection_is_a_conflict() -> None:
    assert shown(evidence(said(1, trapped=(2, 9)), said(1, trapped=(5, 20))), "trapped") == "[5..9]"
    found = evidence(said(1, trapped=2), said(1, trapped=5), said(1, trapped=(0, 9)))
    known = found.known(cell("trapped"))
    assert (str(known.value), known.conflict) == ("[0..9]", True)
    assert len(found.conflicts) == 1


def test_an_explicit_unknown_replaces() -> None:
    found = evidence(said(1, trapped=9), said(2, trapped=None))
    known = found.known(cell("trapped"))
    assert str(known.value) == "[0..∞) | n/a"
    assert known.stated


def test_but_a_cumulative_fact_keeps_its_lower_bound() -> None:
    found = evidence(said(1, deaths=9), said(2, deaths=None))
    assert shown(found, "deaths") == "[9..∞)"
    assert shown(evidence(said(1, deaths=9), said(2, deaths=(5, 20))), "deaths") == "[9..20]"


def test_a_cumulative_fact_that_falls_is_a_conflict() -> None:
    found = evidence(said(1, deaths=9), said(1.5, deaths=4), said(2, deaths=7))
    known = found.known(cell("deaths"))
    assert (str(known.value), known.conflict) == ("7 | [9..∞)", True)
    assert len(found.conflicts) == 1


def test_a_statement_expires_and_a_cumulative_lower_bound_does_not() -> None:
    found = evidence(said(1, rainfall=80), at=7)
    assert shown(found, "rainfall") == "[0..∞) | n/a"
    assert shown(evidence(said(1, rainfall=80), at=6.99), "rainfall") == "80"
    assert shown(evidence(said(1, deaths=3, valid=(None, 2)), at=5), "deaths") == "[3..∞)"


def test_validity_limits_the_instants_a_statement_speaks_of() -> None:
    found = evidence(said(5, trapped=2, valid=(3, 6)), at=5)
    readings = [shown(found.at_time(int(t * 3600)), "trapped") for t in (2.9, 3, 5.9, 6)]
    assert readings == ["[0..∞) | n/a", "2", "2", "[0..∞) | n/a"]


def test_a_stated_set_is_cut_to_the_domain() -> None:
    assert shown(evidence(said(1, trapped=(-5, 5))), "trapped") == "[0..5]"
    known = evidence(said(1, trapped=-5)).known(cell("trapped"))
    assert (str(known.value), known.conflict) == ("[0..∞) | n/a", True)
    odd = evidence(said(1, damage={"mild", "odd"}))
    assert odd.known(cell("damage")).value == ChoiceSet(frozenset({"mild"}))


def test_a_forecast_never_satisfies_a_plain_fact() -> None:
    assert shown(evidence(said(1, rainfall=200, kind="forecast")), "rainfall") == "[0..∞) | n/a"


def test_incident_facts_take_every_statement_whatever_its_place() -> None:
    found = evidence(said(1, "mill", magnitude=6), said(2, "east", magnitude=7))
    assert shown(found, "magnitude", "incident") == "7"
    assert shown(found, "magnitude", "it") == "7"


def test_another_incidents_statements_are_its_own() -> None:
    found = evidence(said(1, deaths=3), said(1, deaths=8, magnitude=5, incident="other"))
    assert shown(found, "deaths") == "3"
    assert shown(found, "deaths", "other") == "8"
    assert shown(found, "magnitude", "other") == "5"
    assert shown(found, "magnitude", "incident") == "[0..∞) | n/a"
