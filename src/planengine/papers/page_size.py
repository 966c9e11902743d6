"""How large a card is printed so that it fits on one A4 page."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from wcwidth import wcswidth

from planengine.papers.parts import Call, Sentence, Step, StepGroup

SIZES = (10.5, 9.5, 8.5, 7.5, 6.5)  # in points; smaller is not readable
_WIDTH = 186.0  # millimetres inside the margins
_HEIGHT = 236.0  # … without title, banner and foot
_MM = 25.4 / 72
_LEADING = 1.42
_SMALL = 0.82  # small print beside the size
_BULLET = 1.5  # full-width signs that a bullet takes
_CALLS = 0.95  # size of the telephones, in two columns
_LIMIT = 0.24  # of the width: the column of times


def fit(
    groups: Iterable[StepGroup], signals: tuple[Sentence, ...], calls: tuple[Call, ...]
) -> tuple[float, bool]:
    """The largest size at which a card fits on a page, and whether any does."""
    every = tuple(groups)
    for size in SIZES:
        if _height(every, signals, calls, size) <= _HEIGHT:
            return size, True
    return SIZES[-1], False


def _height(
    groups: tuple[StepGroup, ...],
    signals: tuple[Sentence, ...],
    calls: tuple[Call, ...],
    size: float,
) -> float:
    line = size * _MM * _LEADING
    columns = _WIDTH / (size * _MM)  # of full-width signs
    total = 2 * line
    for group in groups:
        total += 1.5 * line
        total += sum(_step(one, columns) * line + 0.8 for one in group.steps)
    total += sum(_signal(one, columns - _BULLET) for one in signals) * line + 2 * line
    half = columns / _CALLS / 2 - 2 * _BULLET
    called = sum(_mixed(f"{one.name}：{one.phone}", one.note, half) for one in calls)
    return total + ceil(called / 2 + bool(calls)) * line * _CALLS + 2 * line


def _signal(one: Sentence, columns: float) -> int:
    small = "；".join(filter(None, (one.told, *(clause.text for clause in one.clauses))))
    return _mixed("".join((*one.marks, one.text)), f"〔依据：{small}〕", columns)


def _mixed(text: str, small: str, columns: float) -> int:
    """The lines of a text with small print behind it."""
    return ceil((_width(text) + _width(small) * _SMALL + 1) / columns)


def _step(one: Step, columns: float) -> float:
    wide = columns * (1 - _LIMIT) - 2
    small = wide / _SMALL
    details = "；".join((*one.details, *(clause.text for clause in one.clauses)))
    do = _lines("".join((*one.marks, one.do)), wide) + _lines(details, small) * _SMALL
    return max(do, _lines(one.limit, columns * _LIMIT - 2))


def _lines(text: str, columns: float) -> int:
    return ceil(_width(text) / columns) if text else 0


def _width(text: str) -> float:
    return max(wcswidth(text), 0) / 2
