"""Notices of warnings: issued, changed, lifted; what the facts only call for is a draft."""

from __future__ import annotations

from typing import Any

import planengine
from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import BLANK, Clause, Sentence, Signature, Task, WarningNotice
from tests.assessment.conftest import Small, day, stated
from tests.papers.conftest import Papers

FLOOD_PLAN = "《临江市防汛抗旱应急预案》"
LAW = "《中华人民共和国突发事件应对法（2024年修订）》"
DAM = """warnings:
  - {level: red, when: {level: ≥ 5}, issuer: office, approve: {post: chief}, measures: [clear the banks], basis: {source: law, clause: "3.1"}}
  - {level: blue, when: {level: ≥ 2}, issuer: office, measures: [watch], basis: {source: law, clause: "3.2"}}
actions:
  - {id: clear, on: {warning.dam: red}, executor: health, do: clear, within: 1 h, of: met, basis: {source: law, clause: "4"}}
  - {id: watch, on: {warning.dam: blue}, executor: power, do: watch, within: 2 h, of: met}
"""


def issued(clock: str, level: str, **more: Any) -> dict[str, Any]:
    return {"at": day(clock), "issued": {"warning.dam": level}, "by": "office", **more}


def of_dam(small: Small, *observations: dict[str, Any], at: str) -> list[WarningNotice]:
    assessment = small.plan("dam", DAM).assess(*observations, at=at)
    found = papers_of(assessment, Choice(kinds=("warning",)))
    return [one for one in found if isinstance(one, WarningNotice)]


def of_flood_day(papers: Papers, at: str) -> dict[str, WarningNotice]:
    found = papers("flood-day", at, kinds=("warning",))
    return {one.head.title: one for one in found if isinstance(one, WarningNotice)}


def test_a_warning_that_the_facts_call_for_is_a_draft(papers: Papers) -> None:
    found = of_flood_day(papers, "18T20:15")["关于发布洪水预警（橙色）的通知（拟发布稿）"]
    basis = (Clause(f"{FLOOD_PLAN}3.2.1（本地自定）"),)
    assert (found.act, found.drafted) == ("issue", True)
    assert found.head.state == "拟发布　未经签发，不得印发，不具效力"
    assert found.kind == Sentence("洪水")
    assert found.level == (Sentence("橙色，尚未发布。", basis, ("拟发布",)),)
    assert found.area == Sentence("临江市")
    assert found.since == Sentence("自签发之时起。")
    assert found.until == Sentence(
        f"{BLANK}（由签发人填写；所据预报至7月19日20时）", marks=("待填",)
    )
    assert found.supported == Sentence("据现有事实研判为橙色；据报可达红色。")
    assert found.reasons == (
        Sentence(
            "汉口站1天内预计水位：不低于26.9m（条件：不低于26.8m）",
            basis,
            ("预报",),
            "楚江省临江水文水资源勘测局，7月18日20时10分，预报",
        ),
    )
    assert [one.text for one in found.measures] == [
        "转移低洼地、外滩和病险水库下游群众",
        "水库预泄腾库",
        "抢险队伍集结",
        "物资前置",
        "堤防水库加密巡查",  # of yellow and blue, which orange keeps
        "核对转移对象名单",
        "预置抢险物资",
        "加强值班",
        "滚动预报",
        "通知沿江沿湖单位防范",
    ]
    assert found.measures[0].clauses == basis
    assert found.issuer == Sentence("临江市水利和湖泊局", basis)
    assert found.issued_at == BLANK
    assert found.signatures == (
        Signature("发布", "临江市水利和湖泊局"),
        Signature("批准", "市防指常务副指挥长"),
    )
    assert found.head.addressees[:2] == ("临江市应急管理局", "临江市水利和湖泊局")


