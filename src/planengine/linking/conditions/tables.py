"""Graded tables: rows of indicators, objects or conditions against columns of levels.

Each band of each row is one rule as written: joining the bands of worse levels is the
compiler's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.bands import Band as NumberBand
from planengine.domain.bands import check_bands
from planengine.domain.terms import (
    ALWAYS_TERM,
    NEVER_TERM,
    AnyOf,
    CaseOf,
    FactTerm,
    Term,
)
from planengine.domain.vocabulary import Scale
from planengine.linking.conditions.conditions import all_together, read_condition
from planengine.linking.conditions.decisions import read_rank
from planengine.linking.conditions.entries import KEYWORDS, read_entry
from planengine.linking.conditions.misplaced import BESIDE_TABLE, misplaced_key
from planengine.linking.conditions.reader import Reader, join, read_text
from planengine.linking.conditions.scope import ConditionScope
from planengine.linking.conditions.written import written
from planengine.reading.commas import number_cut_by_comma
from planengine.reading.nodes import MappingNode, Node, ScalarNode, SequenceNode
from planengine.values.sets import NumberDomain, NumberSet

WHEN, ROW, BASIS, VARIANTS, OTHERWISE = "when", "row", "basis", "variants", "otherwise"
_ROW_KEYS = (WHEN, ROW, BASIS, VARIANTS)


class TableRule(NamedTuple):
    """One band: the level it gives, when, where it stands, its words, and its row's `basis`."""

    rank: int
    when: Term
    span: Span
    text: str
    basis: Node | None


class _Cell(Struct, frozen=True):
    """One level's column of one row."""

    rank: int
    when: Term
    span: Span
    text: str


def parse_table(
    any_node: Node | None,
    otherwise: Node | None,
    scale: Scale,
    scope: ConditionScope,
    findings: list[Diagnostic],
) -> list[TableRule]:
    """The rules of a graded table, in the author's order, `otherwise` last.

    Acts in a condition row are named `<clause_prefix>.<level>.<kind>-<n>`.
    """
    reader = Reader(scope, findings)
    rules: list[TableRule] = []
    for row in _rows(any_node, reader):
        basis = row.get(BASIS)
        rules += [
            TableRule(cell.rank, cell.when, cell.span, cell.text, basis)
            for cell in _row(row, scale, reader)
        ]
    if otherwise is not None:
        rank = _otherwise(otherwise, scale, reader)
        if rank is not None:
            text = f"{OTHERWISE}: {written(otherwise)}"
            rules.append(TableRule(rank, ALWAYS_TERM, otherwise.span, text, None))
    return rules


def _rows(node: Node | None, reader: Reader) -> Iterator[MappingNode]:
    """The rows of either form of a table as mappings."""
    if node is None:
        return
    if isinstance(node, MappingNode) and node.entries:
        for key, value in node.entries:
            if key.text in _ROW_KEYS:
                reader.findings.append(finding("row-key-outside-list", key.span, key=key.text))
            else:
                yield MappingNode(((key, value),), value.span)
    elif isinstance(node, SequenceNode) and node.items:
        for item in node.items:
            if isinstance(item, MappingNode) and item.entries:
                yield item
            else:
                reader.findings.append(finding("table-shape", item.span))
    else:
        reader.findings.append(finding("table-shape", node.span))


def _otherwise(node: Node, scale: Scale, reader: Reader) -> int | None:
    if not isinstance(node, ScalarNode) or reader.names.is_none(scale.id, node.text):
        reader.findings.append(finding("otherwise-level", node.span))
        return None
    return read_rank(scale, node.text, node.span, reader)


