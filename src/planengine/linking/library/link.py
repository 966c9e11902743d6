"""Links all documents of a library into one set of frozen entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import RuleId, plan_key
from planengine.domain.names import Document, DocumentKind, Mention, Names, join_document
from planengine.domain.terms import ActTerm
from planengine.domain.vocabulary import Scale, scale_for
from planengine.domain.written import Written
from planengine.linking.documents import Documents
from planengine.linking.identity.documents import identify
from planengine.linking.identity.naming import Namer
from planengine.linking.library.additions import with_additions
from planengine.linking.library.before import Before, Each, InMemory, Linked
from planengine.linking.library.built_in import BuiltIn
from planengine.linking.library.declare import declare, label_of
from planengine.linking.library.documents import check_agencies, link_plan, link_standard
from planengine.linking.library.duties import Overdue, check_overdue, declared_duties, overdue_in
from planengine.linking.library.facts import link_facts
from planengine.linking.library.linker import Linker
from planengine.linking.library.plan_checks import check_orders
from planengine.linking.library.registry import Bodies, link_registry, link_sources
from planengine.linking.library.requirements import link_former_names, link_requirements
from planengine.linking.library.ruled import Ruled
from planengine.linking.library.units import link_units
from planengine.linking.library.vocabulary import link_vocabulary
from planengine.values.dialect import PLAIN, Dialect
from planengine.values.languages import LANGUAGES
from planengine.values.times import format_time

if TYPE_CHECKING:
    from planengine.model.manifest import ManifestModel
    from planengine.model.plan import PlanModel
    from planengine.model.standard import StandardModel
    from planengine.reading.validate import Name

_FIRST = Text("first declared here", "首次声明于此")
R = TypeVar("R", Standard, Plan)


def link(
    documents: Documents,
    findings: list[Diagnostic],
    *,
    before: Before | None = None,
    mentions: list[Mention] | None = None,
) -> Entities:
    """Every thing of the library with its references resolved; what cannot be is left out.

    What `before` holds is not linked again, and it then holds what was linked now. Every place
    that names something is added to `mentions`.
    """
    mentioned = mentions if mentions is not None else []
    documents.vocabularies = with_additions(documents.vocabularies, findings, mentioned)
    declared = declare(documents, findings)
    spellings, places = declared.known, declared.places
    manifest = documents.manifest
    dialect = link_units(documents.vocabularies, _dialect(manifest, findings), findings)
    names = Names(
        spellings, places=places, dialect=dialect, foreign=documents.foreign, mentions=mentions
    )
    for kind, item_id, place in declared.declared:
        if kind != "plan-key" and kind.count("/") < 2:  # not again by the plan's full id
            names.mention(kind, item_id, item_id, place, declares=True)
    linker = Linker(names, findings)
    zone = linker.time_zone(manifest.time_zone)
    if manifest.time_zone is None:
        findings.append(finding("no-time-zone", manifest.library.span))
    linker = linker.in_zone(zone)
    vocabulary = link_vocabulary(documents.vocabularies, linker)
    facts = link_facts(documents.vocabularies, vocabulary.hazards, linker)
    bodies = link_registry(documents.registries, vocabulary, linker)
    sources = link_sources(documents.sources, linker)
    home = linker.name("jurisdiction", documents.manifest.home)
    plan_scales = [_scales(model, linker, vocabulary.scales) for model in documents.plans]
    names = Names(
        spellings=spellings,
        facts=facts,
        scales=vocabulary.scales,
        object_kinds=vocabulary.object_kinds,
        area_attributes=vocabulary.area_attributes,
        hazards=vocabulary.hazards,
        documents=_documents(documents, plan_scales, linker),
        places=places,
        dialect=dialect,
        foreign=documents.foreign,
        mentions=mentions,
    )
    built_in = BuiltIn(vocabulary.verbs, vocabulary.moments)
    governed = {tier.id: tier.government for tier in vocabulary.tiers}
    each = Each(names, bodies, built_in, governed, linker.zone, str(manifest.home))
    models = _Models(documents.standards, documents.plans, plan_scales)
    linked = _link_ruled(models, each, before or InMemory())
    acts = _Acts(findings)
    for one in linked:
        findings.extend(one.findings)
        acts.add(one.key, one.acts)
        for default, span in one.wanting.items():
            built_in.wanting.setdefault(default, span)
    findings.extend(built_in.findings())
    standards: list[tuple[str, Standard]] = []
    plans: list[tuple[str, Plan]] = []
    written: dict[RuleId, Written] = {}
    for key, document, parts in _told_apart(linked, vocabulary.scales):
        written.update(parts)
        if isinstance(document, Plan):
            plans.append((key, document))
        else:
            standards.append((key, document))
    entities = Entities(
        home=home or "",
        label=label_of(documents.manifest.label, documents.manifest.library),
        facts=facts,
        scales=vocabulary.scales,
        hazards=vocabulary.hazards,
        tiers=vocabulary.tiers,
        object_kinds=vocabulary.object_kinds,
        area_attributes=vocabulary.area_attributes,
        verbs=vocabulary.verbs,
        ranks=vocabulary.ranks,
        plan_kinds=vocabulary.plan_kinds,
        member_roles=vocabulary.member_roles,
        moments=vocabulary.moments,
        calendars=vocabulary.calendars,
        sources=sources,
        jurisdictions=bodies.jurisdictions,
        objects=bodies.objects,
        open_kinds=frozenset(bodies.open_kinds),
        agencies=bodies.agencies,
        posts=bodies.posts,
        roles=bodies.roles,
        relations=tuple(bodies.relations),
        standards=_editions(standards, linker),
        plans=_editions(plans, linker),
        names=names,
        foreign=documents.foreign,
        allowances=tuple(documents.allowances),
        requirements=link_requirements(documents.vocabularies, linker),
        former_names=link_former_names(documents.vocabularies, linker),
        places_elsewhere=tuple(
            str(name) for part in documents.vocabularies for name in part.places_elsewhere
        ),
        time_zone=linker.zone,
        written=written,
    )
    check_orders(entities, findings)
    check_overdue((one.overdue for one in linked), findings)
    return entities


def _dialect(manifest: ManifestModel, findings: list[Diagnostic]) -> Dialect:
    """The language of the library's bounds, and English beside it; the usual ones without."""
    tag = manifest.language
    if tag is None:
        return PLAIN
    if str(tag) in LANGUAGES:
        return Dialect(tuple(dict.fromkeys((str(tag), "en"))))
    findings.append(
        finding("unknown-language", tag.span, text=str(tag), known=", ".join(LANGUAGES))
    )
    return PLAIN


