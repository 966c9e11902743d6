"""The statements of one fact at one place: the newest wins, then the better kind; ties combine.

SEMANTICS 2, 16 and 19.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from planengine.evidence.journal import ESTIMATED
from planengine.evidence.known import Known, confine, join, meet, upward
from planengine.evidence.standing import Entry
from planengine.library.statements import Statement
from planengine.library.vocabulary_entities import Fact
from planengine.values.sets import ValueSet

Bound = tuple[ValueSet, Statement, int]
"""A lower bound that a cumulative fact keeps: who stated it, and when."""


def direct(
    winners: Sequence[Entry],
    fact: Fact,
    everything: Callable[[Fact], ValueSet],
    place: str,
) -> Known | None:
    """What the statements that count say, which are of one time and kind; None for none.

    An explicit `unknown` is everything.
    """
    if not winners:
        return None
    first = winners[0]
    if len(winners) == 1:
        value, outside = _value(first, fact, everything)
        return Known(
            value,
            (first.statement,),
            False,
            first.kind == ESTIMATED,
            outside,
            (place,) if first.value is None else (),
            first.at,
            first.at,
        )
    return _tied(winners, fact, everything, place)


def _value(
    entry: Entry, fact: Fact, everything: Callable[[Fact], ValueSet]
) -> tuple[ValueSet, bool]:
    """The stated value in the fact's domain, and whether it lies wholly outside of it."""
    if entry.value is None:
        return everything(fact), False
    value = confine(fact.domain, entry.value)
    return (value, False) if value else (everything(fact), True)


def _tied(
    winners: Sequence[Entry], fact: Fact, everything: Callable[[Fact], ValueSet], place: str
) -> Known:
    values = [_value(entry, fact, everything) for entry in winners]
    value, conflict = combine_values([stated for stated, _ in values])
    unknown = all(entry.value is None for entry in winners)
    return Known(
        value=value,
        statements=tuple(entry.statement for entry in winners),
        estimated=winners[0].kind == ESTIMATED,
        conflict=conflict or any(outside for _, outside in values),
        silent=(place,) if unknown else (),
        oldest=winners[0].at,
        newest=winners[0].at,
    )


def combine_values(values: Iterable[ValueSet]) -> tuple[ValueSet, bool]:
    """The intersection of all values at once; if it is empty, their union and a conflict."""
    every = list(values)
    shared = every[0]
    for value in every[1:]:
        shared = meet(shared, value)
    if shared:
        return shared, False
    union = every[0]
    for value in every[1:]:
        union = join(union, value)
    return union, True


def lower_bounds(entries: Iterable[Entry], instant: int, fact: Fact) -> list[Bound]:
    """The lower bounds of every statement made for a time up to `instant`, expired or not."""
    bounds: list[Bound] = []
    for entry in entries:
        if entry.value is None or entry.start > instant:
            continue
        value = confine(fact.domain, entry.value)
        bound = upward(value, fact.domain) if value else None
        if bound is not None:
            bounds.append((bound, entry.statement, entry.at))
    return bounds
