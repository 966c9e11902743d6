"""What people report and do about an incident, as frozen values.

Times are seconds since the Unix epoch. `at` is when something was stated, `received` when
it reached us; nothing counts before both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics.diagnostic import Diagnostic, Span
from planengine.domain.parts import Label
from planengine.values.sets import ValueSet

Status: TypeAlias = Literal["actual", "exercise", "test"]
DutyKind: TypeAlias = Literal["action", "report", "release"]
EvidenceKind: TypeAlias = Literal["observed", "judged", "estimated", "forecast"]

STATUS_RANKS: Mapping[Status, int] = {"actual": 0, "exercise": 1, "test": 2}
"""Each status sees what is of its own rank or a lower one."""


class Stamp(Struct, frozen=True):
    """When an event was stated and received, under which status, and where it is written."""

    id: str
    at: int
    received: int
    status: Status = "actual"
    source: str | None = None
    span: Span | None = None
    part_of: str | None = None  # the id of an observation that makes several events

    @property
    def observation(self) -> str:
        """The id of the observation that made the event: what corrections and withdrawals name."""
        return self.part_of or self.id


class Statement(Struct, frozen=True):
    """Facts stated of one place, in their canonical units; None is an explicit `unknown`."""

    stamp: Stamp
    place: str | None  # an area or object id; None: the incident's own (home) area
    incident: str
    kind: EvidenceKind
    facts: Mapping[str, ValueSet | None]
    valid_from: int | None = None
    valid_until: int | None = None
    began: int | None = None
    corrects: str | None = None


class Withdrawal(Struct, frozen=True):
    stamp: Stamp
    target: str


class PutInForce(Struct, frozen=True):
    """People start, change or (rank 0) end a plan's level; `area` None: wherever it is decided."""

    stamp: Stamp
    plan: str  # "<jurisdiction>/<plan id>"
    track: str | None
    rank: int
    by: str | None
    duration: int | None = None
    corrects: str | None = None
    area: str | None = None  # an area or object, of a plan that is decided once per such
    reason: str | None = None


class Declined(Struct, frozen=True):
    """People decline what is proposed of a response: to start or raise it, to lower or to end it.

    `rank` is the worst level that they do not start or raise it to; 0 for the other moves.
    """

    stamp: Stamp
    plan: str  # "<jurisdiction>/<plan id>"
    track: str | None
    move: Literal["raise", "lower", "end"]
    rank: int
    by: str | None
    reason: str
    corrects: str | None = None
    area: str | None = None


class HandedOver(Struct, frozen=True):
    """Somebody else commands a response, or acts for a post, from then on.

    Of a `plan` (and track; None: all of them) or a `post`; `to` None: as the plan says again.
    """

    stamp: Stamp
    plan: str | None
    track: str | None
    post: str | None
    to: str | None  # a post or body
    by: str | None
    reason: str | None = None
    corrects: str | None = None
    area: str | None = None


class Issue(Struct, frozen=True):
    """People issue a warning or a grade; it stands beside the computed one."""

    stamp: Stamp
    scale: str
    document: str  # a standard's id or "<jurisdiction>/<plan id>"
    area: str | None  # an area or object
    rank: int
    by: str | None
    corrects: str | None = None
    track: str | None = None  # of a plan with warnings on several tracks
    valid_from: int | None = None  # it stands from then (None: when stated) …
    valid_until: int | None = None  # … until then (None: until lifted or replaced)


class Invocation(Struct, frozen=True):
    """People make a judged, recognised or on-order act; `area` None: for all it is asked of."""

    stamp: Stamp
    clause: str
    by: str | None
    corrects: str | None = None
    area: str | None = None


def said_by(item: Statement | Invocation) -> str | None:
    """Who told of something: of an act, whoever made it."""
    by = item.by if isinstance(item, Invocation) else None
    return by or item.stamp.source


class MomentStated(Struct, frozen=True):
    stamp: Stamp
    moments: Mapping[str, int]
    corrects: str | None = None
    in_header: bool = False  # it is what is known of the incident as such


class DutyDone(Struct, frozen=True):
    """An action is reported done, or a report or release reported made."""

    stamp: Stamp
    kind: DutyKind
    document: str  # a standard's id or "<jurisdiction>/<plan id>"
    item: str
    area: str | None = None
    corrects: str | None = None


class Acknowledged(Struct, frozen=True):
    """Whoever was told of a duty says so: an order was received, a report has arrived."""

    stamp: Stamp
    kind: DutyKind
    document: str
    item: str
    by: str | None
    area: str | None = None
    corrects: str | None = None


class WatchChange(Struct, frozen=True):
    """A provider goes off watch (its by-exception facts become unknown) or back on."""

    stamp: Stamp
    agency: str
    on_watch: bool
    corrects: str | None = None


Event: TypeAlias = (
    Statement
    | Withdrawal
    | PutInForce
    | Declined
    | HandedOver
    | Issue
    | Invocation
    | MomentStated
    | DutyDone
    | Acknowledged
    | WatchChange
)


def target_of(event: Event) -> str | None:
    """The observation that an event corrects or withdraws; None where it does neither."""
    return event.target if isinstance(event, Withdrawal) else event.corrects


def is_header(event: Event) -> bool:
    """Whether it is a moment of the incident as such, and no observation."""
    return isinstance(event, MomentStated) and event.in_header


class Rejected(Struct, frozen=True):
    """An observation of a stream read leniently that could not be read, and does not count.

    `number` is its place among the observations, from 1; `reasons` holds at least one error.
    """

    number: int
    id: str | None
    place: Span
    reasons: tuple[Diagnostic, ...]

    @property
    def reason(self) -> Diagnostic:
        """The first error in it."""
        return next(one for one in self.reasons if one.severity == "error")


class Incident(Struct, frozen=True):
    """An incident file as read: nothing in it depends on the wall clock.

    `scope` lists the areas it can touch; None leaves it unlimited. Facts outside are n/a.
    `warnings` are what reading it found that is no error; `rejected` are the observations that
    do not count, where it was read leniently.
    """

    id: str
    label: Label
    hazards: frozenset[str]
    scope: frozenset[str] | None
    status: Status
    events: Sequence[Event]
    warnings: tuple[Diagnostic, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    @property
    def newest(self) -> int | None:
        """The default time for its own status; None when nothing was stated."""
        return self.newest_for(self.status)

    def newest_for(self, status: Status) -> int | None:
        """The newest time that a status sees and that may be taken for now (SEMANTICS 15)."""
        from planengine.domain.revisions import newest_time

        return newest_time(self.events, STATUS_RANKS[status])[0]

    def stamps_for(self, status: Status) -> tuple[Stamp, ...]:
        """The stamps of the events that a status sees: actual sees actual, test sees all."""
        stamps = (event.stamp for event in self.events)
        return tuple(one for one in stamps if STATUS_RANKS[one.status] <= STATUS_RANKS[status])
