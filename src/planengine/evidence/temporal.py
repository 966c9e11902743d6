"""Conditions over a stretch of time: elapsed, change, and lasting (SEMANTICS 13)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from math import inf
from operator import or_
from typing import TypeAlias

from planengine.evidence.arithmetic import scale
from planengine.rules.shadows import Shadows
from planengine.values.sets import (
    FALSE,
    NOT_APPLICABLE_NUMBER,
    TRUE,
    ChoiceSet,
    Interval,
    Number,
    NumberDomain,
    NumberSet,
    ValueSet,
)

OPEN = ChoiceSet(frozenset({True, False}))
UNKNOWN_SPAN = NumberSet((Interval(0, inf, True, False),), True)
End: TypeAlias = tuple[Number, bool]  # a bound, and whether it is reached


def elapsed(moment: NumberSet, instant: int) -> NumberSet:
    """Seconds from a moment to an instant; *n/a* before the moment, anything while unknown."""
    if not moment.intervals:
        return NumberSet((), moment.na)
    if any(item.low != item.high for item in moment.intervals):
        return UNKNOWN_SPAN
    passed = [instant - item.low for item in moment.intervals]
    return reduce(
        or_,
        [NumberSet((Interval(one, one),)) if one >= 0 else NOT_APPLICABLE_NUMBER for one in passed],
    )


def change(
    now: ValueSet, window: Iterable[ValueSet], falling: bool, domain: NumberDomain
) -> NumberSet:
    """How far a fact rose from any instant of a window to now, or, as ≤ 0, how far it fell.

    `window` has the fact's value at each instant at which it may have changed, now included.
    What was certainly low at some instant gives the certain side; what may have been still
    lower (at worst in a stretch nobody spoke of) only the possible one.
    """
    every = [value for value in window if isinstance(value, NumberSet)]
    if not isinstance(now, NumberSet):
        return domain.everything
    if falling:
        risen = _rise(scale(now, -1), [scale(value, -1) for value in every])
        found = scale(risen, -1)
    else:
        found = _rise(now, every)
    return domain.restrict(NumberSet(found.intervals, now.na)) or domain.everything


def _rise(now: NumberSet, window: Sequence[NumberSet]) -> NumberSet:
    if not now.intervals:
        return NumberSet()
    past = [value for value in window if value.intervals] or [now]
    # n/a instants are skipped as minima do, so only a certain number bounds the minimum above
    sure = [value for value in past if not value.na] or [now]
    low = _least((value.intervals[0].low, value.intervals[0].low_closed) for value in past)
    high = _least_upper(
        (value.intervals[-1].high, value.intervals[-1].high_closed) for value in sure
    )
    first, last = now.intervals[0], now.intervals[-1]
    least: Number = 0
    least_closed = True
    if high[0] != inf and first.low != -inf:
        certain = first.low - high[0]
        if certain >= 0:
            least, least_closed = certain, (first.low_closed and high[1]) or certain == 0
    if low[0] == -inf or last.high == inf:
        return NumberSet((Interval(least, inf, least_closed, False),))
    most = last.high - low[0]
    return (
        NumberSet((Interval(least, most, least_closed, last.high_closed and low[1]),))
        if (most > least)
        else NumberSet((Interval(least, least),))
    )


def _least(ends: Iterable[End]) -> End:
    """The least lower end, reached if any set reaches it."""
    low, open_end = min((value, not closed) for value, closed in ends)
    return low, not open_end


def _least_upper(ends: Iterable[End]) -> End:
    """The least upper end, not reached if any set does not reach it."""
    return min(ends)


def kept_extremes(kept: Sequence[ValueSet], value: ValueSet, falling: bool) -> tuple[ValueSet, ...]:
    """The few values of a window that decide a change: those kept so far and one more.

    `change` gives the same for them as for all values of the window.
    """
    every = [one for one in (*kept, value) if isinstance(one, NumberSet) and one.intervals]
    if not every:
        return tuple(kept) or (value,)
    turned = [scale(one, -1) if falling else one for one in every]
    ranks = range(len(every))
    lows = [(turned[i].intervals[0].low, not turned[i].intervals[0].low_closed) for i in ranks]
    highs = [(turned[i].intervals[-1].high, turned[i].intervals[-1].high_closed) for i in ranks]
    chosen = {min(ranks, key=lows.__getitem__)}
    sure = [i for i in ranks if not every[i].na]
    if sure:
        chosen.add(min(sure, key=highs.__getitem__))
    return tuple(every[i] for i in sorted(chosen))


def lasting(
    instants: Sequence[int], states: Sequence[Shadows], since: int, gaps_under: int
) -> ChoiceSet:
    """Whether a state held at every instant of [since, now].

    `states[i]`: whether it certainly and whether it possibly held from `instants[i]` up to
    the next one; the last instant's state still holds at `now`. The first instant lies
    `gaps_under` before `since`, or is it. A gap shorter than `gaps_under` seconds with the
    state on both sides is bridged.
    """
    for shadow, answer in ((0, TRUE), (1, OPEN)):
        begun = held_since(instants, [state[shadow] for state in states], gaps_under)[-1]
        if begun is not None and begun <= since:
            return answer
    return FALSE


def held_since(
    instants: Sequence[int],
    held: Sequence[bool],
    gaps_under: int,
    since: int | None = None,
    gap: int | None = None,
) -> list[int | None]:
    """For each stretch between instants since when a state has held there; None where not.

    A gap shorter than `gaps_under` seconds with the state on both sides is bridged. `since` and
    `gap` tell of the time before: since when it last held, and since when it did not.
    """
    found: list[int | None] = []
    for instant, holds in zip(instants, held, strict=True):
        if holds:
            if since is None or (gap is not None and instant - gap >= gaps_under):
                since = instant
            gap = None
        elif gap is None:
            gap = instant
        found.append(since if holds else None)
    return found


def change_instants(moments: Iterable[int], since: int, now: int, margin: int = 0) -> list[int]:
    """The start of a window, `margin` seconds earlier, and every moment in it, ascending."""
    start = since - margin
    return sorted({start, *(moment for moment in moments if start < moment <= now)})
