"""One finding for one slip: what follows from another finding is told together with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text

_ECHOES = {"action-dropped": "action-never", "report-chain-late": "report-looser"}
_BANDS = frozenset({"band-closed", "band-gap", "band-order", "band-overlap", "excluded-limit"})
_FALLS = _BANDS | {"band-includes-zero", "band-shadowed", "equality"}  # of what `level-falls` tells


def with_causes(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings, those of bands that make a document not monotone told with that."""
    every = _without_echoes(list(findings))
    lines = _by_file(every, frozenset({"not-monotone"}))
    causes = [found for found in every if found.code in _BANDS and _on(found.span, lines)]
    kept: list[Diagnostic] = []
    for found in every:
        if found.code == "not-monotone" and found.span is not None:
            own = {found.span.file: [found.span]}
            why = [cause for cause in causes if _on(cause.span, own)]
            words = (Text(one.message, one.message_in("zh")) for one in why)
            spans = (one.span for one in why)
            related = [(said, at) for said, at in zip(words, spans, strict=True) if at is not None]
            kept.append(replace(found, related=(*found.related, *related)))
        elif found not in causes:
            kept.append(found)
    return kept


def _without_echoes(findings: list[Diagnostic]) -> list[Diagnostic]:
    """Without what another finding at the same place says already."""
    told = {(found.code, found.span) for found in findings}
    falls = _by_file(findings, _FALLS)
    return [
        one
        for one in findings
        if (_ECHOES.get(one.code), one.span) not in told
        and not (one.code == "level-falls" and _is_told(one, falls))
    ]


def _by_file(findings: Iterable[Diagnostic], codes: frozenset[str]) -> dict[str, list[Span]]:
    """The places that findings of some codes are about, by file."""
    places: dict[str, list[Span]] = {}
    for found in findings:
        for span in _places(found) if found.code in codes else ():
            places.setdefault(span.file, []).append(span)
    return places


def _places(found: Diagnostic) -> Iterator[Span]:
    if found.span is not None:
        yield found.span
    yield from (span for _, span in found.related)


def _is_told(found: Diagnostic, others: dict[str, list[Span]]) -> bool:
    """Whether one of the tests that a finding is about is wrong by itself."""
    return any(
        (span.line, span.column) < (other.end_line, other.end_column)
        and (other.line, other.column) < (span.end_line, span.end_column)
        for span in _places(found)
        for other in others.get(span.file, ())
    )


def _on(span: Span | None, lines: dict[str, list[Span]]) -> bool:
    """Whether a place is on the lines of one of some others."""
    if span is None:
        return False
    return any(one.line <= span.line <= one.end_line for one in lines.get(span.file, ()))
