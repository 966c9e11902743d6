"""Decided once per object: each station or reservoir has a decision of its own."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from tests.assessment.conftest import Small, day

FACTS = """facts:
  stage: {label: {en: stage}, type: quantity, unit: m, subject: gauge, direction: up, roll-up: max, provider: county-hq}
  leak: {label: {en: leak}, type: flag, subject: gauge, direction: up, roll-up: any, reported: by-exception, provider: office}
  pump: {label: {en: pump}, type: flag, subject: gate, direction: none, roll-up: none}
object-kinds:
  gauge:
    label: {en: gauge}
    attributes:
      warning-stage: {label: {en: warning stage}, type: quantity, unit: m}
      size: {label: {en: size}, type: category, values: [{id: minor, label: {en: minor}}, {id: major, label: {en: major}}]}
  gate: {label: {en: gate}}
"""
OBJECTS = """objects:
  upper: {label: {en: Upper gauge}, kind: gauge, in: north, attributes: {warning-stage: 10 m, size: major}}
  lower: {label: {en: Lower gauge}, kind: gauge, in: south, attributes: {warning-stage: 20 m, size: minor}}
  sluice: {label: {en: Sluice}, kind: gate, in: south}
"""
GRADE = """standard: high
label: {en: high water}
scale: response
authority: city
edition: {number: "1", in-force: 2020-01-01}
applies: {hazards: [flood]}
per: gauge
any:
  - {row: stage, I: {stage: ≥ @warning-stage + 2 m}, II: {stage: ≥ @warning-stage, "@size": major}, III: {stage: ≥ @warning-stage}}
"""
PLAN = """per: gauge
define: {over: {stage: ≥ @warning-stage}, major: {"@size": major}}
levels:
  - {level: I, approve: {post: chief}, when: {all: [over, major, {deaths: ≥ 1}]}}
  - {level: II, approve: {post: chief}, when: {all: [over, major]}}
  - {level: III, approve: {post: deputy}, when: {any: [over, {judged: {id: looks-bad, what: looks bad, by: office}}]}}
end: {when: {stage: < @warning-stage - 1 m}}
warnings: [{level: red, when: {leak: true}, approve: {post: chief}}]
actions:
  - {id: read-often, from: III, executor: {role: county-hq}, do: read often, within: 1 h, of: start}
  - {id: plug, on: {leak: true}, executor: {role: county-hq}, do: plug}
  - {id: send, from: III, when: major, executor: office, do: send}
