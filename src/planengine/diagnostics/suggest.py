"""Did you mean: the nearest known word to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_SHORT = 5
_LEAST = 0.5  # what share two words that are near have in common
_LONGEST = 200  # no name is longer, and comparing takes more than its length tells
_BEGUN = 0.9  # how near a word is that begins the other: `gas` to `gas-accident`


def did_you_mean(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate nearest to a word, or None when none is near.

    A candidate that the word begins (`gas` of `gas-accident`) is near. Otherwise a candidate
    is near when the two share most of their letters; short Chinese words only when one
    character differs, or when characters of the candidate are left out. Of hyphenated names
    the first part must be near too, for `gas-office` is no misspelling of `chemicals-office`;
    of names with `/` every part. Upper and lower case are the same.
    """
    folded = word.casefold()
    known = [(one, *_traits(one)) for one in dict.fromkeys(candidates)]
    begun = [one for one, other, _, _ in known if other.startswith(f"{folded}-")]
    if begun:
        return min(begun, key=len)
    best: str | None = None
    best_score = 0.0
    _, length, letters = _traits(word)
    in_parts = "/" in word
    for candidate, other, size, its in known:
        # So many letters at most can be the same: a quick look before a thorough one.
        most = min(length - (letters & ~its).bit_count(), size - (its & ~letters).bit_count())
        if 2 * most < max(best_score, _LEAST) * (length + size) and not in_parts:
            continue
        score = _nearness(folded, other, best_score)
        if score > best_score:
            best, best_score = candidate, score
    return best


@lru_cache(maxsize=50_000)  # every name of a library is looked at for each misspelt one
def _traits(word: str) -> tuple[str, int, int]:
    """A word in lower case, its length, and its letters as bits (several may share one)."""
    folded = word.casefold()
    letters = 0
    for letter in folded:
        letters |= 1 << ord(letter) % 64
    return folded, len(folded), letters


def _nearness(word: str, other: str, floor: float = 0.0) -> float:
    """What share two words have in common; 0 where they are not near, or below `floor`."""
    if "/" in word or "/" in other:
        return _by_parts(word.split("/"), other.split("/"))
    shorter = min(len(word), len(other))
    if not shorter or max(len(word), len(other)) > _LONGEST:
        return 0.0
    chinese = not (word.isascii() and other.isascii())
    least = 0.6
    if shorter <= _SHORT:
        least = 0.5 if chinese else 0.7
    least = max(least, floor)
    if 2 * shorter < least * (len(word) + len(other)):
        return 0.0
    matcher = SequenceMatcher(None, word, other, autojunk=False)
    if matcher.quick_ratio() < least or not _begin_alike(word, other):
        return 0.0
    if chinese and shorter <= _SHORT and not _is_slip(word, other):
        return 0.0
    score = matcher.ratio()
    return score if score >= least else 0.0


def _by_parts(words: list[str], others: list[str]) -> float:
    """The nearness of the least near parts of two names such as `nanpu-county/flood`."""
    if len(words) != len(others):
        return 0.0
    pairs = zip(words, others, strict=True)
    return min(_BEGUN if b.startswith(f"{a}-") else _nearness(a, b) for a, b in pairs)


def _is_slip(word: str, other: str) -> bool:
    """Whether a word is another with one character more, wrong or exchanged, or any left out."""
    if len(word) > len(other):
        return len(word) == len(other) + 1 and _leaves_out(other, word)
    if _leaves_out(word, other):
        return True
    differing = [(a, b) for a, b in zip(word, other, strict=False) if a != b]
    if len(word) != len(other) or len(differing) > 2:
        return False
    return len(differing) == 1 or differing[0] == differing[1][::-1]


def _leaves_out(short: str, long: str) -> bool:
    """Whether a word of at least two characters is another with some left out."""
    rest = iter(long)
    return len(short) > 1 and all(letter in rest for letter in short)


def _begin_alike(one: str, other: str) -> bool:
    """Whether the first parts of two hyphenated names are near; true where one has no hyphen."""
    if "-" not in one or "-" not in other:
        return True
    parts = one.partition("-")[0], other.partition("-")[0]
    if parts[0] == other or parts[1] == one:
        return True
    return SequenceMatcher(None, *parts, autojunk=False).ratio() >= 0.5
