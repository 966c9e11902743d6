"""What is known about a syntax error after looking at it."""

from __future__ import annotations

from msgspec import Struct

from planengine.diagnostics.diagnostic import Diagnostic


class Change(Struct, frozen=True):
    """Characters put in place of as many others; `meaning` is the scalar that begins there."""

    at: int
    put: str
    meaning: str | None = None


class Mended(Struct, frozen=True):
    """The findings for an error and the changes that get past it.

    Without changes the line at fault is left out instead. `doubtful` changes get past the
    error, but what follows need not be what the author meant.
    """

    findings: tuple[Diagnostic, ...]
    changes: tuple[Change, ...]
    line: int
    doubtful: bool = False
