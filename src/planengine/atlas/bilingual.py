"""Texts in both languages of the page, and conditions told in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Concatenate, ParamSpec, TypeAlias, TypedDict

from msgspec import Struct

from planengine.assessment.words import Words
from planengine.domain.entities import Entities
from planengine.rules.conditions import (
    ActCell,
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    Constant,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
    Not,
    Test,
)
from planengine.rules.walk import tests_of

P = ParamSpec("P")


class Both(TypedDict):
    """A text in Chinese and in English."""

    zh: str
    en: str


Said: TypeAlias = tuple[int, str]
"""A line of words, and how deep it stands in."""


class Bilingual(Struct):
    """The words of a library in both languages."""

    zh: Words
    en: Words

    def of(self, say: Callable[[Words], str]) -> Both:
        """What is said in each."""
        return {"zh": say(self.zh), "en": say(self.en)}

    def say(
        self, method: Callable[Concatenate[Words, P], str], *args: P.args, **more: P.kwargs
    ) -> Both:
        """What a method of `Words` says in each: `say(Words.fact, "deaths")`."""
        return {"zh": method(self.zh, *args, **more), "en": method(self.en, *args, **more)}

    def condition(self, condition: Condition) -> dict[str, list[Said]]:
        """A condition in lines of words."""
        return {"zh": list(told(condition, self.zh)), "en": list(told(condition, self.en))}


def bilingual(entities: Entities, at: int, acts: dict[str, str]) -> Bilingual:
    """Words for the editions of one time; `acts` are what people may invoke."""
    return Bilingual(
        Words(entities, "zh", at=at, acts=acts), Words(entities, "en", at=at, acts=acts)
    )


def both(zh: str, en: str) -> Both:
    """A text of the page itself."""
    return {"zh": zh, "en": en}


def told(condition: Condition, words: Words, depth: int = 0) -> Iterator[Said]:
    """A condition as lines: what joins parts stands over them."""
    zh = words.language == "zh"
    match condition:
        case All():
            head = "同时满足：" if zh else "all of:"
        case Any():
            head = "任一：" if zh else "any of:"
        case AtLeast():
            head = f"至少 {condition.count} 项：" if zh else f"at least {condition.count} of:"
        case _:
            yield depth, in_words(condition, words)
            return
    yield depth, head
    for part in _merged(condition.of, words):
        if isinstance(part, str):
            yield depth + 1, part
        else:
            yield from told(part, words, depth + 1)


def in_words(condition: Condition, words: Words) -> str:
    """A condition with "and" and "or"; what is inside another stands in brackets."""
    zh = words.language == "zh"
    match condition:
        case Constant():
            always, never = ("总是", "从不") if zh else ("always", "never")
            return always if condition.value else never
        case Test():
            return words.test(condition.cell, condition.accepts)
        case All():
            return _joined(condition.of, words, " 且 " if zh else " and ")
        case Any():
            return _joined(condition.of, words, " 或 " if zh else " or ")
        case AtLeast():
            parts = _joined(condition.of, words, "；" if zh else "; ")
            return (
                f"下列至少 {condition.count} 项：{parts}"
                if zh
                else f"at least {condition.count} of: {parts}"
            )
        case Not():
            return (
                f"不是（{in_words(condition.of, words)}）"
                if zh
                else f"not ({in_words(condition.of, words)})"
            )
        case Case():
            rows = [
                f"{in_words(guard, words)} → {in_words(body, words)}"
                for guard, body in condition.branches
            ]
            rows.append(
                ("其余 → " if zh else "otherwise → ") + in_words(condition.otherwise, words)
            )
            return ("；" if zh else "; ").join(rows)


def _joined(parts: Sequence[Condition], words: Words, between: str) -> str:
    texts = (one if isinstance(one, str) else _inside(one, words) for one in _merged(parts, words))
    return between.join(texts)


def _merged(parts: Sequence[Condition], words: Words) -> list[str | Condition]:
    """Parts in their order; tests of one fact for the same value at several places as one text."""
    found: dict[object, str | Condition] = {}
    places: dict[object, list[str]] = {}
    for number, part in enumerate(parts):
        if isinstance(part, Test) and isinstance(part.cell, FactCell):
            fact, value = words.fact(part.cell.fact), _asked(words.value(part.cell, part.accepts))
            alike = (fact, value)
            own = places.setdefault(alike, [])
            own.append(words.place(part.cell.place))
            where = "" if part.cell.place in {"incident", words.entities.home} else own[0]
            if len(own) > 1:
                where = words.listed(own)
            found[alike] = f"{fact} @ {where} {value}" if where else f"{fact} {value}"
        else:
            found[number] = part
    return list(found.values())


def _inside(part: Condition, words: Words) -> str:
    text = in_words(part, words)
    if isinstance(part, All | Any | AtLeast | Case):
        return f"（{text}）" if words.language == "zh" else f"({text})"
    return text


def _asked(value: str) -> str:
    return value if value[:1] in "≥≤<>[(" else f"= {value}"


def how_read(test: Test, words: Words) -> str:
    """How a test reads its fact, whatever the place and the value: tests alike share a line."""
    cell = test.cell
    if isinstance(cell, FactCell):
        return ""
    if isinstance(cell, ForecastCell) and cell.day is None and cell.accepts is None:
        within = words.duration(cell.within)
        return f"{within}内预计 " if words.language == "zh" else f"expected within {within} "
    if isinstance(cell, LastingCell):
        lasting = words.duration(cell.duration)
        return f"持续{lasting} " if words.language == "zh" else f"for {lasting} "
    return words.test(cell, test.accepts)


def asked(tests: Sequence[Test], words: Words, home: str) -> str:
    """What tests that are read alike ask of their source: each value once, and where."""
    first = tests[0].cell
    if isinstance(first, ActCell):
        return ""
    if isinstance(first, LevelCell):
        return words.value(first, tests[0].accepts)
    head = how_read(tests[0], words)
    if isinstance(first, LastingCell):
        inner = [one for test in tests for one in tests_of(test.cell.body)]  # type: ignore[union-attr]
        if not all(isinstance(one.cell, FactCell) for one in inner):
            return words.cell(first)
        return head + _values(inner, words, home)
    if isinstance(first, FactCell | ForecastCell) and head != words.test(first, tests[0].accepts):
        return head + _values(tests, words, home)
    return head


def _values(tests: Sequence[Test], words: Words, home: str) -> str:
    """The values, each once, and the place, or how many places."""
    values = dict.fromkeys(_asked(words.value(one.cell, one.accepts)) for one in tests)
    places = dict.fromkeys(str(getattr(one.cell, "place", home)) for one in tests)
    named = [place for place in places if place not in {"incident", home}]
    text = " / ".join(values)
    if not named:
        return text
    where = words.place(named[0])
    if len(named) > 1:
        where = f"{len(named)} 处" if words.language == "zh" else f"{len(named)} places"
    return f"{text}（{where}）" if words.language == "zh" else f"{text} ({where})"
