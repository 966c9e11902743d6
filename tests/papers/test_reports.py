"""The information report upward: 首报 and 续报, facts with their sources, and what is not known."""

from __future__ import annotations

from typing import Any

from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import Clause, FactRow, Report, Sentence, TaskOrder
from tests.assessment.conftest import Small, day, in_force, stated
from tests.assessment.test_spelling_of_duties import governed
from tests.papers.conftest import Papers

DAM = """tracks:
  dam:
    label: {en: dam}
    levels: [{level: III, duration: 48 h, approve: {post: chief}, when: {any: [{deaths: ≥ 1}, {level: ≥ 9 m}]}}]
reports:
  - {id: news, from: III, by: office, to: government, within: 1 h, of: start, repeat: 2 h}
  - {id: other, from: III, by: health, to: government, within: 1 h, of: start}
"""


def report(papers: Papers, name: str, at: str, sender: str, to: str) -> Report:
    found = [
        one
        for one in papers(name, at, kinds=("report",), whose=sender)
        if to in one.head.addressees
    ]
    (only,) = found
    assert isinstance(only, Report)
    return only


def of_office(small: Small, *observations: dict[str, Any], at: str) -> Report:
    assessment = small.plan("dam", DAM).assess(*observations, at=at)
    (found,) = papers_of(assessment, Choice(kinds=("report",), whose="office"))
    assert isinstance(found, Report)
    return found


def row(found: Report, name: str) -> FactRow:
    (only,) = [one for one in found.matter.facts if one.name == name]
    return only


def test_facts_have_source_time_and_kind(papers: Papers) -> None:
    found = report(papers, "earthquake", "12T06:30", "earthquake-office", "楚江省抗震救灾指挥部")
    assert row(found, "死亡人数") == FactRow(
        "死亡人数",
        "临江市合计5至10人",
        (
            Sentence(
                "青石县：3至8人", marks=("估计",), told="青石县应急管理局，9月12日5时20分，估计"
            ),
            Sentence(
                "溪口县：2人",
                marks=("估计",),
                told="溪口县应急管理局，9月12日5时40分，估计，9月12日6时14分收到",
            ),
            Sentence(
                "江北区、临港区：0人",
                told="江北区应急管理局、临港区应急管理局，9月12日4时50分，实报",
            ),
            Sentence("南浦县：0人", told="南浦县应急管理局，9月12日4时55分，实报"),
            Sentence("东泽市：0人", told="东泽市应急管理局，9月12日5时10分，实报"),
        ),
        ("估计",),
    )
    assert row(found, "直接经济损失").parts[0].text == "6至15亿元"
    assert row(found, "上年国内生产总值").whole == ""  # it is the province's


def test_deaths_are_as_stated_and_silent_parts_leave_the_whole_open(papers: Papers) -> None:
    found = report(papers, "mine-flood", "21T10:30", "safety-office", "楚江省应急管理厅")
    deaths = row(found, "死亡人数")
    assert (deaths.whole, deaths.parts[0].text) == ("临江市合计不少于2人", "红山铁矿矿区：2人")
    assert row(found, "被困人数").whole == "临江市合计不详"


def test_what_nobody_told_is_unknown_never_zero(papers: Papers) -> None:
    found = report(papers, "mine-flood", "21T10:30", "safety-office", "楚江省应急管理厅")
    (safety,) = [one for one in found.matter.unknown if one.text.startswith("临江市应急管理局")]
    assert safety.marks == ("不详",)
    assert "直接经济损失" in safety.text.partition("：")[2].split("；")
    assert "东泽市" not in safety.text  # its grade is read by the plan for outages alone
    assert [one.text for one in found.matter.event] == [
        "事件：红山铁矿透水事故",
        "灾种：矿山事故",
        "发生时间：2026年10月21日8时40分",
        "接报时间：2026年10月21日9时05分",
        "地点：青石县岩湾乡红山铁矿矿区",
        "可能波及范围：临江市",
    ]


