"""Diagnostics as text: the place and message, the line in question, and a caret under it.

plans/flood.yaml:41:15 error[unknown-agency] unknown agency `emegency-bureau`
   41 |     approve: emegency-bureau
      |              ^^^^^^^^^^^^^^^
   help: did you mean `emergency-bureau`?
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from msgspec import Struct
from wcwidth import iter_graphemes, wcswidth

from planengine.diagnostics.code import Language, Severity, Text
from planengine.diagnostics.diagnostic import Diagnostic, Span, shown

_TAB = 4
_LONGEST = 1000  # characters of a line that are looked at for an excerpt of it …
_BEFORE = 300  # … from so many before the place
_ELLIPSIS = "…"
_HELP = Text("help", "提示")
_SEE = Text("see", "参见")
_SEVERITIES: Mapping[Severity, Text] = {
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
    "advice": Text("advice", "建议"),
}
_COLOURS: Mapping[Severity, str] = {"error": "31", "warning": "33", "advice": "36"}


class _Cell(Struct, frozen=True):
    """One grapheme of a line: what is shown, its width on a terminal, its columns in the file."""

    shown: str
    width: int
    column: int
    end: int


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, str],
    *,
    language: Language = "en",
    colour: bool = False,
    width: int = 100,
) -> str:
    """All diagnostics as text, in the order given, with a blank line between two of them.

    `sources` gives the text of each file named in a place; a file that is missing gets no
    excerpt. `width` is the number of terminal columns an excerpt may take; `colour` adds ANSI
    colours.
    """
    return "\n\n".join(
        render_one(d, sources, language=language, colour=colour, width=width) for d in diagnostics
    )


def render_one(
    diagnostic: Diagnostic,
    sources: Mapping[str, str],
    *,
    language: Language = "en",
    colour: bool = False,
    width: int = 100,
) -> str:
    """One diagnostic as lines of text, without a line break at the end."""
    severity = diagnostic.severity
    word = _SEVERITIES[severity].in_language(language)
    label = _paint(f"{word}[{diagnostic.code}]", f"1;{_COLOURS[severity]}", colour=colour)
    place = f"{_paint(str(diagnostic.span), '1', colour=colour)} " if diagnostic.span else ""
    lines = [f"{place}{label} {_one_line(diagnostic.message_in(language))}"]
    lines += _excerpt_lines(diagnostic.span, sources, width, _COLOURS[severity], colour=colour)
    hint = diagnostic.hint_in(language)
    if hint:
        lines.append(f"   {_HELP.in_language(language)}: {_one_line(hint)}")
    for words, span in diagnostic.related:
        said = words.in_language(language) if isinstance(words, Text) else words
        lines.append(f"   {_SEE.in_language(language)} {span} {_one_line(said)}")
        lines += _excerpt_lines(span, sources, width, "34", colour=colour)
    return "\n".join(lines)


def excerpt(text: str, span: Span, width: int = 100) -> tuple[str, str]:
    """The first line of a place and the carets under it, both at most `width` columns wide.

    Carets stand right under wide characters on a terminal; tabs are shown as spaces; of a long
    line the part around the place is shown.
    """
    written = _lines(text)
    whole = written[span.line - 1].rstrip("\r") if span.line <= len(written) else ""
    left_out = max(0, min(span.column - 1, len(whole)) - _BEFORE) if len(whole) > _LONGEST else 0
    line = whole[left_out : left_out + _LONGEST]
    cells = _cells(line)
    column = span.column - left_out
    end_column = span.end_column if span.end_line == span.line else len(whole.rstrip()) + 1
    end_column -= left_out
    first = next((i for i, c in enumerate(cells) if c.end > column), len(cells))
    marked = [i for i, c in enumerate(cells) if i >= first and c.column < end_column]
    last = max(marked, default=first)
    low, high = _window(cells, first, last, width)
    cut = bool(low or left_out)
    excerpted = (_ELLIPSIS if cut else "") + "".join(cell.shown for cell in cells[low:high])
    excerpted += _ELLIPSIS if high < len(cells) or left_out + len(line) < len(whole) else ""
    before = cut + sum(cell.width for cell in cells[low:first])
    under = sum(cell.width for cell in cells[first : min(last + 1, high)])
    return excerpted.rstrip(), " " * before + "^" * max(under, 1)


@lru_cache(maxsize=8)
def _lines(text: str) -> list[str]:
    return text.split("\n")


def _cells(line: str) -> list[_Cell]:
    cells: list[_Cell] = []
    column, position = 1, 0
    for grapheme in iter_graphemes(line):
        part, wide = grapheme, wcswidth(grapheme)
        if grapheme == "\t":
            wide = _TAB - position % _TAB
            part = " " * wide
        elif wide <= 0 or not (grapheme.isprintable() or shown(grapheme) == grapheme):
            part, wide = "�", 1
        cells.append(_Cell(part, wide, column, column + len(grapheme)))
        column += len(grapheme)
        position += wide
    return cells


def _window(cells: list[_Cell], first: int, last: int, width: int) -> tuple[int, int]:
    """Which cells to show: all if they fit, else those around the first marked ones."""
    if sum(cell.width for cell in cells) <= width:
        return 0, len(cells)
    room = max(width - 2, 4)
    low = high = min(first, len(cells))
    used = 0
    while high < len(cells) and high <= last and used + cells[high].width <= room * 3 // 4:
        used += cells[high].width
        high += 1
    context = (room - used) // 2
    while low > 0 and used + cells[low - 1].width <= room and context > 0:
        low -= 1
        used += cells[low].width
        context -= cells[low].width
    while high < len(cells) and used + cells[high].width <= room:
        used += cells[high].width
        high += 1
    while low > 0 and used + cells[low - 1].width <= room:
        low -= 1
        used += cells[low].width
    return low, high


def _excerpt_lines(
    span: Span | None, sources: Mapping[str, str], width: int, code: str, *, colour: bool
) -> list[str]:
    if span is None or span.file not in sources:
        return []
    number = str(span.line)
    gutter = max(len(number), 5)
    line, carets = excerpt(sources[span.file], span, max(width - gutter - 3, 20))
    bar = _paint("|", "2", colour=colour)
    return [
        f"{number:>{gutter}} {bar} {line}".rstrip(),
        f"{'':>{gutter}} {bar} {_paint(carets, f'1;{code}', colour=colour)}",
    ]


def _one_line(text: str) -> str:
    """No text of an author may break the lines, or colour them."""
    return shown(text.replace("\n", " "))


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
