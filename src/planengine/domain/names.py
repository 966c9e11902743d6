"""Names: from anything an author may write for a thing (id, label, alias) to its id.

A *kind* is a word such as `fact`, `agency` or `tier`. Some kinds belong to an owner and are
written with it: `level:<scale>`, `attribute:<object kind or area>`, `value:<fact>`,
`value:@<object kind or area>/<attribute>`, `track:<plan or standard>/<id>`.
`place` is every area and object.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from planengine.domain.parts import Label
from planengine.domain.statements import DutyKind
from planengine.domain.vocabulary import Attribute, Fact, Hazard, ObjectKind, Scale
from planengine.values.dialect import PLAIN, Dialect
from planengine.values.languages import USUAL

if TYPE_CHECKING:
    from planengine.diagnostics import Text
    from planengine.diagnostics.diagnostic import Diagnostic, Span

AREA = "area"
_MOST_SUGGESTED = 10_000  # names kept with what was meant by them: feeds repeat their mistakes
JOINED: Mapping[str, tuple[str, ...]] = {
    "place": ("jurisdiction", "object"),
    "provider": ("agency", "role"),
    "authority": ("jurisdiction", "agency"),
    "body": ("agency", "post"),
}
"""Kinds that hold every name of several others."""
_TOLD_APART = ("agency", "post", "role", "jurisdiction", "object")
NO_LEVEL = frozenset({"none", "无"})

DocumentKind = Literal["standard", "plan"]


def owned(kind: str) -> tuple[str, str]:
    """A kind's own word, and the owner that it is written with; "" where it has none."""
    plain, _, owner = kind.partition(":")
    return plain, owner


class Mention(NamedTuple):
    """A place where a thing is named: what it is, and what is written for it there.

    `span` is that of the whole scalar, of which `text` may be a part: `hankou` of
    `water-level@hankou`. `declares` tells that the thing is declared there. Areas, objects,
    agencies, roles and posts have the kind that they are, a plan `plan` and its bare id; what
    belongs to one document (`action`, `report`, `release`, `group`, `definition`) has its key
    after the kind: `action:linjiang/flood`.
    """

    kind: str
    id: str
    text: str
    span: Span
    declares: bool = False

    @property
    def plain(self) -> str:
        """The kind without its owner."""
        return owned(self.kind)[0]

    @property
    def owner(self) -> str:
        """To what the kind belongs; "" for most."""
        return owned(self.kind)[1]


class Document(Struct, frozen=True):
    """What conditions must know of a standard or plan: the scale of each of its tracks.

    Plans are known by their id, and each again by its key "<jurisdiction>/<plan id>".
    A standard, and a plan with one unnamed track, has the track None. `warnings` are the
    tracks that have warnings, `areas` the jurisdictions that have a plan of this id, `duties`
    its actions, reports and releases by kind and id, `hazards` what it is for. Editions and
    jurisdictions that share an id are joined.
    """

    id: str
    kind: DocumentKind
    tracks: Mapping[str | None, str]
    warnings: frozenset[str | None] = frozenset()
    areas: tuple[str, ...] = ()
    duties: frozenset[tuple[DutyKind, str]] = frozenset()
    hazards: frozenset[str] = frozenset()

    @property
    def scales(self) -> frozenset[str]:
        """The scales its levels are on."""
        return frozenset(self.tracks.values())


