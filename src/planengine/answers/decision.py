"""Decisions as plain data: levels, what they carry, why, and what the next level needs."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from planengine.answers.parts import (
    Command,
    Declined,
    Label,
    Number,
    Place,
    Statement,
    Text,
    Time,
    Values,
)
from planengine.domain.documents import Basis, Executor


class Held(Struct, frozen=True, kw_only=True):
    """A test that held: the cell, what is known of it, what was asked, and who told it.

    `leaves` are the ids of what authors wrote that the test stands for (`planengine list rules`).
    """

    cell: str
    text: Text
    value: Values
    test: Values
    written: tuple[str, ...]
    statements: tuple[Statement, ...]
    assumed: bool
    estimated: bool
    forecast_until: Time | None
    leaves: tuple[str, ...]


class Reason(Struct, frozen=True, kw_only=True):
    """What gives a level, in its author's words; `verb` is null where several rules do together.

    `rules` are the ids of what decided: one, or all that do together (`planengine list rules`).
    """

    kind: str
    level: str
    verb: str | None
    text: str
    place: Place | None
    basis: tuple[Basis, ...]
    rules: tuple[str, ...]
    held: tuple[Held, ...]


class Need(Struct, frozen=True, kw_only=True):
    """What a way to the next level still needs; `missing` is below 0 where it must fall."""

    cell: str
    text: Text
    value: Values
    test: Values
    missing: Number | None


class Way(Struct, frozen=True, kw_only=True):
    """What would bring the next level; `at` is set where time alone does."""

    level: str
    at: Time | None
    needs: tuple[Need, ...]


class Gap(Struct, frozen=True):
    """A level that the document declares not to have, where the decision stands just below it."""

    level: str
    basis: tuple[Basis, ...]


class Decision(Struct, frozen=True, kw_only=True):
    """What the facts support for one authority, document and track, area and edition.

    `level` is certain, `indicated` the worst that what was reported allows, `could_reach` the
    worst that is not excluded; the first is never too severe, the last never too mild.
    """

    id: str
    plan: str | None
    standard: str | None
    track: str | None
    kind: Literal["level", "warning", "standard"]
    label: Label
    authority: str
    area: str
    edition: str
    scale: str
    level: str | None
    indicated: str | None
    could_reach: str | None
    exact: bool
    obliged: str | None
    issued: str | None
    in_force: str | None
    in_force_since: Time | None
    proposal: Literal["start", "raise", "keep", "lower", "end", "none"]
    verb: str | None
    propose: Executor | None
    approve: Executor | None
    decided_by: str | None
    declined: Declined | None
    command: Command | None
    meanwhile: str | None
    duration: int | None
    measures: tuple[str, ...]
    met_at: Time | None
    why: tuple[Reason, ...]
    why_eased: tuple[Held, ...]
    basis: tuple[Basis, ...]
    gaps: tuple[Gap, ...]
    next: tuple[Way, ...]
    next_omitted: int
    next_fewest: int | None
