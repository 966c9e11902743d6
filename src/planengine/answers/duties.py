"""Duties as plain data: actions and reports, who owes them to whom, and by when."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.answers.parts import Actor, Label, Place, Receipt, Time
from planengine.domain.documents import Basis, Executor

Certainty: TypeAlias = Literal["certain", "indicated", "possible"]


class Deadline(Struct, frozen=True, kw_only=True):
    """By when something is owed: `seconds` from the moment `of`, or at times of the day (`clock`).

    `due` is null while the anchor's moment is not known, and once what was repeated has `ended`.
    """

    kind: Literal["within", "before", "at", "times", "clock"]
    seconds: int
    of: str
    repeat: int | None
    times: int | None
    until: str | None
    anchor_at: Time | None
    due: Time | None
    overdue: bool
    at_once: bool
    counted_from: Time | None
    clock: tuple[int, ...]
    again: Time | None
    ended: Time | None


class Asked(Struct, frozen=True, kw_only=True):
    """One plan's request for an action; `rule` is its id (`planengine list rules`)."""

    plan: str
    track: str | None
    area: str
    action: str
    level: str | None
    verb: str
    certainty: Certainty
    met: Time | None
    known: Time | None
    deadline: Deadline | None
    done: tuple[Time, ...]
    done_at: Time | None
    basis: tuple[Basis, ...]
    rule: str
    place: Place | None


class Action(Struct, frozen=True, kw_only=True):
    """Something to do, once even where several plans ask for it; the tightest deadline governs.

    `executor`, `plan` and `level` are those of the first who asks.
    """

    id: str
    do: Label
    object: str | None
    executor: Executor | None
    executors: tuple[Actor, ...]
    bodies: tuple[str, ...]
    mode: Literal["order", "request", "first-response"]
    certainty: Certainty
    verb: str
    verb_label: Label
    deadline: Deadline | None
    after: tuple[str, ...]
    done_when: str | None
    done_at: Time | None
    means: str | None
    to: tuple[str, ...]
    addressees: tuple[Actor, ...]
    approve: tuple[Actor, ...]
    plan: str
    level: str | None
    asked: tuple[Asked, ...]
    acknowledged: tuple[Receipt, ...]


class Pair(Struct, frozen=True, kw_only=True):
    """One sender of a report, and the bodies that it itself reports to."""

    by: str
    to: tuple[str, ...]


class Report(Struct, frozen=True, kw_only=True):
    """A report, request or release that is owed; it `governs` where none of its kind is sooner.

    `rule` is the id of what its author wrote (`planengine list rules`).
    """

    kind: Literal["report", "request", "information"]
    document: str
    report: str
    area: str
    by: tuple[str, ...]
    sender: Executor | None
    senders: tuple[Actor, ...]
    to: tuple[str, ...]
    pairs: tuple[Pair, ...]
    addressee: str
    addressees: tuple[Actor, ...]
    level: str | None
    deadline: Deadline | None
    means: str | None
    content: tuple[str, ...]
    governs: bool
    certainty: Certainty
    verb: str | None
    approve: tuple[Actor, ...]
    met: Time | None
    known: Time | None
    done: tuple[Time, ...]
    done_at: Time | None
    basis: tuple[Basis, ...]
    rule: str
    acknowledged: tuple[Receipt, ...]
