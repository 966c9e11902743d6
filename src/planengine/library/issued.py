"""Links issued levels: `issued: {<scale>.<standard or plan>[/<track>]: <level>}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from planengine.diagnostics import finding
from planengine.library.document_entities import Plan, Standard
from planengine.library.entities import Entities
from planengine.library.linker import Linker
from planengine.library.plan_names import plans_named, unknown_plan
from planengine.library.statements import Issue, Stamp
from planengine.reading.validate import Name

if TYPE_CHECKING:
    from planengine.model.incident import ObservationModel


def read_issues(
    one: ObservationModel, stamp: Stamp, place: str | None, linker: Linker, entities: Entities
) -> Iterator[Issue]:
    """The levels that one observation issues for a place (None: home), with all findings."""
    by = linker.name("body", one.by)
    for number, (name, level) in enumerate((one.issued or {}).items()):
        own = stamp if number == 0 else replace(stamp, id=f"{stamp.id}-{number + 1}")
        scale_text, _, rest = name.partition(".")
        scale = linker.name("scale", Name(scale_text, name.span))
        if scale is None:
            continue
        rank = linker.names.level(scale, str(level), level.span, linker.findings, none_allowed=True)
        found = _document(Name(rest, name.span), scale, place or entities.home, linker, entities)
        if found is not None and rank is not None:
            document, track = found
            yield Issue(own, scale, document, place, rank, by, track=track)


def _document(
    name: Name, scale: str, place: str, linker: Linker, entities: Entities
) -> tuple[str, str | None] | None:
    """A standard's id or a plan's key, and the track; None with a finding.

    Of plans alike it is that of the place, or the nearest around it that has such levels.
    """
    names = linker.names
    whole, before, after = str(name), *name.rpartition("/")[::2]
    document_text, track_text = whole, ""
    if not plans_named(names, whole) and before:
        document_text, track_text = before, after
    editions: tuple[Standard | Plan, ...] = ()
    if names.find("standard", document_text):
        document = linker.name("standard", Name(document_text, name.span))
        kind = f"standard/{document}"
        editions = entities.standards.get(document or "", ())
    else:
        keys = plans_named(names, document_text)
        if not keys:
            near = [kind for kind in ("standard", "plan") if names.suggest(kind, document_text)]
            if near == ["plan"]:
                linker.findings.append(unknown_plan(names, document_text, name.span))
            else:
                linker.name("standard", Name(document_text, name.span))
            return None
        fitting = [key for key in keys if _has_levels(entities.plans[key], scale, None)]
        around = [f"{area}/" for area in entities.around(place)]
        near = [key for start in around for key in fitting if key.startswith(start)]
        document = next(iter((*near, *fitting, *keys)))
        kind = f"plan/{document.partition('/')[2]}"
        editions = entities.plans[document]
    if document is None:
        return None
    track = None
    if track_text:
        track = linker.name(f"track:{kind}", Name(track_text, name.span))
        if track is None:
            return None
    if _has_levels(editions, scale, track):
        return document, track
    tracks = (track for edition in editions for track in (*edition.tracks, *edition.warnings))
    scales = tuple(sorted({one.scale for one in tracks}))
    linker.findings.append(
        finding("wrong-scale", name.span, name=whole, scale=scale, scales=scales)
    )
    return None


def _has_levels(editions: tuple[Standard | Plan, ...], scale: str, track: str | None) -> bool:
    return any(
        one.scale == scale and track in {None, one.id}
        for edition in editions
        for one in (*edition.tracks, *edition.warnings)
    )
