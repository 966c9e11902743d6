"""Duties: when they begin and end, what is told of them, and what several plans ask together."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

import planengine
from planengine.assessment.results import Asked, ReportItem
from planengine.values.times import format_time
from tests.assessment.conftest import Small, day, stated
from tests.shipped import ROOT

LEVELS = """
levels:
  - {level: I, when: {deaths: ≥ 10}}
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {level: ≥ 5}}
"""


def clock(time: int | None) -> str | None:
    return None if time is None else format_time(time, "Asia/Shanghai")[11:16]


def asked(found: planengine.Assessment, action: str) -> Asked:
    (one,) = (one for row in found.actions for one in row.asked if one.action == action)
    return one


def due(found: planengine.Assessment, action: str) -> tuple[str | None, bool, bool]:
    """(when, overdue, at once)"""
    limit = asked(found, action).deadline
    assert limit is not None
    return clock(limit.due), limit.overdue, limit.at_once


def test_a_limit_runs_from_when_all_conditions_of_the_duty_held(small: Small) -> None:
    small.plan(
        "dam",
        LEVELS
        + "actions: [{id: warn, from: II, executor: office, do: warn, within: 1 h, of: met, when: {breach: true}}]\n",
    )
    told = (stated("08:00", deaths=4), stated("13:00", breach=True))
    assert due(small.assess(*told, at="13:30"), "warn") == ("14:00", False, False)
    assert due(small.assess(*told, at="14:30"), "warn") == ("14:00", True, False)


def test_a_limit_runs_from_when_it_was_known(small: Small) -> None:
    small.plan(
        "dam",
        LEVELS
        + "actions: [{id: warn, from: II, executor: office, do: warn, within: 1 h, of: met}]\n",
    )
    late = {**stated("08:00", deaths=4), "received": day("13:00")}
    found = small.assess(stated("07:00", level=1), late, at="13:30")
    assert due(found, "warn") == ("14:00", False, False)
    one = asked(found, "warn")
    assert (clock(one.met), clock(one.known)) == ("08:00", "13:00")


@pytest.mark.parametrize(
    ("reached", "at", "limit"),
    [
        ("20:00", "21:00", ("00:00", False, False)),
        ("06:00", "07:00", ("00:00", False, False)),
    ],
)
def test_a_release_counts_from_what_happened(
    small: Small, reached: str, at: str, limit: tuple[str, bool, bool]
) -> None:
    text = "information: {body: office, first-within: 24 h, of: occurrence}\n"
    small.plan("dam", LEVELS + text)
    happened = {"occurrence": "2026-07-01T00:00:00+08:00"}
    found = small.assess(stated(reached, deaths=4), at=at, moments=happened)
    (release,) = found.reports
    assert release.deadline is not None
    assert (
        clock(release.deadline.due),
        release.deadline.overdue,
        release.deadline.at_once,
    ) == limit
    before = {"occurrence": "2026-06-30T00:00:00+08:00"}
    (late,) = small.assess(stated(reached, deaths=4), at=at, moments=before).reports
    assert late.deadline is not None
    assert late.deadline.at_once
    assert not late.deadline.overdue
    (much_later,) = small.assess(stated(reached, deaths=4), at="23:59", moments=before).reports
    assert much_later.deadline is not None
    assert not much_later.deadline.overdue


def test_reports_and_releases_are_reported_made(small: Small) -> None:
    text = """
reports: [{id: up, from: III, by: office, to: government, within: 1 h, of: met}]
information: {body: office, first-within: 2 h, of: met}
links: [{from: III, report: health, within: 1 h, of: met}]
"""
    small.plan("dam", LEVELS + text)
    told = stated("08:00", deaths=0, level=6)

    def late(*events: dict[str, Any]) -> dict[str, tuple[bool, str | None]]:
        found = small.assess(told, *events, at="12:00")
        return {
            r.report: (r.deadline is not None and r.deadline.overdue, clock(r.done_at))
            for r in found.reports
        }

    (link,) = (r for r in small.assess(told, at="12:00").reports if r.report == "link-1")
    assert (link.by, link.to) == (("office",), ("health",))
    everything = late()
    assert len(everything) == 3
    assert set(everything.values()) == {(True, None)}
    for name in everything:
        key = "release" if name == "first" else "report"
        made = {"at": day("08:30"), "reported": {"plan": "dam", key: name}}
        after = late(made)
        assert after[name] == (False, "08:30")
        assert [one for key, one in after.items() if key != name] == [(True, None)] * 2


def test_the_json_form_says_what_the_values_say(small: Small) -> None:
    text = """
