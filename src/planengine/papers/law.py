"""Sentences that stand on an article of the 2024 Emergency Response Law."""

from __future__ import annotations

from planengine.papers.parts import Clause, Sentence
from planengine.papers.wording import Wording

LAW = "emergency-response-law-2024"


def of_law(article: str, text: str, wording: Wording) -> Sentence:
    """A sentence with its article; an empty one where the law is not in force or not known."""
    source = wording.entities.sources.get(LAW)
    editions = source.editions if source is not None else ()
    if not any(one.period.contains(wording.at) for one in editions):
        return Sentence("")
    name = wording.quoted(wording.words.source(LAW))
    return Sentence(text, (Clause(wording.together(name, wording.original(article))),))
