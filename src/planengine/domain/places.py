"""Entities of registries and sources: places, objects, bodies, and the texts they follow.

Times are seconds since the Unix epoch (`int`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from planengine.diagnostics.diagnostic import Span
from planengine.domain.parts import ALWAYS, Label, Period
from planengine.values.sets import ValueSet


class DatedValue(Struct, frozen=True):
    period: Period
    value: ValueSet


class Jurisdiction(Struct, frozen=True):
    id: str
    label: Label
    tier: str
    parent: str | None
    attributes: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    period: Period = ALWAYS
    span: Span | None = None
    zone: str | None = None  # its time zone, where it has one of its own
    serves_as: tuple[str, ...] = ()  # lower tiers whose part it plays too: a municipality, a city's

    def is_of(self, tier: str) -> bool:
        """Whether it is of a tier, or plays the part of one."""
        return tier == self.tier or tier in self.serves_as


class PlanObject(Struct, frozen=True):
    """A station, reservoir, dyke, grid, plant: a declared kind in a jurisdiction."""

    id: str
    label: Label
    kind: str
    area: str
    attributes: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    period: Period = ALWAYS
    span: Span | None = None


class Contact(Struct, frozen=True):
    """How a body or post is reached, as far as it was checked (`as_of`)."""

    text: str | None = None  # what the line is for, or anything else that is written
    phone: tuple[str, ...] = ()
    room: str | None = None  # the duty room
    as_of: int | None = None


class Agency(Struct, frozen=True):
    id: str
    label: Label
    area: str
    period: Period
    successors: tuple[str, ...] = ()
    reports_to: str | None = None
    function: str | None = None
    vertical: bool = False
    span: Span | None = None
    contacts: tuple[Contact, ...] = ()


class Post(Struct, frozen=True):
    id: str
    label: Label
    body: str
    held_by: str | None = None
    span: Span | None = None
    contacts: tuple[Contact, ...] = ()


class Role(Struct, frozen=True):
    """Found by place: the agency with `function` in the affected area of `tier`."""

    id: str
    label: Label
    function: str
    tier: str | None
    span: Span | None = None


class Relation(Struct, frozen=True):
    giver: str
    receiver: str
    mode: Literal["order", "request"]


class SourceEdition(Struct, frozen=True):
    number: str
    period: Period
    issued: int | None = None


class Source(Struct, frozen=True):
    id: str
    label: Label
    rank: str
    number: str | None
    editions: tuple[SourceEdition, ...]
    replaces: tuple[str, ...] = ()
    span: Span | None = None