def test_what_no_fact_tells_is_a_blank_and_not_left_out(papers: Papers) -> None:
    """A report tells source, cause, course, trend and next steps besides the figures."""
    found = report(papers, "mine-flood", "21T10:30", "safety-office", "楚江省应急管理厅")
    assert found.account == (
        Sentence("信息来源：红山铁矿有限公司（单位）、青石县应急管理局"),
        Sentence("起因（初步判断）：＿＿＿＿＿＿", marks=("待填",)),
        Sentence("简要经过和现场情况：＿＿＿＿＿＿", marks=("待填",)),
        Sentence("发展趋势：＿＿＿＿＿＿", marks=("待填",)),
        Sentence("现场负责人和联系方式：＿＿＿＿＿＿", marks=("待填",)),
    )
    first, *_, last = found.planned
    assert first == Sentence(
        "《临江市生产安全事故应急预案》矿山事故应急响应：建议启动一级（预案规定：应启动），尚未启动",
        marks=("建议",),
    )
    assert last == Sentence("拟采取的其他措施和下一步工作：＿＿＿＿＿＿", marks=("待填",))


def test_figures_whose_time_is_over_are_unknown(papers: Papers) -> None:
    found = report(papers, "flood-day", "19T09:30", "flood-office", "楚江省防汛抗旱指挥部")
    gone = found.matter.unknown[0]
    assert (
        gone.text
        == "此前报告已过有效期：救灾物资库存满足率；3小时雨量；积水深度（建设路下穿通道、月湖路路口）"
    )
    assert "积水深度" not in [one.name for one in found.matter.facts]


def test_a_level_that_only_reports_allow_is_marked(papers: Papers) -> None:
    found = report(papers, "mine-flood", "21T10:30", "safety-office", "楚江省应急管理厅")
    assert found.levels[1] == Sentence(
        "《生产安全事故分级》：据现有事实初判为一般；据报可达特别重大",
        (Clause("《生产安全事故报告和调查处理条例》第三条"),),
        ("据报可达",),
    )


def test_a_report_owed_by_what_was_reported_says_so(papers: Papers) -> None:
    found = report(papers, "mine-flood", "21T10:30", "hongshan-mining", "楚江省应急管理厅")
    assert [(one.deadline, one.marks, one.footing_text) for one in found.rules] == [
        ("立即（规定时限10月21日10时05分已过）", ("据报可达",), "按据报可达的级别，尚未证实"),
    ]


def test_figures_that_were_not_checked_are_marked(papers: Papers) -> None:
    found = report(papers, "earthquake", "12T06:30", "earthquake-office", "楚江省抗震救灾指挥部")
    assert found.levels[0].clauses == (
        Clause("《国家地震应急预案（2025年）》1.4", unverified=True),
    )
    assert found.head.unverified


def test_what_was_done_is_told_in_order(papers: Papers) -> None:
    found = report(papers, "chemical-explosion", "09T17:30", "ecology-bureau", "河西市生态环境局")
    assert [one.text for one in found.done] == [
        "6月9日14时55分，市危化指副指挥长决定启动三级：《临江市危险化学品事故应急预案》",
        "6月9日15时20分，市危化指指挥长决定提升为二级：《临江市危险化学品事故应急预案》",
    ]


def test_the_first_report_and_the_later_ones(small: Small) -> None:
    begin = stated("08:00", deaths=1), in_force("08:00", "III")
    made = [
        {"at": day(clock), "reported": {"plan": "dam", "report": "news"}}
        for clock in ("08:30", "09:45")
    ]
    other = {"at": day("08:20"), "reported": {"plan": "dam", "report": "other"}}  # by another body
    first = of_office(small, *begin, other, at="08:40")
    assert (first.which, first.head.title) == ("首报", "关于x的情况报告（首报）")
    second = of_office(small, *begin, made[0], at="09:00")
    assert second.which == "续报1"
    assert second.done[-1].text == "此前已向主送单位报告1次：7月1日8时30分"
    assert of_office(small, *begin, *made, at="10:00").which == "续报2"
    late = of_office(small, *begin, at="09:10")
    assert late.head.state == "草拟，待签发；报告时限已超，立即报出"


