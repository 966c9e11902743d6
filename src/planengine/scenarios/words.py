"""Results of tests in words: what was expected, what came, and why, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.words import Words
from planengine.diagnostics import Language
from planengine.domain.acts import acts_of
from planengine.domain.entities import Entities
from planengine.expectations.because import Because
from planengine.expectations.refs import NOT_JUDGED, DecisionRef, Expectation, FactAt, Value
from planengine.scenarios.run import Failure, Result
from planengine.values.sets import Number

_ASPECTS = {
    "level": ("级别", "level"), "indicated": ("据报可达", "indicated"),
    "could-reach": ("可能达到", "could reach"), "obliged": ("应达级别", "obliged"),
    "issued": ("已发布", "issued"), "in-force": ("已启动", "in force"),
    "exact": ("精确", "exact"), "proposal": ("建议", "proposal"), "verb": ("要求程度", "verb"),
    "propose": ("提出单位", "proposed by"), "approve": ("批准人", "approved by"),
    "state": ("任务", "duty"), "done": ("已完成", "done"), "due": ("时限", "due"),
    "within": ("限时", "within"), "overdue": ("超时", "overdue"), "at-once": ("立即", "at once"),
    "by": ("由", "by"), "to": ("报", "to"), "role": ("角色", "role"), "mode": ("方式", "mode"),
    "has": ("应含", "has"), "lacks": ("不应含", "lacks"), "only": ("仅有", "only"),
}  # fmt: skip
_VALUES = {
    "owed": ("应办", "owed"), "not-owed": ("无此任务", "not owed"),
    "indicated": ("据报应办", "owed as indicated"), "possible": ("可能应办", "possible"),
    "start": ("启动", "start"), "raise": ("提级", "raise"), "keep": ("保持", "keep"),
    "lower": ("降级", "lower"), "end": ("终止", "end"), "none": ("无", "none"),
    "order": ("命令", "order"), "request": ("商请", "request"),
}  # fmt: skip


class Telling:
    """Says results in one language."""

    def __init__(self, entities: Entities, language: Language) -> None:
        acts = {clause: act.what for clause, act in acts_of(entities).items()}
        self.words = Words(entities, language, acts=acts)

    def say(self, zh: str, en: str) -> str:
        """One of two texts."""
        return zh if self.words.language == "zh" else en

    def name(self, result: Result) -> str:
        """What a result is called: its file, its case, and of a scenario the moment."""
        name = f"{result.suite.name} › {result.case.name}"
        if result.case.kind == "scenario":
            name += f" › {self.words.time(result.moment.at)}"
        return name

    def beyond(self, result: Result) -> str | None:
        """How long after all that was told a moment is; None where it is not."""
        after = result.moment.after_all
        if after is None:
            return None
        length = self.words.duration(after)
        return self.say(f"最后一条信息之后{length}", f"{length} after the last that was told")

    def failure(self, failure: Failure) -> str:
        """What was expected of what, and what came."""
        one = failure.expectation
        zh, en = _ASPECTS[one.aspect]
        wanted = self.values(one, one.wanted)
        if failure.came.several:
            places = self._listed(failure.came.several)
            return self.say(
                f"{one.subject}：按地点分别研判，请写 @地点（{places}）",
                f"{one.subject} is decided for several places: write @place ({places})",
            )
        came = self.values(one, failure.came.values) or self.say("没有", "nothing")
        return self.say(
            f"{one.subject} {zh}：预期 {wanted}，实为 {came}",
            f"{one.subject} {en}: expected {wanted}, came {came}",
        )

    def values(self, one: Expectation, values: Iterable[Value]) -> str:
        """What an expectation wanted, or what came, as people call it."""
        return self._listed(self._value(one, value) for value in values)

    def _listed(self, texts: Iterable[str]) -> str:
        return self.say("、", ", ").join(texts)

    def _value(self, one: Expectation, value: Value) -> str:
        words = self.words
        if isinstance(value, bool):
            return self.say("是" if value else "否", "yes" if value else "no")
        if isinstance(value, int):
            if one.aspect == "due":
                return words.full_time(value)
            if one.aspect == "within":
                return words.duration(value)
            return self._level(one, value)
        if isinstance(value, FactAt):
            place = f"@{words.place(value.place)}" if value.place else ""
            return words.fact(value.fact) + place
        if value in _VALUES:
            return self.say(*_VALUES[value])
        if one.aspect in {"has", "lacks", "only"}:
            return value
        return words.named(value)

    def _level(self, one: Expectation, rank: int) -> str:
        if rank == NOT_JUDGED:
            return self.say("不作研判（本事件的灾种未引入）", "not judged: no hazard brings it in")
        assert isinstance(one.about, DecisionRef)
        scale = self.words.entities.scales[one.about.scale]
        level = scale.by_rank(rank)
        return self.words.level(scale.id, level.id if level is not None else None)

    def because(self, one: Because) -> str:
        """A test that decided, and by how much: "water level 27.9 m is 0.1 m under ≥ 28 m"."""
        words = self.words
        cell, asked = words.cell(one.cell), words.value(one.cell, one.accepts)
        value = words.known(one.cell, one.value)
        if one.by is None:
            return self.say(
                f"{cell}：{value}，{'符合' if one.held else '要求'} {asked}",
                f"{cell}: {value}, {'meets' if one.held else 'needs'} {asked}",
            )
        return self.say(
            f"{cell} {value}，{self._by_zh(one, asked)}",
            f"{cell} {value} is {self._by_en(one)} {asked}",
        )

    def _amount(self, one: Because, by: Number) -> str:
        from planengine.assessment.phrases import plain
        from planengine.rules.conditions import ElapsedCell

        if isinstance(one.cell, ElapsedCell):
            return self.words.duration(float(max(by, -by)))
        unit = self.words.unit(one.cell)
        return plain(max(by, -by)) + (f" {unit}" if unit else "")

    def _by_en(self, one: Because) -> str:
        assert one.by is not None
        if one.by == 0:
            return "right at the bound of" if one.held else "right at, and not in,"
        amount = self._amount(one, one.by)
        if one.held:
            return f"in, and {amount} from the bound of,"
        return f"{amount} {'under' if one.by > 0 else 'over'}"

    def _by_zh(self, one: Because, asked: str) -> str:
        assert one.by is not None
        if one.by == 0:
            return f"正在界限上，{'符合' if one.held else '不符合'} {asked}"
        amount = self._amount(one, one.by)
        if one.held:
            return f"符合 {asked}，距界限 {amount}"
        return f"比 {asked} {'低' if one.by > 0 else '高'} {amount}"
