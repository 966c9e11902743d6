"""The one-page card of a post or township: occasions, steps in the order of time, telephones."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from planengine.papers.page_size import fit
from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import BLANK, ActionCard, Call, Clause, Sentence, Step, StepGroup
from tests.assessment.conftest import Small, in_force, stated
from tests.papers.conftest import Papers

FLOOD_PLAN = "《临江市防汛抗旱应急预案》"


def card(papers: Papers, name: str, at: str, holder: str, plan: str | None = None) -> ActionCard:
    (found,) = papers(name, at, kinds=("card",), whose=holder, plan=plan)
    assert isinstance(found, ActionCard)
    return found


def test_the_card_of_a_township(papers: Papers) -> None:
    found = card(papers, "flood-day", "19T09:30", "dayuan-town-office")
    assert [(one.title, one.now) for one in found.groups] == [
        ("见险先做·临江市防汛抗旱应急预案", "不待启动"),
        ("见险先做·临江市突发地质灾害应急预案", "不待启动"),
        ("见险先做·临江市突发事件总体应急预案", "不待启动"),
        ("见险先做·临江市自然灾害救助应急预案", "不待启动"),
        ("情形出现时·临江市防汛抗旱应急预案", "不待启动"),
        ("二级起·南浦县防汛抗旱应急预案", "建议（一级尚未启动）"),
    ]
    assert found.groups[0].steps == (
        Step(
            do="险情发生地立即组织受威胁群众转移避险（受威胁群众）",
            limit="接报后立即",
            details=(
                (
                    "情形：堤防险情，或堤防重大险情，或堤防决口，或水库险情，或水库重大险情，或水库垮坝，"
                    "或形成堰塞湖，或山洪灾害，或山洪转移指标为立即转移"
                ),
                "完成标志：危险区清空并逐户核对",
            ),
            clauses=(
                Clause("《中华人民共和国突发事件应对法（2024年修订）》"),
                Clause(f"{FLOOD_PLAN}4.3（本地自定）"),
            ),
        ),
    )
    assert [one.limit for one in found.groups[4].steps] == [
        "条件满足后立即",
        "条件满足后30分钟内",
        "条件满足后30分钟内",
    ]
    assert found.groups[4].steps[1].details[0] == "情形：暴雨预警信号红色"


def test_its_telephones_begin_with_the_body_above(papers: Papers) -> None:
    found = card(papers, "flood-day", "19T09:30", "dayuan-town-office")
    assert found.calls[0] == Call(
        "南浦县人民政府", "0700-8100-0053", "南浦政府总值班室，24小时值班，2026年5月1日核实"
    )
    assert [one.name for one in found.calls] == [
        "南浦县人民政府",
        "临江市防汛抗旱指挥部办公室",
        "南浦县应急管理局",
        "临江市地质灾害应急指挥部办公室",
        "临江市突发事件应急委员会办公室",
        "临江市防灾减灾救灾委员会办公室",
    ]


def test_its_signals_are_those_that_stand_and_what_each_colour_asks(papers: Papers) -> None:
    found = card(papers, "flood-day", "19T09:30", "dayuan-town-office")
    colours = (Clause(f"{FLOOD_PLAN}3.2.1（本地自定）"),)
    assert found.signals[:3] == (
        Sentence("《暴雨预警信号》红色，已发布", told="临江市气象局7月18日13时"),
        Sentence("《临江市防汛抗旱应急预案》防汛应急响应预警红色，尚未发布", colours, ("建议",)),
        Sentence(
            f"{FLOOD_PLAN}红色预警：组织危险区、滩地和民垸群众全部转移、关闭沿江景区和渡口、抢险队伍进入阵地、停止一切涉水施工；较轻的继续",
            colours,
        ),
    )
    assert [one.text[len(FLOOD_PLAN) :][:4] for one in found.signals[2:]] == [
        "红色预警",
        "橙色预警",
        "黄色预警",
        "蓝色预警",
    ]


def test_the_card_of_a_post_has_what_it_decides(papers: Papers) -> None:
    found = card(papers, "mine-flood", "21T10:45", "safety-commander")
    assert found.who == "市安全事故指指挥长（分管安全生产副市长）"
    assert [one.title for one in found.groups] == [
        "三级起·临江市生产安全事故应急预案矿山事故应急响应",
        "二级起·临江市生产安全事故应急预案矿山事故应急响应",
    ]
    assert found.groups[1] == StepGroup(
        "二级起",
        "临江市生产安全事故应急预案矿山事故应急响应",
        "已启动（现为二级）",
        (
            Step(
                "审批启动二级响应（临江市生产安全事故应急指挥部办公室提出，期限7天）",
                "接到提请即决定",
                (),
                (Clause("《临江市生产安全事故应急预案》4.2.2（本地自定）"),),
            ),
        ),
    )


def test_a_body_without_a_telephone_has_a_blank(papers: Papers) -> None:
    found = card(papers, "mine-flood", "21T10:45", "safety-commander")
    assert found.calls[0] == Call("临江市安全生产委员会", BLANK, "登记库无电话")


def test_cards_are_made_for_posts_and_townships_that_are_called(papers: Papers) -> None:
    every = papers("mine-flood", "21T10:45", kinds=("card",))
    assert [one.head.title for one in every if isinstance(one, ActionCard)] == [
        "岩湾乡人民政府应急处置明白卡",
        "市安全事故指指挥长应急处置明白卡",
        "市长应急处置明白卡",
        "常务副市长应急处置明白卡",
    ]


@pytest.mark.parametrize(
    ("name", "at"),
    [("flood-day", "19T09:30"), ("mine-flood", "21T10:45"), ("chemical-explosion", "09T17:30")],
)
def test_every_card_of_the_examples_fits_on_a_page(papers: Papers, name: str, at: str) -> None:
    assert [
        one.head.title
        for one in papers(name, at, kinds=("card",))
        if isinstance(one, ActionCard) and not one.one_page
    ] == []


def test_print_shrinks_till_a_card_fits_and_what_does_not_says_so() -> None:
    def sized(steps: int) -> tuple[float, bool]:
        step = Step(
            "巡堤查险，每公里不少于5人，昼夜不间断，每2小时一轮（堤防）", "启动响应后1小时内"
        )
        return fit((StepGroup("三级起", "", "", (step,) * steps),), (), ())

    assert [sized(steps) for steps in (10, 35, 50, 60)] == [
        (10.5, True),
        (9.5, True),
        (6.5, True),
        (6.5, False),
    ]


def test_clauses_of_signals_and_telephones_with_their_notes_take_room(papers: Papers) -> None:
    """At 10.5 points the last of a card's telephones stood on a second page."""
    found = card(papers, "flood-day", "19T09:30", "gangkou-town-office")
    assert (found.size, found.one_page) == (8.5, True)
    bare = tuple(replace(one, clauses=(), told="") for one in found.signals)
    silent = tuple(replace(one, note="") for one in found.calls)
    assert [
        fit(found.groups, signals, calls * 2)
        for signals in (found.signals, bare)
        for calls in (found.calls, silent)
    ] == [(7.5, True), (8.5, True), (8.5, True), (8.5, True)]


