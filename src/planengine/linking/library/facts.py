"""Links facts: their types, whose they are, how they lift and derive; checks that these fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from planengine.diagnostics import Text, finding
from planengine.domain.hazards import with_above
from planengine.domain.names import AREA
from planengine.domain.vocabulary import (
    INCIDENT,
    Derivation,
    Fact,
    Hazard,
    Points,
    RollUp,
    operands_of,
)
from planengine.linking.library.cycles import cycles
from planengine.linking.library.declare import label_of
from planengine.linking.library.quantities import NUMERIC, Direction, link_quantity
from planengine.values.sets import ChoiceDomain, NumberDomain
from planengine.values.units import factor

if TYPE_CHECKING:
    from planengine.linking.library.linker import Linker
    from planengine.model.vocabulary import DerivedModel, FactModel, VocabularyModel
    from planengine.reading.validate import Name

_ROLL_UPS: Mapping[str, RollUp] = {
    "count": "sum",
    "flag": "any",
    "quantity": "none",
    "category": "none",
}
_OF_HEIGHT = frozenset({"%", "‰", "倍", "级", "度", "℃", "℉", "μg/m³"})
_SHARES = frozenset({"%", "‰", "倍", ""})


def link_facts(
    parts: Iterable[VocabularyModel], hazards: Mapping[str, Hazard], linker: Linker
) -> dict[str, Fact]:
    """Every fact of the vocabulary, in the author's order."""
    models = {item_id: model for part in parts for item_id, model in part.facts.items()}
    facts = {
        str(item_id): _fact(item_id, model, order, linker)
        for order, (item_id, model) in enumerate(models.items())
    }
    for item_id, model in models.items():
        _check(item_id, facts[str(item_id)], linker)
        if model.derived is not None:
            _check_operands(item_id, facts, linker)
        if model.may_rise_by is not None:
            _check_rise(item_id, facts, linker)
        _check_at_most(item_id, facts, linker)
        _check_hazards(item_id, facts, hazards, linker)
    _check_circles(facts, linker)
    return facts


def default_direction(fact_type: str) -> Direction:
    """Which way is worse when the author does not say: up, but for quantities none."""
    return "none" if fact_type == "quantity" else "up"


def _fact(item_id: Name, model: FactModel, order: int, linker: Linker) -> Fact:
    direction = model.direction or default_direction(model.type)
    quantity = link_quantity(item_id, model, direction, linker)
    return Fact(
        id=str(item_id),
        label=label_of(model.label, item_id),
        type=model.type,
        domain=quantity.domain,
        unit=quantity.unit,
        subject=_subject(model.subject, linker),
        direction=direction,
        roll_up=model.roll_up or _ROLL_UPS[model.type],
        cumulative=model.cumulative,
        by_exception=model.reported == "by-exception",
        provider=linker.name("provider", model.provider),
        holds=linker.duration(model.holds),
        difference=model.difference,
        derived=_derivation(item_id, model.derived, linker) if model.derived else None,
        compared_by=model.compared_by or ("height" if model.unit in _OF_HEIGHT else "amount"),
        may_rise_by=linker.name("fact", model.may_rise_by),
        at_most=_linked("fact", model.at_most, linker),
        hazards=_linked("hazard", model.hazards, linker),
        value_labels=quantity.labels,
        order=order,
        span=item_id.span,
    )


def _subject(text: Name | None, linker: Linker) -> str:
    if text is None or text in (AREA, INCIDENT):
        return str(text or AREA)
    return linker.name("object-kind", text) or AREA


def _derivation(item_id: Name, derived: DerivedModel, linker: Linker) -> Derivation | None:
    if not linker.one_of(derived, ("sum", "ratio", "first-known", "score"), item_id.span):
        return None
    if derived.ratio is not None:
        operands = _operands(dict.fromkeys(derived.ratio, 1), linker)
        if operands is not None and len(operands) != 2:
            reason = Text("a ratio has two operands", "比值须有两项")
            linker.findings.append(
                finding("bad-operands", item_id.span, name=str(item_id), reason=reason)
            )
            return None
        return Derivation("ratio", operands) if operands else None
    if derived.first_known is not None:
        operands = _operands(dict.fromkeys(derived.first_known, 1), linker)
        return Derivation("first-known", operands) if operands else None
    if derived.score is not None:
        return _score(derived.score, linker)
    written = derived.sum or {}
    if not isinstance(written, dict):
        counted: dict[Name, int] = {}
        for name in written:
            counted[name] = counted.get(name, 0) + 1
        written = counted
    operands = _operands(written, linker)
    return Derivation("sum", operands) if operands else None


