"""How a session is told on a screen: names, duties, lengths of time, sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from planengine.assessment.words import Words
from planengine.cli.language import Language, Say, speaker
from planengine.screens.screen import BANNER, BOLD, DIM, Line, Run, Screen

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.sessions.effects import Duty

MOST = 5
"""How many of a kind are told, where not all are."""
MOST_NAMES = 3
"""How many bodies with the same duty are named, where not all are."""
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
        self.is_empty = True
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

    def bodies(self, names: Sequence[str]) -> str:
        """Bodies by name; of many the first, and how many they are."""
        told = [self.words.named(name) for name in names]
        if len(told) <= MOST_NAMES or self.everything:
            return self.listed(told) or self.say("未指定", "unassigned")
        more = len(told) - 1
        return self.say(f"{told[0]}等{len(told)}家", f"{told[0]} and {more} more")

    def duty(self, one: Duty, *, whose: bool = True) -> str:
        """Who does what, or reports to whom, and by when."""
        by = self.bodies(one.by)
        text = one.do.get("zh" if self.zh else "en") or next(iter(one.do.values()), one.item)
        if one.kind == "information":
            text = f"{by}{self.say('：', ': ')}{self.words.release(one.document, one.item)}"
        elif one.kind != "action":
            to = self.bodies(one.to)
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

    def by(self, approve: object, decided_by: str | None) -> list[Run]:
        """Who approves, or who decides in the stead of this authority."""
        from planengine.domain.documents import Executor

        if decided_by is not None:
            who = self.words.named(decided_by)
            return [(self.say(f"，由{who}决定", f", decided by {who}"), "")]
        if isinstance(approve, Executor):
            who = self.words.executor(approve)
            return [(self.say(f"，批准：{who}", f", approved by {who}"), "")]
        return []

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
        self.is_empty = False
        self.screen.line((name, style))
        rows = list({"".join(text for text, _ in row): row for row in rows}.values())
        shown = rows if self.everything else rows[:MOST]
        for row in shown:
            self.screen.line(*row, indent=2, hang=4)
        if len(rows) > len(shown):
            more = len(rows) - len(shown)
            self.screen.line((self.say(f"另 {more} 项", f"{more} more"), DIM), indent=2)
