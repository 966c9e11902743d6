"""A session as text: where it stands, what follows from something, what its journal holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from planengine.assessment.words import Words
from planengine.cli.language import Language, Say, speaker
from planengine.screens.screen import BANNER, BOLD, CYAN, DIM, GREEN, RED, YELLOW, Line, Run, Screen

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.sessions.effects import (
        CommandMoved,
        Duty,
        Effects,
        Escalation,
        LevelMoved,
        LimitChanged,
        Proposed,
        Refused,
    )
    from planengine.sessions.standing import Course, Standing

MOST = 5
"""How many of a kind are told, where not all are."""
MOST_STANDINGS = 3
_DAY_OF_MINUTES = 24 * 60
STAGES = {
    "reported": ("已报告，尚未核实", "reported, not verified"),
    "verified": ("已核实", "verified"),
    "warning": ("预警中", "warning"),
    "responding": ("响应中", "responding"),
    "adjusted": ("响应中（已调整）", "responding, adjusted"),
    "ended": ("响应已终止", "ended"),
}
PROPOSALS = {
    "start": ("启动", "start"),
    "raise": ("升级", "raise"),
    "lower": ("降级", "lower"),
    "end": ("终止", "end"),
}
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


class Telling:
    """Tells in one language what follows, on one screen."""

    def __init__(self, assessment: Assessment, language: Language, *, everything: bool) -> None:
        self.say: Say = speaker(language)
        self.zh = language == "zh"
        self.home = assessment.situation.entities.home
        acts = {act.clause: act.what for act in assessment.situation.rules.acts}
        self.words = Words(assessment.situation.entities, language, at=assessment.at, acts=acts)
        self.names = {item.id: item for item in assessment.decisions}
        self.screen = Screen.of_terminal()
        self.everything = everything
        self.tainted = assessment.tainted

    # Names

    def time(self, at: datetime | None) -> str:
        return self.words.time(None if at is None else int(at.timestamp()))

    def decision(self, name: str, label: dict[str, str]) -> str:
        """A decision by the name of its plan, its track, and its area where that is not home."""
        text = label.get("zh" if self.zh else "en") or next(iter(label.values()), name)
        item = self.names.get(name)
        if item is None:
            return text
        if item.purpose == "warning":
            text += self.say("（预警）", " (warning)")
        if item.track:
            text += f"·{self.words.track(item.plan or item.standard or '', item.track)}"
        return text if item.area == self.home else f"{text} @ {self.words.place(item.area)}"

    def listed(self, names: Iterable[str]) -> str:
        return self.say("、", ", ").join(names)

    def duty(self, one: Duty, *, whose: bool = True) -> str:
        """Who does what, or reports to whom, and by when."""
        by = self.listed(map(self.words.named, one.by)) or self.say("未指定", "unassigned")
        text = one.do.get("zh" if self.zh else "en") or next(iter(one.do.values()), one.item)
        if one.kind == "information":
            text = f"{by}{self.say('：', ': ')}{self.words.release(one.document, one.item)}"
        elif one.kind != "action":
            to = self.listed(map(self.words.named, one.to))
            text = f"{by} → {to}" + (self.say("：", ": ") + text if text else "")
        elif whose:
            text = f"{by}{self.say('：', ': ')}{text}"
        if one.certainty == "indicated":
            text += self.say("（据报）", " (by what was reported)")
        return text + self.due(one)

    def due(self, one: Duty) -> str:
        if one.done_at is not None:
            return f" ✓ {self.time(one.done_at)}"
        if one.at_once:
            return self.say("，立即", ", at once")
        if one.due is None:
            return ""
        time = self.time(one.due)
        if one.overdue:
            return self.say(f"，{time} 已超时", f", OVERDUE since {time}")
        return self.say(f"，{time} 前", f", by {time}")

    def length(self, seconds: float) -> str:
        """A length of time in hours and minutes; of two days and more in days and hours."""
        minutes = int(seconds) // 60
        if minutes < _DAY_OF_MINUTES * 2:
            hours, rest = divmod(minutes, 60)
            parts = ((hours, "小时", "h"), (rest, "分钟", "min"))
        else:
            days, rest = divmod(minutes, _DAY_OF_MINUTES)
            parts = ((days, "天", "d"), (rest // 60, "小时", "h"))
        shown = [f"{n}{zh}" if self.zh else f"{n} {en}" for n, zh, en in parts if n]
        return ("" if self.zh else " ").join(shown) or self.say("不到1分钟", "less than a minute")

    # Lines

    def banner(self) -> None:
        """That nothing of it is actual, where it is not."""
        if self.tainted:
            zh, en = (
                "演练或测试数据——不得作为实际研判",
                "EXERCISE OR TEST DATA: not an actual assessment",
            )
            self.screen.line((f" {self.say(zh, en)} ", BANNER))

    def section(self, name: str, rows: Sequence[Line], style: str = BOLD) -> None:
        """A kind of change with its rows; of many the first, and how many more there are."""
        if not rows:
            return
        self.screen.line((name, style))
        rows = list({"".join(text for text, _ in row): row for row in rows}.values())
        shown = rows if self.everything else rows[:MOST]
        for row in shown:
            self.screen.line(*row, indent=2, hang=4)
        if len(rows) > len(shown):
            more = len(rows) - len(shown)
            self.screen.line((self.say(f"另 {more} 项", f"{more} more"), DIM), indent=2)


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
    moved = [one for one in found.levels if everything or _is_told(one, found)]
    telling.section(say("级别", "levels"), [_moved(telling, one) for one in moved])
    proposed = [one for one in found.proposals if one.now in PROPOSALS]
    telling.section(say("建议", "proposals"), [_proposed(telling, one) for one in proposed])
    telling.section(say("否决", "declined"), [_refused(telling, one) for one in found.declined])
    telling.section(
        say("指挥", "command"), [[(_commanded(telling, one), "")] for one in found.commands]
    )
    orders = [
        [
            (
                f"{telling.words.named(order.body) if order.body else say('未指定', 'unassigned')}",
                BOLD,
            ),
            (say("（请求）", " (request)") if order.mode == "request" else "", DIM),
            (say("：", ": "), ""),
            (say("；", "; ").join(telling.duty(one, whose=False) for one in order.duties), ""),
        ]
        for order in found.orders
    ]
    telling.section(say("新任务", "new orders"), orders)
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
    if found.recheck_at is not None:
        recheck = int(found.recheck_at.timestamp())
        time = telling.words.time(recheck + -recheck % 60)
        telling.screen.line((say(f"下次复核 {time}", f"look again {time}"), DIM))
    return telling.screen.text()


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


def _moved(telling: Telling, one: LevelMoved) -> Line:
    old, new = (telling.words.level(one.scale, level) for level in (one.before, one.now))
    name = telling.decision(one.decision, one.label)
    return [(f"{name}  ", ""), (f"{telling.say(*_LEVELS[one.of])} ", DIM), (f"{old} → {new}", BOLD)]


def _proposed(telling: Telling, one: Proposed) -> Line:
    name, what = telling.decision(one.decision, one.label), telling.say(*PROPOSALS[one.now])
    level = f" {telling.words.level(one.scale, one.level)}" if one.level else ""
    line: Line = [(f"{name}  ", ""), (f"{what}{level}", BOLD)]
    line += _by(telling, one.approve, one.decided_by)
    return line


def _by(telling: Telling, approve: object, decided_by: str | None) -> list[Run]:
    """Who approves, or who decides in the stead of this authority."""
    from planengine.domain.documents import Executor

    if decided_by is not None:
        who = telling.words.named(decided_by)
        return [(telling.say(f"，由{who}决定", f", decided by {who}"), "")]
    if isinstance(approve, Executor):
        who = telling.words.executor(approve)
        return [(telling.say(f"，批准：{who}", f", approved by {who}"), "")]
    return []


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


def course_text(
    found: Course, assessment: Assessment, language: Language, *, everything: bool = False
) -> str:
    """Where the incident stands, and where recommendation and force differ, and for how long."""
    telling = Telling(assessment, language, everything=everything)
    say = telling.say
    telling.banner()
    stage = say(*STAGES[found.stage]) if found.stage else say("尚无信息", "nothing told")
    telling.screen.line((say(f"阶段：{stage}", f"stage: {stage}"), BOLD))
    rows = [
        one for one in found.standings if one.differ_since or one.in_force or one.stage == "ended"
    ]
    rows.sort(key=lambda one: (one.in_force is None, one.stage == "ended"))
    shown = rows if everything else rows[:MOST_STANDINGS]
    for one in shown:
        telling.screen.line(*_standing(telling, one, found.at), indent=1, hang=3)
    if len(rows) > len(shown):
        more = len(rows) - len(shown)
        telling.screen.line((say(f"另 {more} 项", f"{more} more"), DIM), indent=1)
    telling.screen.blank()
    return telling.screen.text()


def _standing(telling: Telling, one: Standing, at: datetime) -> Line:
    say, words = telling.say, telling.words
    line: Line = [(f"{telling.decision(one.decision, one.label)}  ", "")]
    force = words.level(one.scale, one.in_force) if one.in_force else say("未启动", "not started")
    if one.stage == "ended":
        force = say("已终止", "ended")
    line.append((say(f"现行 {force}", f"in force: {force}"), BOLD))
    if one.differ_since is not None:
        facts = words.level(one.scale, one.recommended)
        length = telling.length((at - one.differ_since).total_seconds())
        line.append((say(f"，研判 {facts}", f", facts: {facts}"), ""))
        line.append((say(f"，已相差{length}", f", differing for {length}"), YELLOW))
    if one.reason is not None and one.differ_since is not None:
        line.append((say(f"，理由：{one.reason}", f", because: {one.reason}"), DIM))
    if one.command is not None:
        to = words.named(one.command.to)
        line.append((say(f"，由{to}指挥", f", commanded by {to}"), CYAN))
    if one.declined is not None:
        why = one.declined.reason
        line.append((say(f"，建议已否决：{why}", f", declined: {why}"), YELLOW))
    if one.proposal in PROPOSALS:
        line.append(
            (
                say(f"，建议{say(*PROPOSALS[one.proposal])}", f", to {PROPOSALS[one.proposal][1]}"),
                CYAN,
            )
        )
        line += _by(telling, one.approve, one.decided_by)
    return line
