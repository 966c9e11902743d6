"""Diagnostic codes of the family `model`: what a library's documents say of themselves."""

from __future__ import annotations

from planengine.diagnostics.code import Code
from planengine.diagnostics.codes import (
    model_bodies,
    model_duties,
    model_files,
    model_incidents,
    model_levels,
    model_shape,
    model_times,
)

CODES: tuple[Code, ...] = (
    *model_files.CODES,
    *model_times.CODES,
    *model_shape.CODES,
    *model_levels.CODES,
    *model_bodies.CODES,
    *model_duties.CODES,
    *model_incidents.CODES,
)
