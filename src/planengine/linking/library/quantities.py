"""What facts and attributes have in common: a type, its unit, and its domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.parts import Label
from planengine.linking.library.declare import label_of
from planengine.values.sets import COUNT, FLAG, ChoiceDomain, Domain, NumberDomain, NumberSet
from planengine.values.units import is_unit, suggest_unit

if TYPE_CHECKING:
    from planengine.linking.library.linker import Linker
    from planengine.model.vocabulary import QuantityModel
    from planengine.reading.validate import Name

NUMERIC = ("count", "quantity")
Direction = Literal["up", "down", "none"]


class Quantity(Struct, frozen=True):
    """The linked type of a fact or attribute."""

    domain: Domain
    unit: str | None
    labels: tuple[tuple[str, Label], ...]


def link_quantity(
    item_id: Name, model: QuantityModel, direction: Direction, linker: Linker
) -> Quantity:
    """The domain of a fact or attribute; findings for keys that its type does not take."""
    _check_keys(item_id, model, linker.findings)
    unit = None
    if model.unit is not None and model.type in NUMERIC:
        unit = str(model.unit)
        declared = linker.names.dialect.units
        if not is_unit(unit, declared):
            suggestion = suggest_unit(unit, declared)
            linker.findings.append(
                finding(
                    "unknown-unit", model.unit.span, unit=unit, text=unit, suggestion=suggestion
                )
            )
            unit = None
    if model.type == "count":
        return Quantity(NumberDomain(_range(model, COUNT, unit, linker), integer=True), unit, ())
    if model.type == "flag":
        return Quantity(FLAG, None, ())
    if model.type == "category":
        values = model.values or []
        labels = tuple((str(v.id), label_of(v.label, v.id)) for v in values)
        ordered = direction != "none"
        return Quantity(ChoiceDomain(tuple(v for v, _ in labels), ordered), None, labels)
    return Quantity(NumberDomain(_range(model, NumberDomain(), unit, linker)), unit, ())


def _range(
    model: QuantityModel, every: NumberDomain, unit: str | None, linker: Linker
) -> NumberSet:
    """The values that there can be, of `every` number of this type."""
    from planengine.linking.library.stated import bound_of

    node = model.range
    if node is None:
        return every.whole
    dialect = linker.names.dialect_at(node.span)
    bound = bound_of(
        node, every, unit, linker.findings, difference=model.difference, dialect=dialect
    )
    if not isinstance(bound, NumberSet) or not bound.intervals:
        return every.whole
    return bound


def _check_keys(item_id: Name, model: QuantityModel, findings: list[Diagnostic]) -> None:
    kind = model.type
    if kind not in NUMERIC and model.unit is not None:
        reason = Text(f"a {kind} has no unit", f"{kind} 没有单位")
        findings.append(finding("key-unsuited", model.unit.span, key="unit", reason=reason))
    if kind == "category":
        if not model.values:
            reason = Text("a category has values", "category 须有取值")
            findings.append(finding("key-needed", item_id.span, key="values", reason=reason))
    elif model.values is not None:
        span = model.values[0].id.span if model.values else item_id.span
        reason = Text(f"a {kind} has no listed values", f"{kind} 不列取值")
        findings.append(finding("key-unsuited", span, key="values", reason=reason))
    if model.difference and kind != "quantity":
        reason = Text("only a quantity is a difference", "只有 quantity 可以是差值")
        findings.append(finding("key-unsuited", item_id.span, key="difference", reason=reason))
    if model.range is not None and kind not in NUMERIC:
        reason = Text("only numbers have a range", "只有数有取值范围")
        findings.append(finding("key-unsuited", model.range.span, key="range", reason=reason))
