"""Figures as papers write them: exact, in threes from five digits on, much money in 亿元."""

from __future__ import annotations

from fractions import Fraction

from planengine.assessment.phrases import Language, grouped
from planengine.domain.vocabulary import ComparedBy
from planengine.values.sets import Interval

_AT_LEAST: dict[ComparedBy, str] = {"height": "不低于", "amount": "不少于", "size": "不小于"}
_BELOW: dict[ComparedBy, str] = {"height": "低于", "amount": "少于", "size": "小于"}


def figure(one: Interval, unit: str, compared_by: ComparedBy, language: Language) -> str:
    """An interval in words with its unit: 不少于53人, 10至29人, at least 53."""
    if language == "en":
        return _english(one) + (f" {unit}" if unit else "")
    return _chinese(*_in_hundred_millions(one, unit), compared_by)


def _in_hundred_millions(one: Interval, unit: str) -> tuple[Interval, str]:
    """Money past ten thousand 万元 in 亿元; all else as it is."""
    ends = [end for end in (one.low, one.high) if not isinstance(end, float)]
    if unit != "万元" or not ends or min(ends) < 10_000:
        return one, unit
    low, high = (
        end if isinstance(end, float) else Fraction(end) / 10_000 for end in (one.low, one.high)
    )
    return Interval(low, high, one.low_closed, one.high_closed), "亿元"


def _chinese(one: Interval, unit: str, compared_by: ComparedBy) -> str:
    low, high = grouped(one.low), grouped(one.high)
    if one.low == one.high:
        return f"{low}{unit}"
    if isinstance(one.high, float):
        return f"{_AT_LEAST[compared_by] if one.low_closed else '超过'}{low}{unit}"
    if isinstance(one.low, float):
        return f"{'不超过' if one.high_closed else _BELOW[compared_by]}{high}{unit}"
    open_low, open_high = (
        "" if closed else "（不含）" for closed in (one.low_closed, one.high_closed)
    )
    return f"{low}{open_low}至{high}{unit}{open_high}"


def _english(one: Interval) -> str:
    low, high = grouped(one.low), grouped(one.high)
    if one.low == one.high:
        return low
    if isinstance(one.high, float):
        return f"{'at least' if one.low_closed else 'more than'} {low}"
    if isinstance(one.low, float):
        return f"{'at most' if one.high_closed else 'less than'} {high}"
    open_low, open_high = (
        "" if closed else " (excluded)" for closed in (one.low_closed, one.high_closed)
    )
    return f"{low}{open_low} to {high}{open_high}"
