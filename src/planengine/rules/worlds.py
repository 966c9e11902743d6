"""The worlds of a condition: the form in which its two shadows are read.

A condition is split where that makes a shadow tighter. A `case` becomes branches of which
exactly one holds in any world: each guard together with the failure of all before it. And
where one cell is asked in ways that cross (the rows of a matrix of likelihood and impact), the
condition is read once for each group of the cell's values that its tests tell apart, as long as
that gives at most `MOST` branches. The two-valued meaning is that of the condition; only the
shadows can become tighter. Engines are lowered from this form, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    Constant,
    Not,
    Test,
    is_computed,
)
from planengine.rules.normal import (
    all_of,
    any_of,
    complemented,
    intersection,
    negation,
    normalise,
    restricted,
    union,
)
from planengine.values.sets import ValueSet

MOST = 64
"""How many branches a condition may be split into."""

DEEPEST = 100
"""How many branches of a case may stand within each other."""


class Worlds(Struct, frozen=True, cache_hash=True):
    """In every world exactly one guard holds, and the condition is that branch's body.

    `cell` is the cell whose values the branches tell apart, and `silent` the same condition
    not split by it: what counts where nobody stated the cell. Without `cell` they are the
    branches of a `case`.
    """

    branches: tuple[tuple[Split, Split], ...]
    cell: Cell | None = None
    silent: Split = NEVER

    def __str__(self) -> str:
        return "worlds(" + "; ".join(f"{guard}: {body}" for guard, body in self.branches) + ")"


Split: TypeAlias = Condition | Worlds
"""A condition without `case` and `not`, but with `Worlds`, at any depth."""


@lru_cache(maxsize=1 << 15)
def worlds_of(condition: Condition) -> Split:
    """A condition in normal form, split into its worlds where that makes a shadow tighter."""
    return _split(condition, MOST, frozenset())


def _split(condition: Condition, budget: int, banned: frozenset[Cell]) -> Split:
    """The condition in at most `budget` branches, not split by the `banned` cells."""
    if isinstance(condition, Test | Constant):
        return condition
    if isinstance(condition, Not):
        return _split(negation(condition.of), budget, banned)
    if budget < 2:
        return _by_parts(condition, 0, banned)
    crossing = {
        cell: sets
        for cell, sets in _occurrences(condition).items()
        # a computed level is asked upward only, where plans form rings
        if cell not in banned and not is_computed(cell) and not _is_chain(sets)
    }
    if not crossing:
        return _by_parts(condition, 0, banned)
    if isinstance(condition, All | Any):
        groups = _apart(condition.of, crossing.keys())
        if len(groups) > 1:
            join = all_of if isinstance(condition, All) else any_of
            parts = [_split(join(group), budget, banned) for group in groups]
            return type(condition)(tuple(parts))  # type: ignore[arg-type]
    atoms = {cell: _atoms(cell, asked) for cell, asked in crossing.items()}
    for cell in sorted(atoms, key=lambda cell: len(atoms[cell])):
        bodies: dict[Condition, ValueSet] = {}
        for atom in atoms[cell]:
            body = normalise(assumed(condition, cell, atom))
            bodies[body] = union(bodies[body], atom) if body in bodies else atom
        if len(bodies) == 1:
            return _split(next(iter(bodies)), budget, banned)
        if 1 < len(bodies) <= budget:
            inner = budget // (len(bodies) + 1)
            return Worlds(
                tuple(
                    (Test(cell, restricted(cell, values)), _split(body, inner, banned))
                    for body, values in bodies.items()
                ),
                cell,
                _split(condition, inner, banned | {cell}),
            )
    return _by_parts(condition, budget, banned)


def _by_parts(condition: Condition, budget: int, banned: frozenset[Cell]) -> Split:
    """The condition with its parts split, each by itself."""
    match condition:
        case Case():
            return _of_case(condition, budget, banned)
        case AtLeast():
            parts = tuple(_split(part, budget, banned) for part in condition.of)
            return AtLeast(condition.count, parts)  # type: ignore[arg-type]
        case All() | Any():
            parts = tuple(_split(part, budget, banned) for part in condition.of)
            same = all(new is old for new, old in zip(parts, condition.of, strict=True))
            return condition if same else type(condition)(parts)  # type: ignore[arg-type]
        case _:
            return condition


def _of_case(case: Case, budget: int, banned: frozenset[Cell]) -> Split:
    """The branches of a case; one after another while no later guard asks the same cells."""
    asked = [{cell for cell, _ in _asked(guard)} for guard, _ in case.branches]
    later: set[Cell] = set()
    alone = [False] * len(asked)
    for place in range(len(asked) - 1, -1, -1):
        alone[place] = later.isdisjoint(asked[place])
        later |= asked[place]
    lead = next((place for place, free in enumerate(alone) if not free), len(alone))
    lead = min(lead, DEEPEST)
    taken = reached(Case(case.branches[lead:], case.otherwise))
    branches = [
        (_split(guard, budget, banned), _split(body, budget, banned)) for guard, body in taken
    ]
    found = branches[0][1] if len(branches) == 1 else Worlds(tuple(branches))
    for guard, body in reversed(case.branches[:lead]):
        holds = (_split(guard, budget, banned), _split(body, budget, banned))
        found = Worlds((holds, (_split(negation(guard), budget, banned), found)))
    return found


def reached(case: Case) -> tuple[tuple[Condition, Condition], ...]:
    """The branches of a case, `otherwise` last, each with the whole condition of its being taken.

    That is its guard and the failure of every earlier one, in normal form; a branch that can
    never be taken is left out.
    """
    found: list[tuple[Condition, Condition]] = []
    left_over: Condition = ALWAYS
    for guard, body in (*case.branches, (ALWAYS, case.otherwise)):
        taken = all_of((left_over, normalise(guard)))
        if taken != NEVER:
            found.append((taken, body))
        left_over = all_of((left_over, negation(guard)))
    return tuple(found)


# Which cells are asked in ways that cross


class _Occurrence(Struct, frozen=True):
    """One place where a cell is asked: by a test, or by the guards of a case, all ways at once."""

    sets: tuple[ValueSet, ...]
    guards: bool = False


def _occurrences(condition: Condition) -> dict[Cell, list[_Occurrence]]:
    """What each cell is asked, once for every time it is."""
    found: dict[Cell, list[_Occurrence]] = {}
    for cell, occurrence in _asked(condition):
        found.setdefault(cell, []).append(occurrence)
    return found


def _asked(condition: Condition) -> Iterator[tuple[Cell, _Occurrence]]:
    match condition:
        case Test():
            yield condition.cell, _Occurrence((condition.accepts,))
        case All() | Any() | AtLeast():
            for part in condition.of:
                yield from _asked(part)
        case Case():
            own = _guarding(condition)
            guarding: dict[Cell, list[ValueSet]] = {}
            for guard, body in condition.branches:
                for cell, occurrence in _asked(guard):
                    if cell in own:
                        guarding.setdefault(cell, []).extend(occurrence.sets)
                    else:  # it is also asked the other way round
                        yield from ((cell, _Occurrence(occurrence.sets, True)), (cell, occurrence))
                yield from _asked(body)
            yield from _asked(condition.otherwise)
            for cell, sets in guarding.items():
                yield cell, _Occurrence(tuple(sets), True)
        case Not():
            yield from _asked(condition.of)


def _guarding(case: Case) -> frozenset[Cell]:
    """The cells of guards of which every branch's whole guard asks each once, and no body any."""
    asked = [cell for guard, _ in case.branches for cell, _ in _asked(guard)]
    if not all(isinstance(guard, Test) for guard, _ in case.branches):
        asked = [cell for cell in asked if asked.count(cell) == 1]
    bodies = (*(body for _, body in case.branches), case.otherwise)
    return frozenset(asked).difference(cell for body in bodies for cell, _ in _asked(body))


