"""Did you mean: the nearest known word to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest to a word, or None when none is near.

    A candidate that the word begins (`gas` of `gas-accident`) is near. Short words, as Chinese
    ones are, count as near when they share most of their characters with a candidate; of
    hyphenated names the first part must be near too, for `gas-office` is no misspelling of
    `chemicals-office`. Upper and lower case are the same.
    """
    candidates = tuple(candidates)
    folded = word.casefold()
    begun = [one for one in dict.fromkeys(candidates) if one.casefold().startswith(f"{folded}-")]
    if begun:
        return min(begun, key=len)
    best: str | None = None
    best_score = 0.0
    for candidate in dict.fromkeys(candidates):
        other = candidate.casefold()
        shorter = min(len(folded), len(other))
        if not shorter or not _begin_alike(folded, other):
            continue
        matcher = SequenceMatcher(None, folded, other, autojunk=False)
        least = 0.6 if shorter > 4 else 0.5
        floor = max(least, best_score)
        if matcher.real_quick_ratio() < floor or matcher.quick_ratio() < floor:
            continue
        score = matcher.ratio()
        if score >= least and score > best_score:
            best, best_score = candidate, score
    return best


def _begin_alike(one: str, other: str) -> bool:
    """Whether the first parts of two hyphenated names are near; true where one has no hyphen."""
    if "-" not in one or "-" not in other:
        return True
    parts = one.partition("-")[0], other.partition("-")[0]
    if parts[0] == other or parts[1] == one:
        return True
    return SequenceMatcher(None, *parts, autojunk=False).ratio() >= 0.5
