"""What a condition is read against: the names of the library, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, Protocol

from msgspec import Struct, field

from planengine.diagnostics import Diagnostic, Span
from planengine.domain.ids import DoneOf
from planengine.domain.statements import DutyKind
from planengine.domain.terms import ActTerm, Term
from planengine.domain.vocabulary import Attribute, Fact, Scale
from planengine.values.dialect import Dialect


class DocumentNames(Protocol):
    """What conditions must know of a standard or plan: the scale of each of its tracks."""

    @property
    def tracks(self) -> Mapping[str | None, str]:
        """The scale of each track; None is the track of a document that has only one."""
        ...

    @property
    def warnings(self) -> frozenset[str | None]:
        """The tracks that have warnings."""
        ...

    @property
    def duties(self) -> frozenset[tuple[DutyKind, str]]:
        """Its actions, reports and releases by kind and id."""
        ...


class NameResolver(Protocol):
    """The library's names, as `planengine.domain.names.Names` offers them.

    Kinds that conditions ask for: fact, scale, `level:<scale>`, place, tier, object-kind,
    standard, plan, `track:<standard or plan>/<id>`, `attribute:<object kind or area>`,
    `value:<fact>`, `value:@<object kind or area>/<attribute>`, moment, calendar, agency,
    post, role.
    """

    @property
    def facts(self) -> Mapping[str, Fact]:
        """Every fact by id."""
        ...

    @property
    def scales(self) -> Mapping[str, Scale]:
        """Every scale by id."""
        ...

    @property
    def dialect(self) -> Dialect:
        """How the library writes bounds."""
        ...

    def dialect_at(self, span: Span, /) -> Dialect:
        """How bounds are written at a place."""
        ...

    def find(self, kind: str, text: str) -> tuple[str, ...]:
        """The ids that `text` (id, label or alias) can mean; quietly."""
        ...

    def suggest(self, kind: str, text: str) -> str | None:
        """The nearest spelling of that kind, or None."""
        ...

    def resolve(
        self, kind: str, text: str, span: Span | None, findings: list[Diagnostic]
    ) -> str | None:
        """The id that `text` means; None with a finding when there is none or no single one."""
        ...

    def mention(
        self, kind: str, item_id: str, text: str, span: Span | None, *, declares: bool = False
    ) -> None:
        """Keep where a thing is named."""
        ...

    def attributes(self, owner: str) -> Mapping[str, Attribute]:
        """The attributes of an object kind, or of areas (`area`, or a tier's id), by id."""
        ...

    def is_none(self, scale: str, text: str, /) -> bool:
        """Whether a text says that no level of a scale is reached."""
        ...

    def standards_on(self, scale: str, reader: str, /) -> tuple[str, ...]:
        """The standards on a scale for hazards that the reading document is for too."""
        ...

    def document(self, kind: Literal["standard", "plan"], name: str, /) -> DocumentNames | None:
        """What is known of the standard or plan of this id."""
        ...


class ConditionScope(Struct, frozen=True):
    """Where a condition stands.

    `definitions` are the plan's or standard's named conditions. `document` is what its acts
    are called after: `flood` gives `flood.needed` for the id `needed`, and `clause_prefix`
    begins the names of those without an id: `flood.II` gives `flood.II.judged-1`. Every act
    read is appended to `acts`, which the caller shares between all conditions of one document,
    so that they are unique in it. `members_kind` is, inside a count, the kind, tier or
    `incident` that is counted. `kind_of` gives the kind of each object by its id, for
    attributes of a named object. `key` is the document's own ("<jurisdiction>/<plan id>" of a
    plan, whose jurisdiction is `area`), and `plan` finds the key of the plan that a text means.
    `anchors` are the document's actions by how their end is written: `done.<action>`.
    """

    names: NameResolver
    definitions: Mapping[str, Term] = field(default_factory=dict)
    document: str = ""
    clause_prefix: str = ""
    acts: list[ActTerm] = field(default_factory=list)
    members_kind: str | None = None
    kind_of: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    area: str | None = None
    plan: Callable[[str, Span], str | None] = lambda _text, _span: None
    anchors: Mapping[str, DoneOf] = field(default_factory=dict)