@dataclass(frozen=True, slots=True)
class Names:
    """Every spelling of every named thing, and what the condition parser must know of it."""

    spellings: Mapping[str, Mapping[str, tuple[str, ...]]]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    object_kinds: Mapping[str, ObjectKind] = field(default_factory=dict)
    area_attributes: Mapping[str, Attribute] = field(default_factory=dict)
    hazards: Mapping[str, Hazard] = field(default_factory=dict)
    documents: Mapping[tuple[DocumentKind, str], Document] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Span] = field(default_factory=dict)
    dialect: Dialect = PLAIN
    foreign: frozenset[str] = frozenset()  # files that others keep, in their own language
    mentions: list[Mention] | None = field(default=None, repr=False, compare=False)
    _loose: dict[str, dict[str, tuple[str, ...]]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _suggested: dict[tuple[str, str], str | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    def dialect_at(self, span: Span) -> Dialect:
        """How bounds are written at a place: in another library's file in the usual languages."""
        if span.file not in self.foreign or self.dialect.languages == USUAL:
            return self.dialect
        return replace(self.dialect, languages=USUAL)

    def find(self, kind: str, text: str) -> tuple[str, ...]:
        """The ids that `text` can mean: none, one, or several for an ambiguous label.

        An id wins over a label. Full width, letter case and Roman-numeral characters only
        count when the exact spelling is not found.
        """
        known = self.spellings.get(kind)
        if known is None:
            return ()
        found = known.get(text)
        if found is None:
            loose = self._loose.get(kind)
            if loose is None:
                loose = self._loose[kind] = _loosened(known)
            found = loose.get(normal_spelling(text))
        if found is None:
            return ()
        return (text,) if len(found) > 1 and text in found else found

    def resolve(
        self, kind: str, text: str, span: Span | None, findings: list[Diagnostic]
    ) -> str | None:
        """The id that `text` means; None with a finding when there is none or no single one."""
        found = self.find(kind, text)
        if len(found) == 1:
            self.mention(kind, found[0], text, span)
            return found[0]
        findings.append(
            self.ambiguous(kind, text, span, found) if found else self.unknown(kind, text, span)
        )
        return None

    def mention(
        self, kind: str, item_id: str, text: str, span: Span | None, *, declares: bool = False
    ) -> None:
        """Keep where a thing is named, for those who linked to know it (`mentions`)."""
        if self.mentions is not None and span is not None:
            own = self._own_kind(kind, item_id)
            self.mentions.append(Mention(*own, text, span, declares))

    def _own_kind(self, kind: str, item_id: str) -> tuple[str, str]:
        """The kind and id that a thing is kept under, of whatever joined kind it was asked."""
        if kind == "plan-key":
            return "plan", item_id.rpartition("/")[2]
        if kind.startswith("track:plan/"):
            return f"track:plan/{kind.rpartition('/')[2]}", item_id
        parts = JOINED.get(kind, (kind,))
        own = (part for part in parts if item_id in self.spellings.get(part, {}).get(item_id, ()))
        return next(own, kind), item_id

    def unknown(
        self, kind: str, text: str, span: Span | None, suggestion: str | None = None
    ) -> Diagnostic:
        """The finding for a name that no `kind` has: what it is instead, or the nearest there is.

        `suggestion` is what to write where the name is of another kind.
        """
        from planengine.diagnostics import finding
        from planengine.diagnostics.codes.names import words_of
        from planengine.diagnostics.fixes import respelt

        plain, owner = owned(kind)
        other = self.other_kind(kind, text)
        if other is not None:
            return finding(
                "another-kind",
                span,
                name=text,
                found=words_of(other),
                wanted=words_of(plain),
                suggestion=suggestion,
            )
        if plain == "level":
            scale = self.scales.get(owner)
            levels = _shown(scale) if scale is not None else None
            return finding("unknown-level", span, name=text, scale=owner, levels=levels)
        nearest = self.suggest(kind, text)
        fix = respelt(text, nearest, self.spellings.get(kind, {}), span)
        return finding(f"unknown-{plain}", span, name=text, nearest=nearest, fix=fix)

    def other_kind(self, kind: str, text: str) -> str | None:
        """Which kind of body or place has this name, where `kind` has not."""
        others = (other for other in _TOLD_APART if other != kind)
        return next((other for other in others if len(self.find(other, text)) == 1), None)

    def place(self, kind: str, item_id: str) -> Span | None:
        """Where a thing of a kind is declared."""
        places = (self.places.get((one, item_id)) for one in JOINED.get(kind, (kind,)))
        return next((place for place in places if place is not None), None)

    def ambiguous(
        self, kind: str, text: str, span: Span | None, found: tuple[str, ...]
    ) -> Diagnostic:
        """The finding for a name that several things of a kind have."""
        from planengine.diagnostics import Text, finding

        declared = ((item_id, self.place(kind, item_id)) for item_id in found)
        related = [
            (Text(f"`{item_id}` is declared here", f"`{item_id}` 声明于此"), place)
            for item_id, place in declared
            if place is not None
        ]
        return finding("ambiguous-name", span, related=related, name=text, choices=", ".join(found))

    def suggest(self, kind: str, text: str) -> str | None:
        """The nearest spelling of that kind, or None when none is near."""
        from planengine.diagnostics.suggest import did_you_mean

        if len(self._suggested) > _MOST_SUGGESTED:
            self._suggested.clear()
        if (kind, text) not in self._suggested:
            nearest = did_you_mean(text, self.spellings.get(kind, {}))
            self._suggested[kind, text] = nearest
        return self._suggested[kind, text]

    def is_none(self, scale: str, text: str) -> bool:
        """Whether a text says that no level of a scale is reached, or names its floor."""
        return text in NO_LEVEL or bool(self.find(f"floor:{scale}", text))

    def level(
        self,
        scale: str,
        text: str,
        span: Span | None,
        findings: list[Diagnostic],
        *,
        none_allowed: bool = False,
    ) -> int | None:
        """The rank of a level of `scale`; 0 for `none` where that is allowed."""
        if none_allowed and self.is_none(scale, text):
            return 0
        found = self.resolve(f"level:{scale}", text, span, findings)
        return self.scales[scale].rank(found) if found is not None else None

    def attributes(self, owner: str) -> Mapping[str, Attribute]:
        """The attributes of an object kind, or of areas (`area`, or a tier's id)."""
        kind = self.object_kinds.get(owner)
        return kind.attributes if kind is not None else self.area_attributes

    def standards_on(self, scale: str, reader: str) -> tuple[str, ...]:
        """The standards on a scale for hazards that the reading document is for too.

        A hazard goes with those below and above it. The reader itself is none of them.
        """
        readers = (self.documents.get(("plan", reader)), self.documents.get(("standard", reader)))
        own = {hazard for one in readers if one is not None for hazard in one.hazards}
        return tuple(
            one.id
            for (kind, item), one in self.documents.items()
            if kind == "standard"
            and item != reader
            and scale in one.scales
            and any(self._are_akin(a, b) for a in one.hazards for b in own)
        )

    def _are_akin(self, one: str, other: str) -> bool:
        return one in self._above(other) or other in self._above(one)

    def _above(self, hazard: str) -> tuple[str, ...]:
        """A hazard and those above it."""
        found: list[str] = []
        name: str | None = hazard
        while name is not None and name not in found:
            found.append(name)
            known = self.hazards.get(name)
            name = known.parent if known is not None else None
        return tuple(found)

    def document(self, kind: DocumentKind, item_id: str) -> Document | None:
        """What is known of the standard or plan with this id."""
        return self.documents.get((kind, item_id))


def normal_spelling(text: str) -> str:
    """The spelling without full-width forms, letter case and outer blanks."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _loosened(known: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    loose: dict[str, tuple[str, ...]] = {}
    for spelling, ids in known.items():
        key = normal_spelling(spelling)
        loose[key] = tuple(dict.fromkeys((*loose.get(key, ()), *ids)))
    return loose


def _shown(scale: Scale) -> tuple[Text, ...]:
    """The levels of a scale as an author may write them, most severe first."""
    from planengine.diagnostics import Text

    labels = ((level.id, level.label.text("zh")) for level in scale.levels)
    return tuple(
        Text(item_id, item_id if label in ("", item_id) else f"{item_id}（{label}）")
        for item_id, label in labels
    )


class Spellings:
    """Collects spellings while declarations are read."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, tuple[str, ...]]] = {}
        self.places: dict[tuple[str, str], Span] = {}
        self.declared: list[tuple[str, str, Span]] = []
        """Every declaration, also a further one of what is declared already."""

    def add(
        self,
        kind: str,
        item_id: str,
        label: Label,
        aliases: Iterable[str] = (),
        place: Span | None = None,
    ) -> None:
        """Let an id, the texts of its label, and its aliases all mean the id."""
        if place is not None:
            self.places.setdefault((kind, item_id), place)
            self.declared.append((kind, item_id, place))
        known = self._known.setdefault(kind, {})
        for spelling in (item_id, *(text for _, text in label.texts), *aliases):
            ids = known.get(spelling, ())
            if item_id not in ids:
                known[spelling] = (*ids, item_id)

    def declare(self, kind: str) -> None:
        """Make a kind known even when nothing of it is declared."""
        self._known.setdefault(kind, {})

    def join(self) -> None:
        """Let each joined kind hold every spelling of its parts."""
        for kind, parts in JOINED.items():
            known = self._known.setdefault(kind, {})
            for part in parts:
                for spelling, ids in self._known.get(part, {}).items():
                    known[spelling] = tuple(dict.fromkeys((*known.get(spelling, ()), *ids)))

    def has(self, kind: str, item_id: str) -> bool:
        """Whether the id itself is declared (not only a spelling of another)."""
        return item_id in self._known.get(kind, {}).get(item_id, ())

    @property
    def known(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """What was collected so far: a live view."""
        return self._known


def join_document(found: dict[tuple[DocumentKind, str], Document], document: Document) -> None:
    """Add a document, joined with those of the same id already there."""
    before = found.get((document.kind, document.id))
    if before is not None:
        document = Document(
            document.id,
            document.kind,
            {**before.tracks, **document.tracks},
            before.warnings | document.warnings,
            tuple(dict.fromkeys((*before.areas, *document.areas))),
            before.duties | document.duties,
            before.hazards | document.hazards,
        )
    found[document.kind, document.id] = document
