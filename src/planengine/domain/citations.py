"""The clauses that one citation names: 第九、十条 are two, 4.2–4.4 are three."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from planengine.values.numbers import parse_number

_AND = re.compile(r"\s*(?:[、，,；;]|以及|和|及|与|\band\b)\s*")
_TO = re.compile(r"\s*(?:至|到|–|—|~|～|\bto\b|(?:(?<=[条款项])|(?<=\.[0-9])|(?<=\.[0-9]{2}))-)\s*")
_NUMERAL = "[0-9]+|[零〇一二两三四五六七八九十百千]+"
_PART = re.compile(
    rf"(?P<head>.*?)(?P<sign>第)?(?P<number>{_NUMERAL})(?P<unit>[条款项目章节]|之(?:{_NUMERAL}))?"
)
_DOTTED = re.compile(r"(?P<head>(?:.*[^0-9.])?(?:[0-9]+\.)*)(?P<number>[0-9]+)")
_MOST = 200  # clauses of one range; more are no range of clauses
_SIGNS = "零一二三四五六七八九"


class _Part(Struct, frozen=True):
    """One clause: what stands before its last number, that number, and its unit (条)."""

    head: str
    sign: str
    number: str
    unit: str

    @property
    def text(self) -> str:
        return f"{self.head}{self.sign}{self.number}{self.unit}"


@lru_cache(maxsize=4096)
def clauses_in(citation: str) -> tuple[str, ...]:
    """Every clause that a citation names, each once, in its own words where they are whole.

    What leaves out a part has that of its neighbour: 第九、十条 are 第九条 and 第十条, 第五条第一、
    二项 are two items of one article. A range is every clause from its first to its last one.

    >>> clauses_in("第九、十条"), clauses_in("4.2–4.4"), clauses_in("第六十一条至第六十三条")
    (('第九条', '第十条'), ('4.2', '4.3', '4.4'), ('第六十一条', '第六十二条', '第六十三条'))
    >>> clauses_in("附件3"), clauses_in("annex A and B")
    (('附件3',), ('annex A and B',))
    """
    groups = [_TO.split(one) for one in _AND.split(citation.strip())]
    parts = _whole([_part(text) for group in groups for text in group])
    if len(parts) < 2 or None in parts:
        return (citation.strip(),)
    found: dict[str, None] = {}
    whole = iter(parts)
    for group in groups:
        ends = [part for part in islice(whole, len(group)) if part is not None]
        found.update(dict.fromkeys(_between(ends)))
    return tuple(found)


def _part(text: str) -> _Part | None:
    match = ("第" not in text and _DOTTED.fullmatch(text)) or _PART.fullmatch(text)
    if match is None:
        return None
    told = match.groupdict(default="")
    return _Part(told["head"], told.get("sign", ""), told["number"], told.get("unit", ""))


def _whole(parts: list[_Part | None]) -> list[_Part | None]:
    """The parts with what each leaves out: its unit stands after it, its head before it."""
    unit = ""
    for place in range(len(parts) - 1, -1, -1):
        part = parts[place]
        if part is not None and not part.unit and part.sign:
            parts[place] = replace(part, unit=unit)
        unit = part.unit or unit if part is not None else ""
    before: _Part | None = None
    for place, part in enumerate(parts):
        if part is not None and before is not None and not part.head:
            unit = part.unit or before.unit
            is_alike = unit == before.unit and (unit or before.head[:1].isalpha())
            head = before.head if is_alike else ""  # of items of one article; articles 9 and 10
            parts[place] = _Part(
                head, part.sign or (before.sign if unit else ""), part.number, unit
            )
        before = parts[place]
    return parts


def _between(ends: list[_Part]) -> Iterator[str]:
    """The clauses of a range; its ends alone where they cannot be counted through."""
    first, last = ends[0], ends[-1]
    low, high = parse_number(first.number), parse_number(last.number)
    alike = (first.head, first.sign, first.unit) == (last.head, last.sign, last.unit)
    if not isinstance(low, int) or not isinstance(high, int):
        low = high = 0
    if len(ends) != 2 or not alike or not 0 < high - low < _MOST:
        yield from (end.text for end in ends)
        return
    for number in range(low, high + 1):
        text = str(number) if first.number.isascii() else _in_words(number)
        yield replace(first, number=text).text


def _in_words(number: int) -> str:
    """A number below 1000 as articles are numbered: 十, 十一, 二十, 一百零五, 一百一十."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        ten = {0: "", 1: "十"}.get(tens, f"{_SIGNS[tens]}十")
        return ten + (_SIGNS[ones] if ones else "")
    gap = "零" if ones and not tens else ""
    ten = f"{_SIGNS[tens]}十" if tens else ""
    return f"{_SIGNS[hundreds]}百{gap}{ten}" + (_SIGNS[ones] if ones else "")


__all__ = ["clauses_in"]