def test_what_a_milder_level_asks_comes_first_and_a_may_is_marked(small: Small) -> None:
    small.plan(
        "dam",
        """tracks:
  dam:
    label: {en: dam}
    levels:
      - {level: III, duration: 48 h, approve: {post: chief}, when: {deaths: ≥ 1}}
      - {level: II, duration: 48 h, approve: {post: chief}, when: {deaths: ≥ 5}}
actions:
  - {id: late, from: III, executor: health, do: late, within: 2 h, of: start, verb: may}
  - {id: soon, from: III, executor: health, do: soon, within: 1 h, of: start}
  - {id: ever, from: III, executor: health, do: ever}
  - {id: worse, from: II, executor: health, do: worse, within: 立即, of: start}
""",
    )
    assessment = small.assess(stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10")
    (found,) = papers_of(assessment, Choice(kinds=("card",), whose="health"))
    assert isinstance(found, ActionCard)
    assert [(g.title, g.now, [(s.do, s.marks) for s in g.steps]) for g in found.groups] == [
        ("三级起·dam plan", "已启动（现为三级）", [("soon", ()), ("late", ("may",)), ("ever", ())]),
        ("二级起·dam plan", "", [("worse", ())]),
    ]
    assert found.groups[0].steps[2].limit == "未规定时限"


WARNS = """levels:
  - {level: III, propose: office, approve: {post: chief}, duration: 48 h, when: {level: ≥ 9}}
  - {level: III, verb: may, propose: office, approve: {post: chief}, duration: 24 h, when: {judged: {id: bad, what: bad, by: office}}}
warnings:
  - {level: red, issuer: office, approve: {post: chief}, measures: [move people], when: {level: ≥ 5}}
  - {level: blue, issuer: office, measures: [watch], when: {level: ≥ 3}}
"""


def test_who_issues_and_who_approves_a_warning_has_it_on_its_card(small: Small) -> None:
    found = small.plan("dam", WARNS).assess(stated("08:00", level=4), at="09:00")
    cards = {
        name: papers_of(found, Choice(kinds=("card",), whose=name))[0]
        for name in ("chief", "office")
    }
    told: dict[str, list[tuple[str, list[tuple[str, tuple[str, ...]]]]]] = {}
    for name, one in cards.items():
        assert isinstance(one, ActionCard)
        told[name] = [
            (group.title, [(step.do, step.marks) for step in group.steps]) for group in one.groups
        ]
    assert told == {
        "chief": [
            ("red预警·dam plan", [("审批发布red预警（office提出）", ())]),
            (
                "三级起·dam plan",
                [
                    ("审批启动三级响应（office提出，期限2天）", ()),
                    ("审批启动三级响应（office提出，期限1天）", ("may",)),
                ],
            ),
        ],
        "office": [
            ("blue预警·dam plan", [("发布blue预警", ())]),
            ("red预警·dam plan", [("发布red预警，报chief批准", ())]),
            (
                "三级起·dam plan",
                [
                    ("提请chief批准启动三级响应，期限2天", ()),
                    ("提请chief批准启动三级响应，期限1天", ("may",)),
                ],
            ),
        ],
    }
