"""What duties say where a small slip would go unseen: issued grades, several areas, repeats."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from planengine.assessment.results import Deadline
from planengine.values.times import format_time
from tests.assessment.conftest import Small, day, stated

GRADE = """standard: damage
label: {en: damage}
scale: warning
authority: city
edition: {number: "1", in-force: 2020-01-01}
applies: {hazards: [flood]}
any:
  - {row: deaths, red: {deaths: ≥ 30}, blue: {deaths: ≥ 3}}
reports:
  - {id: low, from: blue, by: office, to: government, within: 4 h, of: met}
  - {id: high, from: red, by: health, to: government, within: 1 h, of: met}
"""


def clock(time: int | None) -> str | None:
    return None if time is None else format_time(time, "Asia/Shanghai")[11:16]


def graded(small: Small) -> Small:
    (small.folder / "plans" / "damage.yaml").write_text(GRADE)
    return small


def owed(found: planengine.Assessment) -> list[tuple[str, str | None, str, str | None]]:
    """(report, level, how sure, since when)"""
    return [(one.report, one.level, one.certainty, clock(one.met)) for one in found.reports]


def issue(time: str, level: str) -> dict[str, Any]:
    return {"at": day(time), "issued": {"warning.damage": level}}


def test_reports_go_by_an_issued_grade_where_it_is_worse(small: Small) -> None:
    graded(small)
    told = stated("08:00", deaths=4)
    assert owed(small.assess(told, at="09:00"))[0] == ("low", "blue", "certain", "08:00")
    found = small.assess(told, issue("08:30", "red"), at="09:00")
    assert owed(found) == [
        ("high", "red", "certain", "08:30"),
        ("low", "red", "certain", "08:00"),
    ]
    limits = [(clock(one.deadline.due), one.by) for one in found.reports if one.deadline]
    assert limits == [("09:30", ("health",)), ("12:00", ("office",))]


def test_reports_of_a_worse_level_end_with_the_grade_that_was_issued(small: Small) -> None:
    graded(small)
    told = (stated("08:00", deaths=4), issue("08:30", "red"), issue("08:45", "none"))
    found = small.assess(*told, at="09:00")
    assert ("low", "blue", "certain", "08:00") in owed(found)
    assert all(one.certainty != "certain" for one in found.reports if one.report == "high")


EACH = """per: county
levels: [{level: III, when: {deaths: ≥ 1}}]
actions: [{id: send, from: III, executor: office, do: send, within: 1 h, of: met}]
"""


@pytest.mark.parametrize("swapped", [False, True])
def test_a_work_for_several_areas_is_done_when_the_last_is(small: Small, swapped: bool) -> None:
    small.plan("dam", EACH)
    first, second = ("south", "north") if swapped else ("north", "south")

    def event(time: str, area: str, **more: Any) -> dict[str, Any]:
        return {"at": day(time), "area": area, **more}

    told = [event("08:00", area, facts={"deaths": 1}) for area in ("north", "south")]
    done = [
        event(time, area, done={"plan": "dam", "action": "send"})
        for time, area in (("08:20", first), ("08:40", second))
    ]
    (half,) = small.assess(*told, done[0], at="09:30").actions
    assert half.done_at is None
    assert half.deadline is not None
    assert (clock(half.deadline.due), half.deadline.overdue) == ("09:00", True)
    assert {one.area: clock(one.done_at) for one in half.asked} == {first: "08:20", second: None}
    (row,) = small.assess(*told, *done, at="09:30").actions
    assert clock(row.done_at) == "08:40"
    assert row.deadline is not None
    assert not row.deadline.overdue


def test_what_is_repeated_is_due_on_its_own_times(small: Small) -> None:
    """First due after `within`, else one interval after the anchor; then at equal steps."""
    text = "levels: [{{level: III, when: {{level: ≥ 5}}}}]\nactions: [{{id: look, from: III, executor: office, do: look, {0}}}]\n"

    def limit(written: str, at: str, *done: str) -> Deadline:
        small.plan("dam", text.format(written))
        events = [{"at": day(time), "done": {"plan": "dam", "action": "look"}} for time in done]
        (row,) = small.assess(stated("08:00", level=6), *events, at=at).actions
        assert row.deadline is not None
        return row.deadline

    def times(found: Deadline) -> tuple[str | None, str | None, bool]:
        return clock(found.due), clock(found.again), found.overdue

    every = "repeat: 2 h, of: met"
    assert times(limit(every, "08:30")) == ("10:00", "12:00", False)
    assert times(limit(every, "10:00")) == ("10:00", "12:00", False)
    assert times(limit(every, "10:01")) == ("10:00", "12:00", True)
    assert times(limit(every, "10:01", "09:50")) == ("12:00", "14:00", False)
    assert times(limit(every, "12:30", "09:50")) == ("12:00", "14:00", True)
    assert times(limit(every, "12:30", "09:50", "10:10")) == ("14:00", "16:00", False)
    first = "within: 30 min, repeat: 2 h, of: met"
    assert times(limit(first, "08:10")) == ("08:30", "10:30", False)
    assert times(limit(first, "08:40", "08:20")) == ("10:30", "12:30", False)


def test_one_report_governs_for_each_addressee(small: Small) -> None:
    text = """levels: [{{level: III, when: {{level: ≥ 5}}}}]
