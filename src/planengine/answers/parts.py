"""What the parts of an answer are made of: places, texts, sets of values, statements, who acts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

Label: TypeAlias = dict[str, str]
"""A name by language: those in which its author gave it."""
Number: TypeAlias = int | float
Time: TypeAlias = Annotated[datetime, Meta(tz=True)]
"""In whole seconds, with an offset."""


class Place(Struct, frozen=True, kw_only=True):
    """Where something is written: a file, and its line and column, counted from 1.

    Of data that a program gave also the `path` into it.
    """

    file: str
    line: int
    column: int
    path: str | UnsetType = UNSET


class Text(Struct, frozen=True, kw_only=True):
    """The same words in Chinese and in English."""

    zh: str
    en: str


class Range(Struct, frozen=True, kw_only=True):
    """A stretch of numbers without an end that is not closed; null: it goes on without end."""

    low: Number | None
    low_closed: bool
    high: Number | None
    high_closed: bool


class Values(Struct, frozen=True, kw_only=True):
    """What something may be: of numbers `ranges`, of anything else `choices`, and perhaps n/a."""

    ranges: tuple[Range, ...] | UnsetType = UNSET
    choices: tuple[str | bool, ...] | UnsetType = UNSET
    na: bool


class Statement(Struct, frozen=True, kw_only=True):
    """What somebody told; of an act that people made the `source` is whoever made it."""

    id: str
    at: Time
    received: Time
    source: str | None
    kind: Literal["observed", "judged", "estimated", "forecast", "act"]
    status: Literal["actual", "exercise", "test"]
    place: Place | None


ExecutorKind: TypeAlias = Literal["agency", "post", "role", "group", "members", "areas"]


class Declined(Struct, frozen=True, kw_only=True):
    """That people declined a move, and why; `level` is the one that they did not start.

    It is not proposed again for reasons that have held ever since.
    """

    id: str
    at: Time
    move: Literal["raise", "lower", "end"]
    level: str | None
    by: str | None
    reason: str


class Command(Struct, frozen=True, kw_only=True):
    """That the command of a response was handed over: to whom, when, by whom and why."""

    id: str
    at: Time
    to: str
    by: str | None
    reason: str | None


class Receipt(Struct, frozen=True, kw_only=True):
    """That an order or report was received, and by whom; null: nobody is named."""

    by: str | None
    at: Time


class Acting(Struct, frozen=True, kw_only=True):
    """That somebody acts for a post; `to` is a post or body."""

    post: str
    to: str
    id: str
    at: Time
    by: str | None
    reason: str | None


class Actor(Struct, frozen=True, kw_only=True):
    """Who acts as a plan writes it, its post if it is one, and the bodies that it means here."""

    kind: ExecutorKind
    id: str
    alternates: tuple[Actor, ...]
    jointly: bool
    note: str | None
    post: str | None
    bodies: tuple[str, ...]
