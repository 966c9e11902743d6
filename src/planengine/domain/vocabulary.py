"""Entities of vocabularies: facts, scales, hazards, verbs, object kinds and calendars.

Durations are seconds. A scale's rank counts from 1 (mildest) to the number of its levels
(most severe); 0 is "none".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span
from planengine.domain.parts import Label, Period
from planengine.values.sets import Choice, ChoiceDomain, Domain

INCIDENT = "incident"
"""The subject, and the place, of facts about the incident itself."""

RollUp: TypeAlias = Literal["sum", "max", "min", "any", "latest", "none"]


Points: TypeAlias = tuple[tuple[Choice, int], ...]
"""How many points each value of a category or flag counts in a score."""


class Derivation(Struct, frozen=True):
    """How a fact follows from others: a linear sum, a ratio, the first one known, or a score."""

    kind: Literal["sum", "ratio", "first-known", "score"]
    operands: tuple[tuple[str, int], ...]  # (fact, coefficient); coefficient 1 but for sums
    points: tuple[Points, ...] = ()  # of a score: of each operand


ComparedBy: TypeAlias = Literal["height", "amount", "size"]


class Fact(Struct, frozen=True):
    id: str
    label: Label
    type: Literal["count", "quantity", "category", "flag"]
    domain: Domain
    unit: str | None
    subject: str  # "incident", "area", or an object kind
    direction: Literal["up", "down", "none"]
    roll_up: RollUp
    cumulative: bool
    by_exception: bool
    provider: str | None
    holds: int | None
    derived: Derivation | None
    difference: bool = False  # of two amounts, which matters for temperatures
    compared_by: ComparedBy = "amount"  # how its bounds read in Chinese: 不低于, 不少于, 不小于
    may_rise_by: str | None = None  # a fact whose number may still come to this one: the missing
    at_most: tuple[str, ...] = ()  # facts that this one is never more than: injured, of the serious
    hazards: tuple[str, ...] = ()  # it is of incidents with one of these only; (): of all
    value_labels: tuple[tuple[str, Label], ...] = ()
    order: int = 0  # the author's order
    span: Span | None = None


def has_worst(fact: Fact) -> bool:
    """Whether of two values one is the worse; else a forecast is tested at each instant."""
    orders = not isinstance(fact.domain, ChoiceDomain) or fact.domain.ordered
    return fact.direction != "none" and orders


def operands_of(fact: Fact, facts: Mapping[str, Fact]) -> frozenset[str]:
    """Every fact that a derived fact rests on, however deep; empty for a plain one."""
    found: set[str] = set()
    waiting = [fact]
    while waiting:
        derived = waiting.pop().derived
        for operand, _ in derived.operands if derived else ():
            if operand not in found and operand in facts:
                found.add(operand)
                waiting.append(facts[operand])
    return frozenset(found)


ScaleMeaning: TypeAlias = Literal["response", "warning"]


class Level(Struct, frozen=True):
    id: str
    rank: int
    label: Label
    colour: str | None = None


class Scale(Struct, frozen=True):
    """Levels; `meaning` tells whether responses or warnings are on it.

    `floor` is what the state of no level is called, where it has a name: green, normal.
    """

    id: str
    label: Label
    levels: tuple[Level, ...]  # most severe first
    meaning: ScaleMeaning | None = None
    floor: Level | None = None

    def by_rank(self, rank: int) -> Level | None:
        """The level of a rank; None for 0."""
        return self.levels[len(self.levels) - rank] if rank else None

    def rank(self, level: str) -> int:
        """The rank of a level id; 0 for an id that this scale does not have."""
        return next((item.rank for item in self.levels if item.id == level), 0)


def scale_for(meaning: ScaleMeaning, scales: Mapping[str, Scale]) -> str | None:
    """The scale that stands where none is named: the first of this meaning."""
    return next((one.id for one in scales.values() if one.meaning == meaning), None)


class Tier(Struct, frozen=True):
    """A tier of areas; `government` is the function of the body that governs one of them."""

    id: str
    label: Label
    government: str | None = None
    span: Span | None = None


class Hazard(Struct, frozen=True):
    id: str
    label: Label
    parent: str | None = None
    span: Span | None = None


VerbMeaning: TypeAlias = Literal["must", "should", "may"]
MomentMeaning: TypeAlias = Literal[
    "occurrence", "receipt", "met", "proposal", "start", "level-change", "told"
]


class Verb(Struct, frozen=True):
    """A verb of plans; `meaning` is the built-in meaning that its `is` declares."""

    id: str
    label: Label
    obliges: bool
    meaning: VerbMeaning | None = None
    span: Span | None = None


class Moment(Struct, frozen=True):
    """A named moment; `meaning` is the built-in one that its `is` declares.

    `met`, `proposal`, `start` and `level-change` come by themselves, the others when told.
    """

    id: str
    label: Label
    meaning: MomentMeaning | None = None
    span: Span | None = None


class Attribute(Struct, frozen=True):
    id: str
    label: Label
    domain: Domain
    unit: str | None
    value_labels: tuple[tuple[str, Label], ...] = ()
    difference: bool = False


class ObjectKind(Struct, frozen=True):
    id: str
    label: Label
    attributes: Mapping[str, Attribute]


class Calendar(Struct, frozen=True):
    """Yearly (month, day) periods, weekdays (Monday is 0), clock periods (minutes), or dates.

    Its days are those of `dates` and, where there are any, those of the yearly periods that are
    one of the weekdays; without the three every day; never one of `excluded`. Every `until` is
    exclusive; a yearly or clock period may wrap round. `zone` is the time zone whose clock it
    follows; None: that of whoever asks.
    """

    id: str
    label: Label
    yearly: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    clock: tuple[tuple[int, int], ...] = ()
    dates: tuple[Period, ...] = ()
    zone: str | None = None
    weekdays: frozenset[int] = frozenset()
    excluded: tuple[Period, ...] = ()