actions: [{id: patrol, from: III, executor: office, do: patrol, to: health, within: 1 h, of: receipt, repeat: 2 h}]
reports: [{id: up, from: III, by: office, to: government, within: 1 h, of: receipt, content: [deaths]}]
"""
    small.plan("dam", LEVELS + text)
    late = {**stated("08:00", deaths=0, level=6), "received": day("09:30")}
    found = small.assess(
        stated("07:00", level=1),
        late,
        {"at": day("09:40"), "done": {"plan": "dam", "action": "patrol"}},
        at="10:00",
        moments={"receipt": day("07:30")},
    )
    told = found.to_dict()
    (patrol,) = told["actions"]
    (one,) = patrol["asked"]
    assert (one["met"], one["known"]) == (day("08:00"), day("09:30"))
    assert one["done"] == [day("09:40")]
    assert one["done_at"] == patrol["done_at"] == day("09:40")
    assert patrol["deadline"] == one["deadline"]
    assert patrol["deadline"]["due"] == day("10:30")
    assert patrol["deadline"]["again"] == day("12:30")
    assert patrol["deadline"]["repeat"] == 7200
    assert patrol["deadline"]["counted_from"] == patrol["deadline"]["anchor_at"] == day("07:30")
    assert (patrol["certainty"], patrol["to"], patrol["addressees"][0]["bodies"]) == (
        "certain",
        ["health"],
        ["health"],
    )
    (up,) = told["reports"]
    assert (up["met"], up["known"], up["done"], up["done_at"]) == (
        day("08:00"),
        day("09:30"),
        [],
        None,
    )
    assert (up["deadline"]["due"], up["deadline"]["at_once"], up["deadline"]["overdue"]) == (
        day("08:30"),
        True,
        False,
    )
    assert (up["by"], up["to"], up["content"], up["governs"]) == (
        ["office"],
        ["government"],
        ["deaths"],
        True,
    )
    assert up["senders"][0]["bodies"] == ["office"]
    assert told["recheck_at"] == day("10:30").replace(":00+", ":01+")


LADDER = """
actions:
  - {id: call, from: III, executor: {post: chief}, do: call back, within: 10 min, of: met}
  - {id: second, on: {overdue: call}, executor: {post: deputy}, do: call instead, within: 10 min, of: met}
  - {id: third, on: {overdue: second}, executor: government, do: take over, within: 5 min, of: met}
"""


def test_a_ladder_goes_up_while_nobody_answers(small: Small) -> None:
    small.plan("dam", LEVELS + LADDER)

    def shown(at: str, *events: dict[str, Any]) -> dict[str, tuple[str | None, bool, bool]]:
        found = small.assess(stated("08:00", deaths=0, level=6), *events, at=at)
        return {one.action: due(found, one.action) for row in found.actions for one in row.asked}

    assert shown("08:10") == {"call": ("08:10", False, False)}
    assert shown("08:15") == {"call": ("08:10", True, False), "second": ("08:20", False, False)}
    assert shown("08:30") == {
        "call": ("08:10", True, False),
        "second": ("08:20", True, False),
        "third": ("08:25", True, False),
    }
    called = {"at": day("08:18"), "done": {"plan": "dam", "action": "call"}}
    assert shown("08:30", called) == {"call": ("08:10", False, False)}
    instead = {"at": day("08:18"), "done": {"plan": "dam", "action": "second"}}
    assert shown("08:30", instead) == {
        "call": ("08:10", True, False),
        "second": ("08:20", False, False),
    }


def test_what_is_indicated_is_apart_and_never_overdue(small: Small) -> None:
    text = """
reports:
  - {id: up, from: II, by: office, to: government, within: 1 h, of: receipt, as: indicated}
  - {id: other, from: II, by: office, to: health, within: 1 h, of: receipt}
