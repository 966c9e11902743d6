"""The words in which bounds are written, language by language.

Another language is another `Language` in `LANGUAGES`; nothing else knows its words. A word that
says not clearly whether its limit counts belongs under `unclear`, never under a relation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from msgspec import Struct

Relation: TypeAlias = Literal["≥", ">", "≤", "<", "=", "≠"]


class Language(Struct, frozen=True):
    """What one language says before, after and between the limits of a bound.

    The values are regular expressions. `suffix` is every word that may follow a limit; the first
    of `meanings` that is found in it tells what it means. `spans` say a range with both of its
    ends, `either` one limit or another, which is no bound. `multiples` are words that multiply the
    number before them.
    """

    prefixes: tuple[tuple[Relation, str], ...]
    suffix: str
    meanings: tuple[tuple[str, Relation], ...]
    joints: str
    vague: str
    unclear: str
    either: str
    spans: tuple[str, ...] = ()
    multiples: Mapping[str, int] = MappingProxyType({})


_SYMBOLS: tuple[tuple[Relation, str], ...] = (
    ("≥", "≥|>=|=>"),
    ("≤", "≤|<=|=<"),
    ("≠", "≠|!=|<>"),
    (">", ">"),
    ("<", "<"),
    ("=", "==|="),
)

_COUNTED = r"\(\s*不?含[^()]*\)"
_CHINESE = Language(
    prefixes=(
        ("≥", "不少于|不低于|不小于|达到或超过|大于等于|大于或等于|达到|达|至少"),
        ("≤", "不超过|不高于|不大于|不多于|未超过|至多|最多|小于等于|小于或等于"),
        (">", "超过|超出|大于|高于|多于"),
        ("<", "不足|不满|未满|低于|少于|小于|不到|未达到|未达"),
        ("≠", "不等于"),
        ("=", "等于"),
    ),
    suffix=rf"(?:{_COUNTED}\s*)?(?:及其|及|或|和)?以[上下](?:\s*{_COUNTED})?",
    meanings=(
        ("不含.*以上|以上.*不含", ">"),
        ("以上", "≥"),
        ("不含", "<"),
        (r"^\(?\s*[及或和含]|\(\s*含", "≤"),
        ("以下", "<"),
    ),
    joints="[、,;]|且|并且|但|同时",
    vague=r"数[十百千万]|[几多]十|几|若干|[上成近][十百千万]|近\s*[0-9一二两三四五六七八九十]|约|大概|左右"
    r"|上下|余|多[人例名户间座个起]|大量|少量|部分|[较很许]多|较少|个别|众多",
    unclear=r"[0-9一二三四五六七八九十百千万亿]\S*?\s*(?:-|~|～|–|—|－|至|到|\.\.)\s*\S|以[内外]",
    either="或者?",
)


def _word(words: str) -> str:
    """Whole words: not parts of longer ones, nor of ids such as `over-land`."""
    return rf"(?<![\w@-])(?:{words})(?![\w-])"


_ENGLISH = Language(
    prefixes=(
        (
            "≥",
            _word(
                "at least|(?:no|not) (?:less|fewer|lower) than|not (?:below|under)"
                "|(?:a )?minimum of"
                "|(?:greater|more) than or equal to|equal to or (?:greater|more) than"
            ),
        ),
        (
            "≤",
            _word(
                "at most|(?:no|not) (?:more|greater|higher|longer) than"
                "|not (?:above|over|exceeding)"
                "|up to and including|(?:a )?maximum of|(?:less|fewer) than or equal to"
                "|equal to or less than|up to(?! but)"
            ),
        ),
        (
            ">",
            _word("(?:more|greater|higher|longer) than|over|above|exceeding|exceeds|in excess of"),
        ),
        (
            "<",
            _word("(?:less|fewer|lower|shorter) than|below|under|up to but not including"),
        ),
        ("≠", _word("not equal to")),
        ("=", _word("equal to|exactly")),
    ),
    suffix=_word(
        "(?:or|and) (?:more|above|over|greater|higher|longer|less|fewer|below|under|lower|shorter)"
        "(?! than)"
    ),
    meanings=(("more|above|over|greater|higher|longer", "≥"), ("", "≤")),
    joints=rf",?\s*{_word('and|but')}|,",
    vague=_word(
        "about|around|approximately|approx|roughly|nearly|almost|some|several|dozens?|scores|many"
        "|few|numerous|hundreds|thousands|millions|or so|circa"
    ),
    unclear=_word("within|outside") + r"|[0-9]\S*\s*(?:-|–|—|~|\.\.)\s*[0-9]",
    either=_word("or"),
    spans=(
        r"between (?P<low>.+?) and (?P<high>.+?)",
        r"(?:from )?(?P<low>.+?) to (?P<high>.+?)",
    ),
    multiples=MappingProxyType(
        {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
    ),
)

_JAPANESE = Language(
    prefixes=(),
    suffix="以上|以下|未満|を?超(?:える)?|を?上回る|を?下回る",
    meanings=(("以上", "≥"), ("以下", "≤"), ("未満|下回る", "<"), ("", ">")),
    joints="[、,]|かつ",
    vague="約|およそ|程度|前後|数[十百千万]|余り|弱|強|若干|多数|少数",
    unclear=r"[0-9一二三四五六七八九十百千万億]\S*?\s*(?:-|~|〜|～|–|—|から|ないし)\s*\S|以内|以外|まで",
    either="または|又は|もしくは|若しくは",
    multiples=MappingProxyType({"億": 10**8}),
)

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {"zh": _CHINESE, "en": _ENGLISH, "ja": _JAPANESE}
)
"""Every language that bounds can be written in, by its tag."""

USUAL = ("zh", "en")
"""The languages of a library that declares none."""


class Grammar(Struct, frozen=True):
    """The words of some languages and the symbols together, as compiled expressions."""

    side: re.Pattern[str]
    joint: re.Pattern[str]
    lead: re.Pattern[str]
    trail: re.Pattern[str]
    relations: tuple[tuple[Relation, re.Pattern[str]], ...]
    endings: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Relation], ...]], ...]
    spans: tuple[re.Pattern[str], ...]
    unit_last: re.Pattern[str]
    vague: re.Pattern[str]
    unclear: re.Pattern[str]
    either: re.Pattern[str]
    multiple: re.Pattern[str]
    multiples: Mapping[str, int]

    def before(self, word: str) -> Relation:
        """What a word before a limit means."""
        return next(relation for relation, words in self.relations if words.fullmatch(word))

    def after(self, word: str) -> Relation:
        """What a word after a limit means."""
        meanings = next(meanings for suffix, meanings in self.endings if suffix.fullmatch(word))
        return next(relation for found, relation in meanings if found.search(word))


@lru_cache(maxsize=8)
def grammar(tags: tuple[str, ...]) -> Grammar:
    """The grammar of bounds in some of the `LANGUAGES`."""
    languages = [LANGUAGES[tag] for tag in tags]
    prefixes = [*(one for language in languages for one in language.prefixes), *_SYMBOLS]
    prefix = "|".join(words for _, words in prefixes)
    suffix = "|".join(language.suffix for language in languages)
    joints = "|".join(language.joints for language in languages)
    multiples = {word: size for one in languages for word, size in one.multiples.items()}
    multiple = "|".join(multiples) or "(?!)"
    return Grammar(
        side=_compiled(
            rf"(?P<prefix>{prefix})?\s*(?P<operand>.+?)\s*"
            rf"(?:(?P<suffix>{suffix})|(?={joints}|{prefix}|$))"
        ),
        joint=_compiled(rf"\s*(?:{joints})?\s*"),
        lead=_compiled(rf"(?P<word>{prefix})\s*(?P<operand>.+)"),
        trail=_compiled(rf"(?P<operand>.+?)\s*(?P<word>{suffix})"),
        relations=tuple((relation, _compiled(words)) for relation, words in prefixes),
        endings=tuple(
            (
                _compiled(one.suffix),
                tuple((_compiled(found), relation) for found, relation in one.meanings),
            )
            for one in languages
        ),
        spans=tuple(
            _compiled(rf"{span}(?:,?\s*\(?(?P<ends>inclusive|exclusive)\)?)?")
            for one in languages
            for span in one.spans
        ),
        unit_last=_compiled(
            rf"(?P<number>[^a-z]*[0-9](?:\s*(?:{multiple}))?)\s+"
            rf"(?P<suffix>{suffix})\s+(?P<unit>[^\s0-9][^0-9]*)"
        ),
        vague=_compiled("|".join(one.vague for one in languages)),
        unclear=_compiled("|".join(one.unclear for one in languages)),
        either=_compiled("|".join(one.either for one in languages)),
        multiple=_compiled(rf"\s*(?P<word>{multiple})(?![a-z])\s*(?P<unit>.*)"),
        multiples=MappingProxyType(multiples),
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
