"""Links releases: who tells the public, from when, with whose approval, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planengine.diagnostics import Span, Text, finding
from planengine.domain.documents import Executor, Information, Timing
from planengine.linking.library.actions import ranks_of
from planengine.linking.library.duties import Part, release_ids
from planengine.linking.library.ids import check_id
from planengine.linking.library.linker import texts
from planengine.linking.library.ruled import Ruled

if TYPE_CHECKING:
    from planengine.model.plan import InformationModel

_FIRST = Text("first declared here", "首次声明于此")


def link_information(
    document: Ruled, plan: str, models: Sequence[InformationModel]
) -> tuple[Information, ...]:
    """Every release in the author's order.

    The first release and the press conference of an entry are two.
    """
    found: list[Information] = []
    seen: dict[str, Span | None] = {}
    for model in models:
        span = model.id.span if model.id is not None else model.body.span
        for release in _releases(document, plan, model, span, len(found)):
            if release.id in seen:
                first = seen[release.id]
                related = ((_FIRST, first),) if first is not None else ()
                document.linker.findings.append(
                    finding("duplicate-id", span, name=release.id, related=related)
                )
            seen.setdefault(release.id, span)
            found.append(release)
    return tuple(found)


def _releases(
    document: Ruled, plan: str, model: InformationModel, span: Span | None, order: int
) -> tuple[Information, ...]:
    linker = document.linker
    linker.declares("release", model.id)
    if model.id is not None:
        check_id(model.id, linker.findings)
    if model.from_ is not None and model.levels is not None:
        linker.findings.append(finding("one-of", span, keys=("from", "levels")))
    body = linker.name("agency", model.body)
    track = document.track(model.track, plan)
    ranks = ranks_of(document, plan, track, model)
    approve = linker.executor(model.approve, document.groups, span)
    anchor = linker.anchor(model.of, document.anchors)
    timings: dict[Part, Timing] = {}
    limits: tuple[tuple[Part, int | None], ...] = (
        ("first", linker.duration(model.first_within, "within")),
        ("conference", linker.duration(model.conference_within, "within")),
    )
    for part, seconds in limits:
        if seconds is not None:
            counted = anchor or linker.built_in.moment("occurrence", span)
            meaning = linker.built_in.meaning(counted)
            timings[part] = Timing("within", seconds, counted, meaning=meaning)
    ids = release_ids(model)
    clause = f"release-{order + 1 if model.id is None else model.id}"
    when = document.of_track(track).optional(model.when, clause)
    channels, basis = texts(model.channels), linker.basis(model.basis)
    if body is None:
        return ()
    return tuple(
        Information(
            id=item_id,
            part=part,
            by=(Executor("agency", body),),
            approve=approve,
            timing=timings.get(part),
            channels=channels,
            basis=basis,
            track=track,
            ranks=ranks,
            when=when,
            indicated=model.as_ is not None,
            order=order + place,
            span=span,
        )
        for place, (part, item_id) in enumerate(ids)
    )
