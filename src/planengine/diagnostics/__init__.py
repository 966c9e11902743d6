"""Findings about what users wrote: codes, places, rendering."""

from planengine.diagnostics.code import Code, Language, Severity, Text
from planengine.diagnostics.diagnostic import Diagnostic, Origin, PlanError, Span, finding

__all__ = [
    "Code",
    "Diagnostic",
    "Language",
    "Origin",
    "PlanError",
    "Severity",
    "Span",
    "Text",
    "finding",
]
