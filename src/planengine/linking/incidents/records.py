"""The records of an incident one by one: each with what was found wrong in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, finding
from planengine.domain.statements import Event, Rejected
from planengine.linking.library.stated import is_by_hand
from planengine.reading.nodes import MappingNode, Node, ScalarNode

if TYPE_CHECKING:
    from planengine.model.incident import ObservationModel

_FACTS = "facts"
_COLUMN = "facts."
CUT_SHORT = "more-alike"
"""What is found where a code was found so often that the rest is only counted."""
_MOST_ALIKE = 20  # warnings of one code that are told one by one


@dataclass
class Record:
    """One observation on its way in."""

    number: int  # from 1, as they stand in the source
    node: Node | None
    span: Span
    findings: list[Diagnostic] = field(default_factory=list)
    model: ObservationModel | None = None
    events: tuple[Event, ...] = ()

    @property
    def is_bad(self) -> bool:
        """Whether something in it is an error."""
        return any(found.severity == "error" for found in self.findings)


def as_record(number: int, node: Node) -> Record:
    """The record of a node; in data given by a program, `facts.deaths` is a fact too."""
    record = Record(number, node, node.span)
    if node.span.path and isinstance(node, MappingNode):
        record.node = _with_columns(node, record.findings)
    return record


def _with_columns(node: MappingNode, findings: list[Diagnostic]) -> MappingNode:
    """An observation with its columns `facts.deaths`, as tables have, put into its facts."""
    columns = [e for e in node.entries if e[0].text.startswith(_COLUMN)]
    own = node.get(_FACTS)
    if not columns or not (own is None or isinstance(own, MappingNode) or _is_null(own)):
        return node
    entries = own.entries if isinstance(own, MappingNode) else ()
    facts = {key.text: (key, value) for key, value in entries}
    for key, value in columns:
        name = key.text.partition(".")[2]
        if name in facts:
            findings.append(finding("duplicate-key", key.span, key=key.text, entry=None))
        facts[name] = ScalarNode(name, name, True, key.span), value
    rest = (e for e in node.entries if not e[0].text.startswith(_COLUMN) and e[0].text != _FACTS)
    key = ScalarNode(_FACTS, _FACTS, True, columns[0][0].span)
    return MappingNode((*rest, (key, MappingNode(tuple(facts.values()), key.span))), node.span)


def nulls_left_out(node: Node, findings: list[Diagnostic]) -> Node:
    """A mapping without the keys whose value is `null`, here and in the mappings in it.

    Who writes a file by hand may mean `unknown` by it, and is told that it says nothing.
    """
    if not isinstance(node, MappingNode):
        return node
    kept = []
    for key, value in node.entries:
        if isinstance(value, MappingNode):
            kept.append((key, nulls_left_out(value, findings)))
        elif not _is_null(value):
            kept.append((key, value))
        elif is_by_hand(value.span):
            findings.append(finding("null-says-nothing", value.span, key=key.text))
    return MappingNode(tuple(kept), node.span)


def _is_null(node: Node) -> bool:
    return (
        isinstance(node, ScalarNode) and node.value is None and not node.quoted and bool(node.text)
    )


def with_findings(records: Sequence[Record], read: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Gives each record what reading has found in it; the rest is the answer.

    The records are the entries of one document, in its order, or of data.
    """
    starts = [(record.span.line, record.span.column) for record in records]
    by_path = {record.span.path: record for record in records if record.span.path}
    rest: list[Diagnostic] = []
    for found in read:
        record = _record_of(found.span, records, starts, by_path)
        (rest if record is None else record.findings).append(found)
    return rest


def _record_of(
    span: Span | None,
    records: Sequence[Record],
    starts: Sequence[tuple[int, int]],
    by_path: dict[str, Record],
) -> Record | None:
    if span is None:
        return None
    if span.path:
        listed, _, _ = span.path.partition("]")
        return by_path.get(f"{listed}]")
    at = bisect_right(starts, (span.line, span.column)) - 1
    if at < 0:
        return None
    end = records[at].span.end_line, records[at].span.end_column
    return records[at] if (span.line, span.column) < end else None


def rejections(records: Sequence[Record], findings: list[Diagnostic]) -> tuple[Rejected, ...]:
    """The records that do not count, with the reasons; one warning tells how many."""
    rejected = tuple(
        Rejected(
            record.number,
            str(record.model.id) if record.model is not None and record.model.id else None,
            record.span,
            tuple(record.findings),
        )
        for record in records
        if record.is_bad
    )
    if rejected:
        first = rejected[0]
        warning = finding(
            "records-rejected",
            first.place,
            count=len(rejected),
            total=len(records),
            reason=first.reason.code,
        )
        findings.append(warning)
    return rejected


def told_in_short(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The warnings of an incident: of many of one code the first ones, and how many more."""
    kept: list[Diagnostic] = []
    counts: Counter[str] = Counter()
    last: dict[str, Diagnostic] = {}
    for found in findings:
        counts[found.code] += 1
        if counts[found.code] <= _MOST_ALIKE:
            kept.append(found)
            last[found.code] = found
    for code, count in counts.items():
        if count > _MOST_ALIKE:
            more = count - _MOST_ALIKE
            kept.append(finding(CUT_SHORT, last[code].span, code=code, count=more))
    return tuple(kept)
