"""Entities of registries and sources: places, objects, bodies, and the texts they follow.

Times are seconds since the Unix epoch (`int`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from planengine.diagnostics.diagnostic import Span
from planengine.library.entity_parts import ALWAYS, Label, Period
from planengine.values.sets import ValueSet


@dataclass(frozen=True, slots=True)
class DatedValue:
    period: Period
    value: ValueSet


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    id: str
    label: Label
    tier: str
    parent: str | None
    attributes: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    period: Period = ALWAYS
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class PlanObject:
    """A station, reservoir, dyke, grid, plant: a declared kind in a jurisdiction."""

    id: str
    label: Label
    kind: str
    area: str
    attributes: Mapping[str, tuple[DatedValue, ...]] = field(default_factory=dict)
    period: Period = ALWAYS
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Agency:
    id: str
    label: Label
    area: str
    period: Period
    successors: tuple[str, ...] = ()
    reports_to: str | None = None
    function: str | None = None
    vertical: bool = False
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Post:
    id: str
    label: Label
    body: str
    held_by: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """Found by place: the agency with `function` in the affected area of `tier`."""

    id: str
    label: Label
    function: str
    tier: str | None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    giver: str
    receiver: str
    mode: Literal["order", "request"]


@dataclass(frozen=True, slots=True)
class SourceEdition:
    number: str
    period: Period
    issued: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    label: Label
    rank: str
    number: str | None
    editions: tuple[SourceEdition, ...]
    replaces: tuple[str, ...] = ()
    span: Span | None = None
