"""What entities are made of: labels, periods of validity, and things that are only named.

Times are seconds since the Unix epoch (`int`); a missing `since` or `until` is None and
means unlimited. `until` is exclusive.
"""

from __future__ import annotations

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span


class Label(Struct, frozen=True):
    """A name in several languages, as (language, text) pairs in the author's order."""

    texts: tuple[tuple[str, str], ...] = ()

    def text(self, language: str) -> str:
        """The label in `language`, else in the first language there is, else ''."""
        for code, text in self.texts:
            if code == language:
                return text
        return self.texts[0][1] if self.texts else ""


class Period(Struct, frozen=True):
    since: int | None = None
    until: int | None = None

    def contains(self, at: int) -> bool:
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)

    def meets(self, other: Period) -> bool:
        """Whether two periods have a moment in common."""
        starts = [one.since for one in (self, other) if one.since is not None]
        ends = [one.until for one in (self, other) if one.until is not None]
        return not starts or not ends or max(starts) < min(ends)


ALWAYS = Period()


class Named(Struct, frozen=True):
    """A thing that has only an id and labels: a tier, a rank, a plan kind, a moment, a role."""

    id: str
    label: Label
    span: Span | None = None
