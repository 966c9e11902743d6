"""Limits on papers: at once, by when, at a time of the day, again and again."""

from __future__ import annotations

import pytest

from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import TaskOrder
from tests.assessment.conftest import Small, day, in_force, stated

DAM = """levels: [{{level: III, approve: {{post: chief}}, when: {{deaths: ≥ 1}}}}]
actions: [{{id: watch, from: III, executor: health, do: watch, {0}}}]
"""


@pytest.mark.parametrize(
    ("written", "done", "at", "limit"),
    [
        ("within: 2 h, of: start", (), "08:10", "7月1日10时前"),
        ("within: 2 h, of: start", (), "10:10", "7月1日10时前（已超时）"),
        ("within: 1 h, of: receipt", (), "08:10", "立即（规定时限7月1日7时已过）"),
        ("within: 立即, of: start", (), "08:00", "立即"),
        ("at: [20:00], every: 1 d", (), "08:10", "7月1日20时，每1天一次"),
        ("within: 立即, of: start, repeat: 2 h", (), "08:00", "立即，每2小时一次"),
        ("within: 立即, of: start, repeat: 2 h", ("08:05",), "08:10", "7月1日10时前，每2小时一次"),
        ("within: 1 h, of: start, repeat: 2 h", ("08:30",), "08:40", "7月1日11时前，每2小时一次"),
    ],
)
def test_a_limit_reads_as_it_stands(
    small: Small, written: str, done: tuple[str, ...], at: str, limit: str
) -> None:
    assessment = small.plan("dam", DAM.format(written)).assess(
        stated("08:00", deaths=1),
        in_force("08:00", "III"),
        *({"at": day(clock), "done": {"plan": "dam", "action": "watch"}} for clock in done),
        at=at,
        moments={"receipt": day("06:00")},
    )
    (order,) = papers_of(assessment, Choice(kinds=("order",)))
    assert isinstance(order, TaskOrder)
    assert [one.deadline for one in order.standing] == [limit]
