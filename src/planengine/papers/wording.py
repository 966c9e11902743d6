"""How papers say things in either language: times, values, people, clauses, limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.phrases import Language, aside, original, together
from planengine.assessment.results import Actor
from planengine.assessment.values_in_words import unit_beside
from planengine.assessment.words import Words
from planengine.domain.documents import Basis, Executor
from planengine.domain.ids import UnitKey
from planengine.domain.statements import Invocation, Statement, said_by
from planengine.papers.figures import figure
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
from planengine.values.sets import ChoiceSet, NumberDomain, NumberSet, ValueSet
from planengine.values.times import is_shown_twice, local

_KINDS = {
    "observed": ("实报", "observed"),
    "judged": ("研判", "judged"),
    "estimated": ("估计", "estimated"),
    "forecast": ("预报", "forecast"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
UNVERIFIED = "unverified"


class Wording:
    """The words of one assessment."""

    def __init__(self, assessment: Assessment, language: Language = "zh") -> None:
        situation = assessment.situation
        acts = {act.clause: act.what for act in situation.rules.acts}
        self.entities = situation.entities
        self.at = assessment.at
        self.language = language
        self.words = Words(self.entities, language, at=assessment.at, acts=acts)

    def say(self, zh: str, en: str) -> str:
        """What a paper says, in its language."""
        return zh if self.language == "zh" else en

    @property
    def unknown(self) -> str:
        return self.say("不详", "not known")

    @property
    def no_teller(self) -> str:
        return self.say("未指定提供单位", "nobody named to tell")

    @property
    def disputed(self) -> str:
        return self.say("矛盾", "CONTRADICTED")

    @property
    def advice(self) -> str:
        return self.say("建议", "ADVICE")

    @property
    def to_fill_in(self) -> str:
        return self.say("待填", "to be filled in")

    @property
    def to_verify(self) -> str:
        return self.say("待核实", "TO BE VERIFIED")

    def kind(self, name: str) -> str:
        """How something was said: observed, judged, estimated, forecast."""
        return self.say(*_KINDS[name])

    def together(self, *parts: str) -> str:
        """Words beside each other, which Chinese writes without blanks."""
        return together(self.language, *parts)

    def aside(self, text: str) -> str:
        """A text in brackets; nothing of none."""
        return aside(text, self.language)

    def original(self, text: str) -> str:
        """An author's own words: where a translation has to leave them in Chinese, in quotes."""
        return original(text, self.language)

    def joined(self, those: Iterable[str]) -> str:
        """Names in a row."""
        return self.say("、", ", ").join(those)

    # Times

    def time(self, at: int, *, year: bool = False) -> str:
        """A time of the library's clock: 7月19日17时40分; with the year where it is another."""
        then, now = (local(one, self.entities.time_zone) for one in (at, self.at))
        twice = is_shown_twice(at, self.entities.time_zone)
        if self.language == "en":
            text = f"{then.day} {_MONTHS[then.month - 1]}"
            text += f" {then.year}" if year or then.year != now.year else ""
            text += f" {then:%H:%M:%S}" if then.second else f" {then:%H:%M}"
            return f"{text} (UTC{then.isoformat()[19:]})" if twice else text
        text = f"{then.year}年" if year or then.year != now.year else ""
        text += f"{then.month}月{then.day}日{then.hour}时"
        if then.minute or then.second:
            text += f"{then.minute:02}分"
        text += f"{then.second:02}秒" if then.second else ""
        return f"{text}（UTC{then.isoformat()[19:]}）" if twice else text

    def date(self, at: int) -> str:
        """A day: 2026年7月19日."""
        then = local(at, self.entities.time_zone)
        return self.say(
            f"{then.year}年{then.month}月{then.day}日",
            f"{then.day} {_MONTHS[then.month - 1]} {then.year}",
        )

    def compact(self, at: int) -> str:
        """A time for the name of a file: 20260719T1740."""
        then = local(at, self.entities.time_zone)
        return then.strftime("%Y%m%dT%H%M%S" if then.second else "%Y%m%dT%H%M")

    @property
    def no_limit(self) -> str:
        return self.say("未规定时限", "no limit")

    # What rests on what

    def clauses(self, bases: Iterable[Basis], document: str) -> tuple[Clause, ...]:
        """The clauses of a statement; of one without any the document itself, and that it is so."""
        found = tuple(dict.fromkeys(self._clause(one) for one in bases))
        none = self.say("（条款未注明）", " (no clause given)")
        return found or (Clause(self.document(document) + none),)

    def _clause(self, basis: Basis) -> Clause:
        text = self.together(
            self.quoted(self.words.source(basis.source)), self.original(basis.clause or "")
        )
        if basis.own_choice:
            text += self.say("（本地自定）", " (the city's own)")
        if basis.confidence == "medium":
            text += self.say("（转引）", " (quoted at second hand)")
        return Clause(text, unverified=basis.confidence == UNVERIFIED)

    def document(self, name: str) -> str:
        return self.quoted(self.words.document(name))

    def quoted(self, text: str) -> str:
        if self.language == "en":
            return text
        return text if text.startswith("《") else f"《{text}》"

    def told(self, statements: Sequence[Statement | Invocation]) -> str:
        """Who said something, when and how: of several the newest, and how many more."""
        who, how = self.who_and_how(statements)
        return self.say("，", ", ").join(filter(None, (who, how)))

    def who_and_how(self, statements: Sequence[Statement | Invocation]) -> tuple[str, str]:
        """Who said something, and when and how; "" and "" where nobody did."""
        if not statements:
            return "", ""
        newest = max(statements, key=lambda one: one.stamp.at)
        parts = [self.time(newest.stamp.at)]
        if isinstance(newest, Statement):
            parts.append(self.kind(newest.kind))
        if newest.stamp.received > newest.stamp.at:
            received = self.time(newest.stamp.received)
            parts.append(self.say(f"{received}收到", f"received {received}"))
        more = len(statements) - 1
        also = self.say(f"；另据{more}条", f"; and {more} more") if more else ""
        return self.who_said(newest), self.say("，", ", ").join(parts) + also

    def who_said(self, statement: Statement | Invocation) -> str:
        source = said_by(statement)
        unknown = self.say("来源未注明", "source not told")
        return self.words.named(source) if source else unknown

    # People

    def actor(self, one: Actor) -> str:
        """A person by the post, with its body and whoever may act instead; else the bodies."""
        bodies = self.joined(map(self.words.named, one.bodies))
        name = bodies or self.words.executor(one.executor)
        if one.post is not None:
            name = self.words.named(one.post) + self.aside(bodies)
        between = self.say("、", ", ") if one.executor.jointly else self.say("或", " or ")
        return between.join([name, *map(self.actor, one.others)])

    def actors(self, those: Iterable[Actor]) -> str:
        return self.joined(map(self.actor, those))

    def decided_by(self, name: str | None) -> str:
        """Who decided something; that it was not told where it was not."""
        unknown = self.say("决定人未载明", "somebody not told")
        return self.words.named(name) if name else unknown

    def issued_by(self, name: str | None) -> str:
        """Who issued something; that it was not told where it was not."""
        unknown = self.say("发布单位未载明", "somebody not told")
        return self.words.named(name) if name else unknown

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
                notes = [self.original(one.room or ""), self.original(one.text or "")]
                checked = self.say("核实日期不详", "never checked")
                if one.as_of is not None:
                    date = self.date(one.as_of)
                    checked = self.say(f"{date}核实", f"checked {date}")
                phone = self.joined(one.phone) or BLANK
                note = self.say("，", ", ").join(filter(None, (*notes, checked)))
                found.append(Call(label, phone, note))
            if not known.contacts:
                found.append(Call(label, BLANK, self.say("登记库无电话", "not in the registry")))
        return tuple(found)

    # Values

    def cell(self, cell: Cell) -> str:
        """What a cell asks about, with its place in front: 汉口站水位."""
        if isinstance(cell, LevelCell):
            return self.unit(cell.unit)
        if isinstance(cell, LastingCell):
            body = self.say("；", "; ").join(map(self._tested, tests_of(cell.body)))
            length = self.words.duration(cell.duration)
            return self.say(f"已持续{length}：{body}", f"for {length}: {body}")
        name, place = self.words.name_and_place(cell)
        return self.together(place, name)

    def _tested(self, test: Test) -> str:
        if isinstance(test.accepts, ChoiceSet) and test.accepts.point is True:
            return self.cell(test.cell)
        return self.together(self.cell(test.cell), self.known(test.cell, test.accepts))

    def unit(self, unit: UnitKey) -> str:
        """A decision in words, its place in front."""
        place = "" if unit.area == self.entities.home else self.words.place(unit.area)
        track = "" if unit.track is None else self.words.track(unit.document, unit.track)
        return self.together(place, self.quoted(self.words.document(unit.document)), track)

    def held(self, cell: Cell, value: ValueSet) -> str:
        """A cell and what is known of it: 沙河堤堤防决口, 汉口站水位27.4m."""
        if isinstance(value, ChoiceSet) and value.point is True:
            return self.cell(cell)
        plain = isinstance(cell, FactCell) and isinstance(value, NumberSet)
        between = self.say("", " ") if plain else self.say("：", ": ")
        return f"{self.cell(cell)}{between}{self.known(cell, value)}"

    def known(self, cell: Cell, value: ValueSet) -> str:
        """What is known of a cell: 至少6人, 10至29人, 不详."""
        if not isinstance(value, NumberSet) or not isinstance(cell, FactCell | ForecastCell):
            return self.words.known(cell, value)
        if not value.intervals:
            return self.say("不适用", "n/a") if value.na else self.unknown
        if value == cell.domain.everything or self._is_open(cell, value):
            return self.unknown
        fact = self.entities.facts.get(cell.fact)
        unit = unit_beside(fact, self.language)
        compared_by = fact.compared_by if fact is not None else "amount"
        if isinstance(cell.domain, NumberDomain):
            value = cell.domain.told(value)
        told = (figure(one, unit, compared_by, self.language) for one in value.intervals)
        return self.say("或", " or ").join(told)

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
            track = self.words.track(item.plan or item.standard or "", item.track)
            text = self.say(f"{text}{track}", f"{text}: {track}")
        text += self.say("预警", " (warning)") if item.purpose == "warning" else ""
        if item.area not in {self.entities.home, item.authority}:
            text += self.aside(self.words.place(item.area))
        return text
