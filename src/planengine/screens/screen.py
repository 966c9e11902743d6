"""Paragraphs and rows for a terminal, broken into lines as Chinese and English are.

A run is a text and its style ("" for none); a line is a list of runs. A no-break space keeps two
words together and is shown as a blank.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, zip_longest
from typing import TextIO, TypeAlias

from rich.cells import cell_len

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
    "orange": "bold black on orange",
    "yellow": "bold black on yellow",
    "blue": "bold white on blue",
}
_CODES = {
    BOLD: "1",
    DIM: "2",
    RED: "1;31",
    GREEN: "32",
    YELLOW: "33",
    CYAN: "36",
    REVERSE: "1;7",
    BANNER: "1;37;45",
    BADGES["red"]: "1;37;41",
    BADGES["orange"]: "1;30;48;5;208",
    BADGES["yellow"]: "1;30;43",
    BADGES["blue"]: "1;37;44",
}
"""What tells a terminal each style; the one without a name of its own is of 256 colours."""

NARROWEST = 40
USUAL = 80  # columns, where no terminal tells
GAP = 2  # columns between the cells of a row
WIDEST = 120  # of running text: longer lines are hard to read
_NO_BREAK = "\u00a0"
_NOT_FIRST = frozenset("、，。；：！？）》】」』”’％…,.;:!?)]}%")  # what no line may begin with
_NOT_LAST = frozenset("（《【「『“‘([{")  # what no line may end with
_HYPHENATED = re.compile(r"(?<=[a-z])[-/](?=[a-z])")


def terminal_width() -> int:
    """Columns of the terminal (or COLUMNS), 80 where there is none."""
    return max(NARROWEST, _columns() or USUAL)


def _columns() -> int:
    told = os.environ.get("COLUMNS", "")
    if told.isdecimal():
        return int(told)
    for stream in range(3):
        try:
            return os.get_terminal_size(stream).columns
        except (OSError, ValueError):  # it is no terminal, or closed
            continue
    return 0


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and nobody said NO_COLOR."""
    told = os.environ
    if told.get("NO_COLOR") or told.get("TERM", "").casefold() in ("dumb", "unknown"):
        return False
    return bool(told["FORCE_COLOR"]) if "FORCE_COLOR" in told else stream.isatty()


def width_of(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return cell_len(text)


def no_break(text: str) -> str:
    """The text with blanks at which no line is broken."""
    return text.replace(" ", _NO_BREAK)


def wrap(line: Iterable[Run], width: int, later: int | None = None) -> list[Line]:
    """A line broken into lines of at most `width` columns, those after the first of `later`.

    Lines break at blanks, between Chinese characters (not before their closing marks or after
    their opening ones) and after hyphens; a word longer than a line is cut.
    """
    runs = [run for run in line if run[0]]
    text = "".join(part for part, _ in runs)
    if cell_len(text) <= width:
        return [runs]
    cuts = _cuts(text, max(width, 2), max(width if later is None else later, 2))
    edges = (0, *cuts, len(text))
    return [_without_end(_between(runs, start, end)) for start, end in pairwise(edges)]


def _between(runs: Line, start: int, end: int) -> Line:
    """What stands from one character to before another."""
    found: Line = []
    at = 0
    for text, style in runs:
        part = text[max(start - at, 0) : max(end - at, 0)]
        if part:
            found.append((part, style))
        at += len(text)
    return found


def _without_end(line: Line) -> Line:
    """A line without the blanks that it ends with."""
    while line:
        text, style = line.pop()
        if text := text.rstrip():
            return [*line, (text, style)]
    return line


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
        self._lines: list[str] = []

    @classmethod
    def of_terminal(cls) -> Screen:
        """A screen for standard output; of a very wide terminal it takes a part."""
        return cls(min(terminal_width(), WIDEST), colour=wants_colour(sys.stdout))

    def line(self, *runs: Run, indent: int = 0, hang: int | None = None) -> None:
        """One paragraph; its further lines stand `hang` columns in (default: as the first)."""
        further = indent if hang is None else hang
        lines = wrap(runs, self.width - indent, self.width - further)
        for number, line in enumerate(lines):
            self._add(" " * (further if number else indent), *self._written(line))

    def row(self, cells: Sequence[Cell], widths: Sequence[int], *, indent: int = 1) -> None:
        """Cells side by side, each line wrapped in its cell's width, two columns apart."""
        columns = [
            [part for line in cell for part in wrap(line, width)]
            for cell, width in zip(cells, widths, strict=True)
        ]
        for lines in zip_longest(*columns, fillvalue=()):
            parts: list[str] = []
            for line, width in zip(lines, widths, strict=True):
                used = sum(cell_len(text) for text, _ in line)
                parts += (*self._written(line), " " * (width - used + GAP))
            self._add(" " * indent, *parts)

    def blank(self) -> None:
        """An empty line."""
        self._add("")

    def text(self) -> str:
        """All that was written, each line ended."""
        return "".join(self._lines)

    def _add(self, *parts: str) -> None:
        self._lines.append("".join(parts).rstrip(" ") + "\n")

    def _written(self, line: Iterable[Run]) -> Iterator[str]:
        """Runs as they may be shown: nothing an author wrote may break the lines or colour them."""
        for text, style in line:
            plain = shown(text.replace(_NO_BREAK, " ").replace("\n", " "))
            yield f"\x1b[{_CODES[style]}m{plain}\x1b[0m" if self.colour and style else plain
