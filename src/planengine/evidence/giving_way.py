"""Which statements give way where not all can be true, and whether that is a conflict (18, 19).

From the newest to the oldest each is kept that agrees with what is kept. Of a cumulative fact
the upper end gives way, never the lower, unless an estimate told it and something newer was
observed or judged; of another fact the whole statement. It is a conflict only where they
cannot all have been true at their times.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import inf
from typing import NamedTuple, TypeAlias

from planengine.evidence.known import meet
from planengine.values.sets import ChoiceSet, NumberSet, ValueSet


class Item(NamedTuple):
    """What can give way at a spot: the figure of a time, or the lower end that it told."""

    at: int
    spot: tuple[str, str]
    floor: bool


class Moment(NamedTuple):
    """An instant at which all must have been true, but for the lower ends that yielded."""

    at: int
    yielded: frozenset[Item]


class Settled(NamedTuple):
    """What gave way, and whether the rest is a conflict all the same."""

    outdated: frozenset[Item]
    conflict: bool


Evaluate: TypeAlias = Callable[[frozenset[Item], Moment | None], dict[str, ValueSet]]
"""Each origin's value for the contradicted spot without some items, or as of a moment."""


def settle(
    floors: Iterable[Item], tops: Iterable[Item], firm: frozenset[Item], evaluate: Evaluate
) -> Settled:
    """What gives way so that the rest can be true.

    `floors` are the lower ends that estimates told, `tops` the figures, and `firm` those of
    them that were observed or judged.
    """
    lows, highs = _newest_first(floors), _newest_first(tops)
    yielded = _yielded(lows, highs, firm, evaluate)
    gone = _giving_way(highs, yielded, evaluate)
    conflict = not _agree(evaluate(yielded | gone, None)) or any(
        not _agree(evaluate(frozenset(), Moment(at, yielded)))
        for at in {item.at for item in highs}
        if gone and at <= max(item.at for item in gone)
    )
    return Settled(yielded if conflict else yielded | gone, conflict)


def _newest_first(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (-item.at, item.spot))


def _yielded(
    floors: Sequence[Item], tops: Sequence[Item], firm: frozenset[Item], evaluate: Evaluate
) -> frozenset[Item]:
    """The lower ends of estimates that something newer, observed or judged, excludes."""
    if not floors:
        return frozenset()
    out = frozenset((*floors, *tops))
    for at in sorted({item.at for item in (*floors, *firm)}, reverse=True):
        for item in floors:
            if item.at == at and _agree(evaluate(out - {item}, None)):
                out -= {item}
        group = frozenset(item for item in firm if item.at == at)
        out -= group - _helping(group, out - group, evaluate)
    return frozenset(item for item in floors if item in out)


def _giving_way(
    tops: Sequence[Item], yielded: frozenset[Item], evaluate: Evaluate
) -> frozenset[Item]:
    groups = [frozenset(group) for _, group in groupby(tops, key=lambda item: item.at)]
    gone: frozenset[Item] = frozenset()
    place = 0
    while place < len(groups):
        found = _first_clash(groups, place, gone | yielded, evaluate)
        if found is None:
            break
        later = frozenset(item for group in groups[found + 1 :] for item in group)
        gone |= _helping(groups[found], later | gone | yielded, evaluate)
        place = found + 1
    return gone


def _first_clash(
    groups: Sequence[frozenset[Item]], first: int, out: frozenset[Item], evaluate: Evaluate
) -> int | None:
    """The newest group that does not agree with those before it; by halves, since none mends."""

    def agrees(place: int) -> bool:
        older = frozenset(item for group in groups[place + 1 :] for item in group)
        return _agree(evaluate(out | older, None))

    low, high = first, len(groups) - 1
    if agrees(high):
        return None
    while low < high:
        middle = (low + high) // 2
        if agrees(middle):
            low = middle + 1
        else:
            high = middle
    return low


def _helping(group: frozenset[Item], out: frozenset[Item], evaluate: Evaluate) -> frozenset[Item]:
    """Of the figures of one time all whose giving way could help; none where all agree.

    `out` are those that do not count. A figure could help that holds one of two origins down
    which is too low, or up which is too high, alone or with the others of its time.
    """
    gone: frozenset[Item] = frozenset()
    while gone != group:
        values = evaluate(out | gone, None)
        if _agree(values):
            break
        rest = group - gone
        without = evaluate(out | group, None)
        helps = frozenset(
            item
            for item in rest
            if _closes(values, values, evaluate(out | gone | {item}, None))
            or _closes(values, evaluate((out | group) - {item}, None), without)
        )
        gone |= helps or rest
    return gone


def _agree(values: dict[str, ValueSet]) -> bool:
    shared: ValueSet | None = None
    for value in values.values():
        shared = value if shared is None else meet(shared, value)
    return bool(shared)


def _closes(
    gap: dict[str, ValueSet], before: dict[str, ValueSet], after: dict[str, ValueSet]
) -> bool:
    """Whether the two origins that lie furthest apart come nearer to each other."""
    lower = min(gap, key=lambda name: _high(gap[name]))
    upper = max(gap, key=lambda name: _low(gap[name]))
    if _low(gap[upper])[0] < _high(gap[lower])[0] or _odd(gap[lower]) or _odd(gap[upper]):
        return before != after
    raised = _high(after.get(lower)) > _high(before.get(lower))
    return raised or _low(after.get(upper)) < _low(before.get(upper))


def _odd(value: ValueSet) -> bool:
    """Whether it has no ends to compare: choices, or nothing but *n/a*."""
    return isinstance(value, ChoiceSet) or not value.intervals


def _low(value: ValueSet | None) -> tuple[float, int]:
    if not isinstance(value, NumberSet) or not value.intervals:
        return -inf, 0
    first = value.intervals[0]
    return first.low, 0 if first.low_closed else 1  # type: ignore[return-value]


def _high(value: ValueSet | None) -> tuple[float, int]:
    if not isinstance(value, NumberSet) or not value.intervals:
        return inf, 0
    last = value.intervals[-1]
    return last.high, 0 if last.high_closed else -1  # type: ignore[return-value]
