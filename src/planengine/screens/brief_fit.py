"""What fits into how many columns: of several versions of a text the fullest that does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planengine.screens.page import Page
from planengine.screens.screen import Line, clip, width_of

COLUMNS = 100


def width(line: Line) -> int:
    """The columns of a line."""
    return sum(width_of(text) for text, _ in line)


def room(indent: int, hang: int, lines: int) -> int:
    """The columns that surely fit on so many lines, wherever they break."""
    return COLUMNS - indent + (lines - 1) * (COLUMNS - hang - 12)


def fullest(versions: Iterable[Line], columns: int) -> Line:
    """The first version that fits; where none does, the last with its end cut off."""
    last: Line = []
    for line in versions:
        if width(line) <= columns:
            return line
        last = line
    return clip(last, columns)


def paragraph(
    page: Page, versions: Iterable[Line], *, indent: int, hang: int, lines: int = 1
) -> None:
    """Write the fullest version that takes at most so many lines of a hundred columns."""
    page.screen.line(*fullest(versions, room(indent, hang, lines)), indent=indent, hang=hang)


def counted(page: Page, names: Sequence[str], columns: int) -> tuple[str, int]:
    """As many names as fit, at least one, and how many do not; those are counted beside."""
    for count in range(len(names), 0, -1):
        hidden = len(names) - count
        more = page.aside(page.say(f"另有 {hidden} 项", f"{hidden} more")) if hidden else ""
        text = page.stop.join(names[:count]) + more
        if width_of(text) <= columns or count == 1:
            return text, hidden
    return "", 0
