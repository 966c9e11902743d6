"""Acts of people: what they are called, and how an incident names them."""

import pytest

from planengine.domain.acts import acts_of
from planengine.linking.incidents.incident import read_incident
from planengine.linking.load import read_library
from tests.linking.libraries import BASE

HEAD = """kind: special
label: {zh: 测试, en: test}
jurisdiction: river-city
edition: {number: "1", in-force: 2026-01-01}
applies: {hazards: [accident]}
members: [{agency: hospital, role: lead}]
levels:
  - level: I
    approve: {post: commander}
    when: {judged: {id: needed, what: 认定需要启动, by: flood-hq}}
"""


@pytest.fixture
def library(tmp_path):
    paths = []
    for name in ("one", "two"):
        text = HEAD
        if name == "two":
            text += "  - {level: II, approve: {post: deputy}, when: {on-order: {id: told, what: 指令, by: flood-hq}}}\n"
        paths.append(tmp_path / f"{name}.yaml")
        paths[-1].write_text(f"plan: {name}\n{text}", encoding="utf-8")
    entities, findings, _ = read_library(BASE, extra=paths)
    assert findings == []
    return entities


def invoke(entities, clause):
    findings = []
    text = (
        "incident: i\nhazards: [accident]\nobservations:\n"
        f"  - {{at: 2026-07-20T08:00:00+08:00, invoke: {{clause: {clause}, by: flood-hq}}}}\n"
    )
    incident = read_incident(text, entities, findings)
    return [event.clause for event in incident.events], findings


def test_two_plans_may_call_an_act_the_same(library):
    assert {"one.needed", "two.needed", "two.told"} <= acts_of(library).keys()


@pytest.mark.parametrize(("clause", "meant"), [("one.needed", "one.needed"), ("told", "two.told")])
def test_an_act_that_one_plan_has_needs_no_plan(library, clause, meant):
    assert invoke(library, clause) == ([meant], [])


def test_an_act_that_two_plans_have_needs_its_plan(library):
    events, findings = invoke(library, "needed")
    assert events == []
    assert [f.message for f in findings] == ["`needed` can mean one.needed, two.needed"]


@pytest.mark.parametrize("clause", ["one.neded", "neded", "tolt"])
def test_no_such_act(library, clause):
    events, findings = invoke(library, clause)
    assert events == []
    assert [f.code for f in findings] == ["unknown-clause"]
    assert findings[0].hint.startswith("did you mean `")


def test_a_standard_and_a_plan_of_one_name_may_not_call_acts_the_same(tmp_path):
    standard = (
        "standard: one\nlabel: {zh: 甲}\nscale: grade\nauthority: hill-province\n"
        "edition: {number: 1}\napplies: {hazards: [accident]}\n"
        "levels: [{level: serious, when: {judged: {id: needed, what: 认定, by: flood-hq}}}]\n"
    )
    (tmp_path / "a.yaml").write_text(standard, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(f"plan: one\n{HEAD}", encoding="utf-8")
    _, findings, _ = read_library(BASE, extra=[tmp_path / "a.yaml", tmp_path / "b.yaml"])
    assert [(f.code, f.span.line, len(f.related)) for f in findings] == [("duplicate-id", 11, 1)]
