"""Conditions as authors wrote them, told in Chinese for people: when something is to be done."""

from __future__ import annotations

from planengine.assessment.phrases import plain
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
    match term:
        case AllOf():
            return "，且".join(_inside(one, wording) for one in term.of)
        case AnyOf():
            return "，或".join(_inside(one, wording) for one in term.of)
        case AtLeastOf():
            parts = "；".join(told(one, wording) for one in term.of)
            return f"下列至少{term.count}项：{parts}"
        case NotOf():
            return f"不属于“{told(term.of, wording)}”"
        case FactTerm():
            return _fact(term, wording)
        case AttributeTerm():
            return _at(_attribute_is(term, wording), term.place, wording)
        case LevelTerm():
            return _level(term, wording)
        case CountTerm():
            number = _plain_bound(term.accepts).replace("≥", "不少于").replace("=", "")
            return f"{number}处{_counted(term, wording)}有：{_inside(term.where, wording)}"
        case LastingTerm():
            lasting = wording.words.duration(term.duration)
            return f"持续{lasting}以上：{_inside(term.where, wording)}"
        case ElapsedTerm():
            low = term.accepts.low
            since = wording.words.moment(term.moment)
            return f"{since}后满{wording.words.duration(float(low))}"
        case ChangeTerm():
            name = _at(wording.words.fact(term.fact), term.place, wording)
            how = "下降" if term.falling else "上涨"
            within = wording.words.duration(term.within)
            return f"{within}内{name}{how}{_fact_value(term.fact, term.accepts, wording)}"
        case ActTerm():
            holders = "或".join(wording.words.named(one) for one in term.by)
            by = f"（由{holders}认定）" if holders else ""
            return f"{term.what}{by}"
        case DutyTerm():
            state = "已完成" if term.read == "done" else "超时未报完成"
            return f"“{wording.words.duty(term.kind, term.document, term.item)}”{state}"
        case CalendarTerm():
            return f"{wording.words.calendar(term.calendar)}期间"
        case HazardTerm():
            return f"涉及{wording.words.hazard(term.hazard)}"
        case CaseOf():
            branches = [
                f"当{told(guard, wording)}时，{told(body, wording)}"
                for guard, body in term.branches
            ]
            return "；".join([*branches, f"其他情形，{told(term.otherwise, wording)}"])
        case ConstantTerm():
            return "始终" if term.value else "从不"


def _inside(term: Term, wording: Wording) -> str:
    text = told(term, wording)
    return f"（{text}）" if isinstance(term, AllOf | AnyOf | CaseOf | AtLeastOf) else text


def _fact(term: FactTerm, wording: Wording) -> str:
    name = _at(wording.words.fact(term.fact), term.place, wording)
    if term.forecast_within is not None:
        name = f"预计{wording.words.duration(term.forecast_within)}内{name}"
    if isinstance(term.bound, AttributeBound):
        attribute = _attribute(term, term.bound, wording)
        return name + _against(term.bound.margin, attribute, _unit(term.fact, wording))
    if term.bound == _TRUE:
        return name
    if term.bound == _FALSE:
        return f"无“{name}”"
    return name + _fact_value(term.fact, term.bound, wording)


def _attribute_is(term: AttributeTerm, wording: Wording) -> str:
    kind = wording.entities.object_kinds.get(term.owner)
    known = (kind.attributes if kind is not None else wording.entities.area_attributes).get(
        term.attribute
    )
    name = wording.words.label(known.label, term.attribute) if known is not None else term.attribute
    if term.bound in {_TRUE, _FALSE}:
        return name if term.bound == _TRUE else f"非{name}"
    if isinstance(term.bound, NumberSet) or known is None:
        unit = known.unit or "" if known is not None else ""
        return f"{name}{_plain_bound(term.bound)}{unit}"
    labels = dict(known.value_labels)
    names = [
        wording.words.label(labels[one], one)
        if isinstance(one, str) and one in labels
        else str(one)
        for one in sorted(term.bound.members, key=str)
    ]
    return f"{name}为{'或'.join(names)}"


def _attribute(term: FactTerm, bound: AttributeBound, wording: Wording) -> str:
    if isinstance(term.place, At) and term.place.place in wording.entities.objects:
        return wording.words.attribute(bound.attribute, term.place.place)
    for kind in wording.entities.object_kinds.values():
        if bound.attribute in kind.attributes:
            return wording.words.label(kind.attributes[bound.attribute].label, bound.attribute)
    return wording.words.attribute(bound.attribute, "")


def _against(margin: NumberSet, attribute: str, unit: str) -> str:
    """`≥ @warning-stage + 0.5 m` in words."""
    texts = []
    for one in margin.intervals:
        for end, sign in ((one.low, "≥" if one.low_closed else "＞"),
                          (one.high, "≤" if one.high_closed else "＜")):  # fmt: skip
            if not isinstance(end, float):
                more = f"{'+' if end > 0 else '−'}{plain(abs(end))}{unit}" if end else ""
                texts.append(f"{sign}{attribute}{more}")
    return "且".join(texts)


def _unit(fact: str, wording: Wording) -> str:
    known = wording.entities.facts.get(fact)
    return known.unit if known is not None and known.unit else ""


def _fact_value(fact: str, bound: ValueSet, wording: Wording) -> str:
    known = wording.entities.facts.get(fact)
    if known is None:
        return str(bound)
    if isinstance(bound, NumberSet):
        return _plain_bound(bound) + (known.unit or "")
    return f"为{wording.words.value(FactCell(fact, '', known.domain), bound)}"


def _plain_bound(bound: ValueSet) -> str:
    if isinstance(bound, ChoiceSet):
        return "或".join(sorted(map(str, bound.members)))
    texts = []
    for one in bound.intervals:
        if one.low == one.high:
            texts.append(f"={plain(one.low)}")
            continue
        low = (
            ""
            if isinstance(one.low, float)
            else f"{'≥' if one.low_closed else '＞'}{plain(one.low)}"
        )
        high = (
            ""
            if isinstance(one.high, float)
            else f"{'≤' if one.high_closed else '＜'}{plain(one.high)}"
        )
        texts.append("且".join(filter(None, (low, high))))
    return "或".join(texts)


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
        text = f"{names[0]}以上"
    else:
        text = "或".join(names) or "无"
    state = "已启动" if term.read == "active" else ""
    return f"{_at(name, term.place, wording)}{state}{text}"


def _counted(term: CountTerm, wording: Wording) -> str:
    if term.over_type == "kind":
        kind = wording.entities.object_kinds.get(term.over)
        return wording.words.label(kind.label, term.over) if kind is not None else term.over
    return "其他事件" if term.over_type == "incident" else wording.words.named(term.over)


def _at(name: str, place: Place, wording: Wording) -> str:
    match place:
        case At():
            return f"{wording.words.place(place.place)}{name}"
        case Enclosing():
            return f"所在{wording.words.named(place.tier)}{name}"
        case _:
            return name
