"""Where a thing is named: definition, references, and every place that a new name changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.names import JOINED, Mention

_AFTER_AT = frozenset({"jurisdiction", "object", "tier"})


class Named(Struct, frozen=True):
    """A mention, and the place of just the words that name the thing."""

    mention: Mention
    span: Span


def named_at(
    file: str, line: int, column: int, mentions: Iterable[Mention], lines: Iterable[str]
) -> Named | None:
    """The thing that is named at a place; of several in one text the narrowest."""
    written = tuple(lines)
    here = [
        Named(one, part_of(one, written))
        for one in mentions
        if one.span.file == file and _holds(one.span, line, column)
    ]
    exact = [one for one in here if _holds(one.span, line, column)]
    return min(exact, key=lambda one: (_width(one.span), not one.mention.declares), default=None)


def same(mentions: Iterable[Mention], wanted: Mention) -> Iterator[Mention]:
    """Every place that names the same thing, each once."""
    seen: set[tuple[Span, str]] = set()
    for one in mentions:
        if (one.kind, one.id) == (wanted.kind, wanted.id) and (one.span, one.text) not in seen:
            seen.add((one.span, one.text))
            yield one


def has_id(wanted: Mention, mentions: Iterable[Mention]) -> bool:
    """Whether a thing is declared, and so has an id of its own: a clause of a law is only cited."""
    return any(one.declares for one in same(mentions, wanted))


def part_of(mention: Mention, lines: tuple[str, ...]) -> Span:
    """The place of the words that name a thing, within the text that they stand in.

    Places stand after an `@`, tracks after a `/`, all else before; of a word that is written
    twice this tells which is meant.
    """
    span = mention.span
    if span.line != span.end_line or not 0 < span.line <= len(lines):
        return span
    text = lines[span.line - 1][span.column - 1 : span.end_column - 1]
    if len(mention.text) >= len(text.strip("\"' ")):
        inner = text.find(mention.text)
        return _part(span, inner, len(mention.text)) if inner >= 0 else span
    at = _where(mention, text)
    return _part(span, at, len(mention.text)) if at >= 0 else span


def _where(mention: Mention, text: str) -> int:
    kind = mention.plain
    place = text.rfind("@")
    if kind in _AFTER_AT and place > 0:
        return text.find(mention.text, place + 1)
    if kind == "track":
        return text.find(mention.text, text.rfind("/") + 1)
    begin = text.find(".") + 1 if kind in ("plan", "standard") else 0
    return text.find(mention.text, begin)


def _part(span: Span, at: int, length: int) -> Span:
    begin = span.column + at
    return span._replace(column=begin, end_column=begin + length)


def _holds(span: Span, line: int, column: int) -> bool:
    begin, end = (span.line, span.column), (span.end_line, span.end_column)
    return begin <= (line, column) <= end


def _width(span: Span) -> tuple[int, int]:
    return span.end_line - span.line, span.end_column - span.column


Refusal = Literal["nothing-here", "foreign", "not-an-id", "taken", "errors", "missed"]


class Renaming(Struct, frozen=True):
    """The places that change, each with the words that are put there; or why none may."""

    edits: tuple[tuple[Span, str], ...] = ()
    refusal: Refusal | None = None


def renamed(
    here: Named,
    new: str,
    mentions: Iterable[Mention],
    texts: Mapping[str, tuple[str, ...]],
    spellings: Mapping[str, Mapping[str, tuple[str, ...]]],
    foreign: frozenset[str],
) -> Renaming:
    """A new id for the thing at a place, wherever it is named by its id; labels stay.

    Refused where nobody declares it, where it is declared in a file that others keep, where the
    new name is no id, or is the name of another thing of its kind.
    """
    from planengine.linking.library.ids import is_id

    wanted = here.mention
    if not has_id(wanted, mentions):
        return Renaming(refusal="nothing-here")
    if not is_id(new):
        return Renaming(refusal="not-an-id")
    every = list(same(mentions, wanted))
    if any(one.declares and one.span.file in foreign for one in every):
        return Renaming(refusal="foreign")
    taken = {one.id for one in mentions if one.kind == wanted.kind and one.declares}
    alike = {
        wanted.kind,
        *(part for parts in JOINED.values() if wanted.kind in parts for part in parts),
    }
    ids = {one for kind in alike for one in spellings.get(kind, {}).get(new, ())}
    if new in taken or ids - {wanted.id}:
        return Renaming(refusal="taken")
    edits: dict[Span, str] = {}
    for one in every:
        lines = texts.get(one.span.file, ())
        if one.text == wanted.id or one.text.endswith(f"/{wanted.id}"):
            span = part_of(one, lines)
            more = len(one.text) - len(wanted.id)
            edits[span._replace(column=span.column + more)] = new
    return Renaming(tuple(edits.items()))
