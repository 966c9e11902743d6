"""What the public API raises: one base, and mistakes in what a program passes."""

from __future__ import annotations


class PlanengineError(Exception):
    """The base of everything that planengine raises on purpose."""


class ArgumentError(PlanengineError, ValueError):
    """A program passed something that cannot be meant; the text says what would be.

    What users wrote (plans, incidents) is never this but a `PlanError` with its places.
    """
