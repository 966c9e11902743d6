"""An exercise as it is linked: what is told when, what it is to show, and what is expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.parts import Label
from planengine.expectations.refs import DecisionRef, DutyRef, Expectation

Record: TypeAlias = Mapping[str, Any]
"""One observation, as plain data that an incident file may hold."""


class Inject(Struct, frozen=True, kw_only=True):
    """What reaches players at a time (epoch seconds): a message, and what the library is told.

    `record` is None where the library is told nothing. It is left out where not all of `when`
    holds at its time, or all of `unless` does; `written` has both as they stand in the file.
    """

    id: str
    at: int
    channel: str | None
    sender: str | None
    to: tuple[str, ...]
    text: Label
    record: Record | None
    when: tuple[Expectation, ...]
    unless: tuple[Expectation, ...]
    written: Record
    span: Span


class Objective(Struct, frozen=True, kw_only=True):
    """What an exercise is to show, and the decisions, duties, bodies and plans that show it."""

    id: str
    label: Label
    decisions: tuple[DecisionRef, ...]
    duties: tuple[DutyRef, ...]
    bodies: tuple[str, ...]
    plans: tuple[str, ...]


class Pause(Struct, frozen=True, kw_only=True):
    """Players stop at a time, for so many seconds by the clock on the wall (None: until told)."""

    at: int
    seconds: int | None
    text: Label


class Otherwise(Struct, frozen=True, kw_only=True):
    """What is expected otherwise than the plans say, or besides, and why.

    `rank` is the level expected of a decision. By `by` (epoch seconds), or not at all: `waived`.
    """

    about: DecisionRef | DutyRef
    rank: int | None
    by: int | None
    waived: bool
    because: Label


class Exercise(Struct, frozen=True, kw_only=True):
    """An exercise, linked against a library; made by `read_exercise`.

    Times are epoch seconds, durations seconds. `header` is the incident that players see, of the
    status `exercise`. `allowed_decisions` and `allowed_duties` are how long what no plan sets a
    limit for may take; None where it may take any time. The injects are in order of time.
    """

    id: str
    label: Label
    file: str
    header: Record
    start: int
    end: int
    aims: tuple[Label, ...]
    objectives: tuple[Objective, ...]
    allowed_decisions: int | None
    allowed_duties: int | None
    injects: tuple[Inject, ...]
    pauses: tuple[Pause, ...]
    otherwise: tuple[Otherwise, ...]
    status: Literal["exercise"] = "exercise"


class Deed(Struct, frozen=True, kw_only=True):
    """What players do or tell at a time (epoch seconds), as an observation without its times."""

    at: int
    record: Record


class Habit(Struct, frozen=True, kw_only=True):
    """How something owed is done: after a delay, or not at all, or wrongly.

    `delay` is in seconds: always the same; of two, between them; of three, the least, the
    likeliest and the most. `omits` and `errs` are shares of one: how often it is not done at all,
    and how often wrongly.
    """

    delay: tuple[int, ...] = (0,)
    omits: float = 0.0
    errs: float = 0.0


class Cast(Struct, frozen=True, kw_only=True):
    """Who plays: deeds at times, and habits for all that is owed and has no deed.

    Without `decisions` or `duties` nothing of that kind is done that has no deed. `bodies` are
    the habits of single bodies, before those of all.
    """

    id: str
    label: Label
    deeds: tuple[Deed, ...]
    decisions: Habit | None
    duties: Habit | None
    bodies: Mapping[str, Habit]
