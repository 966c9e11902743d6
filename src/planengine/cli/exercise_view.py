"""What a person who plays an exercise is shown: messages, what is proposed and due, the levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planengine.cli.exercise_words import WORDS
from planengine.cli.language import Language, speaker
from planengine.exercises.as_written import told_by
from planengine.exercises.phrases import OUTCOMES, RATINGS, clauses_of, facts_of, label_in, named
from planengine.exercises.virtual import virtual
from planengine.screens.screen import BANNER, BOLD, CYAN, DIM, RED, YELLOW, Screen

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.assessment.decisions import Decision
    from planengine.assessment.words import Words
    from planengine.domain.statements import DutyKind
    from planengine.exercises.duties import Owed
    from planengine.exercises.report import Report
    from planengine.exercises.script import Exercise, Inject, Pause

MOST_QUESTIONS, MOST_FAULTS = 8, 8
_MOVES = {
    "start": ("启动", "start"), "raise": ("提级到", "raise to"), "lower": ("降级", "lower"),
    "end": ("终止", "end"),
}  # fmt: skip
_HELP = (
    ("decide N [--by WHO] [--level L] [--duration D]", "批准第 N 项建议", "N as proposed"),
    ("decide PLAN[/TRACK]=LEVEL", "决定某一级别；none 为终止", "a level; none ends it"),
    ("decline N --reason R", "不采纳第 N 项建议", "N is declined"),
    ("done N... | PLAN/DUTY...", "任务、报告、发布已完成", "duties done, reports made"),
    ("acknowledge N...", "已收到命令或报告", "orders or reports received"),
    ("tell FACT=VALUE... [--area A] [--object O] [--kind K]", "报一项指标", "report facts"),
    ("invoke CLAUSE [--by WHO]", "按条款认定", "a judgement of a clause"),
    ("show | due", "级别和建议；任务", "levels and proposals; duties"),
    ("ask | messages", "要问的；收到的消息", "questions; what was heard"),
    ("next (Enter) | wait 20min | until 14:00", "让时间过去", "let time pass"),
    ("speed N|paused", "时钟：实时的 N 倍，或停住", "the clock: N times real time, or stopped"),
    ("leave", "离开：其余无人处置", "nobody does the rest"),
)  # fmt: skip


class View:
    """Writes for one person, in one language."""

    def __init__(self, exercise: Exercise, words: Words) -> None:
        self.exercise = exercise
        self.words = words
        self.language: Language = words.language
        self.say = speaker(self.language)

    def clock(self, at: int) -> str:
        """The head of a moment: that it is an exercise, and what time it is."""
        screen = Screen.of_terminal()
        time = f"{self.words.time(at)} ({virtual(at, self.exercise.start)})"
        screen.line((f"[{self.say('演练', 'EXERCISE')}]", BANNER), (f" {time}", BOLD))
        return screen.text()

    def opening(self) -> str:
        screen = Screen.of_terminal()
        label = self.words.label(self.exercise.label, self.exercise.id)
        screen.line((self.say(f"演练：{label}", f"Exercise: {label}"), BOLD))
        end = self.words.time(self.exercise.end)
        screen.line(
            (
                self.say(
                    f"到 {end} 结束。输入“帮助”看全部用词；直接回车到下一件事。",
                    f"It ends at {end}. Type `help` for the words; Enter goes to the next event.",
                ),
                DIM,
            )
        )
        return screen.text()

    def messages(self, injects: Iterable[Inject]) -> str:
        screen = Screen.of_terminal()
        for one in injects:
            channel = f"{one.channel} · " if one.channel else ""
            sender = self.words.named(one.sender) if one.sender else ""
            to = f" → {named(one.to, self.words)}" if one.to else ""
            text = self.words.label(one.text)
            head = f"{self.words.time(one.at)} {channel}{sender}{to}".rstrip()
            screen.line((head, CYAN), (f"{self.say('：', ': ')}{text}" if text else "", ""), hang=2)
            for fact in facts_of(told_by(one.record), self.words):
                screen.line((fact, ""), indent=2)
        return screen.text()

    def proposals(self, listed: Mapping[int, Decision]) -> str:
        screen = Screen.of_terminal()
        for number, one in listed.items():
            move = _MOVES[one.proposal][self.language == "en"]
            level = (
                self.words.level(one.scale, one.level) if one.proposal in {"start", "raise"} else ""
            )
            approve = one.approve
            by = f"（{self.words.executor(approve)}）" if approve is not None else ""
            by = self.say(by, by.replace("（", " (").replace("）", ")"))
            what = self.say(f"{move}{level}", f"{move} {level}".rstrip())
            screen.line(
                (self.say("建议", "proposed"), YELLOW),
                (f" {number}  {self.words.decision(one.key)}{self.say('：', ': ')}{what}{by}", ""),
                hang=4,
            )
        return screen.text()

    def duties(self, listed: Mapping[int, Owed], at: int) -> str:
        screen = Screen.of_terminal()
        for number, one in listed.items():
            screen.line(
                (self.say("任务", "due"), YELLOW),
                (f" {number}  {self._duty(one)}", ""),
                *self._limit(one, at),
                hang=4,
            )
        return screen.text()

    def _duty(self, one: Owed) -> str:
        by = named(one.by, self.words) or self.say("未指定", "unassigned")
        if one.kind == "action":
            text = self.words.action(one.document, one.item)
        else:
            kind: DutyKind = "release" if one.kind == "information" else "report"
            text = self.words.duty(kind, one.document, one.item)
        sure = "" if one.certain else self.say("（据报）", " (by what was reported)")
        return f"{by}{self.say('：', ': ')}{text}{sure}"

    def _limit(self, one: Owed, at: int) -> Iterable[tuple[str, str]]:
        deadline = one.deadline
        if deadline is None or deadline.due is None:
            return ()
        if deadline.at_once:
            return ((self.say("，立即", ", at once"), RED),)
        due = self.words.time(deadline.due)
        if deadline.due < at:
            return ((self.say(f"，{due} 已超时", f", OVERDUE since {due}"), RED),)
        return ((self.say(f"，{due} 前", f", by {due}"), BOLD),)

    def levels(self, assessment: Assessment) -> str:
        screen = Screen.of_terminal()
        for one in assessment.decisions:
            if one.purpose != "level" or not (one.level or one.indicated or one.in_force):
                continue
            levels = (
                (self.say("研判", "facts"), one.level),
                (self.say("据报", "as reported"), one.indicated),
                (self.say("现行", "in force"), one.in_force),
            )
            told = self.say("，", ", ").join(
                f"{name} {self.words.level(one.scale, level)}" for name, level in levels
            )
            screen.line((self.words.decision(one.key), BOLD), (f"{self.say('：', ': ')}{told}", ""))
        return screen.text() or self.nothing()

    def questions(self, assessment: Assessment) -> str:
        screen = Screen.of_terminal()
        found = assessment.ask
        for one in found[:MOST_QUESTIONS]:
            of = named(one.provider, self.words)
            screen.line((self.words.cell(one.cell), ""), (f"  {of}" if of else "", DIM))
        if len(found) > MOST_QUESTIONS:
            more = len(found) - MOST_QUESTIONS
            screen.line((self.say(f"另有 {more} 项", f"and {more} more"), DIM))
        return screen.text() or self.nothing()

    def pause(self, one: Pause) -> str:
        screen = Screen.of_terminal()
        text = self.words.label(one.text)
        length = "" if one.seconds is None else " " + self.words.duration(one.seconds)
        head = self.say(f"暂停{length}", f"Pause{length}")
        how = self.say("（回车继续）", " (Enter goes on)")
        screen.line((f"{head}{self.say('：', ': ') if text else ''}{text}{how}", BOLD))
        return screen.text()

    def kept(self, at: int) -> str:
        return self.say(f"已记下，{self.words.time(at)}\n", f"told at {self.words.time(at)}\n")

    def ending(self) -> str:
        screen = Screen.of_terminal()
        screen.line(
            (
                self.say(
                    "演练到此结束，还可最后处置；回车看总结。",
                    "The exercise ends here: last deeds, then Enter for the report.",
                ),
                BOLD,
            )
        )
        return screen.text()

    def help(self) -> str:
        screen = Screen.of_terminal()
        for words, zh, en in _HELP:
            form = words
            if self.language == "zh":
                form = " ".join(WORDS.get(word, word) for word in words.split())
            screen.line((form, BOLD), (f"  {self.say(zh, en)}", ""), hang=4)
        return screen.text()

    def nothing(self) -> str:
        return self.say("没有。\n", "Nothing.\n")

    def score(self, report: Report) -> str:
        """What came of it, in short."""
        screen = Screen.of_terminal()
        say, en = self.say, self.language == "en"
        counts = say("，", ", ").join(
            f"{words[en]} {getattr(report.counts, name)}" for name, words in OUTCOMES.items()
        )
        screen.line(
            (say("演练结果", "After the exercise"), BOLD), (f"{say('：', ': ')}{counts}", "")
        )
        for one in report.objectives:
            rating = (RATINGS[one.rating] if one.rating else OUTCOMES["open"])[en]
            label = label_in(one.label, self.language)
            screen.line((label, ""), (f"{say('：', ': ')}{rating}", BOLD), indent=2)
        for fault in report.improvements[:MOST_FAULTS]:
            clause = clauses_of(fault.basis, self.words)
            text = str(getattr(fault.text, self.language))
            screen.line((text, ""), (f"  [{clause}]" if clause else "", DIM), indent=2, hang=4)
        more = len(report.improvements) - MOST_FAULTS
        if more > 0:
            text = say(
                f"另有 {more} 项（--report 写出全部）", f"and {more} more (--report has all)"
            )
            screen.line((text, DIM), indent=2)
        return screen.text()