def _score(written: Mapping[Name, int | Mapping[Name, int]], linker: Linker) -> Derivation | None:
    """Points by value: a number alone is what a flag counts where it is true."""
    operands = _operands(dict.fromkeys(written, 1), linker)
    if operands is None:
        return None
    every: list[Points] = []
    for (fact, _), points in zip(operands, written.values(), strict=True):
        if isinstance(points, int):
            every.append(((True, points), (False, 0)))
            continue
        linked = [(linker.name(f"value:{fact}", name), count) for name, count in points.items()]
        every.append(tuple((value, count) for value, count in linked if value is not None))
    return Derivation("score", operands, tuple(every))


def _operands(written: Mapping[Name, int], linker: Linker) -> tuple[tuple[str, int], ...] | None:
    """The operands by id; None when one of them is not known."""
    linked = [(linker.name("fact", name), factor) for name, factor in written.items()]
    if any(item_id is None for item_id, _ in linked):
        return None
    return tuple((item_id, factor) for item_id, factor in linked if item_id is not None)


def _linked(kind: str, names: Iterable[Name], linker: Linker) -> tuple[str, ...]:
    found = (linker.name(kind, name) for name in names)
    return tuple(dict.fromkeys(name for name in found if name is not None))


class _Rule(Struct, frozen=True):
    key: str
    reason: Text


def _check(item_id: Name, fact: Fact, linker: Linker) -> None:
    numeric = fact.type in NUMERIC
    ordered = not isinstance(fact.domain, ChoiceDomain) or fact.domain.ordered
    rules = []
    if fact.roll_up == "sum" and not numeric:
        rules.append(_Rule("roll-up", Text("only numbers have a sum", "只有数可以求和")))
    if fact.roll_up == "any" and fact.type != "flag":
        rules.append(_Rule("roll-up", Text("`any` is for flags", "any 只用于 flag")))
    if fact.roll_up in ("max", "min") and not ordered:
        rules.append(_Rule("roll-up", Text("these values have no order", "取值没有次序")))
    if fact.cumulative and not numeric:
        rules.append(_Rule("cumulative", Text("only numbers accumulate", "只有数可以累计")))
    if fact.by_exception and fact.type == "category":
        reason = Text("a category has no zero to assume", "category 没有可假定的零值")
        rules.append(_Rule("reported", reason))
    if fact.by_exception and fact.derived is not None:
        reason = Text("a derived fact is not reported", "导出的指标不经上报")
        rules.append(_Rule("reported", reason))
    if isinstance(fact.domain, NumberDomain) and fact.by_exception:
        from planengine.values.sets import number

        if not number(0).issubset(fact.domain.whole):
            rules.append(_Rule("reported", Text("0 is outside its range", "0 不在其取值范围内")))
    for rule in rules:
        linker.findings.append(
            finding("key-unsuited", item_id.span, key=rule.key, reason=rule.reason)
        )


def _check_operands(item_id: Name, facts: Mapping[str, Fact], linker: Linker) -> None:
    fact = facts[str(item_id)]
    if fact.derived is None:
        return
    operands = [facts[o] for o, _ in fact.derived.operands]
    if fact.derived.kind == "score":
        reason = _misfit_score(fact, operands, fact.derived.points)
    else:
        reason = _misfit(fact, fact.derived.kind, operands)
    if reason is not None:
        linker.findings.append(
            finding("bad-operands", item_id.span, name=str(item_id), reason=reason)
        )


def _check_rise(item_id: Name, facts: Mapping[str, Fact], linker: Linker) -> None:
    fact = facts[str(item_id)]
    if fact.may_rise_by is None:
        return
    other = facts[fact.may_rise_by]
    reason = _misfit(fact, "sum", [other])
    if fact.id in {other.id, *operands_of(other, facts)}:
        reason = Text(f"{other.id} counts {fact.id} too", f"{other.id} 已含 {fact.id}")
    if reason is not None:
        linker.findings.append(
            finding("key-unsuited", item_id.span, key="may-rise-by", reason=reason)
        )


def _check_at_most(item_id: Name, facts: Mapping[str, Fact], linker: Linker) -> None:
    fact = facts[str(item_id)]
    for name in fact.at_most:
        reason = _misfit_at_most(fact, facts[name], linker)
        if reason is not None:
            linker.findings.append(
                finding("key-unsuited", item_id.span, key="at-most", reason=reason)
            )


def _check_hazards(
    item_id: Name, facts: Mapping[str, Fact], hazards: Mapping[str, Hazard], linker: Linker
) -> None:
    """A fact must not rest on another that is n/a where it is asked itself."""
    fact = facts[str(item_id)]
    operands = [name for name, _ in fact.derived.operands] if fact.derived else []
    rises = [fact.may_rise_by] if fact.may_rise_by is not None else []
    for name in dict.fromkeys((*operands, *rises, *fact.at_most)):
        reason = _narrower(fact, facts[name], hazards)
        if reason is not None:
            linker.findings.append(
                finding("key-unsuited", item_id.span, key="hazards", reason=reason)
            )


