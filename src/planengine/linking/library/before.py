"""What linking found before, so that only what an edit touches is linked again.

A standard or plan follows from its model and from what it is linked against (`Each`). Where
both are as they were, so are the linked document, its findings and what it mentions.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from planengine.diagnostics import Diagnostic, Span
from planengine.domain.documents import Plan, Standard
from planengine.domain.names import Mention, Names
from planengine.domain.terms import ActTerm
from planengine.linking.library.built_in import BuiltIn
from planengine.linking.library.duties import Overdue
from planengine.linking.library.linker import Linker
from planengine.linking.library.registry import Bodies


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
    not be linked.
    """

    key: str
    document: Standard | Plan | None
    acts: tuple[ActTerm, ...]
    findings: tuple[Diagnostic, ...]
    mentions: tuple[Mention, ...]
    wanting: Mapping[tuple[str, str], Span | None]
    overdue: Overdue


class Before(Struct):
    """What was linked last time, by the identity of the model that it follows from."""

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

    def end(self, linked: Mapping[int, tuple[object, Linked]]) -> None:
        """Keep these, and no others."""
        self.linked = dict(linked)


def _is_same(one: Each, other: Each) -> bool:
    """Whether documents link alike; where names are declared only helps to explain findings."""
    a, b = one.names, other.names
    return (
        a.spellings == b.spellings
        and a.documents == b.documents
        and a.facts == b.facts
        and a.scales == b.scales
        and a.object_kinds == b.object_kinds
        and a.area_attributes == b.area_attributes
        and a.hazards == b.hazards
        and a.dialect == b.dialect
        and a.foreign == b.foreign
        and one.bodies == other.bodies
        and one.built_in.verbs == other.built_in.verbs
        and one.built_in.moments == other.built_in.moments
        and (one.governed, one.zone, one.home) == (other.governed, other.zone, other.home)
    )
