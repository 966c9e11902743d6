"""Diagnostic codes of the family `links`."""

from __future__ import annotations

from planengine.diagnostics.code import Code

CODES: tuple[Code, ...] = ()
