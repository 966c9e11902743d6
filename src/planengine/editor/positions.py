"""Places as editors count them: lines from 0, and code units of a line, UTF-16 unless agreed.

Spans count characters from 1; a character beyond U+FFFF is two units of UTF-16.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lsprotocol.types import Position, PositionEncodingKind, Range
from msgspec import Struct

from planengine.diagnostics import Span


def _of_utf16(text: str) -> int:
    return len(text) + sum(letter > "\uffff" for letter in text)


def _of_utf8(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


_UNITS: Mapping[str, Callable[[str], int]] = {
    PositionEncodingKind.Utf8: _of_utf8,
    PositionEncodingKind.Utf16: _of_utf16,
    PositionEncodingKind.Utf32: len,
}


class Places(Struct, frozen=True):
    """Turns places of one text into an editor's, and back."""

    lines: tuple[str, ...]
    units: Callable[[str], int] = _of_utf16

    def position(self, line: int, column: int) -> Position:
        """An editor's position for a line and a column that count from 1."""
        written = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Position(line=max(line - 1, 0), character=self.units(written[: column - 1]))

    def range(self, span: Span) -> Range:
        """An editor's range for a span."""
        return Range(
            start=self.position(span.line, span.column),
            end=self.position(span.end_line, span.end_column),
        )

    def place(self, position: Position) -> tuple[int, int]:
        """The line and column, from 1, of an editor's position; of none that there is, the end."""
        if position.line >= len(self.lines):
            return len(self.lines), len(self.lines[-1]) + 1
        written, units = self.lines[position.line], 0
        for column, letter in enumerate(written, 1):
            if units >= position.character:
                return position.line + 1, column
            units += self.units(letter)
        return position.line + 1, len(written) + 1


def places_in(text: str, encoding: str | None = None) -> Places:
    """The places of a text, in the units that were agreed on (UTF-16 where nothing was)."""
    lines = tuple(line.removesuffix("\r") for line in text.removeprefix("\ufeff").split("\n"))
    return Places(lines, _UNITS.get(encoding or "", _of_utf16))
