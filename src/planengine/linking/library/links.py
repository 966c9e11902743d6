"""Links the links of a plan: what it starts, follows, asks for, reports to, and cascades to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Literal

from planengine.diagnostics import Span, Text, finding
from planengine.domain.documents import Link, Report
from planengine.domain.plan_names import plans_named
from planengine.linking.library.duties import link_id
from planengine.linking.library.ids import check_id
from planengine.linking.library.linker import optional_text
from planengine.linking.library.plans_meant import plan_meant
from planengine.linking.library.ruled import Ruled
from planengine.linking.library.timings import link_timing

if TYPE_CHECKING:
    from planengine.model.plan import LinkModel
    from planengine.reading.validate import Name

_TARGETS = ("activate", "match", "request", "report", "cascade")
_Kind = Literal["activate", "match-below", "match-above", "request", "report", "cascade"]


def link_links(
    document: Ruled,
    plan: str,
    models: Sequence[LinkModel],
    place: Span | None,
    area: str,
    reports: Iterable[Report] = (),
) -> tuple[Link, ...]:
    """Every link whose target exists, in the author's order; `area` is the plan's jurisdiction.

    What they ask for or report is reported made like `reports`, so no id may be one of theirs.
    """
    found = (_link(document, plan, area, number, m, place) for number, m in enumerate(models, 1))
    linked = tuple(link for link in found if link is not None)
    seen = {report.id for report in reports}
    for link in linked:
        if link.id in seen:
            document.linker.findings.append(finding("duplicate-id", link.span, name=link.id))
        seen.add(link.id)
    return linked


def _link(
    document: Ruled, plan: str, area: str, number: int, model: LinkModel, place: Span | None
) -> Link | None:
    linker = document.linker
    linker.declares("report", model.id)
    if model.id is not None:
        check_id(model.id, linker.findings)
    target_name = model.activate or model.request or model.report or model.cascade
    written = target_name or model.from_
    span = written.span if written is not None else place
    if not linker.one_of(model, _TARGETS, span):
        return None
    track = document.track(model.track, plan)
    rank = None
    if model.from_ is not None:
        unknown_track = model.track is not None and track is None
        scale = None if unknown_track else document.scale(track, plan, model.from_)
        rank = linker.level(scale, model.from_) if scale is not None else None
        if rank is None:
            return None
    kind: _Kind
    target: str | None = None
    target_plan: str | None = None
    target_area: str | None = None
    target_track: str | None = None
    target_rank: int | None = None
    if model.activate is not None:
        kind = "activate"
        target, target_track, target_rank = _activated(document, area, model)
        if target is not None:
            of, _, target_plan = target.rpartition("/")
            target_area = of or None
    elif model.match is not None:
        kind = "match-below" if model.match == "below" else "match-above"
    elif model.cascade is not None:
        kind, target = "cascade", linker.name("hazard", model.cascade)
    elif model.request is not None:
        kind, target = "request", linker.name("agency", model.request)
    else:
        kind, target = "report", linker.name("agency", model.report)
    link = Link(
        kind=kind,
        track=track,
        rank=rank,
        when=document.of_areas().optional(model.when, f"link-{number}"),
        target=target,
        target_plan=target_plan,
        target_area=target_area,
        target_rank=target_rank,
        target_track=target_track,
        matter=optional_text(model.matter),
        timing=link_timing(linker, model, document.anchors, span),
        basis=linker.basis(model.basis),
        span=span,
        verb=linker.name("verb", model.verb),
        id=link_id(model.id, number),
        named=model.id is not None,
    )
    if target is None and model.match is None:
        return None
    return None if model.activate is not None and target_rank is None else link


def _activated(
    document: Ruled, area: str, model: LinkModel
) -> tuple[str | None, str | None, int | None]:
    """The plan that is started (`plan`, `area/plan`, either `/track`), the track, the level."""
    from planengine.reading.validate import Name

    linker = document.linker
    assert model.activate is not None
    text, track_text = str(model.activate), ""
    if "/" in text and not plans_named(linker.names, text):
        first, _, rest = text.rpartition("/")
        if plans_named(linker.names, first):
            text, track_text = first, rest
    target = plan_meant(linker.names, text, area, model.activate.span, linker.findings)
    if target is None:
        return None, None, None
    if model.level is None:
        reason = Text("which level to start it at", "须说明启动到哪一级")
        span = model.activate.span
        linker.findings.append(finding("key-needed", span, key="level", reason=reason))
        return target, None, None
    known = linker.names.document("plan", target)
    tracks = known.tracks if known is not None else {}
    written: Name | None = model.target_track
    if written is None and track_text:
        written = Name(track_text, model.activate.span)
    track = linker.name(f"track:plan/{target}", written)
    scales = {tracks[track]} if track in tracks else set(tracks.values())
    if len(scales) != 1:
        shown = tuple(str(one) for one in tracks)
        linker.findings.append(
            finding("track-needed", model.activate.span, name=target, tracks=shown)
        )
        return target, track, None
    return target, track, linker.level(scales.pop(), model.level)
