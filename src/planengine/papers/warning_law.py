"""What the 2024 Emergency Response Law asks of whoever issues, changes or lifts a warning."""

from __future__ import annotations

from planengine.papers.law import of_law
from planengine.papers.parts import Sentence
from planengine.papers.wording import Wording

_MILD = frozenset({"yellow", "blue"})
_SEVERE = frozenset({"red", "orange"})


def required(act: str, colour: str | None, wording: Wording) -> tuple[Sentence, ...]:
    """The duties that the law ties to an act (issue, change, lift) and a colour, as a checklist.

    () where the library has no such law in force.
    """
    asked = [*_OF_ACT[act]]
    if act != "lift" and colour in _MILD | _SEVERE:
        asked.append(_OF_EVERY_COLOUR)
        asked += [_OF_RED_AND_ORANGE] if colour in _SEVERE else []
        asked.append(_MARKETS)
    found = (of_law(article, wording.say(zh, en), wording) for article, zh, en in asked)
    return tuple(one for one in found if one.text)


_OF_ACT: dict[str, tuple[tuple[str, str, str], ...]] = {
    "issue": (
        (
            "第六十四条",
            "发布的同时宣布进入预警期，并报上一级人民政府，必要时越级上报",
            (
                "with the issue the warning period is declared, and the government above is told, "
                "past one level where needed"
            ),
        ),
        (
            "第六十四条",
            "通报当地驻军，以及可能受影响的毗邻和相关地区人民政府",
            "the garrison and the governments of areas nearby that may be hit are told",
        ),
    ),
    "change": (
        (
            "第七十条",
            "事态变化后及时调整级别，调整后的预警重新发布",
            "the level follows the course of events, and the changed warning is issued anew",
        ),
    ),
    "lift": (
        (
            "第七十条",
            "确认事件不会发生或者危险已过的，立即宣布解除，结束预警期，停止已采取的有关措施",
            (
                "once it is sure that nothing comes or that the danger is over, it is lifted at "
                "once: its period and the measures taken end"
            ),
        ),
    ),
}
_OF_EVERY_COLOUR = (
    "第六十六条",
    (
        "各级颜色均应做到五项：启动预案；责成有关部门和机构收集报告信息、公布报告渠道、加强监测；"
        "随时会商研判可能性、影响范围和强度、级别；定时向社会公布预测和评估结果，管理信息发布；"
        "向可能受害的公众发出警示、讲明避险常识、公布咨询电话"
    ),
    (
        "five for every colour: start the plan; have information gathered and told, publish how "
        "to tell it, watch more closely; judge chance, reach, strength and grade at any time; "
        "publish forecasts and assessments at set times; warn and instruct those in danger, with "
        "a telephone to ask"
    ),
)
_OF_RED_AND_ORANGE = (
    "第六十七条",
    (
        "红色、橙色另须采取下列一项或者多项：队伍和值守人员待命；物资、装备、避难和医疗场所备妥；"
        "加强重点单位安全保卫、维护治安；"
        "确保交通、通信、供水、排水、供电、供气、供热、医疗和广电运行；"
        "发布针对性的避险建议；转移安置人员、转移财产；"
        "关闭或者限制易受影响场所、限制聚集活动；其他依法措施"
    ),
    (
        "red and orange also take one or more of: teams and duty officers on standby; goods, "
        "equipment, shelters and hospitals made ready; guards on key units and public order; "
        "transport, communications, water, drainage, power, gas, heat, health and broadcasting "
        "kept running; advice; people and property moved; places closed and crowds limited; "
        "other lawful measures"
    ),
)
_MARKETS = (
    "第六十八条",
    "进入预警期后，监测重要商品和服务的供应和价格，保障供应、稳定市场",
    "in the warning period the supply and prices of key goods and services are watched",
)