"""
    small.plan("dam", LEVELS + text)
    told = {"at": day("08:00"), "facts": {"deaths": "[2..55]"}}
    found = small.assess(told, at="12:00", moments={"receipt": day("08:00")})
    (up,) = found.reports
    assert (up.report, up.certainty, up.level) == ("up", "indicated", "I")
    assert up.deadline is not None
    assert (clock(up.deadline.due), up.deadline.overdue) == ("09:00", False)


def test_an_officer_is_told_the_post(small: Small) -> None:
    text = """
actions:
  - {id: sign, from: III, executor: {post: chief, or: {post: deputy}}, do: sign, verb: may, within: 1 h, of: met}
  - {id: both, from: III, executor: {post: chief, or: {post: clerk}, jointly: true}, do: inspect, within: 1 h, of: met}
"""
    small.plan("dam", LEVELS + text)
    found = small.assess(stated("08:00", deaths=0, level=6), at="08:30")
    rows = {row.asked[0].action: row for row in found.actions}
    (chief,) = rows["sign"].executors
    assert (chief.post, chief.bodies) == ("chief", ("office",))
    assert [other.post for other in chief.others] == ["deputy"]
    assert rows["sign"].verb_label.text("en") == "may"
    assert rows["sign"].bodies == ("office",)
    (joint,) = rows["both"].executors
    assert joint.executor.jointly
    assert rows["both"].bodies == ("office", "health")
    told = next(a for a in found.to_dict()["actions"] if a["id"] == "city/dam:sign")
    assert told["executors"][0]["post"] == "chief"
    assert told["executors"][0]["bodies"] == ["office"]
    assert told["executors"][0]["alternates"][0]["post"] == "deputy"
    assert told["verb_label"] == {"en": "may"}


def test_of_a_hazard_that_joined_later_limits_run_from_its_joining(small: Small) -> None:
    vocabulary = small.folder / "vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(
        text.replace("hazards: {flood:", "hazards: {slide: {label: {en: slide}}, flood:"),
        encoding="utf-8",
    )
    small.plan("dam", LEVELS + "links: [{from: II, cascade: slide}]\n")
    small.plan(
        "slope",
        LEVELS + "reports: [{on: {deaths: ≥ 1}, to: government, within: 1 h, of: occurrence}]\n",
    )
    slope = small.folder / "plans" / "slope.yaml"
    slope.write_text(
        slope.read_text(encoding="utf-8").replace("hazards: [flood]", "hazards: [slide]"),
        encoding="utf-8",
    )
    told = (stated("07:00", deaths=1), stated("12:00", deaths=4))
    happened = {"occurrence": day("06:00")}
    assert small.assess(told[0], at="11:00", moments=happened).reports == ()
    (report,) = small.assess(*told, at="12:30", moments=happened).reports
    assert report.deadline is not None
    assert (clock(report.deadline.due), report.deadline.overdue) == ("13:00", False)


# Merging


def merged(small: Small, texts: tuple[str, ...]) -> planengine.Assessment:
    for number, text in enumerate(texts):
        small.plan(f"p{number}", LEVELS + f"actions:\n  - {{{text}}}\n")
    return small.assess(stated("08:00", deaths=0, level=6), at="08:30")


ONE = "id: a, from: III, executor: office, do: watch, verb: may, within: 2 h, of: met, to: health"
TWO = (
    "id: b, from: III, executor: office, do: watch, verb: must, within: 20 min, of: met, to: power"
)
THREE = "id: c, from: III, executor: {post: chief}, do: watch, verb: should, within: 1 h, of: met"


@pytest.mark.parametrize("texts", list(itertools.permutations((ONE, TWO, THREE))))
def test_merging_keeps_everybody_and_the_strictest(small: Small, texts: tuple[str, ...]) -> None:
    (row,) = merged(small, texts).actions
    assert row.verb == "must"
    assert row.deadline is not None
    assert (clock(row.deadline.due), row.deadline.overdue) == ("08:20", True)
    assert set(row.to) == {"health", "power"}
    assert {actor.executor.id for actor in row.executors} == {"office", "chief"}
    assert [one.action for one in row.asked] == ["b", "c", "a"]


def test_a_deed_counts_for_the_same_executor_and_addressee(small: Small) -> None:
    for name, to in (("p0", "health"), ("p1", "health"), ("p2", "power")):
        small.plan(
            name,
            LEVELS
            + f"actions: [{{id: {name}, from: III, executor: office, do: watch, within: 10 min, of: met, to: {to}}}]\n",
        )
    done = {"at": day("08:05"), "done": {"plan": "p0", "action": "p0"}}
    found = small.assess(stated("08:00", deaths=0, level=6), done, at="08:30")
    (row,) = found.actions
    assert {one.action: clock(one.done_at) for one in row.asked} == {
        "p0": "08:05",
        "p1": "08:05",
        "p2": None,
    }
    assert row.done_at is None
    assert row.deadline is not None
    assert row.deadline.overdue
    assert row.asked[0].action == "p2"


def test_the_tightest_report_to_a_body_governs_and_one_made_counts_for_all(small: Small) -> None:
    for name, within in (("p0", "2 h"), ("p1", "1 h")):
        small.plan(
            name,
            LEVELS
            + f"reports: [{{id: up, from: III, by: office, to: government, within: {within}, of: met}}]\n",
        )
    told = stated("08:00", deaths=0, level=6)
    found = small.assess(told, at="08:30")
    assert [(r.document, r.governs) for r in found.reports] == [
        ("city/p1", True),
        ("city/p0", False),
    ]
    made = {"at": day("08:20"), "reported": {"plan": "p1", "report": "up"}}
    after = small.assess(told, made, at="12:00")
    assert [clock(r.done_at) for r in after.reports] == ["08:20", "08:20"]


# Beginnings and ends


def test_another_text_at_another_level_is_another_duty(small: Small) -> None:
    text = """
