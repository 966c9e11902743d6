"""What an editor asks about a place, answered in its own terms; pygls is only in `server`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from lsprotocol import types as lsp
from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.names import Mention
from planengine.editor.bench import Bench
from planengine.editor.completion import Around, Offer, offers
from planengine.editor.cursor import Cursor, cursor_at
from planengine.editor.desk import INCIDENT, TEST, Sheet
from planengine.editor.hover import hover
from planengine.editor.naming import Named, named_at, part_of, same
from planengine.editor.outline import Heading, outline
from planengine.editor.positions import Places
from planengine.editor.published import uri_of
from planengine.editor.things import Things
from planengine.linking.file import KINDS, read_file

_SORTS = {
    "key": lsp.CompletionItemKind.Property,
    "name": lsp.CompletionItemKind.Reference,
    "value": lsp.CompletionItemKind.Value,
    "word": lsp.CompletionItemKind.Keyword,
}

_OF_A_DOCUMENT = frozenset({"action", "group", "definition", "report", "release"})


class Page(Struct, frozen=True):
    """A document and the library that it belongs to, as they are now."""

    sheet: Sheet
    bench: Bench
    things: Things
    places: Callable[[str], Places]
    sheets: Mapping[Path, Sheet]

    @property
    def file(self) -> str:
        """What the library calls the document."""
        if self.sheet.kind in (INCIDENT, TEST):
            return self.sheet.path.as_posix()
        return self.bench.name(self.sheet.path).as_posix()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place that names something: of the library, and of an incident or tests."""
        read = {INCIDENT: self.bench.incident, TEST: self.bench.test}.get(self.sheet.kind or "")
        own = read(self.sheet.path, self.sheet.text)[1] if read is not None else ()
        return (*self.bench.mentions, *own)

    def named(self, position: lsp.Position) -> Named | None:
        """The thing that is named at a position."""
        places = self.places(self.file)
        line, column = places.place(position)
        return named_at(self.file, line, column, self.mentions, places.lines)

    def location(self, span: Span) -> lsp.Location:
        """A place with its file."""
        return lsp.Location(uri_of(Path(span.file)), self.places(span.file).range(span))

    def part(self, mention: Mention) -> lsp.Location:
        """The words that name a thing."""
        lines = self.places(mention.span.file).lines
        return self.location(part_of(mention, lines))


def complete(page: Page, position: lsp.Position) -> lsp.CompletionList:
    """What may be written at a position."""
    places = page.places(page.file)
    line, column = places.place(position)
    cursor = cursor_at(page.sheet.text, line, column)
    kind = page.sheet.kind
    if kind is None:
        words = () if cursor.path or cursor.stands == "value" else (*KINDS, INCIDENT, TEST)
        found = [Offer(word, "key", is_key=True) for word in words]
    else:
        declared = page.bench.seen.declared if page.bench.seen is not None else ()
        key = _document_key(page.file, declared)
        found = offers(cursor, Around(page.things, kind, key, declared))
    written = places.lines[line - 1] if line <= len(places.lines) else ""
    around = written[: cursor.start - 1], written[column - 1 :]
    begin = places.position(line, cursor.start)
    items = [
        item
        for number, offer in enumerate(found)
        for item in _items(offer, number, cursor, lsp.Range(begin, position), around)
    ]
    return lsp.CompletionList(is_incomplete=True, items=items)


def _document_key(file: str, declared: Iterable[Mention]) -> str:
    """The key under which mentions have what the document in a file declares."""
    for one in declared:
        if one.span.file == file and one.plain in _OF_A_DOCUMENT:
            return one.owner
    return ""


def _items(
    offer: Offer, number: int, cursor: Cursor, place: lsp.Range, around: tuple[str, str]
) -> Iterable[lsp.CompletionItem]:
    """An offer by its id; where Chinese is being written, by its labels that fit.

    `around` is what stands on the line before the word and after it.
    """
    quote, rest = around[0][-1:], around[1]
    begun = cursor.written.rpartition("@")[2].casefold()
    for text in _texts(offer, begun):
        new = f'"{text}"' if offer.needs_quotes and not cursor.quoted else text
        end, after = place.end, rest
        if offer.is_key and cursor.quoted:  # the quote that the editor may have put is taken in
            closed = rest[:1] in ("'", '"')
            after = rest[closed:]
            end = lsp.Position(end.line, end.character + closed)
            new += quote
        if offer.is_key and not after.lstrip().startswith(":"):
            new += ": "
        likely = 0 if text.casefold().startswith(cursor.written.casefold()) else 1
        yield lsp.CompletionItem(
            label=text,
            label_details=lsp.CompletionItemLabelDetails(description=offer.label or None),
            kind=_SORTS[offer.sort],
            detail=" · ".join(part for part in (offer.label, offer.about) if part) or None,
            filter_text=" ".join((new, *offer.also)) if offer.also else new,
            sort_text=f"{likely}{number:05}",
            text_edit=lsp.TextEdit(lsp.Range(place.start, end), new),
        )


def _texts(offer: Offer, begun: str) -> Iterable[str]:
    """How an offer is written, as far as it fits what is begun."""
    if offer.sort == "value" or not begun:
        return (offer.text,)
    spellings = (offer.text, offer.label, *offer.also)
    if begun.isascii():
        fits = any(_is_begun(begun, one.casefold()) for one in spellings)
        return (offer.text,) if fits else ()
    named = offer.also if "@" not in offer.text else (offer.text,)
    return [one for one in named if begun in one] or (
        [offer.text] if any(begun in one for one in spellings) else []
    )


def _is_begun(begun: str, spelling: str) -> bool:
    """Whether the letters that are written stand in a spelling in this order."""
    rest = iter(spelling)
    return all(letter in rest for letter in begun)


def explain(page: Page, position: lsp.Position) -> lsp.Hover | None:
    """What is under the cursor."""
    places = page.places(page.file)
    line, column = places.place(position)
    named = page.named(position)
    stale = page.bench.seen.stale if page.bench.seen is not None else frozenset()
    if page.file in stale:
        return None
    node = page.bench.seen.nodes.get(page.file) if page.bench.seen is not None else None
    mention = named.mention if named is not None else None
    text = hover(page.file, line, column, mention, page.things, node)
    if text is None:
        return None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return lsp.Hover(content, places.range(named.span) if named is not None else None)


def definition(page: Page, position: lsp.Position) -> list[lsp.Location]:
    """Where the thing at a position is declared: each edition of a plan."""
    named = page.named(position)
    if named is None:
        return []
    return [page.part(one) for one in same(page.mentions, named.mention) if one.declares]


def references(page: Page, position: lsp.Position, *, declared: bool) -> list[lsp.Location]:
    """Every place that names the thing at a position."""
    named = page.named(position)
    if named is None:
        return []
    found = sorted(same(page.mentions, named.mention), key=lambda one: one.span)
    return [page.part(one) for one in found if declared or not one.declares]


def symbols(sheet: Sheet, places: Places) -> list[lsp.DocumentSymbol]:
    """The outline of a document."""
    node = read_file(sheet.text.encode(), sheet.path.as_posix()).node
    return [_symbol(one, places) for one in outline(node)] if node is not None else []


def _symbol(heading: Heading, places: Places) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        name=heading.name,
        detail=heading.detail or None,
        kind=lsp.SymbolKind.Namespace if heading.inner else lsp.SymbolKind.Property,
        range=places.range(heading.span),
        selection_range=places.range(heading.chosen),
        children=[_symbol(one, places) for one in heading.inner],
    )
