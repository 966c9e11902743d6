"""Diagnostic codes of the family `reading`: text, YAML, and the shape of documents."""

from __future__ import annotations

from planengine.diagnostics.code import Code
from planengine.diagnostics.codes import reading_marks, reading_shape, reading_text, reading_yaml

CODES: tuple[Code, ...] = (
    *reading_text.CODES,
    *reading_yaml.CODES,
    *reading_marks.CODES,
    *reading_shape.CODES,
)
