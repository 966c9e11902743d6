"""No paper says that somebody commands who has handed over; what was declined is told with why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import ActionCard, Notice, Paper, Report, Signature, TaskOrder
from planengine.papers.parts import WarningNotice as Warned
from tests.assessment.conftest import Small, day, in_force, stated

Observation = dict[str, Any]
PLAN = """
levels:
  - {level: II, when: {deaths: ≥ 3}, propose: office, approve: {post: chief, or: {post: deputy}}}
  - {level: III, when: {level: ≥ 5}, propose: {post: deputy}, approve: {post: chief}}
end: {when: {calm: true}, approve: same}
warnings: [{level: blue, when: {level: ≥ 4}, issuer: office, approve: {post: chief}}]
actions:
  - {id: patrol, from: III, executor: {post: chief}, do: patrol, within: 1 h, of: met}
  - {id: pump, from: III, executor: power, do: pump, within: 2 h, of: met, approve: {post: chief}}
reports: [{id: up, from: III, by: office, to: government, within: 1 h, of: met}]
"""
BEGIN = [stated("08:00", level=6), in_force("08:10", "III"), stated("08:20", deaths=4)]


def declined(clock: str, what: str, why: str) -> Observation:
    return {
        "at": day(clock),
        "decide": {"plan": "dam", "decline": what, "by": "chief", "reason": why},
    }


def handed(clock: str, to: str, **of: str) -> Observation:
    of = of or {"plan": "dam"}
    return {"at": day(clock), "hand-over": {**of, "to": to, "by": "chief", "reason": "night"}}


REFUSED = declined("08:30", "II", "all found")
POST = handed("08:40", "clerk", post="chief")
PLANS = handed("08:45", "health")
RECEIVED = {
    "at": day("08:50"),
    "acknowledged": {"plan": "dam", "action": "pump", "by": "power"},
}


class Desk:
    """Papers of one plan after different things were told."""

    def __init__(self, folder: Path) -> None:
        self._engine = Small(folder).plan("dam", PLAN).engine()

    def papers(
        self, *told: Observation, at: str = "09:00", lang: str = "zh", **choice: Any
    ) -> tuple[Paper, ...]:
        incident = {"incident": "x", "hazards": ["flood"], "observations": [*BEGIN, *told]}
        found = self._engine.assess(incident, at=day(at))
        assert isinstance(found, planengine.Assessment)
        return papers_of(found, Choice(**choice), lang)  # type: ignore[arg-type]

    def paper(self, kind: str, *told: Observation, **choice: Any) -> Any:
        (found,) = self.papers(*told, kinds=(kind,), **choice)
        return found


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("small"))


def cover(notice: Notice) -> dict[str, str]:
    return {line.name: line.said.text for line in notice.cover.lines}


def test_whoever_took_over_signs_and_commands(desk: Desk) -> None:
    def told(*more: Observation) -> tuple[str, str, tuple[Signature, ...]]:
        found: Notice = desk.paper("notice", REFUSED, *more)
        own = cover(found)
        return own["启动时间"], own["指挥机构"], found.signatures

    began = "2026年7月1日8时10分（三级，chief决定）"
    proposed = Signature("提出", "deputy")
    assert told() == (began, "government（办公室：office）", (proposed, Signature("签发", "chief")))
    assert told(PLANS) == (
        began,
        "自7月1日8时45分起由health指挥（night）（办公室：office）",
        (proposed, Signature("签发", "health")),
    )
    assert told(POST)[2] == (proposed, Signature("签发", "clerk"))
    before = handed("08:05", "health")  # who was in command already when it was started
    assert told(before)[2] == (proposed, Signature("签发", "chief"))
    assert told(PLANS, handed("08:50", "none"))[1:] == told()[1:]
    assert told(handed("08:40", "clerk", post="deputy"))[2][0] == Signature("提出", "clerk")


def test_whoever_took_over_approves_what_is_proposed(desk: Desk) -> None:
    for more, who in ((), "chief 或 deputy"), ((POST,), "clerk 或 deputy"), ((PLANS,), "health"):
        found: Notice = desk.paper("notice", *more)
        assert found.signatures == (
            Signature("提出", "office"),
            Signature("批准", who, decides=True),
        )


def test_a_refusal_is_told_with_its_reason(desk: Desk) -> None:
    found: Notice = desk.paper("notice", REFUSED)
    assert [one.text for one in found.level[:2]] == [
        "三级，已启动：chief于2026年7月1日8时10分决定。",
        "chief于7月1日8时30分决定不提升为二级，理由：all found。",
    ]
    english: Notice = desk.paper("notice", REFUSED, lang="en")
    assert english.level[1].text == (
        "chief decided on 1 Jul 08:30 not to raise it to level II, because: all found."
    )


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh",
            [
                "7月1日8时05分，chief决定不启动三级：《dam plan》，理由：not yet",
                "7月1日8时10分，chief决定启动三级：《dam plan》",
                "7月1日8时30分，chief决定不提升为二级：《dam plan》，理由：all found",
                "7月1日8时40分，chief决定clerk代行chief职责，理由：night",
                "7月1日8时45分，chief决定指挥权移交health：《dam plan》，理由：night",
                "7月1日9时10分，chief决定不终止响应：《dam plan》，理由：it rains",
                "7月1日9时20分，chief决定chief恢复履行职责，理由：night",
                "7月1日9时25分，chief决定恢复按预案指挥：《dam plan》，理由：night",
                "7月1日9时30分，chief决定终止响应：《dam plan》，理由：calm",
            ],
        ),
        (
            "en",
            [
                "1 Jul 08:05, chief: not to start level III: dam plan, because: not yet",
                "1 Jul 08:10, chief: started level III: dam plan",
                "1 Jul 08:30, chief: not to raise it to level II: dam plan, because: all found",
                "1 Jul 08:40, chief: clerk acts for chief, because: night",
                "1 Jul 08:45, chief: handed over to health: dam plan, because: night",
                "1 Jul 09:10, chief: not to end it: dam plan, because: it rains",
                "1 Jul 09:20, chief: chief acts in person again, because: night",
                "1 Jul 09:25, chief: commanded as the plan says again: dam plan, because: night",
                "1 Jul 09:30, chief: response ended: dam plan, because: calm",
            ],
        ),
    ],
)
def test_the_last_report_tells_all_that_was_decided(
    desk: Desk, lang: str, lines: list[str]
) -> None:
    made = {"at": day("08:55"), "reported": {"plan": "dam", "report": "up"}}
    over = {"plan": "dam", "level": "none", "by": "chief", "reason": "calm"}
    told = (
        declined("08:05", "III", "not yet"),
        *(REFUSED, POST, PLANS, made),
        declined("09:10", "end", "it rains"),
        *(handed("09:20", "none", post="chief"), handed("09:25", "none")),
        {"at": day("09:30"), "decide": over},
    )
    found: Report = desk.paper("report", *told, at="09:40", lang=lang)
    assert found.final
    own = [one.text for one in found.done]
    assert own[:5] + own[6:10] == lines


def test_tasks_are_asked_by_whoever_commands_and_tell_who_received_them(desk: Desk) -> None:
    found: TaskOrder = desk.paper("order", REFUSED, RECEIVED, whose="power")
    (task,) = found.standing
    assert (task.requesters, task.details) == (
        ("government（依《dam plan》）",),
        ("须经chief（office）批准", "已签收：power company（7月1日8时50分）"),
    )
    found = desk.paper("order", REFUSED, POST, PLANS, whose="power")
    (task,) = found.standing
    assert (task.requesters, task.details) == (
        ("health（依《dam plan》）",),
        ("须经clerk（health）批准",),
    )
    assert found.levels[0].text == (
        "《dam plan》：已启动三级（chief于2026年7月1日8时10分决定）；"
        "自7月1日8时45分起由health指挥（night）；"
        "chief于7月1日8时30分决定不提升为二级，理由：all found；据现有事实研判为二级"
    )


def steps(card: ActionCard) -> list[str]:
    return [step.do for group in card.groups for step in group.steps]


def test_the_cards_of_a_post_and_of_whoever_acts_for_it(desk: Desk) -> None:
    own: ActionCard = desk.paper("card", whose="chief")
    deciding = [
        "审批发布blue预警（office提出）",
        "审批启动三级响应（deputy提出）",
        "patrol",
        "审批启动二级响应（office提出）",
    ]
    assert (steps(own), own.head.warnings) == (deciding, ())
    for name, expected in ("chief", []), ("clerk", deciding):
        card: ActionCard = desk.paper("card", POST, whose=name)
        assert steps(card) == expected
        assert [one.text for one in card.head.warnings] == [
            "自7月1日8时40分起clerk代行chief职责（night）"
        ]
    assert desk.papers(kinds=("card",), whose="clerk") == ()


def test_a_warning_is_approved_by_whoever_acts(desk: Desk) -> None:
    found: Warned = desk.paper("warning", POST)
    assert found.signatures == (Signature("发布", "office"), Signature("批准", "clerk"))
