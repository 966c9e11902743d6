"""Makes the sure fixes of a library's and its incidents' findings, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Edit, Span
from planengine.diagnostics.fixes import edited
from planengine.reading.contents import content_of

_ROUNDS = 20  # what is mended may let more be read
_BOM = "\ufeff"


class Made(Struct, frozen=True):
    """One fix that was made: its code, and its edits."""

    code: str
    edits: tuple[Edit, ...]

    @property
    def span(self) -> Span:
        """Where it was made."""
        return self.edits[0].span


class Fixed(Struct, frozen=True):
    """The new texts of files with what they were, and the fixes that were made in them."""

    texts: Mapping[Path, tuple[bytes, bytes]]
    made: tuple[Made, ...]


Find = Callable[[Mapping[Path, bytes]], Iterable[Diagnostic]]
"""The findings of files with these contents in place of what is on the disk."""


def fixed(find: Find, may_change: Callable[[Path], bool]) -> Fixed:
    """What the sure fixes make of the files that may be changed.

    Round by round, for one slip may hide others. A file in which what was mended is found again
    is left as it was before that round.
    """
    before: dict[Path, bytes] = {}
    now: dict[Path, bytes] = {}
    made: list[Made] = []
    given_up: set[Path] = set()
    found = list(find(now))
    for _ in range(_ROUNDS):
        tried = _round(found, now, before, may_change, given_up)
        if not tried:
            break
        contents = now | {path: content for path, (content, _) in tried.items()}
        after = list(find(contents))
        worse = {
            path for path, (_, fixes) in tried.items() if not _told(after).isdisjoint(_told(fixes))
        }
        given_up |= worse
        for path, (content, fixes) in tried.items():
            if path not in worse:
                now[path] = content
                made += fixes
        found = after if not worse else list(find(now))
    texts = {path: (before[path], content) for path, content in now.items()}
    return Fixed(texts, tuple(made))


def _round(
    found: Iterable[Diagnostic],
    now: Mapping[Path, bytes],
    before: dict[Path, bytes],
    may_change: Callable[[Path], bool],
    given_up: AbstractSet[Path],
) -> dict[Path, tuple[bytes, list[Made]]]:
    """The next contents of files that have sure fixes."""
    fixes: dict[Path, list[Made]] = {}
    for one in found:
        fix = one.fix
        path = Path(one.span.file) if one.span is not None and not one.span.path else None
        if path is None or path in given_up or not may_change(path):
            continue
        if fix is not None and fix.sure:
            fixes.setdefault(path, []).append(Made(one.code, fix.edits))
    tried: dict[Path, tuple[bytes, list[Made]]] = {}
    for path, several in fixes.items():
        content = now.get(path) or content_of(path)
        if content is None:
            continue
        before.setdefault(path, content)
        try:
            text = content.decode()
        except UnicodeDecodeError:
            continue
        bom, text = text[: text.startswith(_BOM)], text.removeprefix(_BOM)
        new, done = edited(text, [edit for fix in several for edit in fix.edits])
        if done:
            kept = [fix for fix in several if set(fix.edits) <= set(done)]
            tried[path] = ((bom + new).encode(), kept)
    return tried


def _told(found: Iterable[Diagnostic | Made]) -> set[tuple[str, str, int, int]]:
    """Which findings there are, and where."""
    places = ((one.code, one.span) for one in found)
    return {(code, at.file, at.line, at.column) for code, at in places if at is not None}