def _scales(plan: PlanModel, linker: Linker, known: Mapping[str, Scale]) -> dict[str | None, str]:
    """The scale of each track of a plan; that of responses where it is not said."""
    written: dict[str | None, Name | None] = {None: plan.scale}
    if plan.tracks:
        written = {str(item_id): track.scale for item_id, track in plan.tracks.items()}
    scales: dict[str | None, str] = {}
    for item_id, name in written.items():
        scale = linker.name("scale", name) if name is not None else scale_for("response", known)
        if scale is not None and scale in known:
            scales[item_id] = scale
        elif name is None:
            place = plan.plan.span
            linker.findings.append(
                finding("default-undeclared", place, kind="scales", meaning="response")
            )
    return scales


def _documents(
    documents: Documents, plan_scales: Sequence[Mapping[str | None, str]], linker: Linker
) -> dict[tuple[DocumentKind, str], Document]:
    found: dict[tuple[DocumentKind, str], Document] = {}
    for standard in documents.standards:
        scale = linker.names.find("scale", str(standard.scale))
        tracks: dict[str | None, str] = {None: scale[0]} if len(scale) == 1 else {}
        duties = declared_duties(standard)
        item_id = str(standard.standard)
        hazards = _hazards(standard.applies.hazards, linker)
        document = Document(item_id, "standard", tracks, duties=duties, hazards=hazards)
        join_document(found, document)
    for plan, scales in zip(documents.plans, plan_scales, strict=True):
        warned: set[str | None] = {
            str(item_id) for item_id, track in plan.tracks.items() if track.warnings
        }
        if plan.warnings:
            warned.add(None)
        area = linker.names.find("jurisdiction", str(plan.jurisdiction))
        duties = declared_duties(plan)
        hazards = _hazards(plan.applies.hazards, linker)
        document = Document(
            str(plan.plan), "plan", scales, frozenset(warned), area[:1], duties, hazards
        )
        join_document(found, document)
        for one in document.areas:
            join_document(found, replace(document, id=plan_key(one, str(plan.plan))))
    return found


def _hazards(names: Sequence[Name], linker: Linker) -> frozenset[str]:
    """Those that there are: what is wrong with the others is told where they are linked."""
    return frozenset(found for name in names for found in linker.names.find("hazard", str(name)))


class _Models(NamedTuple):
    """The standards and plans of a library, and the scale of each plan's tracks."""

    standards: Sequence[StandardModel]
    plans: Sequence[PlanModel]
    scales: Sequence[Mapping[str | None, str]]


def _link_ruled(models: _Models, each: Each, before: Before) -> list[Linked]:
    """Every standard and plan; those that are as they were as they were linked before."""
    kind_of = {item_id: thing.kind for item_id, thing in each.bodies.objects.items()}
    posts = {item_id: post.body for item_id, post in each.bodies.posts.items()}
    before.begin(each)
    linked: list[tuple[object, Linked]] = []
    works: list[tuple[object, Callable[[], Linked]]] = [
        *((one, partial(_standard, one, each, kind_of, posts)) for one in models.standards),
        *(
            (one, partial(_plan, one, scales, each, kind_of, posts))
            for one, scales in zip(models.plans, models.scales, strict=True)
        ),
    ]
    for model, work in works:
        one = before.get(model)
        if one is None:
            one = work()
        elif each.names.mentions is not None:
            each.names.mentions.extend(one.mentions)
        linked.append((model, one))
    before.end(linked)
    return [one for _, one in linked]