actions:
  - {id: watch, from: III, executor: office, do: watch, within: 1 h, of: met}
  - {id: watch, from: II, executor: office, do: watch closely, within: 1 h, of: met}
"""
    small.plan("dam", LEVELS + text)
    done = {"at": day("08:10"), "done": {"plan": "dam", "action": "watch"}}
    low = small.assess(stated("08:00", deaths=0, level=6), done, at="08:30")
    assert clock(asked(low, "watch").done_at) == "08:10"
    high = small.assess(
        stated("08:00", deaths=0, level=6), done, stated("09:00", deaths=3), at="09:30"
    )
    one = asked(high, "watch")
    assert (clock(one.met), one.done_at) == ("09:00", None)


def test_the_same_work_at_another_level_goes_on(small: Small) -> None:
    text = """
actions:
  - {id: watch, from: III, executor: office, do: watch, verb: may, within: 1 h, of: met}
  - {id: watch, from: II, executor: office, do: watch, verb: must, within: 1 h, of: met}
"""
    small.plan("dam", LEVELS + text)
    done = {"at": day("08:10"), "done": {"plan": "dam", "action": "watch"}}
    high = small.assess(
        stated("08:00", deaths=0, level=6), done, stated("09:00", deaths=3), at="09:30"
    )
    one = asked(high, "watch")
    assert (clock(one.met), clock(one.done_at), one.verb) == ("08:00", "08:10", "must")


# The shipped examples


@pytest.fixture(scope="module")
def shipped_engine() -> planengine.Engine:
    return planengine.load(ROOT).compile()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chemical-explosion", "earthquake", "flood-day"])
def test_nothing_is_born_overdue(shipped_engine: planengine.Engine, name: str) -> None:
    engine = shipped_engine
    incident = engine.library.read_incident(ROOT / "examples" / f"{name}.yaml")
    moments = sorted({max(e.stamp.at, e.stamp.received) for e in incident.events})
    for moment in moments[:: max(1, len(moments) // 5)]:
        found = engine.assess(incident, at=moment)
        for item in _owed(found):
            limit = item.deadline
            if limit is not None and limit.overdue:
                assert item.certainty == "certain"
                assert item.known is not None
                assert item.known < moment
                assert limit.due is not None
                assert item.known <= limit.due < moment


def _owed(found: planengine.Assessment) -> list[Asked | ReportItem]:
    return [*(one for row in found.actions for one in row.asked), *found.reports]


def test_what_ended_an_earlier_duty_does_not_end_the_next(small: Small) -> None:
    """Hourly until it is repaired: that it was repaired once says nothing of the next breach."""
    actions = """
