"""A list as a stated value is one of its members."""

import pytest

from planengine.linking.incidents.incident import read_incident
from tests.linking.libraries import base


def read(value):
    findings = []
    text = (
        "incident: x\nhazards: [flood]\nobservations:\n"
        f"  - {{at: 2026-07-20T08:00:00+08:00, facts: {{deaths: {value}}}}}\n"
    )
    incident = read_incident(text, base(), findings)
    assert incident is not None
    return incident.events[0].facts, [one.code for one in findings]


def test_a_list_is_one_of_its_members():
    facts, codes = read("[1, 3]")
    assert (str(facts["deaths"]), codes) == ("1 | 3", [])


def test_a_list_with_an_unknown_member_may_be_anything():
    assert read("[1, unknown]") == ({"deaths": None}, [])


@pytest.mark.parametrize("value", ["[]", "[[1]]", "[1, {x: y}]", "{x: y}"])
def test_what_is_no_value_is_not_taken_for_unknown(value):
    facts, codes = read(value)
    assert (facts, codes) == ({}, ["plain-value-needed"])
