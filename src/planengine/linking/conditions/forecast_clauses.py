"""The clause `expected`: what is forecast for a stretch of time, or for a run of days."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from planengine.diagnostics import finding
from planengine.domain.terms import NEVER_TERM, AllOf, AnyOf, Term
from planengine.linking.conditions.entries import KEYWORDS, read_entry
from planengine.linking.conditions.reader import ReadCondition, Reader, read_duration
from planengine.reading.nodes import MappingNode, Node, ScalarNode

_OF_EXPECTED = ("within", "covering", "days")
_DAY = 86_400
_MOST_DAYS = 31


def read_expected(key: ScalarNode, node: Node, reader: Reader, read: ReadCondition) -> Term:
    """`expected: {within, covering, <fact>: <bound>, …}`: what is forecast for a time to come.

    With `days` it is asked of each of so many calendar days in a row, the first of them today or,
    with `within`, any that leaves room for all of them.
    """
    entries = node.entries if isinstance(node, MappingNode) else ()
    asked = [(name, value) for name, value in entries if name.text not in _OF_EXPECTED]
    days = node.get("days") if isinstance(node, MappingNode) else None
    timed = isinstance(node, MappingNode) and (node.get("within") is not None or days is not None)
    if not isinstance(node, MappingNode) or not timed or not asked:
        example = "expected: {within: 24 h, rainfall-24h: ≥ 100 mm}"
        reader.findings.append(finding("clause-shape", node.span, key=key.text, example=example))
        return NEVER_TERM
    within = node.get("within")
    seconds = read_duration(within, reader, "within") if within is not None else None
    least = node.get("covering")
    covering = read_duration(least, reader) if least is not None else None
    if least is not None and covering is not None and seconds and not 0 < covering <= seconds:
        reader.findings.append(finding("covering-bound", least.span))
        return NEVER_TERM
    if days is not None:
        return _run_of_days(days, node, asked, seconds, reader, read)
    inner = replace(reader, forecast=seconds or 0, covering=covering)
    term = _all_asked(asked, inner, read)
    if seconds is None or (least is not None and covering is None):
        return NEVER_TERM
    return term


_Asked = Sequence[tuple[ScalarNode, Node]]


def _all_asked(asked: _Asked, reader: Reader, read: ReadCondition) -> Term:
    terms = tuple(
        read(MappingNode(((name, value),), value.span), reader)
        if name.text in KEYWORDS
        else read_entry(name, value, reader)
        for name, value in asked
    )
    return terms[0] if len(terms) == 1 else AllOf(terms)


def _run_of_days(
    days: Node,
    node: MappingNode,
    asked: _Asked,
    seconds: int | None,
    reader: Reader,
    read: ReadCondition,
) -> Term:
    """So many calendar days in a row, on each of which what is asked is forecast."""
    length = days.value if isinstance(days, ScalarNode) else None
    within = node.get("within")
    whole = within is None or (seconds is not None and seconds % _DAY == 0)
    room = length if within is None else (seconds or 0) // _DAY
    fits = isinstance(length, int) and isinstance(room, int) and 1 <= length <= room <= _MOST_DAYS
    if not (whole and fits) or node.get("covering") is not None or isinstance(length, bool):
        reader.findings.append(finding("days-bound", days.span, most=_MOST_DAYS))
        return NEVER_TERM
    assert isinstance(length, int)
    assert isinstance(room, int)

    def on(day: int) -> Term:
        findings = reader.findings if day == 0 else []  # each day is read alike
        inner = replace(reader, forecast=(day + 1) * _DAY, day=day, findings=findings)
        return _all_asked(asked, inner, read)

    each = [on(day) for day in range(room)]
    runs = tuple(AllOf(tuple(each[first : first + length])) for first in range(room - length + 1))
    return runs[0] if len(runs) == 1 else AnyOf(runs)
