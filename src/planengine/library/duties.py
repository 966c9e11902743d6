"""The actions, reports and releases of a document by kind and id: what people can report done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from planengine.library.document_entities import Plan, Standard
from planengine.library.entities import Entities
from planengine.library.statements import DutyKind


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
