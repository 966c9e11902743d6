"""Diagnostics as annotations of a workflow on GitHub: one line for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.diagnostics.code import Language
from planengine.diagnostics.diagnostic import Diagnostic

_COMMANDS = {"error": "error", "warning": "warning", "advice": "notice"}


def workflow_commands(
    diagnostics: Iterable[Diagnostic], *, language: Language = "en"
) -> Iterator[str]:
    """Each finding as a workflow command, with its end of line; advice is a notice."""
    for found in diagnostics:
        said = found.message_in(language)
        hint = found.hint_in(language)
        properties = {"title": f"planengine {found.code}"}
        if found.span is not None:
            span = found.span
            end = max(span.end_column - 1, span.column) if span.end_line == span.line else None
            place = {
                "file": span.file,
                "line": span.line,
                "endLine": span.end_line,
                "col": span.column,
                "endColumn": end,  # the last one here
            }
            properties = {
                **{name: str(value) for name, value in place.items() if value is not None},
                **properties,
            }
        told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        words = _escaped(said if hint is None else f"{said}\n{hint}")
        yield f"::{_COMMANDS[found.severity]} {told}::{words}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
