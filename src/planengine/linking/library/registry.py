"""Links the registry and the sources: places, objects, bodies, posts, roles, relations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field

from planengine.diagnostics import Text, finding
from planengine.domain.names import AREA
from planengine.domain.parts import Period
from planengine.domain.places import (
    Agency,
    Contact,
    DatedValue,
    Jurisdiction,
    PlanObject,
    Post,
    Relation,
    Role,
    Source,
    SourceEdition,
)
from planengine.domain.vocabulary import Attribute
from planengine.linking.library.declare import label_of
from planengine.linking.library.linker import Linker, optional_text, texts
from planengine.linking.library.stated import value_of
from planengine.linking.library.vocabulary import Vocabulary, check_circles
from planengine.reading.nodes import MappingNode, Node, SequenceNode
from planengine.values.sets import ValueSet

if TYPE_CHECKING:
    from planengine.model.registry import (
        AgencyModel,
        ContactModel,
        JurisdictionModel,
        ObjectModel,
        RegistryModel,
    )
    from planengine.model.sources import SourceModel, SourcesModel
    from planengine.reading.validate import Name


class Bodies(Struct):
    """The linked registry."""

    jurisdictions: dict[str, Jurisdiction] = field(default_factory=dict)
    objects: dict[str, PlanObject] = field(default_factory=dict)
    open_kinds: set[str] = field(default_factory=set)
    agencies: dict[str, Agency] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    zones: Mapping[str, str] = field(default_factory=dict)  # of areas, where not the library's


def link_registry(parts: Iterable[RegistryModel], vocabulary: Vocabulary, linker: Linker) -> Bodies:
    """All parts of the registry together. A thing whose place or kind is unknown is left out."""
    bodies = Bodies()
    parts = tuple(parts)
    zones = bodies.zones = _zones(parts, linker)
    for part in parts:
        bodies.open_kinds.update(linker.all_names("object-kind", part.open_kinds))
        for item_id, area in part.jurisdictions.items():
            _jurisdiction(item_id, area, vocabulary, linker, bodies, zones)
        for item_id, thing in part.objects.items():
            _object(item_id, thing, vocabulary, linker, bodies, zones)
        for item_id, agency in part.agencies.items():
            _agency(item_id, agency, linker, bodies, zones)
    for part in parts:
        for item_id, post in part.posts.items():
            body = linker.name("agency", post.in_)
            if body is not None:
                held_by = optional_text(post.held_by)
                bodies.posts[str(item_id)] = Post(
                    id=str(item_id),
                    label=label_of(post.label, item_id),
                    body=body,
                    held_by=held_by,
                    span=item_id.span,
                    contacts=_contacts(post.contacts, linker),
                )
        for item_id, role in part.roles.items():
            function, tier = str(role.function), linker.name("tier", role.tier)
            if not linker.names.find("function", function):
                linker.findings.append(
                    finding(
                        "role-of-nobody",
                        role.function.span,
                        name=str(item_id),
                        function=function,
                        nearest=linker.names.suggest("function", function),
                    )
                )
            label = label_of(role.label, item_id)
            bodies.roles[str(item_id)] = Role(str(item_id), label, function, tier, item_id.span)
        for relation in part.relations:
            giver, receiver = (linker.name("agency", n) for n in (relation.from_, relation.to))
            if giver is not None and receiver is not None:
                bodies.relations.append(Relation(giver, receiver, relation.mode))
    _check(bodies, vocabulary, linker)
    return bodies


def _zones(parts: Iterable[RegistryModel], linker: Linker) -> Mapping[str, str]:
    """The time zone of each area that has one of its own, or lies in one that has."""
    models = {str(name): model for part in parts for name, model in part.jurisdictions.items()}
    own = {name: linker.time_zone(model.time_zone) for name, model in models.items()}
    found: dict[str, str] = {}
    for name in models:
        path: list[str] = []
        current: str | None = name
        while current is not None and current not in path:
            path.append(current)
            zone = own.get(current)
            if zone is not None:
                found[name] = zone
                break
            above = models[current].in_ if current in models else None
            ids = linker.names.find("jurisdiction", str(above)) if above is not None else ()
            current = ids[0] if len(ids) == 1 else None
    return found


def _jurisdiction(
    item_id: Name,
    model: JurisdictionModel,
    vocabulary: Vocabulary,
    linker: Linker,
    bodies: Bodies,
    zones: Mapping[str, str],
) -> None:
    linker = linker.in_zone(zones.get(str(item_id)))
    tier = linker.name("tier", model.tier)
    parent = linker.name("jurisdiction", model.in_)
    values = _attributes(AREA, model.attributes, vocabulary.area_attributes, linker)
    period = linker.period(model.from_, model.until)
    if tier is not None:
        label = label_of(model.label, item_id)
        served = linker.all_names("tier", model.serves_as)
        _check_served(tier, served, model.serves_as, vocabulary, linker)
        bodies.jurisdictions[str(item_id)] = Jurisdiction(
            str(item_id),
            label,
            tier,
            parent,
            values,
            period,
            item_id.span,
            zones.get(str(item_id)) if model.time_zone is not None else None,
            served,
        )


def _check_served(
    tier: str,
    served: Iterable[str],
    written: Sequence[Name],
    vocabulary: Vocabulary,
    linker: Linker,
) -> None:
    """An area plays the part of tiers below its own only."""
    order = [one.id for one in vocabulary.tiers]
    for one in served:
        if order.index(one) <= order.index(tier):
            reason = Text(f"{one} is not below {tier}", f"{one} 不在 {tier} 之下")
            linker.findings.append(
                finding("key-unsuited", written[0].span, key="serves-as", reason=reason)
            )


def _object(
    item_id: Name,
    model: ObjectModel,
    vocabulary: Vocabulary,
    linker: Linker,
    bodies: Bodies,
    zones: Mapping[str, str],
) -> None:
    kind = linker.name("object-kind", model.kind)
    area = linker.name("jurisdiction", model.in_)
    linker = linker.in_zone(zones.get(area or ""))
    period = linker.period(model.from_, model.until)
    if kind is None or area is None:
        return
    declared = vocabulary.object_kinds[kind].attributes
    values = _attributes(kind, model.attributes, declared, linker)
    label = label_of(model.label, item_id)
    bodies.objects[str(item_id)] = PlanObject(
        str(item_id), label, kind, area, values, period, item_id.span
    )


def _agency(
    item_id: Name,
    model: AgencyModel,
    linker: Linker,
    bodies: Bodies,
    zones: Mapping[str, str],
) -> None:
    area = linker.name("jurisdiction", model.in_)
    linker = linker.in_zone(zones.get(area or ""))
    agency = Agency(
        id=str(item_id),
        label=label_of(model.label, item_id),
        area=area or "",
        period=linker.period(model.from_, model.until),
        successors=linker.all_names("agency", model.successors),
        reports_to=linker.name("agency", model.reports_to),
        function=optional_text(model.function),
        vertical=model.vertical,
        span=item_id.span,
        contacts=_contacts(model.contacts, linker),
    )
    if area is not None:
        bodies.agencies[str(item_id)] = agency


def _contacts(models: Sequence[ContactModel], linker: Linker) -> tuple[Contact, ...]:
    return tuple(
        Contact(
            text=optional_text(model.text),
            phone=texts(model.phone),
            room=optional_text(model.room),
            as_of=linker.date(model.as_of),
        )
        for model in models
    )


def _attributes(
    owner: str,
    written: Mapping[Name, Node],
    declared: Mapping[str, Attribute],
    linker: Linker,
) -> dict[str, tuple[DatedValue, ...]]:
    linked: dict[str, tuple[DatedValue, ...]] = {}
    for name, node in written.items():
        item_id = linker.name(f"attribute:{owner}", name)
        if item_id is None or item_id not in declared:
            continue
        stated = [
            DatedValue(period, value)
            for period, item in _dated(node, linker)
            if (value := _value(owner, declared[item_id], item, linker)) is not None
        ]
        linked[item_id] = tuple(sorted(stated, key=lambda dated: dated.period.since or 0))
        _check_periods(name, linked[item_id], linker)
    return linked


def _value(owner: str, attribute: Attribute, node: Node, linker: Linker) -> ValueSet | None:
    kind = f"value:@{owner}/{attribute.id}"
    return value_of(node, attribute, linker.names, kind, linker.findings)


def _dated(node: Node, linker: Linker) -> list[tuple[Period, Node]]:
    """One value for all time, or a list of `{value, from, until}`."""
    if isinstance(node, SequenceNode):
        items = node.items
    elif isinstance(node, MappingNode):
        items = (node,)
    else:
        return [(Period(), node)]
    from planengine.model.registry import DatedValueModel
    from planengine.reading.validate import build

    models = [build(item, DatedValueModel, linker.findings) for item in items]
    return [(linker.period(m.from_, m.until), m.value) for m in models if m is not None]


def _check_periods(name: Name, values: tuple[DatedValue, ...], linker: Linker) -> None:
    for before, after in pairwise(values):
        until, since = before.period.until, after.period.since
        if until is None or since is None or since < until:
            linker.findings.append(finding("period-overlap", name.span, name=str(name)))
            return


def _check(bodies: Bodies, vocabulary: Vocabulary, linker: Linker) -> None:
    order = {tier.id: index for index, tier in enumerate(vocabulary.tiers)}
    for area in bodies.jurisdictions.values():
        parent = bodies.jurisdictions.get(area.parent or "")
        if parent is not None and order[parent.tier] >= order[area.tier]:
            linker.findings.append(
                finding(
                    "wrong-tier",
                    area.span,
                    name=area.id,
                    tier=area.tier,
                    parent=parent.id,
                    parent_tier=parent.tier,
                )
            )
    areas, agencies = bodies.jurisdictions, bodies.agencies
    check_circles(linker, areas, lambda a: a.parent, Text("jurisdictions", "辖区从属"))
    check_circles(linker, agencies, lambda a: a.reports_to, Text("reports-to", "机构隶属"))


def link_sources(parts: Iterable[SourcesModel], linker: Linker) -> dict[str, Source]:
    """All sources of the library."""
    return {
        str(item_id): source
        for part in parts
        for item_id, model in part.entries.items()
        if (source := _source(item_id, model, linker)) is not None
    }


def _source(item_id: Name, model: SourceModel, linker: Linker) -> Source | None:
    rank = linker.name("rank", model.rank)
    editions = [linker.edition(edition) for edition in model.editions]
    replaces = linker.all_names("source", model.replaces)
    if rank is None:
        return None
    return Source(
        str(item_id),
        label_of(model.label, item_id),
        rank,
        optional_text(model.number),
        tuple(SourceEdition(e.number, e.period, e.issued) for e in editions),
        replaces,
        item_id.span,
    )