def _row(row: MappingNode, scale: Scale, reader: Reader) -> list[_Cell]:
    """The cells of a row, its guard applied."""
    guard_node = row.get(WHEN)
    guard = None if guard_node is None else read_condition(guard_node, reader.under("when"))
    variants = row.get(VARIANTS)
    if variants is not None:
        for key, _ in row.entries:
            if key.text not in (VARIANTS, WHEN, BASIS):
                reader.findings.append(finding("beside-variants", key.span, key=key.text))
        cells = _variants(variants, scale, reader)
    else:
        cells = _cells(row.entries, scale, reader)
        _check_alone(row, reader)
        if not cells and all(key.text in (WHEN, BASIS) for key, _ in row.entries):
            reader.findings.append(finding("table-shape", row.span))
    if guard is None or guard_node is None:
        return cells
    prefix = written(guard_node)
    return [
        replace(
            cell,
            when=all_together((guard, cell.when), (guard_node.span, cell.span), reader),
            text=f"{prefix}, {cell.text}",
        )
        for cell in cells
    ]


def _check_alone(row: MappingNode, reader: Reader) -> None:
    """Warns of a row with two indicators: each of them alone gives the level.

    More than two are a list, which nobody takes for a condition.
    """
    keys = [key for key, _ in row.entries if key.text not in (WHEN, BASIS, OTHERWISE)]
    if len(keys) == 2 and all(
        key.text != ROW and reader.names.find("fact", key.text) for key in keys
    ):
        first = ((Text("the first indicator", "第一个指标"), keys[0].span),)
        reader.findings.append(
            finding("row-or", keys[1].span, related=first, key=keys[1].text, first=keys[0].text)
        )


def _cells(entries: Iterable[tuple[ScalarNode, Node]], scale: Scale, reader: Reader) -> list[_Cell]:
    """The cells of one row's indicators, or of its conditions where it has a `row:` label."""
    kept = [(key, value) for key, value in entries if key.text not in (WHEN, BASIS, OTHERWISE)]
    label = next((value for key, value in kept if key.text == ROW), None)
    if label is not None:
        read_text(label, reader)
        columns = [(key, value) for key, value in kept if key.text != ROW]
        return list(_condition_cells(label, columns, scale, reader))
    return [cell for key, value in kept for cell in _indicator(key, value, scale, reader)]


def _indicator(key: ScalarNode, columns: Node, scale: Scale, reader: Reader) -> Iterator[_Cell]:
    """The bands of one indicator; warns where they leave gaps or overlap."""
    if key.text in KEYWORDS:
        reader.findings.append(finding("condition-as-row", key.span, key=key.text))
        return
    if not reader.names.find("fact", key.text):
        misplaced = misplaced_key(key, BESIDE_TABLE)
        if misplaced is not None:
            reader.findings.append(misplaced)
            return
    if not isinstance(columns, MappingNode) or not columns.entries:
        example = f"{key.text}: {{{scale.levels[0].id}: …}}"
        reader.findings.append(
            finding("columns-needed", columns.span, key=key.text, example=example)
        )
        return
    cut = number_cut_by_comma(columns)
    if cut is not None:
        reader.findings.append(cut)
        return
    bands: list[NumberBand] = []
    whole = True
    for number, (rank, level, value) in enumerate(_columns(columns.entries, scale, reader)):
        before = len(reader.findings)
        term = read_entry(key, value, reader)
        whole = whole and term != NEVER_TERM
        if number and term == NEVER_TERM:
            _drop_repeated(reader, before, key.span)  # a bad key is reported once
        if isinstance(term, FactTerm):
            fact = reader.names.facts[term.fact]
            if isinstance(term.bound, NumberSet) and isinstance(fact.domain, NumberDomain):
                text, domain, way = written(value), fact.domain, fact.direction
                band = NumberBand(rank, level.text, term.bound, text, value.span, domain, way)
                bands.append(band)
        yield _Cell(rank, term, join(level.span, value.span), f"{key.text} {written(value)}")
    if whole:  # what is between bands cannot be said where one of them could not be read
        check_bands(bands, reader.findings)


