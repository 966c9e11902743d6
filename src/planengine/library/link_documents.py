"""Links standards and plans: one edition each, with all that stands in the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.library.declare import label_of
from planengine.library.entities import (
    Agency,
    Basis,
    Exclusion,
    Group,
    Information,
    Member,
    Plan,
    Resource,
    Standard,
    Track,
)
from planengine.library.link_actions import link_actions, link_reports
from planengine.library.link_levels import Head, link_levels, link_track, link_warnings
from planengine.library.link_links import link_links
from planengine.library.linker import Linker, optional_text, texts
from planengine.library.ruled import Ruled
from planengine.values.times import format_time

if TYPE_CHECKING:
    from planengine.model.levels import PlanLevelsModel
    from planengine.model.plan import CommandModel, PlanModel, ResourceModel
    from planengine.model.standard import StandardModel

_NOT_EXTERNAL = (
    "warnings",
    "provided",
    "levels",
    "any",
    "otherwise",
    "from_",
    "raise_by",
    "lower",
    "end",
    "define",
    "actions",
    "links",
)


def link_standard(model: StandardModel, document: Ruled) -> Standard | None:
    """The linked standard; None when its scale or authority is unknown."""
    linker = document.linker
    document.define(model.define)
    basis = linker.basis(model.basis)
    authority = linker.name("authority", model.authority)
    scale = document.scales.get(None)
    per = linker.name("tier", model.per)
    hazards = linker.all_names("hazard", model.applies.hazards)
    edition = linker.edition(model.edition)
    label = label_of(model.label, model.standard)
    for key, written in (("when", model.applies.when), ("not", model.applies.not_)):
        if written:
            reason = Text("use `provided` in a standard", "标准请用 provided")
            linker.findings.append(
                finding("key-unsuited", model.standard.span, key=f"applies.{key}", reason=reason)
            )
    if scale is None:
        linker.name("scale", model.scale)
        return None
    track = link_levels(document, model, Head(None, label, scale, basis, model.standard))
    if not model.levels and model.any is None and model.otherwise is None:
        linker.findings.append(finding("no-levels", model.standard.span))
    reports = link_reports(document, str(model.standard), model.reports, model.standard.span)
    if authority is None:
        return None
    return Standard(
        id=str(model.standard),
        label=label,
        edition=edition,
        hazards=hazards,
        basis=basis,
        tracks=(track,),
        warnings=(),
        reports=reports,
        span=model.standard.span,
        authority=authority,
        per=per,
        monotone=model.monotone,
    )


def link_plan(model: PlanModel, document: Ruled) -> Plan | None:
    """The linked plan; None when its kind or jurisdiction is unknown."""
    linker, place, item_id = document.linker, model.plan.span, str(model.plan)
    kind = linker.name("plan-kind", model.kind)
    jurisdiction = linker.name("jurisdiction", model.jurisdiction)
    edition = linker.edition(model.edition)
    command = model.command
    groups = _groups(command, linker)
    document.groups = tuple(group.id for group in groups)
    document.define(model.define)
    actions = link_actions(document, item_id, model.actions)
    basis = linker.basis(model.basis)
    tracks, warnings = _tracks(model, document, basis)
    _check_external(model, linker)
    exclusions = tuple(
        Exclusion(document.condition(one.when, f"not-{n}"), linker.name("plan", one.else_))
        for n, one in enumerate(model.applies.not_, 1)
    )
    linked = Plan(
        id=item_id,
        label=label_of(model.label, model.plan),
        edition=edition,
        hazards=linker.all_names("hazard", model.applies.hazards),
        basis=basis,
        tracks=tracks,
        warnings=warnings,
        reports=link_reports(document, item_id, model.reports, place),
        span=place,
        kind=kind or "",
        jurisdiction=jurisdiction or "",
        external=model.external,
        monotone=model.monotone,
        applies_when=document.optional(model.applies.when, "applies"),
        exclusions=exclusions,
        headquarters=linker.name("agency", command.headquarters) if command else None,
        office=linker.name("agency", command.office) if command else None,
        groups=groups,
        members=_members(model, linker),
        actions=actions,
        links=link_links(document, item_id, model.links, place),
        information=_information(model, document),
        resources=tuple(_resource(one, linker) for one in model.resources),
    )
    return linked if kind is not None and jurisdiction is not None else None


def _tracks(
    model: PlanModel, document: Ruled, basis: tuple[Basis, ...]
) -> tuple[tuple[Track, ...], tuple[Track, ...]]:
    """The tracks, and the warnings of those that have some."""
    heads: list[tuple[Head, PlanLevelsModel]] = []
    for item_id, scale in document.scales.items():
        name, track = next(
            ((n, t) for n, t in model.tracks.items() if n == item_id), (model.plan, None)
        )
        label = label_of(track.label, name) if track else label_of(model.label, name)
        heads.append((Head(item_id, label, scale, basis, name), track or model))
    tracks = tuple(link_track(document, track, head) for head, track in heads)
    warned = (link_warnings(document, track.warnings, head) for head, track in heads)
    if not model.external and not any(t.levels or t.any or t.from_ for _, t in heads):
        document.linker.findings.append(finding("no-levels", model.plan.span))
    return tracks, tuple(track for track in warned if track is not None)


def _check_external(model: PlanModel, linker: Linker) -> None:
    """A plan that another body keeps has no rules, and tracks leave none at the top."""
    from planengine.model.common import kebab

    for field in _NOT_EXTERNAL:
        if not getattr(model, field):
            continue
        if model.external:
            linker.findings.append(finding("external-rules", model.plan.span, key=kebab(field)))
        elif model.tracks and field not in ("define", "actions", "links"):
            reason = Text("write it in a track", "请写在分轨内")
            linker.findings.append(
                finding("key-unsuited", model.plan.span, key=kebab(field), reason=reason)
            )


def _groups(command: CommandModel | None, linker: Linker) -> tuple[Group, ...]:
    groups: list[Group] = []
    for model in command.groups if command else ():
        if any(group.id == model.id for group in groups):
            linker.findings.append(finding("duplicate-id", model.id.span, name=str(model.id)))
        lead = linker.name("agency", model.lead)
        members = linker.all_names("agency", model.members)
        label = label_of(model.label, model.id)
        groups.append(Group(str(model.id), label, lead or "", members, texts(model.duties)))
    return tuple(groups)


def _members(model: PlanModel, linker: Linker) -> tuple[Member, ...]:
    members = []
    for one in model.members:
        agency = linker.name("agency", one.agency)
        role = linker.name("member-role", one.role)
        if agency is not None and role is not None:
            members.append(Member(agency, role, texts(one.duties), one.agency.span))
    return tuple(members)


def _information(model: PlanModel, document: Ruled) -> Information | None:
    one, linker = model.information, document.linker
    if one is None:
        return None
    body = linker.name("agency", one.body)
    approve = linker.executor(one.approve, document.groups, one.body.span)
    information = Information(
        body=body or "",
        approve=approve,
        first_within=linker.duration(one.first_within),
        conference_within=linker.duration(one.conference_within),
        anchor=linker.anchor(one.of, document.anchors) or "occurrence",
        channels=texts(one.channels),
        basis=linker.basis(one.basis),
    )
    return information if body is not None else None


def _resource(model: ResourceModel, linker: Linker) -> Resource:
    return Resource(
        id=str(model.id),
        label=label_of(model.label, model.id),
        quantity=str(model.quantity),
        held_by=linker.name("agency", model.held_by),
        at=optional_text(model.at),
    )


def check_agencies(
    mentions: Iterable[tuple[str, Span | None]],
    agencies: Mapping[str, Agency],
    document: Standard | Plan,
    findings: list[Diagnostic],
) -> None:
    """Warns of bodies that do not exist while the edition that names them is in force.

    A standard may name a body by what it is called today: only a plan is told of bodies that
    were set up after it.
    """
    in_force = document.edition.period
    for item_id, span in dict.fromkeys(mentions):
        agency = agencies.get(item_id)
        if agency is None:
            continue
        since, until = agency.period.since, agency.period.until
        successor = ", ".join(agency.successors) or None
        if until is not None and in_force.since is not None and until <= in_force.since:
            findings.append(finding("agency-abolished", span, name=item_id, successor=successor))
        elif until is not None and (in_force.until is None or until < in_force.until):
            date = format_time(until)[:10]
            findings.append(
                finding("agency-outlived", span, name=item_id, date=date, successor=successor)
            )
        if not isinstance(document, Plan) or since is None or in_force.since is None:
            continue
        if since > in_force.since:
            findings.append(finding("agency-not-yet", span, name=item_id))
