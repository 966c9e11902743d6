"""The last report: its rule says so, or people ended the response that it was owed for."""

from __future__ import annotations

from typing import Any

from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import BLANK, Report, Sentence
from tests.assessment.conftest import Small, day, in_force, stated

DAM = """levels: [{level: III, approve: {post: chief}, when: {deaths: ≥ 1}}]
reports:
  - {id: news, from: III, by: office, to: government, within: 1 h, of: start, repeat: 2 h}
"""
LAST = """levels: [{level: III, approve: {post: chief}, when: {deaths: ≥ 1}}]
reports:
  - {id: news, from: III, by: office, to: government, within: 1 h, of: start}
  - {id: last, on: {calm: true}, by: health, to: government, within: 24 h, of: met, final: true}
"""


def made(clock: str, report: str = "news") -> dict[str, Any]:
    return {"at": day(clock), "reported": {"plan": "dam", "report": report}}


def end(clock: str) -> dict[str, Any]:
    return {"at": day(clock), "decide": {"plan": "dam", "level": "none", "by": "chief"}}


def reports(small: Small, text: str, *observations: dict[str, Any], at: str) -> list[Report]:
    begin = stated("08:00", deaths=1), in_force("08:00", "III")
    assessment = small.plan("dam", text).assess(*begin, *observations, at=at)
    found = papers_of(assessment, Choice(kinds=("report",)))
    return [one for one in found if isinstance(one, Report)]


def test_after_the_end_whoever_reported_tells_how_it_ended(small: Small) -> None:
    (found,) = reports(small, DAM, made("08:30"), made("10:30"), end("12:00"), at="12:10")
    assert (found.which, found.final) == ("终报", True)
    assert found.head.title == "关于x的情况报告（终报）"
    assert found.head.state == "草拟，待签发；响应已于7月1日12时终止，预案未规定终报时限"
    assert (found.head.sender, found.head.addressees) == ("office", ("government",))
    assert found.rules == ()
    assert [one.text for one in found.done][-2:] == [
        "7月1日12时，chief决定终止响应：《dam plan》",
        "此前已向主送单位报告2次：7月1日8时30分、7月1日10时30分",
    ]
    assert found.account[1:] == tuple(
        Sentence(f"{name}：{BLANK}", marks=("待填",))
        for name in (
            "起因（查明或者正在调查）",
            "处置经过和结果",
            "人员伤亡和损失（核定）",
            "善后和恢复重建",
            "经验教训和改进措施",
        )
    )


def test_while_it_runs_no_report_is_the_last(small: Small) -> None:
    (found,) = reports(small, DAM, made("08:30"), at="12:10")
    assert (found.which, found.final) == ("续报1", False)


def test_once_the_end_was_told_nothing_is_left_to_tell(small: Small) -> None:
    assert reports(small, DAM, made("08:30"), end("12:00"), made("12:20"), at="12:30") == []


def test_whoever_never_reported_has_no_last_report(small: Small) -> None:
    assert reports(small, DAM, end("12:00"), at="12:10") == []


def test_a_first_report_that_was_never_made_is_still_the_first(small: Small) -> None:
    owed = DAM.replace("from: III,", "on: {deaths: ≥ 1},").replace("of: start", "of: met")
    (found,) = reports(small, owed, end("12:00"), at="12:10")
    assert (found.which, found.final) == ("首报", False)
    (found,) = reports(small, owed, made("08:30"), end("12:00"), at="12:10")
    assert (found.which, found.final) == ("终报", True)


def test_a_report_whose_rule_says_so_is_the_last_with_its_own_limit(small: Small) -> None:
    calm = stated("09:00", calm=True)
    found = {one.head.sender: one for one in reports(small, LAST, calm, at="09:10")}
    assert {sender: one.which for sender, one in found.items()} == {
        "office": "首报",
        "health": "终报",
    }
    assert [one.deadline for one in found["health"].rules] == ["7月2日9时前"]
    assert found["health"].head.state == "草拟，待签发"
