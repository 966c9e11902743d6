"""Paragraphs and rows for a terminal: rich shows them, Chinese is broken into lines here.

A run is a text and its style as rich names it ("" for none); a line is a list of runs. rich
breaks lines at blanks only, which leaves Chinese ragged, so lines are broken before it gets
them. A no-break space keeps two words together and is shown as a blank.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TextIO, TypeAlias

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from planengine.diagnostics.diagnostic import shown

Run: TypeAlias = tuple[str, str]
Line: TypeAlias = list[Run]
Cell: TypeAlias = list[Line]

BOLD = "bold"
DIM = "dim"
RED = "bold red"
GREEN = "green"
YELLOW = "yellow"
CYAN = "cyan"
REVERSE = "bold reverse"
BANNER = "bold white on magenta"
BADGES = {
    "red": "bold white on red",
    "orange": "bold black on dark_orange",
    "yellow": "bold black on yellow",
    "blue": "bold white on blue",
}

NARROWEST = 40
UNBOUNDED = 10_000  # what rich is given: lines are broken before
WIDEST = 120  # of running text: longer lines are hard to read
_NO_BREAK = "\u00a0"
_NOT_FIRST = frozenset("、，。；：！？）》】」』”’％…,.;:!?)]}%")  # what no line may begin with
_NOT_LAST = frozenset("（《【「『“‘([{")  # what no line may end with
_HYPHENATED = re.compile(r"(?<=[a-z])[-/](?=[a-z])")


def terminal_width() -> int:
    """Columns of the terminal (or COLUMNS), 80 where there is none."""
    return max(NARROWEST, Console().width)


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and nobody said NO_COLOR."""
    console = Console(file=stream)
    return console.color_system is not None and not console.no_color


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return cell_len(text)


def no_break(text: str) -> str:
    """The text with blanks at which no line is broken."""
    return text.replace(" ", _NO_BREAK)


def wrap(line: Iterable[Run], width: int, later: int | None = None) -> list[Text]:
    """A line broken into lines of at most `width` columns, those after the first of `later`.

    Lines break at blanks, between Chinese characters (not before their closing marks or after
    their opening ones) and after hyphens; a word longer than a line is cut.
    """
    text = Text.assemble(*(run for run in line if run[0]))
    if cell_len(text.plain) <= width:
        return [text]
    cuts = _cuts(text.plain, max(width, 2), max(width if later is None else later, 2))
    lines = text.divide(cuts)
    for one in lines:
        one.rstrip()
    return list(lines)


def clip(line: Iterable[Run], columns: int) -> Line:
    """A line of at most so many columns, its end given as "…" where something is left out."""
    runs = [run for run in line if run[0]]
    if sum(cell_len(text) for text, _ in runs) <= columns:
        return runs
    kept: Line = []
    room = columns - 1
    for text, style in runs:
        fitting = text
        while cell_len(fitting) > room:
            fitting = fitting[:-1]
        room -= cell_len(fitting)
        if fitting:
            kept.append((fitting.rstrip() if fitting != text else fitting, style))
        if fitting != text:
            break
    return [*kept, ("…", kept[-1][1] if kept else "")]


def _cuts(text: str, width: int, later: int) -> list[int]:
    """The positions at which the lines after the first start."""
    found: list[int] = []
    breaks = _breaks(text)
    start, position, used, chance, room = 0, 0, 0, -1, width
    while position < len(text):
        used += cell_len(text[position])
        if used <= room or text[position] == " ":
            position += 1
            if position in breaks:
                chance = position
            continue
        start = position = chance if chance > start else max(position, start + 1)
        found.append(start)
        used, chance, room = 0, -1, later
    return found


def _breaks(text: str) -> set[int]:
    """The positions before which a line may begin."""
    found = {match.end() for match in _HYPHENATED.finditer(text)}
    for position in range(1, len(text)):
        before, after = text[position - 1], text[position]
        if before == " " and after != " ":
            found.add(position)
        elif after in _NOT_FIRST or before in _NOT_LAST or _NO_BREAK in {before, after}:
            continue
        elif after != " " and (cell_len(before) == 2 or cell_len(after) == 2):
            found.add(position)
    return found


class Screen:
    """Collects lines for one terminal, to be written at once."""

    def __init__(self, width: int, *, colour: bool) -> None:
        self.width = width
        self.colour = colour
        self._console = Console(
            file=StringIO(),
            width=UNBOUNDED,
            force_terminal=colour,
            color_system="256" if colour else None,
            legacy_windows=False,
        )

    @classmethod
    def of_terminal(cls) -> Screen:
        """A screen for standard output; of a very wide terminal it takes a part."""
        return cls(min(terminal_width(), WIDEST), colour=wants_colour(sys.stdout))

    def line(self, *runs: Run, indent: int = 0, hang: int | None = None) -> None:
        """One paragraph; its further lines stand `hang` columns in (default: as the first)."""
        further = indent if hang is None else hang
        lines = wrap(runs, self.width - indent, self.width - further)
        for number, line in enumerate(lines):
            self._print(Padding(_shown(line), (0, 0, 0, further if number else indent)))

    def row(self, cells: Sequence[Cell], widths: Sequence[int], *, indent: int = 1) -> None:
        """Cells side by side, each line wrapped in its cell's width, two columns apart."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        for width in widths:
            grid.add_column(width=width, no_wrap=True, overflow="ignore")
        wrapped = [
            [_shown(part) for line in cell for part in wrap(line, width)]
            for cell, width in zip(cells, widths, strict=True)
        ]
        grid.add_row(*(Text("\n").join(lines) for lines in wrapped))
        self._print(Padding(grid, (0, 0, 0, indent)))

    def blank(self) -> None:
        """An empty line."""
        self._print("")

    def _print(self, shown: RenderableType) -> None:
        self._console.print(shown, overflow="ignore", no_wrap=True, crop=False)

    def text(self) -> str:
        """All that was written, each line ended."""
        assert isinstance(self._console.file, StringIO)
        lines = self._console.file.getvalue().splitlines()
        return "".join(f"{line.rstrip(' ')}\n" for line in lines)


def _shown(text: Text) -> Text:
    """A text as it may be shown: nothing an author wrote may break the lines or colour them."""
    text.plain = shown(text.plain.replace(_NO_BREAK, " ").replace("\n", " "))
    return text
