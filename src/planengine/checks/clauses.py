"""What rules rest on: clauses of the right document, in force, and one clause for one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.documents import Basis, Plan, Standard, Track
from planengine.domain.entities import Entities
from planengine.domain.parts import Label
from planengine.domain.places import Source
from planengine.values.times import format_time

_FIRST = Text("the other one", "另一处")


class _Cited(Struct, frozen=True):
    """A basis, and where what rests on it is written."""

    basis: Basis
    span: Span | None


def _cited(document: Standard | Plan) -> Iterator[_Cited]:
    """Every basis of a document."""
    yield from (_Cited(basis, document.span) for basis in document.basis)
    for track in (*document.tracks, *document.warnings):
        for rule in track.rules:
            yield from (_Cited(basis, rule.span) for basis in rule.basis)
        for duty in track.duties:
            yield from (_Cited(basis, duty.span) for basis in duty.basis)
        if track.mapping is not None:
            yield from (_Cited(basis, track.mapping.span) for basis in track.mapping.basis)
        yield from (_Cited(basis, track.raise_span) for basis in track.raise_basis)
    for report in document.reports:
        yield from (_Cited(basis, report.span) for basis in report.basis)
    if isinstance(document, Plan):
        for action in document.actions:
            yield from (_Cited(basis, action.span) for basis in action.basis)
        for link in document.links:
            yield from (_Cited(basis, link.span) for basis in link.basis)
        for release in document.information:
            yield from (_Cited(basis, release.span) for basis in release.basis)


def _papers(entities: Entities) -> Mapping[str, str]:
    """Of each source that is the paper of a plan here (it has the plan's name): the plan's key."""
    by_name: dict[str, str] = {}
    for key, editions in entities.plans.items():
        by_name.update((name, key) for plan in editions for name in _names(plan.label))
    found = {}
    for source in entities.sources.values():
        mine = next((by_name[name] for name in _names(source.label) if name in by_name), None)
        if mine is not None:
            found[source.id] = mine
    for key, editions in entities.plans.items():
        found.setdefault(editions[0].id, key)
    return found


def _names(label: Label) -> tuple[str, ...]:
    return tuple(text for _, text in label.texts)


def clauses_of_others(checked: Checked) -> Iterator[Diagnostic]:
    """`basis-other-plan`: a plan's own choice that is said to stand in another plan here."""
    papers = _papers(checked.entities)
    for plan in checked.plans:
        own = f"{plan.jurisdiction}/{plan.id}"
        names = tuple(source for source, key in papers.items() if key == own)
        told: set[tuple[str, Span | None]] = set()
        for cited in _cited(plan):
            source = cited.basis.source
            other = papers.get(source)
            if not names or other is None or other == own or not cited.basis.own_choice:
                continue
            if (source, cited.span) in told:
                continue
            told.add((source, cited.span))
            yield finding(
                "basis-other-plan",
                cited.span,
                clause=cited.basis.clause or "",
                source=source,
                own=next((name for name in names if name in checked.entities.sources), plan.id),
            )


def clauses_for_two(checked: Checked) -> Iterator[Diagnostic]:
    """`clause-twice`: two levels with one clause, where the levels have clauses of their own."""
    for plan in checked.plans:
        seen: dict[tuple[str, str], tuple[Track, int, Span | None]] = {}
        for track in (*plan.tracks, *plan.warnings):
            for rank, basis, span in _level_clauses(track):
                key = (basis.source, basis.clause or "")
                if key not in seen:
                    seen[key] = (track, rank, span)
                    continue
                other, other_rank, place = seen[key]
                if other_rank == rank:
                    continue  # one level, or the same one of two tracks
                scale = checked.entities.scales[other.scale]
                level = scale.by_rank(other_rank)
                yield finding(
                    "clause-twice",
                    span,
                    related=((_FIRST, place),) if place is not None else (),
                    clause=key[1],
                    source=key[0],
                    level=level.id if level is not None else "",
                )


def _level_clauses(track: Track) -> Iterator[tuple[int, Basis, Span | None]]:
    """The clauses of the levels of a track of which all, or all but one, have one of their own."""
    clauses = {
        (duty.rank, basis): duty.span
        for duty in track.duties
        for basis in duty.basis
        if basis.clause is not None and basis.own_choice
    }
    different = len({basis.clause for _, basis in clauses})
    if different < max(3, len({rank for rank, _ in clauses}) - 1):
        return
    yield from ((rank, basis, span) for (rank, basis), span in clauses.items())


def sources_out_of_force(checked: Checked) -> Iterator[Diagnostic]:
    """`source-ended` and `source-later`: what does not apply while the document does."""
    entities = checked.entities
    papers = _papers(entities)
    replaced = {old: one.id for one in entities.sources.values() for old in one.replaces}
    for document in checked.documents:
        told: set[str] = set()
        for cited in _cited(document):
            source = entities.sources.get(cited.basis.source)
            if source is None or source.id in told or not source.editions:
                continue
            if cited.basis.own_choice and source.id in papers:
                continue  # whether it is the right plan is asked there
            found = _out_of_force(source, cited, document, checked, replaced)
            if found is not None:
                told.add(source.id)
                yield found


def _out_of_force(
    source: Source,
    cited: _Cited,
    document: Standard | Plan,
    checked: Checked,
    replaced: Mapping[str, str],
) -> Diagnostic | None:
    period, zone = document.edition.period, checked.entities.time_zone
    ends = [edition.period.until for edition in source.editions]
    starts = [edition.period.since for edition in source.editions]
    until = None if any(end is None for end in ends) else max(end for end in ends if end)
    since = None if any(one is None for one in starts) else min(one for one in starts if one)
    is_past = until is not None and (checked.at is None or until <= checked.at)
    if until is not None and is_past and period.until is None:
        return finding(
            "source-ended",
            cited.span,
            name=source.id,
            date=format_time(until, zone)[:10],
            successor=replaced.get(source.id),
        )
    begins = period.since
    if isinstance(document, Plan) and since is not None and begins is not None and since > begins:
        if period.until is not None and since >= period.until:
            return None
        return finding(
            "source-later", cited.span, name=source.id, date=format_time(since, zone)[:10]
        )
    return None
