"""Conditions of which two parts exclude each other, so that nothing can meet them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from planengine.domain.ids import Origin
from planengine.domain.terms import (
    AllOf,
    AttributeBound,
    AttributeTerm,
    ElapsedTerm,
    FactTerm,
    LevelTerm,
    NotOf,
    Term,
)
from planengine.domain.vocabulary import Fact, Scale
from planengine.values.sets import ChoiceDomain, ChoiceSet, NumberDomain, NumberSet, ValueSet

Accepted: TypeAlias = ValueSet | frozenset[int]
Tested: TypeAlias = tuple[tuple[object, ...], Accepted, Origin]


class Contradiction(NamedTuple):
    """Which part excludes one before it, by which test, and the test that it excludes."""

    part: int
    test: Origin
    other: Origin


def contradiction(
    terms: Sequence[Term], facts: Mapping[str, Fact], scales: Mapping[str, Scale]
) -> Contradiction | None:
    """The first test that nothing can meet together with those before it.

    All of `terms` are needed; what is inside `any`, a count or a duration is not looked at.
    """
    left: dict[tuple[object, ...], tuple[Accepted, Origin]] = {}
    for part, term in enumerate(terms):
        for about, accepted, origin in _tests((term,), facts, scales):
            before, first = left.get(about, (accepted, origin))
            both = _both(before, accepted, about, facts)
            if not both:
                return Contradiction(part, origin, first)
            left[about] = (both, origin)
    return None


def _tests(
    terms: Sequence[Term], facts: Mapping[str, Fact], scales: Mapping[str, Scale]
) -> Iterator[Tested]:
    for term in terms:
        match term:
            case AllOf():
                yield from _tests(term.of, facts, scales)
            case FactTerm(bound=AttributeBound() as bound):
                where = (term.place, term.forecast_within, term.day, bound.attribute)
                yield ("margin", term.fact, *where), bound.margin, term.origin
            case FactTerm(bound=NumberSet() | ChoiceSet() as bound):
                yield (
                    ("fact", term.fact, term.place, term.forecast_within, term.day),
                    bound,
                    term.origin,
                )
            case AttributeTerm():
                yield ("attribute", term.attribute, term.owner, term.place), term.bound, term.origin
            case ElapsedTerm():
                yield ("elapsed", term.moment), term.accepts, term.origin
            case LevelTerm():
                yield _levels(term), term.ranks, term.origin
            case NotOf(of=FactTerm(bound=NumberSet() | ChoiceSet() as bound) as inner):
                rest = _rest(facts[inner.fact], bound)
                if rest is not None:
                    when = (inner.place, inner.forecast_within, inner.day)
                    yield ("fact", inner.fact, *when), rest, _not(inner.origin)
            case NotOf(of=LevelTerm() as inner):
                every = range(len(scales[inner.scale].levels) + 1)
                yield _levels(inner), frozenset(every) - inner.ranks, _not(inner.origin)


def _not(origin: Origin) -> Origin:
    return Origin(f"not {{{origin.text}}}", origin.span)


def _levels(term: LevelTerm) -> tuple[object, ...]:
    return ("level", term.read, term.target, term.track, term.scale, term.place)


def _rest(fact: Fact, bound: ValueSet) -> ValueSet | None:
    if isinstance(fact.domain, NumberDomain) and isinstance(bound, NumberSet):
        return fact.domain.complement(bound)
    if isinstance(fact.domain, ChoiceDomain) and isinstance(bound, ChoiceSet):
        return fact.domain.complement(bound)
    return None


def _both(
    one: Accepted, other: Accepted, about: tuple[object, ...], facts: Mapping[str, Fact]
) -> Accepted:
    if isinstance(one, NumberSet) and isinstance(other, NumberSet):
        domain = facts[str(about[1])].domain if about[0] == "fact" else None
        both = one & other
        return domain.restrict(both) if isinstance(domain, NumberDomain) else both
    if isinstance(one, ChoiceSet) and isinstance(other, ChoiceSet):
        return one & other
    if isinstance(one, frozenset) and isinstance(other, frozenset):
        return one & other
    return one
