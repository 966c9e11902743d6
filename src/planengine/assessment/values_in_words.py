"""Sets of values in words: counts with their units, choices, levels, lengths of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planengine.assessment.phrases import Language, duration, grouped, say
from planengine.domain.ids import UnitKey
from planengine.domain.parts import Label
from planengine.domain.vocabulary import Fact, Level
from planengine.rules.conditions import Cell, ElapsedCell, LevelCell
from planengine.values.sets import ChoiceSet, Interval, NumberDomain, NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.words import Words

# A Chinese counter says nothing that the fact's label does not; "deaths 3", not "deaths 3 人".
_ENGLISH_UNITS: dict[str, str] = {
    **dict.fromkeys("人名例位口户间座处起条张家个辆级", ""),
    "人次": "", "元": "yuan", "万元": "×10,000 yuan", "亿元": "×100 million yuan", "公顷": "ha",
    "亩": "mu", "倍": "times", "度": "degrees", "天": "d", "小时": "h", "分钟": "min",
}  # fmt: skip

_CHINESE_UNITS = {"h": "小时", "min": "分钟"}


_TRUTH = frozenset({False, True})


def known_text(words: Words, cell: Cell, value: ValueSet, *, with_unit: bool = True) -> str:
    """What is known of a cell; of a decision the certain level, and the one it could reach."""
    if not isinstance(cell, LevelCell):
        every = cell.domain.everything
        if isinstance(value, NumberSet) and isinstance(every, NumberSet):
            value = every if value.intervals == every.intervals else value  # n/a alone is left out
        return value_text(words, cell, value, with_unit=with_unit)
    names, ranks = _ranks(words, cell, value)
    if len(ranks) < 2:
        return value_text(words, cell, value)
    return say("between", words.language, certain=names[ranks[0]], reach=names[ranks[-1]])


def value_text(words: Words, cell: Cell, value: ValueSet, *, with_unit: bool = True) -> str:
    """A set of values of a cell, with or without its unit."""
    if isinstance(cell, LevelCell):
        return _levels(words, cell, value)
    if isinstance(value, ChoiceSet):
        return _choices(words, cell, value)
    if value == cell.domain.everything:
        return say("any", words.language)
    if isinstance(cell, ElapsedCell):
        return "/".join(_span_of_time(item, words.language) for item in value.intervals) or "—"
    unit = words.unit(cell) if with_unit else None
    if isinstance(cell.domain, NumberDomain):
        value = cell.domain.told(value)
    parts = [_interval(item) for item in value.intervals]
    text = say("or", words.language).join(parts)
    if unit and parts:
        text += f" {unit}"
    if value.na and not parts:
        text = say("n/a", words.language)
    return text


def unit_text(words: Words, cell: Cell) -> str | None:
    """The unit of a cell's numbers; None where they have none."""
    fact = _fact(words, cell)
    if fact is None or fact.unit is None:
        return None
    return unit_name(fact.unit, words.language)


def unit_name(unit: str, language: Language) -> str | None:
    """What a unit is called; None where that says nothing."""
    names = _CHINESE_UNITS if language == "zh" else _ENGLISH_UNITS
    return names.get(unit, unit) or None


def unit_beside(fact: Fact | None, language: Language) -> str:
    """A fact's unit as it stands beside a number; '' where it has none, or says nothing."""
    unit = fact.unit if fact is not None else None
    if not unit or language == "zh":
        return unit or ""
    return unit_name(unit, "en") or ""


def _fact(words: Words, cell: Cell) -> Fact | None:
    name: str | None = getattr(cell, "fact", None)
    return words.entities.facts.get(name) if name else None


def _span_of_time(item: Interval, language: Language) -> str:
    if isinstance(item.high, float):
        return f"≥ {duration(float(item.low), language)}"
    return duration(float(item.low), language)


def _interval(item: Interval) -> str:
    if item.low == item.high:
        return grouped(item.low)
    if isinstance(item.high, float):
        return f"{'≥' if item.low_closed else '>'} {grouped(item.low)}"
    if isinstance(item.low, float):
        return f"{'≤' if item.high_closed else '<'} {grouped(item.high)}"
    left = "[" if item.low_closed else "("
    right = "]" if item.high_closed else ")"
    return f"{left}{grouped(item.low)}..{grouped(item.high)}{right}"


def _choices(words: Words, cell: Cell, value: ChoiceSet) -> str:
    labels: dict[str, Label] = {}
    fact = _fact(words, cell)
    if fact is not None:
        labels = dict(fact.value_labels)
    if value == cell.domain.everything or value.members >= _TRUTH:
        return say("any", words.language)
    shown: list[str] = []
    for member in getattr(cell.domain, "values", ()):
        if member in value.members:
            if isinstance(member, bool):
                shown.append(say("true" if member else "false", words.language))
            else:
                shown.append(words.label(labels.get(member, Label()), member))
    if value.na and not shown:
        shown.append(say("n/a", words.language))
    return say("or", words.language).join(shown)


def _levels(words: Words, cell: LevelCell, value: ValueSet) -> str:
    names, ranks = _ranks(words, cell, value)
    if not ranks:
        return str(value)
    if len(ranks) == len(names):
        return say("any", words.language)
    if len(ranks) > 1 and ranks == list(range(ranks[0], len(names))):
        return f"≥ {names[ranks[0]]}"
    return say("or", words.language).join(names[rank] for rank in ranks)


def _ranks(words: Words, cell: LevelCell, value: ValueSet) -> tuple[list[str], list[int]]:
    """What the ranks of a decision's scale are called, and which of them are in the value."""
    found = _scale_of(words, cell.unit)
    if found is None or not isinstance(value, NumberSet):
        return [], []
    names = [say("nothing", words.language)]
    names += [words.label(level.label, level.id) for level in reversed(found)]
    ranks = range(len(names))
    return names, [n for n in ranks if value.intersects(NumberSet((Interval(n, n),)))]


def _scale_of(words: Words, unit: UnitKey) -> tuple[Level, ...] | None:
    document = words.edition(unit.document)
    if document is None:
        return None
    tracks = document.warnings if unit.warning else document.tracks
    found = [track for track in tracks if track.id == unit.track] or tracks
    return words.entities.scales[found[0].scale].levels if found else None
