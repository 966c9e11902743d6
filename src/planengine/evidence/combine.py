"""Several pieces of evidence for one fact at one place: a direct statement, a roll-up, a sum.

A piece whose oldest part is newer than all of another replaces it; the others combine by
intersection, all at once (SEMANTICS 16, 18, 19).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from planengine.evidence.direct import Bound, combine_values
from planengine.evidence.known import Known, confine, downward, meet, upward
from planengine.library.statements import Statement
from planengine.library.vocabulary_entities import Fact
from planengine.values.sets import ValueSet


def combine(pieces: Sequence[Known], bounds: Sequence[Bound], fact: Fact) -> tuple[Known, bool]:
    """One value from stated pieces and the lower bounds of older statements at the place.

    Also whether these contradict each other (a contradiction inside a piece is not counted).
    A replaced piece still gives its lower bound where the fact is cumulative, and its bound
    on the open side where all that replaces it is partial: three counties' news does not
    undo a city's total, it only lets it grow.
    """
    live: list[Known] = []
    kept: list[tuple[ValueSet, tuple[Statement, ...]]] = [
        (bound, (statement,)) for bound, statement, _ in bounds
    ]
    for piece in pieces:
        newer = [other for other in pieces if _replaces(other, piece)]
        if not newer:
            live.append(piece)
            continue
        bound = _remainder(piece, newer, fact)
        if bound is not None:
            kept.append((bound, piece.statements))
    if len(live) == 1 and not kept:
        return live[0], False
    value, conflict = combine_values([piece.value for piece in live])
    statements = [piece.statements for piece in live]
    if kept:
        floor = kept[0][0]
        for bound, _ in kept[1:]:
            floor = meet(floor, bound)
        tightened, clash = combine_values([value, floor])
        if clash or tightened != value:
            statements += [by for bound, by in kept if meet(value, bound) != value]
        value, conflict = tightened, conflict or clash
    return _glued(live, value, conflict, statements, fact), conflict


def _replaces(newer: Known, older: Known) -> bool:
    return newer.oldest is not None and older.newest is not None and newer.oldest > older.newest


def _remainder(piece: Known, newer: Iterable[Known], fact: Fact) -> ValueSet | None:
    if fact.cumulative:
        return upward(piece.value, fact.domain)
    sides = {other.partial for other in newer}
    if sides == {"up"}:
        return upward(piece.value, fact.domain)
    if sides == {"down"}:
        return downward(piece.value, fact.domain)
    return None


def _glued(
    live: Sequence[Known],
    value: ValueSet,
    conflict: bool,
    statements: Iterable[tuple[Statement, ...]],
    fact: Fact,
) -> Known:
    whole = any(piece.partial is None for piece in live)
    return Known(
        value=confine(fact.domain, value),
        statements=newest_statements(statements),
        assumed=any(piece.assumed for piece in live),
        estimated=any(piece.estimated for piece in live),
        conflict=conflict or any(piece.conflict for piece in live),
        silent=() if whole else merged(piece.silent for piece in live),
        oldest=min((p.oldest for p in live if p.oldest is not None), default=None),
        newest=max((p.newest for p in live if p.newest is not None), default=None),
        partial=None if whole else live[0].partial,
    )


def assume(known: Known, assumptions: Iterable[Known]) -> Known:
    """What is known, narrowed by what is assumed as long as the two agree."""
    for assumption in assumptions:
        narrowed = meet(known.value, assumption.value)
        if narrowed and narrowed != known.value:
            known = replace(known, value=narrowed, assumed=True, silent=(), partial=None)
    return known


def newest_statements(groups: Iterable[tuple[Statement, ...]]) -> tuple[Statement, ...]:
    """All statements of some groups, each once, the newest first."""
    every = {statement.stamp.id: statement for group in groups for statement in group}
    ordered = sorted(every.values(), key=lambda s: (-s.stamp.at, s.stamp.id))
    return tuple(ordered)


def merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The members of all groups, each once, in order."""
    return tuple(dict.fromkeys(member for group in groups for member in group))
