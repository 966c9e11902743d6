"""The language of what the command line says: the one asked for, else the locale's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from planengine.diagnostics.code import Language
from planengine.language import locale_language

Say: TypeAlias = Callable[[str, str], str]  # of a Chinese and an English text, the one asked for

OPTION = "--lang"

__all__ = ["OPTION", "Language", "Say", "language_of", "speaker"]


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
    return locale_language()


def speaker(language: Language) -> Say:
    """A function that chooses between a Chinese and an English text."""
    return _chinese if language == "zh" else _english


def _chinese(chinese: str, _english: str) -> str:
    return chinese


def _english(_chinese: str, english: str) -> str:
    return english
