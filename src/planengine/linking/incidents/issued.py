"""Links issued levels: `issued: {<scale>.<standard or plan>[/<track>]: <level>}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from planengine.diagnostics import finding
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.plan_names import PLAN_KEY, plans_named, unknown_plan
from planengine.domain.statements import Issue, Stamp
from planengine.linking.library.linker import Linker
from planengine.reading.validate import Name

if TYPE_CHECKING:
    from planengine.model.incident import ObservationModel


Validity: TypeAlias = tuple[int | None, int | None] | None
"""From when (inclusive) and until when (exclusive) something is said to hold."""


def read_issues(
    one: ObservationModel,
    stamp: Stamp,
    place: str | None,
    valid: Validity,
    linker: Linker,
    entities: Entities,
) -> Iterator[Issue]:
    """The levels that one observation issues for a place (None: home), with all findings."""
    since, until = valid or (None, None)
    by = linker.name("body", one.by)
    for number, (name, level) in enumerate((one.issued or {}).items()):
        own = stamp
        if number:
            own = replace(stamp, id=f"{stamp.id}-{number + 1}", part_of=stamp.id)
        scale_text, _, rest = name.partition(".")
        scale = linker.name("scale", Name(scale_text, name.span))
        if scale is None:
            continue
        rank = linker.names.level(scale, str(level), level.span, linker.findings, none_allowed=True)
        found = document_of(Name(rest, name.span), scale, place or entities.home, linker, entities)
        if found is not None and rank is not None:
            document, track = found
            yield Issue(
                own,
                scale,
                document,
                place,
                rank,
                by,
                track=track,
                valid_from=since,
                valid_until=until,
            )


def document_of(
    name: Name, scale: str, place: str, linker: Linker, entities: Entities
) -> tuple[str, str | None] | None:
    """A standard's id or a plan's key, and the track; None with a finding."""
    names = linker.names
    document_text, track_text = str(name), ""
    if "/" in name and not plans_named(names, document_text):
        document_text, _, track_text = document_text.rpartition("/")
    meant = Name(document_text, name.span)
    if plans_named(names, document_text) and not _is_standard(
        document_text, scale, linker, entities
    ):
        document = _plan(meant, scale, place, linker, entities)
        kind = f"plan/{document.partition('/')[2]}" if document is not None else ""
        editions: tuple[Standard | Plan, ...] = entities.plans.get(document or "", ())
    elif names.suggest("plan", document_text) and not names.suggest("standard", document_text):
        linker.findings.append(unknown_plan(names, document_text, name.span))
        return None
    else:
        document = linker.name("standard", meant)
        kind = f"standard/{document}"
        editions = entities.standards.get(document or "", ())
    if document is None or not editions:  # one that could not be linked is told of already
        return None
    track = linker.name(f"track:{kind}", Name(track_text, name.span)) if track_text else None
    if track_text and track is None:
        return None
    if _has_levels(editions, scale, track):
        return document, track
    tracks = (track for edition in editions for track in (*edition.tracks, *edition.warnings))
    scales = tuple(sorted({one.scale for one in tracks}))
    linker.findings.append(
        finding("wrong-scale", name.span, name=str(name), scale=scale, scales=scales)
    )
    return None


def _is_standard(text: str, scale: str, linker: Linker, entities: Entities) -> bool:
    """Whether a name that plans have means a standard: one with levels on the scale."""
    found = linker.names.find("standard", text)
    return any(_has_levels(entities.standards.get(one, ()), scale, None) for one in found)


def _plan(name: Name, scale: str, place: str, linker: Linker, entities: Entities) -> str | None:
    """Of plans alike that of the place, or the nearest around it that has such levels.

    Elsewhere only one that is the only one; None with a finding where it could be several.
    """
    keys = plans_named(linker.names, str(name))
    fitting = [key for key in keys if _has_levels(entities.plans.get(key, ()), scale, None)]
    around = ([k for k in fitting if k.startswith(f"{area}/")] for area in entities.around(place))
    near = next((keys for keys in around if len(keys) == 1), fitting or keys)
    if len(near) == 1:
        linker.names.mention(PLAN_KEY, near[0], str(name), name.span)
        return near[0]
    linker.findings.append(
        linker.names.ambiguous(PLAN_KEY, str(name), name.span, tuple(fitting or keys))
    )
    return None


def _has_levels(editions: tuple[Standard | Plan, ...], scale: str, track: str | None) -> bool:
    return any(
        one.scale == scale and track in {None, one.id}
        for edition in editions
        for one in (*edition.tracks, *edition.warnings)
    )
