"""What follows from something: the difference between two assessments, as plain data.

Names are ids; levels are level ids, None for none; times have the offset of the library's time
zone. `msgspec.json.decode(text, type=Effects)` reads one back from its JSON.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct, json

from planengine.answers import Text
from planengine.answers.parts import Declined, Label, Receipt, Time
from planengine.domain.documents import Executor

DutyKind: TypeAlias = Literal["action", "report", "request", "information"]
LevelOf: TypeAlias = Literal["recommended", "indicated", "could-reach", "in-force", "issued"]
Proposal: TypeAlias = Literal["start", "raise", "keep", "lower", "end", "none"]
DutyState: TypeAlias = Literal["owed", "acknowledged", "done", "overdue"]
Stage: TypeAlias = Literal["reported", "verified", "warning", "responding", "adjusted", "ended"]


class StageMoved(Struct, frozen=True, kw_only=True):
    """A step in the life of a response, or, without a `decision`, of the incident."""

    decision: str | None
    label: Label
    before: Stage | None
    now: Stage | None


class LevelMoved(Struct, frozen=True, kw_only=True):
    """A decision with a level that is otherwise than before.

    `of`: what the facts support (`recommended`), the worst that what was reported allows, the
    worst that is not excluded, what people put `in-force`, or what they `issued`.
    """

    of: LevelOf
    decision: str
    label: Label
    kind: Literal["level", "warning", "standard"]
    scale: str
    before: str | None
    now: str | None


class Proposed(Struct, frozen=True, kw_only=True):
    """A proposal that is new: what to do, at which level, and who proposes and approves it."""

    decision: str
    label: Label
    before: Proposal
    now: Proposal
    scale: str
    level: str | None
    propose: Executor | None
    approve: Executor | None
    decided_by: str | None


class Refused(Struct, frozen=True, kw_only=True):
    """A proposal that people declined, and why."""

    decision: str
    label: Label
    scale: str
    declined: Declined


class CommandMoved(Struct, frozen=True, kw_only=True):
    """Somebody else commands a response, or acts for a `post`; None: as the plan says again."""

    decision: str | None
    label: Label
    post: str | None
    before: str | None
    now: str | None
    by: str | None
    reason: str | None


class Duty(Struct, frozen=True, kw_only=True):
    """An action, report, request or release; `by` and `to` are bodies.

    `document` and `item` are what people name it by when they say that it is done. Its `state` is
    `overdue` also where it is acknowledged: `acknowledged` tells by whom, and changes no limit.
    """

    kind: DutyKind
    document: str
    item: str
    area: str
    do: Label
    by: tuple[str, ...]
    to: tuple[str, ...]
    certainty: Literal["certain", "indicated"]
    verb: str | None
    due: Time | None
    at_once: bool
    overdue: bool
    done_at: Time | None
    state: DutyState
    acknowledged: tuple[Receipt, ...]


class Order(Struct, frozen=True, kw_only=True):
    """What one body newly has to do; a `request` goes to a body that is not subordinate."""

    body: str | None
    mode: Literal["order", "request", "first-response"]
    duties: tuple[Duty, ...]


class LimitChanged(Struct, frozen=True, kw_only=True):
    """A limit that was set, moved, met, missed, or that binds nobody any more (`lifted`)."""

    change: Literal["set", "moved", "met", "missed", "lifted"]
    duty: Duty
    before: Time | None


class Escalation(Struct, frozen=True, kw_only=True):
    """A limit that was missed, and who has to know of it.

    `superiors` are the bodies to which those who owe it report; `to` are whoever commands or
    approves the response that asks, and whoever proposes it. Both are empty where neither the
    registry nor the plan names anybody.
    """

    duty: Duty
    decision: str | None
    superiors: tuple[str, ...]
    to: tuple[Executor, ...]


class ToAsk(Struct, frozen=True, kw_only=True):
    """A fact to ask for, and of whom."""

    cell: str
    text: Text
    provider: tuple[str, ...]


class Effects(Struct, frozen=True, kw_only=True):
    """What is otherwise at one time than it was at an earlier one, of one incident.

    `since` is None for all that there is. `over` duties are owed no longer, though not done.
    """

    schema: Literal[1]
    incident: str
    status: Literal["actual", "exercise", "test"]
    since: Time | None
    at: Time
    stages: tuple[StageMoved, ...]
    levels: tuple[LevelMoved, ...]
    proposals: tuple[Proposed, ...]
    declined: tuple[Refused, ...]
    commands: tuple[CommandMoved, ...]
    orders: tuple[Order, ...]
    reports: tuple[Duty, ...]
    over: tuple[Duty, ...]
    acknowledged: tuple[Duty, ...]
    limits: tuple[LimitChanged, ...]
    escalations: tuple[Escalation, ...]
    asked: tuple[ToAsk, ...]
    answered: tuple[ToAsk, ...]
    findings: tuple[Text, ...]
    recheck_at: Time | None

    @property
    def are_none(self) -> bool:
        """Whether nothing is otherwise, but the next moment to look."""
        of_people = (self.stages, self.levels, self.proposals, self.declined, self.commands)
        of_duties = (self.orders, self.reports, self.over, self.acknowledged, self.limits)
        more = (self.escalations, self.asked, self.answered, self.findings)
        return not any((*of_people, *of_duties, *more))

    def to_json(self) -> str:
        """As JSON."""
        return json.encode(self).decode()
