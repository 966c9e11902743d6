"""The notice that a response is in force or is advised: what Article 72 of the 2024 law asks."""

from __future__ import annotations

from typing import Any

from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import BLANK, Clause, Notice, Sentence, Signature, Task
from tests.assessment.conftest import Small, in_force, stated
from tests.papers.conftest import Papers

FLOOD_PLAN = "《临江市防汛抗旱应急预案》"
DAM = """tracks:
  dam:
    label: {en: dam}
    levels:
      - {level: III, propose: office, approve: {post: chief}, duration: 48 h, basis: {source: law, clause: "4.3"}, when: {deaths: ≥ 1}}
      - {level: II, propose: office, approve: {post: chief}, basis: {source: law, clause: "4.2", confidence: unverified}, when: {deaths: ≥ 5}}
    lower: {when: {level: ≤ 2 m}}
    end: {when: {level: ≤ 1 m}}
actions:
  - {id: watch, from: III, executor: health, do: watch, within: 1 h, of: start, basis: {source: law, clause: "5"}}
  - {id: pump, from: II, executor: power, do: pump, within: 2 h, of: start, verb: may}
"""


def notice(papers: Papers, name: str, at: str, plan: str) -> Notice:
    (found,) = papers(name, at, kinds=("notice",), plan=plan)
    assert isinstance(found, Notice)
    return found


def of_dam(small: Small, *observations: dict[str, Any], at: str) -> Notice:
    assessment = small.plan("dam", DAM).assess(*observations, at=at)
    (found,) = papers_of(assessment, Choice(kinds=("notice",)))
    assert isinstance(found, Notice)
    return found


def row(tasks: tuple[Task, ...], do: str) -> Task:
    (found,) = [one for one in tasks if one.do.startswith(do)]
    return found


# What is in force


