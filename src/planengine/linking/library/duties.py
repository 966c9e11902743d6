"""The actions, reports and releases of a document by kind and id: what people can report done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.acts import terms_in
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.statements import DutyKind
from planengine.domain.terms import DutyTerm, LastingTerm, Term
from planengine.linking.library.cycles import cycles

if TYPE_CHECKING:
    from planengine.model.plan import InformationModel, PlanModel
    from planengine.model.standard import StandardModel
    from planengine.reading.validate import Name

Part: TypeAlias = Literal["first", "conference"]
_Node: TypeAlias = tuple[DutyKind, str, str]
REPORTING = frozenset({"report", "request"})
"""The kinds of links that are duties: they are reported made like reports."""


class Duty(Struct, frozen=True):
    """What the decisions that bring a duty are made once `per`; None: for the whole area."""

    per: frozenset[str | None]


def duties_of(entities: Entities, document: str) -> Mapping[tuple[DutyKind, str], Duty]:
    """Every duty that any edition of a document has, by kind and id; links that report included.

    `document` is a standard's id or "<jurisdiction>/<plan id>".
    """
    editions: tuple[Plan | Standard, ...] = entities.plans.get(document, ())
    editions = editions or entities.standards.get(document, ())
    tracks: dict[tuple[DutyKind, str], set[str | None]] = {}
    for edition in editions:
        for kind, item, track in _items(edition):
            tracks.setdefault((kind, item), set()).add(track)
    every = [track for edition in editions for track in edition.tracks]
    return {
        key: Duty(frozenset(one.per for one in every if None in named or one.id in named))
        for key, named in tracks.items()
    }


def _items(edition: Plan | Standard) -> Iterator[tuple[DutyKind, str, str | None]]:
    for report in edition.reports:
        yield "report", report.id, report.track
    if isinstance(edition, Plan):
        for action in edition.actions:
            yield "action", action.id, action.track
        for link in edition.links:
            if link.kind in {"report", "request"}:
                yield "report", link.id, link.track
        for release in edition.information:
            yield "release", release.id, release.track


def declared_duties(model: PlanModel | StandardModel) -> frozenset[tuple[DutyKind, str]]:
    """The kind and id of every duty that a document declares, before it is linked."""
    from planengine.model.plan import PlanModel

    found: set[tuple[DutyKind, str]] = {
        ("report", report_id(report.id, number)) for number, report in enumerate(model.reports, 1)
    }
    if not isinstance(model, PlanModel):
        return frozenset(found)
    found.update(("action", str(action.id)) for action in model.actions)
    for number, link in enumerate(model.links, 1):
        if link.report is not None or link.request is not None:
            found.add(("report", link_id(link.id, number)))
    for release in model.information:
        found.update(("release", item) for _, item in release_ids(release))
    return frozenset(found)


def report_id(name: Name | None, number: int) -> str:
    """What the report of this number (from 1) is called."""
    return f"report-{number}" if name is None else str(name)


def link_id(name: Name | None, number: int) -> str:
    """What the link of this number (from 1) is called."""
    return f"link-{number}" if name is None else str(name)


def release_ids(model: InformationModel) -> tuple[tuple[Part, str], ...]:
    """The releases of one entry and what they are called.

    `first` and `conference`; of an entry with an id `<id>-first` and `<id>-conference`, or just
    `<id>` where there is one.
    """
    limits: tuple[tuple[Part, object], ...] = (
        ("first", model.first_within),
        ("conference", model.conference_within),
    )
    parts = [part for part, limit in limits if limit is not None] or ["first"]
    if model.id is None:
        return tuple((part, part) for part in parts)
    name = str(model.id)
    return tuple((part, name if len(parts) == 1 else f"{name}-{part}") for part in parts)


class Overdue(Struct, frozen=True):
    """What one document asks to be overdue: where it may not, and of which duties each asks."""

    misplaced: tuple[DutyTerm, ...] = ()
    duties: tuple[tuple[_Node, Span | None, frozenset[_Node]], ...] = ()


def overdue_in(key: str, edition: Plan | Standard) -> Overdue:
    """What a standard or plan asks to be overdue."""
    duties = tuple(
        (
            (kind, key, item),
            span,
            frozenset(
                (term.kind, term.document, term.item)
                for term in terms_in(conditions, DutyTerm)
                if term.read == "overdue"
            ),
        )
        for kind, item, conditions, span in _conditions(edition)
    )
    return Overdue(tuple(_misplaced(edition)), duties)


def check_overdue(documents: Iterable[Overdue], findings: list[Diagnostic]) -> None:
    """What is overdue may only bring other duties, and none in a circle."""
    reads: dict[_Node, set[_Node]] = {}
    spans: dict[_Node, Span | None] = {}
    for document in documents:
        for term in document.misplaced:
            where = Text("in a level or in `lasting`", "级别条件或 lasting 中")
            findings.append(
                finding("overdue-elsewhere", term.origin.span, name=term.origin.text, where=where)
            )
        for node, span, asked in document.duties:
            spans.setdefault(node, span)
            reads.setdefault(node, set()).update(asked)
    names = {_name(node): node for node in reads}
    read = {name: {*map(_name, reads[node])} & names.keys() for name, node in names.items()}
    for circle in cycles(names, lambda name: sorted(read[name])):
        path = " → ".join((*circle, circle[0]))
        what = Text("overdue duties", "以超时为条件的职责")
        span = spans[names[circle[0]]]
        findings.append(finding("cyclic-reference", span, what=what, path=path))


def _name(node: _Node) -> str:
    return f"{node[1]}:{node[2]}"


def _conditions(
    edition: Plan | Standard,
) -> Iterator[tuple[DutyKind, str, tuple[Term | None, ...], Span | None]]:
    """The conditions of each duty."""
    for report in edition.reports:
        yield "report", report.id, (report.on, report.when), report.span
    if isinstance(edition, Plan):
        for action in edition.actions:
            yield "action", action.id, (action.on, action.when), action.span
        for link in edition.links:
            if link.kind in REPORTING:
                yield "report", link.id, (link.when,), link.span
        for release in edition.information:
            yield "release", release.id, (release.when,), release.span


def _misplaced(edition: Plan | Standard) -> Iterator[DutyTerm]:
    """What is asked to be overdue where levels, or the past, depend on it."""
    places: list[object] = [edition.tracks, edition.warnings]
    if isinstance(edition, Plan):
        places += [edition.applies_when, edition.exclusions]
        places += [link.when for link in edition.links if link.kind not in REPORTING]
    for _, _, conditions, _ in _conditions(edition):
        places += [term.where for term in terms_in(conditions, LastingTerm)]
    seen: set[Span | None] = set()
    for term in (term for place in places for term in terms_in(place, DutyTerm)):
        if term.read == "overdue" and term.origin.span not in seen:
            seen.add(term.origin.span)
            yield term
