"""Tests as they are linked: what is told, and what must hold when."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.parts import Label
from planengine.domain.statements import Incident
from planengine.expectations.refs import Expectation
from planengine.reading.nodes import MappingNode


class Moment(Struct, frozen=True):
    """What must hold at one time."""

    at: int
    expectations: tuple[Expectation, ...]
    span: Span
    after_all: int | None = None  # so many seconds after the last that is told


class Told(Struct, frozen=True):
    """One observation, when it was received, and its place among all of its case."""

    node: MappingNode
    received: int
    number: int


class Case(Struct, frozen=True):
    """A scenario, or a row of a table: an incident without its observations, these, and moments.

    `before` are observations that it shares with others of its table.
    """

    name: str
    kind: Literal["scenario", "row"]
    incident: Incident
    before: tuple[Told, ...]
    told: tuple[Told, ...]
    moments: tuple[Moment, ...]
    proposed: bool
    span: Span


class Suite(Struct, frozen=True):
    """The cases of one file."""

    file: str
    name: str
    label: Label
    cases: tuple[Case, ...]
