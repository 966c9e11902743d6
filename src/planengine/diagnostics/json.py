"""Diagnostics as JSON. The shape is a promise: keys are added, never renamed or removed.

    {
      "code": "unknown-key",
      "severity": "error",              # error | warning | advice
      "message": "unknown key `kinds`", # one line, in the language asked for
      "hint": "did you mean `kind`?",   # or null
      "place": {                        # or null
        "file": "plans/flood.yaml",
        "line": 2, "column": 1,         # count characters (code points) from 1
        "end_line": 2, "end_column": 6  # the end is exclusive
                                        # of data also "path": "observations[0].facts.deaths"
      },
      "params": {"key": "kinds"},       # what the message was made from
      "related": [{"message": "first written here", "place": {…}}],
      "fix": {                          # or null: what would mend it
        "sure": true,                   # it has one meaning: `check --fix` makes it
        "edits": [{"place": {…}, "old": "kinds", "new": "kind"}]
      }                                 # `old` begins there or stands within; "" is all of it
    }

A list of diagnostics is written as `{"version": 1, "diagnostics": [ … ]}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from planengine.diagnostics.code import Language, Text
from planengine.diagnostics.diagnostic import Diagnostic, Fix, Parameter, Span

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"

VERSION = 1

_PLACE: Mapping[str, object] = {
    "type": "object",
    "required": ["file", "line", "column", "end_line", "end_column"],
    "properties": {
        "file": {"type": "string"},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "end_line": {"type": "integer", "minimum": 1},
        "end_column": {"type": "integer", "minimum": 1},
        "path": {"type": "string"},
    },
}

_FIX: Mapping[str, object] = {
    "type": "object",
    "required": ["sure", "edits"],
    "properties": {
        "sure": {"type": "boolean"},
        "edits": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["place", "old", "new"],
                "properties": {
                    "place": _PLACE,
                    "old": {"type": "string"},
                    "new": {"type": "string"},
                },
            },
        },
    },
}

DIAGNOSTIC_SCHEMA: Mapping[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "planengine diagnostic",
    "type": "object",
    "required": ["code", "severity", "message", "hint", "place", "params", "related", "fix"],
    "properties": {
        "code": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
        "severity": {"enum": ["error", "warning", "advice"]},
        "message": {"type": "string"},
        "hint": {"type": ["string", "null"]},
        "place": {"anyOf": [_PLACE, {"type": "null"}]},
        "params": {"type": "object"},
        "related": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "place"],
                "properties": {"message": {"type": "string"}, "place": _PLACE},
            },
        },
        "fix": {"anyOf": [_FIX, {"type": "null"}]},
    },
}
"""JSON Schema of one diagnostic."""

REPORT_SCHEMA: Mapping[str, object] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "planengine diagnostics",
    "type": "object",
    "required": ["version", "diagnostics"],
    "properties": {
        "version": {"const": VERSION},
        "diagnostics": {"type": "array", "items": DIAGNOSTIC_SCHEMA},
    },
}
"""JSON Schema of a list of diagnostics."""


def to_json(diagnostic: Diagnostic, *, language: Language = "en") -> dict[str, Json]:
    """One diagnostic as plain data in the shape above."""
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "message": diagnostic.message_in(language),
        "hint": diagnostic.hint_in(language),
        "place": _place(diagnostic.span) if diagnostic.span else None,
        "params": {name: _plain(value, language) for name, value in diagnostic.params},
        "related": [
            {"message": words_of(words, language), "place": _place(span)}
            for words, span in diagnostic.related
        ],
        "fix": _fix(diagnostic.fix),
    }


def _fix(fix: Fix | None) -> dict[str, Json] | None:
    if fix is None:
        return None
    edits: list[Json] = [
        {"place": _place(edit.span), "old": edit.old, "new": edit.new} for edit in fix.edits
    ]
    return {"sure": fix.sure, "edits": edits}


def report(diagnostics: Iterable[Diagnostic], *, language: Language = "en") -> dict[str, Json]:
    """A list of diagnostics as plain data, with the version of the shape."""
    return {"version": VERSION, "diagnostics": [to_json(d, language=language) for d in diagnostics]}


def _place(span: Span) -> dict[str, Json]:
    place: dict[str, Json] = {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
    return {**place, "path": span.path} if span.path else place


def words_of(words: Text | str, language: Language) -> str:
    """Words in one language, where they are in two."""
    return words.in_language(language) if isinstance(words, Text) else words


def _plain(value: Parameter, language: Language) -> Json:
    if isinstance(value, tuple):
        return [words_of(part, language) for part in value]
    return value.in_language(language) if isinstance(value, Text) else value