actions:
  - {id: look, on: {breach: true}, executor: office, do: look, repeat: 1 h, of: met, until: done.repair}
  - {id: repair, on: {breach: true}, executor: office, do: repair, within: 2 h, of: met}
"""
    small.plan("dam", LEVELS + actions)
    told = [
        stated("08:00", breach=True),
        {"at": day("08:30"), "done": {"plan": "dam", "action": "repair"}},
        stated("08:40", breach=False),
        stated("10:00", breach=True),
    ]
    (first,) = (
        one for one in small.assess(*told[:2], at="09:30").actions if one.do.text("en") == "look"
    )
    assert first.deadline is not None
    assert (first.deadline.due, clock(first.deadline.ended)) == (None, "08:30")
    assert due(small.assess(*told, at="10:30"), "look") == ("11:00", False, False)
    assert due(small.assess(*told, at="11:30"), "look") == ("11:00", True, False)


def test_what_was_done_for_another_plan_stays_done_when_that_plan_asks_no_more(
    small: Small,
) -> None:
    text = (
        "actions: [{id: NAME, from: III, executor: office, do: warn them, within: 1 h, of: met}]\n"
    )
    small.plan("dam", LEVELS + text.replace("NAME", "warn"))
    small.plan(
        "weir", "levels: [{level: III, when: {calm: false}}]\n" + text.replace("NAME", "tell")
    )
    told = [
        stated("08:00", level=6, calm=False),
        {"at": day("08:30"), "done": {"plan": "weir", "action": "tell"}},
        stated("09:00", calm=True),
    ]
    for at, asking in (("08:40", ["dam", "weir"]), ("09:30", ["dam"])):
        (row,) = small.assess(*told, at=at).actions
        assert [one.plan for one in row.asked] == [f"city/{name}" for name in asking]
        assert (clock(row.done_at), row.deadline and row.deadline.overdue) == ("08:30", False)
    text = (
        "actions:\n  - {id: tell, from: III, executor: office, do: warn them}\n"
        "  - {id: tell, from: II, executor: office, do: move them}\n"
    )
    two = "levels: [{level: III, when: {calm: false}}, {level: II, when: {breach: true}}]\n"
    small.plan("weir", two + text)  # which of its two was done is not said
    (row,) = small.assess(*told, at="09:30").actions
    assert (row.done_at, row.deadline and row.deadline.overdue) == (None, True)


TWO = """
levels:
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {deaths: ≥ 1}}
actions:
  - {id: a, from: III, executor: office, do: look, when: {level: ≥ 5}}
  - {id: a, from: II, executor: office, do: leave, when: {calm: false}}
"""


def test_a_milder_duty_of_the_name_that_goes_on_ends_nothing(small: Small) -> None:
    """Of what may replace it, what was done before counts as long as it has not ended."""
    small.plan("dam", TWO)
    done = {"at": day("08:30"), "done": {"plan": "dam", "action": "a"}}

    def shown(*told: dict[str, Any], at: str) -> dict[str, tuple[str, str | None, list[object]]]:
        found = small.assess(*told, at=at)
        return {
            row.do.text("en"): (one.certainty, clock(one.met), [clock(time) for time in one.done])
            for row in found.actions
            for one in row.asked
        }

    told = (stated("08:00", deaths=4, level=6), done, stated("09:00", level=7))
    expected = {"look": ("certain", "08:00", ["08:30"]), "leave": ("possible", None, ["08:30"])}
    assert shown(*told, at="09:30") == expected
    ended = shown(*told, stated("10:00", level=1), at="10:30")
    assert ended == {"leave": ("possible", None, [])}
    # what lapses is set apart, by what is known now: that it was said to go on was withdrawn
    until = {"from": day("08:00"), "until": day("10:00")}
    lapsing = {**stated("08:00", level=6), "valid": until}
    longer = {**stated("09:30", level=7), "id": "longer", "valid": {**until, "until": day("11:30")}}
    back = {"at": day("12:00"), "withdraw": "longer"}
    apart = {"look": ("possible", "08:00", ["08:30"]), "leave": ("possible", None, ["08:30"])}
    assert shown(stated("08:00", deaths=4), lapsing, done, longer, back, at="12:30") == apart