reports: [{id: told, from: III, when: {"@size": minor}, by: {role: county-hq}, to: office, within: 1 h, of: met}]
"""


@pytest.fixture
def gauges(small: Small) -> Small:
    vocabulary, registry = small.folder / "vocabulary.yaml", small.folder / "registry.yaml"
    vocabulary.write_text(
        vocabulary.read_text().replace("facts:\n", FACTS.partition("object-kinds")[0], 1)
        + "object-kinds"
        + FACTS.partition("object-kinds")[2]
    )
    registry.write_text(registry.read_text() + OBJECTS)
    return small


def standard(small: Small, text: str = GRADE) -> None:
    (small.folder / "plans" / "high.yaml").write_text(text)


def stage(gauge: str, value: Any, clock: str = "08:00") -> dict[str, Any]:
    return {"at": day(clock), "object": gauge, "facts": {"stage": value}}


def assess(
    small: Small, *observations: dict[str, Any], engine: Any = "kernel"
) -> planengine.Assessment:
    incident = {"incident": "x", "hazards": ["flood"], "observations": list(observations)}
    return planengine.load(small.folder).compile(engine=engine).assess(incident, at=day("12:00"))


def levels(found: planengine.Assessment) -> dict[str, tuple[str | None, str | None]]:
    return {one.id: (one.level, one.could_reach) for one in found.decisions}


def problems(small: Small) -> list[str]:
    try:
        return [str(one) for one in planengine.load(small.folder).check()]
    except planengine.PlanError as error:
        return [str(one) for one in error.diagnostics]


# Decisions


@pytest.mark.parametrize("engine", ["kernel", "both"])
def test_a_standard_is_decided_for_each_object(gauges: Small, engine: str) -> None:
    if engine == "both":
        pytest.importorskip("durable_rules_engine")
    standard(gauges)
    found = assess(gauges, stage("upper", 11), stage("lower", "[19..21]"), engine=engine)
    assert levels(found) == {"high@upper": ("II", "II"), "high@lower": (None, "III")}
    assert [one.area for one in found.decisions] == ["upper", "lower"]
    assert [str(one.cell) for one in found.ask] == ["stage@lower"]
    assert found.ask[0].provider == ("south-hq",)
    (reason,) = found.decisions[0].why
    assert [str(held.cell) for held in reason.held] == ["stage@upper"]


@pytest.mark.parametrize("engine", ["kernel", "both"])
def test_a_plan_is_decided_for_each_object(gauges: Small, engine: str) -> None:
    if engine == "both":
        pytest.importorskip("durable_rules_engine")
    gauges.plan("gauges", PLAN)
    deaths = {"at": day("08:00"), "area": "north", "facts": {"deaths": 0}}
    found = assess(gauges, stage("upper", 11), stage("lower", 21), deaths, engine=engine)
    assert levels(found) == {
        "warning:city/gauges@upper": (None, None),
        "warning:city/gauges@lower": (None, None),
        "city/gauges@upper": ("II", "II"),
        "city/gauges@lower": ("III", "III"),
    }
    assert {str(one.cell) for one in found.assumed} == {"leak@upper", "leak@lower"}


def test_a_fact_of_areas_is_read_of_the_area_that_the_object_lies_in(gauges: Small) -> None:
    gauges.plan("gauges", PLAN)
    dead = {"at": day("08:00"), "area": "north", "facts": {"deaths": 3}}
    found = levels(assess(gauges, stage("upper", 11), stage("lower", 1), dead))
    assert found["city/gauges@upper"] == ("I", "I")
    assert found["city/gauges@lower"] == (None, None)


# What hangs on them


def test_actions_and_reports_are_those_of_the_objects_they_concern(gauges: Small) -> None:
    gauges.plan("gauges", PLAN)
    leak = {"at": day("09:00"), "object": "lower", "facts": {"leak": True}}
    found = assess(gauges, stage("upper", 11), stage("lower", 21), leak)
    by = {
        one.id.partition(":")[2]: (one.bodies, [a.area for a in one.asked]) for one in found.actions
    }
    assert by["plug"] == (("south-hq",), ["lower"])
    assert by["send"] == (("office",), ["upper"])
    rows = [
        (one.bodies, [a.area for a in one.asked])
        for one in found.actions
        if one.asked[0].action == "read-often"
    ]
    assert sorted(rows) == [(("north-hq",), ["upper"]), (("south-hq",), ["lower"])]
    assert [one.by for one in found.reports] == [("south-hq",)]
    red = next(one for one in found.decisions if one.id == "warning:city/gauges@lower")
    assert red.level == "red"


def test_people_start_and_end_one_of_them_or_all(gauges: Small) -> None:
    gauges.plan("gauges", PLAN)
    facts = stage("upper", 11), stage("lower", 21)
    start = {"at": day("09:00"), "decide": {"plan": "gauges", "level": "II", "by": "chief"}}

    def state(*people: dict[str, Any]) -> dict[str, tuple[str | None, str]]:
        found = assess(gauges, *facts, *people)
        return {
            one.area: (one.in_force, one.proposal)
            for one in found.decisions
            if one.purpose == "level"
        }

    assert state() == {"upper": (None, "start"), "lower": (None, "start")}
    assert state({**start, "object": "upper"}) == {
        "upper": ("II", "keep"),
        "lower": (None, "start"),
    }
    assert state(start) == {"upper": ("II", "keep"), "lower": ("II", "keep")}
    ended = {"at": day("10:00"), "object": "lower", "decide": {"plan": "gauges", "level": "none"}}
    assert state(start, ended)["upper"] == ("II", "keep")
    assert state(start, ended)["lower"][0] is None
    due = {
        one.asked[0].area: one.deadline.due
        for one in assess(gauges, *facts, {**start, "object": "upper"}).actions
        if one.asked[0].action == "read-often" and one.deadline is not None
    }
    assert due["lower"] is None
    assert due["upper"] is not None


def test_an_act_is_made_for_one_of_them_or_for_all(gauges: Small) -> None:
    gauges.plan("gauges", PLAN)
    facts = stage("upper", 1), stage("lower", 1)
    act = {"at": day("09:00"), "invoke": {"clause": "looks-bad", "by": "office"}}
    offered = assess(gauges, *facts)
    assert [(one.decision, one.place, one.level) for one in offered.may_invoke] == [
        ("city/gauges@upper", "upper", "III"), ("city/gauges@lower", "lower", "III"),
    ]  # fmt: skip
    one = assess(gauges, *facts, {**act, "object": "upper"})
    assert [d.area for d in one.decisions if d.level] == ["upper"]
    assert [invocable.place for invocable in one.may_invoke] == ["lower"]
    every = assess(gauges, *facts, act)
    assert [d.area for d in every.decisions if d.level] == ["upper", "lower"]


def test_an_action_is_done_at_one_of_them(gauges: Small) -> None:
    gauges.plan(
        "gauges",
        PLAN.replace("executor: {role: county-hq}, do: read", "executor: office, do: read"),
    )
    facts = stage("upper", 11), stage("lower", 21)
    done = {"at": day("09:00"), "done": {"plan": "gauges", "action": "read-often"}}

    def done_at(*people: dict[str, Any]) -> int | None:
        rows = [
            one for one in assess(gauges, *facts, *people).actions if one.id.endswith("read-often")
        ]
        assert [sorted(a.area for a in row.asked) for row in rows] == [["lower", "upper"]]
        return rows[0].done_at

    assert done_at() is None
    assert done_at({**done, "object": "upper"}) is None
    assert done_at({**done, "object": "upper"}, {**done, "object": "lower"}) is not None
    assert done_at(done) is not None


# Reading them

READER = """levels:
  - {level: I, approve: {post: chief}, when: {response.high@upper: I}}
  - {level: II, approve: {post: chief}, when: {count: {over: gauge, where: {response.high: II}, is: ≥ 2}}}
  - {level: III, approve: {post: chief}, when: {response.high: III}}
