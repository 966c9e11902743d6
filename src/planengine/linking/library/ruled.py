"""What linking one edition of a standard or plan needs throughout: its scope of conditions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from planengine.diagnostics import Span, Text, finding
from planengine.domain.ids import DoneOf
from planengine.domain.terms import NEVER_TERM, ActTerm, Term
from planengine.linking.conditions.conditions import parse_condition
from planengine.linking.conditions.scope import ConditionScope
from planengine.linking.library.linker import Linker
from planengine.linking.library.plans_meant import plan_key_meant
from planengine.reading.nodes import Node
from planengine.reading.validate import Name


class Ruled(Struct):
    """One document being linked.

    `prefix` begins the names of its acts; `scales` is the scale of each of its tracks;
    `kinds` is the kind of object that a track is decided once for, where it is one, and `kind`
    that of the condition being read: bare facts and attributes are then those of the object;
    `groups` are its working groups by every spelling, `anchors` its actions by `done.…`.
    """

    linker: Linker
    prefix: str
    kind_of: Mapping[str, str]
    scales: Mapping[str | None, str]
    key: str = ""  # a standard's id or "<jurisdiction>/<plan id>"
    area: str | None = None  # of a plan: its jurisdiction
    groups: Mapping[str, str] = field(default_factory=dict)
    anchors: Mapping[str, DoneOf] = field(default_factory=dict)
    kinds: Mapping[str | None, str] = field(default_factory=dict)
    kind: str | None = None
    acts: list[ActTerm] = field(default_factory=list)
    definitions: Mapping[str, Term] = field(default_factory=dict)

    def scope(self, clause: str) -> ConditionScope:
        """The scope of a condition of this document; `clause` names where it stands."""
        prefix = f"{self.prefix}.{clause}".rstrip(".")
        return ConditionScope(
            names=self.linker.names,
            definitions=self.definitions,
            document=self.prefix,
            clause_prefix=prefix,
            acts=self.acts,
            members_kind=self.kind,
            kind_of=self.kind_of,
            key=self.key,
            area=self.area,
            plan=self.plan_key,
            anchors=self.anchors,
        )

    def plan_key(self, text: str, span: Span) -> str | None:
        """The key of the plan that a text means here; None with a finding."""
        return plan_key_meant(self.linker.names, text, self.area, span, self.linker.findings)

    def of_track(self, track: str | None) -> Ruled:
        """The same document for reading what belongs to one track, or to all of them (None).

        What belongs to all is read of an object only where all are decided for its kind.
        """
        every = {self.kinds.get(name) for name in self.scales}
        shared = every.pop() if len(every) == 1 else None
        return replace(self, kind=self.kinds.get(track) if track in self.scales else shared)

    def of_areas(self) -> Ruled:
        """The same document for reading what is asked of its own area."""
        return replace(self, kind=None)

    def condition(self, node: Node, clause: str) -> Term:
        """A condition of this document."""
        return parse_condition(node, self.scope(clause), self.linker.findings)

    def optional(self, node: Node | None, clause: str) -> Term | None:
        """A condition of this document, if one is written."""
        return None if node is None else self.condition(node, clause)

    def define(self, written: Mapping[Name, Node]) -> None:
        """Read the named conditions; they may use each other in any order."""
        for declared in written:
            self.linker.declares("definition", declared)
        table = Definitions(self, written)
        self.definitions = table
        for name in table:
            table[name]

    def track(self, text: Name | None, document: str) -> str | None:
        """The track meant: the named one, else the only one, else None for all of them."""
        if text is not None:
            return self.linker.name(f"track:plan/{document}", text)
        return next(iter(self.scales)) if len(self.scales) == 1 else None

    def scale(self, track: str | None, document: str, where: Name | None) -> str | None:
        """The scale of a track; of all tracks when they share one; else a finding."""
        if track in self.scales:
            return self.scales[track]
        shared = set(self.scales.values())
        if len(shared) == 1:
            return shared.pop()
        if not shared:
            return None  # an unknown scale, which is told where it is written
        tracks = tuple(str(track) for track in self.scales)
        span = where.span if where is not None else None
        self.linker.findings.append(finding("track-needed", span, name=document, tracks=tracks))
        return None


class Definitions(Mapping[str, Term]):
    """The named conditions of a document, each read when first used."""

    def __init__(self, document: Ruled, written: Mapping[Name, Node]) -> None:
        self._document = document
        self._written = {str(name): (name, node) for name, node in written.items()}
        self._read: dict[str, Term] = {}
        self._reading: list[str] = []

    def __getitem__(self, name: str) -> Term:
        if name in self._read:
            return self._read[name]
        place, node = self._written[name]
        if name in self._reading:
            path = " → ".join((*self._reading[self._reading.index(name) :], name))
            what = Text("definitions", "定义")
            self._document.linker.findings.append(
                finding("cyclic-reference", place.span, what=what, path=path)
            )
            return NEVER_TERM
        self._reading.append(name)
        self._read[name] = self._document.of_track(None).condition(node, name)
        self._reading.pop()
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._written

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)
