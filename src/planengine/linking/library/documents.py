"""Links standards and plans: one edition each, with all that stands in the document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from msgspec.structs import replace

from planengine.diagnostics import Span, Text, finding
from planengine.domain.documents import (
    Basis,
    Exclusion,
    Group,
    Member,
    Plan,
    Resource,
    Standard,
    Track,
)
from planengine.domain.ids import NO_RULE, DoneOf
from planengine.domain.places import Agency
from planengine.linking.conditions.written import written
from planengine.linking.library.actions import link_actions, link_reports
from planengine.linking.library.declare import label_of
from planengine.linking.library.hazards import hazards_within
from planengine.linking.library.ids import check_id
from planengine.linking.library.information import link_information
from planengine.linking.library.levels import Head, link_levels, link_track, link_warnings
from planengine.linking.library.linker import Linker, optional_text, texts
from planengine.linking.library.links import link_links
from planengine.linking.library.plan_checks import check_lead
from planengine.linking.library.ruled import Ruled
from planengine.values.times import format_time

if TYPE_CHECKING:
    from planengine.model.levels import LevelsModel, PlanLevelsModel
    from planengine.model.plan import CommandModel, PlanModel, ResourceModel
    from planengine.model.standard import StandardModel
    from planengine.reading.validate import Name

_NOT_EXTERNAL = (
    "per",
    "warnings",
    "provided",
    "levels",
    "any",
    "otherwise",
    "from_",
    "raise_by",
    "lower",
    "end",
    "gaps",
    "define",
    "actions",
    "links",
)


def link_standard(model: StandardModel, document: Ruled) -> Standard | None:
    """The linked standard; None when its scale or authority is unknown."""
    linker = document.linker
    document.kinds = _kinds({None: model}, linker)
    document.define(model.define)
    basis = linker.basis(model.basis)
    authority = linker.name("authority", model.authority)
    scale = document.scales.get(None)
    hazards = linker.all_names("hazard", model.applies.hazards)
    edition = linker.edition(model.edition)
    label = label_of(model.label, model.standard)
    for key, unsuited in (("when", model.applies.when), ("not", model.applies.not_)):
        if unsuited:
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
    reports = link_reports(document, model.standard, model.reports, hazards)
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
        rule_id=NO_RULE,
        authority=authority,
        per=track.per,
        monotone=model.monotone,
        for_authority=model.decides == "authority",
    )


def link_plan(model: PlanModel, document: Ruled) -> Plan | None:
    """The linked plan; None when its kind or jurisdiction is unknown."""
    linker, place, item_id = document.linker, model.plan.span, str(model.plan)
    kind = linker.name("plan-kind", model.kind)
    jurisdiction = linker.name("jurisdiction", model.jurisdiction)
    edition = linker.edition(model.edition)
    command = model.command
    groups = _groups(command, linker)
    document.groups = _spellings(command)
    every: Mapping[str | None, LevelsModel] = {None: model}
    if model.tracks:
        every = {str(item_id): track for item_id, track in model.tracks.items()}
    document.kinds = _kinds(every, linker)
    linker.member_roles = _roles(model, linker)
    document.anchors = {
        str(done): done
        for done in (DoneOf(document.key, str(action.id)) for action in model.actions)
    }
    document.define(model.define)
    actions = link_actions(document, item_id, model.actions)
    basis = linker.basis(model.basis)
    hazards = linker.all_names("hazard", model.applies.hazards)
    tracks, warnings = _tracks(model, document, basis, hazards)
    _check_external(model, linker)
    check_lead(model, linker)
    exclusions = tuple(
        Exclusion(
            document.of_track(None).condition(one.when, f"not-{n}"),
            linker.plan(one.else_, jurisdiction or ""),
            written(one.when),
            one.when.span,
        )
        for n, one in enumerate(model.applies.not_, 1)
    )
    reports = link_reports(document, model.plan, model.reports, hazards)
    linked = Plan(
        id=item_id,
        label=label_of(model.label, model.plan),
        edition=edition,
        hazards=hazards,
        basis=basis,
        tracks=tracks,
        warnings=warnings,
        reports=reports,
        span=place,
        rule_id=NO_RULE,
        kind=kind or "",
        jurisdiction=jurisdiction or "",
        external=model.external,
        monotone=model.monotone,
        applies_when=document.of_track(None).optional(model.applies.when, "applies"),
        exclusions=exclusions,
        headquarters=linker.name("agency", command.headquarters) if command else None,
        office=linker.name("agency", command.office) if command else None,
        groups=groups,
        members=_members(model, linker),
        actions=actions,
        links=link_links(document, item_id, model.links, place, jurisdiction or "", reports),
        information=link_information(document, item_id, model.information),
        resources=tuple(_resource(one, linker) for one in model.resources),
    )
    return linked if kind is not None and jurisdiction is not None else None


def _kinds(tracks: Mapping[str | None, LevelsModel], linker: Linker) -> dict[str | None, str]:
    """The kind of object that each track is decided once for, where it is one."""
    found: dict[str | None, str] = {}
    for item_id, track in tracks.items():
        kinds = linker.names.find("object-kind", str(track.per)) if track.per is not None else ()
        if len(kinds) == 1:
            found[item_id] = kinds[0]
    return found


def _tracks(
    model: PlanModel, document: Ruled, basis: tuple[Basis, ...], covered: tuple[str, ...]
) -> tuple[tuple[Track, ...], tuple[Track, ...]]:
    """The tracks, and the warnings of those that have some."""
    heads: list[tuple[Head, PlanLevelsModel]] = []
    hazards: dict[str | None, tuple[str, ...]] = {}
    for item_id, scale in document.scales.items():
        name, track = next(
            ((n, t) for n, t in model.tracks.items() if n == item_id), (model.plan, None)
        )
        label = label_of(track.label, name) if track else label_of(model.label, name)
        own = document.linker.basis(track.basis) if track else ()
        heads.append((Head(item_id, label, scale, own or basis, name), track or model))
        hazards[item_id] = hazards_within(covered, track.hazards, document.linker) if track else ()
    tracks = (link_track(document, track, head) for head, track in heads)
    linked = tuple(replace(track, hazards=hazards[track.id]) for track in tracks)
    per = {track.id: track.per for track in linked}
    warned = (link_warnings(document, track.warnings, head) for head, track in heads)
    warnings = tuple(
        replace(one, hazards=hazards[one.id], per=per[one.id]) for one in warned if one is not None
    )
    every: Iterable[PlanLevelsModel] = model.tracks.values() if model.tracks else (model,)
    has_levels = any(t.levels or t.any or t.from_ or t.warnings for t in every)
    if not model.external and not has_levels:
        document.linker.findings.append(finding("no-levels", model.plan.span))
    return linked, warnings


def _check_external(model: PlanModel, linker: Linker) -> None:
    """A plan that another body keeps has no rules, and tracks leave none at the top."""
    from planengine.model.common import kebab

    places: list[tuple[Name, PlanLevelsModel]] = [(model.plan, model)]
    places += model.tracks.items() if model.external else []
    for name, one in places:
        for field in ("scale", "hazards", *_NOT_EXTERNAL):
            if not getattr(one, field, None) or (field == "scale" and model.external):
                continue
            if model.external:
                linker.findings.append(finding("external-rules", name.span, key=kebab(field)))
            elif model.tracks and field not in ("define", "actions", "links"):
                reason = Text("write it in a track", "请写在分轨内")
                linker.findings.append(
                    finding("key-unsuited", name.span, key=kebab(field), reason=reason)
                )


def _groups(command: CommandModel | None, linker: Linker) -> tuple[Group, ...]:
    groups: list[Group] = []
    for model in command.groups if command else ():
        linker.declares("group", model.id)
        check_id(model.id, linker.findings)
        if any(group.id == model.id for group in groups):
            linker.findings.append(finding("duplicate-id", model.id.span, name=str(model.id)))
        lead = linker.name("agency", model.lead)
        members = linker.all_names("agency", model.members)
        label = label_of(model.label, model.id)
        groups.append(Group(str(model.id), label, lead or "", members, texts(model.duties)))
    return tuple(groups)


def _spellings(command: CommandModel | None) -> dict[str, str]:
    """The working groups by id, label and alias; an id wins."""
    models = command.groups if command else []
    found: dict[str, str] = {}
    for model in models:
        for text in (*model.label.values(), *model.aliases):
            found.setdefault(str(text), str(model.id))
    return {**found, **{str(model.id): str(model.id) for model in models}}


def _roles(model: PlanModel, linker: Linker) -> frozenset[str]:
    """The roles that the members have."""
    found = (linker.names.find("member-role", str(one.role)) for one in model.members)
    return frozenset(ids[0] for ids in found if len(ids) == 1)


def _members(model: PlanModel, linker: Linker) -> tuple[Member, ...]:
    members = []
    for one in model.members:
        agency = linker.name("agency", one.agency)
        role = linker.name("member-role", one.role)
        if agency is not None and role is not None:
            members.append(Member(agency, role, texts(one.duties), one.agency.span))
    return tuple(members)


def _resource(model: ResourceModel, linker: Linker) -> Resource:
    check_id(model.id, linker.findings)
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
    linker: Linker,
) -> None:
    """Warns of bodies that do not exist while the edition that names them is in force.

    A standard may name a body by what it is called today: only a plan is told of bodies that
    were set up after it.
    """
    in_force, findings = document.edition.period, linker.findings
    for item_id, span in dict.fromkeys(mentions):
        agency = agencies.get(item_id)
        if agency is None:
            continue
        since, until = agency.period.since, agency.period.until
        successor = ", ".join(agency.successors) or None
        if until is not None and in_force.since is not None and until <= in_force.since:
            findings.append(finding("agency-abolished", span, name=item_id, successor=successor))
        elif until is not None and (in_force.until is None or until < in_force.until):
            date = format_time(until, linker.zone)[:10]
            findings.append(
                finding("agency-outlived", span, name=item_id, date=date, successor=successor)
            )
        if not isinstance(document, Plan) or since is None or in_force.since is None:
            continue
        if since > in_force.since:
            findings.append(finding("agency-not-yet", span, name=item_id))
