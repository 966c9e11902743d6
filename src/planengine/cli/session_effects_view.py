"""What follows from something told, as text: a section for each kind of change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.cli.language import Language
from planengine.cli.session_telling import PROPOSALS, STAGES, Telling
from planengine.screens.brief_rows import is_overdue
from planengine.screens.screen import BOLD, DIM, GREEN, RED, YELLOW, Line

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.results import ActionItem, ReportItem
    from planengine.sessions.effects import (
        CommandMoved,
        Duty,
        Effects,
        Escalation,
        LevelMoved,
        LimitChanged,
        Order,
        Proposed,
        Refused,
        StageMoved,
    )

_LEVELS = {
    "recommended": ("研判", "facts"),
    "indicated": ("据报", "as reported"),
    "could-reach": ("可能达到", "could reach"),
    "in-force": ("现行", "in force"),
    "issued": ("发布", "issued"),
}
_LIMITS = {
    "set": ("时限已定", "limits set"),
    "moved": ("时限变动", "limits moved"),
    "met": ("已完成", "done"),
    "missed": ("超时", "missed"),
}
_ALARMS = {"missed": RED, "met": GREEN}


def effects_text(
    found: Effects, assessment: Assessment, language: Language, *, everything: bool = False
) -> str:
    """What follows, a section for each kind of change; one line where nothing does."""
    telling = Telling(assessment, language, everything=everything)
    say = telling.say
    telling.banner()
    telling.section(
        say("超时须告知", "missed: tell"),
        [[(_escalated(telling, one), RED)] for one in found.escalations],
        RED,
    )
    telling.section(say("阶段", "stage"), [_staged(telling, one) for one in _stages(found)])
    moved = [one for one in found.levels if everything or _is_told(one, found)]
    telling.section(say("级别", "levels"), [_moved(telling, one) for one in moved])
    proposed = [one for one in found.proposals if one.now in PROPOSALS]
    telling.section(say("建议", "proposals"), [_proposed(telling, one) for one in proposed])
    telling.section(say("否决", "declined"), [_refused(telling, one) for one in found.declined])
    telling.section(
        say("指挥", "command"), [[(_commanded(telling, one), "")] for one in found.commands]
    )
    telling.section(say("新任务", "new orders"), _orders(telling, found.orders))
    telling.section(
        say("新报告", "reports due"), [[(telling.duty(one), "")] for one in found.reports]
    )
    telling.section(
        say("已签收", "received"), [[(_received(telling, one), "")] for one in found.acknowledged]
    )
    new = {_which(one) for order in found.orders for one in order.duties}
    new |= {_which(one) for one in found.reports}
    for change in ("met", "missed", "set", "moved"):
        rows: list[Line] = [
            [(_limit(telling, one), "")]
            for one in found.limits
            if one.change == change and not (change == "set" and _which(one.duty) in new)
        ]
        if change != "missed" or not found.escalations:
            telling.section(say(*_LIMITS[change]), rows, _ALARMS.get(change, BOLD))
    telling.section(
        say("不再需要", "no longer owed"), [[(telling.duty(one), "")] for one in found.over]
    )
    asked = [[(one.text.zh if telling.zh else one.text.en, "")] for one in found.asked]
    telling.section(say("要问", "to ask"), asked)
    told = [[(one.zh if telling.zh else one.en, YELLOW)] for one in found.findings]
    telling.section(say("注意", "mind"), told, YELLOW)
    if found.are_none:
        telling.screen.line((say("没有变化", "nothing changed"), ""))
    elif telling.is_empty:
        text = say("只有不能排除的级别有变化", "nothing changed but what is not excluded")
        telling.screen.line((text, ""))
    late = _overdue(assessment)
    if late > len(found.escalations):
        text = say(f"已超时 {late} 项，见 session show", f"overdue: {late}, see session show")
        telling.screen.line((text, RED))
    if found.recheck_at is not None:
        recheck = int(found.recheck_at.timestamp())
        time = telling.words.time(recheck + -recheck % 60)
        telling.screen.line((say(f"下次复核 {time}", f"look again {time}"), DIM))
    return telling.screen.text()


def _orders(telling: Telling, orders: tuple[Order, ...]) -> list[Line]:
    """What bodies newly have to do; those that have the same in one line."""
    together: dict[tuple[str, str], list[str]] = {}
    for order in orders:
        duties = (telling.duty(one, whose=False) for one in order.duties)
        text = telling.say("；", "; ").join(duties)
        together.setdefault((order.mode, text), []).extend([order.body] if order.body else [])
    asked = telling.say("（请求）", " (request)")
    return [
        [
            (telling.bodies(names), BOLD),
            (asked if mode == "request" else "", DIM),
            (telling.say("：", ": "), ""),
            (text, ""),
        ]
        for (mode, text), names in together.items()
    ]


def _overdue(assessment: Assessment) -> int:
    """How many duties are overdue, and neither done nor open."""
    rows: list[ActionItem | ReportItem] = [*assessment.actions, *assessment.reports]
    return sum(one.certainty != "possible" and is_overdue(one) for one in rows)


def _which(one: Duty) -> tuple[str, str, str]:
    return one.document, one.item, one.area


def _is_told(one: LevelMoved, found: Effects) -> bool:
    """Whether a change is told where not all are.

    What only is not excluded is left out, and what was reported where that is certain now.
    """
    if one.of != "indicated":
        return one.of != "could-reach"
    certain = (
        other
        for other in found.levels
        if other.of == "recommended" and other.decision == one.decision
    )
    return all(other.now != one.now for other in certain)


def _stages(found: Effects) -> list[StageMoved]:
    """The steps that are told: of the incident where no response took the same.

    That of a response which has not begun says nothing that the incident's does not.
    """
    own = [
        one
        for one in found.stages
        if one.decision is not None and one.now not in {None, "reported", "verified"}
    ]
    ways = {one.now for one in own}
    whole = (one for one in found.stages if one.decision is None and one.now is not None)
    return [*(one for one in whole if one.now not in ways), *own]


def _staged(telling: Telling, one: StageMoved) -> Line:
    name = telling.say("事件", "incident")
    if one.decision is not None:
        name = telling.decision(one.decision, one.label)
    old, new = (telling.say(*STAGES[stage]) if stage else "" for stage in (one.before, one.now))
    return [(f"{name}  ", ""), (f"{old} → {new}" if old else new, BOLD)]


def _moved(telling: Telling, one: LevelMoved) -> Line:
    old, new = (telling.words.level(one.scale, level) for level in (one.before, one.now))
    name = telling.decision(one.decision, one.label)
    return [(f"{name}  ", ""), (f"{telling.say(*_LEVELS[one.of])} ", DIM), (f"{old} → {new}", BOLD)]


def _proposed(telling: Telling, one: Proposed) -> Line:
    name, what = telling.decision(one.decision, one.label), telling.say(*PROPOSALS[one.now])
    level = f" {telling.words.level(one.scale, one.level)}" if one.level else ""
    line: Line = [(f"{name}  ", ""), (f"{what}{level}", BOLD)]
    line += telling.by(one.approve, one.decided_by)
    return line


def _escalated(telling: Telling, one: Escalation) -> str:
    """What was missed, and whom to tell: those above, and who decides."""
    names = [telling.words.named(name) for name in one.superiors]
    names += [telling.words.executor(who) for who in one.to]
    whom = telling.listed(dict.fromkeys(names)) or telling.say(
        "登记册和预案都未写明", "neither registry nor plan names anybody"
    )
    return f"{telling.duty(one.duty)} → {whom}"


def _refused(telling: Telling, one: Refused) -> Line:
    said = one.declined
    what = telling.say(*PROPOSALS[said.move]) if said.move in PROPOSALS else ""
    level = f" {telling.words.level(one.scale, said.level)}" if said.level else ""
    by = telling.words.named(said.by) if said.by else telling.say("未具名", "nobody named")
    return [
        (f"{telling.decision(one.decision, one.label)}  ", ""),
        (f"{what}{level}", BOLD),
        (telling.say(f"，{by}：{said.reason}", f", {by}: {said.reason}"), ""),
    ]


def _commanded(telling: Telling, one: CommandMoved) -> str:
    """Of what somebody has the command now, and whether for a post."""
    whose = telling.words.named(one.post) if one.post else ""
    whose = whose or telling.decision(one.decision or "", one.label)
    as_planned = telling.say("按预案", "as the plan says")
    to = telling.words.named(one.now) if one.now else as_planned
    why = telling.say("：", ": ") + one.reason if one.reason else ""
    return f"{whose} → {to}{why}"


def _received(telling: Telling, one: Duty) -> str:
    names = [telling.words.named(who.by) for who in one.acknowledged if who.by is not None]
    by = telling.listed(dict.fromkeys(names))
    return telling.duty(one) + (telling.say(f"（{by}）", f" ({by})") if by else "")


def _limit(telling: Telling, one: LimitChanged) -> str:
    text = telling.duty(one.duty)
    if one.change == "moved" and one.before is not None:
        text += telling.say(
            f"（原 {telling.time(one.before)}）", f" (was {telling.time(one.before)})"
        )
    return text
