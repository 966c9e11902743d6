"""Engines: a rule set and the values of its cells in, the levels of every decision out."""

from __future__ import annotations

from planengine.diagnostics.code import Text


class EngineRefusal(Exception):  # noqa: N818 - an engine that will not answer is not an error of ours
    """An engine gives no answer: it is not installed, it failed, or two of them differ.

    `text` says which, in both languages; as a string it is English.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        super().__init__(text.en)