def test_a_response_in_force_says_by_whom_and_since_when(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T10:15", "linjiang/flood")
    level_i = (Clause(f"{FLOOD_PLAN}4.2.1（本地自定）"),)
    assert not found.proposed
    assert found.head.title == "关于启动《临江市防汛抗旱应急预案》防汛应急响应（一级）的通知"
    assert found.head.state == "已启动"
    assert found.level == (
        Sentence("一级，已启动：市长于2026年7月19日10时10分决定。", level_i, ("已启动",)),
        Sentence("据现有事实研判为一级。", level_i),
        Sentence(
            "应急响应级别由重到轻：一级、二级、三级、四级。", (Clause(f"{FLOOD_PLAN}（2026-1版）"),)
        ),
    )
    assert found.duration == Sentence("3天，至7月22日10时10分（启动决定载明）。", level_i)
    assert found.signatures == (
        Signature("提出", "临江市防汛抗旱指挥部办公室"),
        Signature("签发", "市长"),
    )
    assert found.head.sender == "临江市防汛抗旱指挥部"
    assert found.head.date == "2026年7月19日"
    assert found.head.copies == ("楚江省防汛抗旱指挥部", "河西市人民政府", "临江市人民政府")


def test_its_measures_have_executor_verb_deadline_and_clause(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T10:15", "linjiang/flood")
    assert row(found.leading, "发布动员令") == Task(
        do="发布动员令，全市转入防汛抢险状态",
        who="临江市人民政府",
        deadline="7月19日11时10分前",
        late=False,
        verb="应",
        manner="命令",
        footing="in-force",
        footing_text="已启动一级",
        requesters=("临江市防汛抗旱指挥部（依《临江市防汛抗旱应急预案》）",),
        details=("完成标志：动员令公布",),
        clauses=(Clause(f"{FLOOD_PLAN}4.3.1（本地自定）"),),
        bodies=("临江市人民政府",),
    )
    assert row(found.measures, "保障沿江泵站").manner == "请求协助"
    assert row(found.measures, "开放避难场所").done == "已报完成：7月19日5时50分"
    assert row(found.measures, "封控决口").deadline == "立即（规定时限7月18日6时40分已过）"


def test_the_notice_says_which_law_gives_it_its_parts(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T10:15", "linjiang/flood")
    assert found.form == Sentence(
        "启动应急响应，应当明确响应事项、级别、预计期限、应急处置措施等。",
        (Clause("《中华人民共和国突发事件应对法（2024年修订）》第七十二条"),),
    )


# What is only advised


def test_what_is_advised_reads_so_everywhere(papers: Papers) -> None:
    found = notice(papers, "mine-flood", "21T10:30", "linjiang/production-safety")
    assert found.proposed
    assert (
        found.head.title
        == "关于启动《临江市生产安全事故应急预案》矿山事故应急响应（一级）的通知（建议稿）"
    )
    assert found.head.state == "建议稿　未经批准，不得印发，不具效力"
    assert found.level[0] == Sentence(
        "建议启动一级（预案规定：应启动），尚未启动。",
        (Clause("《临江市生产安全事故应急预案》4.2.1（本地自定）"),),
        ("建议",),
    )
    assert found.duration.text == "自批准之时起10天（预案规定）。"
    assert found.signatures == (
        Signature("提出", "临江市生产安全事故应急指挥部办公室"),
        Signature("批准", "市长 或 市委书记", decides=True),
    )
    assert found.reasons == (
        Sentence(
            "被困或下落不明人数不少于53人（条件：不少于30人）",
            (Clause("《临江市生产安全事故应急预案》4.2.1（本地自定）"),),
            (),
            "青石县应急管理局，10月21日10时10分，实报",
        ),
    )


def test_nothing_stands_as_decided_that_is_not_in_force(papers: Papers) -> None:
    every = [
        one
        for name, at in (
            ("flood-day", "19T09:30"),
            ("mine-flood", "21T10:30"),
            ("chemical-explosion", "09T17:30"),
        )
        for one in papers(name, at, kinds=("notice",))
        if isinstance(one, Notice)
    ]
    assert len(every) == 10 + 7 + 9
    begun = [one for one in every if any("已启动" in line.marks for line in one.level)]
    assert sorted(one.head.title for one in begun) == [
        "关于启动《临江市危险化学品事故应急预案》应急响应（二级）的通知",
        "关于将《临江市自然灾害救助应急预案》应急响应由三级提升为二级的通知（建议稿）",
        "关于将《临江市防汛抗旱应急预案》防汛应急响应由二级提升为一级的通知（建议稿）",
    ]
    for one in every:
        if one not in begun:
            assert {task.footing for task in one.measures} <= {
                "recommended",
                "first-response",
                "condition",
            }
            assert not [task for task in one.measures if "已启动" in task.footing_text]
        for task in one.measures:
            assert ("建议" in task.marks) == (task.footing == "recommended")


def test_of_a_level_that_is_to_be_raised_each_measure_says_what_it_stands_on(
    papers: Papers,
) -> None:
    found = notice(papers, "flood-day", "19T09:30", "linjiang/flood")
    assert [(one.text, one.marks) for one in found.level[:2]] == [
        ("二级，已启动：市防指指挥长于2026年7月19日0时40分决定。", ("已启动",)),
        ("建议由二级提升为一级（预案规定：应启动），尚未提升。", ("建议",)),
    ]
    assert row(found.measures, "转移民垸").footing_text == "已启动二级"
    mobilise = row(found.measures, "发布动员令")
    assert (mobilise.footing_text, mobilise.marks) == ("建议：一级尚未启动", ("建议",))
    assert mobilise.deadline == "启动响应后1小时内"


def test_a_limit_that_runs_before_the_start_is_told(papers: Papers) -> None:
    found = notice(papers, "mine-flood", "21T10:30", "linjiang/production-safety")
    assert row(found.measures, "向指挥部和救援队").footing_text == "建议：一级尚未启动，时限已起算"
    first = row(found.reports, "向楚江省应急管理厅报告：单位")
    assert (first.footing_text, first.marks) == ("级别条件已达到，时限已起算，不待启动", ())
    assert first.deadline == "立即（规定时限10月21日10时05分已过）"


def test_what_is_open_is_told_apart(papers: Papers) -> None:
    found = notice(papers, "flood-day", "18T08:00", "linjiang/flood")
    assert found.level[1].text == "据现有事实研判为四级；不能排除三级。"
    assert found.level[1].marks == ("待核实",)
    assert found.open == (
        Sentence(
            "临江市气象局：3小时雨量（现知：不详）；3小时内预计3小时雨量（现知：0至140mm）",
            marks=("待核实",),
        ),
        Sentence(
            "楚江省防汛抗旱指挥部可决定：省防指指令启动一级响应（决定后可达一级）",
            marks=("待人决定",),
        ),
        Sentence(
            "临江市防汛抗旱指挥部办公室可决定：江河湖库水情平稳，积水仅由城区降雨造成（决定后本预案不适用）",
            marks=("待人决定",),
        ),
    )
    waiting = row(found.open_measures, "达到立即转移指标")
    assert (waiting.marks, waiting.footing_text) == (("待核实",), "条件是否具备待核实")


def test_what_is_known_of_one_dyke_is_not_assumed_away_with_the_others(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T09:30", "linjiang/flood")
    (assumed,) = found.matter.assumed
    names = assumed.text.partition("：")[0].split("、")
    assert [one for one in names if one.startswith("堤防")] == [
        "堤防决口（沙河堤以外）",
        "堤防重大险情（沙河堤以外）",
        "堤防险情（沙河堤以外）",
    ]
    assert "水库垮坝" in names


def test_what_is_unknown_of_the_province_is_asked_of_the_province(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T09:30", "linjiang/disaster-relief")
    asked = [one.text.partition("：") for one in found.open]
    (above,) = [names for who, _, names in asked if who == "楚江省应急管理厅"]
    assert above.startswith("楚江省倒塌和严重损坏房屋间数（现知：不详）")
    assert not any("楚江省" in names for who, _, names in asked if who == "临江市应急管理局")


def test_an_end_of_the_scale_that_only_keeps_slips_out_is_no_bound(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T09:30", "linjiang/flood")
    assert found.reasons[0].text == "沙河堤堤防决口；汉口站水位27.4m（条件：不低于27.3m）"


def test_a_limit_is_told_by_the_minute(papers: Papers) -> None:
    """What begins the second after another limit is due within whole minutes of that."""
    found = notice(papers, "flood-day", "19T09:30", "linjiang/flood")
    assert row(found.measures, "10分钟未全部应答的").deadline == "7月18日13时15分前（已超时）"


def test_links_say_whether_the_other_plan_is_in_force(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T10:15", "linjiang/flood")
    assert [
        (one.text, one.marks)
        for one in found.links
        if "自然灾害救助" in one.text or "医疗" in one.text
    ] == [
        ("联动启动《临江市自然灾害救助应急预案》二级（已启动二级）。", ()),
        ("建议联动启动《临江市突发事件医疗卫生救援应急预案》三级（尚未启动）。", ("建议",)),
    ]


# Durations, easing, unverified figures


def test_a_duration_that_nobody_gives_is_a_blank(small: Small) -> None:
    found = of_dam(small, stated("08:00", deaths=6), at="08:00")
    assert found.duration == Sentence(
        f"{BLANK}（预案未规定，由批准人填写）",
        (Clause("《the law》4.2", unverified=True),),
        ("待填",),
    )


def test_a_start_without_a_duration_is_not_given_the_plan_s(small: Small) -> None:
    found = of_dam(small, stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10")
    assert found.duration.text == f"{BLANK}（启动决定未载明；预案规定2天）"
    assert found.duration.marks == ("待填",)


def test_a_corrected_decision_stands_at_its_own_time(small: Small) -> None:
    wrong = {**in_force("08:00", "II"), "id": "w"}
    right = {**in_force("08:30", "III"), "correct": "w"}
    right["decide"]["duration"] = "1 h"
    found = of_dam(small, stated("08:00", deaths=1), wrong, right, at="08:40")
    assert found.level[0].text == "三级，已启动：chief于2026年7月1日8时决定。"
    assert found.duration.text == "1小时，至7月1日9时（启动决定载明）。"


def test_a_duration_that_is_over_says_so(small: Small) -> None:
    put = in_force("08:00", "III")
    put["decide"]["duration"] = "1 h"
    found = of_dam(small, stated("08:00", deaths=1), put, at="09:00")
    assert (
        found.duration.text
        == "1小时，至7月1日9时（启动决定载明）；预计期限已过，须决定延长、调整或者终止。"
    )
    assert found.duration.marks == ("已到期",)


def test_a_press_conference_is_one_whatever_it_is_called(small: Small) -> None:
    release = "information: {id: news, body: office, first-within: 5 h, conference-within: 24 h}\n"
    assessment = small.plan("dam", DAM + release).assess(stated("08:00", deaths=2), at="08:10")
    (found,) = papers_of(assessment, Choice(kinds=("notice",)))
    assert isinstance(found, Notice)
    assert [one.do for one in found.reports] == ["首次发布权威信息", "举行新闻发布会"]


def test_lowering_and_ending_are_advice_too(small: Small) -> None:
    put = in_force("08:00", "II")
    lower = of_dam(small, stated("08:00", deaths=1, level="2 m"), put, at="08:10")
    assert lower.head.title == "关于降低《dam plan》dam级别的通知（建议稿）"
    assert lower.level[1].text == f"建议降低级别（现为二级），降至何级由批准人确定：{BLANK}。"
    end = of_dam(small, stated("08:00", deaths=1, level="1 m"), put, at="08:10")
    assert end.head.title == "关于终止《dam plan》dam的通知（建议稿）"
    assert (end.level[1].text, end.duration.text) == (
        "建议终止（现为二级），尚未终止。",
        "自批准终止之时结束。",
    )
    assert end.signatures[1] == Signature("批准", "chief", decides=True)


def test_unverified_figures_are_told_in_the_head(small: Small) -> None:
    assert of_dam(small, stated("08:00", deaths=6), at="08:00").head.unverified
    assert not of_dam(small, stated("08:00", deaths=1), at="08:00").head.unverified


def test_a_statement_without_a_clause_says_that_it_has_none(small: Small) -> None:
    found = of_dam(small, stated("08:00", deaths=6), at="08:00")
    assert row(found.measures, "pump").clauses == (Clause("《dam plan》（条款未注明）"),)
    assert row(found.measures, "watch").clauses == (Clause("《the law》5"),)


def test_who_was_not_entitled_is_a_warning_on_the_notice(small: Small) -> None:
    put = in_force("08:00", "III")
    put["decide"]["by"] = "clerk"
    found = of_dam(small, stated("08:00", deaths=1), put, at="08:10")
    assert [one.marks for one in found.head.warnings] == [("矛盾",)]
    assert "clerk" in found.head.warnings[0].text


def test_a_body_that_was_abolished_is_told_by_its_successor(small: Small) -> None:
    small.plan("dam", DAM)
    path = small.folder / "plans" / "dam.yaml"
    text = path.read_text().replace(
        "headquarters: government, office: office", "headquarters: old-office"
    )
    path.write_text(text + "members: [{agency: old-office, role: lead}]\n")
    assessment = small.assess(stated("08:00", deaths=1), in_force("08:00", "III"), at="08:10")
    (found,) = papers_of(assessment, Choice(kinds=("notice",)))
    assert isinstance(found, Notice)
    assert found.head.sender == "office"
    assert found.head.addressees == ("health", "office")
    assert row(found.measures, "watch").requesters == ("office（依《dam plan》）",)


def test_of_two_tracks_each_has_its_own_measures_and_reports(papers: Papers) -> None:
    every = papers(
        "chemical-explosion",
        "09T17:30",
        kinds=("notice",),
        plan="linjiang/communications-and-power",
    )
    communications, power = every
    assert isinstance(communications, Notice)
    assert isinstance(power, Notice)
    for one, other in ((communications, power), (power, communications)):
        own = {task.do for task in (*one.measures, *one.reports)}
        assert not {do for do in own if any(do == task.do for task in other.measures)}
    assert [task.do for task in communications.reports] != [task.do for task in power.reports]


# The first page


def test_the_first_page_says_what_when_how_long_and_who_commands(papers: Papers) -> None:
    found = notice(papers, "flood-day", "19T10:15", "linjiang/flood")
    assert [(one.name, one.said.text, one.said.marks) for one in found.cover.lines] == [
        ("响应事项", "临江市“7·18”洪水，南浦县", ()),
        ("响应级别", "一级", ("已启动",)),
        ("适用范围", "临江市", ()),
        ("启动时间", "2026年7月19日10时10分（一级，市长决定）", ()),
        ("预计期限", "3天，至7月22日10时10分（启动决定载明）。", ()),
        ("指挥机构", "临江市防汛抗旱指挥部（办公室：临江市防汛抗旱指挥部办公室）", ()),
    ]
    assert [(one.number, one.part) for one in found.annexes] == [
        (1, "matter"),
        (2, "measures"),
        (3, "reports"),
        (4, "open"),
        (5, "unknown"),
    ]


def test_the_first_page_has_what_is_due_within_the_hour(papers: Papers) -> None:
    """What the level brings first; what is overdue is counted, not told again."""
    found = notice(papers, "flood-day", "19T10:15", "linjiang/flood").cover
    assert [(one.do, one.deadline) for one in found.first] == [
        (
            "党政负责人上堤，每公里不少于10人，拉网式不间断巡查（堤防）",
            "7月19日10时40分前，每1小时一次",
        ),
        ("发布动员令，全市转入防汛抢险状态", "7月19日11时10分前"),
        ("险情发生地立即组织受威胁群众转移避险（受威胁群众）", "立即"),
    ]
    assert (found.more, found.late, found.all) == (1, 28, 41)  # the page has no more room


def test_of_what_awaits_approval_the_first_hour_is_that_after_it(papers: Papers) -> None:
    found = notice(papers, "mine-flood", "21T10:30", "linjiang/production-safety").cover
    assert (found.lines[1].said.text, found.lines[1].said.marks) == (
        "建议启动一级（预案规定：应启动），尚未启动",
        ("建议",),
    )
    assert found.lines[3].said.text == "一级自批准之时起"
    assert {one.deadline for one in found.first} == {
        "立即",
        "启动响应后30分钟内",
        "启动响应后1小时内",
    }


def test_annexes_are_numbered_without_gaps(small: Small) -> None:
    found = of_dam(small, stated("08:00", deaths=6), at="08:00")
    assert [(one.number, one.title) for one in found.annexes] == [
        (1, "响应事项、级别和依据"),
        (2, "措施分工和主送单位"),
        (3, "预案衔接、待核实和待人决定"),
        (4, "不详和推定的情况"),
    ]
