"""Cheap draws: one cached strategy per size, instead of a new one per draw."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@cache
def _below(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count - 1)


def upto(draw: st.DrawFn, most: int, least: int = 0) -> int:
    """A number from `least` to `most`."""
    return least + draw(_below(most - least + 1))


def pick(draw: st.DrawFn, options: Sequence[T]) -> T:
    return options[draw(_below(len(options)))]


def coin(draw: st.DrawFn) -> bool:
    return draw(_below(2)) == 1


def rarely(draw: st.DrawFn, one_in: int) -> bool:
    return draw(_below(one_in)) == one_in - 1


def some_of(draw: st.DrawFn, options: Sequence[T], least: int, most: int) -> list[T]:
    """So many different ones, in any order."""
    left = list(options)
    count = upto(draw, min(most, len(left)), least)
    return [left.pop(draw(_below(len(left)))) for _ in range(count)]
