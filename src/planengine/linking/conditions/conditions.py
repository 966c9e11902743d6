"""Conditions: from YAML nodes to linked terms.

Every problem becomes a finding at the place of the offending node, and the condition then
counts as one that never holds, so that reading goes on and finds the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.terms import (
    NEVER_TERM,
    AllOf,
    AnyOf,
    AtLeastOf,
    NotOf,
    Term,
)
from planengine.linking.conditions import clauses
from planengine.linking.conditions.contradictions import contradiction
from planengine.linking.conditions.duty_clauses import read_duty
from planengine.linking.conditions.entries import KEYWORDS, read_entry
from planengine.linking.conditions.forecast_clauses import read_expected
from planengine.linking.conditions.reader import Reader, join, read_fields, read_text
from planengine.linking.conditions.scope import ConditionScope
from planengine.reading.commas import number_cut_by_comma
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode

_ACTS: dict[str, clauses.ActKind] = {
    "judged": "judged",
    "recognised": "recognised",
    "on-order": "on-order",
}
_OTHER = Text("what it excludes", "与之相斥")
_IN_FORECASTS = frozenset(clauses.COMBINATORS)


def parse_condition(node: Node, scope: ConditionScope, findings: list[Diagnostic]) -> Term:
    """The condition that a node writes; what is wrong is appended to `findings`.

    A part with an error is `NEVER_TERM`; nothing raises for what an author wrote.
    """
    return read_condition(node, Reader(scope, findings))


def read_condition(node: Node, reader: Reader) -> Term:
    """A mapping (all of its entries), or the name of a definition."""
    if isinstance(node, MappingNode):
        if not node.entries:
            reader.findings.append(finding("empty-condition", node.span))
            return NEVER_TERM
        cut = number_cut_by_comma(node)
        if cut is not None:
            reader.findings.append(cut)
            return NEVER_TERM
        terms = tuple(_entry(key, value, reader) for key, value in node.entries)
        spans = [join(key.span, value.span) for key, value in node.entries]
        return terms[0] if len(terms) == 1 else all_together(terms, spans, reader)
    if isinstance(node, SequenceNode):
        if node.items:
            reader.findings.append(finding("condition-list", node.span))
        else:
            reader.findings.append(finding("empty-condition", node.span))
        return NEVER_TERM
    if node.value is None:
        reader.findings.append(finding("empty-condition", node.span))
        return NEVER_TERM
    if not isinstance(node.value, str):
        reader.findings.append(finding("condition-not-value", node.span, text=node.text))
        return NEVER_TERM
    return _definition(node, reader)


def all_together(terms: tuple[Term, ...], spans: Sequence[Span], reader: Reader) -> Term:
    """All of several conditions; never, with a finding, where two of them exclude each other.

    `spans` tell where each is written: a test that a definition brings in is found there.
    """
    names = reader.names
    found = contradiction(terms, names.facts, names.scales)
    if found is None:
        return AllOf(terms)
    this, other = found.test, found.other
    place = spans[found.part]
    if this.span is not None and _is_inside(this.span, place):
        place = this.span
    related = ((_OTHER, other.span),) if other.span is not None else ()
    reader.findings.append(
        finding("contradiction", place, related=related, text=this.text, other=other.text)
    )
    return NEVER_TERM


def _is_inside(span: Span, other: Span) -> bool:
    starts = (other.line, other.column) <= (span.line, span.column)
    ends = (span.end_line, span.end_column) <= (other.end_line, other.end_column)
    return span.file == other.file and starts and ends


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, SequenceNode) else ()


def _entry(key: ScalarNode, value: Node, reader: Reader) -> Term:
    word = key.text
    if word not in KEYWORDS:
        return read_entry(key, value, reader)
    if reader.forecast is not None and word not in _IN_FORECASTS:
        reader.findings.append(finding("not-forecastable", key.span, key=word))
        return NEVER_TERM
    act = _ACTS.get(word)
    if act is not None:
        return clauses.read_act(key, value, reader, act)
    match word:
        case "any" | "all":
            terms = _several(key, value, reader)
            if terms is None:
                return NEVER_TERM
            if word == "any":
                return AnyOf(terms)
            return all_together(terms, [item.span for item in _items(value)], reader)
        case "not":
            return NotOf(read_condition(value, reader))
        case "at-least":
            return _at_least(key, value, reader)
        case "use":
            return _use(value, reader)
        case "count":
            return clauses.read_count(key, value, reader, read_condition)
        case "expected":
            return read_expected(key, value, reader, read_condition)
        case "lasting":
            return clauses.read_lasting(key, value, reader, read_condition)
        case "elapsed":
            return clauses.read_elapsed(key, value, reader)
        case "change":
            return clauses.read_change(key, value, reader)
        case "done" | "reported" | "overdue":
            return read_duty(key, value, reader)
        case "during":
            return clauses.read_during(key, value, reader)
    return clauses.read_case(key, value, reader, read_condition)


def _several(key: ScalarNode, node: Node, reader: Reader) -> tuple[Term, ...] | None:
    if not isinstance(node, SequenceNode):
        reader.findings.append(finding("needs-list", node.span, key=key.text))
        return None
    if not node.items:
        reader.findings.append(finding("empty-condition", node.span))
        return None
    return tuple(_read_all(node.items, reader))


def _read_all(nodes: Iterable[Node], reader: Reader) -> Iterable[Term]:
    return [read_condition(item, reader) for item in nodes]


def _at_least(key: ScalarNode, node: Node, reader: Reader) -> Term:
    fields = read_fields(key, node, ("count", "of"), (), reader)
    if fields is None:
        return NEVER_TERM
    terms = _several(key, fields["of"], reader)
    count = fields["count"]
    if terms is None:
        return NEVER_TERM
    needed = count.value if isinstance(count, ScalarNode) else None
    if not isinstance(needed, int) or isinstance(needed, bool) or not 1 <= needed <= len(terms):
        reader.findings.append(finding("at-least-count", count.span, most=len(terms)))
        return NEVER_TERM
    return AtLeastOf(needed, terms)


def _use(node: Node, reader: Reader) -> Term:
    text = read_text(node, reader)
    return (
        NEVER_TERM
        if text is None or not isinstance(node, ScalarNode)
        else _definition(node, reader)
    )


def _definition(node: ScalarNode, reader: Reader) -> Term:
    """The condition that `define:` gives this name."""
    if reader.forecast is not None:
        reader.findings.append(finding("not-forecastable", node.span, key=node.text))
        return NEVER_TERM
    name = node.text.strip()
    definitions = reader.scope.definitions
    if name in definitions:
        reader.names.mention(f"definition:{reader.scope.key}", name, name, node.span)
        return definitions[name]
    from planengine.diagnostics.suggest import did_you_mean

    nearest = did_you_mean(name, definitions)
    reader.findings.append(finding("unknown-definition", node.span, name=name, nearest=nearest))
    return NEVER_TERM
