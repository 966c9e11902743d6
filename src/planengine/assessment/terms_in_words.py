"""Conditions as authors wrote them, in words of either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import inf
from typing import TypeAlias

from planengine.assessment.phrases import aside, at_least_or_over, grouped, original, say, together
from planengine.assessment.values_in_words import unit_beside
from planengine.assessment.words import Words
from planengine.domain.entities import Entities
from planengine.domain.ids import plan_key
from planengine.domain.parts import Label
from planengine.domain.terms import (
    ActTerm,
    AllOf,
    AnyOf,
    At,
    AtLeastOf,
    AttributeBound,
    AttributeTerm,
    CalendarTerm,
    CaseOf,
    ChangeTerm,
    ConstantTerm,
    CountTerm,
    DutyTerm,
    ElapsedTerm,
    Enclosing,
    FactTerm,
    HazardTerm,
    LastingTerm,
    LevelTerm,
    NotOf,
    Place,
    Term,
)
from planengine.domain.vocabulary import Attribute
from planengine.rules.conditions import FactCell
from planengine.values.sets import (
    ChoiceSet,
    Interval,
    Number,
    NumberDomain,
    NumberSet,
    ValueSet,
)

_TRUE = ChoiceSet(frozenset({True}))
_FALSE = ChoiceSet(frozenset({False}))

_Show: TypeAlias = Callable[[Number], str]


def told(term: Term, words: Words) -> str:
    """A condition in words; nothing of it is left out."""
    return _Teller(words).told(term)


class _Teller:
    def __init__(self, words: Words) -> None:
        self._words = words
        self._entities: Entities = words.entities

    def told(self, term: Term) -> str:
        say, words = self._say, self._words
        match term:
            case AllOf():
                return say("，且", " and ").join(map(self._inside, term.of))
            case AnyOf():
                return say("，或", " or ").join(map(self._inside, term.of))
            case AtLeastOf():
                parts = say("；", "; ").join(map(self._in_list, term.of))
                return say(f"下列至少{term.count}项：{parts}", f"at least {term.count} of: {parts}")
            case NotOf():
                inner = self.told(term.of)
                return say(f"不属于“{inner}”", f"not “{inner}”")
            case FactTerm():
                return self._fact(term)
            case AttributeTerm():
                return self._at(self._attribute_is(term), term.place)
            case LevelTerm():
                return self._level(term)
            case CountTerm():
                return self._count(term)
            case LastingTerm():
                return self._lasting(term)
            case ElapsedTerm():
                return self._elapsed(term)
            case ChangeTerm():
                name = self._at(words.fact(term.fact), term.place)
                how = say("下降", "falls by") if term.falling else say("上涨", "rises by")
                within, amount = words.duration(term.within), self._value(term.fact, term.accepts)
                return say(
                    f"{within}内{name}{how}{amount}", f"{name} {how} {amount} within {within}"
                )
            case ActTerm():
                holders = self._either(map(words.named, term.by))
                by = say(f"由{holders}认定", f"as {holders} finds") if holders else ""
                return original(term.what, words.language) + aside(by, words.language)
            case DutyTerm():
                done = say("已完成", " done")
                state = done if term.read == "done" else say("超时未报完成", " overdue")
                return f"“{words.duty(term.kind, term.document, term.item)}”{state}"
            case CalendarTerm():
                calendar = words.calendar(term.calendar)
                return say(f"{calendar}期间", f"during {calendar}")
            case HazardTerm():
                hazard = words.hazard(term.hazard)
                return say(f"涉及{hazard}", f"with {hazard}")
            case CaseOf():
                branches = [
                    say("当", "where ")
                    + self._in_list(guard)
                    + say("时，", ": ")
                    + self._in_list(body)
                    for guard, body in term.branches
                ]
                rest = say("其他情形，", "else: ") + self._in_list(term.otherwise)
                return say("；", "; ").join([*branches, rest])
            case ConstantTerm():
                return say("始终", "always") if term.value else say("从不", "never")

    def _say(self, chinese: str, english: str) -> str:
        return chinese if self._words.language == "zh" else english

    def _together(self, *parts: str) -> str:
        return together(self._words.language, *parts)

    def _either(self, texts: Iterable[str]) -> str:
        return self._say("或", " or ").join(texts)

    def _inside(self, term: Term) -> str:
        """A part of another condition: what joins parts of its own stands in brackets."""
        text = self.told(term)
        joined = isinstance(term, AllOf | AnyOf | CaseOf | AtLeastOf)
        return self._say(f"（{text}）", f"({text})") if joined else text

    def _in_list(self, term: Term) -> str:
        """One of several with semicolons between: only what has such itself needs brackets."""
        return self._inside(term) if isinstance(term, CaseOf | AtLeastOf) else self.told(term)

    def _at(self, name: str, place: Place) -> str:
        match place:
            case At():
                return self._together(self._words.place(place.place), name)
            case Enclosing():
                tier = self._words.named(place.tier)
                return self._say(f"所在{tier}{name}", f"{name} of the {tier} around")
            case _:
                return name

    # Facts and attributes

    def _fact(self, term: FactTerm) -> str:
        name = self._expected(self._at(self._words.fact(term.fact), term.place), term)
        if isinstance(term.bound, AttributeBound):
            return self._together(name, self._against(term.bound, term.fact))
        if term.bound == _TRUE:
            return name
        if term.bound == _FALSE:
            return self._say(f"无“{name}”", f"no “{name}”")
        return self._together(name, self._value(term.fact, term.bound))

    def _expected(self, name: str, term: FactTerm) -> str:
        if term.forecast_within is None:
            return name
        within = self._words.duration(term.forecast_within)
        if term.day is not None:
            day = str(term.day + 1)
            name = say("expected-day", self._words.language, fact=name, day=day)
        else:
            name = self._say(f"预计{within}内{name}", f"{name} expected within {within}")
        if term.covering is None:
            return name
        covering = self._words.duration(term.covering)
        enough = self._say(f"有{covering}的预报即可", f"forecasts for {covering} are enough")
        return name + aside(enough, self._words.language)

    def _against(self, bound: AttributeBound, fact: str) -> str:
        """A bound against an attribute: `≥ @warning-stage + 0.5 m`."""
        declared = self._entities.facts[fact]
        attribute = self._attribute_name(bound.attribute, declared.subject)
        unit = unit_beside(declared, self._words.language)

        def shown(end: Number) -> str:
            more = f"{'+' if end > 0 else '−'}{grouped(abs(end))}{unit}" if end else ""
            return attribute + more

        return self._numbers(bound.margin, shown)

    def _value(self, fact: str, bound: ValueSet) -> str:
        """What is asked of a fact, with its unit; whole numbers as their author counts them."""
        known = self._entities.facts[fact]
        if isinstance(bound, NumberSet):
            domain = known.domain
            shown = domain.told(bound) if isinstance(domain, NumberDomain) else bound
            return self._amount(shown, unit_beside(known, self._words.language))
        value = self._words.value(FactCell(fact, "", known.domain), bound)
        return self._say(f"为{value}", f"is {value}")

    def _amount(self, bound: NumberSet, unit: str) -> str:
        """Numbers with their unit; n/a has none."""
        text = self._numbers(bound)
        return self._together(text, unit) if bound.intervals else text

    def _attribute(self, name: str, owner: str) -> Attribute | None:
        kind = self._entities.object_kinds.get(owner)
        table = kind.attributes if kind is not None else self._entities.area_attributes
        return table.get(name)

    def _attribute_name(self, name: str, owner: str) -> str:
        known = self._attribute(name, owner)
        return self._words.label(known.label, name) if known is not None else name

    def _attribute_is(self, term: AttributeTerm) -> str:
        known = self._attribute(term.attribute, term.owner)
        name = self._attribute_name(term.attribute, term.owner)
        if term.bound in {_TRUE, _FALSE}:
            return name if term.bound == _TRUE else self._say(f"非{name}", f"not {name}")
        if isinstance(term.bound, NumberSet):
            unit = known.unit or "" if known is not None else ""
            return self._together(name, self._amount(term.bound, unit))
        labels = dict(known.value_labels) if known is not None else {}
        names = [self._choice(one, labels) for one in sorted(term.bound.members, key=str)]
        names += [say("n/a", self._words.language)] if term.bound.na else []
        listed = self._either(names)
        return self._say(f"{name}为{listed}", f"{name} {listed}")

    def _choice(self, one: str | bool, labels: Mapping[str, Label]) -> str:
        if isinstance(one, bool):
            return say("true" if one else "false", self._words.language)
        return self._words.label(labels.get(one, Label()), one)

    # Numbers and times

    def _numbers(
        self, bound: NumberSet, show: _Show = grouped, *, least: str = "≥", equal: str = "="
    ) -> str:
        """Intervals in symbols, or in the words for "at least" and "just"."""
        parts = [self._interval(one, show, least, equal) for one in bound.intervals]
        return self._either([*parts, *([say("n/a", self._words.language)] if bound.na else [])])

    def _interval(self, one: Interval, show: _Show, least: str, equal: str) -> str:
        if one.low == one.high:
            return f"{equal}{show(one.low)}"
        above, below = self._say("＞", ">"), self._say("＜", "<")
        ends = ((one.low, least if one.low_closed else above),
                (one.high, "≤" if one.high_closed else below))  # fmt: skip
        return self._say("且", " and ").join(
            f"{sign}{show(end)}" for end, sign in ends if not isinstance(end, float)
        )

    def _count(self, term: CountTerm) -> str:
        number = self._numbers(term.accepts, least=self._say("不少于", "at least "), equal="")
        what, where = self._at(self._counted(term), term.within), self._inside(term.where)
        return self._say(f"{number}处{what}有：{where}", f"{number} of {what} with: {where}")

    def _counted(self, term: CountTerm) -> str:
        if term.over_type == "kind":
            kind = self._entities.object_kinds[term.over]
            return self._words.label(kind.label, term.over)
        others = self._say("其他事件", "other incidents")
        return others if term.over_type == "incident" else self._words.named(term.over)

    def _lasting(self, term: LastingTerm) -> str:
        length, over = at_least_or_over(term.duration)
        lasting, inner = self._words.duration(length), self._inside(term.where)
        how_long = (
            self._say(f"持续超过{lasting}", f"for more than {lasting}")
            if over
            else self._say(f"持续{lasting}以上", f"for {lasting} or more")
        )
        bridged = ""
        if term.gaps_under:
            gaps = self._words.duration(term.gaps_under)
            bridged = self._say(f"中断不足{gaps}不计", f"gaps under {gaps} do not count")
            bridged = aside(bridged, self._words.language)
        return how_long + bridged + self._say("：", ": ") + inner

    def _elapsed(self, term: ElapsedTerm) -> str:
        since, low = self._words.moment(term.moment), term.accepts.low
        if term.accepts.intervals == (Interval(low, inf, True, False),):
            length = self._words.duration(float(low))
            return self._say(f"{since}后满{length}", f"{length} after {since}")
        asked = self._numbers(term.accepts, lambda one: self._words.duration(float(one)))
        return self._say(f"距{since}{asked}", f"time since {since} {asked}")

    # Levels

    def _level(self, term: LevelTerm) -> str:
        """A decision's level: 暴雨预警信号红色; that or worse where the worst are all named."""
        plan = plan_key(self._entities.home, term.target)
        document = term.target if term.target in self._entities.standards else plan
        known = document in self._entities.standards or document in self._entities.plans
        name = self._words.document(document) if known else term.target
        if term.track is not None:
            name = self._together(name, self._words.track(document, term.track))
        scale = self._entities.scales[term.scale]
        ranks = sorted(term.ranks)
        levels = map(scale.by_rank, ranks)
        names = [self._words.level(scale.id, one.id if one else None) for one in levels]
        if len(ranks) > 1 and ranks == list(range(ranks[0], len(scale.levels) + 1)):
            text = self._say(f"{names[0]}以上", f"{names[0]} or worse")
        else:
            text = self._either(names)
        state = {
            "active": self._say("已启动", "in force"),
            "response": self._say("研判或已启动", "recommended or in force"),
        }.get(term.read, "")
        return self._together(self._at(name, term.place), state, text)