reports: [{{id: up, from: III, by: office, to: {0}, within: {1}, of: met}}]
"""
    for name, to, within in (
        ("p0", "government", "2 h"),
        ("p1", "government", "1 h"),
        ("p2", "health", "3 h"),
    ):
        small.plan(name, text.format(to, within))
    found = small.assess(stated("08:00", level=6), at="08:30")
    assert [(one.document, one.to_label, one.governs) for one in found.reports] == [
        ("city/p1", "government", True),
        ("city/p0", "government", False),
        ("city/p2", "health", True),
    ]


def test_a_link_asks_or_tells(small: Small) -> None:
    small.plan(
        "dam",
        "levels: [{level: III, when: {level: ≥ 5}}]\n"
        "links:\n- {from: III, report: health, within: 1 h, of: met}\n"
        "- {from: III, request: power, within: 2 h, of: met}\n",
    )
    found = small.assess(stated("08:00", level=6), at="08:30")
    kinds = [(one.kind, one.to, clock(one.deadline.due)) for one in found.reports if one.deadline]
    assert kinds == [("report", ("health",), "09:00"), ("request", ("power",), "10:00")]


def test_what_is_done_comes_last_and_what_is_repeated_never_is(small: Small) -> None:
    small.plan(
        "dam",
        """levels: [{level: III, when: {level: ≥ 5}}]
actions:
  - {id: soon, from: III, executor: office, do: a, within: 1 h, of: met}
  - {id: later, from: III, executor: office, do: b, within: 2 h, of: met}
  - {id: often, from: III, executor: office, do: c, within: 3 h, repeat: 1 d, of: met}
  - {id: loose, from: III, executor: office, do: d}
""",
    )

    def order(*done: str) -> list[str]:
        events = [
            {"at": day("08:10"), "done": {"plan": "dam", "action": action}} for action in done
        ]
        found = small.assess(stated("08:00", level=6), *events, at="08:30")
        return [row.asked[0].action for row in found.actions]

    assert order() == ["soon", "later", "often", "loose"]
    assert order("soon") == ["later", "often", "loose", "soon"]
    assert order("soon", "often") == ["later", "often", "loose", "soon"]


def test_a_role_is_held_on_its_own_tier(small: Small) -> None:
    """A body of the city with the same function is no county's."""
    registry = small.folder / "registry.yaml"
    one = "  north-hq: {label: {en: north headquarters}, in: north, function: hq}\n"
    own = "  city-hq: {label: {en: city headquarters}, in: city, function: hq}\n"
    assert one in registry.read_text()
    registry.write_text(registry.read_text().replace(one, own + one))
    small.plan(
        "dam",
        "levels: [{level: III, when: {level: ≥ 5}}]\n"
        "actions: [{id: go, from: III, executor: {role: county-hq}, do: go}]\n",
    )
    (row,) = small.assess(stated("08:00", level=6), at="08:30").actions
    assert set(row.bodies) == {"north-hq", "south-hq"}