"""


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [(1, 1, None), (1, 21, "III"), (11, 1, "III"), (1, 22, "III"), (11, 22, "II"), (12, 1, "I")],
)
def test_what_is_decided_per_object_is_read_of_one_of_any_and_counted(
    gauges: Small, upper: int, lower: int, expected: str | None
) -> None:
    standard(gauges)
    gauges.plan("reader", READER)
    found = levels(assess(gauges, stage("upper", upper), stage("lower", lower)))
    assert found["city/reader@city"][0] == expected


def test_one_thing_decided_per_object_reads_another_of_the_same_object(gauges: Small) -> None:
    standard(gauges)
    gauges.plan(
        "gauges",
        "per: gauge\nlevels: [{level: II, approve: {post: chief}, when: {response.high: III}}]\n",
    )
    found = levels(assess(gauges, stage("upper", 1), stage("lower", 21)))
    assert found["city/gauges@lower"] == ("II", "II")
    assert found["city/gauges@upper"] == (None, None)


def test_links_run_to_and_from_the_objects(gauges: Small) -> None:
    gauges.plan(
        "gauges",
        PLAN
        + "links: [{from: II, activate: rescue, level: III}, {from: III, activate: others, level: II}]\n",
    )
    gauges.plan("rescue", "levels: [{level: III, approve: {post: chief}, when: {deaths: ≥ 9}}]\n")
    gauges.plan(
        "others", "per: gauge\nlevels: [{level: II, approve: {post: chief}, when: {deaths: ≥ 9}}]\n"
    )
    found = levels(assess(gauges, stage("upper", 11), stage("lower", 1)))
    assert found["city/rescue@city"][0] == "III"
    assert found["city/others@upper"][0] == "II"  # the same object's, and no other's
    assert found["city/others@lower"][0] is None
    low = levels(assess(gauges, stage("upper", 1), stage("lower", 21)))
    assert low["city/rescue@city"][0] is None


def test_a_city_plan_lifts_every_object(gauges: Small) -> None:
    gauges.plan("gauges", PLAN)
    gauges.plan(
        "city",
        "levels: [{level: II, approve: {post: chief}, when: {deaths: ≥ 1}}]\nlinks: [{from: II, activate: gauges, level: III}]\n",
    )
    found = levels(
        assess(
            gauges,
            stage("upper", 1),
            stage("lower", 1),
            {"at": day("08:00"), "facts": {"deaths": 2}},
        )
    )
    assert (found["city/gauges@upper"][0], found["city/gauges@lower"][0]) == ("III", "III")


def test_a_warning_issued_for_an_object_stands_for_it_alone(gauges: Small) -> None:
    gauges.plan("gauges", PLAN)
    issue = {"at": day("09:00"), "object": "upper", "issued": {"warning.gauges": "red"}}
    found = assess(gauges, stage("upper", 1), issue)
    assert {one.area: one.issued for one in found.decisions if one.purpose == "warning"} == {
        "upper": "red",
        "lower": None,
    }


# What cannot be meant


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("per: gaug\nlevels: [{level: II, when: {stage: ≥ 3 m}}]\n", "unknown-object-kind"),
        ("per: conty\nlevels: [{level: II, when: {deaths: ≥ 3}}]\n", "unknown-tier"),
        ("per: gauge\nlevels: [{level: II, when: {pump: true}}]\n", "wrong-place"),
        ("per: gate\nlevels: [{level: II, when: {'@size': major}}]\n", "unknown-attribute"),
        (("per: gauge\ndefine: {major: {'@size': major}}\nlevels: [{level: II, when: major}]\n"
         "links: [{when: major, cascade: flood}]\n"), "attribute-elsewhere"),
    ],
)  # fmt: skip
def test_mistakes_are_told(gauges: Small, body: str, expected: str) -> None:
    gauges.plan("gauges", body)
    assert [one for one in problems(gauges) if f"[{expected}]" in one], problems(gauges)


def test_a_plan_per_something_of_which_there_is_none_is_told(gauges: Small) -> None:
    registry = gauges.folder / "registry.yaml"
    registry.write_text(
        registry.read_text().replace(
            "kind: gate, in: south", "kind: gauge, in: south, attributes: {warning-stage: 1 m}"
        )
    )
    gauges.plan(
        "gates",
        "per: gate\nlevels: [{level: II, approve: {post: chief}, when: {pump: true}}]\n"
        "end: {when: {pump: false}}\n",
    )
    (found,) = problems(gauges)
    assert "[nothing-decided]" in found


def test_a_reading_at_an_object_of_another_kind_is_told(gauges: Small) -> None:
    standard(gauges)
    gauges.plan(
        "reader", "levels: [{level: I, approve: {post: chief}, when: {response.high@sluice: I}}]\n"
    )
    assert any("[no-such-decision]" in one for one in problems(gauges))


@pytest.mark.parametrize(
    "deed",
    [
        {"object": "sluice", "decide": {"plan": "gauges", "level": "II"}},
        {"area": "north", "decide": {"plan": "gauges", "level": "II"}},
        {"object": "upper", "decide": {"plan": "whole", "level": "II"}},
        {"object": "upper", "invoke": {"clause": "whole.all-bad"}},
        {"object": "sluice", "invoke": {"clause": "looks-bad"}},
        {"object": "sluice", "done": {"plan": "gauges", "action": "send"}},
    ],
)
def test_a_deed_for_a_place_that_has_no_decision_of_its_own_is_told(
    gauges: Small, deed: dict[str, Any]
) -> None:
    gauges.plan("gauges", PLAN)
    gauges.plan(
        "whole",
        "levels: [{level: II, approve: {post: chief}, when: {judged: {id: all-bad, what: bad}}}]\n",
    )
    with pytest.raises(planengine.PlanError) as raised:
        assess(gauges, {"at": day("09:00"), **deed})
    assert [one.code for one in raised.value.diagnostics] == ["key-unsuited"]
    city = {"at": day("09:00"), "area": "city", "decide": {"plan": "whole", "level": "II"}}
    assert [d.in_force for d in assess(gauges, city).decisions if d.plan == "city/whole"] == ["II"]


def test_levels_mapped_raised_and_ended_are_those_of_the_same_object(gauges: Small) -> None:
    standard(gauges)
    body = """per: gauge
