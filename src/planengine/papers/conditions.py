"""Conditions as authors wrote them, told for people: when something is to be done."""

from __future__ import annotations

from planengine.assessment.phrases import grouped
from planengine.domain.ids import plan_key
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
from planengine.papers.wording import Wording
from planengine.rules.conditions import FactCell
from planengine.values.sets import ChoiceSet, NumberSet, ValueSet

_TRUE = ChoiceSet(frozenset({True}))
_FALSE = ChoiceSet(frozenset({False}))


def told(term: Term, wording: Wording) -> str:
    """A condition in words; nothing of it is left out."""
    say = wording.say
    match term:
        case AllOf():
            return say("，且", " and ").join(_inside(one, wording) for one in term.of)
        case AnyOf():
            return say("，或", " or ").join(_inside(one, wording) for one in term.of)
        case AtLeastOf():
            parts = say("；", "; ").join(told(one, wording) for one in term.of)
            return say(f"下列至少{term.count}项：{parts}", f"at least {term.count} of: {parts}")
        case NotOf():
            inner = told(term.of, wording)
            return say(f"不属于“{inner}”", f"not “{inner}”")
        case FactTerm():
            return _fact(term, wording)
        case AttributeTerm():
            return _at(_attribute_is(term, wording), term.place, wording)
        case LevelTerm():
            return _level(term, wording)
        case CountTerm():
            number = _plain_bound(term.accepts, wording)
            number = number.replace("≥", say("不少于", "at least ")).replace("=", "")
            what, where = _counted(term, wording), _inside(term.where, wording)
            return say(f"{number}处{what}有：{where}", f"{number} of {what} with: {where}")
        case LastingTerm():
            lasting = wording.words.duration(term.duration)
            inner = _inside(term.where, wording)
            return say(f"持续{lasting}以上：{inner}", f"for {lasting} or more: {inner}")
        case ElapsedTerm():
            low = term.accepts.low
            since = wording.words.moment(term.moment)
            length = wording.words.duration(float(low))
            return say(f"{since}后满{length}", f"{length} after {since}")
        case ChangeTerm():
            name = _at(wording.words.fact(term.fact), term.place, wording)
            how = say("下降", "falls by") if term.falling else say("上涨", "rises by")
            within = wording.words.duration(term.within)
            amount = _fact_value(term.fact, term.accepts, wording)
            return say(f"{within}内{name}{how}{amount}", f"{name} {how} {amount} within {within}")
        case ActTerm():
            holders = say("或", " or ").join(wording.words.named(one) for one in term.by)
            by = wording.aside(say(f"由{holders}认定", f"as {holders} finds")) if holders else ""
            return f"{wording.original(term.what)}{by}"
        case DutyTerm():
            done = say("已完成", " done")
            state = done if term.read == "done" else say("超时未报完成", " overdue")
            return f"“{wording.words.duty(term.kind, term.document, term.item)}”{state}"
        case CalendarTerm():
            calendar = wording.words.calendar(term.calendar)
            return say(f"{calendar}期间", f"during {calendar}")
        case HazardTerm():
            hazard = wording.words.hazard(term.hazard)
            return say(f"涉及{hazard}", f"with {hazard}")
        case CaseOf():
            branches = [
                say("当", "where ") + told(guard, wording) + say("时，", ": ") + told(body, wording)
                for guard, body in term.branches
            ]
            rest = say("其他情形，", "else: ") + told(term.otherwise, wording)
            return say("；", "; ").join([*branches, rest])
        case ConstantTerm():
            return say("始终", "always") if term.value else say("从不", "never")


def _inside(term: Term, wording: Wording) -> str:
    text = told(term, wording)
    joined = isinstance(term, AllOf | AnyOf | CaseOf | AtLeastOf)
    return wording.say(f"（{text}）", f"({text})") if joined else text


def _fact(term: FactTerm, wording: Wording) -> str:
    name = _at(wording.words.fact(term.fact), term.place, wording)
    if term.forecast_within is not None:
        within = wording.words.duration(term.forecast_within)
        name = wording.say(f"预计{within}内{name}", f"{name} expected within {within}")
    if isinstance(term.bound, AttributeBound):
        attribute = _attribute(term, term.bound, wording)
        bound = _against(term.bound.margin, attribute, _unit(term.fact, wording), wording)
        return wording.together(name, bound)
    if term.bound == _TRUE:
        return name
    if term.bound == _FALSE:
        return wording.say(f"无“{name}”", f"no “{name}”")
    return wording.together(name, _fact_value(term.fact, term.bound, wording))