def _narrower(fact: Fact, other: Fact, hazards: Mapping[str, Hazard]) -> Text | None:
    of = set(other.hazards)
    covered = bool(fact.hazards) and all(
        not of.isdisjoint(with_above(hazard, hazards)) for hazard in fact.hazards
    )
    if not of or covered:
        return None
    only = ", ".join(other.hazards)
    return Text(
        f"{other.id}, on which {fact.id} rests, is of {only} only",
        f"{fact.id} 所依据的 {other.id} 仅用于 {only}",
    )


def _misfit_at_most(fact: Fact, other: Fact, linker: Linker) -> Text | None:
    for one in (fact, other):
        if one.type not in NUMERIC:
            return Text(f"{one.id} is not a number", f"{one.id} 不是数")
    if other.subject != fact.subject:
        return _other_subject(other, fact)
    if not _converts(fact, other, linker):
        return Text(
            f"{other.id} is in {other.unit or 'no unit'}, not in {fact.unit or 'no unit'}",
            f"{other.id} 的单位是 {other.unit or '无'}，而非 {fact.unit or '无'}",
        )
    return None


def _converts(fact: Fact, other: Fact, linker: Linker) -> bool:
    units, differ = linker.names.dialect.units, fact.difference and other.difference
    return factor(fact.unit, other.unit, difference=differ, declared=units) is not None


def _misfit(
    fact: Fact, kind: Literal["sum", "ratio", "first-known"], operands: list[Fact]
) -> Text | None:
    for operand in operands:
        if kind != "first-known" and operand.type not in NUMERIC:
            return Text(f"{operand.id} is not a number", f"{operand.id} 不是数")
        if operand.subject != fact.subject:
            return _other_subject(operand, fact)
    if kind == "ratio":
        return _misfit_ratio(fact, operands)
    for operand in operands:
        if operand.unit != fact.unit:
            return Text(
                f"{operand.id} is in {operand.unit or 'no unit'}, not in {fact.unit or 'no unit'}",
                f"{operand.id} 的单位是 {operand.unit or '无'}，而非 {fact.unit or '无'}",
            )
        if kind == "first-known" and operand.domain != fact.domain:
            return Text(f"{operand.id} has other values", f"{operand.id} 的取值与之不同")
        if fact.type == "count" and operand.type != "count":
            return Text(f"{operand.id} need not be a whole number", f"{operand.id} 不一定是整数")
    if kind == "sum" and fact.type not in NUMERIC:
        return Text("a sum is a number", "和是数")
    return None


def _misfit_score(fact: Fact, operands: Iterable[Fact], every: Iterable[Points]) -> Text | None:
    if fact.type not in NUMERIC:
        return Text("a score is a number", "评分是数")
    for operand, points in zip(operands, every, strict=True):
        if operand.subject != fact.subject:
            return _other_subject(operand, fact)
        if not isinstance(operand.domain, ChoiceDomain):
            return Text(
                f"{operand.id} is neither a category nor a flag",
                f"{operand.id} 既非 category 也非 flag",
            )
        counted = {value for value, _ in points}
        missing = [str(value) for value in operand.domain.values if value not in counted]
        if missing:
            left = ", ".join(missing)
            return Text(
                f"the points of {operand.id} leave out {left}", f"{operand.id} 的分值缺 {left}"
            )
        if fact.type == "count" and any(count < 0 for _, count in points):
            return Text("a count is never below 0", "count 不小于 0")
    return None


def _other_subject(operand: Fact, fact: Fact) -> Text:
    return Text(
        f"{operand.id} belongs to {operand.subject}, not to {fact.subject}",
        f"{operand.id} 属于 {operand.subject}，而非 {fact.subject}",
    )


def _misfit_ratio(fact: Fact, operands: list[Fact]) -> Text | None:
    if fact.type != "quantity":
        return Text("a ratio is a quantity", "比值是 quantity")
    same = len({operand.unit for operand in operands}) == 1
    if same and (fact.unit or "") not in _SHARES:
        return Text("a ratio of like amounts is in %", "同类量之比以 % 计")
    return None


def _check_circles(facts: Mapping[str, Fact], linker: Linker) -> None:
    less: dict[str, list[str]] = {}
    for fact in facts.values():
        for name in fact.at_most:
            less.setdefault(name, []).append(fact.id)

    def following(item_id: str) -> tuple[str, ...]:
        fact = facts.get(item_id)
        operands = [o for o, _ in fact.derived.operands] if fact and fact.derived else []
        return (*operands, *less.get(item_id, ()))

    for circle in cycles(facts, following):
        path = " → ".join((*circle, circle[0]))
        what = Text("facts that bound one another", "相互制约的指标")
        linker.findings.append(
            finding("cyclic-reference", facts[circle[0]].span, what=what, path=path)
        )
