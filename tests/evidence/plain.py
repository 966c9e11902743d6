"""A second, plain and slow reading of SEMANTICS 16 and 18 to 20, by trying every world.

For one whole and its parts: an area with counties, a sum with its operands, or a fact that
another is at most. Numbers run from 0 to MOST, which stands for all from there on. Nothing
here comes from the engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import NamedTuple

MOST = 24
WHOLE = "whole"
EVERY = frozenset(range(MOST + 1))
Numbers = frozenset[int]


class Told(NamedTuple):
    """At a time somebody told of a cell that it lies within two numbers; None: no end told."""

    at: int
    cell: str
    low: int
    high: int | None
    kind: str  # observed, judged or estimated

    @property
    def numbers(self) -> Numbers:
        return frozenset(range(self.low, (MOST if self.high is None else self.high) + 1))

    @property
    def floor(self) -> Numbers:
        return frozenset(range(self.low, MOST + 1))

    @property
    def ceiling(self) -> Numbers:
        return frozenset(range((MOST if self.high is None else self.high) + 1))


class Answer(NamedTuple):
    values: Mapping[str, Numbers]
    conflicts: frozenset[str]
    outdated: frozenset[Told]


class Claim(NamedTuple):
    """A part of what was told that can give way by itself, or cannot."""

    told: Told
    what: str  # "figure", "top" (its upper end), "low" (its lower end)
    numbers: Numbers


class Small:
    """A small world: its parts, whether each cell only grows, and whether the whole is a sum."""

    def __init__(self, parts: Iterable[str], grows: Mapping[str, bool], *, sums: bool) -> None:
        self.parts = tuple(parts)
        self.cells = (*self.parts, WHOLE)
        self.grows = grows
        self.sums = sums

    # Which worlds there are

    def totals(self, allowed: Mapping[str, Numbers]) -> Numbers:
        """What the parts say of the whole."""
        if not self.sums:
            return frozenset(range(min(min(allowed[part]) for part in self.parts), MOST + 1))
        found = {min(sum(each), MOST) for each in product(*(allowed[p] for p in self.parts))}
        return frozenset(found)

    def worlds(self, allowed: Mapping[str, Numbers]) -> list[dict[str, int]]:
        """Every world in which each cell has one of the numbers that it may have."""
        found = []
        for each in product(*(sorted(allowed[part]) for part in self.parts)):
            total = min(sum(each), MOST)
            wholes = [total] if self.sums else range(total, MOST + 1)
            parts = dict(zip(self.parts, each, strict=True))
            found += [{**parts, WHOLE: whole} for whole in wholes if whole in allowed[WHOLE]]
        return found

    def can_be(self, allowed: Mapping[str, Numbers]) -> bool:
        if not all(allowed.values()):
            return False
        return bool(self.totals(allowed) & allowed[WHOLE])


def read(small: Small, told: Iterable[Told]) -> Answer:
    """The value of each cell, the cells in conflict, and what gave way."""
    told = list(told)
    history = best_of(told)
    figures, floors = {}, {}
    for cell in small.cells:
        figures[cell], floors[cell] = _of_one_place([t for t in told if t.cell == cell], small)
    outdated: set[Told] = set()
    conflicts: set[str] = set()
    fixed: dict[str, Numbers] = {}
    gone: set[tuple[Told, str]] = set()
    for part in small.parts:  # a part alone first
        left, clash = _settle(small, (part,), figures, floors, {}, gone, history)
        gone |= left
        if clash:
            conflicts.add(part)
            fixed[part] = _union(figures[part], _kept(floors[part], gone), None, 0, small, part)
    left, clash = _settle(small, small.cells, figures, floors, fixed, gone, history)
    gone |= left
    outdated = {told for told, _ in gone}
    allowed = _allowed(small, figures, floors, gone, fixed, history)
    if clash:
        conflicts.add(WHOLE)
        newest = max(
            (one.at for part in small.parts for one in _spoken(figures[part], floors[part])),
            default=-1,
        )
        totals = small.totals(allowed) if newest >= 0 else None
        kept = _kept(floors[WHOLE], gone)
        allowed[WHOLE] = _union(figures[WHOLE], kept, totals, newest, small, WHOLE)
        return Answer(allowed, frozenset(conflicts), frozenset(outdated))
    worlds = small.worlds(allowed)
    values = {cell: frozenset(world[cell] for world in worlds) for cell in small.cells}
    return Answer({**values, **fixed}, frozenset(conflicts), frozenset(outdated))


def _spoken(figure: Told | None, floors: Iterable[Told]) -> list[Told]:
    return [one for one in (figure, *floors) if one is not None]


def _kept(floors: Iterable[Told], gone: set[tuple[Told, str]]) -> list[Told]:
    return [floor for floor in floors if (floor, "low") not in gone]


def _of_one_place(told: list[Told], small: Small) -> tuple[Told | None, list[Told]]:
    """Rule 16: the newest counts, of one time the better kind; 19: older lower bounds stay."""
    best: dict[int, Told] = {}
    for one in told:
        held = best.get(one.at)
        order = ("observed", "judged", "estimated").index
        if held is None or order(one.kind) < order(held.kind):
            best[one.at] = one
    if not best:
        return None, []
    newest = max(best)
    older = [one for at, one in best.items() if at < newest]
    return best[newest], older if told and small.grows[told[0].cell] else []


def _claims(
    small: Small, cell: str, figure: Told | None, floors: Iterable[Told], carried: Numbers | None
) -> list[Claim]:
    found = [Claim(one, "low", one.floor) for one in floors]
    if figure is None:
        return found
    numbers = figure.numbers if carried is None else carried
    if small.grows[cell]:
        ceiling = frozenset(range(max(numbers) + 1))
        return [*found, Claim(figure, "low", figure.floor), Claim(figure, "top", ceiling)]
    return [*found, Claim(figure, "figure", numbers)]


def _can_yield(claim: Claim) -> bool:
    return claim.what != "low" or claim.told.kind == "estimated"


def _settle(small, cells, figures, floors, fixed, gone, history):
    """What gives way among some cells, read from the newest to the oldest; and a conflict."""
    claims: dict[str, list[Claim]] = {}
    for cell in cells:
        if cell in fixed:
            claims[cell] = []
            continue
        carried = _carried(small, figures, history) if cell == WHOLE else None
        found = _claims(small, cell, figures[cell], floors[cell], carried)
        claims[cell] = [one for one in found if (one.told, one.what) not in gone]
    every = [(cell, claim) for cell in cells for claim in claims[cell]]

    def allowed(kept: Iterable[tuple[str, Claim]]) -> dict[str, Numbers]:
        result = {cell: fixed.get(cell, EVERY) for cell in small.cells}
        for cell, claim in kept:
            result[cell] &= claim.numbers
        return result

    def true(kept: Iterable[tuple[str, Claim]]) -> bool:
        return small.can_be(allowed(kept))

    def gap(kept: Iterable[tuple[str, Claim]]) -> int:
        """How far the whole's own word and the parts' total lie from each other."""
        may = allowed(kept)
        if not all(may[part] for part in small.parts):
            return MOST
        own = may[WHOLE]
        if not own:
            return MOST
        return min(abs(a - b) for a in own for b in small.totals(may))

    if true(every):
        return set(), False
    hard = [one for one in every if not _can_yield(one[1])]
    soft = [one for one in every if one[1].what == "low" and _can_yield(one[1])]
    tops = [one for one in every if one[1].what != "low"]
    times = sorted({claim.told.at for _, claim in every}, reverse=True)

    def keep(kept, group):
        """Of figures of one time those that stay."""
        left = list(group)
        while not true(kept + left):
            helps = [
                one
                for one in left
                if gap(kept + [o for o in left if o is not one]) < gap(kept + left)
                or gap([*kept, one]) > gap(kept)
            ]
            left = [one for one in left if one not in (helps or left)]
        return left

    # An estimate's lower end yields to something newer that was observed or judged.
    lows, firm = list(hard), []
    for at in times:
        for one in soft:
            if one[1].told.at == at and true([*lows, *firm, one]):
                lows.append(one)
        group = [o for o in tops if o[1].told.at == at and o[1].told.kind != "estimated"]
        firm += keep(lows + firm, group)
    yielded = [one for one in soft if one not in lows]
    kept: list = []
    for at in times:
        kept += keep(lows + kept, [one for one in tops if one[1].told.at == at])
    lost = [one for one in tops if one not in kept]
    clash = not true(lows + kept) or not all(
        _true_then(small, cells, figures, floors, fixed, at, {*gone, *_names(yielded)})
        for at in times
    )
    return _names(yielded if clash else [*yielded, *lost]), clash


def _names(claims: Iterable[tuple[str, Claim]]) -> set[tuple[Told, str]]:
    return {(claim.told, claim.what) for _, claim in claims}


def _true_then(small, cells, figures, floors, fixed, at, gone) -> bool:
    """Whether all that was told of a moment can have been true at it."""
    allowed = dict.fromkeys(small.cells, EVERY)
    for cell in cells:
        if cell in fixed:
            continue
        figure = figures[cell]
        if figure is not None and figure.at == at and not small.grows[cell]:
            allowed[cell] &= figure.numbers
        if small.grows[cell]:
            if figure is not None and figure.at >= at:
                allowed[cell] &= figure.ceiling
            for one in _spoken(figure, floors[cell]):
                if one.at <= at and (one, "low") not in gone:
                    allowed[cell] &= one.floor
    return small.can_be(allowed)


def _allowed(small, figures, floors, gone, fixed, history) -> dict[str, Numbers]:
    found = {}
    for cell in small.cells:
        numbers = EVERY
        carried = _carried(small, figures, history) if cell == WHOLE else None
        for claim in _claims(small, cell, figures[cell], floors[cell], carried):
            if (claim.told, claim.what) not in gone:
                numbers &= claim.numbers
        found[cell] = fixed.get(cell, numbers)
    return found


def _carried(small: Small, figures, history) -> Numbers | None:
    """The whole's figure, and that figure with the change of each part since applied."""
    figure = figures[WHOLE]
    if figure is None or not small.sums:
        return None
    low, high = figure.low, MOST if figure.high is None else figure.high
    for part in small.parts:
        told = sorted(history.get(part, ()))
        before = [one for one in told if one.at <= figure.at][-1:]
        since = before + [one for one in told if one.at > figure.at]
        if len(since) < 2 or all(a.numbers & b.numbers for a, b in product(since, since)):
            continue
        old, new = since[0], since[-1]
        up = MOST if new.high is None else new.high - old.low
        down = -MOST if old.high is None else new.low - old.high
        high = min(high + max(up, 0), MOST)
        low = max(low + min(down, 0), 0) if not small.grows[WHOLE] else low
    return frozenset(range(low, high + 1))


def _union(figure, floors, totals, newest, small, cell) -> Numbers:
    """All that the evidence for a cell says, lower bounds included."""
    found: Numbers = frozenset()
    if figure is not None:
        older = figure.at < newest and small.grows[cell]
        found |= figure.floor if older else figure.numbers
    floor = EVERY
    for one in floors:
        floor &= one.floor
    if floors and (figure is None or not figure.numbers & floor):
        found |= floor
    return found | (totals or frozenset())


def best_of(told: Iterable[Told]) -> dict[str, list[Told]]:
    """Each cell's figures, one for each time."""
    found: dict[str, dict[int, Told]] = {}
    order = ("observed", "judged", "estimated").index
    for one in told:
        held = found.setdefault(one.cell, {}).get(one.at)
        if held is None or order(one.kind) < order(held.kind):
            found[one.cell][one.at] = one
    return {cell: list(by_time.values()) for cell, by_time in found.items()}
