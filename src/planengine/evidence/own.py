"""What was stated of one fact at one place, and how that reads at an instant.

The newest wins, then the better kind; ties combine; a cumulative fact keeps the lower bounds
of what was replaced, an estimate's apart (SEMANTICS 2, 12, 16, 19).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from planengine.domain.statements import Statement
from planengine.domain.vocabulary import Fact
from planengine.evidence.combine import newest_statements
from planengine.evidence.journal import ESTIMATED
from planengine.evidence.known import Known, confine, contains, join, meet, upward
from planengine.evidence.standing import NEVER_ENDS, Entry
from planengine.values.sets import NumberSet, ValueSet


class Figure(NamedTuple):
    """What statements of one time and kind say; no value where all of them say *unknown*."""

    at: int
    value: ValueSet | None
    estimated: bool
    conflict: bool  # they contradict each other, or the declared domain
    statements: tuple[Statement, ...]
    open_ends: tuple[bool, bool] = (False, False)  # whether no lower, no upper end was stated


class Floor(NamedTuple):
    """A lower bound that a cumulative fact keeps, and who stated it when."""

    at: int
    value: ValueSet
    statements: tuple[Statement, ...]


class Reading(NamedTuple):
    """What counts at one instant: a figure, and the floors that older ones left.

    `soft` are the floors of estimates that are higher than `floor`, the newest first.
    """

    figure: Figure | None
    floor: Floor | None = None
    soft: tuple[Floor, ...] = ()


NOTHING = Reading(None)


def told_by(
    reading: Reading,
    fact: Fact,
    place: str,
    everything: ValueSet,
    stated: ValueSet | None,
    floors: Sequence[Floor],
    *,
    counts: bool = True,
) -> Known | None:
    """What a place's own statements tell; None for nothing, and its value may be empty.

    `stated` is what counts of the figure, `floors` of what older ones left; `counts` whether
    the figure did not give way.
    """
    figure = reading.figure
    value = everything
    by: list[tuple[Statement, ...]] = []
    if figure is not None and (figure.value is None or stated is not None):
        value = everything if stated is None else stated
        by.append(figure.statements)
    for one in floors:
        narrowed = meet(value, one.value)
        if narrowed != value:
            value = narrowed
            by.append(one.statements)
    if not by:
        return None
    floor = () if reading.floor is None else (reading.floor,)
    newest = figure.at if figure is not None else max(one.at for one in (*floor, *reading.soft))
    told = figure is not None and figure.value is not None and counts
    return Known(
        confine(fact.domain, value),
        newest_statements(by),
        False,
        figure is not None and figure.estimated,
        figure is not None and figure.conflict,
        () if told else (place,),
        newest,
        newest,
    )


def figure_of(winners: Sequence[Entry], fact: Fact) -> Figure:
    """What statements of one time and kind say together."""
    first = winners[0]
    values: list[ValueSet] = []
    outside = False
    for entry in winners:
        if entry.value is None:
            continue
        value = confine(fact.domain, entry.value)
        outside = outside or not value
        values.append(value or fact.domain.everything)
    if not values:
        by = tuple(entry.statement for entry in winners)
        return Figure(first.at, None, first.kind == ESTIMATED, False, by)
    value, conflict = combine_values(values)
    numbers = [entry.value for entry in winners if isinstance(entry.value, NumberSet)]
    return Figure(
        first.at,
        value,
        first.kind == ESTIMATED,
        conflict or outside,
        tuple(entry.statement for entry in winners),
        (
            bool(numbers) and all(one.low == -inf for one in numbers),
            bool(numbers) and all(one.high == inf for one in numbers),
        ),
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


class Own:
    """All that was stated of a fact at a place, forecasts apart, the oldest first."""

    __slots__ = (
        "_ats",
        "_endless",
        "_fact",
        "_figures",
        "_floors",
        "_groups",
        "_meets",
        "_readings",
        "_soft",
        "_starts",
    )

    def __init__(self, entries: Iterable[Entry], fact: Fact) -> None:
        """`entries` come newest first, the better kind before the worse."""
        groups: list[list[Entry]] = []
        for entry in entries:
            if not groups or groups[-1][0].at != entry.at:
                groups.append([])
            groups[-1].append(entry)
        groups.reverse()
        self._fact = fact
        self._groups = groups
        self._ats = [group[0].at for group in groups]
        starts = [group[0].start for group in groups]
        ordered = all(one <= other for one, other in pairwise(starts)) and all(
            entry.start == group[0].start and entry.end > entry.at
            for group in groups
            for entry in group
        )
        self._starts = starts if ordered else None
        self._endless = all(entry.end == NEVER_ENDS for group in groups for entry in group)
        self._readings: dict[int, Reading] = {}  # of what never ends, by how much had begun
        self._figures: list[Figure] = []  # of the oldest, as many as were asked for; the floors too
        self._floors: list[Floor | None] = []
        self._soft: list[tuple[int, Floor]] = []
        self._meets: list[list[ValueSet | None]] = []

    def __len__(self) -> int:
        return len(self._ats)

    def and_then(self, entry: Entry) -> Own | None:
        """The same with one that was stated later; None where it does not just come last."""
        starts = self._starts
        if starts is None or entry.at <= self._ats[-1] or entry.end <= entry.at:
            return None
        if entry.start < starts[-1]:
            return None
        found = Own((), self._fact)
        found._groups = [*self._groups, [entry]]
        found._ats = [*self._ats, entry.at]
        found._starts = [*starts, entry.start]
        found._figures, found._floors = self._figures.copy(), self._floors.copy()
        found._soft = self._soft.copy()
        found._readings = self._readings.copy()  # of the first so many it tells the same
        found._endless = self._endless and entry.end == NEVER_ENDS
        return found

    def at(self, instant: int) -> Own:
        """What of it had begun at an instant, as a history of its own."""
        if self._starts is not None:
            return self
        begun = (e for group in reversed(self._groups) for e in group if e.start <= instant)
        return Own([e._replace(start=e.at, end=NEVER_ENDS) for e in begun], self._fact)

    def reading(self, instant: int) -> Reading:
        """What counts at an instant, of what had begun by then."""
        if self._starts is None:
            return self._odd(instant)
        count = bisect_right(self._starts, instant)
        if not count:
            return NOTHING
        if not self._endless:
            return self._reading(count, instant)
        found = self._readings.get(count)
        if found is None:
            found = self._readings[count] = self._reading(count, instant)
        return found

    def _reading(self, count: int, instant: int) -> Reading:
        winners = best(entry for entry in self._groups[count - 1] if instant < entry.end)
        figure = figure_of(winners, self._fact) if winners else None
        if not self._fact.cumulative:
            return Reading(figure) if figure is not None else NOTHING
        return self.with_floors(figure, count - 1 if winners else count)

    def _odd(self, instant: int) -> Reading:
        """As `reading`, where statements do not begin in the order in which they were made."""
        winners: list[Entry] = []
        for group in reversed(self._groups):
            begun = [one for one in group if one.start <= instant]
            live = [one for one in begun if instant < one.end]
            if live or any(one.end > one.at for one in begun):
                winners = best(live)
                break
        figure = figure_of(winners, self._fact) if winners else None
        if not self._fact.cumulative:
            return Reading(figure) if figure is not None else NOTHING
        begun_by_now = self.at(instant)
        return begun_by_now.with_floors(figure, len(begun_by_now))

    def with_floors(self, figure: Figure | None, older: int) -> Reading:
        """A figure of a cumulative fact, and what so many of the oldest figures left behind."""
        floors = self._kept()
        floor = floors[older - 1] if older else None
        soft: list[Floor] = []
        for place, one in reversed(self._soft):
            if place < older and (floor is None or not contains(one.value, floor.value)):
                soft.append(one)
        if figure is None and floor is None and not soft:
            return NOTHING
        return Reading(figure, floor, tuple(soft))

    def _kept(self) -> list[Floor | None]:
        """The highest lower bound that was observed or judged by each figure, it included."""
        kept = self._floors[-1] if self._floors else None
        figures, known = self._all(), len(self._floors)
        for place, figure in enumerate(figures[known:], known):
            bound = upward(figure.value, self._fact.domain) if figure.value else None
            if bound is not None:
                one = Floor(figure.at, bound, figure.statements)
                if figure.estimated:
                    self._soft.append((place, one))
                elif kept is None or not contains(bound, kept.value):
                    kept = one
            self._floors.append(kept)
        return self._floors

    def _all(self) -> list[Figure]:
        more = self._groups[len(self._figures) :]
        self._figures += [figure_of(best(group), self._fact) for group in more]
        return self._figures

    def floor_by(self, moment: int) -> Floor | None:
        """The highest lower bound that was observed or judged up to a moment."""
        place = bisect_right(self._ats, moment)
        return self._kept()[place - 1] if place else None

    def estimated_by(self, moment: int) -> list[Floor]:
        """The lower bounds that estimates told up to a moment, lower ones too."""
        self._kept()
        return [one for _, one in self._soft if one.at <= moment]

    def moved(self, since: int, instant: int) -> tuple[ValueSet, ValueSet] | None:
        """The figure at a moment and the last one by an instant, where figures changed between.

        None where no figures told since then exclude each other. To be asked of `at(instant)`.
        """
        last = self._last_by(instant)
        first = max(bisect_right(self._ats, since) - 1, 0)
        if last <= first:
            return None
        figures = self._all()
        told = self._meet(first, last)
        if told is None or told:
            return None
        old = next(f.value for f in figures[first : last + 1] if f.value is not None)
        new = next(f.value for f in reversed(figures[first : last + 1]) if f.value is not None)
        return old, new

    def _last_by(self, instant: int) -> int:
        starts = self._ats if self._starts is None else self._starts
        return bisect_right(starts, instant) - 1

    def _meet(self, first: int, last: int) -> ValueSet | None:
        """What all figures from one to another share; None where none has a value.

        Two overlapping runs, each of a power of two, cover any stretch.
        """
        if not self._meets:
            self._meets = [[figure.value for figure in self._all()]]
            while len(row := self._meets[-1]) > 1 << (len(self._meets) - 1):
                step = 1 << (len(self._meets) - 1)
                self._meets.append([_shared(row[i], row[i + step]) for i in range(len(row) - step)])
        power = (last - first + 1).bit_length() - 1
        row = self._meets[power]
        return _shared(row[first], row[last + 1 - (1 << power)])


def _shared(a: ValueSet | None, b: ValueSet | None) -> ValueSet | None:
    if a is None or b is None:
        return a if b is None else b
    return meet(a, b)


def best(entries: Iterable[Entry]) -> list[Entry]:
    """Of entries of one time those of the best kind; they come the better kind first."""
    found: list[Entry] = []
    for entry in entries:
        if found and entry.kind != found[0].kind:
            break
        found.append(entry)
    return found