def _is_chain(asked: Sequence[_Occurrence]) -> bool:
    """Whether a cell is asked in one direction, so that one value of it is the worst for all."""
    if len(asked) < 2:
        return True
    if any(occurrence.guards for occurrence in asked):
        return False
    known = _sets(asked)
    return all(
        _within(a, b) or _within(b, a) for at, a in enumerate(known) for b in known[at + 1 :]
    )


def _sets(asked: Iterable[_Occurrence]) -> list[ValueSet]:
    """The different sets that a cell is tested against."""
    return list(dict.fromkeys(each for occurrence in asked for each in occurrence.sets))


def _within(a: ValueSet, b: ValueSet) -> bool:
    return a.issubset(b)  # type: ignore[arg-type]


def _apart(parts: Iterable[Condition], crossing: Iterable[Cell]) -> list[list[Condition]]:
    """The parts in groups that share no crossing cell, in the author's order."""
    wanted = frozenset(crossing)
    groups: list[tuple[set[Cell], list[Condition]]] = []
    for part in parts:
        cells = {cell for cell, _ in _asked(part)} & wanted
        together = [part]
        others: list[tuple[set[Cell], list[Condition]]] = []
        for known, members in groups:
            if known.isdisjoint(cells):
                others.append((known, members))
            else:
                cells |= known
                together = [*members, *together]
        groups = [*others, (cells, together)]
    return [members for _, members in groups]


def _atoms(cell: Cell, asked: Iterable[_Occurrence]) -> list[ValueSet]:
    """The values of a cell in groups that the tests do not tell apart; none if over `MOST`."""
    found: list[ValueSet] = [cell.domain.everything]
    for accepts in _sets(asked):
        others = complemented(cell, accepts)
        cut = (intersection(atom, side) for atom in found for side in (accepts, others))
        found = [each for atom in cut if atom and (each := restricted(cell, atom))]
        if len(found) > MOST:
            return []
    return found


def assumed(condition: Condition, cell: Cell, values: ValueSet) -> Condition:
    """The condition (not normalised) where a cell's value lies in or outside each of its tests."""
    match condition:
        case Test():
            if condition.cell != cell:
                return condition
            inside = _within(values, condition.accepts)
            assert inside or not intersection(values, condition.accepts)
            return Constant(inside)
        case All():
            return All(tuple(assumed(part, cell, values) for part in condition.of))
        case Any():
            return Any(tuple(assumed(part, cell, values) for part in condition.of))
        case AtLeast():
            return AtLeast(
                condition.count, tuple(assumed(part, cell, values) for part in condition.of)
            )
        case Case():
            branches = (
                (assumed(guard, cell, values), assumed(body, cell, values))
                for guard, body in condition.branches
            )
            return Case(tuple(branches), assumed(condition.otherwise, cell, values))
        case Not():
            return Not(assumed(condition.of, cell, values))
        case _:
            return condition


def tests_in(split: Split) -> Iterator[Test]:
    """Every test in a split condition, those of the silent reading included."""
    match split:
        case Test():
            yield split
        case All() | Any() | AtLeast():
            for part in split.of:
                yield from tests_in(part)
        case Worlds():
            for guard, body in split.branches:
                yield from tests_in(guard)
                yield from tests_in(body)
            yield from tests_in(split.silent)


__all__ = ["MOST", "Split", "Worlds", "reached", "tests_in", "worlds_of"]
