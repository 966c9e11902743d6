"""Declares every name of a library before anything is linked, and finds ids declared twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.names import AREA, Names, Spellings
from planengine.domain.parts import Label
from planengine.linking.library.ids import check_id

if TYPE_CHECKING:
    from planengine.linking.documents import Documents
    from planengine.model.vocabulary import AttributeModel, QuantityModel, VocabularyModel
    from planengine.reading.validate import Name

KINDS = (
    "fact",
    "scale",
    "hazard",
    "tier",
    "object-kind",
    "verb",
    "rank",
    "plan-kind",
    "moment",
    "member-role",
    "calendar",
    "source",
    "jurisdiction",
    "object",
    "agency",
    "post",
    "role",
    "function",
    "standard",
    "plan",
    "plan-key",
    "attribute:area",
)

_FIRST = Text("first declared here", "首次声明于此")


class _Labelled(Protocol):
    label: dict[str, str]
    aliases: list[Name]


class _Listed(_Labelled, Protocol):
    id: Name


def label_of(texts: Mapping[str, str], item_id: str = "") -> Label:
    """The label as written; a thing without one is called by its id."""
    if not texts:
        return Label((("en", str(item_id)),)) if item_id else Label()
    return Label(tuple((str(language), str(text)) for language, text in texts.items()))


class Declarations:
    """All spellings, and where each id was first declared."""

    def __init__(self, findings: list[Diagnostic]) -> None:
        self.spellings = Spellings()
        self.findings = findings
        self._first: dict[tuple[str, ...], Span | None] = {}
        for kind in KINDS:
            self.spellings.declare(kind)

    def once(self, name: Name, *key: str) -> bool:
        """Whether this is the first declaration of `key`; a finding when it is not."""
        if key not in self._first:
            self._first[key] = name.span
            return True
        first = self._first[key]
        related = ((_FIRST, first),) if first is not None else ()
        self.findings.append(finding("duplicate-id", name.span, name=str(name), related=related))
        return False

    def mapping(self, kind: str, things: Mapping[Name, _Labelled], group: str = "") -> None:
        """Declare things written as a mapping from id to thing."""
        for item_id, thing in things.items():
            check_id(item_id, self.findings)
            self.once(item_id, group or kind, item_id)
            label, aliases = label_of(thing.label), map(str, thing.aliases)
            self.spellings.add(kind, str(item_id), label, aliases, item_id.span)

    def listed(self, kind: str, things: Iterable[_Listed]) -> None:
        """Declare things written as a list, each with its id."""
        self.spellings.declare(kind)
        for thing in things:
            check_id(thing.id, self.findings)
            self.once(thing.id, kind, thing.id)
            label, aliases = label_of(thing.label), map(str, thing.aliases)
            self.spellings.add(kind, str(thing.id), label, aliases, thing.id.span)


def declare(documents: Documents, findings: list[Diagnostic]) -> Spellings:
    """Every spelling of every named thing in the documents."""
    made = Declarations(findings)
    for vocabulary in documents.vocabularies:
        _vocabulary(made, vocabulary)
    for sources in documents.sources:
        made.mapping("source", sources.entries)
    for registry in documents.registries:
        # An area and an object share the names of places, an agency and a role of providers.
        made.mapping("jurisdiction", registry.jurisdictions, "place")
        made.mapping("object", registry.objects, "place")
        made.mapping("agency", registry.agencies, "provider")
        made.mapping("role", registry.roles, "provider")
        made.mapping("post", registry.posts)
        for agency in registry.agencies.values():
            if agency.function is not None:
                made.spellings.add("function", str(agency.function), Label())
    _ruled(made, documents)
    made.spellings.join()
    return made.spellings


def _vocabulary(made: Declarations, part: VocabularyModel) -> None:
    for unit in part.units:
        made.once(unit, "unit", unit)
    made.mapping("fact", part.facts)
    for item_id, fact in part.facts.items():
        _values(made, f"value:{item_id}", fact)
    made.mapping("scale", part.scales)
    for item_id, scale in part.scales.items():
        made.listed(f"level:{item_id}", scale.levels)
        if scale.floor is not None:
            made.listed(f"floor:{item_id}", (scale.floor,))
    made.mapping("hazard", part.hazards)
    made.listed("tier", part.tiers)
    made.mapping("object-kind", part.object_kinds)
    for item_id, kind in part.object_kinds.items():
        made.spellings.declare(f"attribute:{item_id}")
        _attributes(made, str(item_id), kind.attributes)
    _attributes(made, AREA, part.jurisdiction_attributes)
    made.listed("verb", part.verbs)
    made.listed("rank", part.ranks)
    made.listed("plan-kind", part.plan_kinds)
    made.mapping("moment", part.moments)
    made.listed("member-role", part.member_roles)
    made.mapping("calendar", part.calendars)


def _attributes(made: Declarations, owner: str, attributes: Mapping[Name, AttributeModel]) -> None:
    made.mapping(f"attribute:{owner}", attributes)
    for item_id, attribute in attributes.items():
        _values(made, f"value:@{owner}/{item_id}", attribute)


def _values(made: Declarations, kind: str, quantity: QuantityModel) -> None:
    if quantity.values:
        made.listed(kind, quantity.values)


def _ruled(made: Declarations, documents: Documents) -> None:
    for standard in documents.standards:
        check_id(standard.standard, made.findings)
        made.once(standard.standard, "standard", standard.standard, standard.edition.number)
        label, aliases = label_of(standard.label), map(str, standard.aliases)
        item_id = standard.standard
        made.spellings.add("standard", str(item_id), label, aliases, item_id.span)
    names = Names(made.spellings.known)
    for plan in documents.plans:
        for name in (plan.plan, *plan.tracks):
            check_id(name, made.findings)
        made.once(plan.plan, "plan", plan.jurisdiction, plan.plan, plan.edition.number)
        label, aliases = label_of(plan.label), map(str, plan.aliases)
        made.spellings.add("plan", str(plan.plan), label, aliases, plan.plan.span)
        owners = [str(plan.plan)]
        areas = names.find("jurisdiction", str(plan.jurisdiction))
        if len(areas) == 1:
            owners.append(f"{areas[0]}/{plan.plan}")
            made.spellings.add(
                "plan-key", owners[-1], label, map(str, plan.aliases), plan.plan.span
            )
        for kind in (f"track:plan/{owner}" for owner in owners):
            made.spellings.declare(kind)
            for item_id, track in plan.tracks.items():
                label, aliases = label_of(track.label), map(str, track.aliases)
                made.spellings.add(kind, str(item_id), label, aliases, item_id.span)
