"""Where a key belongs that stands in another place of a plan."""

import pytest

from planengine.linking.conditions.entries import KEYWORDS
from planengine.model.incident import ObservationModel
from planengine.model.plan import PlanModel
from planengine.model.shapes import operators
from planengine.reading.homes import home_of
from planengine.reading.validate import build
from planengine.reading.yaml import read_document

START = """\
plan: p
kind: special
jurisdiction: river-city
edition: {number: "1"}
applies: {hazards: [accident]}
"""


def hints(text):
    findings = []
    node = read_document(START + text, "p.yaml", findings)
    build(node, PlanModel, findings)
    return [(one.code, one.hint) for one in findings]


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("lower:\nwhen: {deaths: 0}\n", "`lower`: indent it further"),
        ("levels:\n  - level: I\nwhen: {deaths: 3}\n", "an entry of `levels`: indent it further"),
        ("levels:\n  - level: I\n    judged: {what: x}\n", "`when`"),
        ("command: {office: a, actions: []}\n", "the document itself, at the margin"),
        ("links: [{from: I, channels: [a]}]\n", "an entry of `information`"),
        (
            "tracks:\n  flood:\n    levels: [{level: I}]\n    approve: a\n",
            "an entry of `levels`: indent it further",
        ),
        ("information:\n  body: a\n  hazards: [x]\n", "`when`"),
        ("actions:\n  - {id: a, do: x, judged: {what: x}}\n", "`on` or `when`"),
        (
            "levels:\n  - level: I\n    approve: {post: a}\n    or: {post: b}\n",
            "`approve`: indent it further",
        ),
        ("approve: a\nlevels: [{level: I}]\n", "an entry of `levels`"),
        ("approve: a\nend: {when: x}\nlevels: [{level: I}]\n", "an entry of `levels` or `end`"),
        ("propose: a\n", "an entry of `levels` or an entry of `warnings`"),
    ],
)
def test_where_it_belongs(text, home):
    found = [one for one in hints(text) if one[0] != "missing-key"]
    assert found[-1] == ("key-misplaced", f"it belongs in {home}")


def test_what_is_beside_another_thing_in_an_observation():
    text = "observations:\n  - at: x\n    done: {plan: p, action: a, by: b}\n"
    findings = []
    whole = read_document(text, "i.yaml", findings)
    build(whole.get("observations").items[0], ObservationModel, findings)
    assert [(one.code, one.hint) for one in findings] == [
        ("key-misplaced", "it belongs in the mapping around it, beside `done`")
    ]


def test_a_slip_of_a_key_here_is_one():
    assert hints("level: []\n") == [("unknown-key", "did you mean `levels`?")]


def test_what_belongs_in_too_many_places_has_no_hint():
    assert hints("members: [{agency: a, role: lead, when: x}]\n") == [("unknown-key", None)]


def test_what_belongs_nowhere_is_unknown():
    assert hints("links: [{area: x, from: I}]\n") == [("unknown-key", None)]
    assert home_of(PlanModel, "nothing") is None


def test_the_keys_of_conditions_are_those_that_are_read():
    assert set(operators()) == set(KEYWORDS)