def _standard(
    model: StandardModel, each: Each, kind_of: Mapping[str, str], posts: dict[str, str]
) -> Linked:
    item_id = str(model.standard)
    linker = each.linker([], posts, each.zone, item_id)
    known = each.names.document("standard", item_id)
    tracks = known.tracks if known is not None else {}
    scope = Ruled(linker, item_id, kind_of, tracks, key=item_id)
    return _linked(scope, partial(link_standard, model, scope), each)


def _plan(
    model: PlanModel,
    scales: Mapping[str | None, str],
    each: Each,
    kind_of: Mapping[str, str],
    posts: dict[str, str],
) -> Linked:
    names = each.names
    item_id, area = str(model.plan), str(model.jurisdiction)
    found = names.find("jurisdiction", area)
    area = found[0] if len(found) == 1 else area
    key = plan_key(area, item_id)
    linker = each.linker([], posts, each.bodies.zones.get(area, each.zone), key)
    is_home = found == names.find("jurisdiction", each.home)
    scope = Ruled(linker, item_id if is_home else key, kind_of, scales, key=key, area=area)
    return _linked(scope, partial(link_plan, model, scope), each)


def _linked(scope: Ruled, link_it: Callable[[], Standard | Plan | None], each: Each) -> Linked:
    """One document, with what is found and named while it is linked."""
    mentions = each.names.mentions if each.names.mentions is not None else []
    begin = len(mentions)
    document = link_it()
    namer = Namer()
    if document is not None:
        _check_bodies(scope, document, each.bodies)
        document = identify(document, scope.key, each.names.scales, namer)
    return Linked(
        key=scope.key,
        document=document,
        written=namer.named,
        acts=tuple(scope.acts),
        findings=tuple(scope.linker.findings),
        mentions=tuple(mentions[begin:]),
        wanting=scope.linker.built_in.wanting,
        overdue=overdue_in(scope.key, document) if document is not None else Overdue(),
    )


def _told_apart(
    linked: Sequence[Linked], scales: Mapping[str, Scale]
) -> Iterator[tuple[str, Standard | Plan, Mapping[RuleId, Written]]]:
    """Each document that could be linked and what is written in it; no two have the same ids."""
    times: dict[RuleId, int] = {}
    for one in linked:
        if one.document is None:
            continue
        own = one.document.rule_id
        before = times.get(own, 0)
        times[own] = before + 1
        if before == 0:
            yield one.key, one.document, one.written
        else:
            namer = Namer({own: before})
            yield one.key, identify(one.document, one.key, scales, namer), namer.named


def _check_bodies(scope: Ruled, document: Standard | Plan, bodies: Bodies) -> None:
    mentions = list(scope.linker.mentions)
    for act in scope.acts:
        if not act.by:
            example = f"`{act.kind}: {{what: …, by: …}}`"
            scope.linker.findings.append(
                finding("act-without-holder", act.origin.span, key=act.kind, example=example)
            )
        for holder in act.by:
            body = bodies.posts[holder].body if holder in bodies.posts else holder
            mentions.append((body, act.origin.span))
    check_agencies(mentions, bodies.agencies, document, scope.linker)


class _Acts:
    """Sees that no two documents call different acts the same."""

    def __init__(self, findings: list[Diagnostic]) -> None:
        self._findings = findings
        self._first: dict[str, tuple[str, Span | None]] = {}

    def add(self, document: str, acts: Sequence[ActTerm]) -> None:
        for act in acts:
            owner, span = self._first.setdefault(act.clause, (document, act.origin.span))
            if owner != document:
                related = ((_FIRST, span),) if span is not None else ()
                self._findings.append(
                    finding("duplicate-id", act.origin.span, name=act.clause, related=related)
                )


def _editions(documents: Sequence[tuple[str, R]], linker: Linker) -> dict[str, tuple[R, ...]]:
    """The editions of each document in the order of their dates; a finding where two overlap."""
    grouped: dict[str, list[R]] = {}
    for item_id, document in documents:
        grouped.setdefault(item_id, []).append(document)
    for item_id, editions in grouped.items():
        editions.sort(key=lambda one: (one.edition.period.since or 0, one.edition.number))
        for before, after in pairwise(editions):
            until, since = before.edition.period.until, after.edition.period.since
            if until is not None and since is not None and until <= since:
                continue
            date = format_time(since, linker.zone)[:10] if since is not None else None
            related = ((_FIRST, before.span),) if before.span is not None else ()
            linker.findings.append(
                finding(
                    "edition-overlap",
                    after.span,
                    related=related,
                    name=item_id,
                    first=before.edition.number,
                    second=after.edition.number,
                    date=date,
                )
            )
    return {item_id: tuple(editions) for item_id, editions in grouped.items()}
