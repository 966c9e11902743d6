"""The tests of numbers in the rules of a set of levels, each with the level that it helps to.

A category with an order and a decision's level are numbers too: the places in their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isinf
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.documents import LevelRule, Track
from planengine.domain.entities import Entities
from planengine.domain.ids import Origin
from planengine.domain.terms import (
    AllOf,
    AnyOf,
    AtLeastOf,
    CaseOf,
    FactTerm,
    LevelTerm,
    Place,
    Term,
)
from planengine.domain.vocabulary import Fact, Scale, Verb
from planengine.values.sets import (
    FLAG,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    at_least,
)

Way: TypeAlias = Literal["up", "down", "none"]


class Question(Struct, frozen=True):
    """What is tested, of what place, now or as forecast for so many seconds.

    `names` are the choices or levels in their order; () for numbers.
    """

    what: str
    place: Place
    within: int | None
    domain: NumberDomain
    direction: Way
    names: tuple[str, ...] = ()
    unit: str | None = None
    is_count: bool = False


class Threshold(Struct, frozen=True):
    """One test in the rules of one level; `alone` where nothing stands beside it.

    `row` is what the tests of one row of a table share; `text` is what the author wrote.
    """

    rank: int
    level: str
    binding: bool
    about: Question
    accepts: NumberSet
    alone: bool
    text: str
    span: Span | None
    row: tuple[str, int, int] | None


def thresholds_of(track: Track, entities: Entities) -> Mapping[Question, Sequence[Threshold]]:
    """The tests that help to the levels of a track, by what they test, in the author's order."""
    scale = entities.scales[track.scale]
    found: dict[Question, dict[Threshold, None]] = {}
    for rule in track.rules:
        level = scale.by_rank(rule.rank)
        binding = _binds(rule.verb, entities.verbs)
        for term, alone in _tests(rule.when, alone=True):
            read = _question(term, entities)
            if read is None or level is None:
                continue
            about, accepts = read
            span, row = _place(rule, term.origin), _row(term.origin)
            made = Threshold(
                rule.rank, level.id, binding, about, accepts, alone, term.origin.text, span, row
            )
            found.setdefault(about, {})[made] = None
    return {about: tuple(made) for about, made in found.items()}


def _binds(verb: str, verbs: Mapping[str, Verb]) -> bool:
    return verb not in verbs or verbs[verb].obliges


def _tests(term: Term, *, alone: bool) -> Iterator[tuple[FactTerm | LevelTerm, bool]]:
    """The tests that can only help a condition, and whether each is one of its alternatives."""
    match term:
        case FactTerm() | LevelTerm():
            yield term, alone
        case AnyOf():
            for part in term.of:
                yield from _tests(part, alone=alone)
        case AllOf() | AtLeastOf():
            for part in term.of:
                yield from _tests(part, alone=alone and len(term.of) == 1)
        case CaseOf():
            for _, body in term.branches:
                yield from _tests(body, alone=False)
            yield from _tests(term.otherwise, alone=False)


def _question(term: FactTerm | LevelTerm, entities: Entities) -> tuple[Question, NumberSet] | None:
    if isinstance(term, LevelTerm):
        return _of_levels(term, entities.scales[term.scale])
    fact = entities.facts[term.fact]
    domain, bound = fact.domain, term.bound
    if isinstance(domain, NumberDomain) and isinstance(bound, NumberSet) and bound.intervals:
        is_count = fact.type == "count"
        about = Question(
            fact.id,
            term.place,
            term.forecast_within,
            domain,
            fact.direction,
            unit=fact.unit,
            is_count=is_count,
        )
        return about, bound
    if isinstance(domain, ChoiceDomain) and isinstance(bound, ChoiceSet) and bound.members:
        return _of_choices(term, fact, domain, bound)
    return None


def _of_choices(
    term: FactTerm, fact: Fact, domain: ChoiceDomain, bound: ChoiceSet
) -> tuple[Question, NumberSet] | None:
    if not domain.ordered or domain == FLAG:
        return None
    names = tuple(str(value) for value in domain.values)
    places = (place for place, value in enumerate(domain.values) if value in bound.members)
    about = Question(
        fact.id, term.place, term.forecast_within, _steps(names), fact.direction, names
    )
    return about, _points(places, about.domain)


def _of_levels(term: LevelTerm, scale: Scale) -> tuple[Question, NumberSet]:
    names = ("none", *(level.id for level in reversed(scale.levels)))
    what = f"{term.read} {term.target} {term.track or ''} {scale.id}"
    about = Question(what, term.place, None, _steps(names), "up", names)
    return about, _points(term.ranks, about.domain)


def _steps(names: Sequence[str]) -> NumberDomain:
    return NumberDomain(NumberSet((Interval(0, len(names) - 1),)), integer=True)


def _points(places: Iterable[int], domain: NumberDomain) -> NumberSet:
    joined = NumberSet(tuple(Interval(place, place) for place in sorted(places)))
    return domain.restrict(joined)


def _row(origin: Origin) -> tuple[str, int, int] | None:
    """What begins at the same place is written under the same key."""
    span = origin.span
    return (span.file, span.line, span.column) if span is not None else None


def _place(rule: LevelRule, origin: Origin) -> Span | None:
    """Where a test is written: in a table at its level, for the key may be lines above."""
    return rule.span if is_end_of(rule.span, origin.span) else origin.span


def is_end_of(cell: Span | None, test: Span | None) -> bool:
    """Whether a cell of a table is the last part of a test that is written before it."""
    if cell is None or test is None or cell.file != test.file:
        return False
    same_end = (cell.end_line, cell.end_column) == (test.end_line, test.end_column)
    return same_end and (cell.line, cell.column) > (test.line, test.column)


def worst_end(accepts: NumberSet, way: Way) -> tuple[float, bool]:
    """How far a set reaches the worse way, and whether its end belongs to it; for comparing."""
    if way == "down":
        return -float(accepts.low), accepts.intervals[0].low_closed
    return float(accepts.high), accepts.intervals[-1].high_closed


def mildest_end(accepts: NumberSet, way: Way) -> tuple[float, bool]:
    """How far a set reaches the other way."""
    return worst_end(accepts, "up" if way == "down" else "down")


def beyond(accepts: NumberSet, way: Way, domain: NumberDomain) -> NumberSet:
    """What of a domain is worse than all of a set."""
    first, last = accepts.intervals[0], accepts.intervals[-1]
    if isinf(first.low if way == "down" else last.high):
        return NumberSet()
    if way == "down":
        worse = Interval(float("-inf"), first.low, False, not first.low_closed)
    else:
        worse = Interval(last.high, float("inf"), not last.high_closed, False)
    return domain.restrict(NumberSet((worse,)))


def shown(values: NumberSet, about: Question) -> str:
    """A set in words: the names of choices, or an interval."""
    if not about.names:
        return f"{values} {about.unit or ''}".strip()
    whole = at_least(0)
    places = (n for n in range(len(about.names)) if (whole & values).intersects(_point(n)))
    return ", ".join(about.names[n] for n in places)


def _point(place: int) -> NumberSet:
    return NumberSet((Interval(place, place),))
