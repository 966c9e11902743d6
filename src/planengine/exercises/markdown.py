"""The after-action report as Markdown, in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.domain.entities import Entities
from planengine.exercises.phrases import (
    OUTCOMES,
    RATINGS,
    STATES,
    came_out,
    clauses_of,
    facts_of,
    label_in,
    named,
    thing,
    time_of,
)
from planengine.exercises.report import Expected, LevelCourse, Report

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~])")


def markdown(report: Report, entities: Entities, language: Language) -> str:
    """The report as people read it: objectives first, then what to improve, then everything."""
    return "\n\n".join(_Page(report, entities, language).parts()) + "\n"


class _Page:
    def __init__(self, report: Report, entities: Entities, language: Language) -> None:
        self.report = report
        self.words = Words(entities, language)
        self.zh = language == "zh"
        self.by_id = {one.id: one for one in report.expected}

    def say(self, zh: str, en: str) -> str:
        return zh if self.zh else en

    def parts(self) -> Iterator[str]:
        report = self.report
        name = label_in(report.label, self.words.language)
        yield f"# {self.say('演练总结：', 'After-action report: ')}{_text(name)}"
        yield self.say(
            "**演练，不是真实事件。**本报告由所记录的信息和预案推出。",
            "**Exercise, not an actual incident.** This report follows from what was told, and "
            "from the plans.",
        )
        start, end = time_of(report.start), time_of(report.end)
        yield self.say(f"时间：{start} 至 {end}", f"From {start} to {end}.")
        yield self._played_by()
        if report.aims:
            yield self._heading("目的", "Aims")
            yield "\n".join(f"- {_text(label_in(aim, self.words.language))}" for aim in report.aims)
        yield self._heading("结果", "In short")
        yield self._counts()
        if report.objectives:
            yield self._heading("目标", "Objectives")
            yield self._objectives()
        yield self._heading("各级响应", "Levels")
        yield self._table(
            (self.say("响应", "response"), self.say("时刻", "at"), self.say("依据支持", "facts"),
             self.say("据报可达", "as reported"), self.say("已启动", "in force")),
            (row for course in report.courses for row in self._course(course)),
        )  # fmt: skip
        yield self._heading("决定", "Decisions")
        yield self._decisions([one for one in report.expected if one.scale is not None])
        yield self._heading("任务、报告和发布", "Duties, reports and releases")
        yield self._duties([one for one in report.expected if one.scale is None])
        if report.contradictions:
            yield self._heading("相互矛盾的决定", "Contradictory orders")
            yield "\n".join(
                f"- {time_of(one.at)} {_text(getattr(one.text, self.words.language))}"
                for one in report.contradictions
            )
        yield self._heading("各单位", "Bodies")
        yield self._bodies()
        yield self._heading("改进", "Improvements")
        yield self._improvements()
        if report.messages:
            yield self._heading("注入信息", "Injects")
            yield self._messages()

    def _played_by(self) -> str:
        report = self.report
        team = report.team and (label_in(report.team_label, self.words.language) or report.team)
        parts = [self.say(f"参演：{_text(team)}", f"Played by: {_text(team)}")] if team else []
        if report.seed is not None:
            parts.append(self.say(f"随机数种子：{report.seed}", f"seed: {report.seed}"))
        library = report.library[:12]
        parts.append(self.say(f"预案库：`{library}`", f"library: `{library}`"))
        return self.say("；", "; ").join(parts)

    def _heading(self, zh: str, en: str) -> str:
        return f"## {self.say(zh, en)}"

    def _counts(self) -> str:
        counts = self.report.counts
        rows = ((OUTCOMES[name][not self.zh], str(getattr(counts, name))) for name in OUTCOMES)
        return self._table((self.say("结果", "outcome"), self.say("项", "number")), rows)

    def _objectives(self) -> str:
        return self._table(
            (self.say("目标", "objective"), self.say("评定", "rating"),
             *(words[not self.zh] for words in OUTCOMES.values())),
            (
                (
                    _text(label_in(one.label, self.words.language)),
                    (RATINGS[one.rating] if one.rating else OUTCOMES["open"])[not self.zh],
                    str(one.met), str(one.late), str(one.partial), str(one.missed), str(one.open),
                )
                for one in self.report.objectives
            ),
        )  # fmt: skip

    def _course(self, course: LevelCourse) -> Iterator[Sequence[str]]:
        label = _text(course.label[self.words.language])
        for step in course.steps:
            levels = (step.recommended, step.indicated, step.in_force)
            yield label, time_of(step.at), *(self.words.level(course.scale, one) for one in levels)
            label = ""

    def _decisions(self, listed: Sequence[Expected]) -> str:
        return self._table(
            (self.say("决定", "decision"), self.say("批准", "approved by"),
             self.say("条件满足", "met"), self.say("可知", "known"), self.say("启动", "done"),
             self.say("结果", "outcome"), self.say("依据", "clause")),
            (
                (
                    _text(thing(one, self.words)), _text(named(one.by, self.words)),
                    time_of(one.met_at), time_of(one.since), time_of(one.done_at),
                    came_out(one, self.words), _text(clauses_of(one.basis, self.words)),
                )
                for one in listed
            ),
        )  # fmt: skip

    def _duties(self, listed: Sequence[Expected]) -> str:
        return self._table(
            (self.say("任务", "duty"), self.say("单位", "by"), self.say("起", "since"),
             self.say("时限", "due"), self.say("完成", "done"), self.say("结果", "outcome"),
             self.say("依据", "clause")),
            (
                (
                    _text(one.label[self.words.language]), _text(named(one.by, self.words)),
                    time_of(one.since), time_of(one.due), time_of(one.done_at),
                    came_out(one, self.words), _text(clauses_of(one.basis, self.words)),
                )
                for one in listed
            ),
        )  # fmt: skip

    def _bodies(self) -> str:
        return self._table(
            (self.say("单位", "body"), self.say("应办", "owed"),
             *(words[not self.zh] for words in OUTCOMES.values()),
             self.say("同时最多", "most at once"), ""),
            (
                (
                    _text(label_in(one.label, self.words.language) or one.body), str(one.owed),
                    str(one.met), str(one.late), str(one.partial), str(one.missed), str(one.open),
                    str(one.most), STATES[one.state][not self.zh],
                )
                for one in self.report.bodies
            ),
        )  # fmt: skip

    def _improvements(self) -> str:
        if not self.report.improvements:
            return self.say("没有。", "None.")
        return self._table(
            ("", self.say("发现", "found"), self.say("单位", "body"), self.say("依据", "clause"),
             self.say("改进措施", "corrective action"), self.say("负责人", "owner"),
             self.say("完成日期", "by")),
            (
                (
                    str(number), _text(getattr(one.text, self.words.language)),
                    _text(named(one.bodies, self.words)), _text(clauses_of(one.basis, self.words)),
                    "", "", "",
                )
                for number, one in enumerate(self.report.improvements, 1)
            ),
        )  # fmt: skip

    def _messages(self) -> str:
        return self._table(
            (self.say("时刻", "at"), self.say("方式", "channel"), self.say("自", "from"),
             self.say("至", "to"), self.say("内容", "content"),
             self.say("写入的事实", "facts told"), ""),
            (
                (
                    time_of(one.at), _text(one.channel or ""),
                    _text(self.words.named(one.sender)) if one.sender else "",
                    _text(named(one.to, self.words)),
                    _text(label_in(one.text, self.words.language)),
                    _text("; ".join(facts_of(one, self.words))),
                    self.say("未给出", "left out") if one.left_out else "",
                )
                for one in self.report.messages
            ),
        )  # fmt: skip

    def _table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text.replace("\n", " "))
