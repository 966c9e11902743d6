"""What a diagnostic code is: everything about one kind of finding, in both languages."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

Severity: TypeAlias = Literal["error", "warning", "advice"]
Language: TypeAlias = Literal["en", "zh"]


class Text(Struct, frozen=True):
    """The same words in English and in Chinese."""

    en: str
    zh: str

    def in_language(self, language: Language) -> str:
        """The words in one language."""
        return self.zh if language == "zh" else self.en


class Code(Struct, frozen=True, kw_only=True):
    """One kind of finding.

    `message` and `hint` are templates: `{name}` is filled from the parameters of a finding
    (write `{{` for a brace). Every parameter of `message` is required; the hint is left out
    when one of its parameters is missing or None, and `otherwise` (without parameters) stands
    in for it. `explanation`, `bad` and `good` (YAML) make
    the page of the code.
    """

    id: str
    severity: Severity
    title: Text
    message: Text
    explanation: Text
    bad: str
    good: str
    hint: Text | None = None
    otherwise: Text | None = None
