"""Bounds in YAML: a scalar, a list (membership), or `exactly:`, read for one domain."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import finding
from planengine.linking.conditions.reader import NamedValues, Reader
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.values.bounds import (
    AttributeMargin,
    BoundError,
    Choices,
    ParsedBound,
    is_always_true,
    join_tests,
    parse_bound,
)
from planengine.values.sets import (
    ChoiceSet,
    Domain,
    NumberDomain,
    NumberSet,
    ValueSet,
)
from planengine.values.slips import equality_meant, unit_meant
from planengine.values.units import is_time_unit


class Measured(Struct, frozen=True):
    """What a bound is for: its domain and unit, and how its texts are read."""

    domain: Domain
    unit: str | None
    choices: Choices | None = None
    explicit_unit: bool = False
    difference: bool = False


def measured_in(
    unit: str | None, domain: Domain, choices: Choices | None = None, *, difference: bool = False
) -> Measured:
    """What a bound of a fact or attribute is for: times are never written without their unit."""
    is_time = unit is not None and is_time_unit(unit)
    return Measured(domain, unit, choices, explicit_unit=is_time, difference=difference)


def read_bound(node: Node, measured: Measured, reader: Reader) -> ParsedBound | None:
    """The test that a node writes, an attribute bound included; None with findings."""
    if isinstance(node, SequenceNode):
        return _members(node, measured, reader)
    if isinstance(node, MappingNode):
        return _exactly(node, measured, reader)
    bound = _scalar(node, measured, reader)
    if isinstance(bound, NumberSet | ChoiceSet) and is_always_true(bound, measured.domain):
        reader.findings.append(finding("always-true", node.span, text=node.text))
    elif isinstance(bound, NumberSet) and isinstance(measured.domain, NumberDomain):
        dialect = reader.names.dialect_at(node.span)
        slip = equality_meant(node.text, bound, measured.domain, dialect)
        if slip is not None:
            reader.findings.append(replace(slip, span=node.span))
    return bound


def read_test(node: Node, measured: Measured, reader: Reader) -> ValueSet | None:
    """The test that a node writes, of constants only; None with findings."""
    bound = read_bound(node, measured, reader)
    if isinstance(bound, AttributeMargin):
        text = node.text if isinstance(node, ScalarNode) else "@" + bound.attribute
        reader.findings.append(finding("attribute-not-here", node.span, text=text))
        return None
    return bound


def read_numbers(node: Node, measured: Measured, reader: Reader) -> NumberSet | None:
    """As `read_test`, for numbers that are always there, so that `n/a` is no bound."""
    test = read_test(node, measured, reader)
    if not isinstance(test, NumberSet):
        return None
    if test.na:
        reader.findings.append(finding("unreadable-bound", node.span, text="n/a", example=None))
        return None
    return test


def _scalar(node: ScalarNode, measured: Measured, reader: Reader) -> ParsedBound | None:
    if node.value is None and not node.text.strip():
        reader.findings.append(finding("missing-bound", node.span))
        return None
    dialect = reader.names.dialect_at(node.span)
    choices = measured.choices
    if isinstance(choices, NamedValues):
        choices = replace(choices, span=node.span)
    bound = parse_bound(
        node.text,
        domain=measured.domain,
        unit=measured.unit,
        choices=choices,
        explicit_unit=measured.explicit_unit,
        difference=measured.difference,
        dialect=dialect,
    )
    if isinstance(bound, BoundError):
        reader.findings.append(bound.at(node.span))
        return None
    if isinstance(bound, NumberSet):
        slip = unit_meant(node.text, bound, measured.unit, dialect)
        if slip is not None:
            reader.findings.append(replace(slip, span=node.span))
    return bound


def _members(node: SequenceNode, measured: Measured, reader: Reader) -> ValueSet | None:
    if not node.items:
        reader.findings.append(finding("missing-bound", node.span))
        return None
    tests: list[ValueSet] = []
    for item in node.items:
        if not isinstance(item, ScalarNode):
            reader.findings.append(finding("bound-shape", item.span))
            continue
        bound = _scalar(item, measured, reader)
        if isinstance(bound, AttributeMargin):
            reader.findings.append(finding("attribute-not-here", item.span, text=item.text))
        elif bound is not None:
            tests.append(bound)
    if len(tests) < len(node.items):
        return None
    joined = join_tests(tests)
    if isinstance(joined, NumberSet) and isinstance(measured.domain, NumberDomain):
        joined = measured.domain.restrict(joined)
    if joined is not None and is_always_true(joined, measured.domain):
        reader.findings.append(finding("always-true", node.span, text=_list_text(node)))
    return joined


def _list_text(node: SequenceNode) -> str:
    return "[" + ", ".join(i.text for i in node.items if isinstance(i, ScalarNode)) + "]"


def _exactly(node: MappingNode, measured: Measured, reader: Reader) -> ValueSet | None:
    inner = node.get("exactly")
    if inner is None or len(node.entries) != 1 or not isinstance(inner, ScalarNode):
        reader.findings.append(finding("bound-shape", node.span))
        return None
    bound = _scalar(inner, measured, reader)
    if bound is None:
        return None
    if isinstance(bound, AttributeMargin) or (bound.point is None and not bound.na):
        reader.findings.append(finding("exactly-one-value", inner.span, text=inner.text))
        return None
    return bound
