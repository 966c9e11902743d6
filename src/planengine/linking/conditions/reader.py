"""What every part of the condition parser shares: the scope, the sink, and small helpers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.diagnostics.suggest import did_you_mean
from planengine.domain.ids import Origin
from planengine.domain.names import AREA
from planengine.domain.terms import HERE, At, Enclosing, Place, Term
from planengine.linking.conditions.scope import ConditionScope, NameResolver
from planengine.linking.conditions.written import written
from planengine.reading.nodes import MappingNode, Node, ScalarNode
from planengine.values.durations import Role, parse_duration
from planengine.values.sets import Choice


class Reader(Struct, frozen=True):
    """The state of reading one condition; `forecast` seconds inside `expected`.

    `covering` is how many of these forecasts must cover; None: all. `day` is the calendar day
    that is read instead, 0 being today.
    """

    scope: ConditionScope
    findings: list[Diagnostic]
    forecast: int | None = None
    covering: int | None = None
    day: int | None = None

    @property
    def names(self) -> NameResolver:
        """The names of the library."""
        return self.scope.names

    def counting(self, members_kind: str) -> Reader:
        """The reader of the body of a count."""
        return replace(self, scope=replace(self.scope, members_kind=members_kind))

    def under(self, clause: str) -> Reader:
        """The reader of a condition whose acts are named `<prefix>.<clause>.…`."""
        before = self.scope.clause_prefix.rstrip(".")
        prefix = f"{before}.{clause}" if before else clause
        return replace(self, scope=replace(self.scope, clause_prefix=prefix))

    @property
    def attribute_owner(self) -> str:
        """Whose attributes a bare `@attribute` names: the counted kind's, else the area's."""
        kind = self.scope.members_kind
        return kind if kind is not None and self.names.find("object-kind", kind) else AREA


ReadCondition: TypeAlias = Callable[[Node, Reader], Term]


class NamedValues(Struct, frozen=True):
    """The values of a category by id, label or alias; `kind` is `value:<fact>` and the like.

    `span` is where they are being read.
    """

    names: NameResolver
    kind: str
    span: Span | None = None

    def find(self, text: str) -> Choice | None:
        """The value that `text` means, or None."""
        found = self.names.find(self.kind, text)
        if len(found) != 1:
            return None
        self.names.mention(self.kind, found[0], text, self.span)
        return found[0]

    def suggest(self, text: str) -> str | None:
        """The nearest spelling to a mistyped one."""
        return self.names.suggest(self.kind, text)


def origin_of(key: ScalarNode, value: Node) -> Origin:
    """An entry as its author wrote it."""
    span = join(key.span, value.span)
    text = written(value)
    if isinstance(value, MappingNode):
        text = f"{{{text}}}"
    return Origin(f"{key.text}: {text}", span)


def join(start: Span, end: Span) -> Span:
    """From where one place begins to where another ends."""
    return Span(start.file, start.line, start.column, end.end_line, end.end_column)


def read_place(text: str, span: Span, reader: Reader) -> Place | None:
    """A named area or object, or the enclosing area of a tier; None with a finding."""
    names = reader.names
    if not names.find("place", text):
        tiers = names.find("tier", text)
        if len(tiers) == 1:
            names.mention("tier", tiers[0], text, span)
            return Enclosing(tiers[0])
    place = names.resolve("place", text, span, reader.findings)
    return None if place is None else At(place)


def place_of(text: str | None, span: Span, reader: Reader) -> Place | None:
    """The place written after `@`; here where none is written."""
    return HERE if text is None else read_place(text.strip(), span, reader)


def read_fields(
    key: ScalarNode,
    node: Node,
    required: tuple[str, ...],
    optional: tuple[str, ...],
    reader: Reader,
) -> Mapping[str, Node] | None:
    """The fields of a clause; None, with findings, where it is not of that shape."""
    if not isinstance(node, MappingNode):
        example = f"{key.text}: {{{', '.join(f'{field}: …' for field in required)}}}"
        reader.findings.append(finding("clause-shape", node.span, key=key.text, example=example))
        return None
    known = (*required, *optional)
    fields: dict[str, Node] = {}
    for name, value in node.entries:
        if name.text in known:
            fields[name.text] = value
        else:
            nearest = did_you_mean(name.text, known)
            reader.findings.append(
                finding("unknown-key", name.span, key=name.text, suggestion=nearest)
            )
    missing = [field for field in required if field not in fields]
    for field in missing:
        place = Text(f"`{key.text}`", f"`{key.text}` ")
        reader.findings.append(finding("missing-key", key.span, place=place, key=field))
    return None if missing else fields


def read_text(node: Node, reader: Reader) -> str | None:
    """A text that is not empty; None with a finding."""
    if isinstance(node, ScalarNode) and node.value is not None and node.text.strip():
        return node.text
    reader.findings.append(finding("text-needed", node.span))
    return None


def read_duration(node: Node, reader: Reader, role: Role | None = None) -> int | None:
    """A duration in seconds; None with a finding. `role` lets words of it stand beside it."""
    text = read_text(node, reader)
    if text is None:
        return None
    seconds = parse_duration(text, role)
    if seconds is None:
        reader.findings.append(finding("bad-duration", node.span, text=text))
    return seconds
