"""Which basis a rule shows: the most specific one there is."""

import pytest

from tests.linking.libraries import with_document

HEAD = """plan: based
kind: special
label: {zh: 测试, en: test}
jurisdiction: river-city
edition: {number: "1", in-force: 2026-01-01}
applies: {hazards: [accident]}
members: [{agency: hospital, role: lead}]
basis: {source: decree, clause: document}
"""
TABLE = """any:
  - deaths: {I: ≥ 30, II: ≥ 10}
  - {missing: {I: ≥ 30, II: ≥ 10}, basis: {source: decree, clause: row}}
"""
LEVELS = """levels:
  - {level: I, approve: {post: commander}, basis: {source: decree, clause: level}}
  - {level: II, approve: {post: commander}}
"""
MAPPING = "from: {decision: grade.accident, map: {重大: I, 较大: II}%s}\n"


def rules(folder, text):
    entities, findings = with_document(folder, HEAD + text)
    assert findings == []
    (plan,) = entities.plans["river-city/based"]
    return {(r.rank, r.text.split()[0]): r.basis[0].clause for r in plan.tracks[0].rules}


def test_a_row_before_the_level_before_the_document(tmp_path):
    assert rules(tmp_path, TABLE + LEVELS) == {
        (3, "deaths"): "level",
        (2, "deaths"): "document",
        (3, "missing"): "row",
        (2, "missing"): "row",
    }


def test_of_two_entries_of_a_level_the_one_without_a_condition_speaks_for_the_table(tmp_path):
    more = (
        "  - {level: I, verb: may, approve: {post: deputy}, when: {dyke-breach: true},\n"
        "     basis: {source: decree, clause: other}}\n"
    )
    found = rules(tmp_path, TABLE + LEVELS + more)
    assert found[3, "deaths"] == "level"
    assert found[3, "dyke-breach:"] == "other"


def test_a_track_before_the_document(tmp_path):
    tracks = "tracks:\n  one:\n    label: {zh: 甲}\n    basis: {source: decree, clause: track}\n"
    inner = "".join(f"    {line}\n" for line in (TABLE + LEVELS).splitlines())
    found = rules(tmp_path, tracks + inner)
    assert (found[2, "deaths"], found[3, "deaths"]) == ("track", "level")


@pytest.mark.parametrize(
    ("own", "first", "second"),
    [
        ("", "level", "document"),
        (", basis: {source: decree, clause: mapping}", "mapping", "mapping"),
    ],
)
def test_levels_taken_from_another_decision(tmp_path, own, first, second):
    from planengine.domain.registry import Registry
    from planengine.rules.compile import compile_rules

    entities, findings = with_document(tmp_path, HEAD + MAPPING % own + LEVELS)
    assert findings == []
    at = entities.plans["river-city/based"][0].edition.period.since
    compiled = compile_rules(entities, Registry(entities, at), [])
    unit = next(unit for unit in compiled.units if unit.document == "river-city/based")
    assert {r.rank: r.basis[0].clause for r in unit.rules} == {3: first, 2: second}
