"""How papers say things in Chinese: times, values, people, clauses, limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.phrases import plain
from planengine.assessment.results import Actor, Deadline
from planengine.assessment.words import Words
from planengine.domain.documents import Basis, Executor
from planengine.domain.ids import UnitKey
from planengine.domain.statements import Invocation, Statement, said_by
from planengine.papers.parts import BLANK, Call, Clause
from planengine.rules.conditions import (
    Cell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
    Test,
)
from planengine.rules.walk import tests_of
from planengine.values.sets import ChoiceSet, Interval, NumberDomain, NumberSet, ValueSet
from planengine.values.times import is_shown_twice, local

KINDS = {"observed": "实报", "judged": "研判", "estimated": "估计", "forecast": "预报"}
UNKNOWN = "不详"
UNVERIFIED = "unverified"


class Wording:
    """The words of one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        situation = assessment.situation
        acts = {act.clause: act.what for act in situation.rules.acts}
        self.entities = situation.entities
        self.at = assessment.at
        self.words = Words(self.entities, "zh", at=assessment.at, acts=acts)

    # Times

    def time(self, at: int, *, year: bool = False) -> str:
        """A time of the library's clock: 7月19日17时40分; with the year where it is another."""
        then, now = (local(one, self.entities.time_zone) for one in (at, self.at))
        text = f"{then.year}年" if year or then.year != now.year else ""
        text += f"{then.month}月{then.day}日{then.hour}时"
        if then.minute or then.second:
            text += f"{then.minute:02}分"
        text += f"{then.second:02}秒" if then.second else ""
        twice = is_shown_twice(at, self.entities.time_zone)
        return f"{text}（UTC{then.isoformat()[19:]}）" if twice else text

    def date(self, at: int) -> str:
        """A day: 2026年7月19日."""
        then = local(at, self.entities.time_zone)
        return f"{then.year}年{then.month}月{then.day}日"

    def compact(self, at: int) -> str:
        """A time for the name of a file: 20260719T1740."""
        then = local(at, self.entities.time_zone)
        return then.strftime("%Y%m%dT%H%M%S" if then.second else "%Y%m%dT%H%M")

    def limit(self, deadline: Deadline | None) -> str:
        """By when something is owed; what has no limit says so."""
        if deadline is None:
            return "未规定时限"
        if deadline.ended is not None:
            return f"已于{self.time(deadline.ended)}结束"
        repeat = deadline.timing.repeat
        every = f"，每{self.words.duration(repeat)}一次" if repeat else ""
        if deadline.due is None:
            return self.words.timing(deadline.timing)
        due = self._minute(deadline.due)
        if deadline.overdue:
            again = "" if deadline.again is None else f"，下次{self._minute(deadline.again)}"
            return f"{due}前（已超时）{every}{again}"
        if deadline.at_once or deadline.timing.seconds == 0:
            past = "" if deadline.timing.seconds == 0 else f"（规定时限{due}已过）"
            return f"立即{past}{every}"
        before = "" if deadline.timing.kind in {"at", "clock"} else "前"
        return f"{due}{before}{every}"

    def _minute(self, at: int) -> str:
        """A limit by the minute that it lies in: never later than it is."""
        return self.time(at - at % 60)

    # What rests on what

    def clauses(self, bases: Iterable[Basis], document: str) -> tuple[Clause, ...]:
        """The clauses of a statement; of one without any the document itself, and that it is so."""
        found = tuple(dict.fromkeys(self._clause(one) for one in bases))
        return found or (Clause(f"{self.document(document)}（条款未注明）"),)

    def _clause(self, basis: Basis) -> Clause:
        text = self.quoted(self.words.source(basis.source)) + (basis.clause or "")
        if basis.own_choice:
            text += "（本地自定）"
        if basis.confidence == "medium":
            text += "（转引）"
        return Clause(text, unverified=basis.confidence == UNVERIFIED)

    def document(self, name: str) -> str:
        return self.quoted(self.words.document(name))

    def quoted(self, text: str) -> str:
        return text if text.startswith("《") else f"《{text}》"

    def told(self, statements: Sequence[Statement | Invocation]) -> str:
        """Who said something, when and how: of several the newest, and how many more."""
        if not statements:
            return ""
        newest = max(statements, key=lambda one: one.stamp.at)
        parts = [self.who_said(newest), f"{self.time(newest.stamp.at)}"]
        if isinstance(newest, Statement):
            parts.append(KINDS[newest.kind])
        if newest.stamp.received > newest.stamp.at:
            parts.append(f"{self.time(newest.stamp.received)}收到")
        more = len(statements) - 1
        return "，".join(parts) + (f"；另据{more}条" if more else "")

    def who_said(self, statement: Statement | Invocation) -> str:
        source = said_by(statement)
        return self.words.named(source) if source else "来源未注明"

    # People

    def actor(self, one: Actor) -> str:
        """A person by the post, with its body and whoever may act instead; else the bodies."""
        bodies = "、".join(map(self.words.named, one.bodies))
        name = bodies or self.words.executor(one.executor)
        if one.post is not None:
            name = self.words.named(one.post) + (f"（{bodies}）" if bodies else "")
        between = "、" if one.executor.jointly else "或"
        return between.join([name, *map(self.actor, one.others)])

    def actors(self, those: Iterable[Actor]) -> str:
        return "、".join(map(self.actor, those))

    def executor(self, one: Executor | None) -> str:
        """A person or body as written; a blank where the plan names nobody."""
        return self.words.executor(one) if one is not None else BLANK

    def names(self, those: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(self.words.named, those))

    def calls(self, kinds_and_names: Iterable[tuple[str, str]]) -> tuple[Call, ...]:
        """How posts and bodies are reached, each once, in order; a blank where nothing is known."""
        found: list[Call] = []
        for kind, name in dict.fromkeys(kinds_and_names):
            entities = self.entities
            known = entities.posts.get(name) if kind == "post" else entities.agencies.get(name)
            if known is None:
                continue
            label = self.words.label(known.label, name)
            for one in known.contacts:
                notes = [one.room or "", one.text or ""]
                checked = "核实日期不详" if one.as_of is None else f"{self.date(one.as_of)}核实"
                phone = "、".join(one.phone) or BLANK
                found.append(Call(label, phone, "，".join(filter(None, (*notes, checked)))))
            if not known.contacts:
                found.append(Call(label, BLANK, "登记库无电话"))
        return tuple(found)

    # Values

    def cell(self, cell: Cell) -> str:
        """What a cell asks about, with its place in front: 汉口站水位."""
        if isinstance(cell, LevelCell):
            return self.unit(cell.unit)
        if isinstance(cell, LastingCell):
            body = "；".join(map(self._tested, tests_of(cell.body)))
            return f"已持续{self.words.duration(cell.duration)}：{body}"
        name, _, place = self.words.cell(cell).partition(" @ ")
        return f"{place}{name}"

    def _tested(self, test: Test) -> str:
        if isinstance(test.accepts, ChoiceSet) and test.accepts.point is True:
            return self.cell(test.cell)
        return f"{self.cell(test.cell)}{self.known(test.cell, test.accepts)}"

    def unit(self, unit: UnitKey) -> str:
        """A decision in words, its place in front."""
        place = "" if unit.area == self.entities.home else self.words.place(unit.area)
        track = "" if unit.track is None else self.words.track(unit.document, unit.track)
        return f"{place}{self.quoted(self.words.document(unit.document))}{track}"

    def held(self, cell: Cell, value: ValueSet) -> str:
        """A cell and what is known of it: 沙河堤堤防决口, 汉口站水位27.4m."""
        if isinstance(value, ChoiceSet) and value.point is True:
            return self.cell(cell)
        between = "" if isinstance(cell, FactCell) and isinstance(value, NumberSet) else "："
        return f"{self.cell(cell)}{between}{self.known(cell, value)}"

    def known(self, cell: Cell, value: ValueSet) -> str:
        """What is known of a cell: 至少6人, 10至29人, 不详."""
        if not isinstance(value, NumberSet) or not isinstance(cell, FactCell | ForecastCell):
            return self.words.known(cell, value)
        if not value.intervals:
            return "不适用" if value.na else UNKNOWN
        if value == cell.domain.everything or self._is_open(cell, value):
            return UNKNOWN
        fact = self.entities.facts.get(cell.fact)
        unit = fact.unit if fact is not None and fact.unit else ""
        if isinstance(cell.domain, NumberDomain):
            value = cell.domain.told(value)
        return "或".join(_in_hundred_millions(one, unit) for one in value.intervals)

    def _is_open(self, cell: FactCell | ForecastCell, value: NumberSet) -> bool:
        """Whether a set of numbers leaves out nothing but n/a."""
        every = cell.domain.everything
        return isinstance(every, NumberSet) and value.intervals == every.intervals

    def asked(self, cell: Cell, accepts: ValueSet) -> str:
        """What a condition asks of a cell, in brackets behind its value; '' for a plain yes."""
        if isinstance(cell, ElapsedCell) or not isinstance(accepts, NumberSet):
            return ""
        if isinstance(cell, FactCell | ForecastCell):
            return self.known(cell, accepts)
        return self.words.value(cell, accepts)

    # Levels

    def level(self, scale: str, level: str | None) -> str:
        return self.words.level(scale, level)

    def decision(self, item: Decision) -> str:
        """A decision's document, track and place: 《…》防汛应急响应（南浦县）."""
        text = self.quoted(self.words.label(item.label))
        if item.track:
            text += self.words.track(item.plan or item.standard or "", item.track)
        text += "预警" if item.purpose == "warning" else ""
        if item.area not in {self.entities.home, item.authority}:
            text += f"（{self.words.place(item.area)}）"
        return text


def _in_hundred_millions(one: Interval, unit: str) -> str:
    """An interval in words; money past ten thousand 万元 in 亿元."""
    ends = [end for end in (one.low, one.high) if not isinstance(end, float)]
    if unit != "万元" or not ends or min(ends) < 10_000:
        return _between(one, unit)
    low, high = (
        end if isinstance(end, float) else Fraction(end) / 10_000 for end in (one.low, one.high)
    )
    return _between(Interval(low, high, one.low_closed, one.high_closed), "亿元")


def _between(one: Interval, unit: str) -> str:
    if one.low == one.high:
        return f"{plain(one.low)}{unit}"
    if isinstance(one.high, float):
        word = "不少于" if one.low_closed else "大于"
        return f"{word}{plain(one.low)}{unit}"
    if isinstance(one.low, float):
        word = "不超过" if one.high_closed else "小于"
        return f"{word}{plain(one.high)}{unit}"
    low = "" if one.low_closed else "（不含）"
    high = "" if one.high_closed else "（不含）"
    return f"{plain(one.low)}{low}至{plain(one.high)}{unit}{high}"
