"""Conditions as they were understood, in words of either language."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from planengine.assessment.phrases import duration, plain
from planengine.assessment.words import Words
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
from planengine.rules.conditions import FactCell
from planengine.values.sets import Interval, Number, NumberDomain, NumberSet, ValueSet

Show: TypeAlias = Callable[[Number], str]


class Teller:
    """Tells what a condition asks, nothing left out."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._zh = words.language == "zh"

    def _say(self, chinese: str, english: str) -> str:
        return chinese if self._zh else english

    def told(self, term: Term) -> str:
        """A condition in words."""
        say = self._say
        match term:
            case AllOf():
                return say("，并且", " and ").join(map(self._inside, term.of))
            case AnyOf():
                return say("，或者", " or ").join(map(self._inside, term.of))
            case AtLeastOf():
                parts = say("；", "; ").join(map(self._inside, term.of))
                return say(
                    f"以下至少 {term.count} 项：{parts}", f"at least {term.count} of: {parts}"
                )
            case NotOf():
                return say("并非", "not ") + self._inside(term.of)
            case FactTerm():
                return self._fact(term)
            case AttributeTerm():
                name = self._attribute(term.attribute, term.owner)
                return f"{self._at(name, term.place)} {self._of_attribute(term)}"
            case LevelTerm():
                return self._level(term)
            case CountTerm():
                over = self._counted(term)
                within = self._at(over, term.within)
                asked = _numbers(term.accepts)
                where = self._inside(term.where)
                return say(
                    f"满足“{where}”的{within} {asked} 个",
                    f"{within}: number with {where} {asked}",
                )
            case LastingTerm():
                body, length = (
                    self._inside(term.where),
                    duration(term.duration, self._words.language),
                )
                gaps = duration(term.gaps_under, self._words.language)
                bridged = say(f"（中断不足 {gaps} 不计）", f" (gaps under {gaps} bridged)")
                return say(f"{body} 已持续 {length} 以上", f"{body} for at least {length}") + (
                    bridged if term.gaps_under else ""
                )
            case ElapsedTerm():
                asked = self._seconds(term.accepts)
                moment = self._words.moment(term.moment)
                return say(f"距{moment} {asked}", f"time since {moment} {asked}")
            case ChangeTerm():
                fact = self._at(self._words.fact(term.fact), term.place)
                within = duration(term.within, self._words.language)
                asked = self._amount(term.fact, term.accepts)
                how = say("下降", "falls") if term.falling else say("上升", "rises")
                return say(
                    f"{within}内{fact}{how} {asked}", f"{fact} {how} by {asked} within {within}"
                )
            case ActTerm():
                by = say("或", " or ").join(map(self._words.named, term.by))
                return term.what + (say(f"（由{by}作出）", f" (by {by})") if by else "")
            case DutyTerm():
                duty = self._words.duty(term.kind, term.document, term.item)
                return duty + (
                    say("已完成", " done") if term.read == "done" else say("已超时", " overdue")
                )
            case CalendarTerm():
                name = self._words.calendar(term.calendar)
                return say(f"在{name}期间", f"during {name}")
            case HazardTerm():
                return say("灾种为", "hazard ") + self._words.hazard(term.hazard)
            case CaseOf():
                branches = [
                    say(
                        f"若{self._inside(a)}则{self._inside(b)}",
                        f"if {self._inside(a)} then {self._inside(b)}",
                    )
                    for a, b in term.branches
                ]
                rest = say("否则", "else ") + self._inside(term.otherwise)
                return say("；", "; ").join([*branches, rest])
            case ConstantTerm():
                return say("恒真", "always") if term.value else say("恒假", "never")

    def _inside(self, term: Term) -> str:
        text = self.told(term)
        return f"({text})" if isinstance(term, AllOf | AnyOf | CaseOf | AtLeastOf) else text

    def _at(self, name: str, place: Place) -> str:
        match place:
            case At():
                return f"{name} @ {self._words.place(place.place)}"
            case Enclosing():
                tier = self._words.named(place.tier)
                return self._say(f"{name} @ 所在{tier}", f"{name} @ the {tier} around")
            case _:
                return name

    def _fact(self, term: FactTerm) -> str:
        name = self._at(self._words.fact(term.fact), term.place)
        if isinstance(term.bound, AttributeBound):
            fact = self._words.entities.facts[term.fact]
            attribute = self._attribute(term.bound.attribute, fact.subject)
            asked = _against(term.bound.margin, attribute, fact.unit or "")
        else:
            asked = self._amount(term.fact, term.bound)
        if term.forecast_within is None:
            return f"{name} {asked}"
        within = duration(term.forecast_within, self._words.language)
        if term.day is not None:
            return self._say(
                f"预报第 {term.day + 1} 天{name} {asked}",
                f"forecast of day {term.day + 1}: {name} {asked}",
            )
        return self._say(
            f"预报 {within} 内{name} {asked}", f"forecast within {within}: {name} {asked}"
        )

    def _amount(self, fact: str, bound: ValueSet) -> str:
        """`≥ 30 人`, of a category its labels; whole numbers as their author counts them."""
        known = self._words.entities.facts[fact]
        if isinstance(bound, NumberSet):
            domain = known.domain
            shown = domain.told(bound) if isinstance(domain, NumberDomain) else bound
            return " ".join(filter(None, (_numbers(shown), known.unit)))
        return "= " + self._words.value(FactCell(fact, "", known.domain), bound)

    def _attribute(self, attribute: str, owner: str) -> str:
        found = self._words.entities.names.attributes(owner).get(attribute)
        return found.label.text(self._words.language) or attribute if found else attribute

    def _of_attribute(self, term: AttributeTerm) -> str:
        found = self._words.entities.names.attributes(term.owner).get(term.attribute)
        if isinstance(term.bound, NumberSet):
            unit = found.unit if found is not None else None
            return " ".join(filter(None, (_numbers(term.bound), unit)))
        labels = dict(found.value_labels) if found is not None else {}
        shown = [
            labels[one].text(self._words.language) if isinstance(one, str) and one in labels
            else self._truth(one)
            for one in sorted(term.bound.members, key=str)
        ]  # fmt: skip
        return "= " + self._say(" 或 ", " or ").join(shown)

    def _truth(self, value: object) -> str:
        if isinstance(value, bool):
            return self._say("是", "yes") if value else self._say("否", "no")
        return str(value)

    def _level(self, term: LevelTerm) -> str:
        entities = self._words.entities
        home = f"{entities.home}/{term.target}"
        key = (
            home
            if home in entities.plans and term.target not in entities.standards
            else term.target
        )
        name = self._words.document(key)
        if term.track is not None:
            name += f"·{self._words.track(key, term.track)}"
        state = {
            "active": self._say("（已启动）", " (in force)"),
            "response": self._say("（研判或已启动）", " (recommended or in force)"),
        }.get(term.read, "")
        scale = entities.scales[term.scale]
        ranks = sorted(term.ranks)
        labels = [
            self._words.level(term.scale, level.id if (level := scale.by_rank(r)) else None)
            for r in ranks
        ]
        asked = self._say(" 或 ", " or ").join(labels)
        if len(ranks) > 1 and ranks == list(range(ranks[0], len(scale.levels) + 1)):
            asked = self._say(f"{labels[0]}及更重", f"{labels[0]} or worse")
        return f"{self._at(name, term.place)}{state} = {asked}"

    def _counted(self, term: CountTerm) -> str:
        if term.over_type == "kind":
            kind = self._words.entities.object_kinds[term.over]
            return kind.label.text(self._words.language) or term.over
        if term.over_type == "incident":
            return self._say("事件", "incidents")
        return self._words.named(term.over)

    def _seconds(self, accepts: NumberSet) -> str:
        def length(seconds: Number) -> str:
            return duration(float(seconds), self._words.language)

        return _numbers(accepts, length)


def _numbers(bound: NumberSet, show: Show = plain) -> str:
    """Intervals in symbols."""
    parts = [_interval(one, show) for one in bound.intervals]
    return " / ".join([*parts, *(["n/a"] if bound.na else [])]) or "—"


def _interval(one: Interval, show: Show) -> str:
    if one.low == one.high:
        return f"= {show(one.low)}"
    low = "" if isinstance(one.low, float) else f"{'≥' if one.low_closed else '>'} {show(one.low)}"
    high = (
        "" if isinstance(one.high, float) else f"{'≤' if one.high_closed else '<'} {show(one.high)}"
    )
    return " ".join(filter(None, (low, high)))


def _against(margin: NumberSet, attribute: str, unit: str) -> str:
    """A bound against an attribute: `≥ warning stage + 0.5 m`."""

    def shown(end: Number) -> str:
        if not end:
            return attribute
        return f"{attribute} {'+' if end > 0 else '−'} {plain(abs(end))} {unit}".rstrip()

    return " / ".join(_interval(one, shown) for one in margin.intervals)
