"""Findings about what users wrote: codes, places, rendering."""

from planengine.diagnostics.codes import CODES, Code, Language, Severity, Text
from planengine.diagnostics.diagnostic import Diagnostic, Origin, PlanError, Span, finding

__all__ = [
    "CODES",
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
