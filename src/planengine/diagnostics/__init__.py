"""Findings about what users wrote: codes, places, rendering."""

from planengine.diagnostics.code import Code, Language, Severity, Text
from planengine.diagnostics.diagnostic import Diagnostic, PlanError, Span, finding
from planengine.diagnostics.errors import ArgumentError, PlanengineError

__all__ = [
    "ArgumentError",
    "Code",
    "Diagnostic",
    "Language",
    "PlanError",
    "PlanengineError",
    "Severity",
    "Span",
    "Text",
    "finding",
]
