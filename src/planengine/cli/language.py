"""The language of what the command line says: the one asked for, else the locale's."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
Say: TypeAlias = Callable[[str, str], str]  # of a Chinese and an English text, the one asked for

OPTION = "--lang"


def language_of(words: Sequence[str]) -> Language:
    """The language that a command line asks for, wherever it stands in it."""
    for place, word in enumerate(words):
        option, _, value = word.partition("=")
        if option == OPTION:
            asked = value or " ".join(words[place + 1 : place + 2])
            if asked == "zh":
                return "zh"
            if asked == "en":
                return "en"
    return _locale_language()


def _locale_language() -> Language:
    named = next((v for k in ("LC_ALL", "LC_MESSAGES", "LANG") if (v := os.environ.get(k))), "")
    if not named:
        import locale

        named = locale.getlocale()[0] or ""
    return "zh" if named.lower().startswith(("zh", "chinese")) else "en"


def speaker(language: Language) -> Say:
    """A function that chooses between a Chinese and an English text."""
    return _chinese if language == "zh" else _english


def _chinese(chinese: str, _english: str) -> str:
    return chinese


def _english(_chinese: str, english: str) -> str:
    return english
