"""What an assessment says, as frozen values. Times are epoch seconds, durations seconds.

Ranks are turned into level ids; None stands for "no level". Labels stay in all languages,
so that one assessment can be shown in any of them.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.diagnostics import Span, Text
from planengine.library.document_entities import Basis, Executor, Timing
from planengine.library.entity_parts import Label
from planengine.library.statements import Invocation, Statement
from planengine.rules.conditions import Cell
from planengine.values.sets import ValueSet

Proposal: TypeAlias = Literal["start", "raise", "keep", "lower", "end", "none"]
Certainty: TypeAlias = Literal["certain", "possible"]


class Held(Struct, frozen=True):
    """A test that held: what was known, what was asked, and what people said that it rests on."""

    cell: Cell
    value: ValueSet
    accepts: ValueSet
    written: tuple[str, ...]  # the author's words for the test
    statements: tuple[Statement | Invocation, ...]
    assumed: bool
    estimated: bool


class Reason(Struct, frozen=True):
    """A rule that gives a level: its words, its place, its basis, what held, and its verb.

    `verb` is None where several rules give the level only together.
    """

    kind: str
    level: str
    text: str
    span: Span | None
    basis: tuple[Basis, ...]
    held: tuple[Held, ...]
    verb: str | None = None


class Need(Struct, frozen=True):
    """One thing a way to the next level still needs."""

    cell: Cell
    value: ValueSet
    accepts: ValueSet
    missing: float | None  # from the certain end, in the fact's unit; below 0 where it must fall


class Way(Struct, frozen=True):
    """What would bring a decision to its next level; `at` is set where time alone does."""

    level: str
    needs: tuple[Need, ...]
    at: int | None = None


class Deadline(Struct, frozen=True):
    """A deadline with its anchor; `due` is None while the anchor's moment is not known.

    `earliest` is `due`, or when it would be due if its anchor came at the assessed time. What
    is repeated is due at the newest time that has passed without being reported done, else at
    the next one, and `again` after that. What was repeated until a moment that has come has
    `ended` then, and is not due again.
    """

    timing: Timing
    anchor_at: int | None
    due: int | None
    earliest: int
    overdue: bool
    again: int | None = None
    ended: int | None = None


class Asked(Struct, frozen=True):
    """One plan's request for an action: where, the level it hangs on, its deadline and basis."""

    plan: str
    track: str | None
    area: str
    action: str
    level: str | None
    deadline: Deadline | None
    verb: str
    basis: tuple[Basis, ...]
    span: Span | None


class ActionItem(Struct, frozen=True):
    """Something to do: one row even where several plans ask it; the tightest deadline governs."""

    do: Label
    object: str | None
    executor: Executor
    bodies: tuple[str, ...]  # the agencies that the executor resolves to
    mode: Literal["order", "request", "first-response"]
    certainty: Certainty
    verb: str
    deadline: Deadline | None
    after: tuple[str, ...]  # ids of other items: "<plan>:<action>"
    done_when: str | None
    means: str | None
    to: tuple[str, ...]
    done_at: int | None
    asked: tuple[Asked, ...]

    @property
    def id(self) -> str:
        return f"{self.asked[0].plan}:{self.asked[0].action}"


class AgencyRole(Struct, frozen=True):
    """A body that has something to do; `role` is the strongest that any plan gives it."""

    agency: str
    label: Label
    role: str
    plans: tuple[tuple[str, str], ...]  # (plan, the role it gives)
    duties: tuple[str, ...]
    mode: Literal["order", "request"]


class HeldResource(Struct, frozen=True):
    """Something held ready by a plan that is at a level; `mode` is None where nobody holds it."""

    plan: str
    resource: str
    label: Label
    quantity: str
    held_by: tuple[str, ...]
    at: str | None
    mode: Literal["order", "request"] | None


class ReportItem(Struct, frozen=True):
    """A report that is due; where several regimes bind, the tightest comes first.

    It `governs` where none of its kind to the same bodies is due sooner.
    """

    kind: Literal["report", "request", "information"]
    document: str
    report: str
    by: tuple[str, ...]
    sender: Executor | None  # as written; None where nobody is named
    to: tuple[str, ...]
    to_label: str
    level: str | None
    deadline: Deadline | None
    means: str | None
    content: tuple[str, ...]
    governs: bool
    certainty: Certainty
    basis: tuple[Basis, ...]


class Question(Struct, frozen=True):
    """A fact to ask for: what it is now, who can tell, and what knowing it could change."""

    cell: Cell
    value: ValueSet
    observed: bool
    provider: tuple[str, ...]
    silent: tuple[str, ...]
    could_give: tuple[tuple[str, str | None], ...]  # (decision id, level it could make certain)
    alone: bool  # False: it matters only together with others


class Assumption(Struct, frozen=True):
    """A by-exception fact taken as not happened; `earlier`: before somebody spoke of it."""

    cell: Cell
    value: ValueSet
    earlier: bool = False


class Invocable(Struct, frozen=True):
    """An act that people may make: the clause, its holder, and the level it would give.

    `level` is None for an act by which the response in force may be lowered or ended;
    `place` is the area or object that it would be made for, where it is asked of several.
    """

    clause: str
    kind: str
    what: str
    by: str | None
    decision: str
    level: str | None
    span: Span | None
    place: str | None = None


class Excluded(Struct, frozen=True):
    """A plan that does not apply because of its `not`, and the plan to use instead.

    `text` is the author's condition, `held` what held of it where that is certain.
    """

    plan: str
    area: str
    instead: str | None
    certainty: Certainty
    text: str
    held: tuple[Held, ...]
    basis: tuple[Basis, ...]
    span: Span | None


class Gap(Struct, frozen=True):
    """A level that the document declares not to have, where the decision stands just below it."""

    level: str
    basis: tuple[Basis, ...]


class Judge(Struct, frozen=True):
    """A document in force that judged a hazard; `own`: it is for it, not for all above it."""

    document: str
    label: Label
    edition: str
    own: bool


class Coverage(Struct, frozen=True):
    """Who judged a hazard of the incident; not `covered` where nothing in force is for it."""

    hazard: str
    covered: bool
    judges: tuple[Judge, ...]


class Conflict(Struct, frozen=True):
    """What does not fit together: evidence, issued levels and facts, people and plans."""

    kind: Literal["not-covered", "evidence", "issued", "unheard", "overdue", "authority", "edition"]
    subject: str
    text: Text
    statements: tuple[Statement, ...] = ()
