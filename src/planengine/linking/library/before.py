"""What linking found before, so that only what an edit touches is linked again.

A standard or plan follows from its model and from what it is linked against (`Each`). Where
both are as they were, so are the linked document, its findings and what it mentions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span
from planengine.domain.documents import Plan, Standard
from planengine.domain.ids import RuleId
from planengine.domain.names import Mention, Names
from planengine.domain.places import Agency, Jurisdiction, PlanObject, Post, Role
from planengine.domain.terms import ActTerm
from planengine.domain.vocabulary import Fact, Hazard, Moment, Verb
from planengine.domain.written import Written
from planengine.linking.library.built_in import BuiltIn
from planengine.linking.library.duties import Overdue
from planengine.linking.library.linker import Linker
from planengine.linking.library.registry import Bodies

Declared: TypeAlias = (
    Fact | Hazard | Jurisdiction | PlanObject | Agency | Post | Role | Verb | Moment
)


class Each(Struct, frozen=True):
    """What every standard and plan is linked against; `home` as the manifest names it."""

    names: Names
    bodies: Bodies
    built_in: BuiltIn
    governed: Mapping[str, str | None]
    zone: str
    home: str

    def linker(
        self, findings: list[Diagnostic], posts: dict[str, str], zone: str, document: str
    ) -> Linker:
        """The linker of one document, whose dates are those of a time zone."""
        return Linker(
            self.names,
            findings,
            posts=posts,
            built_in=BuiltIn(self.built_in.verbs, self.built_in.moments),
            governed=self.governed,
            zone=zone,
            document=document,
        )


class Linked(Struct, frozen=True):
    """One standard or plan, and all that linking it brought.

    `key` is a standard's id or "<jurisdiction>/<plan id>"; the document is None where it could
    not be linked. `written` is what has an id in it.
    """

    key: str
    document: Standard | Plan | None
    written: Mapping[RuleId, Written]
    acts: tuple[ActTerm, ...]
    findings: tuple[Diagnostic, ...]
    mentions: tuple[Mention, ...]
    wanting: Mapping[tuple[str, str], Span | None]
    overdue: Overdue


class Before(Protocol):
    """What was linked last time, of which each document follows from its model and `Each`."""

    def begin(self, each: Each) -> None:
        """Keep what was linked where it was linked against the same."""
        ...

    def get(self, model: object) -> Linked | None:
        """What linking a model brought; None for one that is new."""
        ...

    def end(self, linked: Sequence[tuple[object, Linked]]) -> None:
        """Keep these, and no others."""
        ...


class InMemory(Struct):
    """What was linked last time in this process, by the identity of the model."""

    each: Each | None = None
    linked: dict[int, tuple[object, Linked]] = field(default_factory=dict)

    def begin(self, each: Each) -> None:
        """Keep what was linked where it was linked against the same."""
        if self.each is None or not _is_same(self.each, each):
            self.linked = {}
        self.each = each

    def get(self, model: object) -> Linked | None:
        """What linking a model brought; None for one that is new."""
        kept = self.linked.get(id(model))
        return kept[1] if kept is not None and kept[0] is model else None

    def end(self, linked: Sequence[tuple[object, Linked]]) -> None:
        """Keep these, and no others."""
        self.linked = {id(model): (model, one) for model, one in linked}


def _is_same(one: Each, other: Each) -> bool:
    """Whether documents link alike; where things are declared only helps to explain findings."""
    a, b = one.names, other.names
    return (
        a.spellings == b.spellings
        and a.documents == b.documents
        and a.scales == b.scales
        and a.object_kinds == b.object_kinds
        and a.area_attributes == b.area_attributes
        and a.dialect == b.dialect
        and a.foreign == b.foreign
        and (one.governed, one.zone, one.home) == (other.governed, other.zone, other.home)
        and one.bodies.zones == other.bodies.zones
        and all(_alike(x, y) for x, y in zip(_declared(one), _declared(other), strict=True))
    )


def _declared(each: Each) -> tuple[Mapping[str, Declared], ...]:
    """The things that documents name and that know where they are declared."""
    names, bodies, built_in = each.names, each.bodies, each.built_in
    return (
        names.facts,
        names.hazards,
        bodies.jurisdictions,
        bodies.objects,
        bodies.agencies,
        bodies.posts,
        bodies.roles,
        built_in.verbs,
        built_in.moments,
    )


def _alike(one: Mapping[str, Declared], other: Mapping[str, Declared]) -> bool:
    """Whether things are the same, wherever they are declared now."""
    return [*one] == [*other] and all(
        a == b or a == replace(b, span=a.span)
        for a, b in zip(one.values(), other.values(), strict=True)
    )