def test_times_and_places_that_nobody_told_are_unknown(small: Small) -> None:
    found = of_office(small, stated("08:00", level="9 m"), in_force("08:00", "III"), at="08:10")
    assert [one.text for one in found.matter.event[2:]] == [
        "发生时间：不详",
        "接报时间：不详",
        "地点：不详",
    ]


def test_an_explicit_unknown_is_told_as_such(small: Small) -> None:
    found = of_office(
        small,
        stated("07:00", level="9 m"),
        in_force("08:00", "III"),
        {"at": day("08:05"), "source": "office", "facts": {"level": "unknown"}},
        at="08:10",
    )
    assert row(found, "water level").parts == (
        Sentence("不详", told="office，7月1日8时05分，实报"),
    )


def test_a_hazard_that_nothing_is_for_is_said_to_be_unjudged(small: Small) -> None:
    vocabulary = (small.folder / "vocabulary.yaml").read_text()
    (small.folder / "vocabulary.yaml").write_text(
        vocabulary.replace(
            "hazards: {flood: {label: {en: flood}}}",
            "hazards: {flood: {label: {en: flood}}, gale: {label: {en: gale}}}",
        )
    )
    assessment = small.plan("dam", DAM).assess(
        stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10", hazards=["flood", "gale"]
    )
    (found,) = papers_of(assessment, Choice(kinds=("report",), whose="office"))
    assert isinstance(found, Report)
    unjudged = Sentence("gale没有现行预案或者标准，未予研判", marks=("未研判",))
    assert found.levels[0] == unjudged
    assert found.matter.event[-1] == unjudged


def test_what_a_report_is_worth_is_told(papers: Papers) -> None:
    waits = report(papers, "mine-flood", "21T10:30", "medical-office", "楚江省卫生健康委员会")
    assert waits.head.state == "草拟；所依响应尚未启动，启动后报出"
    assert [one.deadline for one in waits.rules] == ["启动响应后1小时内，每12小时一次"]
    due = report(papers, "chemical-explosion", "09T17:30", "ecology-bureau", "河西市生态环境局")
    assert due.head.state == "草拟，待签发"
    at_once = report(papers, "mine-flood", "21T10:30", "hongshan-mining", "楚江省应急管理厅")
    assert at_once.head.state == "草拟，待签发；须立即报出"


def one_line(text: str) -> str:
    return " ".join(text.split())


TO_GOVERNMENTS = """levels: [{level: III, approve: {post: chief}, when: {deaths: ≥ 1}}]
reports:
  - {id: up, from: III, by: {role: county-hq}, to: [{each: county}, office], within: 1 h, of: met}
"""


def test_each_county_reports_to_its_own_government(small: Small) -> None:
    governed(small)
    small.plan("dam", TO_GOVERNMENTS)
    made = {"at": day("08:20"), "reported": {"plan": "dam", "report": "up"}}
    found = small.assess(stated("08:00", deaths=2), made, at="09:00")
    papers = {one.head.sender: one for one in papers_of(found, Choice(kinds=("report",)))}
    assert {name: one.head.addressees for name, one in papers.items()} == {
        "north headquarters": ("north government", "office"),
        "south headquarters": ("south government", "office"),
    }
    for one in papers.values():
        assert isinstance(one, Report)
        assert one.which == "续报1"
    told = [(one["by"], one["to"]) for one in found.to_dict()["reports"][0]["pairs"]]
    assert told == [
        ("north-hq", ["north-government", "office"]),
        ("south-hq", ["south-government", "office"]),
    ]
    owed = small.assess(stated("08:00", deaths=2), at="08:10")
    assert (
        "north headquarters → north government, office; "
        "south headquarters → south government, office: report" in one_line(owed.to_text("en"))
    )
    for body, government in (("north-hq", "north government"), ("south-hq", "south government")):
        (order,) = papers_of(found, Choice(kinds=("order",), whose=body))
        assert isinstance(order, TaskOrder)
        assert [row.do for row in order.done] == [f"向{government}、office报告"]
