"""Engines: a rule set and the values of its cells in, the levels of every decision out."""

from __future__ import annotations

from planengine.diagnostics import PlanengineError, Text


class EngineRefusal(PlanengineError):  # noqa: N818 - an engine that will not answer is not an error of ours
    """An engine gives no answer: it is not installed, it failed, or two of them differ.

    `text` says which, in both languages; as a string it is English.
    """

    text: Text

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)

    def __reduce__(self) -> tuple[type[EngineRefusal], tuple[object]]:
        return type(self), (self.text,)
