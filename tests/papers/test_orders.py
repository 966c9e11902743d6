"""The task order of a body: its own duties, ordered or asked, and what each stands on."""

from __future__ import annotations

from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import Clause, Task, TaskOrder
from tests.assessment.conftest import Small, in_force, stated
from tests.papers.conftest import Papers

FLOOD_PLAN = "《临江市防汛抗旱应急预案》"


def order(papers: Papers, name: str, at: str, body: str, plan: str | None = None) -> TaskOrder:
    (found,) = papers(name, at, kinds=("order",), whose=body, plan=plan)
    assert isinstance(found, TaskOrder)
    return found


def test_a_body_that_cannot_be_ordered_is_asked(papers: Papers) -> None:
    found = order(papers, "flood-day", "19T09:30", "army-garrison")
    assert found.requested
    assert found.head.title == "关于请求临江军分区协助处置的函"
    assert found.standing == (
        Task(
            do="组织民兵上堤并协调驻军支援",
            who="临江军分区",
            deadline="7月19日2时40分前（已超时）",
            late=True,
            verb="应",
            manner="请求协助",
            footing="in-force",
            footing_text="已启动二级",
            requesters=("临江市防汛抗旱指挥部（依《临江市防汛抗旱应急预案》）",),
            details=("对象：临江市人民政府", "完成标志：兵力到达指定堤段"),
            clauses=(Clause(f"{FLOOD_PLAN}4.3.2（本地自定）"),),
            bodies=("临江军分区",),
        ),
    )
    assert [(one.do, one.footing_text) for one in found.open] == [
        ("协调驻军和民兵参加救援", "条件是否具备待核实")
    ]


def test_what_is_decided_advised_open_and_done_stands_apart(papers: Papers) -> None:
    town = order(papers, "flood-day", "19T09:30", "dayuan-town-office")
    assert town.head.state == "第二节的任务已生效；第三节的为建议，批准启动后生效"
    assert [(one.do, one.deadline, one.manner, one.footing) for one in town.standing] == [
        (
            "险情发生地立即组织受威胁群众转移避险（受威胁群众）",
            "立即",
            "先期处置",
            "first-response",
        ),
        ("事发地基层组织先行疏散、救援并报告（事发地群众）", "立即", "先期处置", "first-response"),
        (
            "主要负责人到岗指挥，网格员上门叫醒危险区群众并组织转移（危险区群众）",
            "7月18日13时30分前（已超时）",
            "命令",
            "condition",
        ),
        (
            "组织转移、发放首日口粮饮水（受灾群众）",
            "7月19日5时30分前（已超时）",
            "先期处置",
            "first-response",
        ),
    ]
    assert [(one.do, one.deadline, one.marks, one.footing_text) for one in town.recommended] == [
        ("大垸、沙河两镇垸内群众转移到垸外", "启动响应后6小时内", ("建议",), "建议：一级尚未启动"),
    ]
    assert [one.marks for one in town.open] == [("待核实",), ("待核实",)]
    bureau = order(papers, "flood-day", "19T09:30", "emergency-bureau", "linjiang/flood")
    assert [(one.do, one.done) for one in bureau.done] == [
        ("开放避难场所并公布位置（避难场所）", "已报完成：7月19日5时50分")
    ]


def test_an_order_to_one_of_several_says_who_else_has_the_task(papers: Papers) -> None:
    town = order(papers, "flood-day", "19T09:30", "nanpu-town-office")
    assert town.standing[0].details[0] == "同时承担：大垸镇人民政府、沙河镇人民政府"


def test_an_order_to_a_post_has_what_the_person_must_do(papers: Papers) -> None:
    found = order(papers, "flood-day", "19T09:30", "flood-commander")
    assert [one.do for one in found.standing] == [
        "到市防汛指挥中心坐镇指挥，召开指挥部会议",
        "报请省防指批准运用莲花蓄滞洪区",
    ]


def test_an_order_of_advice_alone_says_so(papers: Papers) -> None:
    found = order(
        papers, "flood-day", "19T09:30", "grain-reserves-bureau", "linjiang/supplies-and-shelter"
    )
    assert found.standing == ()
    assert found.head.state == "建议稿　所依响应尚未启动，未经批准不具效力"


def test_nobody_above_is_given_an_order(papers: Papers) -> None:
    every = papers("mine-flood", "21T10:45", kinds=("order",))
    titles = [one.head.title for one in every]
    assert "红山铁矿有限公司（单位）应急任务单" in titles
    assert not [
        title
        for title in titles
        if "国务院" in title or "楚江省人民政府" in title or "应急管理部" in title
    ]


def test_each_body_has_only_its_own_duties(papers: Papers) -> None:
    for one in papers("chemical-explosion", "09T17:30", kinds=("order",)):
        assert isinstance(one, TaskOrder)
        (name,) = one.head.addressees
        for task in (*one.standing, *one.recommended, *one.open, *one.done):
            assert name in task.who, (name, task)


def test_of_one_action_some_may_be_ordered_and_others_asked(small: Small) -> None:
    small.plan(
        "dam",
        """tracks:
  dam:
    label: {en: dam}
    levels: [{level: III, duration: 48 h, approve: {post: chief}, when: {deaths: ≥ 1}}]
actions:
  - {id: both, from: III, executor: [health, power], do: help, within: 1 h, of: start}
""",
    )
    assessment = small.assess(stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10")
    manners = {}
    for name in ("health", "power"):
        (found,) = papers_of(assessment, Choice(kinds=("order",), whose=name))
        assert isinstance(found, TaskOrder)
        manners[name] = found.standing[0].manner, found.requested
    assert manners == {"health": ("命令", False), "power": ("请求协助", True)}
