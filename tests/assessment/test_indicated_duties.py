"""Duties hung on what is indicated: they hold while what was reported allows all that they ask."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from planengine.values.times import format_time
from tests.assessment.conftest import Small, day, in_force, stated

LEVELS = """
levels:
  - {level: I, when: {deaths: ≥ 10}}
  - {level: II, when: {deaths: ≥ 3}}
"""
ASKED = "reports: [{id: up, from: II, by: office, to: government, within: 1 h, of: met, when: {level: ≥ 5}AS}]\n"


def clock(time: int | None) -> str | None:
    return None if time is None else format_time(time, "Asia/Shanghai")[11:16]


def shown(found: planengine.Assessment) -> tuple[str, str | None, str | None, bool] | None:
    """(how sure, since when, due, overdue) of the report; None where it is not shown."""
    for one in found.reports:
        limit = one.deadline
        assert limit is not None
        return one.certainty, clock(one.met), clock(limit.due), limit.overdue
    return None


@pytest.mark.parametrize(
    ("facts", "told", "plain"),
    [
        ({"deaths": "[2..55]"}, None, None),
        ({"deaths": "[2..55]", "level": "[4..6]"}, ("indicated", "08:00", "09:00", False), None),
        ({"deaths": "[2..55]", "level": "≥ 4"}, None, None),
        ({"deaths": "[2..55]", "level": 6}, ("indicated", "08:00", "09:00", False), None),
        ({"deaths": "[2..55]", "level": 3}, None, None),
        ({"deaths": 2, "level": 6}, None, None),
        ({"deaths": 4}, ("possible", None, None, False), ("possible", None, None, False)),
        (
            {"deaths": 4, "level": "[4..6]"},
            ("indicated", "08:00", "09:00", False),
            ("possible", None, None, False),
        ),
        ({"deaths": 4, "level": "≥ 4"}, ("possible", None, None, False), ("possible", None, None, False)),
        (
            {"deaths": 4, "level": 6},
            ("certain", "08:00", "09:00", True),
            ("certain", "08:00", "09:00", True),
        ),
        ({"deaths": 4, "level": 3}, None, None),
    ],
)  # fmt: skip
def test_all_that_it_asks_is_read_by_what_was_reported(
    small: Small, facts: dict[str, Any], told: object, plain: object
) -> None:
    small.plan("dam", LEVELS + ASKED.replace("AS", ", as: indicated"))
    assert shown(small.assess(stated("08:00", **facts), at="12:00")) == told
    small.plan("dam", LEVELS + ASKED.replace("AS", ""))
    assert shown(small.assess(stated("08:00", **facts), at="12:00")) == plain


def test_it_goes_on_once_it_is_certain(small: Small) -> None:
    small.plan("dam", LEVELS + ASKED.replace("AS", ", as: indicated"))
    first, then = (
        stated("08:00", deaths="[2..55]", level="[4..6]"),
        stated("08:30", level=6, deaths=4),
    )
    assert shown(small.assess(first, then, at="08:50")) == ("certain", "08:00", "09:00", False)
    assert shown(small.assess(first, then, at="09:10")) == ("certain", "08:00", "09:00", True)
    made = {"at": day("08:10"), "reported": {"plan": "dam", "report": "up"}}
    assert shown(small.assess(first, made, then, at="09:10")) == (
        "certain",
        "08:00",
        "09:00",
        False,
    )


def test_indicated_again_it_is_a_new_one(small: Small) -> None:
    small.plan("dam", LEVELS + ASKED.replace("AS", ", as: indicated"))
    told = [
        stated("08:00", deaths="[2..55]", level="[4..6]"),
        {"at": day("08:30"), "reported": {"plan": "dam", "report": "up"}},
        stated("09:00", level=3),
        stated("10:00", level="[4..6]"),
    ]
    (first,) = small.assess(*told[:2], at="08:40").reports
    assert clock(first.done_at) == "08:30"
    assert small.assess(*told[:3], at="09:40").reports == ()
    (again,) = small.assess(*told, at="10:40").reports
    assert (clock(again.met), clock(again.known), again.done) == ("10:00", "10:00", ())


def test_a_plan_applies_by_what_was_reported(small: Small) -> None:
    """A plan that asks more than its hazards, or that another one lifts, applies as far."""
    vocabulary = small.folder / "vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    vocabulary.write_text(
        text.replace("hazards: {flood:", "hazards: {slide: {label: {en: slide}}, flood:"),
        encoding="utf-8",
    )
    small.plan("dam", LEVELS + "links: [{from: II, activate: rescue, level: II}]\n")
    small.plan("rescue", LEVELS + ASKED.replace(", when: {level: ≥ 5}AS", ", as: indicated"))
    rescue = small.folder / "plans" / "rescue.yaml"
    written = rescue.read_text(encoding="utf-8")
    rescue.write_text(written.replace("[flood]", "[slide]"), encoding="utf-8")
    assert shown(small.assess(stated("08:00", deaths="[2..4]"), at="08:30")) == (
        "indicated", "08:00", "09:00", False,
    )  # fmt: skip
    assert shown(small.assess(stated("08:00", deaths=2), at="08:30")) is None
    (small.folder / "plans" / "dam.yaml").unlink()
    rescue.write_text(
        written.replace("{hazards: [flood]}", "{hazards: [flood], when: {level: ≥ 5}}"),
        encoding="utf-8",
    )
    open_ = stated("08:00", deaths=4, level="[4..6]")
    assert shown(small.assess(open_, at="08:30")) == ("indicated", "08:00", "09:00", False)
    assert shown(small.assess(stated("08:00", deaths=4), at="08:30")) is None
    started = small.assess(open_, in_force("08:10", "II", "rescue"), at="08:30")
    assert shown(started) == ("certain", "08:00", "09:00", False)


def test_it_may_ask_whether_another_is_overdue(small: Small) -> None:
    actions = """
actions:
  - {id: call, from: II, as: indicated, when: {overdue: ask}, executor: office, do: call, within: 1 h, of: met}
  - {id: ask, on: {level: ≥ 5}, executor: office, do: ask, within: 1 h, of: met}
"""
    small.plan("dam", LEVELS + actions)
    told = stated("08:00", deaths="[2..55]", level=6)

    def rows(at: str) -> dict[str, tuple[str, str | None]]:
        found = small.assess(told, at=at)
        return {
            one.action: (one.certainty, clock(one.met))
            for row in found.actions
            for one in row.asked
        }

    assert rows("08:50") == {"ask": ("certain", "08:00")}
    assert rows("09:10") == {"ask": ("certain", "08:00"), "call": ("indicated", "09:00")}
