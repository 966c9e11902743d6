"""What forecasts say of a stretch of time to come (SEMANTICS 17).

At each instant the newest forecast that covers it counts. Over the stretch the worst is
read, by the fact's direction; a fact without one is tested at each instant. What no forecast
covers stays unknown: the covered part may establish the worst, never exclude worse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import pairwise
from typing import NamedTuple

from planengine.domain.vocabulary import Fact
from planengine.evidence.arithmetic import maximum, minimum
from planengine.evidence.combine import merged, newest_statements
from planengine.evidence.known import Known
from planengine.rules.conditions import ForecastCell
from planengine.rules.shadows import of_test
from planengine.values.sets import (
    FALSE,
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    NumberSet,
    ValueSet,
)

OPEN = ChoiceSet(frozenset({True, False}))


class Piece(NamedTuple):
    """A part of the stretch in which forecasts say one thing, and its length in seconds."""

    start: int
    seconds: int
    known: Known

    @property
    def covered(self) -> bool:
        """Whether any forecast speaks of it."""
        return self.known.stated


def pieces(
    edges: Iterable[int], first: int, last: int, known_at: Callable[[int], Known]
) -> list[Piece]:
    """The parts of [first, last]; `edges` are where forecasts begin or end."""
    starts = sorted({first, *(edge for edge in edges if first < edge <= last)})
    lengths = [later - start for start, later in pairwise([*starts, last])]
    return [
        Piece(start, length, known_at(start)) for start, length in zip(starts, lengths, strict=True)
    ]


def covered_seconds(parts: Iterable[Piece]) -> int:
    """How much of a stretch any forecast speaks of."""
    return sum(part.seconds for part in parts if part.covered)


def expected(cell: ForecastCell, fact: Fact, parts: Sequence[Piece]) -> Known:
    """What is known of a forecast cell, from the parts of its stretch of time."""
    spoken = [part for part in parts if part.covered]
    if not spoken:
        open_value = OPEN if cell.accepts is not None else parts[0].known.value
        return Known(open_value, silent=merged(part.known.silent for part in parts))
    enough = cell.covering is not None and covered_seconds(parts) >= cell.covering
    counted = [part.known for part in (spoken if enough else parts)]
    values = [known.value for known in counted]
    if cell.accepts is not None:
        value: ValueSet = _at_some_instant(values, cell.accepts)
    else:
        value = reduce(_worse(fact), values)
    gap = next((part.start for part in parts if not part.covered), None)
    reach = parts[-1].start + parts[-1].seconds if gap is None else gap
    return Known(
        value,
        newest_statements(known.statements for known in counted),
        estimated=any(known.estimated for known in counted),
        conflict=any(known.conflict for known in counted),
        silent=merged(known.silent for known in counted),
        oldest=min(part.known.oldest for part in spoken if part.known.oldest is not None),
        newest=max(part.known.newest for part in spoken if part.known.newest is not None),
        reach=reach if parts[0].covered else None,
    )


def _at_some_instant(values: Iterable[ValueSet], accepts: ValueSet) -> ChoiceSet:
    possible = False
    for value in values:
        certain, may_hold = of_test(value, accepts)
        if certain:
            return TRUE
        possible = possible or may_hold
    return OPEN if possible else FALSE


def _worse(fact: Fact) -> Callable[[ValueSet, ValueSet], ValueSet]:
    """The worse of two values, by the fact's direction; *n/a* is skipped."""
    domain, up = fact.domain, fact.direction == "up"
    if isinstance(domain, ChoiceDomain):
        rank = {value: position for position, value in enumerate(domain.values)}
        choose = max if up else min

        def choices(a: ValueSet, b: ValueSet) -> ValueSet:
            assert isinstance(a, ChoiceSet)
            assert isinstance(b, ChoiceSet)
            found = {choose(x, y, key=rank.__getitem__) for x in a.members for y in b.members}
            found |= (b.members if a.na else set()) | (a.members if b.na else set())
            return ChoiceSet(frozenset(found), a.na and b.na)

        return choices
    operation = maximum if up else minimum

    def numbers(a: ValueSet, b: ValueSet) -> ValueSet:
        assert isinstance(a, NumberSet)
        assert isinstance(b, NumberSet)
        found = NumberSet(operation(a, b).intervals)
        if a.na:
            found = found | NumberSet(b.intervals)
        if b.na:
            found = found | NumberSet(a.intervals)
        return NumberSet(found.intervals, a.na and b.na)

    return numbers
