"""What people say must be so of an answer: of which decision, duty, body or list, and what."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.statements import DutyKind

NOT_JUDGED = -1
"""Stands among ranks for: nothing decides that here."""


class DecisionRef(Struct, frozen=True):
    """A decision by its scale, its document and track, and its place (None: the home area)."""

    scale: str
    document: str
    track: str | None
    place: str | None


class DutyRef(Struct, frozen=True):
    """An action, report or release of a document, wherever it is owed or for one place."""

    kind: DutyKind
    document: str
    item: str
    place: str | None


class AgencyRef(Struct, frozen=True):
    """A body."""

    agency: str


ListName: TypeAlias = Literal["ask", "findings", "may-invoke"]


class ListRef(Struct, frozen=True):
    """One of the lists of an answer."""

    name: ListName


class FactAt(Struct, frozen=True, order=True):
    """A fact at a place, or at any (""); written "<fact>[@<place>]"."""

    fact: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.fact}@{self.place}" if self.place else self.fact


About: TypeAlias = DecisionRef | DutyRef | AgencyRef | ListRef
Value: TypeAlias = str | int | bool | FactAt


class Expectation(Struct, frozen=True):
    """One thing that must hold.

    Of a decision's levels `wanted` are the ranks that it may have. Of who does something, and of
    what is among a list, all of `wanted` must be there; of anything else it is the one value.
    """

    about: About
    aspect: str
    wanted: tuple[Value, ...]
    subject: str  # as written
    written: str
    span: Span