def test_the_law_s_own_demands_are_told_with_their_articles(papers: Papers) -> None:
    found = of_flood_day(papers, "18T20:15")["关于发布洪水预警（橙色）的通知（拟发布稿）"]
    assert found.form.clauses == (Clause(f"{LAW}第六十四条"),)
    assert [one.clauses for one in found.required] == [
        (Clause(f"{LAW}第{article}条"),)
        for article in ("六十四", "六十四", "六十六", "六十七", "六十八")
    ]
    assert found.required[0].text == (
        "发布的同时宣布进入预警期，并报上一级人民政府，必要时越级上报"
    )


def test_a_signal_that_was_changed_says_by_whom_and_what_hangs_on_it(papers: Papers) -> None:
    found = of_flood_day(papers, "18T13:20")["关于将暴雨预警信号由橙色调整为红色的通知"]
    assert (found.act, found.drafted, found.head.state) == ("change", False, "已调整")
    assert [(one.text, one.marks) for one in found.level] == [
        ("由橙色调整为红色，临江市气象局于2026年7月18日13时发布。", ("已调整",))
    ]
    assert found.since == Sentence("2026年7月18日13时")
    assert found.until == Sentence("发布时未载明，至调整或者解除为止。")
    assert found.reasons[0].text == "3小时雨量108mm（条件：不少于100mm）"
    assert found.required == ()  # a signal of a monitoring body is no warning of a government
    sites = next(one for one in found.tasks if one.do.startswith("在建工地停工"))
    assert sites == Task(
        do="在建工地停工、塔吊和基坑人员撤离（在建工地）",
        who="临江市住房和城乡建设局",
        deadline="7月18日14时前",
        late=False,
        verb="应",
        manner="命令",
        footing="condition",
        footing_text="预案所定情形已出现",
        requesters=("临江市防汛抗旱指挥部（依《临江市防汛抗旱应急预案》）",),
        details=("完成标志：工地清场清单报送",),
        clauses=(Clause(f"{FLOOD_PLAN}3.4（本地自定）"),),
        bodies=("临江市住房和城乡建设局",),
    )
    schools = next(one for one in found.tasks if one.do.startswith("通知中小学"))
    assert schools.deadline == "条件满足后1小时内"
    assert schools.footing_text == "所列情形出现后执行"
    assert schools.details[0] == "情形：暴雨预警信号红色，且中小学学期期间"


def test_what_stands_is_told_beside_what_the_facts_call_for(small: Small) -> None:
    stands, draft = of_dam(small, issued("08:00", "blue"), stated("08:10", level=6), at="08:20")
    assert (stands.head.title, stands.drafted) == ("关于发布flood预警（blue）的通知", False)
    assert [one.do for one in stands.tasks] == ["watch"]
    assert draft.head.title == "关于将flood预警由blue调整为red的通知（拟发布稿）"
    assert draft.level[0] == Sentence(
        "由blue调整为red，尚未调整。", (Clause("《the law》3.1"),), ("拟调整",)
    )
    assert [(one.do, one.deadline, one.footing_text) for one in draft.tasks] == [
        ("clear", "condition met后1小时内", "所列情形出现后执行"),
        ("watch", "7月1日10时前", "预案所定情形已出现"),
    ]


def test_a_warning_that_cannot_be_right_any_more_is_to_be_lifted(small: Small) -> None:
    _, draft = of_dam(small, issued("08:00", "red"), stated("08:10", level=1), at="08:20")
    assert (draft.act, draft.drafted) == ("lift", True)
    assert draft.head.title == "关于解除flood预警（red）的通知（拟发布稿）"
    assert draft.level[0].text == "red仍在发布中；据现有事实已不可能达到任何级别，尚未解除。"
    assert draft.tasks == ()
    assert draft.measures == (Sentence("clear the banks", (Clause("《the law》3.1"),)),)


