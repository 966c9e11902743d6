"""Findings as editors take them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from lsprotocol.types import Diagnostic as Published
from lsprotocol.types import (
    DiagnosticRelatedInformation,
    DiagnosticSeverity,
    Location,
    Position,
    Range,
)
from pygls.uris import from_fs_path

from planengine.diagnostics import Diagnostic, Language, Span, Text
from planengine.editor.positions import Places

_SEVERITIES: Mapping[str, DiagnosticSeverity] = {
    "error": DiagnosticSeverity.Error,
    "warning": DiagnosticSeverity.Warning,
    "advice": DiagnosticSeverity.Information,
}
_START = Range(Position(0, 0), Position(0, 0))
SOURCE = "planengine"


class Publisher:
    """Turns findings into an editor's, in one language; `places` gives those of a file."""

    def __init__(self, language: Language, places: Callable[[str], Places]) -> None:
        self.language: Language = language
        self.places = places

    def published(self, found: Diagnostic) -> Published:
        """One finding; its hint stands on a line of its own."""
        message, hint = found.message_in(self.language), found.hint_in(self.language)
        return Published(
            range=self.range(found.span),
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source=SOURCE,
            message=f"{message}\n{hint}" if hint else message,
            related_information=[
                DiagnosticRelatedInformation(self.location(span), _said(words, self.language))
                for words, span in found.related
            ]
            or None,
        )

    def all(self, findings: Iterable[Diagnostic]) -> list[Published]:
        """Several findings."""
        return [self.published(found) for found in findings]

    def location(self, span: Span) -> Location:
        """A place with its file."""
        return Location(uri_of(Path(span.file)), self.range(span))

    def range(self, span: Span | None) -> Range:
        """A place in its file; the file's beginning where there is none."""
        return _START if span is None else self.places(span.file).range(span)


def uri_of(path: Path) -> str:
    """The address of a file, as editors have it."""
    return from_fs_path(str(path)) or path.as_uri()


def _said(words: Text | str, language: Language) -> str:
    return words.in_language(language) if isinstance(words, Text) else words
