"""Findings about what users wrote: codes, places, rendering."""

from planengine.diagnostics.code import Code, Language, Severity, Text
from planengine.diagnostics.diagnostic import Diagnostic, Edit, Fix, PlanError, Span, finding
from planengine.diagnostics.errors import ArgumentError, PlanengineError

__all__ = [
    "ArgumentError",
    "Code",
    "Diagnostic",
    "Edit",
    "Fix",
    "Language",
    "PlanError",
    "PlanengineError",
    "Severity",
    "Span",
    "Text",
    "finding",
]
