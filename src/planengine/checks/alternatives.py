"""Conditions as alternatives of tests, and what follows from what by their text alone.

What this cannot tell apart or compare it leaves open: `implies` and `excludes` are only true
where they surely hold.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Any

from msgspec import Struct, structs

from planengine.domain.terms import (
    AllOf,
    AnyOf,
    AttributeBound,
    AttributeTerm,
    CountTerm,
    FactTerm,
    LastingTerm,
    LevelTerm,
    Term,
)
from planengine.values.sets import ChoiceSet, NumberSet


class Leaf(Struct, frozen=True):
    """One test: what it is of, and which values meet it (None where only equality is known)."""

    key: Hashable
    accepts: NumberSet | ChoiceSet | frozenset[int] | None
    term: Term


def alternatives(term: Term) -> Iterator[Term]:
    """What of a condition is enough by itself."""
    if isinstance(term, AnyOf):
        for part in term.of:
            yield from alternatives(part)
    else:
        yield term


def conjuncts(term: Term) -> Iterator[Term]:
    """What of a condition is all needed."""
    if isinstance(term, AllOf):
        for part in term.of:
            yield from conjuncts(part)
    else:
        yield term


def leaf(term: Term) -> Leaf:
    """A test with what it is of."""
    match term:
        case FactTerm(bound=AttributeBound() as bound):
            return Leaf((*_question(term), bound.attribute), bound.margin, term)
        case FactTerm(bound=NumberSet() | ChoiceSet() as accepts):
            return Leaf(_question(term), accepts, term)
        case AttributeTerm(bound=NumberSet() | ChoiceSet() as accepts):
            return Leaf(("attribute", term.owner, term.attribute, term.place), accepts, term)
        case LevelTerm():
            level = ("level", term.read, term.target, term.track, term.scale, term.place)
            return Leaf(level, term.ranks, term)
        case CountTerm():
            counted = ("count", term.over, term.over_type, term.within, shape(term.where))
            return Leaf(counted, term.accepts, term)
        case _:
            return Leaf(shape(term), None, term)


def _question(term: FactTerm) -> tuple[Hashable, ...]:
    return ("fact", term.fact, term.place, term.forecast_within, term.covering, term.day)


def shape(term: Any) -> Hashable:  # noqa: ANN401 - any part of a condition
    """A condition without the places where it is written: the same for what says the same."""
    if isinstance(term, NumberSet | ChoiceSet):
        return term
    if isinstance(term, Struct):
        parts = (
            (name, shape(getattr(term, name)))
            for name in term.__struct_fields__
            if name != "origin"
        )
        return (type(term).__name__, *parts)
    if isinstance(term, tuple):
        return tuple(shape(part) for part in term)
    plain: Hashable = term  # a text, a number, a frozenset
    return plain


def implies(one: Term, other: Term) -> bool:
    """Whether the second condition surely holds whenever the first does."""
    if isinstance(other, AllOf):
        return all(implies(one, part) for part in other.of)
    if isinstance(one, AnyOf):
        return all(implies(part, other) for part in one.of)
    if isinstance(other, AnyOf) and any(implies(one, part) for part in other.of):
        return True
    if isinstance(one, AllOf):
        return any(implies(part, other) for part in one.of)
    return _leaf_implies(one, other)


def _leaf_implies(one: Term, other: Term) -> bool:
    if isinstance(one, LastingTerm):
        if isinstance(other, LastingTerm):
            longer = one.duration >= other.duration and one.gaps_under <= other.gaps_under
            return longer and shape(one.where) == shape(other.where)
        return one.gaps_under == 0 and implies(one.where, other)
    mine, theirs = leaf(one), leaf(other)
    if mine.key != theirs.key:
        return False
    return _subset(mine.accepts, theirs.accepts)


def _subset(one: object, other: object) -> bool:
    if isinstance(one, NumberSet) and isinstance(other, NumberSet):
        return one.issubset(other)
    if isinstance(one, ChoiceSet) and isinstance(other, ChoiceSet):
        return one.members <= other.members
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one <= other
    return one is None and other is None


def meet(one: Leaf, other: Leaf) -> bool:
    """Whether some value meets two tests of the same thing."""
    if isinstance(one.accepts, NumberSet) and isinstance(other.accepts, NumberSet):
        return one.accepts.intersects(other.accepts)
    if isinstance(one.accepts, ChoiceSet) and isinstance(other.accepts, ChoiceSet):
        return bool(one.accepts.members & other.accepts.members)
    if isinstance(one.accepts, frozenset) and isinstance(other.accepts, frozenset):
        return bool(one.accepts & other.accepts)
    return True


def now(terms: Sequence[Term]) -> Iterator[Term]:
    """The tests that hold now where all of these do: what has lasted holds at its end, too."""
    for term in terms:
        if isinstance(term, LastingTerm):
            yield from now(tuple(conjuncts(term.where)))
        else:
            yield term


def facts_in(term: object) -> frozenset[str]:
    """The facts that a condition asks about."""
    if isinstance(term, Struct) and not isinstance(term, NumberSet | ChoiceSet):
        own = {term.fact} if hasattr(term, "fact") else set()
        return frozenset(own).union(*(facts_in(value) for value in structs.astuple(term)))
    if isinstance(term, tuple):
        return frozenset().union(*(facts_in(part) for part in term))
    return frozenset()
