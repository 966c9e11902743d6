"""Evidence of several origins as one: the statements it rests on, the silence that opens it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from msgspec.structs import replace

from planengine.domain.statements import Statement
from planengine.domain.vocabulary import Fact
from planengine.evidence.known import Known, confine, meet
from planengine.values.sets import ValueSet


def glued(pieces: Sequence[Known], fact: Fact) -> Known:
    """What all pieces share, which may be nothing; a piece that gives all of it speaks for it."""
    if len(pieces) == 1:
        return pieces[0]
    value = confine(fact.domain, reduce(meet, (piece.value for piece in pieces)))
    speaking = [piece for piece in pieces if piece.value == value] or pieces
    return over(pieces, speaking, value)


def over(pieces: Sequence[Known], speaking: Sequence[Known], value: ValueSet) -> Known:
    """A value of several pieces of evidence that rests on some of them."""
    told = any(piece.stated and not piece.silent for piece in pieces)
    return Known(
        value,
        newest_statements(piece.statements for piece in speaking),
        any(piece.assumed for piece in speaking),
        any(piece.estimated for piece in speaking),
        any(piece.conflict for piece in pieces),
        () if told or value.point is not None else merged(piece.silent for piece in pieces),
        min((p.oldest for p in pieces if p.oldest is not None), default=None),
        max((p.newest for p in pieces if p.newest is not None), default=None),
    )


def assume(known: Known, assumptions: Iterable[Known]) -> Known:
    """What is known, narrowed by what is assumed as long as the two agree."""
    for assumption in assumptions:
        narrowed = meet(known.value, assumption.value)
        if narrowed and narrowed != known.value:
            known = replace(known, value=narrowed, assumed=True, silent=())
    return known


def newest_statements(groups: Iterable[tuple[Statement, ...]]) -> tuple[Statement, ...]:
    """All statements of some groups, each once, the newest first."""
    told = [group for group in groups if group]
    if not told:
        return ()
    if all(group == told[0] for group in told):
        return told[0]
    every = {statement.stamp.id: statement for group in told for statement in group}
    return tuple(sorted(every.values(), key=lambda s: (-s.stamp.at, s.stamp.id)))


def merged(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The members of all groups, each once, in order."""
    return tuple(dict.fromkeys(member for group in groups for member in group))