def _attribute_is(term: AttributeTerm, wording: Wording) -> str:
    kind = wording.entities.object_kinds.get(term.owner)
    known = (kind.attributes if kind is not None else wording.entities.area_attributes).get(
        term.attribute
    )
    name = wording.words.label(known.label, term.attribute) if known is not None else term.attribute
    if term.bound in {_TRUE, _FALSE}:
        return name if term.bound == _TRUE else wording.say(f"非{name}", f"not {name}")
    if isinstance(term.bound, NumberSet) or known is None:
        unit = known.unit or "" if known is not None else ""
        return wording.together(name, _plain_bound(term.bound, wording) + unit)
    labels = dict(known.value_labels)
    names = [
        wording.words.label(labels[one], one)
        if isinstance(one, str) and one in labels
        else str(one)
        for one in sorted(term.bound.members, key=str)
    ]
    listed = wording.say("或", " or ").join(names)
    return wording.say(f"{name}为{listed}", f"{name} {listed}")


def _attribute(term: FactTerm, bound: AttributeBound, wording: Wording) -> str:
    if isinstance(term.place, At) and term.place.place in wording.entities.objects:
        return wording.words.attribute(bound.attribute, term.place.place)
    for kind in wording.entities.object_kinds.values():
        if bound.attribute in kind.attributes:
            return wording.words.label(kind.attributes[bound.attribute].label, bound.attribute)
    return wording.words.attribute(bound.attribute, "")


def _against(margin: NumberSet, attribute: str, unit: str, wording: Wording) -> str:
    """`≥ @warning-stage + 0.5 m` in words."""
    texts = []
    for one in margin.intervals:
        for end, sign in ((one.low, "≥" if one.low_closed else "＞"),
                          (one.high, "≤" if one.high_closed else "＜")):  # fmt: skip
            if not isinstance(end, float):
                more = f"{'+' if end > 0 else '−'}{grouped(abs(end))}{unit}" if end else ""
                texts.append(f"{sign}{attribute}{more}")
    return wording.say("且", " and ").join(texts)


def _unit(fact: str, wording: Wording) -> str:
    known = wording.entities.facts.get(fact)
    return wording.unit_of(known)


def _fact_value(fact: str, bound: ValueSet, wording: Wording) -> str:
    known = wording.entities.facts.get(fact)
    if known is None:
        return str(bound)
    if isinstance(bound, NumberSet):
        unit = wording.unit_of(known)
        return _plain_bound(bound, wording) + wording.say(unit, f" {unit}" if unit else "")
    value = wording.words.value(FactCell(fact, "", known.domain), bound)
    return wording.say(f"为{value}", f"is {value}")


def _plain_bound(bound: ValueSet, wording: Wording) -> str:
    between = wording.say("或", " or ")
    if isinstance(bound, ChoiceSet):
        return between.join(sorted(map(str, bound.members)))
    texts = []
    for one in bound.intervals:
        if one.low == one.high:
            texts.append(f"={grouped(one.low)}")
            continue
        low = (
            ""
            if isinstance(one.low, float)
            else f"{'≥' if one.low_closed else '＞'}{grouped(one.low)}"
        )
        high = (
            ""
            if isinstance(one.high, float)
            else f"{'≤' if one.high_closed else '＜'}{grouped(one.high)}"
        )
        texts.append(wording.say("且", " and ").join(filter(None, (low, high))))
    return between.join(texts)


def _level(term: LevelTerm, wording: Wording) -> str:
    """A decision's level: 暴雨预警信号红色; that or worse where the worst are all named."""
    plan = plan_key(wording.entities.home, term.target)
    known = term.target if term.target in wording.entities.standards else plan
    name = (
        wording.words.document(known)
        if known in {*wording.entities.standards, *wording.entities.plans}
        else term.target
    )
    scale = wording.entities.scales[term.scale]
    ranks = sorted(rank for rank in term.ranks if rank)
    labels = [level for rank in ranks if (level := scale.by_rank(rank)) is not None]
    names = [wording.words.label(level.label, level.id) for level in labels]
    if len(ranks) > 1 and ranks == list(range(ranks[0], len(scale.levels) + 1)):
        text = wording.say(f"{names[0]}以上", f"{names[0]} or worse")
    else:
        text = wording.say("或", " or ").join(names) or wording.say("无", "none")
    state = wording.say("已启动", "in force") if term.read == "active" else ""
    return wording.together(_at(name, term.place, wording), state, text)


def _counted(term: CountTerm, wording: Wording) -> str:
    if term.over_type == "kind":
        kind = wording.entities.object_kinds.get(term.over)
        return wording.words.label(kind.label, term.over) if kind is not None else term.over
    others = wording.say("其他事件", "other incidents")
    return others if term.over_type == "incident" else wording.words.named(term.over)


def _at(name: str, place: Place, wording: Wording) -> str:
    match place:
        case At():
            return wording.together(wording.words.place(place.place), name)
        case Enclosing():
            tier = wording.words.named(place.tier)
            return wording.say(f"所在{tier}{name}", f"{name} of the {tier} around")
        case _:
            return name