def test_to_which_level_it_eases_is_left_to_people_where_that_is_open(small: Small) -> None:
    _, draft = of_dam(small, issued("08:00", "red"), stated("08:10", level="[1..3] m"), at="08:20")
    assert draft.head.title == f"关于将flood预警由red调整为{BLANK}的通知（拟发布稿）"
    assert draft.level[0].text == (
        f"现为red，据现有事实已不能达到该级；调整为何级由签发人确定：{BLANK}。"
    )
    assert (draft.tasks, draft.measures) == ((), ())  # of no colour yet


def test_a_lifted_warning_says_so_and_asks_nothing_more(small: Small) -> None:
    (lifted,) = of_dam(
        small,
        issued("08:00", "blue"),
        stated("08:05", level=1),
        issued("09:00", "none"),
        at="09:10",
    )
    assert lifted.head.title == "关于解除flood预警（blue）的通知"
    assert lifted.head.state == "已解除"
    assert lifted.level[0] == Sentence(
        "blue解除，office于2026年7月1日9时宣布。", (Clause("《the law》3.2"),), ("已解除",)
    )
    assert lifted.until.text == "预警期随之结束。"
    assert lifted.tasks == ()


def test_a_period_that_was_told_is_told_and_an_unknown_issuer_too(small: Small) -> None:
    valid = {"from": day("08:30"), "until": day("12:00")}
    (found,) = of_dam(
        small,
        {"at": day("08:00"), "issued": {"warning.dam": "blue"}, "valid": valid},
        stated("08:05", level=3),
        at="08:40",
    )
    assert (found.since.text, found.until.text) == (
        "2026年7月1日8时30分",
        "至2026年7月1日12时（发布时载明）。",
    )
    assert found.level[0].text == "blue，发布单位未载明于2026年7月1日8时发布。"


def test_whose_and_of_which_plan(papers: Papers) -> None:
    assert [one.head.title for one in papers("flood-day", "18T20:15", kinds=("warning",), whose="flood-executive-deputy")] == [
        "关于发布洪水预警（橙色）的通知（拟发布稿）"
    ]  # fmt: skip
    assert [one.head.title for one in papers("flood-day", "18T20:15", kinds=("warning",), whose="weather-bureau")] == [
        "关于将暴雨预警信号由橙色调整为红色的通知"
    ]  # fmt: skip
    assert len(papers("flood-day", "18T20:15", kinds=("warning",), plan="linjiang/flood")) == 1


def test_the_warning_of_an_area_around_is_not_ours_to_lift(engine: planengine.Engine) -> None:
    """The province's red stands over the city, where the facts give no level."""
    at, until = "2026-07-18T06:00:00+08:00", "2026-07-19T06:00:00+08:00"
    calm = {"rainfall-3h": "0 mm", "rainfall-6h": "0 mm", "rainfall-12h": "0 mm"}
    incident = {
        "incident": "x",
        "hazards": ["flood"],
        "observations": [
            {"at": at, "area": "linjiang", "facts": calm},
            {
                "at": at,
                "area": "linjiang",
                "kind": "forecast",
                "valid": {"from": at, "until": until},
                "facts": calm,
            },
            {
                "at": at,
                "issued": {"warning.rainstorm": "red"},
                "area": "chujiang-province",
                "by": "weather-bureau",
            },
        ],
    }
    assessment = engine.assess(incident, at="2026-07-18T06:10:00+08:00")
    signals = {one.area: one for one in assessment.decisions if one.standard == "rainstorm"}
    assert (signals["linjiang"].issued, signals["linjiang"].could_reach) == ("red", None)
    assert papers_of(assessment, Choice(kinds=("warning",))) == ()


def test_a_corrected_issue_stands_at_its_own_time(small: Small) -> None:
    wrong = {**issued("08:00", "red"), "id": "w"}
    right = {"at": day("08:30"), "correct": "w", "issued": {"warning.dam": "blue"}, "by": "office"}
    (found,) = of_dam(small, wrong, right, stated("08:05", level=3), at="08:40")
    assert found.level[0].text == "blue，office于2026年7月1日8时发布。"
    assert found.issued_at == "2026年7月1日8时"
