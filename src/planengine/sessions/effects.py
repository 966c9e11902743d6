"""What follows from something: the difference between two assessments, as plain data.

Names are ids; levels are level ids, None for none; times have the offset of the library's time
zone. `msgspec.json.decode(text, type=Effects)` reads one back from its JSON.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct, json

from planengine.answers import Text
from planengine.answers.parts import Label, Time
from planengine.domain.documents import Executor

DutyKind: TypeAlias = Literal["action", "report", "request", "information"]
LevelOf: TypeAlias = Literal["recommended", "indicated", "could-reach", "in-force", "issued"]
Proposal: TypeAlias = Literal["start", "raise", "keep", "lower", "end", "none"]


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


class Duty(Struct, frozen=True, kw_only=True):
    """An action, report, request or release; `by` and `to` are bodies.

    `document` and `item` are what people name it by when they say that it is done.
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

    Those are whoever approves the level of the plan that asks, and for an approver that is not
    known whoever proposes it; nobody where the plan names neither.
    """

    duty: Duty
    decision: str | None
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
    levels: tuple[LevelMoved, ...]
    proposals: tuple[Proposed, ...]
    orders: tuple[Order, ...]
    reports: tuple[Duty, ...]
    over: tuple[Duty, ...]
    limits: tuple[LimitChanged, ...]
    escalations: tuple[Escalation, ...]
    asked: tuple[ToAsk, ...]
    answered: tuple[ToAsk, ...]
    findings: tuple[Text, ...]
    recheck_at: Time | None

    @property
    def are_none(self) -> bool:
        """Whether nothing is otherwise, but the next moment to look."""
        parts = (self.levels, self.proposals, self.orders, self.reports, self.over)
        more = (self.limits, self.escalations, self.asked, self.answered, self.findings)
        return not any((*parts, *more))

    def to_json(self) -> str:
        """As JSON."""
        return json.encode(self).decode()
