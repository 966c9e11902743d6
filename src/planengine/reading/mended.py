"""What is known about a syntax error after looking at it."""

from __future__ import annotations

from dataclasses import dataclass

from planengine.diagnostics.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Change:
    """Characters put in place of as many others; `meaning` is the scalar that begins there."""

    at: int
    put: str
    meaning: str | None = None


@dataclass(frozen=True, slots=True)
class Mended:
    """The findings for an error and the changes that get past it.

    Without changes the line at fault is left out instead. `doubtful` changes get past the
    error, but what follows need not be what the author meant.
    """

    findings: tuple[Diagnostic, ...]
    changes: tuple[Change, ...]
    line: int
    doubtful: bool = False
