"""Plans named by an id, a label, or `<jurisdiction>/<plan>`: in links, incidents, conditions."""

import pytest

from planengine.domain.statements import PutInForce
from planengine.linking.incidents.incident import read_incident
from planengine.linking.load import read_library
from tests.linking.libraries import BASE

AT = "at: 2026-07-20T08:00:00+08:00"
HEAD = """kind: special
edition: {number: "1", in-force: 2026-01-01}
applies: {hazards: [accident]}
members: [{agency: hospital, role: lead}]
levels:
  - {level: I, approve: {post: commander}, when: {deaths: ≥ 3}}
"""
COUNTY = f"plan: flood\nlabel: {{zh: 北县防汛预案}}\njurisdiction: north-county\n{HEAD}"
SOUTH = f"plan: flood\nlabel: {{zh: 南县防汛预案}}\njurisdiction: south-county\n{HEAD}"


def library(folder, *documents):
    files = []
    for number, text in enumerate(documents):
        files.append(folder / f"more-{number}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    return read_library(BASE, extra=files)[:2]


def read_in(entities, line):
    findings = []
    text = f"incident: i\nhazards: [accident]\nobservations:\n  - {{{AT}, {line}}}\n"
    return read_incident(text, entities, findings), findings


def linked(folder, target, *, area="river-city", others=(COUNTY, SOUTH)):
    own = f"plan: giver\nlabel: {{zh: 甲}}\njurisdiction: {area}\n{HEAD}"
    text = f"{own}links: [{{from: I, activate: {target}, level: I}}]\n"
    entities, findings = library(folder, text, *others)
    links = entities.plans[f"{area}/giver"][0].links
    return [(one.target, one.target_track) for one in links], [(f.code, f.hint) for f in findings]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("accident-response", ("accident-response", None)),
        ("river-city/accident-response", ("accident-response", None)),
        ("河市/accident-response", ("accident-response", None)),
        ("河市事故预案", ("accident-response", None)),
        ("flood/drought", ("flood", "drought")),
        ("river-city/flood/drought", ("flood", "drought")),
        ("河市防汛抗旱预案/抗旱", ("flood", "drought")),
        ("north-county/flood", ("north-county/flood", None)),
        ("北县防汛预案", ("north-county/flood", None)),
    ],
)
def test_either_spelling_names_the_plan(tmp_path, target, expected):
    assert linked(tmp_path, target) == ([expected], [])


def test_an_id_that_only_several_others_have_means_each_of_them(tmp_path):
    plans = [one.replace("plan: flood", "plan: rescue") for one in (COUNTY, SOUTH)]
    assert linked(tmp_path, "rescue", others=plans) == ([("rescue", None)], [])


@pytest.mark.parametrize(
    ("target", "code", "hint"),
    [
        ("north-county/floood", "unknown-plan", "did you mean `north-county/flood`?"),
        ("acident-response", "unknown-plan", "did you mean `accident-response`?"),
        ("north-county/flood/flood", "unknown-track", None),
    ],
)
def test_what_no_plan_has(tmp_path, target, code, hint):
    _, findings = linked(tmp_path, target)
    assert [one for one, _ in findings] == [code]
    if hint is not None:
        assert findings[0][1] == hint


def test_a_label_of_several_plans_is_ambiguous(tmp_path):
    alike = [COUNTY, SOUTH.replace("plan: flood", "plan: rescue").replace("南县", "北县")]
    links, findings = linked(tmp_path, "北县防汛预案", others=alike)
    assert links == []
    assert [code for code, _ in findings] == ["ambiguous-name"]


@pytest.mark.parametrize("plan", ["north-county/flood", "北县防汛预案", "北县/flood"])
def test_an_incident_names_a_county_s_plan(tmp_path, plan):
    entities, _ = library(tmp_path, COUNTY)
    incident, findings = read_in(entities, f"decide: {{plan: {plan}, level: I}}")
    assert findings == []
    (put,) = incident.events
    assert isinstance(put, PutInForce)
    assert (put.plan, put.rank) == ("north-county/flood", 3)


def test_an_incident_s_bare_id_is_the_home_plan(tmp_path):
    entities, _ = library(tmp_path, COUNTY)
    incident, findings = read_in(entities, "decide: {plan: flood, track: drought, level: I}")
    assert (findings, incident.events[0].plan) == ([], "river-city/flood")


def test_an_incident_s_id_of_several_other_plans_is_ambiguous(tmp_path):
    plans = [one.replace("plan: flood", "plan: rescue") for one in (COUNTY, SOUTH)]
    entities, _ = library(tmp_path, *plans)
    _, findings = read_in(entities, "decide: {plan: rescue, level: I}")
    assert [(f.code, len(f.related)) for f in findings] == [("ambiguous-name", 2)]
    assert "north-county/rescue" in findings[0].message