def _drop_repeated(reader: Reader, before: int, place: Span) -> None:
    """Forget findings about the row's key that the first column already gave."""
    known = [found for found in reader.findings[:before] if found.span == place]
    reader.findings[before:] = [found for found in reader.findings[before:] if found not in known]


def _condition_cells(
    label: Node, columns: list[tuple[ScalarNode, Node]], scale: Scale, reader: Reader
) -> Iterator[_Cell]:
    for rank, level, value in _columns(columns, scale, reader):
        found = scale.by_rank(rank)
        inner = reader.under(found.id if found is not None else level.text)
        text = f"{written(label)} {written(value)}"
        yield _Cell(rank, read_condition(value, inner), join(level.span, value.span), text)


def _columns(
    entries: Iterable[tuple[ScalarNode, Node]], scale: Scale, reader: Reader
) -> Iterator[tuple[int, ScalarNode, Node]]:
    """Each column with its rank; a level may stand only once, by whatever name."""
    seen: dict[int, ScalarNode] = {}
    for level, value in entries:
        rank = reader.names.resolve(f"level:{scale.id}", level.text, level.span, reader.findings)
        if rank is None:
            continue
        number = scale.rank(rank)
        if number in seen:
            first = ((Text("first written here", "首次出现于此"), seen[number].span),)
            reader.findings.append(
                finding("duplicate-level", level.span, related=first, level=level.text)
            )
            continue
        seen[number] = level
        yield number, level, value


def _variants(node: Node, scale: Scale, reader: Reader) -> list[_Cell]:
    """First match by attributes: one case per level that any variant has."""
    if not isinstance(node, SequenceNode) or not node.items:
        reader.findings.append(finding("variants-shape", node.span))
        return []
    guards: list[Term] = []
    bodies: list[dict[int, list[_Cell]]] = []
    last: dict[int, list[_Cell]] = {}
    for item in node.items:
        if not isinstance(item, MappingNode):
            reader.findings.append(finding("variants-shape", item.span))
            continue
        basis = next((key for key, _ in item.entries if key.text == BASIS), None)
        if basis is not None:
            reader.findings.append(finding("variant-basis", basis.span))
        by_rank: dict[int, list[_Cell]] = {}
        before = len(reader.findings)
        for cell in _cells(item.entries, scale, reader):
            by_rank.setdefault(cell.rank, []).append(cell)
        guard, otherwise = item.get(WHEN), item.get(OTHERWISE)
        empty = not by_rank and len(reader.findings) == before
        if (guard is None) == (otherwise is None) or empty:
            reader.findings.append(finding("variants-shape", item.span))
        elif guard is not None:
            guards.append(read_condition(guard, reader.under("when")))
            bodies.append(by_rank)
        else:
            last = by_rank
            if item is not node.items[-1]:
                reader.findings.append(finding("otherwise-last", item.span))
    return [_case(rank, guards, bodies, last) for rank in _ranks([*bodies, last])]


def _ranks(variants: Iterable[dict[int, list[_Cell]]]) -> list[int]:
    return sorted({rank for by_rank in variants for rank in by_rank}, reverse=True)


def _case(
    rank: int,
    guards: list[Term],
    bodies: list[dict[int, list[_Cell]]],
    last: dict[int, list[_Cell]],
) -> _Cell:
    cells = [cell for by_rank in (*bodies, last) for cell in by_rank.get(rank, ())]
    branches = tuple(
        (guard, _any_of(by_rank.get(rank, ())))
        for guard, by_rank in zip(guards, bodies, strict=True)
    )
    text = " | ".join(dict.fromkeys(cell.text for cell in cells))
    return _Cell(rank, CaseOf(branches, _any_of(last.get(rank, ()))), cells[0].span, text)


def _any_of(cells: Iterable[_Cell]) -> Term:
    terms = tuple(cell.when for cell in cells)
    if not terms:
        return NEVER_TERM
    return terms[0] if len(terms) == 1 else AnyOf(terms)