from: {decision: response.high, map: {III: III, II: II}}
levels: [{level: I, approve: {post: chief}}, {level: II, approve: {post: chief}}, {level: III, approve: {post: chief}}]
raise-by: {when: {leak: true}}
end: {when: {lasting: {where: {stage: < @warning-stage}, is: ≥ 1 h}}}
"""
    gauges.plan("gauges", body)
    leak = {"at": day("09:00"), "object": "upper", "facts": {"leak": True}}
    start = {"at": day("09:00"), "decide": {"plan": "gauges", "level": "III"}}
    found = assess(gauges, stage("upper", 11), stage("lower", 1), leak, start)
    plan = {one.area: (one.level, one.proposal) for one in found.decisions if one.plan}
    assert plan == {"upper": ("I", "raise"), "lower": (None, "end")}


def test_two_objects_of_one_area_are_not_each_other(gauges: Small) -> None:
    registry = gauges.folder / "registry.yaml"
    text = registry.read_text()
    registry.write_text(text.replace("kind: gauge, in: south", "kind: gauge, in: north"))
    link = "links: [{from: II, activate: others, level: III}]\n"
    gauges.plan("gauges", PLAN + link)
    others = """per: gauge
levels:
  - {level: II, approve: {post: chief}, when: {response.gauges: I}}
  - {level: III, approve: {post: chief}, when: {deaths: ≥ 99}}
"""
    gauges.plan("others", others)
    standard(gauges)
    gauges.plan(
        "third",
        "per: gauge\nlevels: [{level: II, approve: {post: chief}, when: {response.high: II}}]\n",
    )
    dead = {"at": day("08:00"), "area": "north", "facts": {"deaths": 1}}
    found = levels(assess(gauges, stage("upper", 11), stage("lower", 1), dead))
    assert found["city/others@upper"][0] == "II"
    assert found["city/others@lower"][0] is None
    assert (found["city/third@upper"][0], found["city/third@lower"][0]) == ("II", None)
